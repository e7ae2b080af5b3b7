"""Watching by looking again and again: for where the system, or a network file system, reports nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Final, TypeAlias

from timeline_gen.reading.ignored import is_ignored

Stamp: TypeAlias = tuple[int, int, int]
"""Size, time of change in nanoseconds, inode."""

_SHARE: Final = 20
"""Looking takes at most this fraction of a core: one twentieth."""
_LEAST: Final = 0.25
"""Seconds between two looks."""


def polled(folders: Sequence[Path], stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths in *folders* and below that have changed, or none, again and again until *stop*."""
    before = snapshot(folders)
    yield frozenset()
    while not stop.is_set():
        begun = time.perf_counter()
        now = snapshot(folders)
        yield differing(before, now)
        before = now
        stop.wait(max(_LEAST, (time.perf_counter() - begun) * _SHARE))


def snapshot(folders: Sequence[Path]) -> dict[str, Stamp]:
    """Return the stamp of each file in *folders* and below."""
    found: dict[str, Stamp] = {}
    waiting = [str(folder) for folder in folders]
    seen: set[str] = set()
    while waiting:
        folder = waiting.pop()
        here = os.path.realpath(folder)
        # A link to a folder above it would be followed for ever.
        if here not in seen:
            seen.add(here)
            _look(folder, found, waiting)
    return found


def _look(folder: str, found: dict[str, Stamp], waiting: list[str]) -> None:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_ignored(entry.name):
                continue
            with suppress(OSError):
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    status = entry.stat()
                    found[entry.path] = (status.st_size, status.st_mtime_ns, status.st_ino)


def differing(before: dict[str, Stamp], now: dict[str, Stamp]) -> frozenset[str]:
    """Return the paths that are not in *now* as they were *before*."""
    return frozenset(path for path, _ in before.items() ^ now.items())
