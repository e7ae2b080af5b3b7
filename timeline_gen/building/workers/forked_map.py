"""Map over forked processes: each keeps to neighbouring items, as what it learns of one serves the next.

The pages of one language show the same events again and again. A process that renders only these works
out each event once; where any process may get any page, all of them work out everything. The process that
hands out items works on some, too.

This is the one place with connections of its own, and it stays for what it gains over a
``ProcessPoolExecutor`` that inherits the same pages: cold builds by turns on two cores took 19.0
seconds in place of 24.6 at 1,500 articles (medians of three rounds), and 20.3 in place of 24.3 at 2,000 (of
two, against a pool that is sent the pages).
"""

from __future__ import annotations

import gc
import multiprocessing
import pickle
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, NamedTuple, TypeVar

from timeline_gen.errors import TimelineError, UsageError
from timeline_gen.messages import say

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

_AHEAD: Final = 16
"""Items that a process has at once, at most: it never waits for one, though this one is at work itself."""


def forked_map(
    work: Callable[[Sent], Result],
    items: Sequence[Item],
    send: Callable[[Item], Sent],
    count: int,
    context: BaseContext | None = None,
) -> Iterator[Result]:
    """Yield what *work* makes of each of *items*, which cost about the same, as they come.

    *send* returns what a process is sent of an item; it is asked when the item's turn comes.
    Each of *count* processes, of which this is one, works its way through a stretch of the items; one that
    is done helps another from the far end. Where *work* fails, the error of the foremost item that fails is
    raised, as if all were done in order. Raises ``UsageError`` where a process is ended from outside.
    """
    forked = _ForkedWorkers(
        work, items, send, min(count, len(items)), context or multiprocessing.get_context()
    )
    try:
        yield from forked.results()
    finally:
        forked.end()


class _Answer(NamedTuple):
    """What a process made of the item with this number."""

    number: int
    result: object
    error: Exception | None


class _ForkedWorkers:
    """Queues of items: one for each other process, behind a connection, and the last for this process.

    To hand out items and take in what was made of them takes little time. A process that did nothing else
    would hold all that the others have copied of it once more.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        items: Sequence[Any],
        send: Callable[[Any], Any],
        count: int,
        context: BaseContext,
    ) -> None:
        self._work, self._items, self._send = work, items, send
        ends = [len(items) * lane // count for lane in range(count + 1)]
        self._todo = [deque(range(start, end)) for start, end in pairwise(ends)]
        pairs = [context.Pipe() for _ in range(count - 1)]
        self._ours = [ours for ours, _ in pairs]
        self._processes: list[BaseProcess] = []
        # A fork inherits every connection; it must close all but its own, or no end of a process is seen.
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
        self._busy = [0] * len(pairs)
        """How many items each of the other processes has."""

    def results(self) -> Iterator[Any]:
        """Yield what is made of the items; raise the error of the foremost that fails."""
        failed: _Answer | None = None
        for answer in self._answers():
            if answer.error is None:
                yield answer.result
            elif failed is None or answer.number < failed.number:
                failed = answer
                # An item before it may fail too; the results of the others are not needed.
                self._todo = [
                    deque(number for number in lane if number < answer.number) for lane in self._todo
                ]
        if failed and failed.error:
            raise failed.error

    def _answers(self) -> Iterator[_Answer]:
        """Yield the answers of the others as they come; while there are none, make one here."""
        for lane in range(len(self._ours)):
            self._hand_out(lane)
        while any(self._busy) or any(self._todo):
            under_way = [pipe for pipe, count in zip(self._ours, self._busy, strict=True) if count]
            ready = wait(under_way, timeout=0 if any(self._todo) else None)
            for lane in [lane for lane, pipe in enumerate(self._ours) if pipe in ready]:
                answer = _received(self._ours[lane])
                self._busy[lane] -= 1
                self._hand_out(lane)
                yield answer
            if not ready and (number := self._next(len(self._ours))) is not None:
                yield _answered(self._work, number, self._send(self._items[number]))

    def _hand_out(self, lane: int) -> None:
        """Send the process of a *lane* its next items; fewer near the end, so that all reach it together."""
        left = sum(map(len, self._todo)) // (2 * len(self._todo))
        while self._busy[lane] < min(max(left, 1), _AHEAD):
            number = self._next(lane)
            if number is None:
                return
            with suppress(BrokenPipeError):
                # The wait for the answer will find the process gone.
                self._ours[lane].send((number, self._send(self._items[number])))
            self._busy[lane] += 1

    def _next(self, lane: int) -> int | None:
        """Take the next number of a *lane*, or the last of the longest; return None where all is done."""
        if self._todo[lane]:
            return self._todo[lane].popleft()
        longest = max(self._todo, key=len)
        return longest.pop() if longest else None

    def end(self) -> None:
        """End all processes."""
        for connection in self._ours:
            connection.close()
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()


def _received(connection: Connection) -> _Answer:
    try:
        return _Answer(*connection.recv())
    except (EOFError, ConnectionResetError):
        raise UsageError(
            say("a process of the build was ended from outside"),
            say("if memory ran out, --jobs 1 needs less of it"),
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
    items: SimpleQueue[tuple[int, object] | None] = SimpleQueue()
    answers: SimpleQueue[_Answer] = SimpleQueue()
    # Answers are long: while one is on its way, the next is already worked on. Items may be long, too:
    # the process that hands them out has others to serve, and does not wait for this one.
    Thread(target=_receive_all, args=(connection, items), daemon=True).start()
    Thread(target=_send_all, args=(connection, answers), daemon=True).start()
    with suppress(KeyboardInterrupt):
        while numbered := items.get():
            number, item = numbered
            answer = _answered(work, number, item)
            answers.put(answer._replace(error=sendable(answer.error)) if answer.error else answer)


def _answered(work: Callable[[Any], Any], number: int, item: object) -> _Answer:
    try:
        return _Answer(number, work(item), None)
    except Exception as error:  # noqa: BLE001 - raised again where the result is waited for
        return _Answer(number, None, error)


def _receive_all(connection: Connection, items: SimpleQueue[tuple[int, object] | None]) -> None:
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


def sendable(error: Exception) -> Exception:
    """Return *error* as another process can take it; of a fault of the program, with where it was."""
    if not isinstance(error, TimelineError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own, just made
    except Exception:  # noqa: BLE001 - any error may refuse it, each in its own way
        return RuntimeError("".join(traceback.format_exception(error)))
    return error
