"""Look at all that a build reads and at the site it made last, and find out whether there is anything to do.

Only stat data are looked at, on the machine and in the folder that they were taken in. Files that have just
changed may change again within the same tick of the clock, without a trace: the scan waits until it is over.
No stage and no library is loaded here: a build without work is over before they would be there.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.options import Options, Report
from timeline_gen.building.store.place import place_of
from timeline_gen.building.store.store import Step, Store
from timeline_gen.building.workspace import Workspace
from timeline_gen.keys import digest_of
from timeline_gen.reading.disk.packaged import packaged_themes
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.writing.disk import CLOCK_RESOLUTION_NS
from timeline_gen.writing.foreign_files import notes_on
from timeline_gen.writing.manifest import confirm
from timeline_gen.writing.output_state import OutputState, survey

InputFile: TypeAlias = tuple[str, int, int, int, int, int]
"""The path of a file, with its mode, size, inode and times (nanoseconds)."""

LOST: Final = "TG603"
"""What is reported of addresses that are gone."""

_SITE: Final = ("site.yaml", "content", "static", "themes", "words", ".timeline-gen/addresses")
"""What a build reads of a site, besides the files that its settings name."""
_LOOKS: Final = 5
"""How many times files that change all the time are looked at."""


class Inputs(NamedTuple):
    """All files that a build reads."""

    asked: str
    """The hash of what a build was asked for, and where; empty where stat data are not enough: links or
    closed folders are there."""
    files: tuple[InputFile, ...]
    """Everything that a build reads by itself."""
    named: tuple[InputFile, ...]
    """The files that the settings name."""
    seen: int
    """When they were looked at, in nanoseconds since 1970."""

    @property
    def key(self) -> bytes:
        """Return the hash of all that was seen; empty where stat data do not suffice."""
        state = repr((self.asked, self.files, self.named)).encode(errors="surrogateescape")
        return digest_of(state) if self.asked else b""

    @property
    def newest(self) -> int:
        """Return the latest time of any of them, in nanoseconds."""
        return max((max(file[4:]) for file in (*self.files, *self.named)), default=0)

    @property
    def is_settled(self) -> bool:
        """Return whether no file may have changed after it was seen without a trace."""
        return self.newest < self.seen - CLOCK_RESOLUTION_NS


UNKNOWN: Final = Inputs("", (), (), 0)
"""What is seen where stat data do not suffice."""


class _StoredBuild(NamedTuple):
    """What is kept of a build."""

    named: tuple[str, ...]
    """The files that the settings name."""
    generation: int
    """Of the tree that it left."""
    now: int
    """The second that it was made for."""
    until: int | None
    """The second at which the same content makes another site, or other notes of it."""
    report: Report


_LAST_BUILD: Final[Step[_StoredBuild]] = Step("last build", in_memory=False)
"""By the name of the tree; the key is that of the inputs."""
_LAST_INPUTS: Final[Step[Inputs]] = Step("last inputs", in_memory=False)


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The last build, where nothing has changed since but some files that it read."""

    report: Report
    generation: int
    """Of the tree that it left."""
    changed: tuple[InputFile, ...]
    """These files, as they are now; none is new, and none is gone."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What there was before a build."""

    output: OutputState
    """The built site, as the last build left it."""
    inputs: Inputs
    last: LastBuild | None = None
    """The last build, if only the content of some files has changed since."""
    report: Report | None = None
    """What the last build reported, if another one would do nothing."""


def scan(site: Workspace) -> Scan:
    """Look at all that a build of *site* reads, and at what the last one left."""
    # Taken before the survey: what changes during it is recent for the next build, too.
    started, options = time.time_ns(), site.options
    output = survey(site.tree, site.cache)
    key, record = _record(site.store, options)
    inputs = inputs_of(site, record.named if record else ())
    if record is None or not _is_of(record, output, options):
        return Scan(output, inputs)
    if not output.untouched or inputs.key != key:
        last = _last_build(site.store, record, key, inputs, options) if output.sound else None
        return Scan(output, inputs, last)
    # With a later stamp, the next build need not read the recent files again.
    if output.reread:
        confirm(site.cache, options.tree, output.manifest, started)
    seconds, notes = time.perf_counter() - site.begun, notes_on(options.output, output.others)
    return Scan(output, inputs, report=replace(record.report, seconds=seconds, notes=notes))


# ---------------------------------------------------------------- inputs


def inputs_of(site: Workspace, named: Iterable[str]) -> Inputs:
    """Look at all that a build of *site* reads, the files *named* in its settings included."""
    names = sorted(named)
    for _ in range(_LOOKS):
        inputs = look_at(site.root, site.options, packaged_themes(), names)
        # Where a time lies in the future, to wait does not help.
        if not inputs.asked or inputs.is_settled or inputs.newest > inputs.seen:
            break
        time.sleep(CLOCK_RESOLUTION_NS / 1e9)
    return inputs


