"""The days that an EDTF date may mean, and its precision.

EDTF does not define the months of seasons 21 to 24: *seasons* is their hemisphere.
A winter that spans two years belongs to the year in which it begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from operator import or_
from typing import Final

from timeline_gen.dates.days import civil, day_number, month_length
from timeline_gen.dates.edtf.nodes import Choice, Date, Edtf, EdtfError, Interval, Range, Set
from timeline_gen.dates.edtf.parts import part_of
from timeline_gen.messages import say
from timeline_gen.model.dates import Bound, Edge, Precision, Qualifier

# ISO 8601-2, 4.8: 21 to 24 are seasons of no hemisphere, 25 to 28 of the northern, 29 to 32 of the
# southern; 33 to 36 quarters, 37 to 39 thirds, 40 and 41 halves of a year.
_NORTH: Final = ((3, 3), (6, 3), (9, 3), (12, 3))
_SOUTH: Final = ((9, 3), (12, 3), (3, 3), (6, 3))
_PARTS: Final = ((1, 3), (4, 3), (7, 3), (10, 3), (1, 4), (5, 4), (9, 4), (1, 6), (7, 6))
_GROUPINGS: Final = {
    "north": (*_NORTH, *_NORTH, *_SOUTH, *_PARTS),
    "south": (*_SOUTH, *_NORTH, *_SOUTH, *_PARTS),
}
"""First month and number of months of the codes 21 to 41."""

_MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))
_DAYS: Final = tuple(f"{day:02}" for day in range(1, 32))
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WIDTHS: Final = (
    (1, Precision.YEAR),
    (10, Precision.DECADE),
    (100, Precision.CENTURY),
    (1000, Precision.MILLENNIUM),
)
OPEN: Final = Bound(None, None, Edge.OPEN, Precision.ANY)
UNKNOWN: Final = Bound(None, None, Edge.UNKNOWN, Precision.ANY)


def bounds(ast: Edtf, *, seasons: str = "north") -> tuple[Bound, Bound]:
    """Return the bounds of *ast*'s start and end; of a date, and of one-of sets, both are the same.

    A one-of set that begins or ends with ``..`` has a bound with one day missing and an open edge.
    Raises :class:`EdtfError` where no day of the calendar fits.
    """
    if isinstance(ast, Date):
        bound = date_bound(ast, seasons)
        return bound, bound
    if isinstance(ast, Interval):
        return _end_bound(ast.start, seasons), _end_bound(ast.end, seasons)
    if ast.choice is Choice.ONE:
        bound = _one_of(ast, seasons)
        return bound, bound
    return _all_of(ast, seasons)


@lru_cache(maxsize=8192)
def date_bound(date: Date, seasons: str = "north") -> Bound:
    """Return the first and last day that *date* may mean, with its precision and qualifier.

    Cached, since reading and wording a phrase need the same date several times.
    """
    years = year_range(date)
    lo, hi = _days(date, years, seasons)
    return Bound(lo, hi, Edge.KNOWN, _precision(date, years), date.qualifier)


def year_range(date: Date) -> tuple[int, int]:
    """Return the first and last year that *date* may mean."""
    text = date.year
    if "X" in text:
        first, last = int(text.replace("X", "0")), int(text.replace("X", "9"))
        # Before the year 1 the larger figures are the earlier years: -04XX begins with -0499.
        return (last, first) if text[0] == "-" else (first, last)
    year = int(text)
    if date.exponent:
        year *= 10**date.exponent
    if date.significant is None:
        return year, year
    # 1950S2: the first two digits are certain, so the year is one of 1900 to 1999.
    unit = 10 ** (len(str(abs(year))) - date.significant)
    first = abs(year) // unit * unit
    return (first, first + unit - 1) if year >= 0 else (-first - unit + 1, -first)


def neighbour(date: Date, step: int) -> Date | None:
    """Return the day, month, year, decade … that is *step* units from *date*; None if it has no name.

    Decades and wider periods have neighbours in the common era only.
    """
    year, qualifier = date.known_year, date.year_qualifier
    if year is None:
        stem = date.year.rstrip("X")
        if date.month or not stem.isdigit() or int(stem) + step < 0:
            return None
        return replace(date, year=f"{int(stem) + step:0{len(stem)}}{date.year[len(stem) :]}")
    if date.grouping or date.significant or "X" in date.month + date.day:
        return None
    if date.day:
        return Date.of(*civil(day_number(year, int(date.month), int(date.day)) + step), qualifier)
    if date.month:
        years, month = divmod(year * 12 + int(date.month) - 1 + step, 12)
        return Date.of(years, month + 1, qualifier=qualifier)
    return Date.of(year + step, qualifier=qualifier)


def range_bound(span: Range, seasons: str = "north") -> Bound:
    """Return the days that a range of a set covers; an end it lacks is None, and the edge open."""
    lo = date_bound(span.first, seasons).lo if span.first else None
    hi = date_bound(span.last, seasons).hi if span.last else None
    qualifier = _of(span.first) | _of(span.last)
    edge = Edge.KNOWN if lo is not None and hi is not None else Edge.OPEN
    return Bound(lo, hi, edge, holding_unit(lo, hi), qualifier)


def holding_unit(lo: int | None, hi: int | None) -> Precision:
    """Return the smallest unit of the calendar that holds all days from *lo* to *hi*."""
    if lo is None or hi is None:
        return Precision.ANY
    if lo == hi:
        return Precision.DAY
    first, last = civil(lo), civil(hi)
    if first[:2] == last[:2]:
        return Precision.MONTH
    # Before 1 BCE a decade or century is that of its figures: -04XX is -0499 to -0400, -00XX ends with 0000.
    start, end = (first[0], last[0]) if first[0] >= 0 else (-last[0], -first[0])
    return next((unit for size, unit in _WIDTHS if start // size == end // size), Precision.ANY)


def _of(date: Date | None) -> Qualifier:
    return date.qualifier if date else Qualifier.NONE


def _end_bound(end: Date | Edge, seasons: str) -> Bound:
    if isinstance(end, Date):
        return date_bound(end, seasons)
    return OPEN if end is Edge.OPEN else UNKNOWN


def _member_bound(member: Date | Range, seasons: str) -> Bound:
    return date_bound(member, seasons) if isinstance(member, Date) else range_bound(member, seasons)


def _one_of(ast: Set, seasons: str) -> Bound:
    members = [_member_bound(member, seasons) for member in ast.members]
    los = [member.lo for member in members if member.lo is not None]
    his = [member.hi for member in members if member.hi is not None]
    # A member without an end makes the whole set open on that side, however late the others begin.
    lo = min(los) if len(los) == len(members) else None
    hi = max(his) if len(his) == len(members) else None
    edge = Edge.KNOWN if lo is not None and hi is not None else Edge.OPEN
    qualifier = reduce(or_, (member.qualifier for member in members))
    return Bound(lo, hi, edge, _set_precision(ast, members, lo, hi), qualifier)


def _set_precision(ast: Set, members: Sequence[Bound], lo: int | None, hi: int | None) -> Precision:
    # A part of a decade or century has no precision of its own: it counts as the unit that holds it.
    if part_of(ast) is not None and (unit := holding_unit(lo, hi)) <= Precision.YEAR:
        return Precision.PART if unit is not Precision.DAY else unit
    coarsest = max(member.precision for member in members)
    return max(coarsest, holding_unit(lo, hi))


def _all_of(ast: Set, seasons: str) -> tuple[Bound, Bound]:
    """Return the bounds of the first and the last member of an all-of set."""
    ends = [_range_ends(member, seasons) for member in ast.members]
    starts = [start for start, _ in ends]
    lasts = [last for _, last in ends]
    # An open end reaches further than every day.
    first = next((b for b in starts if b.lo is None), None) or min(starts, key=lambda b: b.lo or 0)
    last = next((b for b in lasts if b.hi is None), None) or max(lasts, key=lambda b: b.hi or 0)
    return first, last


def _range_ends(member: Date | Range, seasons: str) -> tuple[Bound, Bound]:
    if isinstance(member, Date):
        bound = date_bound(member, seasons)
        return bound, bound
    first = date_bound(member.first, seasons) if member.first else OPEN
    last = date_bound(member.last, seasons) if member.last else OPEN
    return first, last


def _days(date: Date, years: tuple[int, int], seasons: str) -> tuple[int, int]:
    first, last = years
    month, day = date.month, date.day
    if not month:
        return day_number(first), day_number(last, 12, 31)
    # 156X-12-25 names a day in each of ten years, so that its bounds are looked for day by day.
    if "X" in month or "X" in day or (first != last and day):
        return _masked_days(date, years)
    number = int(month)
    if number > 20:
        start, count = _GROUPINGS[seasons][number - 21]
        end = start + count - 1
        # A winter ends in the year after the one that names it.
        last, end = (last + 1, end - 12) if end > 12 else (last, end)
        return day_number(first, start), day_number(last, end, month_length(last, end))
    if not day:
        return day_number(first, number), day_number(last, number, month_length(last, number))
    if int(day) > month_length(first, number):
        raise _no_such_day(date)
    lo = day_number(first, number, int(day))
    return lo, lo


def _masked_days(date: Date, years: tuple[int, int]) -> tuple[int, int]:
    lo = next(_matching_days(date, years, 1), None)
    hi = next(_matching_days(date, years, -1), None)
    if lo is None or hi is None:
        raise _no_such_day(date)
    return lo, hi


def _matching_days(date: Date, years: tuple[int, int], step: int) -> Iterator[int]:
    """Yield the edges of what fits the digits of *date*: first days forwards, last days backwards."""
    months = [index for index, text in enumerate(_MONTHS, 1) if _fits(text, date.month)][::step]
    # By length of the month, so that the thousands of years of XXXX-02-30 are cheap to refuse.
    days = [
        [day for day, text in enumerate(_DAYS[:length], 1) if _fits(text, date.day or "XX")][::step]
        for length in range(32)
    ]
    if not any(days[_LONGEST[month - 1]] for month in months):
        return
    masked, digits = "X" in date.year, date.year.lstrip("-")
    for year in range(years[0], years[1] + 1)[::step]:
        if masked and not _fits(f"{abs(year):04}", digits):
            continue
        for month in months:
            for day in days[month_length(year, month)]:
                yield day_number(year, month, day)


def _fits(text: str, mask: str) -> bool:
    return all(expected in ("X", letter) for letter, expected in zip(text, mask, strict=True))


def _precision(date: Date, years: tuple[int, int]) -> Precision:
    if years[0] != years[1]:
        width = years[1] - years[0] + 1
        return next((unit for size, unit in _WIDTHS if width <= size), Precision.ANY)
    if not date.month or date.month == "XX":
        return Precision.YEAR
    if "X" in date.month:
        return Precision.PART if not date.day else Precision.YEAR
    if code := date.grouping:
        return Precision.SEASON if code < 33 else Precision.QUARTER if code < 37 else Precision.PART
    if not date.day or date.day == "XX":
        return Precision.MONTH
    return Precision.PART if "X" in date.day else Precision.DAY


def _no_such_day(date: Date) -> EdtfError:
    return EdtfError(
        say("there is no such day in the calendar as {date}", date=date),
        hint=say("write a day that exists, or leave the day out: 2015-02"),
        offset=len(date.year) + 1,
    )
