"""What a build is asked for, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from timeline_gen.errors import Problem, Silenced

LOCK_TIMEOUT: Final = 60.0
"""Seconds that a command which only reads a site waits for a build of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for, besides the site itself."""

    jobs: int | None = None
    """Processes to share work out to; None for as many as there are cores."""
    drafts: bool = False
    url: str = ""
    """The site's address in place of that of ``site.yaml``."""
    now: int | None = None
    """The moment to build for, in seconds since 1970 (UTC); None for that of the clock."""
    links: str = "folders"
    """Where links inside the site lead: ``folders``, or ``files`` for a site opened from a disk."""
    noindex: bool = False
    """Whether search engines are to leave out the whole site."""
    policy: bool | None = None
    """Whether the pages carry a content security policy; None for what ``site.yaml`` asks for."""
    strict: bool = False
    """Whether warnings keep the build from writing too."""
    output: str = "output"
    """The folder of the built site, relative to the site's folder."""
    tree: str = "output"
    """The name under which the cache keeps what is there: a preview is another tree than the site."""
    work_dir: str = ".timeline-gen"
    """The folder in which the new tree is made, relative to the site's folder."""
    cache: str = ".timeline-gen"
    """The folder of the cache and the lock, relative to the site's folder."""
    command: str = "timeline-gen build"
    """What is named to other builds of the site that find it locked."""
    lock_timeout: float = 0.0
    """Seconds to wait for another build of the site to end."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    articles: int
    """That readers see, each with all its versions."""
    events: int
    pages: int
    rendered: int
    written: int
    deleted: int
    seconds: float
    problems: tuple[Problem, ...]
    """Warnings and notes, in reading order."""
    notes: tuple[str, ...] = ()
    texts: int = 0
    """How many articles and plain pages were read or taken from earlier builds, drafts included."""
    parsed: int = 0
    """How many of them were read now."""
    files: int = 0
    """How many files the site has."""
    kinds: tuple[tuple[str, int], ...] = ()
    """How many of them there are of each kind, most first."""
    languages: int = 1
    """In how many languages there are articles."""
    drafts: int = 0
    """How many articles and plain pages are held back, whole or in some language, as drafts."""
    silenced: tuple[Silenced, ...] = ()
    """Warnings and notes that ``site.yaml`` silences."""
    embargoed: int = 0
    """How many articles are held back until a moment that has not come."""
