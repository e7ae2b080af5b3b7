"""A date that its author wrote in the Hijri calendar, as that date of the Hijri calendar.

EDTF is Gregorian: of "early 1438 AH" it has the days. Whole months, years and centuries of the Hijri calendar
are found again by their first and last days, so that they are worded like any other date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import HijriDay, hijri_civil, hijri_month_length
from timeline_gen.dates.days import day_number, month_length
from timeline_gen.dates.edtf import Date, Edtf, Interval, Range, Set
from timeline_gen.dates.wording.patterns import Style
from timeline_gen.model.dates import Qualifier

TABULAR: Final = "hijri-tabular"
_CENTURY: Final = 100
_LATE: Final = "21"
"""The day that the last third of a month begins with."""
_LAST_OF_SAFAR: Final = {("02", "28"), ("02", "29")}


def in_hijri(ast: Edtf, calendar: str, *, beyond: bool = False) -> Edtf | None:
    """Return the Hijri date whose days *ast* has; None where they are no whole unit that has a name.

    In the tabular *calendar* every day is approximate, whatever the author wrote: there none is shown so.
    *beyond* is as in :class:`~timeline_gen.model.dates.When`.
    """
    known = _unqualified(ast) if calendar == TABULAR else ast
    if isinstance(known, Date):
        return _unit(known, known)
    if isinstance(known, Interval):
        return _interval(known, beyond=beyond)
    members = [_member(member) for member in known.members]
    return Set(known.choice, tuple(filter(None, members))) if all(members) else None


def hijri_style(style: Style) -> Style:
    """Return *style* for dates of the Hijri calendar: its months, and its era with every year."""
    year, century = style.patterns["hijri_year"], style.patterns["hijri_century"]
    return replace(
        style,
        months=style.hijri_months,
        months_alone=style.hijri_months,
        after=year,
        century_after=century,
        crossing=True,
        second_calendar=False,
    )


def _unqualified(ast: Edtf) -> Edtf:
    if isinstance(ast, Date):
        return ast.qualified(Qualifier.NONE)
    if isinstance(ast, Interval):
        start, end = (
            edge.qualified(Qualifier.NONE) if isinstance(edge, Date) else edge
            for edge in (ast.start, ast.end)
        )
        return Interval(start, end)
    return Set(ast.choice, tuple(_member_unqualified(member) for member in ast.members))


def _member_unqualified(member: Date | Range) -> Date | Range:
    if isinstance(member, Date):
        return member.qualified(Qualifier.NONE)
    first, last = (edge and edge.qualified(Qualifier.NONE) for edge in (member.first, member.last))
    return Range(first, last)


def _interval(interval: Interval, *, beyond: bool) -> Edtf | None:
    start, end = interval.start, interval.end
    if isinstance(start, Date) and isinstance(end, Date):
        return _unit(start, end)
    first = _beginning(start) if isinstance(start, Date) else start
    last = _end(end) if isinstance(end, Date) else end
    if first is None or last is None:
        return None
    # The day after it is found as in the Gregorian calendar, whose second month may be shorter.
    if beyond and isinstance(last, Date) and (last.month, last.day) in _LAST_OF_SAFAR:
        return None
    return Interval(first, last)


def _member(member: Date | Range) -> Date | Range | None:
    if isinstance(member, Date):
        found = _unit(member, member)
        return found if isinstance(found, Date) else None
    if member.first is None or member.last is None:
        first = _beginning(member.first) if member.first else None
        last = _end(member.last) if member.last else None
        return Range(first, last) if first or last else None
    found = _unit(member.first, member.last)
    if isinstance(found, Date) or found is None:
        return found
    start, end = (edge for edge in (found.start, found.end) if isinstance(edge, Date))
    return Range(start, _last_as_ours(start, end))


def _last_as_ours(start: Date, end: Date) -> Date:
    """Return *end*; where it ends the month of *start*, with the last day that this month has with us.

    So the last third of a month is found to be that: its last day is not shown.
    """
    year, month = int(end.year), int(end.month or 0)
    late = start.day == _LATE and (start.year, start.month) == (end.year, end.month)
    if not late or int(end.day) != hijri_month_length(year, month):
        return end
    return replace(end, day=f"{month_length(year, month):02}")


def _unit(start: Date, end: Date) -> Date | Interval | None:
    """Return the unit that begins with the day *start* and ends with *end*, or the span of two units."""
    first, last = _hijri(start), _hijri(end)
    if first is None or last is None or start.qualifier is not end.qualifier:
        return None
    sure = start.qualifier
    if first == last:
        return Date.of(first.year, first.month, first.day, sure)
    if first.day != 1 or last.day != hijri_month_length(last.year, last.month):
        return _span(
            Date.of(first.year, first.month, first.day, sure), Date.of(last.year, last.month, last.day, sure)
        )
    if (first.month, last.month) != (1, 12):
        return _span(Date.of(first.year, first.month, 0, sure), Date.of(last.year, last.month, 0, sure))
    # The third century AH is the years 201 to 300; 02XX is worded as the third.
    if first.year % _CENTURY == 1 and last.year == first.year + _CENTURY - 1:
        return Date(f"{first.year // _CENTURY:02}XX").qualified(sure)
    return _span(Date.of(first.year, 0, 0, sure), Date.of(last.year, 0, 0, sure))


def _span(start: Date, end: Date) -> Date | Interval:
    return start if start == end else Interval(start, end)


def _beginning(start: Date) -> Date | None:
    """Return the year, month or day that begins with the day *start*."""
    day = _hijri(start)
    if day is None:
        return None
    month = 0 if (day.month, day.day) == (1, 1) else day.month
    return Date.of(day.year, month, 0 if day.day == 1 else day.day, start.qualifier)


def _end(end: Date) -> Date | None:
    """Return the year, month or day that ends with the day *end*."""
    day = _hijri(end)
    if day is None:
        return None
    whole = day.day == hijri_month_length(day.year, day.month)
    month = 0 if whole and day.month == 12 else day.month
    return Date.of(day.year, month, 0 if whole else day.day, end.qualifier)


def _hijri(date: Date) -> HijriDay | None:
    """Return the Hijri day of *date*; None where it is no known day."""
    if not (date.day.isdigit() and date.month.isdigit()) or date.known_year is None:
        return None
    day = hijri_civil(day_number(date.known_year, int(date.month), int(date.day)))
    return replace(day, approximate=False) if day.year > 0 else None
