"""One date of a phrase, complete: in its own calendar, with its twin in the other one beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.bounds import bounds
from timeline_gen.dates.calendars import days_of, edtf_day, month_lengths, year_of_day
from timeline_gen.dates.completing import Context, complete
from timeline_gen.dates.edtf_ast import Edtf, EdtfError, Interval
from timeline_gen.dates.hijri import hijri_civil
from timeline_gen.dates.loose import GREGORIAN, HIJRI, JULIAN, Loose
from timeline_gen.dates.problems import DateError

TOLERANCE: Final = 2
"""How many days the two calendars of one date may differ."""
_HIJRI_ENDS: Final = 1600
"""A Hijri month with a larger year is one of a Gregorian year: "Ramadan 2021"."""


def settle_date(date: Loose, context: Context) -> tuple[Loose, bool]:
    """Return *date* complete, in the calendar it is written in, and whether *context* completed it.

    Raises :class:`DateError`.
    """
    if date.twin is not None:
        return _settle_twins(date, date.twin, context)
    date = _in_calendar(date, context.calendar)
    if date.calendar == HIJRI and date.month and date.year.isdigit() and date.era != "ah":
        date = _hijri_in_gregorian_year(date, context)
    date, relative = complete(date, context)
    if date.day and date.year.lstrip("-").isdigit() and date.day > month_lengths(date):
        raise DateError(
            f"there is no day {date.day} in month {date.month} of {date.year}",
            "write a day that exists, or leave the day out",
            date.start,
            code="TG202",
        )
    return date, relative


def _in_calendar(date: Loose, calendar: str) -> Loose:
    """Return *date* in the *calendar* that the author set for it, unless its words name another."""
    if calendar == JULIAN and date.calendar != HIJRI and not (date.shift or date.toward):
        return replace(date, calendar=JULIAN)
    if calendar == HIJRI and not date.calendar and not (date.shift or date.toward or date.decade):
        return replace(date, calendar=HIJRI)
    return date


def _settle_twins(date: Loose, twin: Loose, context: Context) -> tuple[Loose, bool]:
    """Return the Gregorian one of two dates that must be the same; each lends the other its year."""
    main = replace(date, twin=None)
    hijri, own = (main, twin) if main.calendar == HIJRI else (twin, main)
    weekday = own.weekday if own.weekday is not None else hijri.weekday
    own = replace(own, weekday=weekday, qualifier=main.qualifier, time=main.time, start=main.start)
    hijri = replace(hijri, weekday=None)
    if not own.year and hijri.year:
        lunar, _ = settle_date(hijri, context)
        own, _ = settle_date(own, replace(context, on=days_of(lunar, context.seasons).lo))
        relative = False
    else:
        own, relative = settle_date(own, context)
    days = days_of(own, context.seasons)
    lunar, _ = settle_date(hijri, replace(context, on=days.lo))
    other = days_of(lunar, context.seasons)
    if other.lo > days.hi + TOLERANCE or other.hi < days.lo - TOLERANCE:
        raise DateError(
            "the Hijri and the Gregorian date are more than two days apart",
            f"the Hijri date is {_range_text(other.lo, other.hi)}; correct one of them, or leave it out",
            twin.start,
            code="TG205",
        )
    return own, relative


def _range_text(lo: int, hi: int) -> str:
    return str(edtf_day(lo)) if lo == hi else f"{edtf_day(lo)} to {edtf_day(hi)}"


def _hijri_in_gregorian_year(date: Loose, context: Context) -> Loose:
    """Return "Ramadan 2021" with its Hijri year: the Ramadan that begins in 2021."""
    if date.era != "ce" and int(date.year) < _HIJRI_ENDS:
        return date
    wanted = int(date.year)
    first = hijri_civil(days_of(Loose(year=date.year), context.seasons).lo).year
    fitting = []
    for year in (first, first + 1):
        own = replace(date, year=str(year), era="ah")
        if (
            own.day <= month_lengths(own)
            and year_of_day(days_of(own, context.seasons).lo, GREGORIAN) == wanted
        ):
            fitting.append(own)
    if len(fitting) != 1:
        raise DateError(
            f"{wanted} has {len(fitting) or 'no'} such Hijri dates",
            "give the Hijri year",
            date.start,
            code="TG207",
        )
    return fitting[0]


def checked(ast: Edtf, date: Loose) -> Edtf:
    """Return *ast*, which *date* says, if the calendar has it; raise :class:`DateError`."""
    try:
        bounds(ast)
    except EdtfError as error:
        raise DateError(error.message, error.hint, date.start, code="TG202") from None
    return ast


def check_order(interval: Interval, date: Loose, context: Context) -> None:
    """Refuse an *interval* that ends before it begins, or an end that the calendar does not have."""
    checked(interval, date)
    start, end = bounds(interval, seasons=context.seasons)
    if start.lo is not None and end.hi is not None and end.hi < start.lo:
        raise DateError(
            "the span ends before it begins", "write the earlier date first", date.start, code="TG211"
        )
