"""Work on input that is not trusted, in a process that is ended from outside when it costs too much.

Nothing inside a process can end a loop of a library in C or Rust. So the work is done by another process,
which the kernel ends once it has used up its CPU time: a machine that is busy with other things takes nothing
from it. Where the kernel counts no CPU time, only the clock decides. The process is kept for the next work,
as a new one costs a few milliseconds where the system forks, and half a second elsewhere.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from timeline_gen.building.workers.forked_map import leave_inherited, sendable
from timeline_gen.building.workers.parallel import process_context
from timeline_gen.messages import say

with suppress(ImportError):  # Windows has none
    import resource

Item = TypeVar("Item")
Result = TypeVar("Result")

_CLOCK_FACTOR: Final = 30
"""How many times its CPU time a process may take by the clock, where the kernel counts CPU time."""

_HAS_LIMITS: Final = "resource" in globals()
_COUNTS_CPU: Final = hasattr(signal, "setitimer")

_TOO_LONG: Final = say("takes too long")
_TOO_LARGE: Final = say("takes too much memory")
_ENDED: Final = say("ends the process that works on it")


class Limits(NamedTuple):
    """What one item may cost."""

    cpu_seconds: float
    seconds: float
    """By the clock: long, as machines are shared and sleep."""
    memory: int = 0
    """Bytes of address space beyond what the process begins with; 0 for no limit."""


class OverrunError(Exception):
    """An item cost more than it may, or broke its process; the message is the end of a sentence."""


class UnguardedError(Exception):
    """An item needs a guard, and this process may have none."""


_required: Final = ContextVar("_required", default=False)


@contextmanager
def guard_required() -> Iterator[None]:
    """Let no item be worked on without a guard, not even where a process may have none."""
    token = _required.set(True)
    try:
        yield
    finally:
        _required.reset(token)


def guarded(work: Callable[[Item], Result], item: Item, seconds: float) -> Result:
    """Return what *work* makes of *item*; raise OverrunError where that takes *seconds* of CPU time.

    *work*, *item* and the result must be picklable. A daemonic process may have no processes of its own:
    there the work is done without a guard, or UnguardedError raised where one is required.
    """
    if seconds <= 0:
        # A timer of no time never ends anything.
        raise OverrunError(_TOO_LONG)
    if multiprocessing.current_process().daemon:
        if _required.get():
            raise UnguardedError
        return work(item)
    process = _lent()
    try:
        process.give(work, item, Limits(seconds, _CLOCK_FACTOR * seconds if _COUNTS_CPU else seconds))
        result, error = process.take()
    except BaseException:
        # Whatever it was interrupted in: the next item would take its late answer for its own.
        process.end()
        raise
    _idle.append(process)
    if error:
        raise error
    return result  # type: ignore[no-any-return]  # what it is, only the work knows


class GuardedProcess:
    """A process that does what it is given, one item at a time; seen from the one that started it."""

    def __init__(self, memory: int = 0) -> None:
        """Start it; its address space may grow by *memory* bytes, or without a limit where that is 0."""
        context = process_context() or multiprocessing.get_context()
        self.owner = os.getpid()
        self.connection, theirs = context.Pipe()
        self.deadline = 0.0
        """When the item that it works on has taken too long by the clock."""
        forks = context.get_start_method() == "fork"
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]  # every context has it
            target=_serve, args=(theirs, self.connection if forks else None, memory), daemon=True
        )
        self._process.start()
        theirs.close()

    def give(self, work: Callable[[Any], Any], item: object, limits: Limits) -> None:
        """Let the process do *work* with *item*."""
        self.deadline = time.monotonic() + limits.seconds
        # One that is gone is noticed when its answer is taken.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send((work, item, limits.cpu_seconds))

    def take(self) -> tuple[Any, Exception | None]:
        """Return what became of the item, and the error that the work raised; wait for it if need be.

        Raises OverrunError where it cost too much. The process is of no use then, and must be ended.
        """
        if not self.connection.poll(max(0.0, self.deadline - time.monotonic())):
            raise OverrunError(_TOO_LONG)
        try:
            result, error = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            out_of_time = _COUNTS_CPU and self._process.exitcode == -signal.SIGPROF
            raise OverrunError(_TOO_LONG if out_of_time else _ENDED) from None
        if isinstance(error, OverrunError):
            # What a failed attempt has left in memory would count towards the next item.
            raise error
        return result, error

    def end(self) -> None:
        """End the process at once."""
        self.connection.close()
        self._process.kill()
        self._process.join()


_idle: Final[list[GuardedProcess]] = []
"""Those that wait for something to do, of this process and of the one that it was forked from."""


def _lent() -> GuardedProcess:
    """Return a process that this one started and that nothing else asks now."""
    while _idle:
        process = _idle.pop()
        if process.owner == os.getpid():
            return process
    return GuardedProcess()


# ---------------------------------------------------------------- in the other process


def _serve(connection: Connection, inherited: Connection | None, memory: int) -> None:
    """Do what comes over *connection*, until that is closed."""
    if inherited:
        inherited.close()
        _close_all_but(connection.fileno())
    leave_inherited()
    # Who interrupts a build interrupts the process that waits for this one, too, and that ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if memory:
        _limit_memory(memory)
    with suppress(EOFError, OSError):
        while True:
            try:
                work, item, cpu_seconds = connection.recv()
                _limit_time(cpu_seconds)
                answer = _answered(work, item)
                _limit_time(0)
                connection.send(answer)
            except MemoryError:
                # The item itself, or its result, may be what is too large.
                connection.send((None, OverrunError(_TOO_LARGE)))


def _close_all_but(kept: int) -> None:
    """Close every inherited file but *kept* and the standard ones.

    A fork holds the pipes of all that its parent runs; what waits for such a pipe to end would wait for this
    process.
    """
    with suppress(OSError):
        numbers = [int(entry.name) for entry in Path("/dev/fd").iterdir()]
        for number in numbers:
            if number > _STANDARD and number != kept:
                with suppress(OSError):
                    os.close(number)


_STANDARD: Final = 2
"""The last of the standard files."""


def _limit_time(seconds: float) -> None:
    """Let the kernel end this process after *seconds* of CPU time; 0 takes that back."""
    if _COUNTS_CPU:
        # The default action: a handler would run between two bytecodes only, and never within a loop in C.
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _limit_memory(memory: int) -> None:
    """Let the address space grow by no more than *memory* bytes; or do nothing where the system cannot."""
    if not _HAS_LIMITS:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _answered(work: Callable[[Any], Any], item: object) -> tuple[Any, Exception | None]:
    try:
        return work(item), None
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - raised again where the result is waited for
        return None, sendable(error)
