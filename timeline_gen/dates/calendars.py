"""From a date in its own calendar, Gregorian, Julian or Hijri, to days and to EDTF, which is Gregorian.

A Hijri or Julian month has no Gregorian name; it becomes the interval of its days. A Julian year stays a
year: nobody means 14 January 1917 by "1917".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from timeline_gen.dates.bounds import bounds
from timeline_gen.dates.days import (
    civil,
    julian_civil,
    julian_day_number,
    julian_month_length,
    month_length,
)
from timeline_gen.dates.edtf_ast import Choice, Date, EdtfError, Interval, Range, Set, write
from timeline_gen.dates.hijri import FIRST_YEAR, LAST_YEAR, hijri_civil, hijri_day_number, hijri_month_length
from timeline_gen.dates.loose import HIJRI, JULIAN, Loose
from timeline_gen.dates.parts import Part, part_date, part_set
from timeline_gen.dates.problems import DateError
from timeline_gen.model import Qualifier

_WIDEST_YEAR: Final = 10**12
_THIRDS: Final = {
    Part.EARLY: (0, 1, 3),
    Part.MID: (1, 2, 3),
    Part.LATE: (2, 3, 3),
    Part.FIRST_HALF: (0, 1, 2),
    Part.SECOND_HALF: (1, 2, 2),
    Part.FIRST_QUARTER: (0, 1, 4),
    Part.SECOND_QUARTER: (1, 2, 4),
    Part.THIRD_QUARTER: (2, 3, 4),
    Part.FOURTH_QUARTER: (3, 4, 4),
}
"""Of how many pieces from which to which: the first of three, the second of two."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days that one date covers."""

    lo: int
    hi: int
    approximate: bool = False
    """Whether they come from the tabular Hijri calendar."""


Node: TypeAlias = Date | Interval | Set


def is_foreign(date: Loose) -> bool:
    """Return whether EDTF cannot say *date* in the calendar it was written in."""
    if date.calendar == JULIAN:
        return 1 <= date.month <= 12 and date.year.lstrip("-").isdigit()
    return date.calendar == HIJRI


def days_of(date: Loose, seasons: str) -> Days:
    """Return the days of *date*, whose year is known; raise :class:`DateError` where there are none."""
    if not is_foreign(date):
        start, end = _bounds_of(date, seasons)
        return Days(start, end)
    return _hijri_days(date) if date.calendar == HIJRI else _julian_days(date)


def to_edtf(date: Loose, seasons: str) -> Node:
    """Return *date*, whose year is known, as EDTF; raise :class:`DateError` where EDTF has no such date."""
    if not is_foreign(date):
        return _gregorian(date)
    days = days_of(date, seasons)
    qualifier = _qualifier(date, days)
    first, last = (edtf_day(number, qualifier) for number in (days.lo, days.hi))
    if days.lo == days.hi:
        return first if qualifier else Date(first.year, first.month, first.day, time=date.time)
    if date.part or date.masked:
        return Set(Choice.ONE, (Range(first, last),))
    return Interval(first, last)


def to_end(date: Loose, seasons: str, *, last: bool) -> Date:
    """Return *date* as the start of an interval, or as its *last* end."""
    if date.part and not is_foreign(date):
        whole = part_date(date.part, _whole(date))
        if whole is None:
            raise DateError(
                "EDTF has no span that begins or ends with a part of a month, a decade or a century",
                f"write a day, a month or a year there, or {write(_whole(date))} in EDTF; "
                "date_text: can say it in words",
                date.start,
            )
        return whole
    if not is_foreign(date):
        return _whole(date)
    days = days_of(date, seasons)
    return edtf_day(days.hi if last else days.lo, _qualifier(date, days))


def edtf_day(number: int, qualifier: Qualifier = Qualifier.NONE) -> Date:
    """Return a day *number* as EDTF, with *qualifier* on all of it."""
    year, month, day = civil(number)
    return Date(edtf_year(year), f"{month:02}", f"{day:02}", qualifier, qualifier, qualifier)


