"""The Julian calendar, which has a leap year every fourth year; years are astronomical: 0 is 1 BCE."""

from __future__ import annotations

from timeline_gen.dates.days import MONTH_LENGTHS, month_from_march

_CYCLE_DAYS = 1_461  # 4 Julian years
_EPOCH = 719_470  # days from the Julian 0000-03-01 to 1970-01-01


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
