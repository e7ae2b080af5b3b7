"""Dates in words, as a good editor of each language would write them.

A date is worded as precisely as it is known: a year stays a year, "circa" and "possibly" stay, an unknown
end is worded otherwise than an open end. What two ends share is named once. Patterns and words are in
``words/``, a file for each language. If words cannot express all of a date, the EDTF follows in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.dates.calendars import JULIAN
from timeline_gen.dates.edtf import (
    Choice,
    Date,
    Edtf,
    Interval,
    Range,
    Set,
    neighbour,
    parse,
    part_of,
    year_range,
)
from timeline_gen.dates.wording.hijri_dates import hijri_style, in_hijri
from timeline_gen.dates.wording.other_calendars import (
    HIJRI,
    around,
    hijri_first,
    in_julian,
    old_style,
    with_hijri,
)
from timeline_gen.dates.wording.patterns import Style, parts, styles
from timeline_gen.dates.wording.shared_parts import shared_members, shared_phrases
from timeline_gen.dates.wording.single_dates import DateWords, date_phrase, end_phrase, qualify, wrap
from timeline_gen.model.dates import DateKind, Edge, Piece, Qualifier, When, Worded
from timeline_gen.model.settings import Language
from timeline_gen.text.bidi import isolate

_Wording: TypeAlias = tuple[tuple[Piece, ...], bool]
"""Pieces, and whether they express all of the EDTF."""

_SPACED: Final = frozenset(" –")
"""Characters in a date that need spaces around the dash after it."""
_CACHED: Final = 32_768


def word(when: When, language: Language, *, seasons: str = "north") -> Worded:
    """Return *when* in the words of *language*: long, short and spoken.

    *seasons* is the hemisphere, ``north`` or ``south``, of seasons that name none.
    """
    if when.kind is DateKind.UNDATED:
        long, short, spoken = (style.patterns["unknown"] for style in styles(language))
        return Worded((Piece(long, end=True),), short, spoken)
    facts = _Facts(when.edtf, when.time, when.beyond, when.calendar, when.day_part)
    return _word(facts, language, seasons)


class _Facts(NamedTuple):
    """All of a date that its wording depends on."""

    edtf: str
    time: str
    beyond: bool
    calendar: str
    day_part: str


@lru_cache(maxsize=_CACHED)
def _word(date: _Facts, language: Language, seasons: str) -> Worded:
    ast = parse(date.edtf)
    long, short, spoken = (
        _with_day_part(
            _say(ast, style, time=date.time, beyond=date.beyond, calendar=date.calendar), date.day_part, style
        )
        for style in styles(language, seasons)
    )
    pieces = long[0] if long[1] else _bracketed(long[0], date.edtf, language)
    return Worded(pieces, _text(short[0]), _text(spoken[0]))


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def _bracketed(pieces: tuple[Piece, ...], edtf: str, language: Language) -> tuple[Piece, ...]:
    # EDTF runs from left to right; among Arabic its parts would change places.
    shown = isolate(edtf, "ltr") if language.direction == "rtl" else edtf
    pattern = styles(language)[0].patterns["bracketed"]
    before, _, after = pattern.format(date="\n", edtf=shown).partition("\n")
    return (*([Piece(before)] if before else []), *pieces, *([Piece(after)] if after else []))


def _with_day_part(wording: _Wording, day_part: str, style: Style) -> _Wording:
    """Return *wording* with the part of the day that the author named."""
    return (around(style.patterns[f"part_{day_part}"], wording[0]), wording[1]) if day_part else wording


def _say(ast: Edtf, style: Style, *, time: str, beyond: bool, calendar: str) -> _Wording:
    written, days = in_julian(ast) if calendar == JULIAN else (ast, {})
    pieces, exact = _worded(written, style, time=time, beyond=beyond)
    # Years are the same in both calendars, and then nothing is marked as Old Style.
    if written != ast:
        pieces = old_style(pieces, days, style)
    hijri = in_hijri(ast, calendar, beyond=beyond) if calendar in HIJRI and style.hijri_months else None
    if hijri:
        pieces = hijri_first(_worded(hijri, hijri_style(style), time="", beyond=beyond)[0], pieces, style)
    elif style.second_calendar:
        pieces = with_hijri(pieces, style)
    if style.digits == "latn":
        return pieces, exact
    return tuple(replace(piece, text=style.in_digits(piece.text)) for piece in pieces), exact


def _worded(ast: Edtf, style: Style, *, time: str, beyond: bool) -> _Wording:
    if isinstance(ast, Date):
        return _whole(date_phrase(ast, style, time=time), style)
    if isinstance(ast, Interval):
        return _interval(ast, style, beyond=beyond)
    return _set(ast, style)


def _whole(phrase: DateWords, style: Style) -> _Wording:
    before, after = phrase.clock
    if not (style.second_calendar and (before or after)):
        return (Piece(phrase.text, end=True, datetime=phrase.datetime),), phrase.exact
    # The second calendar follows the day, not the time of day.
    day = phrase.text.removeprefix(before).removesuffix(after)
    pieces = (Piece(before), Piece(day, end=True, datetime=phrase.datetime), Piece(after))
    return tuple(piece for piece in pieces if piece.text), phrase.exact


# ---------------------------------------------------------------- patterns around dates


def _around(name: str, phrase: DateWords, style: Style) -> _Wording:
    """Return *phrase* in the pattern *name*: "since 2014"."""
    ends = {field: Piece(text, end=True, datetime=phrase.datetime) for field, text in phrase.fields.items()}
    return _fill(style.pick(name, phrase.shape), ends, style), phrase.exact


def _between(name: str, start: DateWords, end: DateWords, style: Style) -> _Wording:
    """Return *start* and *end* in the pattern *name*: "from 2011 to 2013"."""
    ends = {
        side if field == "date" else f"{side}_{field}": Piece(text, end=True, datetime=phrase.datetime)
        for side, phrase in (("start", start), ("end", end))
        for field, text in phrase.fields.items()
    }
    pattern = style.pick(name, end.shape if start.shape == end.shape else "")
    return _fill(pattern, ends, style), start.exact and end.exact


def _fill(pattern: str, ends: Mapping[str, Piece], style: Style) -> tuple[Piece, ...]:
    # Not by str.format(): each end stays a piece of its own, to be isolated and marked as <time>.
    pieces: list[Piece] = []
    for literal, field in parts(pattern):
        end = ends[field] if field else None
        before, text = style.joined(literal, end.text) if end else (literal, "")
        if before:
            pieces.append(Piece(before))
        if end:
            pieces.append(replace(end, text=text))
    return tuple(pieces)


# ---------------------------------------------------------------- intervals


def _interval(interval: Interval, style: Style, *, beyond: bool) -> _Wording:
    start, end = interval.start, interval.end
    if isinstance(start, Date):
        if isinstance(end, Date):
            return _span(start, end, style)
        return _half_open("since", start, end, style, beyond=beyond)
    if isinstance(end, Date):
        return _half_open("until", end, start, style, beyond=beyond)
    return (Piece(style.patterns["unknown"], end=True),), False


def _span(start: Date, end: Date, style: Style) -> _Wording:
    # "44 BC – AD 14": where one year names its era, the other would seem to share it.
    style = _crossing((start, end), style)
    shared = shared_phrases(start, end, style)
    if shared:
        first, last, tight = shared
    else:
        first, last = end_phrase(start, style), end_phrase(end, style)
        tight = not _SPACED.intersection(first.text + last.text)
    return _between("span_close" if tight else "span", first, last, style)


def _crossing(dates: Iterable[Date], style: Style) -> Style:
    """Return *style* with every year in its era, where *dates* are both before the year 1 and after it."""
    before = {year_range(date)[1] <= 0 for date in dates}
    return replace(style, crossing=True) if len(before) > 1 else style


def _half_open(name: str, date: Date, other: Edge, style: Style, *, beyond: bool) -> _Wording:
    """Return a span of which only one end, *date*, is known: *name* is "since" or "until"."""
    if other is Edge.UNKNOWN:
        variant = "since_unknown_end" if name == "since" else "until_unknown_start"
        return _around(variant, end_phrase(date, style), style)
    # "Before 1948" is kept as ../1947: the year that its author named is the one after that.
    past = neighbour(date, -1 if name == "since" else 1) if beyond else None
    if past:
        return _around("after" if name == "since" else "before", date_phrase(past, style), style)
    return _around(name, end_phrase(date, style), style)


# ---------------------------------------------------------------- sets


def _set(ast: Set, style: Style) -> _Wording:
    if part := part_of(ast):
        name, whole = part[0].value, part[1]
        phrase = wrap(date_phrase(whole.qualified(Qualifier.NONE), style), name, style)
        return _whole(replace(qualify(phrase, whole.qualifier, style), shape="part"), style)
    style = _crossing(_dates_of(ast), style)
    if len(ast.members) == 1:
        return _member(ast.members[0], style, ast.choice, single=True)
    one_of = ast.choice is Choice.ONE
    shared = shared_members(ast.members, style, one_of=one_of)
    if shared is None:
        return _list(list(_members(ast, style)), ast.choice, style)
    wording = _list([_whole(phrase, style) for phrase in shared], ast.choice, style, shared=True)
    return _governed(wording, shared[-1].shape, len(shared), ast.choice, style)


def _members(ast: Set, style: Style) -> Iterator[_Wording]:
    """Yield the members of a set, none of which lends another a part.

    "May 2018 and 2019" is read as two months: a whole year after a finer date is announced by its word.
    """
    finer = False
    for member in ast.members:
        whole_year = isinstance(member, Date) and not member.month
        yield _member(member, _with_named_years(style) if finer and whole_year else style, ast.choice)
        finer = finer or any(date.month for date in _dates_of(Set(ast.choice, (member,))))


def _with_named_years(style: Style) -> Style:
    """Return *style* with its word for a year before every year."""
    named = style.patterns["year_named"]
    years = {key: named for key in ("year", "year_within", "year_bare") if key in style.patterns}
    return replace(style, patterns={**style.patterns, **years})


def _governed(wording: _Wording, shape: str, count: int, choice: Choice, style: Style) -> _Wording:
    """Return a list of *count* dates of one *shape* after the word that governs them: «الأعوام»."""
    names = ["one_of"] if choice is Choice.ONE else (["two_of"] if count == 2 else []) + ["all_of"]
    patterns = (style.patterns.get(f"{name}_{shape}") for name in names)
    pattern = next(filter(None, patterns), "{list}")
    before, _, after = pattern.partition("{list}")
    pieces = (*([Piece(before)] if before else []), *wording[0], *([Piece(after)] if after else []))
    return pieces, wording[1]


def _dates_of(ast: Set) -> Iterator[Date]:
    for member in ast.members:
        ends = (member.first, member.last) if isinstance(member, Range) else (member,)
        yield from (date for date in ends if date)


def _member(member: Date | Range, style: Style, choice: Choice, *, single: bool = False) -> _Wording:
    """Return one *member* of a set; *single* if the set has no other."""
    if isinstance(member, Date):
        return _whole(date_phrase(member, style), style)
    first, last = member.first, member.last
    one_of = choice is Choice.ONE
    if first and last:
        return _range(first, last, style, one_of=one_of) if single else _span(first, last, style)
    if first:
        return _around("later" if one_of else "all_later", date_phrase(first, style), style)
    if last:
        return _around("earlier" if one_of else "all_earlier", date_phrase(last, style), style)
    return (Piece(style.patterns["any"], end=True),), False


def _range(first: Date, last: Date, style: Style, *, one_of: bool) -> _Wording:
    """Return one of the dates from *first* to *last*, or all of them."""
    shared = shared_phrases(first, last, style)
    start, end = shared[:2] if shared else (end_phrase(first, style), end_phrase(last, style))
    return _between("between" if one_of else "each", start, end, style)


def _list(wordings: list[_Wording], choice: Choice, style: Style, *, shared: bool = False) -> _Wording:
    name = "or" if choice is Choice.ONE else "and"
    # A comma after a month would read as one between a month and its year: not so in "June 5, 6 or 7, 2017".
    apart = any(" " in _text(pieces) for pieces, _ in wordings[1 if shared else 0 : -1])
    joined = wordings[0][0]
    for pieces, _ in wordings[1:-1]:
        joined = _join(style.patterns[f"{name}_apart" if apart else name], joined, pieces)
    joined = _join(style.patterns[f"{name}_last"], joined, wordings[-1][0])
    return joined, all(exact for _, exact in wordings)


def _join(pattern: str, first: tuple[Piece, ...], second: tuple[Piece, ...]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for literal, field in parts(pattern):
        if literal:
            joined.append(Piece(literal))
        if field:
            joined.extend(first if field == "a" else second)
    return tuple(joined)
