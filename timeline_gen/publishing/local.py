"""The built site as it lies here: its files, how it was built, and whether a build would change it now."""

from __future__ import annotations

import getpass
import platform
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath, PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.scan import scan
from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.building.workspace import Workspace, open_workspace
from timeline_gen.errors import Problem, UsageError
from timeline_gen.keys import content_hash
from timeline_gen.model.links import HeldName
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.held_names import HeldNames
from timeline_gen.publishing.hosts.running_git import Git
from timeline_gen.publishing.leaks import Maker, is_text, leaks, name_leaks
from timeline_gen.reading.disk.packaged import THEMES
from timeline_gen.reading.site_paths import CONTENT, SETTINGS, STATIC, is_read
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.manifest import Entry, Facts
from timeline_gen.writing.output_state import OutputState

_CLEAN: Final = "clean"
_CHECKED: Final = "checked"
_NAMELESS: Final = "nameless"


Anew: TypeAlias = "Callable[[Local, OutputState, Workspace], Local]"
"""Completes what is known of a built site by its content now."""


@dataclass(frozen=True, slots=True)
class Local:
    """A built site, ready to be published or not."""

    folder: Path
    facts: Facts
    entries: Mapping[str, Entry]
    foreign: frozenset[str]
    """The files of the build that are not as it left them."""
    others: frozenset[str]
    """What else lies in the folder; it is not published."""
    leaks: tuple[Problem, ...]
    pages: str
    """The hash of what all its pages are made from; empty where they cannot be planned."""
    inputs: str = ""
    """The hash of the state of all files that a check reads: some decide what it finds and change no page."""
    outdated: int = 0
    """How many files a build would write or delete now."""
    held: tuple[str, ...] = ()
    """The files of it that show what is held back now."""
    names: tuple[HeldName, ...] = ()
    """The names of what is held back now."""
    telling: tuple[Problem, ...] = ()
    """Where files of it name any of that."""
    problems: tuple[Problem, ...] = ()
    """What keeps the content from being built now."""


def options_for(target: PublishTarget, url: str) -> Options:
    """Return with what options the site is built for *target*, when its own address is *url*.

    Where the target asks for nothing special, that is the site as ``build`` makes it.
    """
    if not (target.preview or (target.url and target.url != url)):
        return Options(command="timeline-gen publish", lock_timeout=LOCK_TIMEOUT)
    folder = f".timeline-gen/publish/{target.name}"
    return Options(
        url=target.url,
        noindex=target.preview,
        policy=target.policy == "meta",
        output=f"{folder}/site",
        tree=f"publish-{target.name}",
        work_dir=folder,
        command="timeline-gen publish",
        lock_timeout=LOCK_TIMEOUT,
    )


def look_at(root: Path, options: Options, anew: Anew) -> Local:
    """Return the site in the folder *root* as it was built with *options*.

    *anew* looks at the content too, where a build might do something.
    """
    with open_workspace(root, options) as site:
        tree, cache, before = site.tree, site.cache, scan(site)
        output = before.output
        facts = output.manifest.facts
        local = Local(
            folder=tree.output,
            facts=facts,
            entries=output.files,
            foreign=output.foreign,
            others=output.others,
            leaks=tuple(_leaks(tree.output, output.files, cache, maker(root))),
            pages=digest_of(output.keys),
            inputs=content_hash(repr(before.inputs.files).encode(errors="surrogateescape")),
            names=facts.held,
        )
        if before.report and facts.clock and not facts.drafts:
            # A build would do nothing, and what it would hold back now is not there.
            return _searched(local, cache)
        return _searched(anew(local, output, site), cache)


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
    try:
        home = str(Path.home())
    except RuntimeError:
        home = ""
    return Maker(str(root.resolve()), home, user, platform.node())


