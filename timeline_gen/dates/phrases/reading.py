"""The entry point: from a date as an author typed it, EDTF or words, to a date as precise as the text.

No result depends on today, the locale or the time zone; a text that cannot be read is an error with a hint,
never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from timeline_gen.dates.calendars import (
    DateError,
    PartialSpan,
    Phrase,
    Undated,
    check_interval,
    check_sub_year,
    hijri_years,
    read_as_gregorian,
    year_calendars,
)
from timeline_gen.dates.edtf import EdtfError, parse, when, write
from timeline_gen.dates.phrases.diagnosis import diagnose
from timeline_gen.dates.phrases.edtf_input import as_edtf, phrase_of, plain_text
from timeline_gen.dates.phrases.packrat import Parse
from timeline_gen.dates.phrases.phrase_rules import parse_phrase
from timeline_gen.dates.phrases.resolve import resolve
from timeline_gen.dates.phrases.slips import HINT, NEEDLESS
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.dates.words import LEXICONS, Lexicon, lexicon
from timeline_gen.messages import Message, say
from timeline_gen.model.dates import Bound, DateKind, Edge, Precision, When

MAX_LENGTH: Final = 500
UNKNOWN: Final = "unknown"
"""A keyword of the front matter, read in every language."""
_EDTF_LIKE: Final = re.compile(r"[-0-9XYSETZ?~%/.,\[\]{}:+]+", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}", re.ASCII)
"""``9/11/01``: neither EDTF nor a day, and the hint of EDTF would be about intervals."""
_PLAIN_PROBLEM: Final = frozenset({"TG201"})
_WEAKER_THAN_EDTF: Final = frozenset({"TG201", "TG211", "TG212", "TG220"})
"""Problems of words that are less specific, for a text in figures, than those of the EDTF parser."""
NO_WORDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
_UNKNOWN: Final = Bound(None, None, Edge.UNKNOWN, Precision.ANY)


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date that was read, and what its author should check."""

    when: When
    warnings: tuple[DateError, ...] = ()
    notes: tuple[DateError, ...] = ()
    """What is read in the usual way, and might be meant in another."""


def read(
    text: str,
    *,
    lang: str = "",
    languages: tuple[str, ...] = (),
    on: int | None = None,
    day_order: str = "",
    seasons: str = "north",
    calendar: str = "",
    words: Mapping[str, tuple[str, ...]] = NO_WORDS,
) -> When:
    """Return the date that *text* is, as :func:`read_with_warnings` does, without its warnings."""
    return read_with_warnings(
        text,
        lang=lang,
        languages=languages,
        on=on,
        day_order=day_order,
        seasons=seasons,
        calendar=calendar,
        words=words,
    ).when


def read_with_warnings(
    text: str,
    *,
    lang: str = "",
    languages: tuple[str, ...] = (),
    on: int | None = None,
    day_order: str = "",
    seasons: str = "north",
    calendar: str = "",
    words: Mapping[str, tuple[str, ...]] = NO_WORDS,
) -> DateReading:
    """Read *text* as a date: as EDTF first, then in words of *lang*, then of the other *languages*.

    *on* is the day number of the article's date, against which relative phrases are resolved; *day_order*
    is ``dmy`` or ``mdy`` for dates in figures; *calendar* is ``gregorian``, ``julian``, ``hijri`` or
    ``jalali`` if the author named the calendar; *words* are the site's own files of words as text, by
    language. Without any language the words of all languages that have a file are tried.
    Raises :class:`DateError`.
    """
    if len(text) > MAX_LENGTH:
        raise DateError(
            say("the date has more than {max_length} characters", max_length=MAX_LENGTH),
            say("write a date, not a text"),
            code="TG203",
        )
    # Where the author names the calendar, no year is in doubt.
    counted = () if calendar else year_calendars(lang, on)
    context = ReadingContext(on, day_order, seasons, calendar, year_calendars=counted)
    plain = plain_text(text)
    if plain == UNKNOWN:
        return DateReading(_undated(text))
    refused: EdtfError | None = None
    if _EDTF_LIKE.fullmatch(plain):
        plain = as_edtf(plain)
        try:
            return _read_edtf(plain, text, context)
        # Figures that are no EDTF may be a date all the same: 21/11/2022.
        except EdtfError as error:
            refused = error
    return _read_words(text, _lexicons(lang, languages, words), context, refused)


