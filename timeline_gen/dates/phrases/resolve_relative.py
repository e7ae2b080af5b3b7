"""Missing parts of a date, filled in from the day of the article: never from today.

"last October" is the latest October that ended before the article's month; a day without a year is the
occurrence nearest to the article's day, if that is within 120 days; anything else is a problem, not a guess.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import (
    HIJRI,
    JALALI,
    OWN_YEARS,
    DateError,
    PartialDate,
    check_decade,
    days_of,
    shifted,
    with_feast,
    year_of_day,
)
from timeline_gen.dates.days import civil, day_number, iso_day, month_length, weekday
from timeline_gen.dates.phrases.missing_years import distance, latest, nearest, no_such_day, occurrences
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import say, say_many
from timeline_gen.model.dates import Qualifier


def resolve_relative(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* with year, month and day as far as they are known; raise :class:`DateError`."""
    date = _ordered(date, context)
    if date.number is not None:
        raise DateError(
            say("a bare number is not a date"), say("write a year in four figures: 2017"), date.start
        )
    try:
        resolved = _from_article_day(date, context)
    except ValueError as error:
        if isinstance(error, DateError):
            raise
        raise DateError(
            say("the date is too far from the article's day"), say("write it out"), date.start
        ) from None
    if resolved is not date:
        resolved = replace(resolved, relative=True)
    # A feast has no day, and so no weekday, before its year is known.
    resolved = with_feast(resolved)
    check_weekday(resolved, context)
    return resolved


