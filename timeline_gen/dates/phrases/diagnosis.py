"""Why a text is not a date, by kinds of text that stay unread, and what to write instead.

Runs only on a text that no rule of the grammar reads. Each finding looks for a kind of text; the first that
fits is the problem. If none does, the first unknown word is named (``slips.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from timeline_gen.dates.calendars import GREGORIAN, DateError, PartialDate, PartialSpan
from timeline_gen.dates.days import day_number, iso_day, weekday
from timeline_gen.dates.phrases.calendar_rules import calendar_date, two_figures
from timeline_gen.dates.phrases.edtf_input import plain_text
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Parse
from timeline_gen.dates.phrases.single_rules import single
from timeline_gen.dates.phrases.slips import HINT, unread
from timeline_gen.dates.phrases.span_rules import between, one_sided, ranged
from timeline_gen.dates.phrases.week_rules import iso_week
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import Message, say

_YEARS: Final = range(1000, 2200)
_TIME: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)(?!\d)", re.ASCII)
_MIDNIGHT: Final = 24
_HOUR: Final = 60
_MONTHS: Final = 12
_MOST_WEEKS: Final = 5
_LINKS: Final = ("comma", "and", "slash", "dash", "of", "in", "open", "equals")
_Finding = Callable[[str, Parse, ReadingContext], DateError | None]


def diagnose(text: str, parse: Parse, context: ReadingContext) -> DateError:
    """Return the problem of *text*, which *parse* could not read."""
    if not text.strip():
        return DateError(say("the date is empty"), HINT)
    found = (finding(text, parse, context) for finding in _FINDINGS)
    return next((error for error in found if error is not None), None) or unread(text, parse)


def _first(parse: Parse, role: str) -> int | None:
    """Return the position of the first token that may be a *role*."""
    if role not in parse.roles:
        return None
    return next(index for index, token in enumerate(parse.tokens) if role in token.tags)


def _year_of(parse: Parse) -> int | None:
    """Return the first number of four figures that can be a year."""
    for pos, token in enumerate(parse.tokens):
        value = parse.number(pos, "digits")
        if value is not None and len(token.text) == 4 and value in _YEARS:
            return value
    return None


# ---------------------------------------------------------------- kinds


def _own_year(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "FY2020", "the 2019/20 season", «السنة الدراسية 2019-2020»."""
    pos = _first(parse, "own_year")
    if pos is None or not any("digits" in token.tags for token in parse.tokens):
        return None
    year = _year_of(parse) or 2019
    return DateError(
        say("such a year does not begin in January, and each country and branch has its own"),
        say(
            "write its first and its last day or month: {year}-09/{year_2}-06, from September "
            "{year} to June {year_2}",
            year=year,
            year_2=year + 1,
        ),
        parse.place(pos),
        code="TG218",
    )


