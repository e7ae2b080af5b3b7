"""Watching by what the system tells of changes; the one door to watchfiles, which need not be there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Final

try:
    from watchfiles import watch
except ImportError:
    AVAILABLE = False
else:
    AVAILABLE = True

_STEP: Final = 10
"""Milliseconds of quiet after which changes are told; whoever waits for more quiet waits himself."""
_PULSE: Final = 50
"""Milliseconds after which it is told that nothing has changed."""


def native(folders: Sequence[Path], stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths in *folders* and below that have changed, or none, again and again until *stop*.

    The first set comes when the watch stands. Raises ``OSError`` where the system refuses to watch.
    """
    for changes in watch(
        *folders,
        watch_filter=None,
        debounce=_PULSE,
        step=_STEP,
        rust_timeout=_PULSE,
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield frozenset(path for _, path in changes)
