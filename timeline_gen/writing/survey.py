"""Look at what stands in a tree before a build, and tell what of it can stay.

Nothing is believed: each folder and file that the manifest names is looked at (a quarter of a second for
50,000 of each; walking through the folders would take three times as long). A folder's own stat data
tell whether something was added to it; only then is it listed. A file whose stat data changed is read,
and stays if its bytes are the right ones. So an edited, deleted or added file is noticed, as is a crash
between two steps of the last build.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from timeline_gen.errors import UsageError
from timeline_gen.model import content_hash
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import FOLDER_MODE, folders_of, look, refusing
from timeline_gen.writing.manifest import Entry, Folder, Manifest, Tree, load
from timeline_gen.writing.replacing import recover

_Look: TypeAlias = Callable[[str], os.stat_result | None]

_OPEN: Final = stat.S_IFDIR | FOLDER_MODE
_PRECIOUS: Final = frozenset({".git", ".hg", ".svn"})


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a tree before a build."""

    tree: Tree
    manifest: Manifest
    """What the last build left there."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The files that are as the last build left them, by path."""
    folders: Mapping[str, Folder] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    """What this program didn't put there, or not as it is, and folders that hold nothing of it any more."""
    walked: bool = True
    """Whether the tree isn't the one that the manifest tells of, so that all of it was looked through."""
    files_touched: frozenset[str] = frozenset()
    """The files that are gone or altered, or whose stat data changed."""
    folders_touched: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    """The folders whose permissions somebody changed."""
    exists: bool = False

    @property
    def keys(self) -> dict[str, str]:
        """Return what each file that stays was made from."""
        return {path: entry.key for path, entry in self.entries.items()}

    @property
    def sound(self) -> bool:
        """Tell whether the tree holds exactly what the last build left there."""
        return not self.walked and not self.foreign and len(self.entries) == len(self.manifest.entries)

    @property
    def untouched(self) -> bool:
        """Tell whether, beyond that, not even stat data differ from those of the manifest."""
        return self.sound and self.exists and not (self.files_touched or self.folders_touched or self.shut)


def survey(tree: Tree, cache: Cache) -> Standing:
    """Finish what a killed build left undone in *tree*, and look at what stands there.

    Raises ``UsageError`` where something else than a folder stands in its place, or where it holds the
    history of a version control system, which a build would delete.
    """
    with refusing(tree.output):
        recover(tree)
        manifest = load(cache, tree.name)
        top = os.path.realpath(tree.output)
        root = look(top)
        if root is None:
            return Standing(tree, manifest, files_touched=frozenset(manifest.entries))
        if not stat.S_ISDIR(root.st_mode):
            raise UsageError(
                f"{tree.output.name} is a file, and the site needs a folder there", hint="move it away"
            )
        standing = _look_at(tree, root, manifest)
    _spare(tree.output, standing.foreign)
    return standing


def _spare(output: Path, foreign: Iterable[str]) -> None:
    found = _PRECIOUS.intersection(foreign)
    if found:
        raise UsageError(
            f"{output.name} holds a {min(found)} folder, and a build deletes what it didn't make",
            hint=f"keep the history of the built site elsewhere; move {output.name}/{min(found)} away",
        )


def _look_at(tree: Tree, root: os.stat_result, manifest: Manifest) -> Standing:
    recorded = manifest.folders.get("")
    if recorded is None or recorded.inode != root.st_ino:
        return _explored(tree, manifest)
    return _compared(tree, manifest)


def _compared(tree: Tree, manifest: Manifest) -> Standing:
    """Return how *tree* differs from the *manifest* that tells of it."""
    top = os.path.realpath(tree.output)
    folders, changed, shut, blocked = _folders(manifest.folders, _looker(top))
    looking = _looker(top, blocked)
    entries, touched = _files(top, manifest, looking)
    foreign = {stray for folder in changed for stray in _strays(top, folder, manifest)}
    foreign.update(path for path in touched - entries.keys() if looking(path) is not None)
    if len(entries) < len(manifest.entries):
        foreign.update(_hollow(entries, folders))
    foreign.update(path for path in blocked if look(f"{top}/{path}") is not None)
    return Standing(
        tree,
        manifest,
        entries,
        folders,
        frozenset(foreign),
        walked=False,
        files_touched=frozenset(touched),
        folders_touched=changed | blocked,
        shut=shut,
        exists=True,
    )