def look_at(root: Path, options: Options, themes: Path, named: Iterable[str] = ()) -> Inputs:
    """Look at the site in *root*, at the program's *themes* and at the files *named* in its settings.

    *options* are those of the build that this is for.
    """
    seen = time.time_ns()
    tops = (str(themes), *(str(root / name) for name in _SITE))
    try:
        files = tuple(file for top in tops for file in _files(top))
        more = tuple(file for name in named for file in _files(str(root / name)))
    except OSError:
        return UNKNOWN
    # Without what decides no byte of the site; for which second it was built, the record says.
    asked = replace(options, jobs=None, now=None, command="", lock_timeout=0.0)
    state = repr((place_of(root), asked, options.now is None)).encode(errors="surrogateescape")
    return Inputs(digest_of(state).hex(), files, more, seen)


def _files(top: str) -> Iterator[InputFile]:
    """Yield the file at *top*, or those below it that are not ignored. Raises OSError at links."""
    try:
        found = os.lstat(top)
    except FileNotFoundError:
        return
    if stat.S_ISREG(found.st_mode):
        yield _file(top, found)
        return
    if not stat.S_ISDIR(found.st_mode):
        # What a link leads to may change without a trace in the stat data of the link.
        raise OSError(0, "neither file nor folder", top)
    with os.scandir(top) as entries:
        # The key of the inputs is of their order, and os.scandir() has none.
        for entry in sorted(entries, key=lambda entry: entry.name):
            if is_ignored(entry.name):
                continue
            if entry.is_file(follow_symlinks=False):
                yield _file(entry.path, entry.stat(follow_symlinks=False))
            else:
                yield from _files(entry.path)


def paths_of(files: Iterable[InputFile]) -> list[str]:
    """Return the paths of *files*."""
    return [file[0] for file in files]


def unseen(file: InputFile) -> InputFile:
    """Return *file* as one that is another than whatever is seen there."""
    return file[0], 0, 0, 0, 0, 0


def _file(path: str, found: os.stat_result) -> InputFile:
    return path, found.st_mode, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


# ---------------------------------------------------------------- the last build


def _record(store: Store, options: Options) -> tuple[bytes, _StoredBuild | None]:
    """Return what is kept of the last build with *options*, and the key of its inputs."""
    return store.last(_LAST_BUILD, [options.tree]).get(options.tree, (b"", None))


def _is_of(record: _StoredBuild, output: OutputState, options: Options) -> bool:
    """Return whether *record* is of the build that left *output*, and of the time that *options* ask for."""
    if record.generation != output.manifest.generation:
        return False
    if options.now is not None:
        return options.now == record.now
    # Where the clock was set back, what it had released may be held back again.
    return record.now <= time.time() and (record.until is None or time.time() < record.until)


def _last_build(
    store: Store, record: _StoredBuild, key: bytes, inputs: Inputs, options: Options
) -> LastBuild | None:
    """Return the last build, if of its *inputs* only the content of files has changed since."""
    before = store.known(_LAST_INPUTS, {options.tree: key}).get(options.tree)
    # A logo or a font is on many pages, so that a change of one is more than a change of texts.
    if before is None or (before.asked, before.named) != (inputs.asked, inputs.named):
        return None
    if paths_of(before.files) != paths_of(inputs.files):
        return None
    pairs = zip(before.files, inputs.files, strict=True)
    changed = tuple(now for then, now in pairs if now != then)
    return LastBuild(record.report, record.generation, changed)


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What a build was made of and what it left, to be kept."""

    inputs: Inputs
    begun: int
    """When it began, in nanoseconds since 1970."""
    named: tuple[str, ...]
    generation: int
    now: int
    until: int | None

    @property
    def is_certain(self) -> bool:
        """Return whether it is known what it was made of: no file may have changed again without a trace."""
        return bool(self.inputs.asked) and self.inputs.newest < self.begun - CLOCK_RESOLUTION_NS


def keep_build(store: Store, options: Options, made: BuildRecord, report: Report) -> None:
    """Keep the *report* of a build with *options*, unless it is not known what that was *made* of."""
    if not made.is_certain:
        return
    if any(problem.code == LOST for problem in report.problems):
        # Whether this is reported again depends on what was published meanwhile.
        return
    idle_report = replace(report, rendered=0, written=0, deleted=0, parsed=0, notes=())
    record = _StoredBuild(made.named, made.generation, made.now, made.until, idle_report)
    store.keep(_LAST_BUILD, {options.tree: (made.inputs.key, record)})
    store.keep(_LAST_INPUTS, {options.tree: (made.inputs.key, made.inputs)})
