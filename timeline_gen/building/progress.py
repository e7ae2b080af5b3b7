"""Progress of long work, reported to a watcher; without a watcher it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias, TypeVar

Item = TypeVar("Item")

Watcher: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: not known)."""

_watcher: Final[ContextVar[Watcher | None]] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Let *watcher* know how far the work in this block has come."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def counting(
    what: str, items: Iterable[Item], total: int = 0, size: Callable[[Item], int] | None = None
) -> Iterable[Item]:
    """Return *items* and report, as they are taken, how much of the *total* of *what* is done.

    *size* is how much an item is; without it, each is 1.
    """
    watcher = _watcher.get()
    return items if watcher is None else _counted(what, items, total, size or _one, watcher)


def _one(_item: object) -> int:
    return 1


def _counted(
    what: str, items: Iterable[Item], total: int, size: Callable[[Item], int], watcher: Watcher
) -> Iterator[Item]:
    done = 0
    for item in items:
        yield item
        done += size(item)
        watcher(what, done, total)
