"""From a phrase to EDTF: shared parts filled in, calendars converted, contradictions refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline_gen.dates.calendars import (
    DateError,
    PartialDate,
    PartialSet,
    PartialSpan,
    calendar_name,
    days_of,
    edtf_day,
    lacks_year,
    to_edtf,
    to_end,
)
from timeline_gen.dates.edtf import Date, Interval, bounds, date_bound, neighbour
from timeline_gen.dates.phrases.infer_range import infer_range
from timeline_gen.dates.phrases.resolve_lists import resolve_set
from timeline_gen.dates.phrases.resolve_single import (
    Resolved,
    check_order,
    check_timeless,
    checked,
    common_calendar,
)
from timeline_gen.dates.phrases.twins import TOLERANCE, resolve_date
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import say
from timeline_gen.model.dates import Edge


def resolve(phrase: PartialDate | PartialSpan | PartialSet, context: ReadingContext) -> Resolved:
    """Return *phrase* as EDTF in *context*; raise :class:`DateError`."""
    if isinstance(phrase, PartialDate):
        date = resolve_date(phrase, context)
        if (date.time or date.day_part) and not date.day:
            raise DateError(
                say("a time of day needs a day"),
                say("write the day: 2021-12-06T18:07"),
                date.start,
                code="TG212",
            )
        return Resolved(
            checked(to_edtf(date, context.seasons), date),
            calendar_name(date),
            date.relative,
            time=date.time,
            day_part=date.day_part,
        )
    if isinstance(phrase, PartialSpan):
        return _resolve_span(phrase, context)
    return resolve_set(phrase, context)


# ---------------------------------------------------------------- spans


def _resolve_span(span: PartialSpan, context: ReadingContext) -> Resolved:
    start, end = span.start, span.end
    if isinstance(start, PartialDate) and isinstance(end, PartialDate):
        start, end = infer_range(start, end, context)
    elif isinstance(start, PartialDate):
        if end is Edge.OPEN and not span.beyond and lacks_year(start):
            # "Since March" means a March that has begun by the day of the article.
            start = replace(start, direction="since")
        start = resolve_date(start, context)
    elif isinstance(end, PartialDate):
        end = resolve_date(end, context)
    dates = [date for date in (start, end) if isinstance(date, PartialDate)]
    for date in dates:
        check_timeless(date)
    # "Before Ramadan" ends before its first day, "until Ramadan" with its last.
    ends = tuple(
        to_end(date, context.seasons, last=last != span.beyond) if isinstance(date, PartialDate) else date
        for date, last in ((start, False), (end, True))
    )
    interval = Interval(*ends)
    if span.beyond:
        interval = _beyond(interval, context)
    check_order(interval, dates[0], context)
    if span.days_of:
        _check_neighbours(span.days_of, interval, dates[0])
    if span.twin is not None:
        _check_twin(span.twin, dates, context)
    day_part = span.days_of if span.days_of == "night" else ""
    relative = any(date.relative for date in dates)
    return Resolved(interval, common_calendar(dates), relative, span.beyond, day_part=day_part)


def _check_neighbours(name: str, interval: Interval, date: PartialDate) -> None:
    """Refuse the two days of a night or a weekend that do not follow each other."""
    start, end = bounds(interval)
    if start.lo is not None and start.lo == start.hi and end.hi == end.lo == start.lo + 1:
        return
    raise DateError(
        say("the two days of a {name} follow each other", name=name),
        say("write both days, “the {name} of 14–15 July 1958”, or a span “from … to …”", name=name),
        date.start,
        code="TG202",
    )


def _check_twin(
    twin: PartialDate | PartialSpan, ends: Sequence[PartialDate], context: ReadingContext
) -> None:
    """Refuse a span whose *ends* are not those of its *twin* in the other calendar.

    Years of two calendars only overlap; days may differ by the :data:`TOLERANCE` of the moon.
    """
    plain = replace(context, calendar="")
    others: tuple[PartialDate | Edge, ...]
    if isinstance(twin, PartialSpan):
        others = (twin.start, twin.end)
        if isinstance(twin.start, PartialDate) and isinstance(twin.end, PartialDate):
            others = infer_range(twin.start, twin.end, plain)
    else:
        others = (resolve_date(twin, plain),) * 2
    for date, other in zip(ends, others, strict=False):
        if not isinstance(other, PartialDate):
            continue
        mine, theirs = (days_of(date, context.seasons) for date in (date, other))
        if max(theirs.lo - mine.hi, mine.lo - theirs.hi) > TOLERANCE:
            raise DateError(
                say("the two spans are not the same in their calendars"),
                say("correct one of them, or leave it out"),
                date.start,
                code="TG205",
            )


def _beyond(interval: Interval, context: ReadingContext) -> Interval:
    """Return the span that ends just before its date ("before 1948"), or begins just after it."""
    if isinstance(interval.end, Date):
        return Interval(interval.start, _next_to(interval.end, -1, context))
    if isinstance(interval.start, Date):
        return Interval(_next_to(interval.start, 1, context), interval.end)
    return interval


def _next_to(date: Date, step: int, context: ReadingContext) -> Date:
    """Return the neighbour of *date*, or the adjacent day if it has none, such as a season."""
    if not (found := neighbour(date, step)):
        bound = date_bound(date, context.seasons)
        return edtf_day(((bound.lo if step < 0 else bound.hi) or 0) + step, date.year_qualifier)
    return found
