"""The one way in: a date as an author typed it, EDTF or words, to a date that keeps what is known.

Nothing here knows today, the locale or the time zone; a text that cannot be read is an error with a hint,
never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from timeline_gen.dates.completing import Context
from timeline_gen.dates.edtf import when
from timeline_gen.dates.edtf_ast import Date, Edtf, EdtfError, Interval, Range, Set, write
from timeline_gen.dates.edtf_parse import parse
from timeline_gen.dates.grammar import Parse
from timeline_gen.dates.lexicon import LEXICONS, NEUTRAL, Lexicon, lexicon
from timeline_gen.dates.loose import Loose, Phrase, Several, Span, Undated
from timeline_gen.dates.phrases import parse_phrase
from timeline_gen.dates.problems import DateError
from timeline_gen.dates.settling import settle
from timeline_gen.model import Bound, Edge, Kind, Precision, When

__all__ = ["DateError", "read"]

MAX_LENGTH: Final = 500
UNKNOWN: Final = "unknown"
"""A key's own word, as ``status: reported`` is: read whatever the languages of the site are."""
HINT: Final = (
    "write 2017, 2019-10, 2022-11-21, 2022-11-21/2022-12-18, or words such as “October 2019”, “since 2014”, "
    "«أكتوبر 2019»; docs/dates.md lists all forms"
)
_EDTF_LIKE: Final = re.compile(r"[-0-9XYSETZ?~%/.,\[\]{}:+]+", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
"""``9/11/01``: neither EDTF nor a day, and the hint of EDTF would speak of intervals."""
_NOBODY_KNOWS: Final = Bound(None, None, Edge.UNKNOWN, Precision.ANY)


def read(  # noqa: PLR0913  # all that a reading depends on, by name
    text: str,
    *,
    lang: str = "",
    languages: tuple[str, ...] = (),
    on: int | None = None,
    day_order: str = "",
    seasons: str = "north",
    calendar: str = "",
) -> When:
    """Return the date that *text* says: EDTF first, then words of *lang*, then of the other *languages*.

    *on* is the day number of the article's date, from which relative phrases are told; *day_order* is
    ``dmy`` or ``mdy`` for dates in figures; *calendar* is ``julian`` or ``hijri`` where the author wrote
    in that calendar. Without any language the words of all languages are tried.
    Raises :class:`DateError`.
    """
    if len(text) > MAX_LENGTH:
        raise DateError(
            f"the date has more than {MAX_LENGTH} characters", "write a date, not a text", code="TG203"
        )
    context = Context(on, day_order, seasons, calendar)
    plain = _plain(text)
    if plain == UNKNOWN:
        return _undated(text)
    refused: EdtfError | None = None
    if _EDTF_LIKE.fullmatch(plain):
        try:
            return _read_edtf(plain, text, context)
        except EdtfError as error:
            refused = error
    return _read_words(text, _lexicons(lang, languages), context, refused)


def _plain(text: str) -> str:
    """Return *text* without marks of direction and with Latin digits, as EDTF is written."""
    if text.isascii():
        return text.strip()
    return "".join(_plain_letter(char) for char in text).strip()


def _plain_letter(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def _read_edtf(plain: str, text: str, context: Context) -> When:
    ast = parse(plain)
    if context.calendar not in ("", "gregorian") and (phrase := _phrase_of(ast)) is not None:
        return _settled(phrase, text, context)
    return when(ast, source=text, seasons=context.seasons)


def _lexicons(lang: str, languages: tuple[str, ...]) -> tuple[Lexicon, ...]:
    codes = dict.fromkeys(code for code in (lang, *languages) if code) or LEXICONS
    found = dict.fromkeys(own.code for code in codes if (own := lexicon(code)) is not None)
    return tuple(LEXICONS[code] for code in found) or (NEUTRAL,)


def _read_words(
    text: str, lexicons: tuple[Lexicon, ...], context: Context, refused: EdtfError | None
) -> When:
    """Return what the first of *lexicons* reads in *text*; else raise the error that says most."""
    unread: DateError | None = None
    for own in lexicons:
        try:
            return _read_in(text, own, _spoken(context, own.weekdays))
        except DateError as error:
            # "1985-13" is no span: the slip is in the month.
            if error.code != "TG201" and not (error.code == "TG211" and refused and "/" not in text):
                raise
            unread = error if unread is None or error.offset > unread.offset else unread
    if refused is not None and _SHORT_YEAR.fullmatch(_plain(text)):
        raise DateError(
            f"the year of “{text}” has only two figures", "write all four: 9 November 2001", code="TG202"
        ) from None
    if refused is not None:
        raise DateError(refused.message, refused.hint, refused.offset, code="TG202") from None
    raise unread or DateError(f"the date {text!r} cannot be read", HINT)


@lru_cache(maxsize=1024)
def _spoken(context: Context, weekdays: tuple[str, ...]) -> Context:
    """Return *context* with the names of its *weekdays*, for messages; articles ask for the same again."""
    return replace(context, weekdays=weekdays)


def _read_in(text: str, words: Lexicon, context: Context) -> When:
    phrase, parsed = parse_phrase(text, words)
    if phrase is None:
        raise _unread(text, parsed)
    if isinstance(phrase, Undated):
        return _undated(text)
    return _settled(phrase, text, context)


def _undated(text: str) -> When:
    return When(text, "", Kind.UNDATED, _NOBODY_KNOWS, _NOBODY_KNOWS)


def _settled(phrase: Phrase, text: str, context: Context) -> When:
    if isinstance(phrase, Undated):
        return _undated(text)
    settled = settle(phrase, context)
    try:
        # Through its text, so that no reading yields what is not EDTF.
        own = when(write(settled.ast), source=text, seasons=context.seasons)
    except EdtfError as error:
        raise DateError(error.message, error.hint, code="TG202") from None
    said = (settled.time, settled.calendar, settled.relative, settled.beyond)
    if said == (own.time, own.calendar, own.relative, own.beyond):
        return own
    time, calendar, relative, beyond = said
    return replace(own, time=time, calendar=calendar, relative=relative, beyond=beyond)


def _unread(text: str, parsed: Parse) -> DateError:
    """Return the error that names the word where the grammar stopped."""
    if not text.strip():
        return DateError("the date is empty", HINT)
    if parsed.farthest >= len(parsed.tokens):
        return DateError(f"the date “{text}” cannot be read", HINT)
    token = parsed.tokens[parsed.farthest]
    following = parsed.tokens[parsed.farthest + 1 :]
    end = following[0].start if following else len(text)
    word = text[token.start : end].strip()
    return DateError(f"the date “{text}” cannot be read: “{word}” is not understood there", HINT, token.start)


# ---------------------------------------------------------------- EDTF in another calendar


def _phrase_of(ast: Edtf) -> Loose | Span | Several | None:
    """Return *ast* as a phrase, to be converted; None where a part has no other calendar (``156X``)."""
    if isinstance(ast, Date):
        return _loose(ast)
    if isinstance(ast, Interval):
        ends = [_loose(end) if isinstance(end, Date) else end for end in (ast.start, ast.end)]
        return None if ends[0] is None or ends[1] is None else Span(ends[0], ends[1])
    members = list(_members(ast))
    return None if None in members else Several(ast.choice, tuple(own for own in members if own))


def _members(ast: Set) -> Iterator[tuple[Loose | None, Loose | None] | None]:
    for member in ast.members:
        first, last = (member.first, member.last) if isinstance(member, Range) else (member, member)
        own = _loose(first) if first else None
        other = own if first is last else _loose(last) if last else None
        yield None if (first and not own) or (last and not other) else (own, other)


def _loose(date: Date) -> Loose | None:
    if "X" in date.year + date.month + date.day or date.grouping or date.exponent or date.significant:
        return None
    return Loose(
        year=str(int(date.year)) if date.year.isdigit() and int(date.year) > 999 else date.year,
        month=int(date.month or 0),
        day=int(date.day or 0),
        qualifier=date.qualifier,
        time=date.time,
    )
