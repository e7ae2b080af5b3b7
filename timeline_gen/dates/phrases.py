"""The grammar of dates in words: the whole text, or nothing.

The words are tables (``words/*.toml``); what stands here is the shape of a date in any language: a date
with what is said about it, a span, a list. A text that does not fit to its last word is not a date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from timeline_gen.dates.calendar_rules import LONGEST_YEAR, calendar_date, month, year
from timeline_gen.dates.edtf_ast import Choice
from timeline_gen.dates.grammar import Parse, Rule, first_of, rule
from timeline_gen.dates.lexicon import Lexicon
from timeline_gen.dates.loose import HIJRI, Loose, Phrase, Several, Span, Undated
from timeline_gen.dates.number_rules import number
from timeline_gen.dates.period_rules import century, decade, masked, part, piece, quarter, season
from timeline_gen.dates.relative_rules import relative_day
from timeline_gen.dates.time_rules import time_of_day
from timeline_gen.dates.tokens import tokenize
from timeline_gen.dates.toward_rules import relative_unit
from timeline_gen.model import Edge, Qualifier

_MARKS = {
    "circa": Qualifier.APPROXIMATE,
    "circa_after": Qualifier.APPROXIMATE,
    "tilde": Qualifier.APPROXIMATE,
    "uncertain": Qualifier.UNCERTAIN,
    "uncertain_after": Qualifier.UNCERTAIN,
    "question": Qualifier.UNCERTAIN,
}
_BEFORE = ("circa", "tilde", "uncertain")
_AFTER = ("circa_after", "uncertain_after", "question")

_End: TypeAlias = Loose | Edge


def parse_phrase(text: str, lexicon: Lexicon) -> tuple[Phrase | None, Parse]:
    """Return what *text* says in the words of *lexicon*, or None; and the parse, which counted its steps."""
    parse = Parse(tokenize(text, lexicon.vocabulary), lexicon)
    start = parse.skip(0, "in", "comma", most=3)
    rules: tuple[Rule[Phrase], ...] = (_undated, _between, _ranged, _one_sided, _several, single)
    for at in dict.fromkeys((start, 0)):
        for own in rules:
            found = own(parse, at)
            if found is not None and found[1] == len(parse.tokens):
                return found[0], parse
    return None, parse


@rule
def single(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read one date with all that is said about it: circa, a time of day, the other calendar."""
    at = parse.skip(pos, "in", most=2)
    early = time_of_day(parse, at)
    if early is not None:
        at = parse.skip(early[1], "in", "of", "comma")
    before, at = _marks(parse, at, _BEFORE)
    found = _core(parse, parse.skip(at, "in", most=2)) or _core(parse, at)
    if found is None:
        return None
    date, end = _with_twin(parse, *found)
    late = None if early else time_of_day(parse, end)
    time, end = early[0] if early else late[0] if late else "", late[1] if late else end
    after, end = _marks_after(parse, end)
    if not (before or after or time) and date.start == parse.place(pos):
        return date, end
    return replace(date, qualifier=before | after, time=time, start=parse.place(pos)), end


