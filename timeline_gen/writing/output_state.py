"""Look at what a tree holds before a build, and find out what of it can stay.

Nothing is believed: each folder and file that the manifest names is looked at (a quarter of a second for
50,000 of each; walking through the folders would take three times as long). A folder's own stat data
show whether something was added to it; only then is it listed. A file whose stat data changed is read,
and stays if its bytes are the right ones. The stat data include the time of change of the inode, which no
program can set back. So an edited, deleted or added file is noticed, as is a crash
between two steps of the last build.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import FOLDER_MODE, folders_of, look, refusing
from timeline_gen.writing.foreign_files import finish
from timeline_gen.writing.manifest import Entry, Folder, Manifest, Tree, load_manifest, load_paths
from timeline_gen.writing.own_files import LIST, read_list
from timeline_gen.writing.replacing import recover

_Look: TypeAlias = Callable[[str], os.stat_result | None]

_OPEN: Final = stat.S_IFDIR | FOLDER_MODE


@dataclass(frozen=True, slots=True)
class OutputState:
    """What a tree holds before a build."""

    tree: Tree
    manifest: Manifest
    """What the last build left there."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The files that are as the last build left them, by path."""
    folders: Mapping[str, Folder] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    """What this program put there and is altered or no longer known, and folders that hold nothing of it any
    more; of a private tree also all that others put there."""
    others: frozenset[str] = frozenset()
    """Files and whole folders that this program didn't put there; they stay."""
    listed: frozenset[str] = frozenset()
    """The files that are the program's own beyond those of the manifest."""
    walked: bool = True
    """Whether the tree isn't the one of the manifest, so that all of it was looked through."""
    files_touched: frozenset[str] = frozenset()
    """The files that are gone or altered, or whose stat data changed."""
    folders_touched: frozenset[str] = frozenset()
    shut: frozenset[str] = frozenset()
    """The folders whose permissions were changed."""
    exists: bool = False
    reread: bool = False
    """Whether files were read because they are too recent for their stat data to be trusted."""

    @property
    def keys(self) -> dict[str, str]:
        """Return what each file that stays was made from."""
        return {path: entry.key for path, entry in self.entries.items() if path != LIST}

    @property
    def files(self) -> dict[str, Entry]:
        """Return the files of the site that stay: all but the list of them."""
        return {path: entry for path, entry in self.entries.items() if path != LIST}

    @property
    def own(self) -> frozenset[str]:
        """Return all files that the program wrote there, whatever became of them."""
        return (self.listed | self.manifest.entries.keys()) - {LIST}

    def is_own(self, path: str) -> bool:
        """Return whether the program wrote the file *path* of the tree."""
        return path in self.manifest.entries or path in self.listed or path == LIST

    @property
    def sound(self) -> bool:
        """Return whether the tree holds what the last build left there, whatever else it holds of others."""
        return not self.walked and not self.foreign and len(self.entries) == len(self.manifest.entries)

    @property
    def untouched(self) -> bool:
        """Return whether, beyond that, not even stat data differ from those of the manifest."""
        return self.sound and self.exists and not (self.files_touched or self.folders_touched or self.shut)


def survey(tree: Tree, cache: Cache) -> OutputState:
    """Finish what a killed build left undone in *tree*, and look at what it holds.

    Raises ``UsageError`` where something else than a folder is in its place.
    """
    with refusing(tree.output):
        # In this order: recover() clears `turning` away, which after a kill may hold files of others.
        finish(tree)
        recover(tree)
        manifest = load_manifest(cache, tree.name)
        top = os.path.realpath(tree.output)
        root = look(top)
        if root is None:
            return OutputState(tree, manifest, files_touched=frozenset(manifest.entries))
        if not stat.S_ISDIR(root.st_mode):
            raise UsageError(
                say("{name} is a file, and the site needs a folder there", name=tree.output.name),
                hint=say("move it away"),
            )
        recorded = manifest.folders.get("")
        # A copy, a checkout, or a build killed between saving the manifest and the exchange.
        if recorded is None or recorded.inode != root.st_ino:
            return _explored(tree, manifest, _own(tree, manifest, cache))
        return _compared(tree, manifest)


def _own(tree: Tree, manifest: Manifest, cache: Cache) -> frozenset[str]:
    """Return the files in *tree* that are the program's own beyond those of the *manifest*."""
    listed = read_list(os.path.realpath(tree.output))
    if listed is not None or manifest.generation:
        return listed or frozenset()
    # Versions that wrote no list kept the same table of files.
    return load_paths(cache, tree.name)


def _compared(tree: Tree, manifest: Manifest) -> OutputState:
    """Return how *tree* differs from its *manifest*."""
    top = os.path.realpath(tree.output)
    folders, changed, shut, blocked = _folders(manifest.folders, _looker(top))
    looking = _looker(top, blocked)
    entries, touched, reread = _files(top, manifest, looking)
    foreign = {path for path in touched - entries.keys() if looking(path) is not None}
    if len(entries) < len(manifest.entries):
        foreign.update(_hollow(entries, folders))
    strays = {stray for folder in changed for stray in _strays(top, folder, manifest)}
    strays.update(path for path in blocked if look(f"{top}/{path}") is not None)
    strays.update(path for path in foreign - folders.keys() if _is_folder(looking(path)))
    # Folders that have not changed are not listed, so what others have in them is known from the last time.
    strays.update(path for path in manifest.others if look(f"{top}/{path}") is not None)
    # The list names every file of the site, and is parsed only where it decides something.
    listed = (read_list(top) or frozenset()) if strays else frozenset[str]()
    others = frozenset[str]() if tree.private else _of_others(top, strays, listed - manifest.entries.keys())
    return OutputState(
        tree,
        manifest,
        entries,
        folders,
        frozenset((foreign | strays | listed) - others - entries.keys()),
        others=_outermost(others),
        listed=listed,
        walked=False,
        files_touched=frozenset(touched),
        folders_touched=changed | blocked,
        shut=shut,
        exists=True,
        reread=reread,
    )


