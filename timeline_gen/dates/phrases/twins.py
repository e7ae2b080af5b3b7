"""A date in two calendars: «27 رجب 583 هـ الموافق 2 أكتوبر 1187م», "7 November 1917 (25 October O.S.)".

The two must be the same day, and the Gregorian one leads. Before the reform of 1582 a Western date is one of
the Julian calendar, as its historians write it, if it agrees with the other date there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import (
    GREGORIAN,
    HIJRI,
    JALALI,
    JULIAN,
    DateError,
    DayRange,
    PartialDate,
    days_of,
    edtf_day,
    julian_civil,
)
from timeline_gen.dates.days import day_number
from timeline_gen.dates.phrases.resolve_relative import check_weekday
from timeline_gen.dates.phrases.resolve_single import resolve_single
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import say

TOLERANCE: Final = 2
"""How many days a Hijri date and that of another calendar may differ: months begin when the moon is seen."""
_RANKS: Final = {"": 0, GREGORIAN: 0, JULIAN: 1, JALALI: 2, HIJRI: 3}
"""Of two calendars that with the lower number leads."""
_NAMES: Final = {GREGORIAN: "Gregorian", JULIAN: "Julian", JALALI: say("Solar Hijri"), HIJRI: "Hijri"}
_REFORM: Final = day_number(1582, 10, 15)


def resolve_date(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* complete, in the calendar it is written in.

    A date in two calendars, which must agree, is in the leading calendar. Raises :class:`DateError`.
    """
    if date.twin is None:
        return resolve_single(date, context)
    main = replace(date, twin=None)
    following, leading = sorted((main, date.twin), key=lambda each: -_RANKS[each.calendar])
    # Both dates are of one day, so its weekday is checked when that day is found.
    weekday = leading.weekday if leading.weekday is not None else following.weekday
    leading = replace(
        leading,
        weekday=None,
        qualifier=main.qualifier,
        time=main.time,
        day_part=main.day_part,
        start=main.start,
    )
    following = replace(following, weekday=None)
    refused: DateError | None = None
    for candidate in _candidates(leading, following, context):
        try:
            done, other = _resolved(candidate, following, context)
        except DateError as error:
            refused = refused or error
            continue
        days = days_of(done, context.seasons)
        # After the reform a date is Julian only if its author says so.
        if candidate.calendar == JULIAN != leading.calendar and days.lo >= _REFORM:
            continue
        if _apart(days, other, following) <= 0:
            done = replace(done, weekday=weekday)
            check_weekday(done, context)
            return done
        refused = _differ(leading, following, other)
    raise refused or DateError(
        say("the two dates cannot be read"), say("leave one of them out"), leading.start
    )


def _candidates(
    leading: PartialDate, following: PartialDate, context: ReadingContext
) -> Iterator[PartialDate]:
    """Yield *leading* in the calendars that it may be of, the likeliest first."""
    unsaid = leading.calendar in ("", GREGORIAN) and not context.calendar
    if unsaid and (leading.month or leading.numeric) and following.calendar in (HIJRI, JALALI):
        yield replace(leading, calendar=JULIAN)
    yield leading if leading.calendar or context.calendar else replace(leading, calendar=GREGORIAN)


def _resolved(
    leading: PartialDate, following: PartialDate, context: ReadingContext
) -> tuple[PartialDate, DayRange]:
    """Return *leading* complete, and the days of *following*; each lends the other its year."""
    if not leading.year and following.year:
        days = days_of(resolve_single(following, context), context.seasons)
        leading = resolve_single(leading, replace(context, on=days.lo))
        return replace(leading, relative=False), days
    leading = resolve_single(leading, context)
    # Without its year the other date is the one nearest to this day, not to the article's.
    near = replace(context, on=days_of(leading, context.seasons).lo, calendar="")
    return leading, days_of(resolve_single(following, near), context.seasons)


def _apart(days: DayRange, other: DayRange, following: PartialDate) -> int:
    """Return how many days lie between the two beyond what they may differ; 0 or less if they agree."""
    allowed = TOLERANCE if following.calendar == HIJRI else 0
    return max(other.lo - days.hi, days.lo - other.hi) - allowed


def _differ(leading: PartialDate, following: PartialDate, other: DayRange) -> DateError:
    name, days = _NAMES.get(following.calendar, "other"), str(edtf_day(other.lo))
    if other.hi != other.lo:
        days = say("{days} to {hi}", days=days, hi=edtf_day(other.hi))
    elif other.lo < _REFORM:
        year, month, day = julian_civil(other.lo)
        days = say(
            "{days} ({year:04}-{month:02}-{day:02} in the Julian calendar)",
            days=days,
            year=year,
            month=month,
            day=day,
        )
    more = say("more than two days apart") if following.calendar == HIJRI else say("not the same day")
    return DateError(
        say(
            "the {name} and the {get} date are {more}",
            name=name,
            get=_NAMES.get(leading.calendar, "Gregorian"),
            more=more,
        ),
        say("the {name} date is {days}; correct one of them, or leave it out", name=name, days=days),
        leading.start,
        code="TG205",
    )
