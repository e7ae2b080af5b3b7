"""Dates as authors type them, EDTF or words: the grammar that reads them, and what it resolves them to."""

from timeline_gen.dates.calendars import DateError
from timeline_gen.dates.phrases.reading import read, read_with_warnings
from timeline_gen.dates.phrases.tokens import DateToken, tokenize

__all__ = ["DateError", "DateToken", "read", "read_with_warnings", "tokenize"]
