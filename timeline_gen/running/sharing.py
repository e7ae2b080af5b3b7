"""Work shared out: a pure function over many items, in processes or here, results in order as they come."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import Any, Final, Generic, TypeVar

from timeline_gen.running.lanes import SELDOM, in_lanes, leave_inherited

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

WAITING: Final = 3
"""Chunks under way for each process: enough that none is idle, few enough that memory stays small."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for garbage seldom: a build makes millions of values, and keeps nearly all of them."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Crew(Executor):
    """Processes of this machine, which begin when there is work, and inherit all that it needs.

    Where the system forks, nothing is copied to them; elsewhere they are handed the work once.
    """

    def __init__(self, count: int) -> None:
        self.count = count

    def begun(self, work: Callable[[Item], Result]) -> ProcessPoolExecutor:
        """Return processes that are there to do *work*; ``_go_on`` is what to submit to them."""
        return ProcessPoolExecutor(self.count, _context(), initializer=_begin, initargs=(work,))

    def spread(
        self, work: Callable[[Sent], Result], items: Sequence[Item], send: Callable[[Item], Sent]
    ) -> Iterator[Result]:
        """Yield what *work* makes of what is to *send* of each of *items*, as they come.

        Neighbours are worked on by the same process as far as may be.
        """
        yield from in_lanes(work, items, send, self.count, _context())

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:  # noqa: ANN401
        """Do a single piece of work; a process begins and ends for it."""
        with ProcessPoolExecutor(1, _context()) as pool:
            return pool.submit(fn, *args, **kwargs)


_work: Callable[[Any], Any] | None = None
"""In a process of a crew, what it is there for."""


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - a process of its own, which has this one purpose
    _work = work
    leave_inherited()


def _go_on(item: object) -> Any:  # noqa: ANN401 - only the work knows
    if _work is None:
        raise TypeError("a process of a crew begins with its work")
    return _work(item)


def _context() -> BaseContext | None:
    """Return how processes begin: as forks where that is sound, which with other threads it is not."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork") if alone else None


@contextmanager
def workers(jobs: int | None, executor: Executor | None = None) -> Iterator[Executor | None]:
    """Lend *executor*, or a crew of *jobs* processes, or nothing where one process is to do all."""
    count = jobs or cores()
    yield executor if executor is not None or count == 1 else Crew(count)


def shared(
    executor: Executor | None, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """Return what *work* makes of each of *items*, in their order.

    With an *executor* the first items are handed out at once, and whoever calls may do other things before
    the results are taken; never all items are under way, so that memory does not grow with their number.
    *work*, unless a crew inherits it, and items must be picklable. A single item is worked on here: to
    start processes for it would take longer than the work.
    """
    rest = iter(items)
    first = tuple(islice(rest, 2))
    rest = chain(first, rest)
    if executor is None or len(first) < 2:
        return map(work, rest)
    if isinstance(executor, Crew):
        pool = executor.begun(work)
        return _Stream(lambda item: pool.submit(_go_on, item), rest, WAITING * executor.count, pool).results()
    return _Stream(lambda item: executor.submit(work, item), rest, WAITING * cores()).results()


class _Stream(Generic[Item, Result]):
    """Items under way, at *most* so many at once; *pool* is gone when all are done."""

    def __init__(
        self,
        submit: Callable[[Item], Future[Result]],
        items: Iterator[Item],
        most: int,
        pool: Executor | None = None,
    ) -> None:
        self._submit, self._items, self._pool = submit, items, pool
        self._waiting = deque(submit(item) for item in islice(items, most))

    def results(self) -> Iterator[Result]:
        """Yield the results in the order of their items."""
        with self._pool or nullcontext():
            try:
                while self._waiting:
                    result = self._waiting.popleft().result()
                    self._waiting.extend(self._submit(item) for item in islice(self._items, 1))
                    yield result
            finally:
                for future in self._waiting:
                    future.cancel()


def chunked(items: Iterable[Item], cost: Callable[[Item], int], size: int) -> Iterator[list[Item]]:
    """Yield *items* in lists whose *cost* comes to about *size* each."""
    chunk: list[Item] = []
    spent = 0
    for item in items:
        chunk.append(item)
        spent += cost(item)
        if spent >= size:
            yield chunk
            chunk, spent = [], 0
    if chunk:
        yield chunk
