"""From a date in its own calendar to days and to EDTF, which is Gregorian.

A Hijri, Jalali or Julian month has no Gregorian name; it becomes the interval of its days. A Julian year
stays a year: "1917" does not mean from 14 January 1917 on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from timeline_gen.dates.calendars.arithmetic import easter_day
from timeline_gen.dates.calendars.errors import DateError
from timeline_gen.dates.calendars.hijri import (
    FIRST_YEAR,
    LAST_YEAR,
    hijri_civil,
    hijri_day_number,
    hijri_month_length,
)
from timeline_gen.dates.calendars.jalali import jalali_day_number, jalali_month_length, jalali_year_of
from timeline_gen.dates.calendars.julian import julian_civil, julian_day_number, julian_month_length
from timeline_gen.dates.calendars.partial_dates import (
    GREGORIAN,
    HIJRI,
    JALALI,
    JULIAN,
    OWN_YEARS,
    Feast,
    PartialDate,
)
from timeline_gen.dates.days import civil, day_number, iso_day, month_length
from timeline_gen.dates.edtf import (
    Choice,
    Date,
    EdtfError,
    Interval,
    PeriodPart,
    Range,
    Set,
    bounds,
    part_date,
    part_set,
    write,
)
from timeline_gen.messages import listed, say
from timeline_gen.model.dates import Qualifier

_WIDEST_YEAR: Final = 10**12
_THIRDS: Final = {
    PeriodPart.EARLY: (0, 1, 3),
    PeriodPart.MID: (1, 2, 3),
    PeriodPart.LATE: (2, 3, 3),
    PeriodPart.FIRST_HALF: (0, 1, 2),
    PeriodPart.SECOND_HALF: (1, 2, 2),
    PeriodPart.FIRST_QUARTER: (0, 1, 4),
    PeriodPart.SECOND_QUARTER: (1, 2, 4),
    PeriodPart.THIRD_QUARTER: (2, 3, 4),
    PeriodPart.FOURTH_QUARTER: (3, 4, 4),
}
"""Each part as (begin, end, count): from piece *begin* to piece *end* of *count* equal pieces."""


_SEASONS: Final = range(21, 25)
_QUARTERS: Final = range(33, 37)
"""The EDTF codes of the seasons, spring first, and of the quarters."""


@dataclass(frozen=True, slots=True)
class _CountedCalendar:
    """A calendar that counts its own years."""

    name: str
    sign: str
    day_number: Callable[[int, int, int], int]
    month_length: Callable[[int, int], int]
    published: tuple[int, int] | None
    """The first and last year whose days are published; None where a rule gives them all."""


_CALENDARS: Final[Mapping[str, _CountedCalendar]] = {
    HIJRI: _CountedCalendar("Hijri", "AH", hijri_day_number, hijri_month_length, (FIRST_YEAR, LAST_YEAR)),
    JALALI: _CountedCalendar(say("Solar Hijri"), "SH", jalali_day_number, jalali_month_length, None),
}


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days that a date covers."""

    lo: int
    hi: int
    approximate: bool = False
    """Whether they come from the tabular Hijri calendar."""


Edtf: TypeAlias = Date | Interval | Set


def is_foreign(date: PartialDate) -> bool:
    """Return whether *date* must be converted, because its calendar is not that of EDTF."""
    if date.calendar == JULIAN:
        return 1 <= date.month <= 12 and date.year.lstrip("-").isdigit()
    return date.calendar in OWN_YEARS


def days_of(date: PartialDate, seasons: str) -> DayRange:
    """Return the days of *date*, whose year is known; raise :class:`DateError` where there are none."""
    if not is_foreign(date):
        start, end = _bounds_of(date, seasons)
        return DayRange(start, end)
    return _julian_days(date) if date.calendar == JULIAN else _counted_days(date)


def to_edtf(date: PartialDate, seasons: str) -> Edtf:
    """Return *date*, whose year is known, as EDTF; raise :class:`DateError` where EDTF has no such date."""
    if not is_foreign(date):
        return _gregorian(date)
    days = days_of(date, seasons)
    qualifier = _qualifier(date, days)
    first, last = (edtf_day(number, qualifier) for number in (days.lo, days.hi))
    if days.lo == days.hi:
        return first if qualifier else Date(first.year, first.month, first.day, time=date.time)
    # "Early Ramadan" and "a day in Ramadan" are one of these days, Ramadan itself is all of them.
    if date.part or date.masked:
        return Set(Choice.ONE, (Range(first, last),))
    return Interval(first, last)


def to_end(date: PartialDate, seasons: str, *, last: bool) -> Date:
    """Return *date* as the start of an interval, or as its *last* end."""
    if date.part and not is_foreign(date):
        whole = None if date.part_end else part_date(date.part, _whole(date))
        if whole is None:
            raise DateError(
                say("EDTF has no span that begins or ends with a part of a month, a decade or a century"),
                say(
                    "write a day, a month or a year there, or {date} in EDTF; date_text: can say it in words",
                    date=write(_whole(date)),
                ),
                date.start,
            )
        return whole
    if not is_foreign(date):
        return _whole(date)
    days = days_of(date, seasons)
    return edtf_day(days.hi if last else days.lo, _qualifier(date, days))


