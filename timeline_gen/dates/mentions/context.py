"""Whether a stretch of a sentence that can be read as a date is one, by its words and by those around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from timeline_gen.dates.mentions.words import Word, followers, others
from timeline_gen.dates.words import lexicon
from timeline_gen.model.dates import When


def _roles(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONTHS: Final = _roles("month hijri_month jalali_month")
_PREPOSITIONS: Final = _roles("in since until before after between from not_before not_after circa")
_TIMES: Final = _roles(
    """month hijri_month jalali_month weekday digits season decade century unit unit_two bce ce ah bh sh feast
    cardinal ordinal"""
)
"""What is a part of dates, and of counts."""
_SHIFTING: Final = _roles(
    """before after since until circa uncertain not_before not_after part or either some_time half quarter
    third between final ago_before ahead_before each"""
)
"""What changes the meaning of the date after it."""
_LEFT: Final = (
    _TIMES
    | _SHIFTING
    | _roles("week_of week_from week_until weekend from to last next coming this own_year day")
)
_RIGHT: Final = _TIMES | _roles(
    """ago circa_after uncertain_after decade_suffix ordinal_suffix or_earlier or_later and_earlier and_later
    old_style new_style other_calendar own_year onwards"""
)
_JOINING: Final = _roles("and or to until of in from comma dash slash the before after")
"""Words that mean something only by what they join: "in 2017 to meet"."""
_BETWEEN_PARTS: Final = _JOINING | _roles("digits ordinal_suffix between dot")
"""What may be between a year and the word that marks it as one."""
_NOT_OF_YEARS: Final = _roles("ordinal cardinal weekday season feast decade day")
"""What no year goes on with."""
_MARKING_YEARS: Final = _MONTHS | _roles("year season ordinal half quarter third feast")
"""What marks the number after it as a year."""
_WEEKS: Final = _roles("week_of week_from week_until weekend")
_BOUNDS: Final = _roles("since until before after between not_before not_after")
"""Prepositions that what is before them may belong to: "three days before 5 June"."""
_COUNTED_FROM: Final = _roles("last next coming this")
_SHIFTS: Final = _roles("shift")
_AGO: Final = _roles("ago ago_before")
_ATTACHED_BEFORE: Final = re.compile(r"[\w$€£¥#№@/\\&=+.’'-]\Z")
_ATTACHED_AFTER: Final = re.compile(r"[\w%°$€£@/\\&=+]|[-–’'](?=\w)|\.\d|,\d")
_BOUNDARY: Final = re.compile(r"\s*(?:[.,;:!?)\]}»”\"،؛؟…—–]|-\s|\Z)")
_HARD: Final = frozenset('()[];:؛«»“”"—!?؟')
_NO_DATES: Final = re.compile(r"\A\d{4}-\d{2}\Z|\d,\d{3}(?!\d)|\A\d{1,2}\s*,")
"""What may be years or a month, a number, a number before a date: "2001-04", "2,017", "No. 5, May 2010"."""
_OPENING: Final = {"“": "”", "«": "»", "„": "“", "‘": "’"}
_EARLIEST: Final = 1500
"""The first year that is believed to be one without a word that marks it: "one in 1000"."""
_LAST: Final = 2100
_FEW: Final = 10
_OTHERWISE: Final = frozenset({"about", "earlier", "früher", "zuvor"})
"""Words that mean something else in a sentence: what it is about, or a time before another one."""
_DURING: Final = frozenset({"through", "thru"})
"""Words for "until" that mean "during" where nothing is before them."""
_FIGURES: Final = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")


@dataclass(frozen=True, slots=True)
class WordSpan:
    """The words from *first* to *last* of a sentence."""

    sentence: str
    words: tuple[Word, ...]
    first: int
    last: int

    @property
    def start(self) -> int:
        """Return where it begins in the sentence, after a conjunction that is joined to its first word."""
        word = self.words[self.first]
        return word.start + word.prefix

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.words[self.last].end

    @property
    def text(self) -> str:
        """Return its text."""
        return self.sentence[self.start : self.end]

    @property
    def inner(self) -> tuple[Word, ...]:
        """Return its words."""
        return self.words[self.first : self.last + 1]

    def has(self, roles: frozenset[str]) -> bool:
        """Return whether one of its words may be one of *roles*."""
        return any(word.roles & roles for word in self.inner)

    @property
    def is_introduced(self) -> bool:
        """Return whether it begins with a preposition."""
        return bool(self.words[self.first].roles & _PREPOSITIONS)


def is_whole(span: WordSpan, when: When, lang: str, *, on: int | None, unambiguous: bool) -> bool:
    """Return whether *span*, read as *when*, is a date for certain, and all of it.

    *on* is the day of the text, if that is known; *unambiguous* is whether nothing near names another year.
    """
    return (
        not _is_attached(span)
        and _is_free_before(span, lang)
        and _is_free_after(span)
        and (
            _is_relative_date(span, when, lang, on=on, unambiguous=unambiguous)
            if when.relative
            else _is_marked_year(span, lang)
        )
    )


def _is_attached(span: WordSpan) -> bool:
    """Return whether letters, figures or signs are joined to the span: "COVID-2019", "$2017", "2017%"."""
    word = span.words[span.first]
    before = "" if word.prefix else span.sentence[: span.start]
    return bool(_ATTACHED_BEFORE.search(before) or _ATTACHED_AFTER.match(span.sentence, span.end))


def is_written_as_date(span: WordSpan, when: When, lang: str) -> bool:
    """Return whether the words are written as those of a date are, and not as numbers or other words."""
    if _NO_DATES.search(span.text) or _is_counted_in_month(span):
        return False
    first = span.words[span.first]
    if "from" in first.roles and when.edtf.endswith("/.."):
        return False  # "a letter from March 2017" did not go on
    if first.text.casefold() in _DURING or any(word.text.casefold() in _OTHERWISE for word in span.inner):
        return False
    return all(_is_capital(word, lang) for word in span.inner if word.roles & _MONTHS)


def _is_counted_in_month(span: WordSpan) -> bool:
    """Return whether a number before a month is no day of it: "she was 18 in May 1968"."""
    words = span.inner
    return any(
        day.roles & {"digits", "cardinal"} and "in" in join.roles and month.roles & _MONTHS
        for day, join, month in zip(words, words[1:], words[2:], strict=False)
    )


def _is_capital(word: Word, lang: str) -> bool:
    """Return whether *word*, the name of a month, has the capital that such names have in *lang*."""
    names = next(iter(lexicon(lang).months.values()), ("",))
    return not names[0][:1].isupper() or not word.text[0].islower() or word.text[0].isdecimal()


def _is_free_before(span: WordSpan, lang: str) -> bool:
    """Return whether nothing before the span belongs to the same expression."""
    place = span.first - 1
    while place >= 0 and span.words[place].roles == {"the"}:
        place -= 1
    if place < 0 or span.words[place].text in _HARD:
        return True
    before = span.words[place].roles
    if not others(lang).isdisjoint(_words_before(span, place)):
        return False
    if span.is_introduced:
        bounded = span.words[span.first].roles & _BOUNDS
        parts = _TIMES | {"day_part", "day"} if bounded else _MONTHS | {"season", "weekday"}
        return not before & (_SHIFTING | _WEEKS | parts)
    if span.words[span.first].prefix or before & {"and", "comma", "dash", "slash", "or", "of"}:
        beyond = span.words[place - 1].roles if place and not span.words[span.first].prefix else before
        return not beyond & (_TIMES | _SHIFTING)
    return not before & _LEFT


def _words_before(span: WordSpan, place: int) -> tuple[str, ...]:
    """Return the word at *place*, and the one before it where that only joins: "the eve of"."""
    words = [span.words[place].text.casefold()]
    if place and span.words[place].roles & {"of"}:
        words.append(span.words[place - 1].text.casefold())
    return tuple(words)


def _is_free_after(span: WordSpan) -> bool:
    """Return whether nothing after the span belongs to the same expression."""
    place = span.last + 1
    if place >= len(span.words) or span.words[place].text in _HARD:
        return True
    after = span.words[place]
    if after.text in {",", "،", "."}:
        return True
    if after.roles & _JOINING and not after.roles & _TIMES:
        beyond = span.words[place + 1].roles if place + 1 < len(span.words) else frozenset[str]()
        return not beyond & _TIMES or bool(beyond & {"in"})
    # A year may be followed by a number of something else: "in May 2017 three men".
    wrong = _RIGHT - _NOT_OF_YEARS if span.words[span.last].is_year else _RIGHT
    return not after.roles & wrong or after.text.casefold() == "on"


def _is_marked_year(span: WordSpan, lang: str) -> bool:
    """Return whether a year at the end of the span is one, and no number of things."""
    last = span.words[span.last]
    if not last.is_year:
        return True
    before = _before_year(span)
    # "May 2017" and 5/6/2017 can be nothing else; of "in 2017" the words after it decide.
    if before & _MARKING_YEARS or _FIGURES.fullmatch(span.text):
        return True
    counted = _is_ratio(span.words[span.first - 1]) if span.first else False
    introduced = span.is_introduced or _is_in_brackets(span) or span.has(frozenset({"part"}))
    is_likely = _EARLIEST <= int(last.text) <= _LAST and introduced and not counted
    return is_likely and _is_followed_well(span, lang, capitals=True)


def _is_ratio(word: Word) -> bool:
    """Return whether *word* may be the first number of "one in 2000"."""
    return "cardinal" in word.roles or (word.text.isdecimal() and int(word.text) <= _FEW)


def _before_year(span: WordSpan) -> frozenset[str]:
    """Return the roles of the word before the year at the end of the span, but for what joins the two."""
    for word in reversed(span.inner[:-1]):
        if word.roles - _BETWEEN_PARTS and not word.is_mark:
            return word.roles
    return frozenset()


def _is_relative_date(span: WordSpan, when: When, lang: str, *, on: int | None, unambiguous: bool) -> bool:
    """Return whether the span, which depends on the day of the text, is meant as a date by that day."""
    if on is None or _is_quoted(span):
        return False
    if span.has(_COUNTED_FROM) and span.has(_MONTHS | {"unit"}):
        return True
    if span.has(_AGO):
        return _BOUNDARY.match(span.sentence, span.end) is not None
    if len(span.inner) == 1 and span.has(_SHIFTS):
        return when.lo != on  # "today" is used of whatever there is now
    if not unambiguous or not span.has(frozenset({"month"})) or not span.is_introduced:
        return False
    return _is_followed_well(span, lang, capitals=False)


def _is_followed_well(span: WordSpan, lang: str, *, capitals: bool) -> bool:
    """Return whether what follows cannot be counted or named by the span: a sign, or a word that joins."""
    if _BOUNDARY.match(span.sentence, span.end):
        return True
    place = span.last + 1
    word = span.words[place].text if place < len(span.words) else ""
    if capitals and word[:1].isupper():
        return True
    known = followers(lang)
    return word.casefold() in known or (lang.startswith("ar") and word[:1] == "و" and word[1:] in known)


def _is_in_brackets(span: WordSpan) -> bool:
    before, after = span.sentence[: span.start].rstrip()[-1:], span.sentence[span.end :].lstrip()[:1]
    return before in {"(", "["} and after in {")", "]"}


def _is_quoted(span: WordSpan) -> bool:
    """Return whether the span is inside quotation marks: "yesterday" is then another day."""
    before = span.sentence[: span.start]
    return before.count('"') % 2 == 1 or any(
        before.rfind(opening) > before.rfind(closing) for opening, closing in _OPENING.items()
    )
