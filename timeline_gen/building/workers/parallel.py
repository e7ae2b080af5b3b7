"""A parallel map: a pure function over many items, in processes of this machine, on a cluster, or here."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import chain, islice
from multiprocessing.context import BaseContext
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from timeline_gen.building.workers.forked_map import SELDOM, forked_map, leave_inherited

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Result = TypeVar("Result")

WAITING: Final = 3
"""Batches under way for each process: enough that none is idle, few enough that memory stays small."""


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

    is_local: bool = True
    """Whether its workers see the files of this machine."""
    batch_seconds: float = 0.0
    """How long a worker is to work on what it is sent at once; 0 where to send an item costs little."""

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
            # Waits for the end, since the workers go when the block is left.
            done.exception()
            return done


def _called(
    work: Callable[..., Result], args: tuple[object, ...], named: Mapping[str, object], _item: None
) -> Result:
    return work(*args, **named)


class LocalPool(WorkerPool):
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
        yield from forked_map(work, items, send, self.count, process_context())


_work: Callable[[Any], object] | None = None
"""In a process of a local pool, what it is there for."""


def _begin(work: Callable[[Any], object]) -> None:
    global _work  # noqa: PLW0603 - a process of its own, which has this one purpose
    _work = work
    leave_inherited()


def _go_on(item: object) -> Any:  # noqa: ANN401 - only the work knows
    if _work is None:
        raise TypeError("a process of a pool begins with its work")
    return _work(item)


def process_context() -> BaseContext | None:
    """Return how processes begin: as forks where that is sound, which with other threads it is not."""
    forks = "fork" in multiprocessing.get_all_start_methods()
    # A lock that another thread holds during the fork is never released in the child. On macOS, libraries of
    # the system are not safe after a fork.
    can_fork = forks and sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork") if can_fork else None


@contextmanager
def workers(jobs: int | None, executor: Executor | None = None) -> Iterator[Executor | None]:
    """Lend *executor*, or a pool of *jobs* processes, or nothing where one process is to do all."""
    count = jobs or cores()
    yield executor if executor is not None or count == 1 else LocalPool(count)


def on_this_machine(executor: Executor | None) -> Executor | None:
    """Return *executor*, or this machine's processes for work on files, which others cannot read."""
    return LocalPool(cores()) if isinstance(executor, WorkerPool) and not executor.is_local else executor


def processes_here(executor: Executor | None) -> int:
    """Return how many processes of this machine may work where *executor* is given."""
    here = on_this_machine(executor)
    return here.count if isinstance(here, LocalPool) else 1


def parallel_map(
    executor: Executor | None,
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    ordered: bool = True,
) -> Iterator[Result]:
    """Return what *work* makes of each of *items*: in their order, or else as the results come.

    With an *executor* the first items are handed out at once, and the caller may do other things before it
    takes the results; never all items are under way, so that memory does not grow with their number.
    *work*, unless the processes are forks, and items must be picklable. A single item is worked on here: to
    start processes for it would take longer than the work. Of several errors that of the foremost item is
    raised, whichever comes first.
    """
    rest = iter(items)
    first = tuple(islice(rest, 2))
    rest = chain(first, rest)
    if executor is None or len(first) < 2:
        return map(work, rest)
    submitting = ExitStack()
    if isinstance(executor, WorkerPool):
        batches = Batches(executor.batch_seconds)
        submit = submitting.enter_context(executor.working(partial(_each, work)))
    else:
        batches = Batches(0.0)
        submit = partial(executor.submit, partial(_each, work))
    count = executor.count if isinstance(executor, WorkerPool) else cores()
    return _Stream(submit, batches.of(rest), WAITING * count, submitting).results(batches, ordered=ordered)


class _Made(NamedTuple, Generic[Result]):
    """What a worker made of a batch of items."""

    results: list[Result]
    seconds: float


def _each(work: Callable[[Item], Result], items: Sequence[Item]) -> _Made[Result]:
    begun = time.perf_counter()
    results = [work(item) for item in items]
    return _Made(results, time.perf_counter() - begun)


class Batches:
    """Puts items together into batches that take about *seconds* each; none where that is 0."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self.size = seconds, 1

    def of(self, items: Iterator[Item]) -> Iterator[tuple[Item, ...]]:
        """Yield *items* in batches of the size that is right when each is asked for."""
        while batch := tuple(islice(items, self.size)):
            yield batch

    def learn(self, seconds: float, count: int) -> None:
        """Let the next batches be larger or smaller, as *count* items took *seconds*."""
        wanted = int(self._seconds * count / max(seconds, 0.001))
        # Twice as many at most: one quick batch says little about the next.
        self.size = max(1, min(wanted, 2 * self.size))


class _Stream(Generic[Item, Result]):
    """Batches under way, at *most* so many at once; what is *open* for them is closed when all are done."""

    def __init__(
        self,
        submit: Callable[[Sequence[Item]], Future[_Made[Result]]],
        batches: Iterator[Sequence[Item]],
        most: int,
        open_for_them: ExitStack,
    ) -> None:
        self._submit, self._open, self._most = submit, open_for_them, most
        self._batches = enumerate(batches)
        self._waiting: dict[Future[_Made[Result]], int] = {}
        self._done: dict[int, _Made[Result]] = {}
        """Results that came before those of items ahead of them."""
        self._failed: tuple[int, BaseException] | None = None
        self._hand_out()

    def results(self, batches: Batches, *, ordered: bool) -> Iterator[Result]:
        """Yield the results, in the order of their items if *ordered*; let *batches* learn what each took."""
        given = 0
        with self._open:
            try:
                while self._waiting:
                    for number, made in self._some():
                        batches.learn(made.seconds, len(made.results))
                        self._done[number] = made
                    self._hand_out()
                    while self._done and (given in self._done or not ordered):
                        number = given if ordered else next(iter(self._done))
                        yield from self._done.pop(number).results
                        given += 1
            finally:
                for future in self._waiting:
                    future.cancel()
            if self._failed:
                raise self._failed[1]

    def _some(self) -> Iterator[tuple[int, _Made[Result]]]:
        """Wait for results, and yield them with the numbers of their batches."""
        done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
        numbered = [(self._waiting.pop(future), future) for future in done]
        for number, future in numbered:
            error = future.exception()
            if error is None:
                yield number, future.result()
            elif self._failed is None or number < self._failed[0]:
                self._fail(number, error)

    def _fail(self, number: int, error: BaseException) -> None:
        """Give up all that lies behind the batch of this *number*; before it something may fail, too."""
        self._failed = number, error
        for future in [future for future, other in self._waiting.items() if other > number]:
            future.cancel()
            del self._waiting[future]

    def _hand_out(self) -> None:
        # Results ahead of a slow item wait in memory: there are only so many.
        while not self._failed and len(self._waiting) < self._most and len(self._done) < 4 * self._most:
            numbered = next(self._batches, None)
            if numbered is None:
                return
            number, batch = numbered
            self._waiting[self._submit(batch)] = number


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
