"""One day in Old and in New Style: "25 October (7 November) 1917"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars.julian import julian_day_number
from timeline_gen.dates.calendars.partial_dates import GREGORIAN, PartialDate
from timeline_gen.dates.days import day_number

_REFORMS: Final = range(day_number(1582, 10, 15), day_number(1924, 1, 1))
"""The days on which some countries counted in the one style and some in the other."""


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
