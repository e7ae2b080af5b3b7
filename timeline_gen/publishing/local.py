"""The built site as it lies here: its files, how it was built, and whether a build would change it now."""

from __future__ import annotations

import getpass
import os
import platform
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from typing import Final, TypeAlias

from timeline_gen.errors import Problem
from timeline_gen.model import Target, content_hash
from timeline_gen.publishing.leaks import Maker, leaks, name_leaks
from timeline_gen.publishing.running_git import Git
from timeline_gen.reading.packaged import packaged_themes
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.glance import glance, recalled
from timeline_gen.running.options import Options
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Entry, Facts, Tree
from timeline_gen.writing.survey import Standing, survey

_CLEAN: Final = "clean"
_CHECKED: Final = "checked"
_PATIENCE: Final = 60.0


Anew: TypeAlias = "Callable[[Local, Standing, Cache], Local]"
"""Completes what is known of a built site by what its content says now."""


@dataclass(frozen=True, slots=True)
class Local:
    """A built site, ready to be published or not."""

    folder: Path
    facts: Facts
    entries: Mapping[str, Entry]
    foreign: frozenset[str]
    """What lies in the folder and is not of the build, or not as the build left it."""
    leaks: tuple[Problem, ...]
    pages: str
    """The hash of what all its pages are made from; empty where they cannot be planned."""
    outdated: int = 0
    """How many files a build would write or delete now."""
    held: tuple[str, ...] = ()
    """The files of it that tell what is held back now."""
    problems: tuple[Problem, ...] = ()
    """What keeps the content from being built now."""


def options_for(target: Target, url: str) -> Options:
    """Return with what options the site is built for *target*, when its own address is *url*.

    Where the target asks for nothing special, that is the site as ``build`` makes it.
    """
    if not (target.preview or (target.url and target.url != url)):
        return Options(command="timeline-gen publish", patience=_PATIENCE)
    folder = f".timeline-gen/publish/{target.name}"
    return Options(
        url=target.url,
        noindex=target.preview,
        policy=target.policy == "meta",
        output=f"{folder}/site",
        tree=f"publish-{target.name}",
        workings=folder,
        command="timeline-gen publish",
        patience=_PATIENCE,
    )


def look_at(root: Path, options: Options, anew: Anew) -> Local:
    """Return the site in the folder *root* as it was built with *options*.

    *anew* looks at the content too, where a build might do something.
    """
    folder = workings(root)
    with (
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", program_fingerprint()) as cache,
    ):
        tree = Tree(root / options.output, root / options.workings, options.tree)
        standing = survey(tree, cache)
        facts = standing.manifest.facts
        local = Local(
            folder=tree.output,
            facts=facts,
            entries=standing.entries,
            foreign=standing.foreign,
            leaks=tuple(_leaks(tree.output, standing.entries, cache, maker(root))),
            pages=digest_of(standing.keys),
        )
        see = partial(glance, root, options, packaged_themes())
        if facts.clock and not facts.drafts and recalled(cache, standing, options, see)[0]:
            # A build would do nothing, and what it would hold back now is not there.
            return local
        return anew(local, standing, cache)


def digest_of(keys: Mapping[str, str]) -> str:
    """Return the hash of what the files of a site are made from, by their paths."""
    return content_hash("".join(f"{path}\0{key}\n" for path, key in sorted(keys.items())).encode())


# ---------------------------------------------------------------- leaks


def maker(root: Path) -> Maker:
    """Return who and what makes the site in the folder *root*."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    home = os.path.expanduser("~")  # noqa: PTH111 - as text, and "~" where there is none
    return Maker(str(root.resolve()), home if home != "~" else "", user, platform.node())


def _leaks(folder: Path, entries: Mapping[str, Entry], cache: Cache, made_by: Maker) -> Iterable[Problem]:
    """Yield what *entries* tell; those of a content that was found clean before are not read again."""
    who = content_hash(repr(made_by).encode())[:12]
    whole = f"{who}{digest_of({path: entry.hash for path, entry in entries.items()})}"
    if cache.get(_CLEAN, [whole]):
        return
    keys = {path: f"{who}{entry.hash}{PurePath(path).suffix.lower()}" for path, entry in entries.items()}
    clean = cache.get(_CLEAN, sorted(set(keys.values())))
    found_clean: dict[str, bytes] = {}
    is_clean = True
    for path in sorted(entries):
        told = [*name_leaks(path)]
        if keys[path] not in clean:
            inside = tuple(leaks(path, (folder / path).read_bytes(), made_by))
            told += inside
            if not inside:
                found_clean[keys[path]] = b""
        is_clean = is_clean and not told
        yield from told
    if is_clean:
        found_clean[whole] = b""
    cache.put(_CLEAN, found_clean)
    cache.prune(_CLEAN, {*keys.values(), whole})


# ---------------------------------------------------------------- the check, remembered


def known_warnings(root: Path, pages: str) -> int | None:
    """Return how many warnings the check had for *pages*, a digest, if it found no error; else None."""
    with _cache(root) as cache:
        kept = cache.get(_CHECKED, [pages]).get(pages)
    return int(kept) if kept else None


def remember_warnings(root: Path, pages: str, count: int) -> None:
    """Keep that the check of *pages*, a digest, found no error and *count* warnings."""
    with _cache(root) as cache:
        cache.put(_CHECKED, {pages: str(count).encode()})


def _cache(root: Path) -> Cache:
    return Cache.open(workings(root) / "cache.sqlite", program_fingerprint())


# ---------------------------------------------------------------- the history of the content


@dataclass(frozen=True, slots=True)
class History:
    """What version control says of the site's folder."""

    revision: str = ""
    """Empty where the folder is under no version control."""
    changed: tuple[str, ...] = ()
    """Files that are not committed."""


def history_of(root: Path) -> History:
    """Return what git says of the folder *root*."""
    git = Git(root)
    found = git.tried("rev-parse", "HEAD")
    if found.returncode:
        return History()
    made = (":(exclude)output", ":(exclude).timeline-gen")
    listed = git.tried("status", "--porcelain", "--no-renames", "-z", "--", ".", *made).stdout
    changed = tuple(entry[3:] for entry in listed.decode(errors="replace").split("\0") if entry)
    return History(found.stdout.decode().strip(), changed)


def clock() -> int:
    """Return the second that it is (since 1970, UTC)."""
    return int(time.time())
