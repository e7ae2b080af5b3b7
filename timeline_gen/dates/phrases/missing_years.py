"""Dates without a year, in the years around the article's day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import (
    OWN_YEARS,
    DateError,
    PartialDate,
    days_of,
    edtf_year,
    month_lengths,
    with_feast,
    year_of_day,
)
from timeline_gen.dates.days import iso_day
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import listed, say

NEAR: Final = 120
"""How many days a date without a year may lie from the article's day."""


def nearest(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* in the year that brings it nearest to the article's day."""
    if context.on is None or date.month > 12:
        raise _no_year(date)
    on = context.on
    found = list(occurrences(date, on, context))
    if not found:
        raise no_such_day(date)
    nearest = min(found, key=lambda occurrence: distance(on, occurrence))
    if distance(on, nearest) > NEAR:
        raise DateError(
            say(
                "the year is missing, and the nearest such date, {nearest}, is more than {near} days "
                "from the article's day, {on}",
                nearest=iso_day(nearest[1]),
                near=NEAR,
                on=iso_day(on),
            ),
            say("give the year: {found}", found=_both_sides(found, on)),
            date.start,
            code="TG207",
        )
    return nearest[0]


def latest(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date*, from which something goes on, in the latest year in which it had begun."""
    if context.on is None:
        raise _no_year(date)
    on = context.on
    fitting = [occurrence for occurrence in occurrences(date, on, context) if occurrence[1] <= on]
    if not fitting:
        raise no_such_day(date)
    return fitting[-1][0]


def _no_year(date: PartialDate) -> DateError:
    return DateError(
        say("the year is missing"),
        say("write the date with its year: 21 November 2022, November 2022"),
        date.start,
        code="TG207",
    )


def _both_sides(found: list[tuple[PartialDate, int, int]], on: int) -> str:
    """Return the occurrences before and after the article's day, for a hint."""
    before = [occurrence[1] for occurrence in found if occurrence[1] <= on]
    after = [occurrence[1] for occurrence in found if occurrence[1] > on]
    return listed((iso_day(number) for number in (*before[-1:], *after[:1])), "{start} or {end}")


def occurrences(
    date: PartialDate, on: int, context: ReadingContext
) -> Iterator[tuple[PartialDate, int, int]]:
    """Yield *date* in the years around the article's day, with its first and last day."""
    this = year_of_day(on, date.calendar)
    for year in range(this - 2, this + 3):
        dated = replace(date, year=str(year) if date.calendar in OWN_YEARS else edtf_year(year))
        dated = with_feast(dated)
        # 29 February, and the thirtieth of some Hijri months, are not in every year.
        if dated.day > month_lengths(dated):
            continue
        days = days_of(dated, context.seasons)
        yield dated, days.lo, days.hi


def distance(on: int, occurrence: tuple[PartialDate, int, int]) -> int:
    """Return how many days lie between the day *on* and an occurrence; 0 where it is inside."""
    return max(occurrence[1] - on, on - occurrence[2], 0)


def no_such_day(date: PartialDate) -> DateError:
    """Return the error of a day that its month does not have."""
    return DateError(
        say("month {month} has no day {day}", month=date.month, day=date.day),
        say("write a day that exists"),
        date.start,
        code="TG202",
    )
