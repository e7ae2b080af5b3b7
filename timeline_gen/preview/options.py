"""What a preview is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline_gen.building.options import Options

WORKINGS: Final = ".timeline-gen/preview"
"""Everything of a preview lies here; ``output/`` is never touched."""
SITE: Final = f"{WORKINGS}/site"
USUAL_PORT: Final = 8000
LOCK_TIMEOUT: Final = 600.0
"""Seconds that a preview waits while ``timeline-gen build`` works on the same site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """What a preview is asked for, besides the site itself."""

    host: str = ""
    """The address or name to serve at; empty for this machine only."""
    port: int | None = None
    """None for the usual one, or any free one if that is taken."""
    poll: bool = False
    """Whether to look for changes at intervals, where the system does not report them."""
    open_browser: bool = False
    lang: str = ""
    """The language to open with; empty for the choice of languages."""
    editor: str = ""
    """The name of an editor, or the address that opens a file in it."""
    drafts: bool = False
    url: str = ""
    """The site's address in place of that of ``site.yaml``; its path is where the site is served."""
    jobs: int | None = None
    every_problem: bool = False
    """Whether all problems are shown, however many of one kind there are."""


def options_of(serving: ServeOptions) -> Options:
    """Return the options of the builds of a preview."""
    return Options(
        jobs=serving.jobs,
        drafts=serving.drafts,
        url=serving.url,
        output=SITE,
        tree="preview",
        work_dir=WORKINGS,
        command="timeline-gen serve",
        lock_timeout=LOCK_TIMEOUT,
    )


def tree_of(root: Path) -> Path:
    """Return the folder of the previewed site of the site in *root*."""
    return root / SITE
