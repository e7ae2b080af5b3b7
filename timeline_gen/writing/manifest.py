"""What a built tree holds, as the build that wrote it found it; kept in the cache, outside the tree.

A tree changes only as a whole, so a manifest is of one *generation*. It is written just before the
trees are exchanged: a crash between the two is noticed, because the live folder is not the one that the
manifest names.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from timeline_gen.model.links import HeldName
from timeline_gen.writing import sharded_table
from timeline_gen.writing.cache import Batch, Cache, dump, load
from timeline_gen.writing.disk import CLOCK_RESOLUTION_NS


class Entry(NamedTuple):
    """One file of a tree, with the stat data by which it is known to be untouched."""

    key: str
    """What it was made from; a page whose key is the same need not be made again."""
    hash: str
    """``content_hash`` of its bytes."""
    size: int
    mtime: int
    """Nanoseconds."""
    inode: int
    mode: int
    changed: int
    """Nanoseconds: when anything about it last changed (``st_ctime``). No program sets this time, so an edit
    that restores size and ``mtime`` is noticed too. A hard link made or removed changes it as well."""

    def with_stat(self, found: os.stat_result) -> Entry:
        """Return this entry with the stat data *found* of a file that holds the same bytes."""
        return self._replace(mtime=found.st_mtime_ns, inode=found.st_ino, changed=found.st_ctime_ns)


class Folder(NamedTuple):
    """The stat data of one folder: they change when something is added to it or taken away.

    Its time of change (``st_ctime``) is left out: renaming a tree, and opening a folder again, change it.
    """

    inode: int
    mtime: int
    mode: int


@dataclass(frozen=True, slots=True)
class Facts:
    """How a tree was built; a publisher refuses what was built for another address or with drafts."""

    program: str = ""
    """The program's version."""
    url: str = ""
    drafts: bool = False
    now: str = ""
    """The moment it was built for (ISO 8601), where that matters."""
    next_embargo: str = ""
    """The next moment at which the same content gives another site; empty for never."""
    clock: bool = True
    """Whether that moment was the clock's, and not one that was given."""
    redirects: tuple[tuple[str, str], ...] = ()
    """Former addresses inside the site, each with the present one."""
    held: tuple[HeldName, ...] = ()
    """The names of what is held back."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a tree held when it was last written."""

    facts: Facts = field(default_factory=Facts)
    generation: int = 0
    """Counts the builds that changed something."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By path, as text relative to the tree."""
    folders: Mapping[str, Folder] = field(default_factory=dict)
    """Of the live tree; the tree itself is ``""``."""
    pending: frozenset[str] = frozenset()
    """The paths in which the standby tree, one generation behind, differs from the live one."""
    slot: int = 0
    """Which of two tables holds the folders of the live tree; the other holds those of the standby. When the
    trees change places, so do the tables: neither is written anew as a whole."""
    others: frozenset[str] = frozenset()
    """Files and whole folders in the tree that this program did not put there."""
    stamp: int = 0
    """When it was written (nanoseconds): a file no older may have changed since without a trace."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Where a manifest differs from the one before it."""

    files: Collection[str] | None = ()
    """None for anywhere."""
    folders: Collection[str] | None = ()
    standby: Mapping[str, Folder] | None = None
    """The folders of the new standby tree, where the sharded_table doesn't hold them already."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One built site on disk, and where the work on it is done."""

    output: Path
    work_dir: Path
    """A folder on the same file system, if the tree is to be exchanged in one step."""
    name: str = "output"
    """Its name in the cache: a preview is another tree than the site."""
    private: bool = False
    """Whether nothing but the site belongs there, as in a preview: then nothing of others is spared."""


_HEAD: Final = "head"


def load_manifest(cache: Cache, name: str) -> Manifest:
    """Return the manifest of the tree called *name*; an empty one where there is none or it is damaged."""
    found = cache.get(name, [_HEAD]).get(_HEAD)
    if found is None:
        return Manifest()
    facts, generation, pending, slot, others, stamp = load(found)
    return Manifest(
        Facts(**facts),
        generation,
        _named(Entry, sharded_table.read(cache, _files(name))),
        load_folders(cache, name, slot),
        pending,
        slot,
        others,
        stamp,
    )


def load_paths(cache: Cache, name: str) -> frozenset[str]:
    """Return the files that any version of the program last wrote into the tree called *name*."""
    return frozenset(sharded_table.read(cache, _files(name)))


def load_folders(cache: Cache, name: str, slot: int) -> dict[str, Folder]:
    """Return the folders in the sharded_table *slot* of the tree called *name*."""
    return _named(Folder, sharded_table.read(cache, _folders(name, slot)))


def save(cache: Cache, name: str, manifest: Manifest, touched: Touched) -> None:
    """Keep *manifest*, which differs from the one kept in the records *touched*, in one step."""
    changes = [
        _head(name, manifest, time.time_ns()),
        _brought(cache, _files(name), manifest.entries, touched.files),
        _brought(cache, _folders(name, manifest.slot), manifest.folders, touched.folders),
    ]
    if touched.standby is not None:
        changes.append(sharded_table.replaced(cache, _folders(name, 1 - manifest.slot), touched.standby))
    cache.put_together(changes)


def confirm(cache: Cache, name: str, manifest: Manifest, checked: int) -> None:
    """Keep that all files of *manifest* were compared by their bytes at *checked* (nanoseconds) or later."""
    cache.put_together([_head(name, manifest, checked)])


def _head(name: str, manifest: Manifest, now: int) -> Batch:
    facts = asdict(manifest.facts)
    head = (
        facts,
        manifest.generation,
        manifest.pending,
        manifest.slot,
        manifest.others,
        # A file written within the last tick of the clock may be written again without another time.
        now - CLOCK_RESOLUTION_NS,
    )
    return Batch(name, {_HEAD: dump(head)})


def _brought(
    cache: Cache, namespace: str, records: Mapping[str, sharded_table.Record], touched: Collection[str] | None
) -> Batch:
    if touched is None:
        return sharded_table.replaced(cache, namespace, records)
    return sharded_table.updated(cache, namespace, records, touched)


def _files(name: str) -> str:
    return f"{name}/files"


def _folders(name: str, slot: int) -> str:
    return f"{name}/{slot}"


_Named = TypeVar("_Named", Entry, Folder)


def _named(kind: type[_Named], records: dict[str, sharded_table.Record]) -> dict[str, _Named]:
    return dict(zip(records, map(kind._make, records.values()), strict=True))
