"""From what a phrase says to EDTF: shared parts filled in, calendars converted, contradictions refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from timeline_gen.dates.bounds import bounds, date_bound
from timeline_gen.dates.calendar_rules import year_text
from timeline_gen.dates.calendars import (
    calendar_name,
    days_of,
    edtf_day,
    edtf_year,
    month_lengths,
    to_edtf,
    to_end,
    year_of_day,
)
from timeline_gen.dates.completing import Context, complete
from timeline_gen.dates.edtf_ast import Choice, Date, Edtf, EdtfError, Interval, Range, Set
from timeline_gen.dates.hijri import hijri_civil
from timeline_gen.dates.loose import GREGORIAN, HIJRI, JULIAN, Loose, Several, Span
from timeline_gen.dates.problems import DateError

TOLERANCE: Final = 2
"""How many days the two calendars of one date may differ."""
_HIJRI_ENDS: Final = 1600
"""A Hijri month with a larger year is one of a Gregorian year: "Ramadan 2021"."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A phrase as EDTF, with what EDTF does not say."""

    ast: Edtf
    calendar: str = GREGORIAN
    relative: bool = False
    beyond: bool = False


def settle(phrase: Loose | Span | Several, context: Context) -> Settled:
    """Return *phrase* as EDTF in *context*; raise :class:`DateError`."""
    if isinstance(phrase, Loose):
        date, relative = _settle_date(phrase, context)
        return Settled(_checked(to_edtf(date, context.seasons), date), calendar_name(date), relative)
    if isinstance(phrase, Span):
        return _settle_span(phrase, context)
    return _settle_several(phrase, context)


# ---------------------------------------------------------------- one date


def _settle_date(date: Loose, context: Context) -> tuple[Loose, bool]:
    """Return *date* complete, in the calendar it is written in."""
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
        lunar, _ = _settle_date(hijri, context)
        own, relative = _settle_date(own, replace(context, on=days_of(lunar, context.seasons).lo))
        relative = False
    else:
        own, relative = _settle_date(own, context)
    days = days_of(own, context.seasons)
    lunar, _ = _settle_date(hijri, replace(context, on=days.lo))
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


def _checked(ast: Edtf, date: Loose) -> Edtf:
    """Return *ast* if the calendar has it."""
    try:
        bounds(ast)
    except EdtfError as error:
        raise DateError(error.message, error.hint, date.start, code="TG202") from None
    return ast


# ---------------------------------------------------------------- spans


def _settle_span(span: Span, context: Context) -> Settled:
    start, end, relative = span.start, span.end, False
    if isinstance(start, Loose) and isinstance(end, Loose):
        start, end, relative = _settle_both(start, end, context)
    elif isinstance(start, Loose):
        start, relative = _settle_date(start, context)
    elif isinstance(end, Loose):
        end, relative = _settle_date(end, context)
    dates = [date for date in (start, end) if isinstance(date, Loose)]
    for date in dates:
        if date.time:
            raise DateError(
                "a time of day stands only with a single day", "leave the time out", date.start, code="TG212"
            )
    ends = tuple(
        to_end(date, context.seasons, last=last) if isinstance(date, Loose) else date
        for date, last in ((start, False), (end, True))
    )
    interval = Interval(*ends)
    if span.beyond:
        interval = _beyond(interval, context)
    _check_order(interval, dates[0], context)
    return Settled(interval, _common_calendar(dates), relative, span.beyond)


def _check_order(interval: Interval, date: Loose, context: Context) -> None:
    """Refuse a span that ends before it begins, or an end that the calendar does not have."""
    _checked(interval, date)
    start, end = bounds(interval, seasons=context.seasons)
    if start.lo is not None and end.hi is not None and end.hi < start.lo:
        raise DateError(
            "the span ends before it begins", "write the earlier date first", date.start, code="TG211"
        )


def _common_calendar(dates: list[Loose]) -> str:
    names = {calendar_name(date) for date in dates}
    return names.pop() if len(names) == 1 else GREGORIAN


def _beyond(interval: Interval, context: Context) -> Interval:
    """Return the span that ends just before its date ("before 1948"), or begins just after it."""
    if isinstance(interval.end, Date):
        return Interval(interval.start, _neighbour(interval.end, -1, context))
    if isinstance(interval.start, Date):
        return Interval(_neighbour(interval.start, 1, context), interval.end)
    return interval


