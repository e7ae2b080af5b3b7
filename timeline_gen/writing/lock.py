"""One build at a time: a lock that the kernel holds, and lets go of when its holder dies.

It can't be left behind, so there is nothing to clean up after a crash. What is in the file, who holds
it, only serves the message.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from timeline_gen.errors import LockedError
from timeline_gen.messages import say
from timeline_gen.writing.disk import refusing

if sys.platform == "win32":
    import msvcrt
else:
    with suppress(ImportError):  # WebAssembly has no locks, and a single process
        import fcntl

_PAUSE: Final = 0.05
_MOMENT: Final = 0.5
_FAR: Final = 1 << 20
"""Windows keeps others from reading a locked byte, so it locks one behind the text."""

_HAS_FLOCK: Final = "fcntl" in globals()

_held: set[int] = set()
"""The locks of this process, for its children to let go of."""


@contextmanager
def build_lock(folder: Path, command: str, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock in *folder* while *command* works; wait up to *wait* seconds for another holder.

    Raises ``LockedError``, which names the process and the command that hold it.
    """
    path = folder / "lock"
    with refusing(folder):
        descriptor = _acquire(path, time.monotonic() + wait)
    _held.add(descriptor)
    try:
        with refusing(folder):
            _sign(descriptor, command)
        yield
    finally:
        # A forked child that leaves this block has closed it: the number may be that of another file by now.
        if descriptor in _held:
            _held.discard(descriptor)
            with suppress(OSError):
                os.ftruncate(descriptor, 0)
            os.close(descriptor)


def _acquire(path: Path, deadline: float) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if _try(descriptor) and _is(descriptor, path):
            return descriptor
        holder = _holder(descriptor)
        os.close(descriptor)
        # Who has just taken it needs a moment to sign.
        if time.monotonic() >= deadline + (0.0 if holder else _MOMENT):
            raise LockedError(
                say("{holder} is at work on this site", holder=holder or say("another process")),
                hint=say("wait until it has finished, or stop that process"),
            )
        time.sleep(_PAUSE)


def _try(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        elif _HAS_FLOCK:
            # Not fcntl(2): a POSIX record lock goes with the first descriptor of the file that the process
            # closes.
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Windows reports a byte that another process has locked as EACCES.
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is(descriptor: int, path: Path) -> bool:
    """Return whether *path* still is the open file: the folder may have been deleted just now."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _holder(descriptor: int) -> str:
    """Return who wrote the lock file; empty where that is not known yet."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    lines = os.read(descriptor, 1000).decode(errors="replace").splitlines()
    return say("process {number} ({command})", number=lines[0], command=lines[1]) if len(lines) > 1 else ""


def _sign(descriptor: int, command: str) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()}\n{command}\n".encode())


def _let_go() -> None:
    """Close the parent's locks in a forked child, which would else hold them after the parent's death."""
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