@rule
def _core(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    return first_of(
        parse,
        pos,
        relative_day,
        masked,
        part,
        piece,
        quarter,
        season,
        decade,
        century,
        relative_unit,
        calendar_date,
    )


def _marks(parse: Parse, pos: int, tags: tuple[str, ...]) -> tuple[Qualifier, int]:
    qualifier = Qualifier.NONE
    for _ in range(2):
        own = parse.which(pos, tags)
        if not own:
            break
        qualifier, pos = qualifier | _MARKS[own], pos + 1
    return qualifier, pos


def _marks_after(parse: Parse, pos: int) -> tuple[Qualifier, int]:
    """Read "1950?", "1950 (uncertain)", «1950 تقريبا»."""
    bracket = parse.has(pos, "open")
    qualifier, end = _marks(parse, parse.skip(pos, "comma", "open", most=1), _AFTER)
    if not qualifier or (bracket and not parse.has(end, "close")):
        return Qualifier.NONE, pos
    return qualifier, end + 1 if bracket else end


def _with_twin(parse: Parse, date: Loose, pos: int) -> tuple[Loose, int]:
    """Return *date* with the same date in the other calendar, where it follows: «الموافق», in brackets."""
    bracket = parse.has(pos, "open")
    # "1441-1443 AH" is a span, "1393 AH - AD 1973" one date.
    linked = parse.has(pos, "dash") and not date.calendar
    at = parse.skip(pos, "open", "comma", "slash", "dash", most=0 if linked else 1)
    named = parse.skip(at, "equals", "of", "in", *_BEFORE)
    if named == pos:
        return date, pos
    found = calendar_date(parse, named)
    if found is None or (found[0].calendar == HIJRI) == (date.calendar == HIJRI):
        return date, pos
    if bracket and not parse.has(found[1], "close"):
        return date, pos
    return replace(date, twin=found[0]), found[1] + 1 if bracket else found[1]


def _undated(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    return (Undated(), pos + 1) if parse.has(pos, "undated") else None


# ---------------------------------------------------------------- spans


def _between(parse: Parse, pos: int) -> tuple[Span, int] | None:
    """Read "between 2011 and 2013", "between 4-22 January 1995", "Feb between 2 and 7, 2018"."""
    own = month(parse, pos)
    at = own[1] if own else pos
    if not parse.has(at, "between"):
        return None
    span = _joined(parse, at + 1, ("and", "dash", "to"))
    if own is None or span is None:
        return span
    spread, end = span
    if not isinstance(spread.start, Loose) or spread.start.number is None:
        return None
    start = replace(spread.start, month=own[0].month, calendar=own[0].calendar)
    return replace(spread, start=start), end


def _ranged(parse: Parse, pos: int) -> tuple[Span, int] | None:
    """Read "from 21 November to 18 December 2022", "1914-1918", "2014 to the present"."""
    found = None
    if parse.has(pos, "from", "since"):
        # "Since 2010–12" is no span.
        dashed = ("dash",) if parse.has(pos, "from") else ()
        found = _joined(parse, pos + 1, ("to", "until", *dashed))
    return found or _joined(parse, pos, ("to", "dash"))


def _joined(parse: Parse, pos: int, links: tuple[str, ...]) -> tuple[Span, int] | None:
    first = _end(parse, pos)
    if first is None or not parse.has(first[1], *links):
        return None
    # «من 2014 حتى اليوم» is still going on, though «اليوم» alone is the article's day.
    told = isinstance(first[0], Loose) and first[0].shift
    last = None if told or first[1] + 2 < len(parse.tokens) else _edge(parse, first[1] + 1)
    last = last or _end(parse, first[1] + 1)
    if last is None or not (isinstance(first[0], Loose) or isinstance(last[0], Loose)):
        return None
    return Span(first[0], last[0]), last[1]


@rule
def _end(parse: Parse, pos: int) -> tuple[_End, int] | None:
    """Read one end of a span; it may lack what the other end says."""
    return first_of(parse, pos, single, _edge, _fragment)


def _edge(parse: Parse, pos: int) -> tuple[_End, int] | None:
    if parse.has(pos, "now"):
        return Edge.OPEN, pos + 1
    if parse.has(pos, "unknown", "question"):
        return Edge.UNKNOWN, pos + 1
    return None


@rule
def _fragment(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a bare number, the day or year of one end, and a year that follows it: "17", "17, 2016"."""
    before, at = _marks(parse, pos, _BEFORE)
    found = number(parse, parse.skip(at, "year", "day", most=1))
    if found is None or found[0].width > LONGEST_YEAR:
        return None
    date = Loose(number=found[0].value, qualifier=before, start=parse.place(pos))
    own = year(parse, parse.skip(found[1], "comma", "of", "in"))
    if own is None or found[0].width > 2:
        return date, found[1]
    return replace(date, year=own[0].year, era=own[0].era, calendar=own[0].calendar), own[1]


def _one_sided(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    return first_of(parse, pos, _since, _until, _before, _after)


def _since(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    """Read "since 2014", "from 2014 onwards"; it is still going on."""
    said = parse.has(pos, "since")
    found = single(parse, parse.skip(pos, "since", "from", most=1))
    if found is None:
        return None
    date, end = found
    onwards = parse.skip(end, "onwards", most=1)
    return (Span(date, Edge.OPEN), onwards) if said or onwards > end else None


def _limit(parse: Parse, pos: int, role: str) -> tuple[Loose, int] | None:
    """Read the date that stands after the word of a *role*; «بعد أسبوعين من الآن» is a date itself."""
    found = single(parse, pos + 1) if parse.has(pos, role) else None
    return None if found is None or found[0].toward == "counted" else found


def _until(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    found = _limit(parse, pos, "until")
    return (Span(Edge.OPEN, found[0]), found[1]) if found else None


def _before(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    found = _limit(parse, pos, "before")
    return (Span(Edge.OPEN, found[0], beyond=True), found[1]) if found else None


def _after(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    found = _limit(parse, pos, "after")
    return (Span(found[0], Edge.OPEN, beyond=True), found[1]) if found else None


# ---------------------------------------------------------------- lists


def _several(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    """Read "5 or 6 June 1967", "1667, 1668 and 1670-1672", "1984 or earlier"."""
    if parse.has(pos, "some_time", "each"):
        return _one_range(parse, pos)
    at = parse.skip(pos, "either", "both", most=1)
    members: list[tuple[Loose | None, Loose | None]] = []
    choice: Choice | None = None
    while True:
        found = _member(parse, at)
        if found is None:
            return None
        own, at = found
        if None in own:
            open_choice = _open_choice(parse, at - 1)
            if choice not in (None, open_choice):
                return None
            choice = open_choice
        members.append(own)
        link = parse.skip(at, "comma", most=1)
        joint = Choice.ONE if parse.has(link, "or") else Choice.ALL if parse.has(link, "and") else None
        if joint is None and link == at:
            break
        if joint is not None:
            if choice not in (None, joint):
                return None
            choice, link = joint, link + 1
        at = parse.skip(link, "in", most=1) if single(parse, link) is None else link
    if choice is None:
        return None
    return Several(choice, tuple(members)), at


def _one_range(parse: Parse, pos: int) -> tuple[Phrase, int] | None:
    """Read "some time from 1670 to 1672", "each of January to May 2002"."""
    choice = Choice.ONE if parse.has(pos, "some_time") else Choice.ALL
    found = _between(parse, pos + 1) or _ranged(parse, pos + 1)
    if found is None:
        return None
    span, end = found
    if not isinstance(span.start, Loose) or not isinstance(span.end, Loose):
        return None
    return Several(choice, ((span.start, span.end),)), end


def _open_choice(parse: Parse, pos: int) -> Choice:
    return Choice.ONE if parse.has(pos, "or_earlier", "or_later") else Choice.ALL


def _member(parse: Parse, pos: int) -> tuple[tuple[Loose | None, Loose | None], int] | None:
    first = first_of(parse, pos, single, _fragment)
    if first is None and parse.has(pos, "from"):
        first = first_of(parse, pos + 1, single, _fragment)
    if first is None:
        return None
    date, end = first
    if parse.has(end, "or_earlier", "and_earlier"):
        return (None, date), end + 1
    if parse.has(end, "or_later", "and_later"):
        return (date, None), end + 1
    if parse.has(end, "dash", "to"):
        # "1667 or from 1670 to 1672"
        last = single(parse, end + 1) or _fragment(parse, end + 1)
        return ((date, last[0]), last[1]) if last else None
    return (date, date), end
