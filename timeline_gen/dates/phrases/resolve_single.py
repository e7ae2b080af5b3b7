"""A date of a phrase, completed in its own calendar, and checks that all phrases share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline_gen.dates.calendars import (
    GREGORIAN,
    HIJRI,
    JALALI,
    JULIAN,
    OWN_YEARS,
    PERIODS,
    DateError,
    PartialDate,
    calendar_name,
    check_calendar,
    days_of,
    month_lengths,
    year_of_day,
)
from timeline_gen.dates.days import iso_day
from timeline_gen.dates.edtf import Edtf, EdtfError, Interval, bounds
from timeline_gen.dates.phrases.resolve_relative import resolve_relative
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import listed, say

_FIRST_SOLAR: Final = 1250
"""The first year of Iran's calendar that a Persian article is likely to name with a lunar month."""
_FIRST_SEASON: Final = 21
"""The EDTF code of spring."""
_ACROSS: Final = {22: 30, 24: 28}
"""The EDTF codes of the summer of the south and the winter of the north, which end in another year."""
_OWN_YEARS_END: Final = 1600
"""A larger year of a Hijri or Jalali month is a Gregorian year: "Ramadan 2021"."""


def resolve_single(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* complete, in the calendar it is written in; raise :class:`DateError`."""
    date = _in_calendar(date, context.calendar)
    if not context.calendar:
        check_calendar(date, context.year_calendars)
        _check_lunar(date, context)
    # "Ramadan 2021" names a year of another calendar than its month.
    if date.calendar in OWN_YEARS and date.month and date.year.isdigit() and date.era not in ("ah", "sh"):
        date = _in_gregorian_year(date, context)
    date = resolve_relative(date, context)
    if date.across:
        _check_across(date, context)
    # How long a month is, only its year tells: so this comes after that is filled in.
    if date.day and date.year.lstrip("-").isdigit() and date.day > month_lengths(date):
        raise DateError(
            say(
                "there is no day {day} in month {month} of {year}",
                day=date.day,
                month=date.month,
                year=date.year,
            ),
            say("write a day that exists, or leave the day out"),
            date.start,
            code="TG202",
        )
    return date


def _check_lunar(date: PartialDate, context: ReadingContext) -> None:
    """Refuse «عاشورای ۱۳۸۸» in a Persian article: the Ashura of 1388 AH, or that of Iran's year 1388."""
    counts_solar = JALALI in context.year_calendars and date.calendar == HIJRI and not date.era
    if context.on is None or not (counts_solar and date.month and date.year.isdigit()):
        return
    if not _FIRST_SOLAR <= int(date.year) <= year_of_day(context.on, JALALI) + 1:
        return
    first = year_of_day(days_of(PartialDate(year=date.year, calendar=JALALI), context.seasons).lo, HIJRI)
    candidates = (replace(date, year=str(year), era="ah") for year in _years_within(first))
    days = (days_of(candidate, context.seasons) for candidate in candidates)
    fitting = [
        iso_day(each.lo) if each.lo == each.hi else f"{iso_day(each.lo)}/{iso_day(each.hi)}"
        for each in days
        if year_of_day(each.lo, JALALI) == int(date.year)
    ]
    raise DateError(
        say("{year} may be a lunar or a solar year of the Hijri calendar", year=date.year),
        say(
            "write {year} ه.ق for the lunar year, {days} for the solar",
            year=date.year,
            days=listed(fitting, "{start} or {end}"),
        ),
        date.start,
        code="TG217",
    )


def _check_across(date: PartialDate, context: ReadingContext) -> None:
    """Refuse "summer 1942-43" where a summer lies within a year: it may be one of the south, or two."""
    days = days_of(date, context.seasons)
    if year_of_day(days.lo, GREGORIAN) != year_of_day(days.hi, GREGORIAN):
        return
    names = {"season": PERIODS[date.month - _FIRST_SEASON], "year": date.year, "last": int(date.year) + 1}
    hint = say("write “{season} {year}” or “{season} {last}”, “{season} {year} and {last}” for both", **names)
    if code := _ACROSS.get(date.month):
        hint = say(
            "write “{season} {year}” or “{season} {last}”, “{season} {year} and {last}” for both, "
            "{year}-{code} for that of the other hemisphere",
            code=code,
            **names,
        )
    raise DateError(
        say("two years are named of a season that lies within one: {season}", season=names["season"]),
        hint,
        date.start,
        code="TG214",
    )


def _in_calendar(date: PartialDate, calendar: str) -> PartialDate:
    """Return *date* in the *calendar* that the author set for it, unless its words name another."""
    relative = date.shift or date.direction
    if calendar == JULIAN and date.calendar not in OWN_YEARS and not (relative or date.feast):
        return replace(date, calendar=JULIAN)
    if calendar in OWN_YEARS and not (date.calendar or relative or date.decade or date.feast):
        return replace(date, calendar=calendar)
    return date


def _in_gregorian_year(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return "Ramadan 2021" with its Hijri year: the Ramadan that begins in 2021."""
    if date.era != "ce" and int(date.year) < _OWN_YEARS_END:
        return date
    wanted = int(date.year)
    first = year_of_day(days_of(PartialDate(year=date.year), context.seasons).lo, date.calendar)
    fitting = []
    for year in _years_within(first):
        candidate = replace(date, year=str(year), era="ah" if date.calendar == HIJRI else "sh")
        if (
            candidate.day <= month_lengths(candidate)
            and year_of_day(days_of(candidate, context.seasons).lo, GREGORIAN) == wanted
        ):
            fitting.append(candidate)
    if len(fitting) != 1:
        raise DateError(
            say("{wanted} has {fitting} such dates", wanted=wanted, fitting=len(fitting) or say("no")),
            say("give the year of the other calendar, or write the day: 2000-01-08"),
            date.start,
            code="TG207",
        )
    return fitting[0]


def _years_within(first: int) -> range:
    """Return the years of a calendar that may have days in a Gregorian year, which begins in *first*."""
    # 354 days may begin and end within 365: 2008 has days of 1428, 1429 and 1430 AH.
    return range(first, first + 3)


def checked(ast: Edtf, date: PartialDate) -> Edtf:
    """Return *ast* if the calendar has its days; else raise :class:`DateError` at *date*."""
    try:
        bounds(ast)
    except EdtfError as error:
        raise DateError(error.message, error.hint, date.start, code="TG202") from None
    return ast


def check_order(interval: Interval, date: PartialDate, context: ReadingContext) -> None:
    """Refuse an *interval* that ends before it begins, or an end that the calendar does not have."""
    checked(interval, date)
    start, end = bounds(interval, seasons=context.seasons)
    if start.lo is not None and end.hi is not None and end.hi < start.lo:
        raise DateError(
            say("the span ends before it begins"),
            say("write the earlier date first"),
            date.start,
            code="TG211",
        )


@dataclass(frozen=True, slots=True)
class Resolved:
    """A phrase as EDTF, with what EDTF cannot express."""

    ast: Edtf
    calendar: str = GREGORIAN
    relative: bool = False
    beyond: bool = False
    time: str = ""
    day_part: str = ""


def check_timeless(date: PartialDate) -> None:
    """Refuse a time or a part of the day in a span or a list."""
    if date.time or date.day_part:
        raise DateError(
            say("a time of day goes only with a single day"),
            say("leave the time out"),
            date.start,
            code="TG212",
        )


def common_calendar(dates: Sequence[PartialDate]) -> str:
    """Return the calendar that all *dates* were written in, or the Gregorian."""
    names = {calendar_name(date) for date in dates}
    return names.pop() if len(names) == 1 else GREGORIAN