def _explored(tree: Tree, manifest: Manifest) -> Standing:
    """Return what of the *manifest* there is in a *tree* that it doesn't tell of."""
    top = os.path.realpath(tree.output)
    found = _walk(top)
    entries, touched = _files(top, manifest, found.get)
    folders = {path: _folder(each) for path, each in found.items() if stat.S_ISDIR(each.st_mode)}
    shut = frozenset(path for path, each in folders.items() if path and each.mode != _OPEN)
    folders |= {path: folders[path]._replace(mode=_OPEN) for path in shut}
    ours = {folder for path in entries for folder in folders_of(path)} | entries.keys() | {""}
    return Standing(
        tree,
        manifest,
        entries,
        folders,
        frozenset(found.keys() - ours),
        walked=True,
        files_touched=frozenset(touched),
        shut=shut,
        exists=True,
    )


def _looker(top: str, blocked: frozenset[str] = frozenset()) -> _Look:
    if not blocked:
        return lambda path: look(f"{top}/{path}")
    return lambda path: None if blocked.intersection(folders_of(path)) else look(f"{top}/{path}")


def _folder(found: os.stat_result) -> Folder:
    return Folder(found.st_ino, found.st_mtime_ns, found.st_mode)


def _folders(
    known: Mapping[str, Folder], looking: _Look
) -> tuple[dict[str, Folder], frozenset[str], frozenset[str], frozenset[str]]:
    """Return the *known* folders as they are now; those changed, with other permissions, and no more."""
    folders = dict(known)
    changed: set[str] = set()
    shut: set[str] = set()
    blocked: set[str] = set()
    for path, (inode, mtime, mode) in known.items():
        found = looking(path)
        if found is None or not stat.S_ISDIR(found.st_mode):
            blocked.add(path)
            del folders[path]
            continue
        if found.st_mtime_ns != mtime or found.st_ino != inode:
            changed.add(path)
            folders[path] = Folder(found.st_ino, found.st_mtime_ns, mode)
        if found.st_mode != mode:
            shut.add(path)
    return folders, frozenset(changed), frozenset(shut), frozenset(blocked)


def _files(top: str, manifest: Manifest, looking: _Look) -> tuple[dict[str, Entry], set[str]]:
    """Return the files that are as the *manifest* says, and the paths where something changed."""
    entries = dict(manifest.entries)
    touched: set[str] = set()
    stamp = manifest.stamp
    for path, (_, _, size, mtime, inode, mode) in manifest.entries.items():
        found = looking(path)
        if (
            found is not None
            and found.st_mtime_ns == mtime < stamp
            and found.st_ino == inode
            and found.st_size == size
            and found.st_mode == mode
        ):
            continue
        touched.add(path)
        if found is not None and _same(f"{top}/{path}", found, entries[path]):
            entries[path] = entries[path]._replace(mtime=found.st_mtime_ns, inode=found.st_ino)
        else:
            del entries[path]
    return entries, touched


def _same(path: str, found: os.stat_result, entry: Entry) -> bool:
    """Tell whether the file at *path* holds what *entry* says, whatever its time."""
    if found.st_size != entry.size or found.st_mode != entry.mode:
        return False
    with open(path, "rb") as file:
        return content_hash(file.read()) == entry.hash


def _hollow(entries: Mapping[str, Entry], folders: Mapping[str, Folder]) -> Iterable[str]:
    """Return the *folders* that hold none of the *entries* any more."""
    return folders.keys() - {""} - {folder for path in entries for folder in folders_of(path)}


def _strays(top: str, folder: str, manifest: Manifest) -> Iterable[str]:
    """Yield what is in *folder* and isn't ours, with all that lies in it."""
    for name in os.listdir(f"{top}/{folder}"):
        path = f"{folder}/{name}" if folder else name
        if path not in manifest.entries and path not in manifest.folders:
            yield path
            yield from (f"{path}/{each}" for each in _walk(f"{top}/{path}") if each)


def _walk(top: str) -> dict[str, os.stat_result]:
    """Return the stat data of all that lies in *top*, and of itself, links not followed."""
    root = os.lstat(top)
    found = {"": root}
    waiting = [""] if stat.S_ISDIR(root.st_mode) else []
    while waiting:
        folder = waiting.pop()
        before = f"{folder}/" if folder else ""
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                path = before + entry.name
                found[path] = entry.stat(follow_symlinks=False)
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
    return found
