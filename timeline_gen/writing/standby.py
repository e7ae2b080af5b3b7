"""The tree that the live one is exchanged with: one generation behind, and brought forward by what changed.

Unchanged files are shared with the live tree by hard links, so nothing here ever writes into a file:
a new one takes its place. While it is being brought forward it is called ``turning``; what a killed
build leaves under that name is thrown away.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping

from timeline_gen.writing.disk import folders_of, look, make_folders, prune, remove_file
from timeline_gen.writing.manifest import Entry, Folder
from timeline_gen.writing.output_state import OutputState
from timeline_gen.writing.stage import TreeChange


def usable(state: OutputState, folders: Mapping[str, Folder]) -> bool:
    """Return whether the standby tree of *state* is there, and as it was left, by the stat data of *folders*.

    Only folders with folders in them are looked at: enough to see that part of it was deleted.
    """
    if not state.sound or not folders:
        return False
    top = str(state.tree.work_dir / "standby")
    for path in {folder.rpartition("/")[0] for folder in folders}:
        found = look(f"{top}/{path}" if path else top)
        known = folders.get(path)
        if found is None or known is None:
            return False
        if (found.st_ino, found.st_mtime_ns, found.st_mode) != known:
            return False
    return True


def bring_up_to_date(
    staging: str, live: str, state: OutputState, change: TreeChange
) -> tuple[set[str], set[str]]:
    """Bring the tree at *staging*, one generation behind *live*, to the *change*.

    Returns the folders touched, and the files: linking or moving a file changes its stat data.
    """
    # What was altered and put right by hand since is another file than the one here.
    pending = (state.manifest.pending | state.files_touched).difference(change.sources)
    relinked = pending.intersection(change.entries)
    gone = (pending - relinked) | change.deletes
    # link(2) replaces nothing (EEXIST), so what is linked anew goes first.
    for path in gone | relinked:
        remove_file(f"{staging}/{path}")
    for path in gone:
        prune(staging, path.rpartition("/")[0])
    known: set[str] = set()
    _link(staging, live, relinked, known)
    _place(staging, change.sources, known)
    folders = {"", *_parents(gone), *_parents(relinked), *_parents(change.sources)}
    return folders, {*relinked, *change.sources}


def make_from_live(staging: str, live: str, change: TreeChange) -> set[str]:
    """Make the tree of *change* at *staging*, sharing what stays with *live*; return its folders."""
    known: set[str] = set()
    make_folders(staging, "", known)
    _link(staging, live, change.entries.keys() - change.sources.keys(), known)
    _place(staging, change.sources, known)
    return known


def folder_stats(top: str, folders: Iterable[str]) -> dict[str, Folder]:
    """Return the stat data of those *folders* that there are in the tree at *top*, files left out."""
    looked = ((path, look(f"{top}/{path}" if path else top)) for path in folders)
    return {
        path: Folder(found.st_ino, found.st_mtime_ns, found.st_mode)
        for path, found in looked
        if found is not None and stat.S_ISDIR(found.st_mode)
    }


def file_stats(top: str, entries: Mapping[str, Entry], paths: Iterable[str]) -> dict[str, Entry]:
    """Return *entries* with the present stat data of *paths*, as far as they exist, in the tree at *top*."""
    looked = ((path, look(f"{top}/{path}")) for path in paths)
    return {**entries, **{path: entries[path].with_stat(found) for path, found in looked if found}}


def _link(staging: str, live: str, paths: Iterable[str], known: set[str]) -> None:
    for path in paths:
        make_folders(staging, path.rpartition("/")[0], known)
        os.link(f"{live}/{path}", f"{staging}/{path}", follow_symlinks=False)


def _place(staging: str, sources: Mapping[str, str], known: set[str]) -> None:
    for path, source in sources.items():
        make_folders(staging, path.rpartition("/")[0], known)
        os.replace(source, f"{staging}/{path}")


def _parents(paths: Iterable[str]) -> set[str]:
    return {folder for path in paths for folder in folders_of(path)}
