"""Replace the files of a tree one by one, where it can't be exchanged as a whole.

First everything new is brought into a folder inside the tree, so that a full disk leaves the site as it
was; then a journal lists what is to be done; then it is done: assets first, so that no page asks for
one that isn't there yet, then pages, then feeds and data, deletes last. A build that is killed on the
way is finished by the next one, which reads the journal, even where the content has problems by then.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.writing.disk import (
    discard,
    look,
    make_folder,
    make_folders,
    prune,
    refusing,
    remove,
    remove_file,
    write_file,
)
from timeline_gen.writing.manifest import Tree
from timeline_gen.writing.own_files import LIST
from timeline_gen.writing.swap import IMPOSSIBLE

NEAR: Final = ".timeline-gen-stage"
"""The folder inside the tree that holds what is to be put in place: on the same file system for certain, so
that each file takes its place by a rename, and no reader gets half of it."""

_REMAINS: Final = ("journal", "journal.new", "stage", "turning", "discarded", "probe")
_LAST: Final = frozenset({".xml", ".json", ".csv", ".ics", ".txt"})


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be done to a tree, in order; doing it twice is the same as doing it once."""

    top: str
    """The tree's folder, links resolved."""
    puts: tuple[str, ...]
    """Paths; the file for the first lies in the near folder as ``0``, and so on."""
    deletes: tuple[str, ...]
    private: bool = False


def replace_files(
    tree: Tree, sources: Mapping[str, str], deletes: Collection[str], *, private: bool = False
) -> None:
    """Move the *sources* (files by the path they get) into *tree*, then delete *deletes* from it.

    Folders are deleted with all that is in them only in a *private* tree; elsewhere, where they are empty.
    """
    top = os.path.realpath(tree.output)
    Path(top).mkdir(parents=True, exist_ok=True)
    # In reverse order, what is in a folder comes before the folder.
    journal = Journal(top, tuple(sorted(sources, key=_order)), tuple(sorted(deletes, reverse=True)), private)
    near = f"{top}/{NEAR}"
    discard(near)
    make_folder(near)
    try:
        for number, path in enumerate(journal.puts):
            _bring(sources[path], f"{near}/{number}")
    except BaseException:
        discard(near)
        raise
    _keep(journal, tree.work_dir)
    with refusing(tree.output, left=say("part of the new site is in place, and the next build finishes it")):
        _carry_out(journal)
    (tree.work_dir / "journal").unlink()


def recover(tree: Tree) -> None:
    """Finish what a killed build had begun to replace in *tree*, and clear away what it left."""
    journal = _kept(tree.work_dir)
    top = os.path.realpath(tree.output)
    # The near folder goes last: without it everything was done. Another top means that the site was moved.
    if journal is not None and journal.top == top and look(f"{top}/{NEAR}") is not None:
        _carry_out(journal)
    discard(f"{top}/{NEAR}")
    for name in _REMAINS:
        path = str(tree.work_dir / name)
        discard(path)
        if look(path) is not None:
            raise UsageError(say("{path}, left over from an earlier build, cannot be deleted", path=path))


def _order(path: str) -> tuple[int, str]:
    """Return what puts assets before pages, and pages before the feeds and data that list them.

    The list of own files comes first: no file is ever there that it does not name.
    """
    if path == LIST:
        return (-1, path)
    suffix = os.path.splitext(path)[1]
    if suffix == ".html":
        return (1, path)
    return (2 if suffix in _LAST else 0, path)


def _bring(source: str, target: str) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        # That the stage is on another file system (EXDEV) is one reason for replacing files one by one.
        if error.errno not in IMPOSSIBLE:
            raise
        with open(source, "rb") as file:
            write_file(target, file.read())


def _carry_out(journal: Journal) -> None:
    known: set[str] = {""}
    for number, path in enumerate(journal.puts):
        source = f"{journal.top}/{NEAR}/{number}"
        target = f"{journal.top}/{path}"
        # A killed build has put it in place already.
        if look(source) is None:
            continue
        make_folders(journal.top, path.rpartition("/")[0], known)
        current = look(target)
        if current is not None and stat.S_ISDIR(current.st_mode):
            _clear(journal, path)
        os.replace(source, target)
    for path in journal.deletes:
        if journal.private:
            remove(f"{journal.top}/{path}")
        elif not _leads_astray(journal.top, path):
            remove_file(f"{journal.top}/{path}")
            prune(journal.top, path)
        prune(journal.top, path.rpartition("/")[0])
    discard(f"{journal.top}/{NEAR}")


def _clear(journal: Journal, folder: str) -> None:
    """Remove the *folder*, in whose place a file is put, with what is to be deleted from it."""
    target = f"{journal.top}/{folder}"
    if journal.private:
        shutil.rmtree(target)
        return
    for path in journal.deletes:
        if path.startswith(f"{folder}/"):
            remove_file(f"{journal.top}/{path}")
            prune(target, path.removeprefix(f"{folder}/").rpartition("/")[0])
    for place, folders, _ in os.walk(target, topdown=False):
        for name in folders:
            prune(place, name)
    # Not empty, if a file was put there a moment ago: the next build finds it.
    os.rmdir(target)


def _leads_astray(top: str, path: str) -> bool:
    """Return whether a link that was put in a folder's place leads *path* elsewhere."""
    parent = f"{top}/{path}".rpartition("/")[0]
    return os.path.realpath(parent) != parent


# ---------------------------------------------------------------- the journal


def _keep(journal: Journal, work_dir: Path) -> None:
    text = json.dumps(asdict(journal)).encode()
    new = work_dir / "journal.new"
    with open(new, "wb") as file:
        file.write(content_hash(text).encode() + b"\n" + text)
        file.flush()
        # After a power cut, a file that was renamed without fsync may be empty (rename(2) orders no data),
        # and only the journal knows what was begun.
        os.fsync(file.fileno())
    new.replace(work_dir / "journal")


def _kept(work_dir: Path) -> Journal | None:
    """Return the journal in *work_dir*, or None where there is none or it is damaged."""
    try:
        check, _, text = (work_dir / "journal").read_bytes().partition(b"\n")
    except OSError:
        return None
    if content_hash(text).encode() != check:
        return None
    found = json.loads(text)
    return Journal(found["top"], tuple(found["puts"]), tuple(found["deletes"]), found.get("private", False))
