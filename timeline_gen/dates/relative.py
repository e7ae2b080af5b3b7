"""Steps of months and years from a day (dateutil's ``relativedelta``; its only door).

``dateutil.parser.parse``, which fills gaps with today's day, is never used.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

_UNIX: Final = 719_163  # the proleptic ordinal of 1970-01-01, as datetime counts
_MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}


def shifted(day: int, unit: str, count: int) -> tuple[int, int]:
    """Return year and month of the *day* number moved by *count* units: ``month``, ``quarter``, ``year``.

    Raises ``ValueError`` beyond the years 1 to 9999; an article's day lies within them.
    """
    try:
        moved = date.fromordinal(day + _UNIX) + relativedelta(months=_MONTHS[unit] * count)
    except OverflowError as error:
        raise ValueError(str(error)) from None
    return moved.year, moved.month