def _explored(tree: Tree, manifest: Manifest, listed: frozenset[str]) -> OutputState:
    """Return what of the *manifest* and of *listed* there is in a *tree* that the former doesn't describe."""
    top = os.path.realpath(tree.output)
    found = _walk(top)
    entries, touched, _ = _files(top, manifest, found.get)
    theirs = {path for path, each in found.items() if not stat.S_ISDIR(each.st_mode)}
    own = theirs if tree.private else theirs & (manifest.entries.keys() | listed | {LIST})
    theirs -= own
    others = _roots(theirs, own)
    folders = {
        path: _folder(each)
        for path, each in found.items()
        if stat.S_ISDIR(each.st_mode) and others.isdisjoint((path, *folders_of(path)))
    }
    # The build opens them again, so they are recorded as open.
    shut = frozenset(path for path, each in folders.items() if path and each.mode != _OPEN)
    folders |= {path: folders[path]._replace(mode=_OPEN) for path in shut}
    ours = {folder for path in entries for folder in folders_of(path)} | entries.keys() | {""}
    return OutputState(
        tree,
        manifest,
        entries,
        folders,
        frozenset(found.keys() - ours - _with_folders(theirs)),
        others=others,
        listed=listed,
        walked=True,
        files_touched=frozenset(touched),
        shut=shut,
        exists=True,
    )


def _roots(theirs: Iterable[str], own: Iterable[str]) -> frozenset[str]:
    """Return the files of *theirs*, or in their place the outermost folders without files of our *own*."""
    shared = {folder for path in own for folder in folders_of(path)}
    return frozenset(
        min((folder for folder in folders_of(path) if folder not in shared), key=len, default=path)
        for path in theirs
    )


def _of_others(top: str, strays: Iterable[str], listed: frozenset[str]) -> frozenset[str]:
    """Return what of *strays* is of others: not what the list names, which a killed build put there."""
    found: set[str] = set()
    for path in strays:
        inside = {name for name in listed if name == path or name.startswith(f"{path}/")}
        if not inside:
            found.update([path] if _has_file(f"{top}/{path}") else ())
        elif path not in inside:
            walked = _walk(f"{top}/{path}")
            files = {f"{path}/{name}" for name, each in walked.items() if name and _is_file(each)}
            found.update(_roots(files - inside, inside))
    return frozenset(found)


def _is_file(found: os.stat_result) -> bool:
    return not stat.S_ISDIR(found.st_mode)


def _with_folders(paths: Iterable[str]) -> set[str]:
    return {step for path in paths for step in (path, *folders_of(path))}


def _outermost(paths: frozenset[str]) -> frozenset[str]:
    """Return *paths* without those that lie in another of them."""
    return frozenset(path for path in paths if paths.isdisjoint(folders_of(path)))


def _is_folder(found: os.stat_result | None) -> bool:
    return found is not None and stat.S_ISDIR(found.st_mode)


def _has_file(path: str) -> bool:
    """Return whether *path* is a file or a link, or a folder that holds any."""
    if not _is_folder(look(path)):
        return True
    with os.scandir(path) as entries:
        return any(not entry.is_dir(follow_symlinks=False) or _has_file(entry.path) for entry in entries)


def _looker(top: str, blocked: frozenset[str] = frozenset()) -> _Look:
    if not blocked:
        return lambda path: look(f"{top}/{path}")
    # Where a folder was replaced by a link, looking below it would lead out of the tree.
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


def _files(top: str, manifest: Manifest, looking: _Look) -> tuple[dict[str, Entry], set[str], bool]:
    """Return the files that are as in the *manifest*, and the paths where something changed.

    The last value is whether files with unchanged stat data were read because they are too recent.
    """
    entries = dict(manifest.entries)
    touched: set[str] = set()
    reread, stamp = False, manifest.stamp
    for path, entry in manifest.entries.items():
        _, _, size, mtime, inode, mode, changed = entry
        found = looking(path)
        same = (
            found is not None
            and found.st_mtime_ns == mtime
            and found.st_ctime_ns == changed
            and found.st_ino == inode
            and found.st_size == size
            and found.st_mode == mode
        )
        # A file as young as the manifest may have been changed again within the same tick of the clock.
        if same and mtime < stamp > changed:
            continue
        right = found is not None and _same(f"{top}/{path}", found, entry)
        if same and right:
            reread = True
            continue
        touched.add(path)
        if found is not None and right:
            entries[path] = entry.with_stat(found)
        else:
            del entries[path]
    return entries, touched, reread


def _same(path: str, found: os.stat_result, entry: Entry) -> bool:
    """Return whether the file at *path* is as in *entry*, whatever its time."""
    if found.st_size != entry.size or found.st_mode != entry.mode:
        return False
    with open(path, "rb") as file:
        return content_hash(file.read()) == entry.hash


def _hollow(entries: Mapping[str, Entry], folders: Mapping[str, Folder]) -> Iterable[str]:
    """Return the *folders* that hold none of the *entries* any more."""
    return folders.keys() - {""} - {folder for path in entries for folder in folders_of(path)}


def _strays(top: str, folder: str, manifest: Manifest) -> Iterable[str]:
    """Yield what is in *folder* and isn't ours."""
    for name in os.listdir(f"{top}/{folder}"):
        path = f"{folder}/{name}" if folder else name
        if path not in manifest.entries and path not in manifest.folders:
            yield path


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
