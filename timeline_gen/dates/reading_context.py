"""The inputs of a reading besides the text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """The inputs of a reading besides the text."""

    on: int | None = None
    """The day number of the article's date."""
    day_order: str = ""
    seasons: str = "north"
    calendar: str = ""
    weekdays: tuple[str, ...] = ()
    """Names for messages, Monday first."""
    year_calendars: tuple[str, ...] = ()
    """The calendars in which a bare year of 1300 to 1500 may be meant, besides the Gregorian."""
