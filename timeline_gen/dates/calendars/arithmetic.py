"""Steps of months and years from a day, and the day of Easter (the only module that imports dateutil).

``dateutil.parser.parse``, which fills gaps with today's day, is never used.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from dateutil.easter import EASTER_JULIAN, EASTER_ORTHODOX, EASTER_WESTERN, easter
from dateutil.relativedelta import relativedelta

from timeline_gen.messages import say

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


_REFORM: Final = 1583
"""The first year in which Easter was computed by the Gregorian calendar."""
# The limits of dateutil's methods: from 326 in the Julian calendar, to 4099 in the Gregorian.
_FIRST: Final = 326
_LAST: Final = 4099


def easter_day(year: int, *, orthodox: bool) -> tuple[int, int, bool]:
    """Return month and day of Easter in *year*, and whether they are of the Julian calendar, as before 1583.

    Raises ``ValueError`` outside the years 326 to 4099.
    """
    if not _FIRST <= year <= _LAST:
        raise ValueError(say("there is no rule for Easter in {year}", year=year))
    if year < _REFORM:
        found = easter(year, EASTER_JULIAN)
        return found.month, found.day, True
    found = easter(year, EASTER_ORTHODOX if orthodox else EASTER_WESTERN)
    return found.month, found.day, False