def _read_edtf(plain: str, text: str, context: ReadingContext) -> DateReading:
    ast = parse(plain)
    # The figures are then those of the author's calendar, which EDTF cannot name.
    if context.calendar not in ("", "gregorian") and (phrase := phrase_of(ast)) is not None:
        return DateReading(_resolved(phrase, text, context))
    check_sub_year(ast, context.on)
    check_interval(ast)
    year = hijri_years(ast) if context.year_calendars else ""
    return DateReading(
        when(ast, source=text, seasons=context.seasons),
        (read_as_gregorian(year, context.year_calendars),) if year else (),
    )


def _lexicons(
    lang: str, languages: tuple[str, ...], words: Mapping[str, tuple[str, ...]]
) -> tuple[Lexicon, ...]:
    codes = dict.fromkeys(code for code in (lang, *languages) if code) or LEXICONS
    return tuple(lexicon(code, words.get(code, ())) for code in codes)


def _read_words(
    text: str, lexicons: tuple[Lexicon, ...], context: ReadingContext, refused: EdtfError | None
) -> DateReading:
    """Return what the first of *lexicons* reads in *text*; else raise the most specific error."""
    unread: list[tuple[Parse, ReadingContext]] = []
    problems: list[DateError] = []
    for words in lexicons:
        localized = _in_language(context, words.weekdays, words.order)
        phrase, parsed = parse_phrase(text, words)
        if phrase is None:
            unread.append((parsed, localized))
            continue
        try:
            read_as = _resolved(phrase, text, localized)
            return DateReading(read_as, notes=tuple(_other_meanings(phrase, read_as, words)))
        except DateError as error:
            # "1985-13" is not a span: the mistake is in the month.
            # What a language understands and refuses, the words of no other language may read otherwise.
            if error.code != "TG201" and (error.code != "TG211" or refused is None or "/" in text):
                raise
            problems.append(error)
    if refused is not None and _SHORT_YEAR.fullmatch(plain_text(text)):
        raise DateError(
            say("the year of “{text}” has only two figures", text=text),
            say("write all four: 9 November 2001"),
            code="TG202",
        ) from None
    problems += [diagnose(text, parsed, localized) for parsed, localized in unread]
    weaker = _WEAKER_THAN_EDTF if refused else _PLAIN_PROBLEM
    specific = next((problem for problem in problems if problem.code not in weaker), None)
    if specific is None and refused is not None:
        raise DateError(refused.message, refused.hint, refused.offset, code="TG202") from None
    raise specific or max(problems, key=_helpfulness)


def _helpfulness(problem: DateError) -> tuple[int, int]:
    """Return how far the text of *problem* was read, and how much its hint helps."""
    if problem.hint == HINT:
        return problem.offset, 0
    needless = isinstance(problem.hint, Message) and problem.hint.template == NEEDLESS
    return problem.offset, 1 if needless else 2


def _other_meanings(phrase: Phrase, read_as: When, words: Lexicon) -> Iterator[DateError]:
    """Yield a note that "between 1914 and 1918" is read as all of that time: a date in it may be meant."""
    if not (isinstance(phrase, PartialSpan) and phrase.may_be_within and read_as.kind is DateKind.SPAN):
        return
    if read_as.lo is None or read_as.hi is None:
        return
    within = read_as.edtf.replace("/", "..")
    once = f"“{words.some_time} {read_as.source}”" if words.some_time else f"[{within}]"
    yield DateError(
        say("“{text}” is read as all of that time: {edtf}", text=read_as.source, edtf=read_as.edtf),
        say(
            "if it happened once within it, write {once}; if it lasted, {edtf}", once=once, edtf=read_as.edtf
        ),
        code="TG229",
    )


@lru_cache(maxsize=1024)
def _in_language(context: ReadingContext, weekdays: tuple[str, ...], order: str) -> ReadingContext:
    """Return *context* for a language: with the names of its *weekdays* and the *order* of its figures.

    Cached, since the articles of a site need the same few.
    """
    return replace(context, weekdays=weekdays, day_order=context.day_order or order)


def _undated(text: str) -> When:
    return When(text, "", DateKind.UNDATED, _UNKNOWN, _UNKNOWN)


def _resolved(phrase: Phrase, text: str, context: ReadingContext) -> When:
    if isinstance(phrase, Undated):
        return _undated(text)
    resolved = resolve(phrase, context)
    try:
        # By way of the text, so that each result is known to be EDTF.
        date = when(write(resolved.ast), source=text, seasons=context.seasons)
    except EdtfError as error:
        raise DateError(error.message, error.hint, code="TG202") from None
    return replace(
        date,
        time=resolved.time,
        calendar=resolved.calendar,
        relative=resolved.relative,
        beyond=resolved.beyond,
        day_part=resolved.day_part,
    )
