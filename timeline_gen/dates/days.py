"""Days as plain integers: days since 1970-01-01 in the proleptic Gregorian calendar, of any size.

``datetime`` ends at the years 1 and 9999; history and geology do not. Years are astronomical: 0 is 1 BCE.
"""

from __future__ import annotations

import re
from functools import lru_cache

from timeline_gen.messages import say

WEEK = 7
_ERA_DAYS = 146_097  # 400 Gregorian years
_EPOCH = 719_468  # days from 0000-03-01 to 1970-01-01
_ISO_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)", re.ASCII)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Return whether the Gregorian *year* has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return how many days *month* (1 to 12) of the Gregorian *year* has."""
    return 29 if month == 2 and is_leap(year) else MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day number of a Gregorian *year*, *month* and *day*."""
    # Years are counted from March, so that the leap day comes last and needs no question.
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    # From March on months have 31, 30, 31, 30 and 31 days, 153 in five, again and again.
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _ERA_DAYS + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - _EPOCH


@lru_cache(maxsize=1 << 15)
def civil(number: int) -> tuple[int, int, int]:
    """Return the Gregorian year, month and day of a day *number*."""
    era, day_of_era = divmod(number + _EPOCH, _ERA_DAYS)
    # Without the leap days of each 4, 100 and 400 years all years are of 365 days.
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    month, day = month_from_march(day_of_year)
    return era * 400 + year + (month <= 2), month, day


def weekday(number: int) -> int:
    """Return the weekday of a day *number*: 0 is Monday, 6 is Sunday."""
    # Day 0, 1970-01-01, is a Thursday.
    return (number + 3) % WEEK


def iso_day(number: int) -> str:
    """Return a day *number* as an ISO day; years have at least four digits, and a minus before 1 BCE."""
    year, month, day = civil(number)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04}-{month:02}-{day:02}"


def parse_iso_day(text: str) -> int:
    """Return the day number of *text*, an ISO day as :func:`iso_day` writes it; raise ``ValueError``."""
    match = _ISO_DAY.fullmatch(text)
    if match is None:
        raise ValueError(say("{text!r} is not an ISO day", text=text))
    year, month, day = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        raise ValueError(say("{text!r} is not in the calendar", text=text))
    return day_number(year, month, day)


def month_from_march(day_of_year: int) -> tuple[int, int]:
    """Return month and day of *day_of_year*, which counts from 1 March."""
    month = (5 * day_of_year + 2) // 153
    return (month + 2) % 12 + 1, day_of_year - (153 * month + 2) // 5 + 1
