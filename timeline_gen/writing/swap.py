"""Exchange two folders in one step, so that a reader at any moment finds the old or the new one.

Linux does it with ``renameat2(RENAME_EXCHANGE)`` (renameat2(2)), macOS with ``renamex_np(RENAME_SWAP)``.
Two renames one after the other would leave a gap that readers do fall into.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from timeline_gen.messages import say
from timeline_gen.writing.disk import discard, look, make_folder

_HERE: Final = -100
"""``AT_FDCWD``: relative paths start from the working directory."""
_EXCHANGE: Final = 2

IMPOSSIBLE: Final = frozenset(
    {
        errno.EXDEV,
        errno.EBUSY,
        errno.EINVAL,
        errno.ENOSYS,
        errno.ENOTSUP,
        errno.EOPNOTSUPP,
        errno.EPERM,
        errno.EMLINK,
        errno.ENOTTY,
    }
)
"""The errors of a system where folders can't be exchanged, or files not linked, at all."""


def exchange(left: Path, right: Path) -> None:
    """Exchange the folders *left* and *right* in one step; raise ``OSError`` where that can't be."""
    names = os.fsencode(left), os.fsencode(right)
    library = None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)
    # glibc has the function since 2.28; without it, a system counts as one that cannot exchange folders.
    if library is not None and hasattr(library, "renameat2"):
        result = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    elif library is not None and hasattr(library, "renamex_np"):
        result = library.renamex_np(*names, _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(left))
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(left))


def obstacle(output: Path, work_dir: Path) -> str:
    """Return why *output* can't be exchanged with a folder in *work_dir*; empty where it can."""
    name = output.name
    # The link itself would be exchanged, and the folder that it leads to would stay as it is.
    if output.is_symlink():
        return say("{name} is a link", name=name)
    current = look(str(output))
    if current is not None and _is_mount(output):
        return say("{name} is a mount point", name=name)
    if (current or output.parent.stat()).st_dev != work_dir.stat().st_dev:
        return say("{name} lies on another file system than {other}", name=name, other=work_dir.name)
    return "" if _works_in(work_dir) else say("this file system has no exchange of folders, or no hard links")


def _is_mount(folder: Path) -> bool:
    """Return whether something is mounted at *folder*, the same file system included (``mount --bind``)."""
    if os.path.ismount(folder):
        return True
    try:
        lines = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return False
    # proc(5): the fifth field, with spaces and backslashes in octal.
    name = os.fsencode(os.path.realpath(folder))
    escaped = name.replace(b"\\", rb"\134").replace(b" ", rb"\040").replace(b"\t", rb"\011")
    return any(line.split(b" ")[4:5] == [escaped.replace(b"\n", rb"\012")] for line in lines)


def _works_in(work_dir: Path) -> bool:
    # Only trying shows it: the kernel has the call, and a file system may refuse the flag (EINVAL,
    # renameat2(2)).
    probe = work_dir / "probe"
    discard(str(probe))
    try:
        for name in ("", "one", "two"):
            make_folder(str(probe / name))
        (probe / "one" / "file").touch()
        os.link(probe / "one" / "file", probe / "two" / "link")
        exchange(probe / "one", probe / "two")
    except OSError as error:
        if error.errno in IMPOSSIBLE:
            return False
        raise
    finally:
        with suppress(OSError):
            discard(str(probe))
    return True
