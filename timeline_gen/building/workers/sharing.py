"""Work shared out: a pure function over many items, in processes or here, results in order as they come."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import Any, Final, Generic, TypeAlias, TypeVar

from timeline_gen.building.workers.lanes import SELDOM, in_lanes, leave_inherited

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


Submit: TypeAlias = Callable[[Item], Future[Result]]
"""Lets a worker work on an item."""


class WorkerPool(Executor, ABC):
    """Workers that are given what to do once, and then only the items to do it with."""

    @property
    @abstractmethod
    def count(self) -> int:
        """Return how many items it works on at once."""

    @abstractmethod
    def working(self, work: Callable[[Item], Result]) -> AbstractContextManager[Submit[Item, Result]]:
        """Let the workers get ready to do *work*, and lend what shares out its items."""

    def submit(self, fn: Callable[..., Result], /, *args: object, **kwargs: object) -> Future[Result]:
        """Do a single piece of work."""
        with self.working(partial(_called, fn, args, kwargs)) as submit:
            done = submit(None)
            done.exception()
            return done


def _called(
    work: Callable[..., Result], args: tuple[object, ...], named: Mapping[str, object], _item: None
) -> Result:
    return work(*args, **named)


class Crew(WorkerPool):
    """Processes of this machine, which begin when there is work, and inherit all that it needs.

    Where the system forks, nothing is copied to them; elsewhere they are handed the work once.
    """

    def __init__(self, count: int) -> None:
        self._count = count

    @property
    def count(self) -> int:
        """Return how many processes there are."""
        return self._count

    @contextmanager
    def working(self, work: Callable[[Item], Result]) -> Iterator[Submit[Item, Result]]:
        """Start processes that are there to do *work*."""
        context = process_context()
        with ProcessPoolExecutor(self.count, context, initializer=_begin, initargs=(work,)) as pool:
            yield lambda item: pool.submit(_go_on, item)

    def spread(
        self, work: Callable[[Sent], Result], items: Sequence[Item], send: Callable[[Item], Sent]
    ) -> Iterator[Result]:
        """Yield what *work* makes of what is to *send* of each of *items*, as they come.

        Neighbours are worked on by the same process as far as may be.
        """
        yield from in_lanes(work, items, send, self.count, process_context())


_work: Callable[[Any], object] | None = None
"""In a process of a crew, what it is there for."""


def _begin(work: Callable[[Any], object]) -> None:
    global _work  # noqa: PLW0603 - a process of its own, which has this one purpose
    _work = work
    leave_inherited()


def _go_on(item: object) -> Any:  # noqa: ANN401 - only the work knows
    if _work is None:
        raise TypeError("a process of a crew begins with its work")
    return _work(item)


def process_context() -> BaseContext | None:
    """Return how processes begin: as forks where that is sound, which with other threads it is not."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    alone = forks and sys.platform == "linux" and threading.active_count() == 1
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
    if isinstance(executor, WorkerPool):
        ready, count = executor.working(work), executor.count
    else:
        ready, count = nullcontext(lambda item: executor.submit(work, item)), cores()
    submitting = ExitStack()
    return _Stream(submitting.enter_context(ready), rest, WAITING * count, submitting).results()


class _Stream(Generic[Item, Result]):
    """Items under way, at *most* so many at once; what is *open* for them is closed when all are done."""

    def __init__(
        self,
        submit: Callable[[Item], Future[Result]],
        items: Iterator[Item],
        most: int,
        open_for_them: ExitStack,
    ) -> None:
        self._submit, self._items, self._open = submit, items, open_for_them
        self._waiting = deque(submit(item) for item in islice(items, most))

    def results(self) -> Iterator[Result]:
        """Yield the results in the order of their items."""
        with self._open:
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
