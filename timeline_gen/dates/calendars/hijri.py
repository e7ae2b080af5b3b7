"""The Hijri calendar: Umm al-Qura for 1343 to 1500 AH (hijridate), the tabular calendar elsewhere.

The two may differ by a day or two, and so do the sources themselves before 1420 AH: what the table does
not hold is marked as approximate. The only module that imports hijridate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hijridate import Gregorian, Hijri

from timeline_gen.messages import say

FIRST_YEAR: Final = 1343
LAST_YEAR: Final = 1500
_UNIX: Final = 719_163  # the proleptic ordinal of 1970-01-01, as datetime counts
_EPOCH: Final = -492_148  # 1 Muharram 1: Friday 16 July 622 Julian
_CYCLE_YEARS: Final = 30
_CYCLE_DAYS: Final = 10_631


@dataclass(frozen=True, slots=True)
class HijriDay:
    """A day of the Hijri calendar."""

    year: int
    month: int
    day: int
    approximate: bool = False
    """Whether it comes from the tabular calendar."""


def hijri_day_number(year: int, month: int, day: int) -> int:
    """Return the day number of a Hijri *year*, *month* and *day*; raise ``ValueError`` if there is none."""
    if not 1 <= month <= 12 or not 1 <= day <= hijri_month_length(year, month):
        raise ValueError(
            say("there is no day {day} in month {month} of {year} AH", day=day, month=month, year=year)
        )
    if in_table(year):
        # The day is checked above, and hijridate need not do so again.
        return Hijri(year, month, day, validate=False).to_gregorian().toordinal() - _UNIX
    return _tabular_day_number(year, month, day)


def hijri_civil(number: int) -> HijriDay:
    """Return the Hijri day of a day *number*."""
    if _TABLE_START <= number <= _TABLE_END:
        year, month, day = Gregorian.fromordinal(number + _UNIX).to_hijri().datetuple()
        return HijriDay(year, month, day)
    return _tabular_civil(number)


def hijri_month_length(year: int, month: int) -> int:
    """Return how many days *month* of the Hijri *year* has, 29 or 30."""
    if in_table(year):
        return Hijri(year, month, 1).month_length()
    if month == 12:
        return 30 if _is_leap(year) else 29
    return 29 + month % 2


def in_table(year: int) -> bool:
    """Return whether the published Umm al-Qura calendar holds the Hijri *year*."""
    return FIRST_YEAR <= year <= LAST_YEAR


def _is_leap(year: int) -> bool:
    # Leap years are the years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of each thirty.
    return (11 * year + 14) % _CYCLE_YEARS < 11


def _tabular_day_number(year: int, month: int, day: int) -> int:
    # Months have 30 and 29 days in turn, 59 in two; of thirty years eleven have a day more.
    return day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // _CYCLE_YEARS + _EPOCH - 1


def _tabular_civil(number: int) -> HijriDay:
    year = (_CYCLE_YEARS * (number - _EPOCH) + 10_646) // _CYCLE_DAYS
    month = 1
    while month < 12 and number >= _tabular_day_number(year, month + 1, 1):
        month += 1
    return HijriDay(year, month, number - _tabular_day_number(year, month, 1) + 1, approximate=True)


_TABLE_START: Final = Hijri(FIRST_YEAR, 1, 1).to_gregorian().toordinal() - _UNIX
_TABLE_END: Final = (
    Hijri(LAST_YEAR, 12, 1).to_gregorian().toordinal() - _UNIX + hijri_month_length(LAST_YEAR, 12) - 1
)