def edtf_day(number: int, qualifier: Qualifier = Qualifier.NONE) -> Date:
    """Return a day *number* as EDTF, with *qualifier* on all of it."""
    return Date.of(*civil(number), qualifier)


def edtf_year(year: int) -> str:
    """Return a *year* as the nodes of EDTF have it."""
    return Date.of(year).year


def year_of_day(number: int, calendar: str) -> int:
    """Return the year of a day *number* in *calendar*."""
    if calendar == HIJRI:
        return hijri_civil(number).year
    if calendar == JALALI:
        return jalali_year_of(number)
    return julian_civil(number)[0] if calendar == JULIAN else civil(number)[0]


def month_lengths(date: PartialDate) -> int:
    """Return how many days the month of *date* has in its calendar and year."""
    year = int(date.year)
    if date.month > 12:
        # A season has no days: with 0 every day that it is given is refused.
        return 0 if date.day else 31
    if (system := _CALENDARS.get(date.calendar)) is not None:
        try:
            return system.month_length(year, date.month)
        except ValueError:
            raise _beyond_rule(date, system) from None
    return (julian_month_length if date.calendar == JULIAN else month_length)(year, date.month)


def calendar_name(date: PartialDate) -> str:
    """Return the value of :attr:`When.calendar` for *date*."""
    if date.calendar == HIJRI:
        years = date.year.replace("X", "0"), date.year.replace("X", "9")
        known = int(years[0]) >= FIRST_YEAR and int(years[1]) <= LAST_YEAR
        return "hijri" if known else "hijri-tabular"
    return date.calendar if date.calendar in (JULIAN, JALALI) else GREGORIAN


def _qualifier(date: PartialDate, days: DayRange) -> Qualifier:
    return date.qualifier | (Qualifier.APPROXIMATE if days.approximate else Qualifier.NONE)


def _bounds_of(date: PartialDate, seasons: str) -> tuple[int, int]:
    node = _gregorian(date)
    try:
        start, end = bounds(node, seasons=seasons)
    except EdtfError as error:
        raise DateError(error.message, error.hint, date.start, code="TG202") from None
    return start.lo or 0, end.hi or 0


def _whole(date: PartialDate) -> Date:
    month = f"{date.month:02}" if date.month else "XX" if date.masked else ""
    day = f"{date.day:02}" if date.day else "XX" if date.masked == "day" else ""
    # EDTF has no qualified date with a time; the time is kept apart from it.
    if date.qualifier:
        return Date(date.year, month, day).qualified(date.qualifier)
    return Date(date.year, month, day, time=date.time)


def _gregorian(date: PartialDate) -> Date | Set:
    if date.year.lstrip("-").isdigit() and abs(int(date.year)) > _WIDEST_YEAR:
        raise DateError(say("the year is beyond all counting"), "", date.start)
    whole = _whole(date)
    if not date.part:
        return whole
    node = part_set(date.part, whole)
    if node is None:
        raise DateError(say("this has no such part"), say("write 2020-01/2020-04"), date.start)
    last = part_set(date.part_end, whole) if date.part_end else None
    return _joined(node, last) if isinstance(node, Set) and isinstance(last, Set) else node


def _joined(first: Set, last: Set) -> Set:
    """Return the parts from *first* to *last* as one set: "mid-to-late 1990s"."""
    begin, end = first.members[0], last.members[-1]
    return Set(Choice.ONE, (Range(_edge(begin, last=False), _edge(end, last=True)),))


def _edge(member: Date | Range, *, last: bool) -> Date | None:
    return member if isinstance(member, Date) else member.last if last else member.first


def _counted_days(date: PartialDate) -> DayRange:
    """Return the days of *date* in a calendar that counts its own years."""
    system = _CALENDARS[date.calendar]
    first, last = int(date.year.replace("X", "0")), int(date.year.replace("X", "9"))
    if date.year.endswith("XX"):
        # The third century AH is counted from 201 to 300.
        first, last = first + 1, last + 1
    if (date.month > 12 and not _own_quarter(date)) or not -9999 < first <= last < 99_999:
        raise _no_such_date(date, system)
    try:
        lo, hi = _own_range(date, first, last, system)
    except ValueError:
        if not date.day:
            raise _beyond_rule(date, system) from None
        raise DateError(
            say(
                "month {month} of {year} {sign} has no day {day}",
                month=date.month,
                year=date.year,
                sign=system.sign,
                day=date.day,
            ),
            say("write a day that exists"),
            date.start,
            code="TG202",
        ) from None
    published = system.published
    return DayRange(
        lo, hi, approximate=published is not None and not published[0] <= first <= last <= published[1]
    )


def _own_quarter(date: PartialDate) -> int:
    """Return which quarter of its year *date* is, 1 to 4; 0 if it is none.

    The four seasons of Iran are the quarters of its year; a lunar year has no seasons.
    """
    if date.calendar == JALALI and date.month in _SEASONS:
        return date.month - _SEASONS[0] + 1
    return date.month - _QUARTERS[0] + 1 if date.month in _QUARTERS else 0


