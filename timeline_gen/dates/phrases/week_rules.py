"""Weeks and days of the year: "2007-W02-2", "2007-045", "the week of 5 March 2018", "the weekend of 5-6 May".

A week of ISO 8601 begins on a Monday, and week 1 holds 4 January. What a newspaper calls a week may begin on
another day: it is read only where the words or the day itself resolve it.
"""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.calendars import GREGORIAN, PartialDate, PartialSpan
from timeline_gen.dates.days import civil, day_number, is_leap, month_length, weekday
from timeline_gen.dates.phrases.calendar_rules import calendar_date
from timeline_gen.dates.phrases.packrat import Match, Parse, needing

_THURSDAY: Final = 3


def iso_week(year: int, week: int) -> int | None:
    """Return the day number of the Monday of an ISO *week*, or None where the *year* has no such week."""
    start = day_number(year, 1, 4)
    monday = start - weekday(start) + 7 * (week - 1)
    return monday if week >= 1 and civil(monday + _THURSDAY)[0] == year else None


def on_day(number: int, start: int) -> PartialDate:
    """Return a day *number* as a date of the Gregorian calendar."""
    year, month, day = civil(number)
    return PartialDate(year=f"{year:04}", month=month, day=day, calendar=GREGORIAN, start=start)


@needing("dash", "week_sign")
def numbered_day(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "2007-W02-2" and "2007-045", the weekday of a week and the day of a year."""
    year = _year(parse, pos)
    if year is None:
        return None
    if (found := _week(parse, pos, year)) is not None and found[1] is not None:
        return on_day(found[0] + found[1] - 1, parse.place(pos)), found[2]
    day_of_year = parse.number(pos + 2, "digits") if parse.tight(pos + 1, "hyphen") else None
    if (
        day_of_year is None
        or len(parse.tokens[pos + 2].text) != 3
        or not 1 <= day_of_year <= 365 + is_leap(year)
    ):
        return None
    return on_day(day_number(year) + day_of_year - 1, parse.place(pos)), pos + 3


@needing("week_sign", "week_from", "week_until", "week_of")
def week_span(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read a whole week: "2007-W02", "the week beginning 5 March 2018", "the week ending 11 March 2018"."""
    start = parse.skip(pos, "in", most=2)
    year = _year(parse, start)
    if year is not None and (found := _week(parse, start, year)) is not None and found[1] is None:
        return _days(found[0], parse.place(pos)), found[2]
    for role, back in (("week_from", 0), ("week_until", 6)):
        if parse.has(start, role):
            date = known_day(parse, start + 1)
            return (_days(date[0] - back, parse.place(pos)), date[1]) if date else None
    if not parse.has(start, "week_of"):
        return None
    date = known_day(parse, start + 1)
    # Of a Monday the week that contains it and the week that begins on it are the same.
    return (_days(date[0], parse.place(pos)), date[1]) if date and weekday(date[0]) == 0 else None


@needing("weekend")
def weekend(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read "the weekend of 5 May 2018" where the language has one weekend, and the day is one of it."""
    at = parse.skip(pos, "in", most=2)
    days = parse.lexicon.weekend
    if not parse.has(at, "weekend") or not days:
        return None
    date = known_day(parse, parse.skip(at + 1, "of", "in"))
    if date is None or weekday(date[0]) not in days:
        return None
    first = date[0] - days.index(weekday(date[0]))
    last = first + len(days) - 1
    return PartialSpan(on_day(first, parse.place(pos)), on_day(last, parse.place(pos))), date[1]


def _year(parse: Parse, pos: int) -> int | None:
    value = parse.number(pos, "digits")
    return value if value is not None and len(parse.tokens[pos].text) == 4 else None


def _week(parse: Parse, pos: int, year: int) -> tuple[int, int | None, int] | None:
    """Return the Monday of "2007-W02", the weekday after it (1 is Monday) or None, and where it ends."""
    at = pos + 2 if parse.tight(pos + 1, "hyphen") else pos + 1
    week = parse.number(at + 1, "digits") if parse.has(at, "week_sign") else None
    if week is None:
        return None
    text, day, end = parse.tokens[at + 1].text, None, at + 2
    # The basic format has no hyphens: 2007W022 is 2007-W02-2.
    if len(text) == 3:
        week, day = divmod(week, 10)
    elif parse.tight(end, "hyphen") and (day := parse.number(end + 1, "digits")) is not None:
        end += 2
    monday = iso_week(year, week) if len(text) in (2, 3) else None
    if monday is None or (day is not None and not 1 <= day <= 7):
        return None
    return monday, day, end


def _days(first: int, start: int) -> PartialSpan:
    return PartialSpan(on_day(first, start), on_day(first + 6, start))


def known_day(parse: Parse, pos: int) -> Match[int]:
    """Read a day that does not depend on the article."""
    found = calendar_date(parse, pos)
    if found is None:
        return None
    date, end = found
    if not (date.year.isdigit() and date.month and date.day) or date.calendar not in ("", GREGORIAN):
        return None
    year = int(date.year)
    if date.day > month_length(year, date.month):
        return None
    day = day_number(year, date.month, date.day)
    return (day, end) if date.weekday in (None, weekday(day)) else None
