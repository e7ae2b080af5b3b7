"""Work shared out: a pure function over many items, in processes or here, results in order as they come."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING: Final = 3
"""Chunks under way for each process: enough that none is idle, few enough that memory stays small."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for garbage seldom: a build makes millions of values, and keeps nearly all of them."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def workers(jobs: int | None, executor: Executor | None = None) -> Iterator[Executor | None]:
    """Lend *executor*, or a pool of *jobs* processes, or nothing where one process is to do all."""
    count = jobs or cores()
    if executor is not None or count == 1:
        yield executor
        return
    with ProcessPoolExecutor(count, initializer=gc.set_threshold, initargs=(50_000, 20, 100)) as pool:
        yield pool


def shared(
    executor: Executor | None, work: Callable[[Sequence[Item]], Result], chunks: Iterable[Sequence[Item]]
) -> Iterator[Result]:
    """Yield what *work* makes of each of *chunks*, in their order.

    With an *executor* some chunks are under way at once, never all of them: results are taken as they
    come, so that memory does not grow with the number of chunks. *work* and chunks must be picklable.
    A single chunk is worked on here: to start processes for it would take longer than the work.
    """
    rest = iter(chunks)
    first = tuple(islice(rest, 2))
    rest = chain(first, rest)
    if executor is None or len(first) < 2:
        yield from map(work, rest)
        return
    waiting: deque[Future[Result]] = deque()
    try:
        for chunk in islice(rest, WAITING * cores()):
            waiting.append(executor.submit(work, chunk))
        while waiting:
            result = waiting.popleft().result()
            for chunk in islice(rest, 1):
                waiting.append(executor.submit(work, chunk))
            yield result
    finally:
        for future in waiting:
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
