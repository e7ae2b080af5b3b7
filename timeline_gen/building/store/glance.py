"""A glance at all that a build is made from: where nothing has changed since the last one, it has no work.

Only stat data are looked at, on the machine and in the folder that they were taken in. Files that have just
changed may change again within the same tick of the clock, without a trace: then nothing is remembered.
This module loads no stage and no library, so that a build without work is over before they would be there.
"""

from __future__ import annotations

import os
import platform
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.options import Options, Report
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.writing.cache import Cache, freeze, thaw
from timeline_gen.writing.survey import OutputState

Line: TypeAlias = tuple[str, int, int, int, int, int]
"""The path of a file, with its mode, size, inode and times (nanoseconds)."""

TICK: Final = 20_000_000
"""Nanoseconds by which the clock of a file system may lag behind."""

LOST: Final = "TG603"
"""What is said of addresses that are gone."""

_SHELF: Final = "glance"
_SITE: Final = ("site.yaml", "content", "static", "themes", "words", ".timeline-gen/addresses")
"""What a build reads of a site, beside the files that its settings name."""


class Glance(NamedTuple):
    """What was seen."""

    asked: str
    """The hash of what a build was asked for, and where; empty where a glance cannot tell, because links or
    closed folders lie there."""
    lines: tuple[Line, ...]
    """Everything that a build reads by itself."""
    named: tuple[Line, ...]
    """The files that the settings name."""
    taken: int
    """When it was looked at, in nanoseconds since 1970."""

    @property
    def digest(self) -> str:
        """Return the hash of all that was seen; empty where a glance cannot tell."""
        said = repr((self.asked, self.lines, self.named)).encode(errors="surrogateescape")
        return blake2b(said, digest_size=16).hexdigest() if self.asked else ""

    @property
    def newest(self) -> int:
        """Return the latest time of any of it, in nanoseconds."""
        return max((max(line[4:]) for line in (*self.lines, *self.named)), default=0)


NOTHING: Final = Glance("", (), (), 0)
"""What is seen where a glance cannot tell."""


class _StoredBuild(NamedTuple):
    """What is remembered of a build."""

    digest: str
    named: tuple[str, ...]
    """The files that the settings name."""
    generation: int
    """Of the tree that it left."""
    now: int
    """The second that it was made for."""
    until: int | None
    """The second at which the same content makes another site, or other notes of it."""
    report: Report


@dataclass(frozen=True, slots=True)
class Last:
    """The last build, where nothing has changed since but some files that it read."""

    report: Report
    """What it said."""
    generation: int
    """Of the tree that it left."""
    changed: tuple[Line, ...]
    """These files, as they are now; none is new, and none is gone."""


def glance(root: Path, options: Options, themes: Path, named: Iterable[str] = ()) -> Glance:
    """Look at the site in *root*, at the program's *themes* and at the files *named* in its settings.

    *options* are those of the build that this is for.
    """
    taken = time.time_ns()
    tops = (str(themes), *(str(root / name) for name in _SITE))
    try:
        lines = tuple(line for top in tops for line in _files(top))
        more = tuple(line for name in sorted(named) for line in _files(str(root / name)))
    except OSError:
        return NOTHING
    asked = replace(options, jobs=None, now=None, command="", patience=0.0)
    said = repr((here(root), asked, options.now is None)).encode(errors="surrogateescape")
    return Glance(blake2b(said, digest_size=16).hexdigest(), lines, more, taken)


def here(root: Path) -> tuple[str, str, int, int]:
    """Return what tells this machine and the folder *root* from others."""
    found = root.stat()
    return (platform.node(), os.path.realpath(root), found.st_dev, found.st_ino)


def _files(top: str) -> Iterator[Line]:
    """Yield the file at *top*, or those below it that are not ignored. Raises OSError at links."""
    try:
        found = os.lstat(top)
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode):
        yield _line(top, found)
        return
    if not stat.S_ISDIR(found.st_mode):
        raise OSError(0, "neither file nor folder", top)
    with os.scandir(top) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if is_ignored(entry.name):
                continue
            if entry.is_file(follow_symlinks=False):
                yield _line(entry.path, entry.stat(follow_symlinks=False))
            else:
                yield from _files(entry.path)


def _line(path: str, found: os.stat_result) -> Line:
    return path, found.st_mode, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


# ---------------------------------------------------------------- what is remembered


def recalled(
    cache: Cache, standing: OutputState, options: Options, see: Callable[[Iterable[str]], Glance]
) -> tuple[Report | None, Glance]:
    """Return what the last build said, if another one would do nothing, else None; and what was seen.

    *standing* is the tree it left; *see* looks at everything again, the files that it is given included.
    """
    record = _record(cache, options)
    seen = see(record.named if record else ())
    if record is None or not standing.untouched or not _holds(record, standing, options):
        return None, seen
    return (record.report if seen.digest == record.digest else None), seen


def last_build(cache: Cache, standing: OutputState, options: Options, seen: Glance) -> Last | None:
    """Return the last build, if of all that was *seen* only the content of files has changed since.

    None too where the tree is no longer *standing* as it left it, or where another build is asked for.
    """
    record = _record(cache, options)
    if record is None or not standing.sound or not _holds(record, standing, options) or not seen.asked:
        return None
    kept = cache.get(_SHELF, [_lines(options)]).get(_lines(options))
    before = Glance(*thaw(kept)) if kept else NOTHING
    if before.digest != record.digest or before.asked != seen.asked or before.named != seen.named:
        return None
    if [line[0] for line in before.lines] != [line[0] for line in seen.lines]:
        return None
    pairs = zip(before.lines, seen.lines, strict=True)
    changed = tuple(now for then, now in pairs if now != then)
    return Last(record.report, record.generation, changed)


def _lines(options: Options) -> str:
    return f"{options.tree} lines"


def _record(cache: Cache, options: Options) -> _StoredBuild | None:
    kept = cache.get(_SHELF, [options.tree]).get(options.tree)
    return _StoredBuild(*thaw(kept)) if kept else None


def _holds(record: _StoredBuild, standing: OutputState, options: Options) -> bool:
    return record.generation == standing.manifest.generation and _is_time(record, options)


def _is_time(record: _StoredBuild, options: Options) -> bool:
    """Tell whether a build of now, or of *options*, finds the embargoes and notes of *record*."""
    if options.now is not None:
        return options.now == record.now
    return record.now <= time.time() and (record.until is None or time.time() < record.until)


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build was made of and what it left, to be remembered."""

    seen: Glance
    begun: int
    """When it began, in nanoseconds since 1970."""
    named: tuple[str, ...]
    generation: int
    now: int
    until: int | None

    @property
    def is_certain(self) -> bool:
        """Tell whether it can be told what it was made of: no file may have changed again without a trace."""
        return bool(self.seen.asked) and self.seen.newest < self.begun - TICK


def remember(cache: Cache, options: Options, made: BuildRecord, report: Report) -> None:
    """Keep the *report* of a build with *options*, unless it cannot be told what that was *made* of."""
    if not made.is_certain:
        return
    if any(problem.code == LOST for problem in report.problems):
        # Whether this is still to be said hangs on what was published meanwhile.
        return
    said = replace(report, rendered=0, written=0, deleted=0, parsed=0, notes=())
    digest = made.seen.digest
    record = _StoredBuild(digest, made.named, made.generation, made.now, made.until, said)
    cache.put(_SHELF, {options.tree: freeze(tuple(record)), _lines(options): freeze(tuple(made.seen))})
