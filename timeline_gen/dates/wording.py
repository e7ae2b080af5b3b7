"""Dates in words, as a good editor of each language would write them.

What is known is said, and nothing more: a year stays a year, "circa" and "possibly" stay, an end that
nobody knows is told apart from one that is open. What two ends share is said once. Patterns and words
are in ``wording/``, a file for each language; where words cannot say all of a date of EDTF's level 2,
the EDTF follows in brackets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final, TypeAlias

from timeline_gen.dates.date_words import Phrase, date_phrase, qualify, wrap
from timeline_gen.dates.days import civil, day_number
from timeline_gen.dates.edtf_ast import Choice, Date, Edtf, Interval, Range, Set
from timeline_gen.dates.edtf_parse import parse
from timeline_gen.dates.parts import part_of
from timeline_gen.dates.phrasebook import Voice, parts, voices
from timeline_gen.dates.second_calendar import with_hijri
from timeline_gen.dates.shared_words import shared_members, shared_phrases
from timeline_gen.model import Edge, Kind, Language, Piece, Qualifier, When, Worded
from timeline_gen.text.bidi import isolate

_Said: TypeAlias = tuple[tuple[Piece, ...], bool]
"""Pieces, and whether they say all that the EDTF says."""

_LOOSE: Final = frozenset(" –")
"""What keeps a dash from standing without spaces beside it."""
_CACHED: Final = 32_768


def word(when: When, language: Language, *, seasons: str = "north") -> Worded:
    """Return *when* in the words of *language*: long, short and spoken.

    *seasons* is the hemisphere, ``north`` or ``south``, of seasons that name none.
    """
    if when.kind is Kind.UNDATED:
        long, short, spoken = (voice.patterns["unknown"] for voice in voices(language))
        return Worded((Piece(long, end=True),), short, spoken)
    return _word(when.edtf, when.time, when.beyond, language, seasons)


@lru_cache(maxsize=_CACHED)
def _word(
    edtf: str,
    time: str,
    beyond: bool,  # noqa: FBT001 - a key of the cache
    language: Language,
    seasons: str,
) -> Worded:
    ast = parse(edtf)
    long, short, spoken = (_say(ast, voice, time=time, beyond=beyond) for voice in voices(language, seasons))
    pieces = long[0] if long[1] else _bracketed(long[0], edtf, language)
    return Worded(pieces, _text(short[0]), _text(spoken[0]))


def _text(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


def _bracketed(pieces: tuple[Piece, ...], edtf: str, language: Language) -> tuple[Piece, ...]:
    # EDTF runs from left to right; among Arabic its parts would change places.
    shown = isolate(edtf, "ltr") if language.direction == "rtl" else edtf
    pattern = voices(language)[0].patterns["bracketed"]
    before, _, after = pattern.format(date="\n", edtf=shown).partition("\n")
    return (*([Piece(before)] if before else []), *pieces, *([Piece(after)] if after else []))


def _say(ast: Edtf, voice: Voice, *, time: str, beyond: bool) -> _Said:
    pieces, exact = _spoken_of(ast, voice, time=time, beyond=beyond)
    if voice.beside:
        pieces = with_hijri(pieces, voice)
    if voice.digits == "latn":
        return pieces, exact
    return tuple(replace(piece, text=voice.in_digits(piece.text)) for piece in pieces), exact


def _spoken_of(ast: Edtf, voice: Voice, *, time: str, beyond: bool) -> _Said:
    if isinstance(ast, Date):
        return _alone(date_phrase(ast, voice, time=time))
    if isinstance(ast, Interval):
        return _interval(ast, voice, beyond=beyond)
    return _set(ast, voice)


def _alone(phrase: Phrase) -> _Said:
    return (Piece(phrase.text, end=True, datetime=phrase.datetime),), phrase.exact


# ---------------------------------------------------------------- patterns around dates


def _around(name: str, phrase: Phrase, voice: Voice) -> _Said:
    """Return *phrase* in the pattern *name*: "since 2014"."""
    ends = {
        "date": Piece(phrase.text, end=True, datetime=phrase.datetime),
        "within": Piece(phrase.within, end=True, datetime=phrase.datetime),
    }
    return _fill(voice.pick(name, phrase.shape), ends, voice), phrase.exact


def _between(name: str, start: Phrase, end: Phrase, voice: Voice) -> _Said:
    """Return *start* and *end* in the pattern *name*: "from 2011 to 2013"."""
    ends = {
        "start": Piece(start.text, end=True, datetime=start.datetime),
        "end": Piece(end.text, end=True, datetime=end.datetime),
        "start_within": Piece(start.within, end=True, datetime=start.datetime),
        "end_within": Piece(end.within, end=True, datetime=end.datetime),
    }
    return _fill(voice.pick(name, end.shape), ends, voice), start.exact and end.exact


def _fill(pattern: str, ends: Mapping[str, Piece], voice: Voice) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for literal, field in parts(pattern):
        end = ends[field] if field else None
        if literal:
            pieces.append(Piece(voice.elide(literal, end.text) if end else literal))
        if end:
            pieces.append(end)
    return tuple(pieces)


# ---------------------------------------------------------------- intervals


def _interval(interval: Interval, voice: Voice, *, beyond: bool) -> _Said:
    start, end = interval.start, interval.end
    if isinstance(start, Date):
        if isinstance(end, Date):
            return _span(start, end, voice)
        return _half_open("since", start, end, voice, beyond=beyond)
    if isinstance(end, Date):
        return _half_open("until", end, start, voice, beyond=beyond)
    return (Piece(voice.patterns["unknown"], end=True),), False


def _span(start: Date, end: Date, voice: Voice) -> _Said:
    shared = shared_phrases(start, end, voice)
    if shared:
        first, last, tight = shared
    else:
        first, last = date_phrase(start, voice), date_phrase(end, voice)
        tight = not _LOOSE.intersection(first.text + last.text)
    return _between("span_close" if tight else "span", first, last, voice)


def _half_open(name: str, date: Date, other: Edge, voice: Voice, *, beyond: bool) -> _Said:
    """Return a span of which only one end, *date*, is known: *name* is "since" or "until"."""
    if other is Edge.UNKNOWN:
        variant = "since_unknown_end" if name == "since" else "until_unknown_start"
        return _around(variant, date_phrase(date, voice), voice)
    past = _neighbour(date, -1 if name == "since" else 1) if beyond else None
    if past:
        return _around("after" if name == "since" else "before", date_phrase(past, voice), voice)
    return _around(name, date_phrase(date, voice), voice)


def _neighbour(date: Date, step: int) -> Date | None:
    """Return the day, month, year, decade … that is *step* away from *date*; None where that has no name."""
    own = date.year_qualifier
    year = date.known_year
    if year is None:
        return None if date.month else _masked_neighbour(date, step)
    if date.grouping or date.significant or "X" in date.month + date.day:
        return None
    if date.day:
        return _date(*civil(day_number(year, int(date.month), int(date.day)) + step), qualifier=own)
    if date.month:
        years, month = divmod(year * 12 + int(date.month) - 1 + step, 12)
        return _date(years, month + 1, qualifier=own)
    return _date(year + step, qualifier=own)


def _masked_neighbour(date: Date, step: int) -> Date | None:
    """Return the decade, century or millennium beside *date*, of our era."""
    stem = date.year.rstrip("X")
    if not stem.isdigit() or int(stem) + step < 0:
        return None
    return replace(date, year=f"{int(stem) + step:0{len(stem)}}{date.year[len(stem) :]}")


def _date(year: int, month: int = 0, day: int = 0, *, qualifier: Qualifier) -> Date:
    sign = "-" if year < 0 else ""
    none = Qualifier.NONE
    return Date(
        f"{sign}{abs(year):04}",
        f"{month:02}" if month else "",
        f"{day:02}" if day else "",
        qualifier,
        qualifier if month else none,
        qualifier if day else none,
    )


# ---------------------------------------------------------------- sets


def _set(ast: Set, voice: Voice) -> _Said:
    if part := part_of(ast):
        name, whole = part[0].value, part[1]
        phrase = wrap(date_phrase(_certain(whole), voice), name, voice)
        return _alone(replace(qualify(phrase, whole.qualifier, voice), shape="part"))
    if len(ast.members) == 1:
        return _member(ast.members[0], voice, ast.choice, alone=True)
    if shared := shared_members(ast.members, voice):
        return _list([_alone(phrase) for phrase in shared], ast.choice, voice)
    return _list([_member(member, voice, ast.choice) for member in ast.members], ast.choice, voice)


def _certain(date: Date) -> Date:
    none = Qualifier.NONE
    return replace(date, year_qualifier=none, month_qualifier=none, day_qualifier=none)


def _member(member: Date | Range, voice: Voice, choice: Choice, *, alone: bool = False) -> _Said:
    """Return one *member* of a set; *alone* where it is the only one."""
    if isinstance(member, Date):
        return _alone(date_phrase(member, voice))
    first, last = member.first, member.last
    one = choice is Choice.ONE
    if first and last:
        if not alone:
            return _span(first, last, voice)
        return _between(
            "between" if one else "each", date_phrase(first, voice), date_phrase(last, voice), voice
        )
    if first:
        return _around("later" if one else "all_later", date_phrase(first, voice), voice)
    if last:
        return _around("earlier" if one else "all_earlier", date_phrase(last, voice), voice)
    return (Piece(voice.patterns["any"], end=True),), False


def _list(said: list[_Said], choice: Choice, voice: Voice) -> _Said:
    name = "or" if choice is Choice.ONE else "and"
    # A comma after a month would read as one between a month and its year.
    apart = any(" " in _text(pieces) for pieces, _ in said[:-1])
    joined = said[0][0]
    for pieces, _ in said[1:-1]:
        joined = _join(voice.patterns[f"{name}_apart" if apart else name], joined, pieces)
    joined = _join(voice.patterns[f"{name}_last"], joined, said[-1][0])
    return joined, all(exact for _, exact in said)


def _join(pattern: str, first: tuple[Piece, ...], second: tuple[Piece, ...]) -> tuple[Piece, ...]:
    joined: list[Piece] = []
    for literal, field in parts(pattern):
        if literal:
            joined.append(Piece(literal))
        if field:
            joined.extend(first if field == "a" else second)
    return tuple(joined)
