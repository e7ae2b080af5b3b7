"""The Julian calendar, which has a leap year every fourth year; years are astronomical: 0 is 1 BCE."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars.partial_dates import GREGORIAN, PartialDate
from timeline_gen.dates.days import MONTH_LENGTHS, day_number, month_from_march

_CYCLE_DAYS = 1_461  # 4 Julian years
_EPOCH = 719_470  # days from the Julian 0000-03-01 to 1970-01-01
_REFORMS: Final = range(day_number(1582, 10, 15), day_number(1924, 1, 1))
"""The days on which some countries counted in the Old Style and some in the New."""


def julian_day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day number of a Julian *year* (astronomical), *month* and *day*."""
    year -= month <= 2
    cycle, year_of_cycle = divmod(year, 4)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return cycle * _CYCLE_DAYS + year_of_cycle * 365 + day_of_year - _EPOCH


def julian_civil(number: int) -> tuple[int, int, int]:
    """Return the Julian year (astronomical), month and day of a day *number*."""
    cycle, day_of_cycle = divmod(number + _EPOCH, _CYCLE_DAYS)
    year = (day_of_cycle - day_of_cycle // 1460) // 365
    month, day = month_from_march(day_of_cycle - 365 * year)
    return cycle * 4 + year + (month <= 2), month, day


def julian_month_length(year: int, month: int) -> int:
    """Return how many days *month* (1 to 12) of the Julian *year* has."""
    return 29 if month == 2 and year % 4 == 0 else MONTH_LENGTHS[month - 1]


def in_new_style(first: PartialDate, second: PartialDate) -> PartialDate | None:
    """Return which of two days is the other one in New Style; None if they are not one day."""
    both = (first, second)
    if not all(date.day and 1 <= date.month <= 12 and date.year.isdigit() for date in both):
        return None
    if any(date.calendar not in ("", GREGORIAN) for date in both):
        return None
    for new, old in ((first, second), (second, first)):
        number = day_number(int(new.year), new.month, new.day)
        if number in _REFORMS and number == julian_day_number(int(old.year), old.month, old.day):
            return replace(new, calendar=GREGORIAN, start=first.start)
    return None