def _neighbour(date: Date, step: int, context: Context) -> Date:
    """Return the year, month or decade beside *date*; of all else the day beside it."""
    own = date.year_qualifier
    unknown = date.year.count("X")
    if not date.month and date.year.endswith("X" * unknown) and not date.year.startswith("-"):
        stem = int(date.year.rstrip("X") or 0) + step
        if stem >= 0:
            return Date(f"{stem:0{max(4 - unknown, 1)}}" + "X" * unknown, year_qualifier=own)
    if not date.month and not unknown and date.known_year is not None:
        return Date(edtf_year(date.known_year + step), year_qualifier=own)
    if date.month.isdigit() and int(date.month) <= 12 and not date.day and date.known_year is not None:
        months = date.known_year * 12 + int(date.month) - 1 + step
        return Date(edtf_year(months // 12), f"{months % 12 + 1:02}", "", own, own)
    bound = date_bound(date, context.seasons)
    edge = bound.lo if step < 0 else bound.hi
    return edtf_day((edge or 0) + step, own)


def _settle_both(start: Loose, end: Loose, context: Context) -> tuple[Loose, Loose, bool]:
    """Return both ends complete: each lends the other what it lacks."""
    start, end = _share(start, end)
    if _lacks_year(start) and end.year:
        end, later = _settle_date(end, context)
        start, _ = _settle_date(_with_year_of(start, end), context)
        return _in_order(start, end, context, step_start=True), end, later
    start, relative = _settle_date(start, context)
    if not _lacks_year(end):
        end, later = _settle_date(end, context)
        return start, end, relative or later
    end, _ = _settle_date(_with_year_of(end, start), context)
    return start, _in_order(start, end, context, step_start=False), relative


def _lacks_year(date: Loose) -> bool:
    return bool(date.month or date.numeric) and not (date.year or date.shift or date.toward)


def _with_year_of(date: Loose, other: Loose) -> Loose:
    if (date.calendar == HIJRI) != (other.calendar == HIJRI):
        return date
    return replace(date, year=other.year, era=other.era)


def _in_order(start: Loose, end: Loose, context: Context, *, step_start: bool) -> Loose:
    """Return the end that borrowed its year, moved by a year where a span crosses the turn of the year."""
    borrowed = start if step_start else end
    if days_of(start, context.seasons).lo <= days_of(end, context.seasons).hi:
        return borrowed
    if not borrowed.year.isdigit():
        return borrowed
    year = int(borrowed.year) + (-1 if step_start else 1)
    moved = str(year) if borrowed.calendar == HIJRI else edtf_year(year)
    return _settle_date(replace(borrowed, year=moved, weekday=None), context)[0]


def _share(start: Loose, end: Loose) -> tuple[Loose, Loose]:
    """Return both ends with the months and eras of each other: "5-7 June", "44-40 BC", "1914-18"."""
    start = _numbered(start, end, last=False)
    end = _numbered(end, start, last=True)
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


def _numbered(own: Loose, other: Loose, *, last: bool) -> Loose:
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


# ---------------------------------------------------------------- lists


def _settle_several(several: Several, context: Context) -> Settled:
    """Return a list of dates as a set; members take from the last, or the first, what they lack."""
    flat = [date for member in several.members for date in member if date is not None]
    lender = next((date for date in (flat[-1], flat[0]) if date.number is None), None)
    if lender is None:
        raise DateError("bare numbers are not dates", "write years in four figures", flat[0].start)
    # "June 5 or 7, 2017": the year may stand with a number alone.
    dated = next((date for date in flat if date.year), None)
    whole = _with_year_of(lender, dated) if dated and _lacks_year(lender) else lender
    lender_done, relative = _settle_date(whole, context)
    members: list[Date | Range] = []
    calendars: set[str] = set()
    for first, last in several.members:
        own = [_settle_member(date, lender, lender_done, context) if date else None for date in (first, last)]
        calendars.update(calendar_name(date) for date in own if date)
        members.append(_member(own[0], own[1], same=first is last, context=context))
    # "or earlier" stands first in a set, "or later" last, wherever the words have them.
    members.sort(key=_openness)
    if sum(_openness(member) < 0 for member in members) > 1 or sum(_openness(own) > 0 for own in members) > 1:
        raise DateError(
            "only one date of a list can be open to one side", "write the outermost", flat[0].start
        )
    ast = Set(several.choice, tuple(members))
    return Settled(_checked(ast, flat[0]), calendars.pop() if len(calendars) == 1 else GREGORIAN, relative)


def _settle_member(date: Loose, lender: Loose, done: Loose, context: Context) -> Loose:
    if date is lender:
        return done
    date = _numbered(date, done, last=True) if date.number is not None else date
    if _lacks_year(date):
        date = _with_year_of(date, done)
    if date.time or done.time:
        raise DateError(
            "a time of day stands only with a single day", "leave the time out", date.start, code="TG212"
        )
    return _settle_date(date, context)[0]


def _member(first: Loose | None, last: Loose | None, *, same: bool, context: Context) -> Date | Range:
    start = to_end(first, context.seasons, last=False) if first else None
    end = to_end(last, context.seasons, last=True) if last else None
    if same and start is not None and start == end:
        return start
    if start is not None and end is not None and first is not None:
        _check_order(Interval(start, end), first, context)
    return Range(start, end)


def _openness(member: Date | Range) -> int:
    if not isinstance(member, Range):
        return 0
    return -1 if member.first is None else int(member.last is None)


__all__ = ["Choice", "Settled", "settle"]
