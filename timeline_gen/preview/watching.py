"""Watch all that a site is made of, and report every change, in a thread of its own.

Folders are watched whole, single files by looking at them. Where a folder is moved away, deleted or put
back, the watch on it is worth nothing any more and is begun anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final, TypeAlias

from timeline_gen.preview.polling import polled
from timeline_gen.reading.ignored import is_ignored_below

try:
    import watchfiles
except ImportError:
    AVAILABLE = False
else:
    AVAILABLE = True
_STEP: Final = 10
"""Milliseconds of quiet after which changes are reported; a caller that needs more quiet waits itself."""
_PULSE: Final = 50
"""Milliseconds after which it is reported that nothing has changed."""

Identity: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What a site is made of."""

    folders: tuple[Path, ...]
    files: tuple[Path, ...]


def watch(
    watched: Callable[[], Watched],
    touched: Callable[[frozenset[str]], None],
    *,
    stop: Event,
    watching: Event,
    poll: bool,
) -> None:
    """Tell *touched* of the paths that change among what *watched* names, until *stop*.

    *watching* is set once nothing that changes from then on is missed.
    """
    poll = poll or not AVAILABLE
    while not stop.is_set():
        now = watched()
        ways = native_or_polled(_there(now.folders), stop, poll=poll)
        # What changed between two watches was reported by neither.
        missed = frozenset(map(str, now.folders)) if watching.is_set() else frozenset[str]()
        for paths in _changes(now, watched, ways):
            watching.set()
            if paths or missed:
                touched(paths | missed)
            missed = frozenset()


def native_or_polled(folders: Sequence[Path], stop: Event, *, poll: bool) -> Iterator[frozenset[str]]:
    """Yield what changes in *folders*, reported by the system, or found by looking if *poll* or need be."""
    if not poll and folders:
        try:
            yield from native(folders, stop)
        except OSError:
            # The system has no room for more watches, or a folder went away this moment.
            yield frozenset(map(str, folders))
    if not stop.is_set():
        yield from polled(folders, stop)


def _changes(
    now: Watched, watched: Callable[[], Watched], ways: Iterator[frozenset[str]]
) -> Iterator[frozenset[str]]:
    """Yield what changes, until something must be watched anew; the last set then is why."""
    folders, files = _identities(now.folders), _stamps(now.files)
    for paths in ways:
        if watched() != now:
            return
        if _identities(now.folders) != folders:
            yield frozenset(map(str, now.folders))
            return
        # Editors rename a new file to the old name: a watch on the old file would report nothing more.
        after = _stamps(now.files)
        singles = frozenset(str(path) for path in now.files if after[path] != files[path])
        files = after
        yield relevant(paths, now.folders) | singles


def relevant(paths: Iterable[str], folders: Sequence[Path]) -> frozenset[str]:
    """Return those of *paths*, in *folders*, that a site may be made of."""
    tops = [str(folder) for folder in folders]
    return frozenset(path for path in paths if not is_ignored_below(path, tops))


def _there(folders: Iterable[Path]) -> list[Path]:
    return [folder for folder in folders if folder.is_dir()]


def _identities(folders: Iterable[Path]) -> list[Identity]:
    return [_stat(folder)[:2] for folder in folders]


def _stamps(files: Iterable[Path]) -> dict[Path, Identity]:
    return {path: _stat(path) for path in files}


def _stat(path: Path) -> Identity:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)


def native(folders: Sequence[Path], stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths in *folders* and below that have changed, or none, again and again until *stop*.

    The first set comes when the watch is set up. Raises ``OSError`` where the system refuses to watch.
    """
    for changes in watchfiles.watch(
        *folders,
        watch_filter=None,
        debounce=_PULSE,
        step=_STEP,
        rust_timeout=_PULSE,
        # The single files are looked at whenever something is yielded.
        yield_on_timeout=True,
        stop_event=stop,
        raise_interrupt=False,
        ignore_permission_denied=True,
    ):
        yield frozenset(path for _, path in changes)
