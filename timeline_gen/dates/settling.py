"""From what a phrase says to EDTF: shared parts filled in, calendars converted, contradictions refused."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.dates.bounds import date_bound
from timeline_gen.dates.calendars import calendar_name, edtf_day, edtf_year, to_edtf, to_end
from timeline_gen.dates.completing import Context
from timeline_gen.dates.edtf_ast import Date, Edtf, Interval, Range, Set
from timeline_gen.dates.loose import GREGORIAN, Loose, Several, Span
from timeline_gen.dates.problems import DateError
from timeline_gen.dates.sharing import in_year_of, lacks_year, numbered, settle_both, with_year_of
from timeline_gen.dates.single_dates import check_order, checked, settle_date


@dataclass(frozen=True, slots=True)
class Settled:
    """A phrase as EDTF, with what EDTF does not say."""

    ast: Edtf
    calendar: str = GREGORIAN
    relative: bool = False
    beyond: bool = False
    time: str = ""


def settle(phrase: Loose | Span | Several, context: Context) -> Settled:
    """Return *phrase* as EDTF in *context*; raise :class:`DateError`."""
    if isinstance(phrase, Loose):
        date, relative = settle_date(phrase, context)
        if date.time and not date.day:
            raise DateError(
                "a time of day needs a day", "write the day: 2021-12-06T18:07", date.start, code="TG212"
            )
        return Settled(
            checked(to_edtf(date, context.seasons), date), calendar_name(date), relative, time=date.time
        )
    if isinstance(phrase, Span):
        return _settle_span(phrase, context)
    return _settle_several(phrase, context)


# ---------------------------------------------------------------- spans


def _settle_span(span: Span, context: Context) -> Settled:
    start, end, relative = span.start, span.end, False
    if isinstance(start, Loose) and isinstance(end, Loose):
        start, end, relative = settle_both(start, end, context)
    elif isinstance(start, Loose):
        start, relative = settle_date(start, context)
    elif isinstance(end, Loose):
        end, relative = settle_date(end, context)
    dates = [date for date in (start, end) if isinstance(date, Loose)]
    for date in dates:
        _check_timeless(date)
    # "Before Ramadan" ends before its first day, "until Ramadan" with its last.
    ends = tuple(
        to_end(date, context.seasons, last=last != span.beyond) if isinstance(date, Loose) else date
        for date, last in ((start, False), (end, True))
    )
    interval = Interval(*ends)
    if span.beyond:
        interval = _beyond(interval, context)
    check_order(interval, dates[0], context)
    return Settled(interval, _common_calendar(dates), relative, span.beyond)


def _check_timeless(date: Loose) -> None:
    if date.time:
        raise DateError(
            "a time of day stands only with a single day", "leave the time out", date.start, code="TG212"
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


# ---------------------------------------------------------------- lists


def _settle_several(several: Several, context: Context) -> Settled:
    """Return a list of dates as a set; members take from the last, or the first, what they lack."""
    flat = [date for member in several.members for date in member if date is not None]
    for date in flat:
        _check_timeless(date)
    lender = next((date for date in (flat[-1], flat[0]) if date.number is None), None)
    if lender is None:
        raise DateError("bare numbers are not dates", "write years in four figures", flat[0].start)
    # "June 5 or 7, 2017": the year may stand with a number alone.
    dated = next((date for date in flat if date.year), None)
    whole = with_year_of(lender, dated) if dated and lacks_year(lender) else lender
    lender_done, relative = settle_date(whole, context)
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
    return Settled(checked(ast, flat[0]), calendars.pop() if len(calendars) == 1 else GREGORIAN, relative)


def _settle_member(date: Loose, lender: Loose, done: Loose, context: Context) -> Loose:
    if date is lender:
        return done
    date = numbered(date, done, last=True) if date.number is not None else date
    return in_year_of(date, done, context) if lacks_year(date) else settle_date(date, context)[0]


def _member(first: Loose | None, last: Loose | None, *, same: bool, context: Context) -> Date | Range:
    start = to_end(first, context.seasons, last=False) if first else None
    end = to_end(last, context.seasons, last=True) if last else None
    if same and start is not None and start == end:
        return start
    if start is not None and end is not None and first is not None:
        check_order(Interval(start, end), first, context)
    return Range(start, end)


def _openness(member: Date | Range) -> int:
    if not isinstance(member, Range):
        return 0
    return -1 if member.first is None else int(member.last is None)
