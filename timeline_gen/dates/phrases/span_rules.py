"""Spans: "from 21 November to 18 December 2022", "1914-18", "since 2014", a night of two days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from timeline_gen.dates.calendars import (
    DateError,
    PartialDate,
    PartialSet,
    PartialSpan,
    Phrase,
    check_pair,
    check_short_end,
    check_slash,
    lacks_year,
    own_years,
)
from timeline_gen.dates.edtf import Choice
from timeline_gen.dates.phrases.calendar_rules import (
    LONGEST_YEAR,
    calendar_date,
    check_two_figures,
    month,
    year,
)
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, Rule, first_of, needing, rule
from timeline_gen.dates.phrases.period_rules import counted_decade
from timeline_gen.dates.phrases.single_rules import BEFORE, marks, single, twin_start
from timeline_gen.dates.phrases.time_rules import day_part
from timeline_gen.dates.phrases.week_rules import known_day, on_day, week_span, weekend
from timeline_gen.messages import say
from timeline_gen.model.dates import Edge, Qualifier

_End: TypeAlias = PartialDate | Edge


_LIMITS: Final[Mapping[str, Callable[[PartialDate], Phrase]]] = {
    "until": lambda date: PartialSpan(Edge.OPEN, date),
    "before": lambda date: PartialSpan(Edge.OPEN, date, beyond=True),
    "after": lambda date: PartialSpan(date, Edge.OPEN, beyond=True),
    "not_before": lambda date: PartialSet(Choice.ONE, ((date, None),)),
    "not_after": lambda date: PartialSet(Choice.ONE, ((None, date),)),
}
"""The phrase of a date, by the role of the word before it."""
_FOLLOWING: Final[Mapping[str, Callable[[PartialDate], Phrase]]] = {
    "since_after": lambda date: PartialSpan(date, Edge.OPEN),
    "until_after": _LIMITS["until"],
    "before_after": _LIMITS["before"],
    "after_after": _LIMITS["after"],
}
"""The phrase of a date, by the role of the word after it."""


def between(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read "between 2011 and 2013", "between 4-22 January 1995", "Feb between 2 and 7, 2018"."""
    # Of "Feb between 2 and 7, 2018" the month is read first, and both numbers are its days.
    found_month = month(parse, pos)
    at = found_month[1] if found_month else parse.skip(pos, "year", "day", most=1)
    if not parse.has(at, "between", "whole_between"):
        return None
    span = joined(parse, at + 1, ("and", "dash", "to"))
    if span is None:
        return None
    spread, end = span
    spread = replace(spread, may_be_within=parse.has(at, "between"))
    if found_month is None:
        return spread, end
    if not isinstance(spread.start, PartialDate) or spread.start.number is None:
        return None
    start = replace(spread.start, month=found_month[0].month, calendar=found_month[0].calendar)
    return replace(spread, start=start), end


