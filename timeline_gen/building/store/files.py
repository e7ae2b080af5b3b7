"""What was found out of files, kept as long as their stat data are the same.

Stat data are trusted only on the machine and for the folder they were taken on, and only of files that had
not just changed: a file that is no older than the moment it was looked at may change again within the same
tick of the clock, without a trace (git calls such a file racy), and is read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from timeline_gen.building.store.place import place_of
from timeline_gen.building.store.store import Store, Table
from timeline_gen.keys import key_of
from timeline_gen.reading.disk.files import Found
from timeline_gen.writing.disk import CLOCK_RESOLUTION_NS

T = TypeVar("T")


class KnownFiles(Generic[T]):
    """What earlier builds found out of the files of one kind."""

    def __init__(self, store: Store, kind: str, root: Path) -> None:
        """Read what is known of the files of a *kind* in the site in *root*."""
        self._table: Table[T] = Table(store, f"files/{kind}")
        self._place = key_of(place_of(root))

    @property
    def paths(self) -> Collection[str]:
        """Return the paths of all files of which something is known."""
        return self._table.names

    def get(self, file: Found) -> T | None:
        """Return what is known of *file*; None where it must be read."""
        return self._table.known(str(file.path), self._key(file))

    def keep(self, files: Iterable[tuple[Found, T]], seen: int, *, keep_others: bool = False) -> None:
        """Keep what was found out of *files*, all of them *seen* at that moment, or later (nanoseconds).

        Of files besides these nothing stays known, unless *keep_others*.
        """
        known = {
            str(file.path): (self._key(file), value)
            for file, value in files
            if max(file.modified, file.changed) < seen - CLOCK_RESOLUTION_NS
        }
        self._table.keep(known, keep_others=keep_others)

    def _key(self, file: Found) -> bytes:
        return key_of(self._place, file.size, file.modified, file.inode, file.changed)