def _no_such_date(date: PartialDate, system: _CountedCalendar) -> DateError:
    hint = say("write the Gregorian date")
    if date.calendar == HIJRI and date.month in _SEASONS:
        hint = say("write the season with the Gregorian year")
        if date.month == _SEASONS[0]:
            hint = say(
                "write the month, Rabi I (ربيع الأول) or Rabi II (ربيع الآخر), or the season with the "
                "Gregorian year"
            )
    return DateError(say("the {name} calendar has no such date", name=system.name), hint, date.start)


def _beyond_rule(date: PartialDate, system: _CountedCalendar) -> DateError:
    return DateError(
        say("the rule of the {name} calendar does not reach {year}", name=system.name, year=date.year),
        say("write the Gregorian date"),
        date.start,
        code="TG202",
    )


def _own_range(date: PartialDate, first: int, last: int, system: _CountedCalendar) -> tuple[int, int]:
    if date.day:
        lo = system.day_number(first, date.month, date.day)
        return lo, lo
    if quarter := _own_quarter(date):
        end = system.month_length(first, 3 * quarter)
        return system.day_number(first, 3 * quarter - 2, 1), system.day_number(first, 3 * quarter, end)
    if date.month:
        start, end = _part_of_month(date, system.month_length(first, date.month))
        return system.day_number(first, date.month, start), system.day_number(first, date.month, end)
    begin_month, end_month = 1, 12
    if pieces := _pieces(date):
        begin, until, count = pieces
        if first == last:
            begin_month, end_month = begin * 12 // count + 1, until * 12 // count
        else:
            years = last - first + 1
            # As in a Gregorian century the first third has the odd year.
            first, last = first - -begin * years // count, first - -until * years // count - 1
    end = system.month_length(last, end_month)
    return system.day_number(first, begin_month, 1), system.day_number(last, end_month, end)


def _pieces(date: PartialDate) -> tuple[int, int, int] | None:
    """Return the part of *date* as (begin, end, count), in the form of :data:`_THIRDS`."""
    if date.part is None:
        return None
    begin, until, count = _THIRDS[date.part]
    return begin, _THIRDS[date.part_end][1] if date.part_end else until, count


def _part_of_month(date: PartialDate, length: int) -> tuple[int, int]:
    if (pieces := _pieces(date)) is None:
        return 1, length
    # As if each month had 30 days: the same thirds and halves as in edtf/parts.py.
    begin, until, count = pieces
    return begin * 30 // count + 1, length if until == count else until * 30 // count


def _julian_days(date: PartialDate) -> DayRange:
    year = int(date.year)
    length = julian_month_length(year, date.month)
    if date.day > length:
        raise DateError(
            say("month {month} has no day {day}", month=date.month, day=date.day),
            say("write a day that exists"),
            date.start,
            code="TG202",
        )
    if date.day:
        lo = julian_day_number(year, date.month, date.day)
        return DayRange(lo, lo)
    start, end = _part_of_month(date, length)
    return DayRange(julian_day_number(year, date.month, start), julian_day_number(year, date.month, end))


# ---------------------------------------------------------------- feasts that move with Easter


def with_feast(date: PartialDate) -> PartialDate:
    """Return *date*, whose year is known, with the month and day of its feast; raise :class:`DateError`."""
    feast = date.feast
    if feast is None:
        return date
    # A Hijri year may hold Easter twice, or not at all.
    if not date.year.isdigit() or date.calendar not in ("", GREGORIAN):
        raise _unknown(date, say("the feast is not computed for the year {year}", year=date.year))
    year = int(date.year)
    days = {_day(date, feast, year, orthodox=is_orthodox) for is_orthodox in _churches(feast)}
    if len(days) > 1:
        written = listed((iso_day(number) for number, _ in sorted(days)), "{start} or {end}")
        raise _unknown(
            date,
            say("the churches kept the feast on two days in {year}", year=year),
            say("write {written}", written=written),
        )
    number, julian = days.pop()
    year, month, day = julian_civil(number) if julian else civil(number)
    calendar = JULIAN if julian else GREGORIAN
    return replace(date, feast=None, year=f"{year:04}", month=month, day=day, calendar=calendar)


def _churches(feast: Feast) -> tuple[bool, ...]:
    if feast.tradition == "either":
        return False, True
    return (feast.tradition == "orthodox",)


def _day(date: PartialDate, feast: Feast, year: int, *, orthodox: bool) -> tuple[int, bool]:
    """Return the day number of *feast*, and whether it is of the Julian calendar."""
    try:
        month, day, julian = easter_day(year, orthodox=orthodox)
    except ValueError:
        raise _unknown(date, say("the feast is not computed for the year {year}", year=year)) from None
    return (julian_day_number if julian else day_number)(year, month, day) + feast.offset, julian


def _unknown(date: PartialDate, message: str, hint: str = say("write the day: 1916-04-23")) -> DateError:
    return DateError(message, hint, date.start, code="TG223")