def _ordered(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* with its figures assigned to day and month."""
    if date.numeric is None:
        return date
    first, second = date.numeric
    # 21/11 can be read in one way only, and 5/5 in two that are the same: no order is needed.
    if first > 12 >= second or first == second <= 12 or (context.day_order == "dmy" and second <= 12):
        return replace(date, numeric=None, day=first, month=second)
    if second > 12 >= first or (context.day_order == "mdy" and first <= 12):
        return replace(date, numeric=None, day=second, month=first)
    if first > 12:
        raise DateError(
            say("there is no month {second}", second=second),
            say("write the day as 2019-11-10"),
            date.start,
            code="TG202",
        )
    written = say("the month as a word")
    if date.year:
        written = say(
            "{year}-{second:02}-{first:02}{sign} or {year}-{first:02}-{second:02}{sign}",
            year=date.year,
            second=second,
            first=first,
            # Without its sign it would be EDTF, and Gregorian.
            sign=_SIGNS.get(date.calendar, ""),
        )
    raise DateError(
        say(
            "{first}/{second} may be the day and the month, or the month and the day",
            first=first,
            second=second,
        ),
        say("write {written}, or set dates: {{order: dmy}} in site.yaml", written=written),
        date.start,
        code="TG206",
    )


_SIGNS: Final = {HIJRI: " AH", JALALI: " SH"}


def _day_of_article(date: PartialDate, context: ReadingContext) -> int:
    if context.on is None:
        raise DateError(
            say("the date is counted from the day of an article, which is not given"),
            say(
                "write the date out: {example}; in an article it also helps to give that its own date",
                example=_written_out(date),
            ),
            date.start,
            code="TG208",
        )
    return context.on


def _written_out(date: PartialDate) -> str:
    """Return a date of the same kind as *date*, as it is written without the day of an article."""
    if date.decade is not None:
        return f"19{date.decade // 10}X"
    return _EXAMPLES.get(date.shift[0] if date.shift else "", "2019-10")


_EXAMPLES: Final = {
    "day": "2019-10-05",
    "week": "2019-10-05",
    "year": "2019",
    "decade": "198X",
    "century": "18XX",
}


def _from_article_day(date: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date* resolved against the day of the article; unchanged if it is absolute."""
    if date.shift and date.shift[0] == "day" and date.month:
        return _named_twice(date, date.shift[1], context)
    if date.shift:
        return _shifted(date, _day_of_article(date, context), date.shift)
    if date.decade is not None:
        return _decade(date, _day_of_article(date, context), context)
    if date.direction == "since":
        return latest(replace(date, direction=""), context)
    if date.direction:
        return _in_direction(date, _day_of_article(date, context), context)
    return date if date.year or not (date.month or date.feast) else nearest(date, context)


def _named_twice(date: PartialDate, count: int, context: ReadingContext) -> PartialDate:
    """Return the day of "yesterday, 5 December": both must agree."""
    named = replace(date, shift=None)
    if context.on is None:
        return named if named.year else nearest(named, context)
    counted = _on_day(replace(named, month=0, day=0, weekday=None), context.on + count)
    if not named.year:
        named = replace(named, year=counted.year)
    if (named.year, named.month, named.day) != (counted.year, counted.month, counted.day):
        raise DateError(
            say(
                "the day that is counted from the article's is {on}, not the day named",
                on=iso_day(context.on + count),
            ),
            say("write the day only, or correct one of the two"),
            date.start,
            code="TG204",
        )
    return named


def _near_year(year: int) -> str:
    """Return a *year* near an article's as EDTF writes it; raise ``ValueError`` beyond 0 to 9999."""
    if not 0 <= year <= 9999:
        raise ValueError(say("too far"))
    return f"{year:04}"


def _shifted(date: PartialDate, on: int, shift: tuple[str, int]) -> PartialDate:
    """Return "last year", "three days ago", "early next month" as a date of its own."""
    unit, count = shift
    date = replace(date, shift=None)
    # "Three months ago" is counted from a day; "last month" names a month of the calendar.
    if date.direction == "counted":
        return _counted(replace(date, direction=""), on, unit, count)
    year, month, _ = civil(on)
    if unit == "day":
        return _on_day(date, on + count)
    if unit == "week":
        raise _unsettled_week(date, on + 7 * count)
    if unit == "decade":
        return replace(date, year=_near_year(10 * (year // 10 + count))[:3] + "X")
    if unit == "century":
        stem = _near_year(100 * (year // 100 + count))[:2]
        return replace(
            date, decade=None, year=f"{stem}XX" if date.decade is None else f"{stem}{date.decade // 10}X"
        )
    year, month = shifted(on, unit, count)
    if unit == "month":
        return replace(date, year=f"{year:04}", month=month)
    # A quarter is one of EDTF's codes 33 to 36.
    return replace(date, year=f"{year:04}", month=date.month if unit == "year" else 32 + (month + 2) // 3)


_UNCERTAIN: Final = {
    "month": (
        "{count} month from the article's day may be a day, a month or a year",
        "{count} months from the article's day may be a day, a month or a year",
    ),
    "year": (
        "{count} year from the article's day may be a day, a month or a year",
        "{count} years from the article's day may be a day, a month or a year",
    ),
}


def _counted(date: PartialDate, on: int, unit: str, count: int) -> PartialDate:
    """Return the day *count* units from the article's; weeks are approximate."""
    if unit == "day":
        return _on_day(date, on + count)
    if unit == "week":
        return replace(_on_day(date, on + 7 * count), qualifier=date.qualifier | Qualifier.APPROXIMATE)
    if unit in ("month", "year"):
        year, month = shifted(on, unit, count)
        written = (
            say("{year:04}, or {year:04}-{month:02}", year=year, month=month)
            if unit == "year"
            else f"{year:04}-{month:02}"
        )
        raise DateError(
            say_many(abs(count), *_UNCERTAIN[unit]),
            say("write what is known: {written}", written=written),
            date.start,
            code="TG214",
        )
    raise DateError(
        say("what is counted in such long units from the article's day is no date"),
        say("write the year"),
        date.start,
    )


def _unsettled_week(date: PartialDate, within: int) -> DateError:
    """Return the problem of "last week": its first day differs from country to country."""
    monday = within - weekday(within)
    first, last = iso_day(monday), iso_day(monday + 6)
    return DateError(
        say("a week may begin on a Saturday, a Sunday or a Monday"),
        say(
            "write the day that is meant; {first}/{last} for a whole week, [{first}..{last}] for "
            "some day of it",
            first=first,
            last=last,
        ),
        date.start,
        code="TG214",
    )


def _on_day(date: PartialDate, number: int) -> PartialDate:
    year, month, day = civil(number)
    return replace(date, year=_near_year(year), month=month, day=day)


def _decade(date: PartialDate, on: int, context: ReadingContext) -> PartialDate:
    """Return "the nineties": the latest that had begun by the article's day."""
    this = year_of_day(on, date.calendar)
    year = this // 100 * 100 + (date.decade or 0)
    check_decade(date, year if year <= this else year - 100, on, context.year_calendars)
    if year == this // 10 * 10 and date.calendar not in OWN_YEARS:
        raise DateError(
            say("the decade may be the article's own, or the one a hundred years before"),
            say("write {year}X or {year_2}X", year=year // 10, year_2=year // 10 - 10),
            date.start,
            code="TG214",
        )
    if year > this:
        year -= 100
    if year < 0:
        raise DateError(say("the century is missing"), say("write the decade as 199X"), date.start)
    return replace(date, decade=None, year=f"{year:04}"[:-1] + "X")


def _in_direction(date: PartialDate, on: int, context: ReadingContext) -> PartialDate:
    side, date = date.direction, replace(date, direction="")
    if date.year:
        return date
    if date.weekday is not None and not date.month:
        return _weekday_in_direction(date, on, side)
    if side == "this":
        return _this(date, on, context)
    # A month is last or next as a whole; a day in it is so by itself: «6 ديسمبر الماضي».
    year, month, _ = civil(on)
    first, last = (
        (on, on)
        if date.day or date.feast
        else (day_number(year, month), day_number(year, month, month_length(year, month)))
    )
    found = list(occurrences(date, on, context))
    if side == "last":
        fitting = [occurrence for occurrence in reversed(found) if occurrence[2] < first]
    else:
        fitting = [occurrence for occurrence in found if occurrence[1] > last]
    if not fitting:
        raise no_such_day(date)
    return fitting[0][0]


def _this(date: PartialDate, on: int, context: ReadingContext) -> PartialDate:
    """Return "this September": of the article's year, but seasons and Hijri months of the nearest."""
    if date.calendar not in OWN_YEARS and date.month <= 12:
        return replace(date, year=f"{civil(on)[0]:04}")
    return min(occurrences(date, on, context), key=lambda occurrence: distance(on, occurrence))[0]


def _weekday_in_direction(date: PartialDate, on: int, side: str) -> PartialDate:
    wanted = date.weekday or 0
    # From 1 to 7, never 0: "last Friday" on a Friday is a week ago.
    back = (weekday(on) - wanted - 1) % 7 + 1
    ahead = (wanted - weekday(on) - 1) % 7 + 1
    if side == "next" and weekday(on) + ahead < 7:
        raise DateError(
            say("“next” before a weekday that is still to come this week may mean this week or the next"),
            say("write {on} or {on_2}", on=iso_day(on + ahead), on_2=iso_day(on + ahead + 7)),
            date.start,
            code="TG214",
        )
    return _on_day(date, on - back if side == "last" else on + ahead)


def check_weekday(date: PartialDate, context: ReadingContext) -> None:
    """Refuse *date* if it falls on another weekday."""
    if date.weekday is None or not date.day or not date.year.lstrip("-").isdigit():
        return
    number = days_of(date, context.seasons).lo
    actual = weekday(number)
    if actual == date.weekday:
        return
    names = context.weekdays or tuple(str(index) for index in range(1, 8))
    raise DateError(
        say(
            "{number} is a {names}, not a {names_2}",
            number=iso_day(number),
            names=names[actual],
            names_2=names[date.weekday],
        ),
        say("correct the day or the weekday, or leave the weekday out"),
        date.start,
        code="TG204",
    )
