"""Ordinary files inside the site's folder, found and read.

Content is not trusted: nothing outside the folder is read, wherever links lead, and nothing but ordinary
files, so that no build hangs on a pipe or publishes ``/etc/passwd``. Names are brought to Unicode's form NFC.
"""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import MAX_BYTES
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.ignored import is_ignored

MAX_ASSET_BYTES: Final = 64 * 1024 * 1024
_ASTRAY: Final = say("is a link that leads out of the site's folder, or nowhere")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file of the site, seen but not read."""

    path: PurePosixPath
    """Relative to the site's folder, in form NFC."""
    size: int
    modified: int
    """Nanoseconds since 1970, as the file system keeps it."""
    inode: int
    on_disk: str = ""
    """The path as the file system spells it, where that is not :attr:`path`."""
    changed: int = 0
    """When anything about it last changed (``st_ctime_ns``): programs cannot set this time."""


def read(root: Path, found: Found, limit: int = MAX_BYTES + 1) -> tuple[Source | None, tuple[Problem, ...]]:
    """Read the file that was *found* in the folder *root*, *limit* bytes of it at most."""
    try:
        return Source(found.path, read_bytes_of(root, found, limit)), ()
    except OSError as error:
        return None, (_unreadable(found.path, error.strerror or say("it is gone")),)


def read_asset(root: Path, found: Found) -> bytes:
    """Return the bytes of the file *found* in the folder *root*; raise OSError where that fails."""
    if found.size > MAX_ASSET_BYTES:
        raise OSError(
            0, say("it is larger than {max_asset_bytes} MiB", max_asset_bytes=MAX_ASSET_BYTES // 1024 // 1024)
        )
    return read_bytes_of(root, found, MAX_ASSET_BYTES + 1)


def read_all(root: Path, found: Iterable[Found], faults: list[Problem]) -> Iterator[Source]:
    """Yield the files *found* in the folder *root*; those that cannot be read go into *faults*."""
    for file in found:
        source, problems = read(root, file)
        faults += problems
        if source is not None:
            yield source


def read_bytes_of(root: Path, found: Found, limit: int) -> bytes:
    """Read at most *limit* bytes, only of an ordinary file, and through no link out of *root*."""
    path = str(root / (found.on_disk or found.path))
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_SURPRISES)
    except OSError as error:
        # ELOOP is how O_NOFOLLOW refuses a link; one that stays inside the site is allowed.
        if error.errno != errno.ELOOP or not _is_inside(path, os.path.realpath(root)):
            raise
        # The target is opened without following links, again: the link may have been replaced since it was
        # checked.
        descriptor = os.open(os.path.realpath(path), os.O_RDONLY | _NO_SURPRISES)
    with os.fdopen(descriptor, "rb") as file:
        # Asked of the open file, as its name may be that of another by now.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(0, say("it is no ordinary file"))
        return file.read(limit)


_NO_SURPRISES: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
"""Follow no link that has just been put there, and wait for no pipe."""


def files_below(root: Path, top: PurePosixPath, problems: list[Problem]) -> list[Found]:
    """Return all files in *top* of the site in the folder *root* and below, in the order of names."""
    real_root = os.path.realpath(root)
    if (root / top).is_symlink() and not _is_inside(str(root / top), real_root):
        problems += _refused(top, _ASTRAY)
        return []
    # No file system promises an order, and problems and addresses must not depend on it.
    found = sorted(_walk(root, real_root, top, problems), key=lambda file: (file.path.parts, file.on_disk))
    return list(_without_twins(found, problems))


def _walk(
    root: Path, real_root: str, folder: PurePosixPath, problems: list[Problem], above: tuple[str, ...] = ()
) -> Iterator[Found]:
    """Yield the files in *folder* and below; *above* are the folders that lead here, to know a circle by."""
    here = os.path.realpath(root / folder)
    if here in above:
        problems += _refused(folder, say("is a link to a folder that contains it"))
        return
    try:
        entries = [entry for entry in os.scandir(root / folder) if not is_ignored(entry.name)]
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(_unreadable(folder, error.strerror or say("it is gone")))
        return
    for entry in entries:
        if entry.name.isascii() and entry.is_file(follow_symlinks=False):
            # Nearly all files are such, and there are thousands.
            yield found_at(f"{folder}/{entry.name}", entry.stat())
            continue
        path = folder / entry.name
        if not _is_text(entry.name):
            problems += _nameless(path)
        elif entry.is_symlink() and not _is_inside(entry.path, real_root):
            problems += _refused(path, _ASTRAY)
        elif entry.is_dir():
            yield from _walk(root, real_root, path, problems, (*above, here))
        elif entry.is_file():
            yield found_at(str(path), entry.stat())
        else:
            problems += _refused(path, say("is no ordinary file but a device, a pipe or a socket"))


def _is_text(name: str) -> bool:
    """Return whether *name* is text: some systems keep names as bytes, which need not be UTF-8."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def _nameless(path: PurePosixPath) -> list[Problem]:
    shown = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    diagnostics = Diagnostics(PurePosixPath(shown))
    diagnostics.add(
        "TG101", say("the name of this file is not UTF-8"), hint=say("rename it, such as some-words.en.md")
    )
    return diagnostics.problems


def _is_inside(path: str, real_root: str) -> bool:
    """Return whether *path*, all links followed, lies in *real_root* and exists."""
    real = os.path.realpath(path)
    # Without the separator a folder "site-2" would be inside "site".
    return real.startswith(real_root + os.sep) and Path(real).exists()


def found_at(text: str, status: os.stat_result) -> Found:
    """Return the file at the path *text* of the site, which has *status*."""
    path, on_disk = _composed(text)
    return Found(path, status.st_size, status.st_mtime_ns, status.st_ino, on_disk, changed=status.st_ctime_ns)


@lru_cache(maxsize=1 << 16)
def _composed(text: str) -> tuple[PurePosixPath, str]:
    """Return the path *text* in form NFC, and *text* itself where it is in another form.

    A preview finds the same paths at every save: that they are the same objects makes them quick to compare.
    """
    if unicodedata.is_normalized("NFC", text):
        return PurePosixPath(text), ""
    return PurePosixPath(unicodedata.normalize("NFC", text)), text


def _without_twins(found: list[Found], problems: list[Problem]) -> Iterator[Found]:
    """Yield what was *found*, without files whose names are another's in a different Unicode form."""
    before: Found | None = None
    for file in found:
        if before and file.path == before.path:
            diagnostics = Diagnostics(file.path)
            message = say(
                "two files have this name, written with different Unicode characters that look the same"
            )
            diagnostics.add("TG114", message, hint=say("delete or rename one of the two"))
            problems += diagnostics.problems
        else:
            yield file
        before = file


def _refused(path: PurePosixPath, why: str) -> list[Problem]:
    """Return the problem of a file or folder that is not read, because it *why*."""
    diagnostics = Diagnostics(path)
    diagnostics.add(
        "TG108",
        say("this {why}, and is not read", why=why),
        hint=say("put the file itself here, or delete this"),
    )
    return diagnostics.problems


def _unreadable(path: PurePosixPath, why: str) -> Problem:
    diagnostics = Diagnostics(path)
    diagnostics.add("TG108", say("this cannot be read: {why}", why=why), hint=say("look at who may read it"))
    return diagnostics.problems[0]
