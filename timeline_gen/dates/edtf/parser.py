"""The EDTF parser, strict where a typing mistake could pass for a date.

It refuses what the specification does not have and other parsers accept: ``19``, ``193``, spaces, a date
that the calendar does not have, an interval that ends before it begins. Exponents and the number of
digits are capped, because ``Y1E90080`` is well formed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from timeline_gen.dates.days import iso_day
from timeline_gen.dates.edtf.day_bounds import bounds, date_bound
from timeline_gen.dates.edtf.figures import hint_for
from timeline_gen.dates.edtf.nodes import Choice, Date, Edtf, EdtfError, Interval, Range, Set
from timeline_gen.messages import say
from timeline_gen.model.dates import Edge, Qualifier

MAX_EXPONENT: Final = 18
MAX_LENGTH: Final = 500

_QUALIFIERS: Final = {
    None: Qualifier.NONE,
    "": Qualifier.NONE,
    "?": Qualifier.UNCERTAIN,
    "~": Qualifier.APPROXIMATE,
    "%": Qualifier.UNCERTAIN | Qualifier.APPROXIMATE,
}
_SIGNS: Final = frozenset("?~%")

_DATE: Final = re.compile(
    r"""
    (?P<own_year>[?~%])?                                    # a sign before a component is its own
    (?: (?P<year>-?[0-9X]{4})                               # 2004, 20XX, -0043
      | Y(?P<long>-?[1-9](?: [0-9]{0,17}(?=E)               # Y-17E7; what comes of it can be
                           | [0-9]{0,35}(?![0-9E]) ))       # written out: Y170000002, Y-170000000
        (?:E(?P<exponent>[1-9][0-9]{0,5}))?
    )
    (?:S(?P<significant>[1-9][0-9]?))?                      # 1950S2
    (?P<to_year>[?~%])?                                     # a sign after a component: it and all before
    (?:
        -(?P<own_month>[?~%])?(?P<month>[0-9X]{2})(?P<to_month>[?~%])?
        (?: -(?P<own_day>[?~%])?(?P<day>[0-3X][0-9X])(?P<to_day>[?~%])? )?
    )?
    """,
    re.VERBOSE | re.ASCII,
)
_PLAIN: Final = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_TIME: Final = re.compile(
    r"""
    ([01]\d|2[0-3]) : [0-5]\d (?: : [0-5]\d )?              # 23:20 or 23:20:30
    (?: Z | [+-] (?:0\d|1[0-5]) (?: : [0-5]\d )? )?         # Z, -04, +04:30
    """,
    re.VERBOSE | re.ASCII,
)
_MONTH: Final = re.compile(r"0[1-9X]|1[0-2X]|X[0-9X]|2[1-9]|3\d|4[01]", re.ASCII)
_DAY: Final = re.compile(r"0[1-9X]|[12][0-9X]|3[01X]|X[0-9X]", re.ASCII)


def parse(text: str) -> Edtf:
    """Return the nodes of *text*, an EDTF string of level 0, 1 or 2; raise :class:`EdtfError`."""
    # A set of a million members is well formed, and would be sorted, worded and drawn.
    if len(text) > MAX_LENGTH:
        raise EdtfError(
            say("the date is longer than {max_length} characters", max_length=MAX_LENGTH),
            say("write a shorter date"),
        )
    # Nearly all dates are plain, and need not go through the full grammar.
    if match := _PLAIN.fullmatch(text):
        return _plain(text, *match.groups(default=""))
    if text[:1] in ("[", "{"):
        return _parse_set(text)
    if "/" in text:
        return _parse_interval(text)
    return _parse_date(text, 0, time=True)


def _plain(text: str, year: str, month: str, day: str) -> Date:
    """Return a plain date; a shortcut past the full grammar."""
    _refuse_negative_zero(year, 0)
    date = Date(year, month, day)
    if day:
        _check_day(date, text, 0)
    return date


def _parse_date(text: str, offset: int, *, time: bool = False) -> Date:
    """Return the date *text* at *offset*; a *time* of day may follow it."""
    day, _, clock = text.partition("T")
    match = _DATE.fullmatch(day)
    if match is None:
        raise _unreadable(text, offset)
    fields = match.groupdict()
    date = _build(fields, text, offset)
    # A T with nothing after it is refused, too.
    if clock or day != text:
        date = _with_time(date, clock, offset + len(day), allowed=time)
    _check_day(date, text, offset)
    return date


def _build(fields: dict[str, str | None], text: str, offset: int) -> Date:
    year, month, day = fields["year"] or fields["long"] or "", fields["month"] or "", fields["day"] or ""
    _check_year(fields, offset)
    if month and not _MONTH.fullmatch(month):
        raise EdtfError(
            say("there is no month {month}", month=month),
            say("months are 01 to 12; seasons and parts of a year are 21 to 41"),
            offset + text.find("-", 1) + 1,
        )
    if day and (not _DAY.fullmatch(day) or "20" < month < "42"):
        raise EdtfError(
            say("there is no day {day}", day=day) if month < "20" else say("a season has no days"), "", offset
        )
    return Date(
        year,
        month,
        day,
        *_qualifiers(fields, text, offset),
        int(fields["exponent"]) if fields["exponent"] else None,
        int(fields["significant"]) if fields["significant"] else None,
    )


def _check_year(fields: dict[str, str | None], offset: int) -> None:
    """Refuse years in a form that is reserved for other years."""
    year, long, exponent = fields["year"], fields["long"], fields["exponent"]
    _refuse_negative_zero(year or "", offset)
    # The bounds are written out as days: each step of the exponent is a digit more.
    if exponent and int(exponent) > MAX_EXPONENT:
        raise EdtfError(
            say(
                "the exponent {exponent} is beyond {max_exponent}",
                exponent=exponent,
                max_exponent=MAX_EXPONENT,
            ),
            say("exponents end at E{max_exponent}", max_exponent=MAX_EXPONENT),
            offset,
        )
    if long and not exponent and len(long.lstrip("-")) < 5:
        raise EdtfError(
            say("Y is written before years of five digits or more"), say("write {long}", long=long), offset
        )
    significant = fields["significant"]
    if not significant:
        return
    if "X" in (year or "") or fields["month"]:
        raise EdtfError(say("S is allowed only after a whole year"), say("write 1950S2 or 19XX"), offset)
    digits = len((year or long or "").lstrip("-").lstrip("0")) + int(exponent or 0)
    if int(significant) > digits:
        raise EdtfError(
            say("the year has fewer than {significant} digits", significant=significant),
            say("write 1950S2"),
            offset,
        )


def _refuse_negative_zero(year: str, offset: int) -> None:
    if year == "-0000":
        raise EdtfError(say("there is no year -0000"), say("write 0000 for 1 BCE"), offset)


def _qualifiers(
    fields: dict[str, str | None], text: str, offset: int
) -> tuple[Qualifier, Qualifier, Qualifier]:
    if _SIGNS.isdisjoint(text):
        return Qualifier.NONE, Qualifier.NONE, Qualifier.NONE
    for before, after in (("own_year", "to_year"), ("own_month", "to_month"), ("own_day", "to_day")):
        if fields[before] and fields[after]:
            raise EdtfError(
                say("{text} has signs on both sides of one component", text=text),
                say("write one sign: ? uncertain, ~ approximate, % both"),
                offset,
            )
    # A sign to the right of a component holds for all to its left, one to the left for itself only
    # (EDTF, level 2).
    to_day = _QUALIFIERS[fields["to_day"]]
    to_month = to_day | _QUALIFIERS[fields["to_month"]]
    to_year = to_month | _QUALIFIERS[fields["to_year"]]
    return (
        to_year | _QUALIFIERS[fields["own_year"]],
        to_month | _QUALIFIERS[fields["own_month"]] if fields["month"] else Qualifier.NONE,
        to_day | _QUALIFIERS[fields["own_day"]] if fields["day"] else Qualifier.NONE,
    )


def _with_time(date: Date, clock: str, offset: int, *, allowed: bool) -> Date:
    if not allowed:
        raise EdtfError(
            say("a time of day is allowed only after a single day"), say("leave the time out"), offset
        )
    if not date.day or not date.day.isdigit() or date.qualifier or "X" in date.year + date.month:
        raise EdtfError(say("a time of day needs a day that is known"), say("write 2021-12-06T18:07"), offset)
    if not _TIME.fullmatch(clock):
        hint = say("write 2021-12-06T18:07 or T18:07+03:00")
        if clock.startswith("24:00"):
            following = iso_day((date_bound(date).lo or 0) + 1)
            hint = say("write {following}T00:00, the beginning of the next day", following=following)
        raise EdtfError(say("there is no time of day “{clock}”", clock=clock), hint, offset)
    return replace(date, time=clock)


def _check_day(date: Date, text: str, offset: int) -> None:
    """Refuse a date that the calendar does not have: :func:`date_bound` finds no days for it."""
    try:
        date_bound(date)
    except EdtfError as error:
        raise EdtfError(
            say("there is no such day as {text}", text=text), error.hint, offset + error.offset
        ) from None


def _parse_interval(text: str) -> Interval:
    if text.count("/") > 1:
        raise EdtfError(
            say("an interval has two ends, this has more"),
            say("write START/END, or several dates as {1985,2000,2010}"),
            text.rfind("/"),
        )
    first, _, last = text.partition("/")
    start, end = _parse_end(first, 0), _parse_end(last, len(first) + 1)
    if not isinstance(start, Date) and not isinstance(end, Date):
        raise EdtfError(
            say("an interval needs one end that is known"), say('write "unknown" where nothing is')
        )
    interval = Interval(start, end)
    opening, closing = bounds(interval)
    if opening.lo is not None and closing.hi is not None and closing.hi < opening.lo:
        raise EdtfError(
            say("the interval ends before it begins: {last} lies before {first}", last=last, first=first),
            say("write {last}/{first}", last=last, first=first),
            len(first) + 1,
        )
    return interval


def _parse_end(text: str, offset: int) -> Date | Edge:
    if not text:
        return Edge.UNKNOWN
    return Edge.OPEN if text == ".." else _parse_date(text, offset)


def _parse_set(text: str) -> Set:
    choice = Choice.ONE if text[0] == "[" else Choice.ALL
    if text[-1] != choice.value[1]:
        raise EdtfError(
            say("the set is not closed by {bracket}", bracket=choice.value[1]),
            say("write [1667,1668] or {1960,1961}"),
            0,
        )
    members: list[Date | Range] = []
    offset = 1
    for item in text[1:-1].split(","):
        members.append(_parse_member(item, offset))
        offset += len(item) + 1
    _check_open_members(members)
    return Set(choice, tuple(members))


def _parse_member(item: str, offset: int) -> Date | Range:
    if " " in item:
        raise EdtfError(say("a set has no spaces between its members"), say("write [1667,1668]"), offset)
    first, dots, last = item.partition("..")
    if not dots:
        return _parse_date(item, offset)
    if not (first or last):
        raise EdtfError(say("a range in a set needs one end"), say("write 1984.. or ..1984"), offset)
    span = Range(
        _parse_date(first, offset) if first else None,
        _parse_date(last, offset + len(first) + 2) if last else None,
    )
    if span.first and span.last and _reversed(span.first, span.last):
        raise EdtfError(
            say("the range ends before it begins: {item}", item=item),
            say("write {last}..{first}", last=last, first=first),
            offset,
        )
    return span


def _reversed(first: Date, last: Date) -> bool:
    lo, hi = date_bound(first).lo, date_bound(last).hi
    return lo is not None and hi is not None and hi < lo


def _check_open_members(members: list[Date | Range]) -> None:
    """Refuse "or earlier" anywhere but first, "or later" anywhere but last (clause 7.2)."""
    for index, member in enumerate(members):
        if not isinstance(member, Range):
            continue
        if (member.first is None and index) or (member.last is None and index < len(members) - 1):
            raise EdtfError(
                say("{member} is allowed only at the edge of a set", member=member),
                say("write [..1984,1990] or [1984,1990..]"),
            )


def _unreadable(text: str, offset: int) -> EdtfError:
    message = say("“{text}” is not a date", text=text) if text else say("the date is empty")
    return EdtfError(message, hint_for(text), offset)
