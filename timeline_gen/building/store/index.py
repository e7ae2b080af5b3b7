"""The index of content: which files are as they were when they were last read, told by stat data alone.

Stat data are trusted only on the machine and for the folder they were taken on, and only of files that
had not just changed: one no older than the index itself may have changed again within the same tick of
the clock, without a trace (git calls such a file racy), and is read again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.building.store.glance import TICK, here
from timeline_gen.building.store.measuring import Measured
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model.assets import Asset
from timeline_gen.reading.disk.files import Found
from timeline_gen.writing import ledger
from timeline_gen.writing.cache import Cache, Shelving, freeze, thaw

_TEXTS: Final = "texts"
_ASSETS: Final = "assets"
_STATICS: Final = "statics"
_HEAD: Final = "index"


class FileState(NamedTuple):
    """A file as it was when it was read."""

    size: int
    modified: int
    inode: int
    changed: int
    about: tuple[str | int, ...]
    """What it held: of an asset all that is known of it, of any other file the hash of its bytes."""


@dataclass(frozen=True, slots=True)
class Index:
    """What the last build saw."""

    texts: Mapping[str, FileState] = field(default_factory=dict)
    assets: Mapping[str, FileState] = field(default_factory=dict)
    statics: Mapping[str, FileState] = field(default_factory=dict)
    taken: int = 0
    """When the files were looked at, in nanoseconds."""

    def hash_of(self, found: Found) -> str:
        """Return the hash of the text *found*, or an empty text if it must be read."""
        about = self._about(self.texts, found)
        return str(about[0]) if about else ""

    def static_hash(self, found: Found) -> str:
        """Return the hash of the file *found* under ``static/``, or an empty text if it must be read."""
        about = self._about(self.statics, found)
        return str(about[0]) if about else ""

    def asset(self, found: Found) -> Measured | None:
        """Return the asset *found* with its warnings, or None if it must be measured."""
        about = self._about(self.assets, found)
        if not about:
            return None
        address, kind, size, width, height, warnings = about
        asset = Asset(found.path, PurePosixPath(str(address)), str(kind), int(size), int(width), int(height))
        return Measured(found.path, asset, _warnings(found.path, str(warnings)))

    def _about(self, files: Mapping[str, FileState], found: Found) -> tuple[str | int, ...]:
        seen = files.get(str(found.path))
        if seen is None or max(found.modified, found.changed) >= self.taken - TICK:
            return ()
        return seen.about if seen[:4] == stat_of(found) else ()


def about_asset(measured: Measured) -> tuple[str | int, ...]:
    """Return what the index holds of an asset that can be published: all that is known of it."""
    asset = measured.asset
    if asset is None:
        raise TypeError("a file that cannot be published is measured again")
    rows = [(one.code, one.message, one.place.line, one.place.column, one.hint) for one in measured.problems]
    warnings = json.dumps(rows) if rows else ""
    return str(asset.address), asset.kind, asset.size, asset.width, asset.height, warnings


def _warnings(path: PurePosixPath, rows: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(code, message, Place(path, line, column), hint, Level.WARNING)
        for code, message, line, column, hint in (json.loads(rows) if rows else ())
    )


def stat_of(found: Found) -> tuple[int, int, int, int]:
    """Return the stat data by which the file *found* is known to be as it was."""
    return found.size, found.modified, found.inode, found.changed


def load_index(root: Path, cache: Cache) -> Index:
    """Return what the last build of the site in *root* saw; nothing if that was elsewhere."""
    head = cache.get(_HEAD, [_HEAD]).get(_HEAD)
    if head is None:
        return Index()
    place, taken = thaw(head)
    if place != here(root):
        return Index()
    return Index(_seen(cache, _TEXTS), _seen(cache, _ASSETS), _seen(cache, _STATICS), taken)


def save_index(root: Path, cache: Cache, before: Index, after: Index) -> None:
    """Keep the index *after*, which takes the place of *before*."""
    shelves = (
        (_TEXTS, before.texts, after.texts),
        (_ASSETS, before.assets, after.assets),
        (_STATICS, before.statics, after.statics),
    )
    changes = [
        ledger.updated(cache, name, now, touched)
        for name, old, now in shelves
        if (touched := {path for path in old.keys() | now.keys() if old.get(path) != now.get(path)})
    ]
    if changes or before.taken == 0:
        head = Shelving(_HEAD, {_HEAD: freeze((here(root), after.taken))})
        cache.put_together([*changes, head])


def moment() -> int:
    """Return now, as the stat data of files tell time."""
    return time.time_ns()


def _seen(cache: Cache, shelf: str) -> dict[str, FileState]:
    return {path: FileState(*record) for path, record in ledger.read(cache, shelf).items()}
