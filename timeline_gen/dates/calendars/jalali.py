"""The Solar Hijri calendar of Iran (Jalali), by the rule of Borkowski (1996) for its leap years.

The year begins on the day of the spring equinox at Tehran; the breaks are the years in which the cycle of
33 years changes, and hold from -61 to 3177.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Final

from timeline_gen.dates.days import civil, day_number
from timeline_gen.messages import say

FIRST_YEAR: Final = -61
LAST_YEAR: Final = 3176
_BREAKS: Final = (
    *(-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181),
    *(1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178),
)
_EPOCH: Final = 621
_LONG: Final = 186
"""Days of the first six months, of 31 days each."""


def jalali_day_number(year: int, month: int, day: int) -> int:
    """Return the day number of a Solar Hijri date; raise ``ValueError`` if there is none."""
    if not 1 <= month <= 12 or not 1 <= day <= jalali_month_length(year, month):
        raise ValueError(
            say("there is no day {day} in month {month} of {year} SH", day=day, month=month, year=year)
        )
    return _new_year(year) + (31 * (month - 1) if month <= 7 else _LONG + 30 * (month - 7)) + day - 1


def jalali_year_of(number: int) -> int:
    """Return the Solar Hijri year of a day *number*."""
    year = civil(number)[0] - _EPOCH
    return year if FIRST_YEAR <= year <= LAST_YEAR and number >= _new_year(year) else year - 1


def jalali_month_length(year: int, month: int) -> int:
    """Return how many days *month* of the Solar Hijri *year* has; raise ``ValueError`` beyond the rule."""
    if month <= 6:
        return 31
    if month <= 11:
        return 30
    # The eleven months before the last have 336 days; the last has the rest, 29 or 30.
    return _new_year(year + 1) - _new_year(year) - 336


@lru_cache(maxsize=512)
def _new_year(year: int) -> int:
    """Return the day number of 1 Farvardin of *year*."""
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        raise ValueError(say("there is no year {year} SH", year=year))
    leaps, start = -14, _BREAKS[0]
    for start, end in pairwise(_BREAKS):  # the pair that holds the year is used below
        length = end - start
        if year < end:
            break
        leaps += length // 33 * 8 + length % 33 // 4
    since = year - start
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if length % 33 == 4 and length - since == 4:
        leaps += 1
    gregorian = year + _EPOCH
    # Each leap day of this calendar moves Nowruz a day on in March, each Gregorian one a day back.
    march = 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150)
    return day_number(gregorian, 3, march)
