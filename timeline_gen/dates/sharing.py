"""What dates that stand together lend each other: "5-7 June 2017", "44-40 BC", "June or July 1967"."""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.dates.calendar_rules import year_text
from timeline_gen.dates.calendars import days_of, edtf_year
from timeline_gen.dates.completing import Context
from timeline_gen.dates.loose import HIJRI, Loose
from timeline_gen.dates.problems import DateError
from timeline_gen.dates.single_dates import settle_date


def settle_both(start: Loose, end: Loose, context: Context) -> tuple[Loose, Loose, bool]:
    """Return *start* and *end* complete, and whether the article's day told a year.

    Each lends the other what it lacks. Raises :class:`DateError`.
    """
    start, end = _share(start, end)
    if lacks_year(start) and end.year:
        end, later = settle_date(end, context)
        return _borrowed(start, end, context, is_start=True), end, later
    start, relative = settle_date(start, context)
    if not lacks_year(end):
        end, later = settle_date(end, context)
        return start, end, relative or later
    return start, _borrowed(end, start, context, is_start=False), relative


def lacks_year(date: Loose) -> bool:
    """Return whether *date* leaves its year to others."""
    return bool(date.month or date.numeric) and not (date.year or date.shift or date.toward)


def in_year_of(date: Loose, lender: Loose, context: Context) -> Loose:
    """Return *date*, which lacks a year, complete in the year of *lender*; of another calendar near it."""
    dated = with_year_of(date, lender)
    if not dated.year:
        context = replace(context, on=days_of(lender, context.seasons).lo)
    return settle_date(dated, context)[0]


def with_year_of(date: Loose, other: Loose) -> Loose:
    """Return *date* in the year of *other*, if they are of one calendar."""
    if (date.calendar == HIJRI) != (other.calendar == HIJRI):
        return date
    return replace(date, year=other.year, era=other.era)


def _borrowed(own: Loose, lender: Loose, context: Context, *, is_start: bool) -> Loose:
    """Return *own* in the *lender*'s year, or in the one beside it where the span crosses its turn.

    Within one month nothing crosses it: "7-5 October" is a slip, not a span of nearly a year.
    """
    date = in_year_of(replace(own, weekday=None), lender, context)
    start, end = (date, lender) if is_start else (lender, date)
    backwards = days_of(start, context.seasons).lo > days_of(end, context.seasons).hi
    if backwards and start.month != end.month and date.year.isdigit():
        year = int(date.year) + (-1 if is_start else 1)
        date = replace(date, year=str(year) if date.calendar == HIJRI else edtf_year(year))
    # The weekday is asked only now that the year is settled.
    return settle_date(replace(date, weekday=own.weekday), context)[0]


def _share(start: Loose, end: Loose) -> tuple[Loose, Loose]:
    """Return both ends with the months and eras of each other: "5-7 June", "44-40 BC", "1914-18"."""
    start = numbered(start, end, last=False)
    end = numbered(end, start, last=True)
    if start.whole_year and end.whole_year and not start.era and start.year.isdigit():
        start = _in_era_of(start, end)
    if not start.calendar and end.calendar == HIJRI and not start.year:
        start = replace(start, calendar=HIJRI)
    return start, end


def _in_era_of(date: Loose, other: Loose) -> Loose:
    if other.era not in ("bce", "ah", "bh"):
        return date
    year = year_text(int(date.year), other.era)
    return replace(date, year=year, era=other.era, calendar=other.calendar)


def numbered(own: Loose, other: Loose, *, last: bool) -> Loose:
    """Return *own*, a bare number, as the day or the year that *other* shows it to be."""
    if own.number is None:
        return own
    value = own.number
    if own.month or (other.day and other.month):
        if not 1 <= value <= 31:
            raise DateError(f"there is no day {value}", "write a day from 1 to 31", own.start, code="TG202")
        month, calendar = (own.month, own.calendar) if own.month else (other.month, other.calendar)
        return replace(own, number=None, day=value, month=month, calendar=calendar)
    if other.whole_year and other.era in ("bce", "ah", "bh", "ce") and "X" not in other.year:
        return replace(
            own, number=None, year=year_text(value, other.era), era=other.era, calendar=other.calendar
        )
    if other.whole_year and other.year.endswith("XX") and 1 <= value <= 99:
        sign = "-" if other.year.startswith("-") else ""
        return replace(
            own, number=None, year=f"{sign}{value - 1:02}XX", era=other.era, calendar=other.calendar
        )
    if last and other.whole_year and 10 <= value <= 99 and len(other.year) == 4 and other.year.isdigit():
        return replace(own, number=None, year=other.year[:2] + str(value))
    raise DateError(f"{value} alone is not a date", "write a year in four figures: 2017", own.start)