def _leaks(folder: Path, entries: Mapping[str, Entry], cache: Cache, made_by: Maker) -> Iterable[Problem]:
    """Yield what *entries* reveal; those of a content that was found clean before are not read again."""
    # What is a leak depends on who makes the site, and on the ending of the file; so both are in the keys.
    who = content_hash(repr(made_by).encode())[:12]
    whole = f"{who}{digest_of({path: entry.hash for path, entry in entries.items()})}"
    # For a site that is unchanged, one question in place of one for each file.
    if cache.get(_CLEAN, [whole]):
        return
    keys = {path: f"{who}{entry.hash}{PurePath(path).suffix.lower()}" for path, entry in entries.items()}
    clean = cache.get(_CLEAN, sorted(set(keys.values())))
    found_clean: dict[str, bytes] = {}
    is_clean = True
    for path in sorted(entries):
        problems = [*name_leaks(path)]
        if keys[path] not in clean:
            inside = tuple(leaks(path, (folder / path).read_bytes(), made_by))
            problems += inside
            if not inside:
                found_clean[keys[path]] = b""
        is_clean = is_clean and not problems
        yield from problems
    if is_clean:
        found_clean[whole] = b""
    cache.put(_CLEAN, found_clean)
    cache.prune(_CLEAN, {*keys.values(), whole})


def _searched(local: Local, cache: Cache) -> Local:
    """Return *local* with the places in its files that name what is held back.

    Files of a content in which none of these names was found before are not read again.
    """
    names = HeldNames(local.names)
    if not names:
        return local
    about = content_hash(repr(local.names).encode())[:12]
    held = set(local.held)
    wanted = {path: f"{about}{entry.hash}" for path, entry in local.entries.items() if is_text(path)}
    clean = cache.get(_NAMELESS, sorted(set(wanted.values())))
    found: list[Problem] = []
    found_clean: dict[str, bytes] = {}
    for path, key in sorted(wanted.items()):
        if key not in clean and path not in held:
            problems = names.problems(path, (local.folder / path).read_bytes())
            found += problems
            if not problems:
                found_clean[key] = b""
    cache.put(_NAMELESS, found_clean)
    cache.prune(_NAMELESS, set(wanted.values()))
    return replace(local, telling=tuple(found))


# ---------------------------------------------------------------- the check, remembered


def known_warnings(root: Path, local: Local) -> int | None:
    """Return how many warnings the check of the content had, if it found no error; else None."""
    with _cache(root) as cache:
        kept = cache.get(_CHECKED, [key := _check_key(local)]).get(key)
    return int(kept) if kept else None


def remember_warnings(root: Path, local: Local, count: int) -> None:
    """Keep that the check of the content found no error and *count* warnings."""
    with _cache(root) as cache:
        cache.put(_CHECKED, {_check_key(local): str(count).encode()})


def _check_key(local: Local) -> str:
    return content_hash(f"{local.pages} {local.inputs}".encode())


def _cache(root: Path) -> Cache:
    return Cache.open(work_dir(root) / "cache.sqlite", program_fingerprint())


# ---------------------------------------------------------------- the history of the content


@dataclass(frozen=True, slots=True)
class History:
    """The state of the site's folder in version control."""

    revision: str = ""
    """Empty where the folder is under no version control."""
    changed: tuple[str, ...] = ()
    """Files that are not committed."""


def history_of(root: Path, named: Collection[str] = ()) -> History:
    """Return the state in git of those files in the folder *root* that a build reads.

    *named* are those that the settings name.
    """
    git = Git(root)
    try:
        found = git.tried("rev-parse", "HEAD")
    except UsageError:
        # Git is not installed; a target that needs it says so by itself.
        return History()
    if found.returncode:
        return History()
    asked = ("status", "--porcelain", "--no-renames", "--untracked-files=all", "-z")
    names = (str(SETTINGS), CONTENT, THEMES, str(STATIC), *named)
    # Names of files may hold signs of git's patterns.
    listed = git.tried("--literal-pathspecs", *asked, "--", *names).stdout
    top = git.text("rev-parse", "--show-prefix")
    entries = (entry[3:].removeprefix(top) for entry in listed.decode(errors="replace").split("\0") if entry)
    changed = tuple(entry for entry in entries if entry in named or is_read(PurePosixPath(entry)))
    return History(found.stdout.decode().strip(), changed)


def clock() -> int:
    """Return the second that it is (since 1970, UTC)."""
    return int(time.time())
