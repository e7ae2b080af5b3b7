"""The few things done to the disk, each with the same modes everywhere and errors that a person can read.

Paths here are text, not ``Path``: a site of 50,000 files is looked at in a quarter of a second this
way, and in a whole one the other.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say

FILE_MODE: Final = 0o644
FOLDER_MODE: Final = 0o755

CLOCK_RESOLUTION_NS: Final = 20_000_000
"""By so many nanoseconds the clock of a file system may lag behind; that of Linux ticks every 4 or 10 ms."""

# O_EXCL, since a file that is there may be shared with another tree by a hard link.
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

AS_IT_WAS: Final = say("the built site is as it was")

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def work_dir(root: Path, name: str = ".timeline-gen") -> Path:
    """Make sure that the site at *root* has its folder *name* for what the program keeps, and return it.

    A ``.gitignore`` in it keeps it out of the site's history.
    """
    folder = root / name
    with refusing(folder):
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="ascii")
    return folder


@contextmanager
def refusing(folder: Path, *, left: str = "") -> Iterator[None]:
    """Say in a person's words what the machine refuses while something in *folder* is written.

    *left* is how that leaves the site; a ``UsageError`` is raised.
    """
    try:
        yield
    except OSError as error:
        raise refusal(error, folder, left=left) from error


def refusal(error: OSError, folder: Path, *, left: str = "") -> UsageError:
    """Return the message of *error*, met while something in *folder* was written."""
    name = error.filename if isinstance(error.filename, str) else str(folder)
    return UsageError(*_worded(error, name, left))


def _worded(error: OSError, name: str, left: str) -> tuple[str, str]:
    if error.errno in _NO_ROOM:
        return _joined(say("there is no room left on the disk"), left), say("make room, then build again")
    if error.errno in _NOT_ALLOWED:
        return _joined(say("{name} may not be written", name=name), left), say(
            "check who owns the folder, and its permissions"
        )
    if error.errno == errno.ENAMETOOLONG:
        return _joined(say("the name {name} is too long for this disk", name=name), left), say(
            "give it a shorter id or slug"
        )
    reason = (error.strerror or str(error)).lower()
    return _joined(say("{name} cannot be written: {reason}", name=name, reason=reason), left), ""


def _joined(message: str, left: str) -> str:
    return say("{message}; {left}", message=message, left=left) if left else message


def write_file(path: str, data: bytes) -> os.stat_result:
    """Write *data* to the new file *path* and return its stat data; the umask does not matter."""
    descriptor = os.open(path, _NEW_FILE, FILE_MODE)
    try:
        rest = memoryview(data)
        # write(2) may write less than it is given.
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        found = os.fstat(descriptor)
        # With a umask such as 077, a web server could not read the site.
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) != FILE_MODE:
            os.fchmod(descriptor, FILE_MODE)
            found = os.fstat(descriptor)
        return found
    finally:
        os.close(descriptor)


def make_folder(path: str) -> None:
    """Make the folder *path*; the umask does not matter."""
    os.mkdir(path, FOLDER_MODE)
    os.chmod(path, FOLDER_MODE)


def make_folders(top: str, folder: str, known: set[str]) -> None:
    """Make *folder* and what leads to it inside *top*, but for the *known* ones; add them to those.

    Whatever else is in a folder's place goes: a file, a link.
    """
    if folder in known:
        return
    parent = folder.rpartition("/")[0]
    if folder:
        make_folders(top, parent, known)
    path = f"{top}/{folder}" if folder else top
    try:
        make_folder(path)
    except FileExistsError:
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            os.unlink(path)
            make_folder(path)
    known.add(folder)


def remove_file(path: str) -> None:
    """Remove the file or link at *path*; leave what is a folder, and don't mind where nothing is."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return
    except PermissionError:
        # Unlinking a folder is "not permitted" on macOS and Windows.
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            raise


def remove(path: str) -> None:
    """Remove whatever is at *path*, if anything is; a link is not followed."""
    remove_file(path)
    found = look(path)
    if found is not None:
        shutil.rmtree(path)


def prune(top: str, folder: str) -> None:
    """Remove *folder* and the folders above it, inside *top*, as far as they are empty."""
    while folder:
        try:
            os.rmdir(f"{top}/{folder}")
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError:
            return
        folder = folder.rpartition("/")[0]


def discard(path: str) -> None:
    """Remove the tree at *path* as far as the machine lets us; it is out of the way already."""
    with suppress(OSError):
        if stat.S_ISDIR(os.lstat(path).st_mode):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def look(path: str) -> os.stat_result | None:
    """Return the stat data of *path* itself, or None where nothing is or nothing may be looked at."""
    try:
        return os.lstat(path)
    except OSError:
        return None


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that *path* lies in, the nearest first, without the top."""
    folder = path.rpartition("/")[0]
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
