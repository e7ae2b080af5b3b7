"""Files in the tree that this program did not write: they stay, whatever a build does around them.

Where the tree is exchanged for a new one, they are shared with it by hard links beforehand, so that no
reader misses them. The former tree is looked through before it is discarded: what others put there or
replaced while the build was at work is brought over. A mark shows a build that follows a killed one
whether the exchange took place.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import ContentError, Place, Problem
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.writing.disk import (
    discard,
    folders_of,
    look,
    make_folders,
    prune,
    remove_file,
    write_file,
)
from timeline_gen.writing.manifest import Entry, Folder, Tree
from timeline_gen.writing.own_files import read_list

MARK: Final = "exchanged"
_ASIDE: Final = "set-aside"
"""The folder of the work folder for what had to give way to a page while a build was at work."""
_SHOWN: Final = 20
"""Problems; the many files in a folder that an earlier version built are reported with their first."""
_NAMED: Final = 5


def notes_on(name: str, others: Collection[str]) -> tuple[str, ...]:
    """Return the problem of the files of *others* in the tree called *name*."""
    if not others:
        return ()
    message = say(
        "{name} holds what is no part of the site; it stays, and is not published: {others}",
        name=name,
        others=some_of(sorted(others)),
    )
    return (say("{said} (what belongs to the site goes into static/)", said=message),)


def some_of(names: list[str]) -> str:
    """Return the first of *names*, and how many more there are."""
    more = say(" and {names:,} more", names=len(names) - _NAMED) if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


# ---------------------------------------------------------------- before the exchange


def checked(top: str, others: Collection[str], entries: Mapping[str, Entry], name: str) -> frozenset[str]:
    """Return those of *others*, paths in the tree *top*, that stay where they are.

    A file with the bytes that a build writes under the same path is the program's own from now on. Raises
    ``ContentError`` where any other has the path of one of the *entries*, or of a folder of them; *name* is
    that of the tree.
    """
    if not others:
        return frozenset()
    planned = {folder for path in entries for folder in folders_of(path)}
    items = frozenset(item for path in others for item in _outside(top, path, planned))
    adopted = frozenset(path for path in items if path in entries and _holds(f"{top}/{path}", entries[path]))
    taken = sorted(
        path
        for path in items - adopted
        if path in entries or path in planned or not entries.keys().isdisjoint(folders_of(path))
    )
    if taken:
        raise ContentError(_collisions(taken, name))
    return items - adopted


def _outside(top: str, path: str, planned: Collection[str]) -> Iterator[str]:
    """Yield *path*; where it is a folder that the site needs, too, what is in it."""
    if path not in planned or not os.path.isdir(f"{top}/{path}") or os.path.islink(f"{top}/{path}"):
        yield path
        return
    for name in os.listdir(f"{top}/{path}"):
        yield from _outside(top, f"{path}/{name}", planned)


def _holds(path: str, entry: Entry) -> bool:
    found = look(path)
    if found is None or not stat.S_ISREG(found.st_mode) or found.st_size != entry.size:
        return False
    with open(path, "rb") as file:
        return content_hash(file.read()) == entry.hash


def _collisions(paths: list[str], name: str) -> Iterator[Problem]:
    rest = say(", as have {paths:,} more files", paths=len(paths) - _SHOWN) if len(paths) > _SHOWN else ""
    for path in paths[:_SHOWN]:
        yield Problem(
            "TG812",
            say(
                "this has the name of a file of the site, and timeline-gen did not put it there{rest}",
                rest=rest,
            ),
            Place(PurePosixPath(name, path)),
            say("move it away; if an earlier version built all of {name}, delete that folder", name=name),
        )


def share(live: str, staging: str, paths: Iterable[str]) -> None:
    """Let *paths*, files or whole folders of others, be in the tree *staging* as in *live*, by hard links.

    Raises ``OSError`` (``EXDEV``) where the system permits no such links.
    """
    known: set[str] = set()
    for path in paths:
        make_folders(staging, path.rpartition("/")[0], known)
        try:
            _link(f"{live}/{path}", f"{staging}/{path}")
        except FileNotFoundError:
            # Its owner has just removed it.
            continue
        except PermissionError as error:
            # Linux may forbid links to files of other users (fs.protected_hardlinks): as on another file
            # system, files are then replaced one by one.
            raise OSError(errno.EXDEV, os.strerror(error.errno or 0), f"{live}/{path}") from error


def _link(source: str, target: str) -> None:
    found = os.lstat(source)
    if not stat.S_ISDIR(found.st_mode):
        os.link(source, target, follow_symlinks=False)
        return
    os.mkdir(target)
    for name in os.listdir(source):
        _link(f"{source}/{name}", f"{target}/{name}")
    # At last, since nothing can be put into a folder that is closed for writing.
    os.chmod(target, stat.S_IMODE(found.st_mode))


def announce(tree: Tree) -> None:
    """Note that the new tree in the work folder of *tree* is about to be exchanged for the live one."""
    # The live folder has this inode if, and only if, the exchange took place.
    inode = os.stat(tree.work_dir / "turning").st_ino
    discard(str(tree.work_dir / MARK))
    write_file(str(tree.work_dir / MARK), json.dumps(inode).encode())


# ---------------------------------------------------------------- after the exchange


def bring_over(tree: Tree, paths: Iterable[str], own: Collection[str]) -> None:
    """Bring *paths*, what is of others in the former tree in the work folder, to the live one of *tree*.

    *own* are the program's files in the live tree. Of two versions of a file the one changed last stays.
    """
    old, live = str(tree.work_dir / "turning"), os.path.realpath(tree.output)
    for path in sorted(paths):
        for each in list(_files_in(old, path)):
            _bring(old, live, each, own, tree)
        _forget(f"{old}/{path}")
        prune(old, path.rpartition("/")[0])


def _bring(old: str, live: str, path: str, own: Collection[str], tree: Tree) -> None:
    found, there = os.lstat(f"{old}/{path}"), look(f"{live}/{path}")
    if there is not None and os.path.samestat(found, there):
        return
    if there is not None and path not in own and not stat.S_ISDIR(there.st_mode):
        if found.st_ctime_ns <= there.st_ctime_ns:
            return
    elif there is not None or not all(_is_free(live, folder, own) for folder in folders_of(path)):
        # A page keeps its place, and what others put there meanwhile is not deleted.
        live = str(tree.work_dir / _ASIDE)
    make_folders(live, path.rpartition("/")[0], set())
    os.replace(f"{old}/{path}", f"{live}/{path}")


def _is_free(top: str, folder: str, own: Collection[str]) -> bool:
    """Return whether *folder* is one in the tree *top*, or can be made there without anything giving way."""
    found = look(f"{top}/{folder}")
    return folder not in own and (found is None or stat.S_ISDIR(found.st_mode))


def _forget(path: str) -> None:
    """Remove from the former tree what the live one has."""
    remove_file(path)
    discard(path)


def finish(tree: Tree) -> None:
    """Bring over what a build that was stopped after the exchange had left in the former tree."""
    mark, staging = tree.work_dir / MARK, tree.work_dir / "turning"
    live = look(os.path.realpath(tree.output))
    if live is not None and look(str(staging)) is not None and _marked(mark) == live.st_ino:
        # The list of the former tree has what the new one deletes: it would come back as a file of others.
        own = (read_list(os.path.realpath(tree.output)) or frozenset()) | (
            read_list(str(staging)) or frozenset()
        )
        theirs = (path for path in _files_in(str(staging), "") if path not in own)
        bring_over(tree, list(theirs), own)
    remove_file(str(mark))


def _marked(mark: Path) -> int:
    try:
        return int(mark.read_bytes())
    except (OSError, ValueError):
        return 0


def _files_in(top: str, path: str) -> Iterator[str]:
    """Yield *path* in *top*, or all files and links below it, if it is a folder."""
    full = f"{top}/{path}" if path else top
    found = look(full)
    if found is None:
        return
    if not stat.S_ISDIR(found.st_mode):
        yield path
        return
    for name in os.listdir(full):
        yield from _files_in(top, f"{path}/{name}" if path else name)


def new_names(top: str, folders: Mapping[str, Folder], is_known: Callable[[str], bool]) -> Iterator[str]:
    """Yield what is in the tree *top* that is not known, in those of its *folders* that changed since."""
    for path, folder in folders.items():
        found = look(f"{top}/{path}" if path else top)
        if found is None or (found.st_mtime_ns, found.st_ino) == (folder.mtime, folder.inode):
            continue
        for name in os.listdir(f"{top}/{path}" if path else top):
            inside = f"{path}/{name}" if path else name
            if not is_known(inside):
                yield inside