def edtf_year(year: int) -> str:
    """Return a *year* as EDTF nouns hold it."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


def year_of_day(number: int, calendar: str) -> int:
    """Return the year of a day *number* in *calendar*."""
    if calendar == HIJRI:
        return hijri_civil(number).year
    return julian_civil(number)[0] if calendar == JULIAN else civil(number)[0]


def month_lengths(date: Loose) -> int:
    """Return how many days the month of *date* has in its calendar and year."""
    year = int(date.year)
    if date.month > 12:
        return 0 if date.day else 31
    if date.calendar == HIJRI:
        return hijri_month_length(year, date.month)
    return (julian_month_length if date.calendar == JULIAN else month_length)(year, date.month)


def calendar_name(date: Loose) -> str:
    """Return what :attr:`When.calendar` says of *date*."""
    if date.calendar == HIJRI:
        years = date.year.replace("X", "0"), date.year.replace("X", "9")
        known = int(years[0]) >= FIRST_YEAR and int(years[1]) <= LAST_YEAR
        return "hijri" if known else "hijri-tabular"
    return JULIAN if date.calendar == JULIAN else "gregorian"


def _qualifier(date: Loose, days: Days) -> Qualifier:
    return date.qualifier | (Qualifier.APPROXIMATE if days.approximate else Qualifier.NONE)


def _bounds_of(date: Loose, seasons: str) -> tuple[int, int]:
    node = _gregorian(date)
    try:
        start, end = bounds(node, seasons=seasons)
    except EdtfError as error:
        raise DateError(error.message, error.hint, date.start, code="TG202") from None
    return start.lo or 0, end.hi or 0


def _whole(date: Loose) -> Date:
    own = date.qualifier
    month = f"{date.month:02}" if date.month else "XX" if date.masked else ""
    day = f"{date.day:02}" if date.day else "XX" if date.masked == "day" else ""
    none = Qualifier.NONE
    # EDTF has no doubtful date with a time; the time stays beside it.
    time = "" if own else date.time
    return Date(date.year, month, day, own, own if month else none, own if day else none, time=time)


def _gregorian(date: Loose) -> Date | Set:
    if date.year.lstrip("-").isdigit() and abs(int(date.year)) > _WIDEST_YEAR:
        raise DateError("the year is beyond all counting", "", date.start)
    whole = _whole(date)
    if not date.part:
        return whole
    node = part_set(date.part, whole)
    if node is None:
        raise DateError("this has no such part", "write 2020-01/2020-04", date.start)
    return node


def _hijri_days(date: Loose) -> Days:
    first, last = int(date.year.replace("X", "0")), int(date.year.replace("X", "9"))
    if "X" in date.year:
        # The third century AH is 201 to 300, as its readers count.
        first, last = first + 1, last + 1
    if date.month > 12 or not -9999 < first <= last < 99_999:
        raise DateError("the Hijri calendar has no such date", "write the Gregorian date", date.start)
    try:
        lo, hi = _hijri_range(date, first, last)
    except ValueError:
        raise DateError(
            f"month {date.month} of {date.year} AH has no day {date.day}",
            "write a day that exists",
            date.start,
            code="TG202",
        ) from None
    return Days(lo, hi, approximate=not (first >= FIRST_YEAR and last <= LAST_YEAR))


def _hijri_range(date: Loose, first: int, last: int) -> tuple[int, int]:
    if date.day:
        lo = hijri_day_number(first, date.month, date.day)
        return lo, lo
    if date.month:
        length = hijri_month_length(first, date.month)
        start, end = _part_of_month(date.part, length)
        return hijri_day_number(first, date.month, start), hijri_day_number(first, date.month, end)
    if date.part and first == last:
        begin, until, pieces = _THIRDS[date.part]
        months = begin * 12 // pieces + 1, until * 12 // pieces
        end = hijri_month_length(first, months[1])
        return hijri_day_number(first, months[0], 1), hijri_day_number(first, months[1], end)
    if date.part:
        begin, until, pieces = _THIRDS[date.part]
        count = last - first + 1
        # As in a Gregorian century the first third has the odd year.
        first, last = first - -begin * count // pieces, first - -until * count // pieces - 1
    return hijri_day_number(first, 1, 1), hijri_day_number(last, 12, hijri_month_length(last, 12))


def _part_of_month(part: Part | None, length: int) -> tuple[int, int]:
    if part is None:
        return 1, length
    begin, until, pieces = _THIRDS[part]
    return begin * 30 // pieces + 1, min(until * 30 // pieces, length)


def _julian_days(date: Loose) -> Days:
    year = int(date.year)
    length = julian_month_length(year, date.month)
    if date.day > length:
        raise DateError(
            f"month {date.month} has no day {date.day}", "write a day that exists", date.start, code="TG202"
        )
    if date.day:
        lo = julian_day_number(year, date.month, date.day)
        return Days(lo, lo)
    start, end = _part_of_month(date.part, length)
    if date.part in (Part.LATE, Part.SECOND_HALF):
        end = length
    return Days(julian_day_number(year, date.month, start), julian_day_number(year, date.month, end))