def _other_calendar(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find a calendar that is not converted: "1327 Rumi"."""
    pos = _first(parse, "other_calendar")
    if pos is None:
        return None
    return DateError(
        say("dates of the calendar that “{text}” names are not converted", text=parse.tokens[pos].text),
        say("write the Gregorian date, 1911-10-14; date_text: can keep the words"),
        parse.place(pos),
        code="TG219",
    )


def _deep(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "66 million years ago", "66 Ma", "12,000 years ago"."""
    pos = _first(parse, "deep")
    if pos is None:
        pos = next((at for at, _ in enumerate(parse.tokens) if _years_ago(parse, at)), None)
        if pos is None:
            return None
    digits = "".join(
        token.text for token in parse.tokens[:pos] if "digits" in token.tags or token.text == "."
    )
    scale = parse.number(pos, "deep") or 1
    try:
        count = round(float(digits) * scale)
    except ValueError:
        return None
    year = f"Y-{count}" if count > 9999 else f"-{count:04}"
    return DateError(
        say("years that are counted back from today have no year of their own"),
        # The astronomical year -n is the year n + 1 BC, since there is a year 0.
        say("write the year, with ~ for about: {year}~, or “{count:,} BC”", year=year, count=count + 1),
        parse.place(pos),
        code="TG222",
    )


def _years_ago(parse: Parse, pos: int) -> bool:
    value = parse.number(pos - 1, "digits")
    return (
        value is not None and value >= 1000 and parse.tag(pos, "unit") == "year" and parse.has(pos + 1, "ago")
    )


def _short_year(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find the 73 of «أكتوبر 73», "summer of 69", «عام 48»."""
    for pos, token in enumerate(parse.tokens):
        if (
            "digits" not in token.tags
            or len(token.text) != 2
            or parse.has(pos + 1, "colon", "hours", "bce", "ce", "month")
        ):
            continue
        before = pos - 1
        while parse.has(before, "of", "in", "dash", "comma", "slash"):
            before -= 1
        if parse.has(before, "month", "year") or parse.tag(before, "season") is not None:
            return two_figures(parse, pos)
    return None


def _open_from(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "from January": a beginning without an end."""
    if not parse.has(0, "from"):
        return None
    found = single(parse, 1)
    if found is None or found[1] != len(parse.tokens):
        return None
    return DateError(
        say("a span from a date needs its end"),
        say(
            "write both with their years, “from January to June 2021”, or “since January 2021” "
            "for what still goes on"
        ),
        parse.place(0),
        code="TG214",
    )


def _open_dash(text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "2011–": an end that is open or unknown."""
    last = len(parse.tokens) - 1
    found = single(parse, 0) if last > 0 and parse.has(last, "dash") else None
    if found is None or found[1] != last:
        return None
    year = _year_of(parse) or 2011
    return DateError(
        say("the end is missing after “{text}”", text=text[: parse.place(last)].strip()),
        say(
            "write “since {year}” or {year}/.. for what still goes on, {year}/ where the end is not known",
            year=year,
        ),
        parse.place(last),
        code="TG214",
    )


def _weekday(_text: str, parse: Parse, context: ReadingContext) -> DateError | None:
    """Find "Wednesday", "on Friday", "Monday to Friday": days of an unnamed week."""
    pos = _first(parse, "weekday")
    if pos is None or any("digits" in token.tags for token in parse.tokens):
        return None
    hint = say("write the day: 2021-12-08")
    value = parse.number(pos, "weekday")
    if context.on is not None and value is not None:
        back = context.on - (weekday(context.on) - value) % 7
        hint = say("write the day: {back} or {back_2}", back=iso_day(back), back_2=iso_day(back + 7))
    return DateError(say("nothing says which week the weekday is of"), hint, parse.place(pos), code="TG214")


def _week(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "the week of 6 March 2018", "the first week of March 2018", «عطلة نهاية الأسبوع»."""
    pos = next((at for role in ("week_of", "weekend") if (at := _first(parse, role)) is not None), None)
    if pos is None:
        pos = next((at for at, _ in enumerate(parse.tokens) if parse.tag(at, "unit") == "week"), None)
    if pos is None:
        return None
    hint = say(
        "write the first and the last day: 2018-03-05/2018-03-11, or “the week beginning 5 March 2018”"
    )
    if not parse.has(pos, "weekend"):
        hint = _weeks(parse, pos) or hint
    return DateError(
        say("weeks and weekends begin on different days in different countries"),
        hint,
        parse.place(pos),
        code="TG214",
    )


def _weeks(parse: Parse, pos: int) -> Message | None:
    """Return the days that "the first week of March 2020" and "week 18 of 2019" may be."""
    starts = (pos - 2, pos - 1)
    before = next((found for at in starts if (found := number(parse, at)) and found[1] == pos), None)
    count = before or number(parse, pos + 1)
    end = pos + 1 if before or count is None else count[1]
    whole = calendar_date(parse, parse.skip(end, "of", "in", "comma"))
    if count is None or whole is None or not whole[0].year.isdigit() or whole[0].day:
        return None
    nth, year, month = count[0].value, int(whole[0].year), whole[0].month
    if whole[0].calendar not in ("", GREGORIAN) or month > _MONTHS:
        return None
    if not month:
        monday = iso_week(year, nth)
        named = f"{year:04}-W{nth:02}"
        return say("write {named} for {days}", named=named, days=_seven_days(monday)) if monday else None
    if not 1 <= nth <= _MOST_WEEKS:
        return None
    first = day_number(year, month) + 7 * (nth - 1)
    return say(
        "write the first and the last day: {days}, or {from_monday} from Monday to Sunday",
        days=_seven_days(first),
        from_monday=_seven_days(first + -weekday(first) % 7),
    )


def _seven_days(first: int) -> str:
    return f"{iso_day(first)}/{iso_day(first + 6)}"


def _slashed_days(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "5/6 June 1967" and "30 May/1 June 1967": a span, one of two days, or a night between them."""
    pos = _first(parse, "slash")
    if pos is None or "month" not in parse.roles or parse.number(pos + 1, "digits") is None:
        return None
    if not parse.has(pos - 1, "digits", "month") or not parse.has(pos + 2, "month"):
        return None
    return DateError(
        say("a slash between two days may be a span, a doubt, or one night"),
        say("write “5–6 June 1967”, “5 or 6 June 1967”, or “the night of 5–6 June 1967”"),
        parse.place(pos),
        code="TG214",
    )


def _last_night(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "last night", which begins on one day of the calendar and ends on the next."""
    pos = _first(parse, "day_part")
    if pos is None or not parse.has(pos - 1, "last", "next"):
        return None
    return DateError(
        say("such a night belongs to two days"),
        say("write “yesterday evening”, “the early hours of” a day, or the day itself: 2021-12-05"),
        parse.place(pos - 1),
        code="TG214",
    )


def _two_dates(text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find two whole dates side by side: "5 June 2017, 8 June 2017"."""
    for pos in range(1, len(parse.tokens)):
        at = parse.skip(pos, *_LINKS)
        if at >= len(parse.tokens) or not _reads(parse, 0, pos):
            continue
        # Of "1948, 1949, 1950" the first two are named.
        found = single(parse, at) if parse.has(pos, "comma") else None
        goes_on = found is not None and parse.has(found[1], "comma")
        if not goes_on and not _reads(parse, at, len(parse.tokens)):
            continue
        first, second = text[: parse.place(pos)].strip(), text[parse.place(at) :].strip()
        return DateError(
            say("“{first}” and “{second}” are two dates", first=first, second=second),
            say(
                "write an event for each; or a span with “from … to …”, several days with “and”, a "
                "doubt with “or”"
            ),
            parse.place(at),
            code="TG220",
        )
    return None


def _wrong_time(text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "24:00 on 3 May 2019", "14:60", and two times: "14:00-15:00"."""
    times = [*_TIME.finditer(plain_text(text))] if parse.may("colon") else []
    if not times:
        return None
    hour, minute = (int(part) for part in times[0].groups())
    if hour == _MIDNIGHT and not minute:
        message = say("a day has no time 24:00")
        hint = say("write the next day, with 00:00 or with no time")
    elif hour >= _MIDNIGHT or minute >= _HOUR:
        message = say("there is no time of day “{clock}”", clock=times[0][0])
        hint = say("write 2021-12-06T18:07 or T18:07+03:00")
    elif len(times) > 1:
        message = say("a date has one time of day, and two are given")
        hint = say("write the first, or none; date_text: can keep the words")
    else:
        return None
    return DateError(message, hint, max(text.find(times[0][0]), 0), code="TG212")


def _parts_of_centuries(_text: str, parse: Parse, _context: ReadingContext) -> DateError | None:
    """Find "late 19th to early 20th century": EDTF has no such ends of a span."""
    pos = _first(parse, "part")
    if pos is None or not parse.may("to", "dash", "and", "slash") or not parse.may("century", "decade"):
        return None
    return DateError(
        say("EDTF has no span that begins or ends with a part of a month, a decade or a century"),
        say("write the years that are meant, 1880~/1910~, or whole ones: 18XX/19XX, 188X/190X"),
        parse.place(pos),
    )


def _reads(parse: Parse, pos: int, end: int) -> bool:
    """Return whether what begins at *pos* and ends at *end* is a date that names its year."""
    for candidate in (single, ranged, between, one_sided):
        found = candidate(parse, pos)
        if found is None or found[1] != end:
            continue
        phrase = found[0]
        dates = (phrase.start, phrase.end) if isinstance(phrase, PartialSpan) else (phrase,)
        if any(isinstance(date, PartialDate) and date.year[:1] > "0" for date in dates):
            return True
    return False


_FINDINGS: Final[tuple[_Finding, ...]] = (
    _own_year,
    _other_calendar,
    _deep,
    _short_year,
    _open_from,
    _open_dash,
    _weekday,
    _week,
    _slashed_days,
    _last_night,
    _wrong_time,
    _parts_of_centuries,
    _two_dates,
)
