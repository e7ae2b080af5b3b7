"""Work shared out in lanes: a process keeps to neighbouring items, as what it learns of one serves the next.

The pages of one language show the same events again and again. A process that renders only these works
out each event once; where any process may get any page, all of them work out everything.
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, NamedTuple, TypeVar

from timeline_gen.errors import TimelineError, UsageError

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

_AHEAD: Final = 2
"""Items that a process has at once: it never waits for the next one."""


def in_lanes(
    work: Callable[[Sent], Result],
    items: Sequence[Item],
    send: Callable[[Item], Sent],
    count: int,
    context: BaseContext | None = None,
) -> Iterator[Result]:
    """Yield what *work* makes of each of *items*, which cost about the same, as they come.

    *send* returns what a process is sent of an item; it is asked when the item's turn comes.
    Each of *count* processes works its way through a stretch of the items; one that is done helps another
    from the far end. Where *work* fails, the error of the foremost item that fails is raised, as if all
    were done in order. Raises ``UsageError`` where a process is ended from outside.
    """
    lanes = _Lanes(work, context or multiprocessing.get_context(), min(count, len(items)))
    try:
        yield from lanes.results(items, send)
    finally:
        lanes.end()


class _Answer(NamedTuple):
    """What a process made of the item with this number."""

    number: int
    result: Any
    error: Exception | None


class _Lanes:
    """The processes, each behind a connection of its own."""

    def __init__(self, work: Callable[[Any], Any], context: BaseContext, count: int) -> None:
        pairs = [context.Pipe() for _ in range(count)]
        self._ours = [ours for ours, _ in pairs]
        self._processes: list[BaseProcess] = []
        # A fork inherits every connection; it must let go of all but its own, or nobody would notice an end.
        forks = context.get_start_method() == "fork"
        every = [end for pair in pairs for end in pair] if forks else []
        for _, theirs in pairs:
            process = context.Process(  # type: ignore[attr-defined]  # every context has it
                target=_go, args=(work, theirs, every), daemon=True
            )
            process.start()
            self._processes.append(process)
        for _, theirs in pairs:
            theirs.close()

    def results(self, items: Sequence[Any], send: Callable[[Any], Any]) -> Iterator[Any]:
        """Yield what the processes make of *items*; raise the error of the foremost that fails."""

        def hand_out(connection: Connection) -> int:
            """Send the next item over *connection*; return how many were sent."""
            number = _next(todo, self._ours.index(connection))
            if number is None:
                return 0
            with suppress(BrokenPipeError):
                # Whoever asks for the answer will find the process gone.
                connection.send((number, send(items[number])))
            return 1

        count, lanes = len(items), len(self._ours)
        todo = [deque(range(count * lane // lanes, count * (lane + 1) // lanes)) for lane in range(lanes)]
        failed: _Answer | None = None
        busy = {one: sum(hand_out(one) for _ in range(_AHEAD)) for one in self._ours}
        while any(busy.values()):
            ready = wait([one for one, under_way in busy.items() if under_way])
            for connection in (one for one in self._ours if one in ready):
                answer = _received(connection)
                busy[connection] -= 1
                if answer.error is None:
                    yield answer.result
                elif failed is None or answer.number < failed.number:
                    failed = answer
                    # Of what lies before it, something may fail too; nobody needs the rest.
                    todo = [deque(number for number in lane if number < answer.number) for lane in todo]
                busy[connection] += hand_out(connection)
        if failed and failed.error:
            raise failed.error

    def end(self) -> None:
        """End all processes."""
        for connection in self._ours:
            connection.close()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()


def _next(todo: Sequence[deque[int]], lane: int) -> int | None:
    """Take the next number of a *lane*, or the last of the longest; return None where all is done."""
    if todo[lane]:
        return todo[lane].popleft()
    longest = max(todo, key=len)
    return longest.pop() if longest else None


def _received(connection: Connection) -> _Answer:
    try:
        return _Answer(*connection.recv())
    except (EOFError, ConnectionResetError):
        raise UsageError(
            "a process of the build was ended from outside", "if memory ran out, --jobs 1 needs less of it"
        ) from None


SELDOM: Final = (10_000_000, 50, 100)
"""How seldom Python looks for garbage, all of whose values are bound to be in use: a page leaves two behind
that are not freed at once, a parsed article sixteen."""


def leave_inherited() -> None:
    """Leave what a process inherited as it is: to look through it for garbage would copy all of it."""
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _go(work: Callable[[Any], Any], connection: Connection, inherited: Sequence[Connection]) -> None:
    """Work on what comes over *connection*, until that is closed."""
    for other in inherited:
        if other is not connection:
            other.close()
    leave_inherited()
    items: SimpleQueue[tuple[int, Any] | None] = SimpleQueue()
    answers: SimpleQueue[_Answer] = SimpleQueue()
    # Answers are long: while one is on its way, the next is already worked on. Items may be long, too:
    # whoever hands them out has other processes to serve, and does not wait until this one has time.
    Thread(target=_receive_all, args=(connection, items), daemon=True).start()
    Thread(target=_send_all, args=(connection, answers), daemon=True).start()
    with suppress(KeyboardInterrupt):
        while one := items.get():
            number, item = one
            try:
                answers.put(_Answer(number, work(item), None))
            except Exception as error:  # noqa: BLE001 - raised again where somebody waits for the result
                answers.put(_Answer(number, None, _sendable(error)))


def _receive_all(connection: Connection, items: SimpleQueue[tuple[int, Any] | None]) -> None:
    """Put what comes over *connection* among the *items*, and at its end nothing."""
    try:
        with suppress(EOFError, OSError):
            while True:
                items.put(connection.recv())
    finally:
        items.put(None)


def _send_all(connection: Connection, answers: SimpleQueue[_Answer]) -> None:
    with suppress(OSError):
        while True:
            connection.send(tuple(answers.get()))


def _sendable(error: Exception) -> Exception:
    """Return *error* as another process can take it; of a fault of the program, with where it was."""
    if not isinstance(error, TimelineError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, just made
    except Exception:  # noqa: BLE001 - any error may refuse it, each in its own way
        return RuntimeError("".join(traceback.format_exception(error)))
    return error
