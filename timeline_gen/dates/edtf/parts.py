"""Early, mid and late, first and second half: the sets that express a part of a month, year or century.

EDTF cannot express "early 2020"; the set of its months, ``[2020-01..2020-04]``, means the same.
Thirds of a year are four months; of a month the days 1-10, 11-20, 21-end; of a decade the years 0-3, 4-6,
7-9; of a century 0-33, 34-66, 67-99, and its quarters 0-24, 25-49, 50-74, 75-99. Halves and quarters of a
year are EDTF's own codes.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import Final

from timeline_gen.dates.days import month_length
from timeline_gen.dates.edtf.nodes import Choice, Date, Range, Set
from timeline_gen.model.dates import Qualifier


class PeriodPart(Enum):
    """A third or a half of a month, a year, a decade or a century, or a quarter of a century."""

    EARLY = "early"
    MID = "mid"
    LATE = "late"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"
    FIRST_QUARTER = "first_quarter"
    SECOND_QUARTER = "second_quarter"
    THIRD_QUARTER = "third_quarter"
    FOURTH_QUARTER = "fourth_quarter"


_PARTS: Final = tuple(PeriodPart)
THIRDS: Final = _PARTS[:3]
HALVES: Final = _PARTS[3:5]
QUARTERS: Final = _PARTS[5:]


_MONTHS: Final = {
    PeriodPart.EARLY: ("01", "04"),
    PeriodPart.MID: ("05", "08"),
    PeriodPart.LATE: ("09", "12"),
    PeriodPart.FIRST_HALF: ("01", "06"),
    PeriodPart.SECOND_HALF: ("07", "12"),
}
_DAYS: Final = {
    PeriodPart.EARLY: ("01", "10"),
    PeriodPart.MID: ("11", "20"),
    PeriodPart.LATE: ("21", ""),
    PeriodPart.FIRST_HALF: ("01", "15"),
    PeriodPart.SECOND_HALF: ("16", ""),
}
_YEARS: Final = {
    1: {
        PeriodPart.EARLY: ("0", "3"),
        PeriodPart.MID: ("4", "6"),
        PeriodPart.LATE: ("7", "9"),
        PeriodPart.FIRST_HALF: ("0", "4"),
        PeriodPart.SECOND_HALF: ("5", "9"),
    },
    2: {
        PeriodPart.EARLY: ("00", "33"),
        PeriodPart.MID: ("34", "66"),
        PeriodPart.LATE: ("67", "99"),
        PeriodPart.FIRST_HALF: ("00", "49"),
        PeriodPart.SECOND_HALF: ("50", "99"),
        PeriodPart.FIRST_QUARTER: ("00", "24"),
        PeriodPart.SECOND_QUARTER: ("25", "49"),
        PeriodPart.THIRD_QUARTER: ("50", "74"),
        PeriodPart.FOURTH_QUARTER: ("75", "99"),
    },
}
_HALF_YEARS: Final = {PeriodPart.FIRST_HALF: "40", PeriodPart.SECOND_HALF: "41"}
_THIRD_YEARS: Final = {PeriodPart.EARLY: "37", PeriodPart.MID: "38", PeriodPart.LATE: "39"}


def part_set(part: PeriodPart, whole: Date) -> Date | Set | None:
    """Return *part* of *whole*, a year, month, decade or century; None where it has no such part.

    Half a year is a date of its own (``2018-41``), everything else a set.
    """
    if whole.day or whole.grouping or "X" in whole.month or whole.significant:
        return None
    if whole.month:
        return _days_of(part, whole)
    if (unknown := whole.year.count("X")) == 0:
        return _months_of(part, whole)
    if unknown > 2 or not whole.year.endswith("X" * unknown) or part not in _YEARS[unknown]:
        return None
    return _years_of(part, whole, unknown)


def part_date(part: PeriodPart, year: Date) -> Date | None:
    """Return *part* of a *year* as one date, as an interval needs it: ``2020-37`` for early 2020."""
    code = (_HALF_YEARS | _THIRD_YEARS).get(part)
    if code is None or year.month or "X" in year.year:
        return None
    return replace(year, month=code, month_qualifier=year.year_qualifier)


@lru_cache(maxsize=4096)
def part_of(ast: Set) -> tuple[PeriodPart, Date] | None:
    """Return the part that the set *ast* expresses, and of what date, or None: inverts :func:`part_set`."""
    if ast.choice is not Choice.ONE or len(ast.members) != 1 or not isinstance(ast.members[0], Range):
        return None
    first, last = ast.members[0].first, ast.members[0].last
    if first is None or last is None:
        return None
    # Parts are made and compared, so that this cannot disagree with part_set().
    return next(
        (
            (part, whole)
            for whole in _wholes(first, last)
            for part in PeriodPart
            if part_set(part, whole) == ast
        ),
        None,
    )


def _wholes(first: Date, last: Date) -> tuple[Date, ...]:
    """Return what a range from *first* to *last* may be a part of."""
    if first.day:
        return (replace(first, day="", day_qualifier=Qualifier.NONE),) if first.month == last.month else ()
    if first.month:
        return (replace(first, month="", month_qualifier=Qualifier.NONE),) if first.year == last.year else ()
    # The decade and the century of the first year: the last year decides which of them it is.
    return tuple(replace(first, year=first.year[:-count] + "X" * count) for count in (1, 2))


def _range(first: Date, last: Date) -> Set:
    return Set(Choice.ONE, (Range(first, last),))


def _days_of(part: PeriodPart, whole: Date) -> Set | None:
    if (year := whole.known_year) is None or part not in _DAYS:
        return None
    first, last = _DAYS[part]
    last = last or str(month_length(year, int(whole.month)))
    qualifier = whole.month_qualifier
    return _range(
        replace(whole, day=first, day_qualifier=qualifier), replace(whole, day=last, day_qualifier=qualifier)
    )


def _months_of(part: PeriodPart, whole: Date) -> Date | Set | None:
    qualifier = whole.year_qualifier
    if code := _HALF_YEARS.get(part):
        return replace(whole, month=code, month_qualifier=qualifier)
    if part not in _MONTHS:
        return None
    first, last = (replace(whole, month=month, month_qualifier=qualifier) for month in _MONTHS[part])
    return _range(first, last)


def _years_of(part: PeriodPart, whole: Date, unknown: int) -> Set:
    stem = whole.year[:-unknown]
    digits: tuple[str, ...] = _YEARS[unknown][part]
    if stem.startswith("-"):
        # Before 1 BCE the digits run backwards: the century 500-401 BCE is -0499 to -0400.
        top = 10**unknown - 1
        digits = tuple(f"{top - int(text):0{unknown}}" for text in digits)
    first, last = (replace(whole, year=_unsigned_zero(stem + text)) for text in digits)
    return _range(first, last)


def _unsigned_zero(year: str) -> str:
    return "0000" if year == "-0000" else year
