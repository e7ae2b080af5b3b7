"""What may be shown where a command prints: colours, and how far long work has come."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, Protocol, TextIO

from timeline_gen.messages import say

_FIRST: Final = 0.5
"""Seconds before a terminal shows how far the work has come: most work is done by then."""
_STEP: Final = 0.1
_SELDOM: Final = 10.0
"""The same where a file or a log takes the lines, and each stays."""


def wants_colour(environment: Mapping[str, str] = os.environ) -> bool | None:
    """Return whether output has colours; None where that depends on whether it goes to a terminal.

    ``NO_COLOR`` (no-color.org) comes before ``FORCE_COLOR``, and both before ``TERM=dumb``, as in Python.
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return False if environment.get("TERM") == "dumb" else None


class Bar(Protocol):
    """What a terminal shows while long work goes on."""

    def show(self, what: str, count: str, done: int, total: int) -> None:
        """Show that *done* of *total* pieces of *what*, 0 if not known, are done; *count* words it."""

    def end(self) -> None:
        """Take it away."""


class ProgressLine:
    """Shows on *stream* how far work has come: a bar, or plain lines without a terminal."""

    def __init__(
        self,
        stream: TextIO,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
        word: Callable[[str], str] = str,
    ) -> None:
        """Show progress on *stream*, worded by *word*."""
        self._stream, self._clock, self._word = stream, clock, word
        self._changes = stream.isatty() and environment.get("TERM") != "dumb"
        self._next = clock() + (_FIRST if self._changes else _SELDOM)
        self._bar: Bar | None = None

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that *done* of *total* pieces of *what* are done, unless that was shown just now."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + (_STEP if self._changes else _SELDOM)
        # Where it cannot be written, the work goes on in silence.
        try:
            self._show(what, done, total)
        except (OSError, ValueError):
            self._next = float("inf")

    def _show(self, what: str, done: int, total: int) -> None:
        if self._changes:
            self._bar = self._bar or _new_bar(self._stream)
            count = say("{done:,} of {total:,}", done=done, total=total) if total else f"{done:,}"
            self._bar.show(self._word(what), self._word(count), done, total)
            return
        of = say(" of {total:,}", total=total) if total else ""
        line = say("{what}: {done:,}{of}", what=what, done=done, of=of)
        self._stream.write(f"{self._word(line)}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the bar away."""
        bar, self._bar = self._bar, None
        if bar:
            with suppress(OSError, ValueError):
                bar.end()


def _new_bar(stream: TextIO) -> Bar:
    """Return a new bar; most commands are done before its library would be loaded."""
    from timeline_gen.cli.progress_bar import ProgressBar

    return ProgressBar(stream)
