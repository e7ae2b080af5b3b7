"""The index of content: which files are as they were when they were last read, told by stat data alone.

Stat data are trusted only on the machine and for the folder they were taken on, and only of files that
had not just changed: one no older than the index itself may have changed again within the same tick of
the clock, without a trace (git calls such a file racy), and is read again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.model import Picture
from timeline_gen.reading.load import Found
from timeline_gen.running.glance import TICK, here
from timeline_gen.writing import ledger
from timeline_gen.writing.cache import Cache, Shelving, freeze, thaw

_TEXTS: Final = "texts"
_PICTURES: Final = "pictures"
_HEAD: Final = "index"


class Seen(NamedTuple):
    """A file as it was when it was read."""

    size: int
    modified: int
    inode: int
    changed: int
    about: tuple[str | int, ...]
    """What it held: of a text the hash of its bytes; of a picture width, height and address."""


@dataclass(frozen=True, slots=True)
class Index:
    """What the last build saw."""

    texts: Mapping[str, Seen] = field(default_factory=dict)
    pictures: Mapping[str, Seen] = field(default_factory=dict)
    taken: int = 0
    """When the files were looked at, in nanoseconds."""

    def hash_of(self, found: Found) -> str:
        """Return the hash of the text *found*, or an empty text if it must be read."""
        about = self._about(self.texts, found)
        return str(about[0]) if about else ""

    def picture(self, found: Found) -> Picture | None:
        """Return the picture *found*, or None if it must be measured."""
        about = self._about(self.pictures, found)
        if not about:
            return None
        width, height, address = about
        return Picture(found.path, int(width), int(height), PurePosixPath(str(address)))

    def _about(self, files: Mapping[str, Seen], found: Found) -> tuple[str | int, ...]:
        seen = files.get(str(found.path))
        if seen is None or max(found.modified, found.changed) >= self.taken - TICK:
            return ()
        return seen.about if seen[:4] == stat_of(found) else ()


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
    return Index(_seen(cache, _TEXTS), _seen(cache, _PICTURES), taken)


def save_index(root: Path, cache: Cache, before: Index, after: Index) -> None:
    """Keep the index *after*, which takes the place of *before*."""
    shelves = ((_TEXTS, before.texts, after.texts), (_PICTURES, before.pictures, after.pictures))
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


def _seen(cache: Cache, shelf: str) -> dict[str, Seen]:
    return {path: Seen(*record) for path, record in ledger.read(cache, shelf).items()}
