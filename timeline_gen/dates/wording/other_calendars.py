"""Dates in the calendar that their author used, and the second calendar in brackets.

EDTF is Gregorian; readers see "2 October 1187 O.S." and "27 Rajab 583 AH (9 October 1187)" as their author
wrote them. With a second calendar, certain days have the Hijri day in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from timeline_gen.dates.calendars import (
    LAST_YEAR,
    HijriDay,
    hijri_civil,
    julian_civil,
    julian_month_length,
)
from timeline_gen.dates.days import day_number, parse_iso_day
from timeline_gen.dates.edtf import Date, Edtf, Interval, Range, Set
from timeline_gen.dates.wording.patterns import Style, parts
from timeline_gen.dates.wording.single_dates import html_date
from timeline_gen.model.dates import Piece, Qualifier

HIJRI = frozenset({"hijri", "hijri-tabular"})


def in_julian(ast: Edtf) -> tuple[Edtf, Mapping[str, str]]:
    """Return *ast* with its days in the Julian calendar, and ``<time datetime>`` of each.

    Years are unchanged; the days of a whole Julian month become that month.
    """
    days: dict[str, str] = {}
    if isinstance(ast, Date):
        return _julian(ast, days), days
    if isinstance(ast, Interval):
        start, end = (
            _julian(member, days) if isinstance(member, Date) else member for member in (ast.start, ast.end)
        )
        if isinstance(start, Date) and isinstance(end, Date) and _is_month(start, end):
            return replace(start, day="", day_qualifier=Qualifier.NONE), {}
        return Interval(start, end), days
    members = tuple(
        _julian(member, days)
        if isinstance(member, Date)
        else Range(member.first and _julian(member.first, days), member.last and _julian(member.last, days))
        for member in ast.members
    )
    return Set(ast.choice, members), days


def _julian(date: Date, days: dict[str, str]) -> Date:
    if not date.day.isdigit() or not date.month.isdigit() or date.known_year is None:
        return date
    number = day_number(date.known_year, int(date.month), int(date.day))
    julian = Date.of(*julian_civil(number))
    julian = replace(date, year=julian.year, month=julian.month, day=julian.day)
    days[html_date(julian)] = html_date(date)
    return julian


def _is_month(start: Date, end: Date) -> bool:
    """Return whether the Julian days *start* and *end* are the first and the last of one month."""
    same = (start.year, start.month) == (end.year, end.month) and start.day == "01"
    return same and int(end.day or 0) == julian_month_length(int(start.year), int(start.month))


def old_style(pieces: Sequence[Piece], days: Mapping[str, str], style: Style) -> tuple[Piece, ...]:
    """Return *pieces*, worded in the Julian calendar, with the Gregorian *days* for HTML and their mark."""
    known = [replace(piece, datetime=_gregorian(piece.datetime, days)) for piece in pieces]
    return around(style.patterns["old_style"], known)


def _gregorian(html: str, days: Mapping[str, str]) -> str:
    day, mark, clock = html.partition("T")
    return f"{days[day]}{mark}{clock}" if day in days else ""


def hijri_first(hijri: Sequence[Piece], pieces: Sequence[Piece], style: Style) -> tuple[Piece, ...]:
    """Return *pieces* in brackets after *hijri*, the same date in the calendar that its author used."""
    filled: list[Piece] = []
    for literal, field in parts(style.patterns["hijri_first"]):
        if literal:
            filled.append(Piece(literal, second=True))
        if field == "other":
            # HTML has Gregorian dates only.
            filled += (replace(piece, datetime="") for piece in hijri)
        elif field:
            filled += (replace(piece, second=True) for piece in pieces)
    return tuple(filled)


def around(pattern: str, pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return *pieces* where *pattern* has ``{date}``."""
    filled: list[Piece] = []
    for literal, field in parts(pattern):
        if literal:
            filled.append(Piece(literal))
        if field:
            filled += pieces
    return tuple(filled)


def with_hijri(pieces: Sequence[Piece], style: Style) -> tuple[Piece, ...]:
    """Return *pieces* with the Hijri day in brackets after each that is a known day."""
    days = [_hijri_day(piece.datetime) for piece in pieces]
    both: list[Piece] = []
    for index, (piece, day) in enumerate(zip(pieces, days, strict=True)):
        if day is None:
            both.append(piece)
            continue
        # The year is written once, at the last of the days that share it.
        later = next((other for other in days[index + 1 :] if other), None)
        both += _with_second(
            piece, _text(day, style, short=later is not None and later.year == day.year), style
        )
    return tuple(both)


def _hijri_day(date: str) -> HijriDay | None:
    """Return the Hijri day of *date*, if that is an ISO day from 1 AH to the end of the published tables."""
    iso, _, _ = date.partition("T")
    if iso.count("-") < 2:
        return None
    day = hijri_civil(parse_iso_day(iso))
    return day if 0 < day.year <= LAST_YEAR else None


def _text(day: HijriDay, style: Style, *, short: bool) -> str:
    patterns = style.patterns
    name = "hijri_start" if short else "hijri"
    text = patterns[name].format(d=day.day, m=style.hijri_months[day.month - 1], y=day.year)
    return patterns["circa_hijri"].format(other=text) if day.approximate else text


def _with_second(piece: Piece, other: str, style: Style) -> list[Piece]:
    fields = {"date": piece, "other": Piece(other, end=True, second=True)}
    both: list[Piece] = []
    for literal, field in parts(style.patterns["beside"]):
        if literal:
            both.append(Piece(literal, second=True))
        if field:
            both.append(fields[field])
    return both
