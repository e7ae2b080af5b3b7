"""Dates as far as their words give them: the results of the phrase grammar.

"5-7 June 2017" has a first end without month and year; "last October" has no year at all. The grammar
keeps that, and ``phrases/resolve.py`` fills in the rest from the other end or the day of the article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from timeline_gen.dates.edtf import Choice, PeriodPart
from timeline_gen.model.dates import Edge, Qualifier

GREGORIAN = "gregorian"
HIJRI = "hijri"
JALALI = "jalali"
JULIAN = "julian"
OWN_YEARS = frozenset({HIJRI, JALALI})
"""The calendars that count their own years: a year of them is an interval of Gregorian days."""
ERAS: Final = {"bce": GREGORIAN, "ce": GREGORIAN, "ah": HIJRI, "bh": HIJRI, "sh": JALALI}
"""The calendar in which each era counts."""


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast that moves with Easter."""

    tradition: str
    """``western``, ``orthodox``, or ``either`` where the word is used for both."""
    offset: int = 0
    """Days after Easter Sunday."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as its words give it; what they omit is empty, zero or None."""

    year: str = ""
    """As EDTF writes it: ``2019``, ``199X``, ``-0043``, ``18XX``; a Hijri year as a number."""
    era: str = ""
    """``bce``, ``ce``, ``ah``, ``bh`` or ``sh`` (Solar Hijri), if it is named."""
    month: int = 0
    """1 to 12, or an EDTF code for a season, quarter or half, 21 to 41."""
    day: int = 0
    named: bool = False
    """Whether a word announces the year: "the year 2019", «عام 2019»."""
    number: int | None = None
    """A bare number, the 5 of "5-7 June": a day or a year, as the other end shows."""
    figures: int = 0
    """How many figures that number has; 0 where it is in words."""
    numeric: tuple[int, int] | None = None
    """The first two numbers of ``10/11/2019``: day and month, or month and day."""
    decade: int | None = None
    """90 for "the nineties", whose century is not named."""
    weekday: int | None = None
    feast: Feast | None = None
    """A feast whose day is computed once the year is known: "Easter 1916"."""
    part: PeriodPart | None = None
    part_end: PeriodPart | None = None
    """The last part of several: the late of "mid-to-late 1990s"."""
    across: bool = False
    """Whether a season is named by two years: "winter 2010-11"."""
    masked: str = ""
    """``month`` or ``day`` if an unknown one is meant: "a day in April 1985"."""
    calendar: str = ""
    """Empty if the words do not name it."""
    qualifier: Qualifier = Qualifier.NONE
    shift: tuple[str, int] | None = None
    """Units from the article's day: ``("year", -1)`` is last year."""
    direction: str = ""
    """``last``, ``next`` or ``this``: "last October"; ``since`` for the latest that has begun."""
    time: str = ""
    day_part: str = ""
    """``morning``, ``night`` … where the words name a part of the day."""
    twin: PartialDate | None = None
    """The same date in the other calendar: «الموافق»."""
    start: int = 0
    """Its offset in the text, from 0."""
    relative: bool = False
    """Whether the day of the article supplied a part of it."""

    @property
    def whole_year(self) -> bool:
        """Return whether it is a year, and nothing finer."""
        finer = self.month or self.day or self.numeric or self.part or self.feast or self.masked
        return bool(self.year) and not finer and self.number is None


def lacks_year(date: PartialDate) -> bool:
    """Return whether *date* needs a year from its context."""
    fine = date.month or date.numeric or date.feast
    return bool(fine) and not (date.year or date.shift or date.direction)


def own_years(date: PartialDate) -> str:
    """Return the calendar of *date* if it counts its own years, else nothing."""
    return date.calendar if date.calendar in OWN_YEARS else ""


@dataclass(frozen=True, slots=True)
class PartialSpan:
    """From one date to another, "since 2014", "before 1948"."""

    start: PartialDate | Edge
    end: PartialDate | Edge
    beyond: bool = False
    """Whether the date is just outside the span: "before 1948" ends with 1947."""
    days_of: str = ""
    """``night`` or ``weekend`` if the two days make one: "the night of 14-15 July"."""
    twin: PartialDate | PartialSpan | None = None
    """The same span in the other calendar: "741 AH / 1340-41"."""
    may_be_within: bool = False
    """Whether the words may also mean one date of the span: "between 1914 and 1918"."""


@dataclass(frozen=True, slots=True)
class PartialSet:
    """Several dates: "1667, 1668 or 1670-1672"."""

    choice: Choice
    members: tuple[tuple[PartialDate | None, PartialDate | None], ...]
    """First and last of each; the same object for a single date, None for "or earlier", "or later"."""


@dataclass(frozen=True, slots=True)
class Undated:
    """A date that is unknown, in the words of its author."""


Phrase: TypeAlias = PartialDate | PartialSpan | PartialSet | Undated


def year_text(value: int, era: str) -> str:
    """Return the year *value* of an *era* as EDTF writes it; Hijri and Jalali years are plain numbers."""
    if era in ("ah", "bh", "sh"):
        return str(1 - value if era == "bh" else value)
    if era == "bce":
        # Astronomical years have a year 0, which is 1 BCE.
        return f"-{value - 1:04}" if value > 1 else "0000"
    return f"{value:04}"
