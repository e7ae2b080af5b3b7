"""Dates as authors type them, EDTF or words: the grammar that reads them, and what it resolves them to."""

from timeline_gen.dates.calendars import DateError
from timeline_gen.dates.phrases.reading import read, read_with_warnings

__all__ = ["DateError", "read", "read_with_warnings"]
