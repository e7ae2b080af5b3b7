"""What can be wrong with a date, as an error that knows its code and where in the text it stands."""

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
