"""The error of a date that cannot be read, with its code and its offset in the text."""

from __future__ import annotations

from timeline_gen.errors import TimelineError


class DateError(TimelineError, ValueError):
    """A date cannot be read; :attr:`offset` counts characters of its text from 0."""

    def __init__(self, message: str, hint: str = "", offset: int = 0, *, code: str = "TG201") -> None:
        self.message = message
        self.hint = hint
        self.offset = offset
        self.code = code
        super().__init__(message)
