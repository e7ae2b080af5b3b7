"""A guarded map: many items worked on by several processes, each item within limits of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from timeline_gen.building.workers.guarded import GuardedProcess, Limits, OverrunError

Item = TypeVar("Item")
Result = TypeVar("Result")


def guarded_map(
    work: Callable[[Item], Result], items: Iterable[Item], *, count: int, limits: Limits
) -> Iterator[Result | OverrunError]:
    """Yield what *work* makes of each of *items*, in their order; the OverrunError where that costs too much.

    *count* processes work, each on one item; a process that is ended is replaced by another. What *work*
    raises is raised here. Items and results must be picklable.
    """
    pool = _Pool(work, count, limits)
    try:
        yield from pool.results(iter(items))
    finally:
        pool.end()


class _Pool(Generic[Item, Result]):
    """Processes, those at work and those that wait, and the results that are not yet asked for."""

    def __init__(self, work: Callable[[Item], Result], count: int, limits: Limits) -> None:
        self._work, self._count, self._limits = work, count, limits
        self._idle: list[GuardedProcess] = []
        self._busy: dict[GuardedProcess, int] = {}
        """Each with the number of the item that it works on."""
        self._done: dict[int, Result | OverrunError] = {}

    def results(self, items: Iterator[Item]) -> Iterator[Result | OverrunError]:
        """Yield the results in the order of *items*; never many more are under way than processes."""
        given = taken = 0
        while True:
            # The results ahead of a slow item wait in memory: there are only so many.
            while len(self._busy) < self._count and given - taken < 4 * self._count:
                try:
                    item = next(items)
                except StopIteration:
                    break
                self._give(given, item)
                given += 1
            if given == taken:
                return
            self._collect()
            while taken in self._done:
                yield self._done.pop(taken)
                taken += 1

    def _give(self, number: int, item: Item) -> None:
        process = self._idle.pop() if self._idle else GuardedProcess(self._limits.memory)
        process.give(self._work, item, self._limits)
        self._busy[process] = number

    def _collect(self) -> None:
        """Wait for a result, or for an item that has taken too long."""
        left = min(process.deadline for process in self._busy) - time.monotonic()
        ready = wait([process.connection for process in self._busy], timeout=max(0.0, left))
        now = time.monotonic()
        for process in tuple(self._busy):
            if process.connection in ready or now >= process.deadline:
                self._take(process)

    def _take(self, process: GuardedProcess) -> None:
        """Take what *process* has made of its item; end it where that cost too much."""
        try:
            result, error = process.take()
        except OverrunError as overrun:
            process.end()
            self._done[self._busy.pop(process)] = overrun
            return
        if error is not None:
            raise error
        self._done[self._busy.pop(process)] = result
        self._idle.append(process)

    def end(self) -> None:
        """End all processes."""
        for process in (*self._idle, *self._busy):
            process.end()
