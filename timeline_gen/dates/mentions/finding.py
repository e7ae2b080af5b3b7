"""Dates that a sentence names, read by the reader of phrases, and by nothing else.

A reader of whole phrases believes that what it is given is a date. In a sentence it may be a number, a name,
or a part of a longer expression: "in 2017 villages", «ثورة 25 يناير», "before the end of March 2019". So the
longest stretch that can be read is taken, and passed over unless what is around it shows that it is whole,
and a date. What is missed costs an author a line; what is wrong is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from timeline_gen.dates.days import civil
from timeline_gen.dates.mentions.context import WordSpan, is_whole, is_written_as_date
from timeline_gen.dates.mentions.words import Word, words_of
from timeline_gen.dates.phrases import DateError, read
from timeline_gen.dates.words import lexicon
from timeline_gen.model.dates import DateKind, When

_LONGEST: Final = 18
"""Words and signs of a date."""
_LONGEST_AROUND: Final = 20_000
"""Characters around a date that are looked through for years; what is longer may name any year."""
_YEAR: Final = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d,])")
_MOST_READINGS: Final = 120
"""Stretches of one sentence that are read, far more than those of the press need."""
_LONGEST_SENTENCE: Final = 2_000
"""Characters; what is longer is no sentence."""
_ANCHORS: Final = frozenset(
    ["month", "hijri_month", "jalali_month", "century", "decade", "shift", "feast", "bce", "ah"]
) | {"last", "ago", "next", "coming", "ago_before"}
"""What a date has one of, or a number of four digits."""
_INSIDE: Final = frozenset({"comma", "slash", "dash", "dot", "open", "close", "colon", "tilde", "the"})
_NO_BEGINNING: Final = frozenset({"and", "or", "the", "decade_suffix", "ordinal_suffix", "onwards"})
_NO_END: Final = frozenset(
    {"and", "or", "the", "from", "to", "between", "since", "until", "before", "after", "in"}
)


@dataclass(frozen=True, slots=True)
class MentionStyle:
    """How the dates of a text are read."""

    lang: str
    on: int | None = None
    """The day of the text, against which "last October" is read; None where it is not known."""
    day_order: str = ""
    seasons: str = "north"
    words: Mapping[str, tuple[str, ...]] | None = None
    """The site's own files of words, by language."""


class DateMention(NamedTuple):
    """A date in a sentence."""

    start: int
    end: int
    text: str
    when: When


def find_mentions(sentence: str, style: MentionStyle, *, around: str = "") -> Iterator[DateMention]:
    """Yield the dates that *sentence* names for certain, from its beginning to its end.

    Where the sentence, or the text *around* it, names another year than that which the day of the text gives
    to a date without one, that date is none for certain.
    """
    if len(sentence) > _LONGEST_SENTENCE:
        return
    own = (style.words or {}).get(style.lang, ())
    known = words_of(sentence, lexicon(style.lang, own))
    at, left = 0, _MOST_READINGS
    while at < len(known) and left > 0:
        tried, found = _longest(sentence, known, at, style) if _may_begin(known[at]) else (0, None)
        left -= tried
        if found is None:
            at += 1
            continue
        span, when = found
        unambiguous = not _is_of_other_time(span, around, when)
        if is_whole(span, when, style.lang, on=style.on, unambiguous=unambiguous):
            yield DateMention(span.start, span.end, span.text, when)
        # What is passed over is passed over as a whole: a part of it would be part of another expression.
        at = span.last + 1


def _is_of_other_time(span: WordSpan, around: str, when: When) -> bool:
    """Return whether what is around *span* names another year than that of its reading *when*."""
    if when.lo is None or not when.relative:
        return False
    if len(around) > _LONGEST_AROUND:
        return True
    year = civil(when.lo)[0]
    text = f"{around} {span.sentence[: span.start]} {span.sentence[span.end :]}"
    return any(int(found) != year for found in _YEAR.findall(text))


def _may_begin(word: Word) -> bool:
    return bool(word.roles - _NO_BEGINNING) and not word.is_mark


def _longest(
    sentence: str, known: tuple[Word, ...], at: int, style: MentionStyle
) -> tuple[int, tuple[WordSpan, When] | None]:
    """Return how many stretches were read, and the longest from the word *at* on that is a date, as read."""
    end = _run_end(known, at)
    if not any(_is_anchor(word) for word in known[at:end]):
        return 0, None
    tried = 0
    # The longest first: "in March" can be read, and is not all of "in March 2019".
    for last in range(end - 1, at - 1, -1):
        word = known[last]
        if word.is_mark or (word.roles <= _NO_END) or not any(map(_is_anchor, known[at : last + 1])):
            continue
        span, tried = WordSpan(sentence, known, at, last), tried + 1
        when = _read(span.text, style)
        if when is not None and is_written_as_date(span, when, style.lang):
            return tried, (span, when)
    return tried, None


def _run_end(known: tuple[Word, ...], at: int) -> int:
    """Return where the words that may belong to a date end."""
    for place in range(at, min(len(known), at + _LONGEST)):
        word = known[place]
        if not word.roles or (word.is_mark and not word.roles & _INSIDE):
            return place
    return min(len(known), at + _LONGEST)


def _is_anchor(word: Word) -> bool:
    return word.is_year or bool(word.roles & _ANCHORS)


def _read(text: str, style: MentionStyle) -> When | None:
    try:
        when = read(
            text,
            lang=style.lang,
            languages=(style.lang,),
            on=style.on,
            day_order=style.day_order,
            seasons=style.seasons,
            words=style.words or {},
        )
    except DateError:
        return None
    return when if when.kind is not DateKind.UNDATED else None