def ranged(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read "from 21 November to 18 December 2022", "1914-1918", "2014 to the present", a whole week."""
    found = first_of(parse, pos, week_span, weekend)
    if found is not None:
        return found
    if parse.may("from_now") and parse.has(pos, "from_now") and parse.has(pos + 1, "to", "until", "and"):
        last = span_end(parse, pos + 2)
        start = PartialDate(shift=("day", 0), start=parse.place(pos))
        return (PartialSpan(start, last[0]), last[1]) if last else None
    at = parse.skip(pos, "year", "day", most=1)
    # «السنوات من 1998 إلى 2003»: the word announces the span; else it belongs to the first date.
    at = at if parse.has(at, "from", "since") else pos
    if parse.has(at, "from", "since"):
        # "Since 2010–12" is not a span.
        dashed = ("dash",) if parse.has(at, "from") else ()
        found = joined(parse, at + 1, ("to", "until", *dashed))
    # A slash comes last: "2008/09" is refused as a month or two years by the rule of figures.
    return found or joined(parse, pos, ("to", "dash")) or _slashed(parse, pos)


def joined(parse: Parse, pos: int, links: tuple[str, ...]) -> Match[PartialSpan]:
    """Read two ends with one of *links* between them."""
    first = span_end(parse, pos)
    if first is None:
        return None
    start, link = first
    still = parse.skip(link, "dash", "and", most=1)
    if isinstance(start, PartialDate) and "to" in links and parse.has(still, "to_now"):
        # "from yesterday until today" ends; what began earlier is still going on.
        today = PartialDate(shift=("day", 0), start=parse.place(still))
        return PartialSpan(start, today if start.shift else Edge.OPEN), still + 1
    if not parse.has(link, *links):
        return None
    # "2011 – until today": the dash before the word is redundant.
    second = link + 1 if not (parse.has(link, "dash") and parse.has(link + 1, "to")) else link + 2
    decades = isinstance(start, PartialDate) and start.year.endswith("X") and parse.has(pos, "decade_prefix")
    # French "années 1840-1850" are two decades.
    last: Match[_End] = counted_decade(parse, second, prefixed=True) if decades else None
    last = last or _open_end(parse, second, start) or span_end(parse, second)
    if last is None or not (isinstance(start, PartialDate) or isinstance(last[0], PartialDate)):
        return None
    if start is Edge.OPEN:
        # "between now and 2030" begins on the article's day.
        start = PartialDate(shift=("day", 0), start=parse.place(pos))
    if isinstance(start, PartialDate) and isinstance(last[0], PartialDate):
        # "741 AH/AD 1340–41" is a span in two calendars.
        if start.twin and start.whole_year and last[0].number is not None:
            return None
        _check_ends(parse, start, link, last[0])
    return PartialSpan(start, last[0]), last[1]


def _open_end(parse: Parse, pos: int, start: _End) -> Match[_End]:
    """Read the end of what is still going on: "1948 to now", "1948 to today", «من 2014 حتى اليوم»."""
    if pos + 1 < len(parse.tokens) or (isinstance(start, PartialDate) and start.shift):
        return None
    # «اليوم» by itself is the day of the article; and what begins on a day is counted up to a day.
    whole = isinstance(start, PartialDate) and start.year and not start.day
    if whole and parse.number(pos, "shift") == 0 and not parse.has(pos - 1, "and"):
        return Edge.OPEN, pos + 1
    return _edge(parse, pos)


def _check_ends(parse: Parse, start: PartialDate, link: int, last: PartialDate) -> None:
    """Refuse two ends that can be taken for something else, or that leave the year of the start open."""
    if parse.has(link, "dash"):
        check_pair(start, last)
        _check_bare_end(start, last)
        check_short_end(start, last, hyphen=parse.tight(link, "hyphen"))
        if (
            start.day
            and last.number is not None
            and parse.tight(link, "dash")
            and parse.has(link - 1, "month")
        ):
            check_two_figures(parse, link + 1)
    if lacks_year(start) and last.whole_year and not parse.has(link, "to_end"):
        raise DateError(
            say("the year of the first date is missing"),
            say(
                "give it its own year: from {parse} {year} to {year}",
                parse=_words(parse, start, link),
                year=last.year,
            ),
            start.start,
            code="TG207",
        )


def _check_bare_end(start: PartialDate, last: PartialDate) -> None:
    """Refuse the 20 of "5 May 2019–20", a day or a year, and the 5 of "9 BCE – 5", of either era."""
    if last.number is None:
        return
    if start.day and start.year and not start.time:
        raise DateError(
            say("{number} after a whole date may be a day or a year", number=last.number),
            say("write both ends in full, or the days first: 5–20 May 2019"),
            last.start,
            code="TG214",
        )
    if start.whole_year and start.era in ("bce", "bh"):
        raise DateError(
            say("nothing says which era the year {number} is of", number=last.number),
            say("write the era after it, for both years “44–40 BC”"),
            last.start,
            code="TG214",
        )


def _words(parse: Parse, date: PartialDate, end: int) -> str:
    """Return the words of *date*, which ends before the token at *end*, as folded."""
    return " ".join(token.text for token in parse.tokens[:end] if token.start >= date.start)


@rule
def span_end(parse: Parse, pos: int) -> Match[_End]:
    """Read an end of a span; it may lack what the other end has."""
    # A fragment comes last: it reads the number of every date, and no more of it.
    return first_of(parse, pos, single, _edge, fragment)


def _edge(parse: Parse, pos: int) -> Match[_End]:
    if parse.has(pos, "now"):
        return Edge.OPEN, pos + 1
    if parse.has(pos, "unknown", "question"):
        return Edge.UNKNOWN, pos + 1
    return None


@rule
def fragment(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a bare number, the day or year of an end, and a year that follows it: "17", "17, 2016"."""
    before, at = marks(parse, pos, BEFORE)
    found = number(parse, parse.skip(at, "year", "day", most=1))
    if found is None or found[0].width > LONGEST_YEAR:
        return None
    date = PartialDate(
        number=found[0].value, figures=found[0].width, qualifier=before, start=parse.place(pos)
    )
    # "Jun 5–7, 2017": where the month comes first, the year follows the last day.
    found_year = year(parse, parse.skip(found[1], "comma", "of", "in"))
    if found_year is None or found[0].width > 2:
        if found[1] + 1 == len(parse.tokens) and parse.has(found[1], "question"):
            return replace(date, qualifier=before | Qualifier.UNCERTAIN), found[1] + 1
        return date, found[1]
    return replace(
        date, year=found_year[0].year, era=found_year[0].era, calendar=found_year[0].calendar
    ), found_year[1]


@needing("slash")
def _slashed(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read "1914/18"; a slash may also part the two calendars of one year, or the years of a season."""
    before, at = marks(parse, parse.skip(pos, "in", most=2), BEFORE)
    first, second = number(parse, parse.skip(at, "year", most=1)), None
    if first is not None and parse.has(first[1], "slash"):
        second = number(parse, first[1] + 1)
    if first is None or second is None:
        return None
    start = PartialDate(
        year=f"{first[0].value:04}", figures=first[0].width, qualifier=before, start=parse.place(pos)
    )
    last = PartialDate(number=second[0].value, figures=second[0].width, start=parse.place(second[1] - 1))
    return (PartialSpan(start, last), second[1]) if check_slash(start, last) else None


# ---------------------------------------------------------------- spans with a single end


def one_sided(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "since 2014", "until 2010", "before 1948", "not after 1897"."""
    return first_of(parse, pos, _since, _limited)


def _since(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "since 2014", "from 2014 onwards": a span without an end."""
    since = parse.has(pos, "since")
    found = single(parse, parse.skip(pos, "since", "from", most=1))
    if found is None:
        return None
    date, end = found
    onwards = parse.skip(end, "onwards", most=1)
    if parse.has(end, "open") and parse.has(end + 1, "onwards") and parse.has(end + 2, "close"):
        onwards = end + 3
    return (PartialSpan(date, Edge.OPEN), onwards) if since or onwards > end else None


@needing(*_LIMITS)
def _limited(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "until 2010", "before 1948", "not after 1897"; «بعد أسبوعين من الآن» is a date itself."""
    role = parse.which(pos, _LIMITS)
    at = pos + 2 if parse.tight(pos + 1, "dash") else pos + 1
    found = single(parse, at) if role else None
    if found is None or found[0].direction == "counted":
        return None
    return _LIMITS[role](found[0]), found[1]


# ---------------------------------------------------------------- spans of two calendars, of one night


@needing("slash", "open", "equals", "comma", "dash")
def paired(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read a span in two calendars: "741 AH/AD 1340-41", «من 1 إلى 5 محرم الموافق من 19 إلى 23 يوليو»."""
    start = parse.skip(pos, "in", most=2)
    for first in _readings(parse, start):
        side, end = first
        date = side.end if isinstance(side, PartialSpan) else side
        if not isinstance(date, PartialDate):
            continue
        bracket, at = parse.has(end, "open"), twin_start(parse, end, date)
        for second, last in _readings(parse, at) if at > end else ():
            # A reading may take in what belongs to the other side: then the next one is tried.
            span = _paired(side, second)
            if span is not None and (not bracket or parse.has(last, "close")):
                return span, last + 1 if bracket else last
    return None


def _readings(parse: Parse, pos: int) -> Iterator[tuple[PartialSpan | PartialDate, int]]:
    """Yield the ways in which one side of a span in two calendars can be read."""
    rules: tuple[Rule[PartialSpan | PartialDate], ...] = (ranged, _years, calendar_date)
    for candidate in rules:
        if (found := candidate(parse, pos)) is not None:
            yield found


def _years(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read the first two years of "1438-1439 AH / 2017-2018", each without a twin of its own."""
    first = year(parse, pos) or fragment(parse, pos)
    last = year(parse, first[1] + 1) if first and parse.has(first[1], "dash", "to") else None
    return (PartialSpan(first[0], last[0]), last[1]) if first and last else None


def _paired(first: PartialSpan | PartialDate, second: PartialSpan | PartialDate) -> PartialSpan | None:
    """Return the span of two that are the same in different calendars: the span that EDTF can express."""
    calendars = [_calendar_of(side) for side in (first, second)]
    if calendars[0] == calendars[1] or not (
        isinstance(first, PartialSpan) or isinstance(second, PartialSpan)
    ):
        return None
    main, twin = (second, first) if calendars[0] else (first, second)
    return replace(main, twin=twin) if isinstance(main, PartialSpan) else None


def _calendar_of(side: PartialSpan | PartialDate) -> str:
    ends = (side.start, side.end) if isinstance(side, PartialSpan) else (side,)
    return next((own_years(end) for end in ends if isinstance(end, PartialDate) and own_years(end)), "")


@needing("day_part", "weekend")
def neighbours(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read two days as one: "the night of 14-15 July 1958", «ليلة 14-15 تموز», "the weekend of 5-6 May"."""
    start = parse.skip(pos, "in", most=2)
    named, at = day_part(parse, start)
    if parse.has(start, "weekend"):
        named, at = "weekend", start + 1
    if named not in ("night", "weekend"):
        return None
    at = parse.skip(at, "in", "of", "comma", "between", "from")
    found = _slashed_days(parse, at) or joined(parse, at, ("dash", "to", "and")) or _night_before(parse, at)
    return (replace(found[0], days_of=named), found[1]) if found else None


def _night_before(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read the day of German "in der Nacht auf den 4. Mai 2019", the night that ends on it."""
    found = known_day(parse, pos + 1) if parse.has(pos, "to") and not parse.has(pos, "in") else None
    if found is None:
        return None
    first, last = (on_day(found[0] + step, parse.place(pos)) for step in (-1, 0))
    return PartialSpan(first, last), found[1]


def _slashed_days(parse: Parse, pos: int) -> Match[PartialSpan]:
    """Read the days of "the night of 13/14 February 1945"."""
    first = number(parse, pos)
    last = single(parse, first[1] + 1) if first and parse.has(first[1], "slash") else None
    if first is None or last is None or first[0].width > 2 or not last[0].day:
        return None
    start = PartialDate(number=first[0].value, figures=first[0].width, start=parse.place(pos))
    return PartialSpan(start, last[0]), last[1]


# ---------------------------------------------------------------- words that follow their date


@needing(*_FOLLOWING)
def date_before_its_word(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "2010'a kadar" (until 2010), "1948'den önce" (before 1948)."""
    found = single(parse, pos)
    role = parse.which(found[1], _FOLLOWING) if found else ""
    return (_FOLLOWING[role](found[0]), found[1] + 1) if found and role else None


@needing("from_after", "between_after")
def span_before_its_words(parse: Parse, pos: int) -> Match[Phrase]:
    """Read "2011'den 2013'e kadar" (from 2011 to 2013), "2011 ile 2013 …" (between them)."""
    first = span_end(parse, pos)
    link = parse.which(first[1], ("from_after", "and", "to", "dash")) if first else ""
    last = span_end(parse, first[1] + 1) if first and link else None
    if first is None or last is None:
        return None
    closing = ("until_after", "between_after") if link == "from_after" else ("between_after",)
    end = parse.skip(last[1], *closing, most=1)
    return (PartialSpan(first[0], last[0]), end) if link == "from_after" or end > last[1] else None
