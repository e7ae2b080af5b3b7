"""Take the outputs of a build as they come, and put what is new next to the live tree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from timeline_gen.keys import content_hash
from timeline_gen.model.files import Output
from timeline_gen.writing.disk import AS_IT_WAS, discard, make_folders, refusal, write_file
from timeline_gen.writing.manifest import Entry
from timeline_gen.writing.output_state import OutputState
from timeline_gen.writing.own_files import LIST, is_inside, write_list


@dataclass(frozen=True, slots=True)
class TreeChange:
    """How a build's outputs differ from what is there."""

    entries: dict[str, Entry]
    """All files of the new tree; those that are put into it included."""
    sources: Mapping[str, str]
    """Where the files lie that are put into the tree, by the path they get."""
    deletes: frozenset[str]
    """The paths of ours that are no more."""
    rekeyed: frozenset[str]
    """The paths that stay, but were made from something else."""
    folders: frozenset[str] = frozenset()
    """The folders that were made for the sources, where these form a tree."""


@dataclass(slots=True)
class _StagingFolder:
    """The folder where new files gather: a whole tree for a first build, numbered files otherwise."""

    folder: str
    whole: bool
    sources: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def add(self, path: str, data: bytes) -> os.stat_result:
        """Write *data* for *path* and return its stat data."""
        if not self.known:
            make_folders(self.folder, "", self.known)
        if self.whole:
            make_folders(self.folder, path.rpartition("/")[0], self.known)
        # Numbered files need no folders: most of the new tree is linked, and each of these is moved there
        # later.
        target = f"{self.folder}/{path if self.whole else len(self.sources)}"
        self.sources[path] = target
        return write_file(target, data)


def gather(state: OutputState, outputs: Iterable[Output], keys: Mapping[str, str]) -> TreeChange:
    """Write the *outputs* that are new next to the tree of *state*, and return how they differ.

    *keys* has what each path was made from; what is there and was made from the same need not be among the
    outputs. Nothing in the tree itself is touched; where taking or
    writing an output fails, what was written so far is cleared away.
    """
    whole = not state.entries
    stage = _StagingFolder(str(state.tree.work_dir / ("turning" if whole else "stage")), whole)
    entries = {path: entry for path, entry in state.entries.items() if keys.get(path) == entry.key}
    # No output may take the place of the list.
    come: set[str] = {LIST}
    rekeyed: set[str] = set()

    def take(output: Output) -> None:
        path, key = output.path, keys.get(output.path, "")
        current = state.entries.get(path)
        if current is None or current.hash != output.hash:
            entries[path] = _entry(key, output, stage)
            return
        entries[path] = current
        if current.key != key:
            entries[path] = current._replace(key=key)
            rekeyed.add(path)

    try:
        for output in outputs:
            _once(output.path, come)
            take(output)
        listed = write_list(entries)
        take(Output(LIST, listed, content_hash(listed)))
    except BaseException:
        discard(stage.folder)
        raise
    deletes = state.entries.keys() - entries.keys()
    folders = frozenset(stage.known) if whole else frozenset[str]()
    return TreeChange(entries, stage.sources, frozenset(deletes), frozenset(rekeyed), folders)


def _entry(key: str, output: Output, stage: _StagingFolder) -> Entry:
    if output.data is None:
        raise ValueError(f"{output.path} is not as it should be, and came without its bytes")
    if not is_inside(output.path):
        raise ValueError(f"{output.path} leads out of the site")
    try:
        found = stage.add(output.path, output.data)
    except OSError as error:
        raise refusal(error, Path(stage.folder), left=AS_IT_WAS) from error
    size, mode = found.st_size, found.st_mode
    return Entry(key, output.hash, size, found.st_mtime_ns, found.st_ino, mode, found.st_ctime_ns)


def _once(path: str, come: set[str]) -> None:
    if path in come:
        raise ValueError(f"{path} is written twice")
    come.add(path)
