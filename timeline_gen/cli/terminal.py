"""What may be shown where a command prints: colours, and a line that tells how far long work has come."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Final, TextIO

_FIRST: Final = 0.5
"""Seconds before a terminal shows how far the work has come: most work is done by then."""
_STEP: Final = 0.1
_SELDOM: Final = 10.0
"""The same where a file or a log takes the lines, and each stays."""
_CLEAR: Final = "\r\x1b[K"


def wants_colour(environment: Mapping[str, str] = os.environ) -> bool | None:
    """Tell whether output has colours; None where that depends on whether it goes to a terminal.

    ``NO_COLOR`` (no-color.org) comes before ``FORCE_COLOR``, and both before ``TERM=dumb``, as in Python.
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return False if environment.get("TERM") == "dumb" else None


class ProgressLine:
    """Shows on *stream* how far work has come: one line that changes, or plain lines without a terminal."""

    def __init__(
        self,
        stream: TextIO,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream, self._clock = stream, clock
        self._changes = stream.isatty() and environment.get("TERM") != "dumb"
        self._next = clock() + (_FIRST if self._changes else _SELDOM)
        self._is_shown = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show that *done* of *total* pieces of *what* are done, unless a line was shown just now."""
        now = self._clock()
        if now < self._next:
            return
        line = f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}"
        self._next = now + (_STEP if self._changes else _SELDOM)
        self._is_shown = self._changes
        self._write(f"{_CLEAR}{line}" if self._changes else f"{line}\n")

    def end(self) -> None:
        """Take the line away."""
        if self._is_shown:
            self._is_shown = False
            self._write(_CLEAR)

    def _write(self, text: str) -> None:
        """Write *text*; where it cannot be written, the work goes on in silence."""
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._next = float("inf")
