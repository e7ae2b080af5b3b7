"""The top rules of the grammar, which must match the whole text.

The words are in the tables of the languages (``words/*.toml``); the structure of a date in any language is in
the modules of rules. A text that does not match to its last word is not a date.
"""

from __future__ import annotations

from timeline_gen.dates.calendars import PartialDate, PartialSet, PartialSpan, Phrase, Undated
from timeline_gen.dates.edtf import Choice
from timeline_gen.dates.phrases.list_rules import centuries, several
from timeline_gen.dates.phrases.packrat import Match, Parse, Rule
from timeline_gen.dates.phrases.single_rules import single
from timeline_gen.dates.phrases.span_rules import (
    between,
    date_before_its_word,
    neighbours,
    one_sided,
    paired,
    ranged,
    span_before_its_words,
)
from timeline_gen.dates.phrases.tokens import DateToken, tokenize
from timeline_gen.dates.words import Lexicon


def parse_phrase(text: str, lexicon: Lexicon) -> tuple[Phrase | None, Parse]:
    """Return the phrase that *text* is in the words of *lexicon*, or None; and the parse, for a diagnosis."""
    tokens, square = _unwrapped(tokenize(text, lexicon.vocabulary))
    parse = Parse(tokens, lexicon)
    start = parse.skip(0, "in", "comma", most=3)
    rules: tuple[Rule[Phrase], ...] = (
        _undated,
        neighbours,
        between,
        ranged,
        one_sided,
        span_before_its_words,
        date_before_its_word,
        # Before several(), for which the 20 of «القرنان التاسع عشر والعشرون الميلاديان» is a year.
        centuries,
        several,
        single,
        paired,
    )
    # «في السنوات من 1998 إلى 2003»: most rules do not expect the preposition before the date.
    for at in dict.fromkeys((start, 0)):
        for candidate in rules:
            found = candidate(parse, at)
            if found is not None and found[1] == len(parse.tokens):
                bracketed = square and parse.has(at, "between")
                return (_some_time(found[0]) if bracketed else found[0]), parse
    return None, parse


def _undated(parse: Parse, pos: int) -> Match[Phrase]:
    return (Undated(), pos + 1) if parse.has(pos, "undated") else None


def _unwrapped(tokens: tuple[DateToken, ...]) -> tuple[tuple[DateToken, ...], bool]:
    """Return *tokens* without brackets around them all and commas after them; and whether any were square."""
    square = False
    while tokens:
        if "comma" in tokens[-1].tags:
            tokens = tokens[:-1]
        elif _enclosed(tokens):
            square = square or tokens[0].text == "["
            tokens = tokens[1:-1]
        else:
            break
    return tokens, square


def _enclosed(tokens: tuple[DateToken, ...]) -> bool:
    """Return whether the first of *tokens* opens a bracket that the last one closes."""
    if "open" not in tokens[0].tags or "close" not in tokens[-1].tags:
        return False
    if (tokens[0].text, tokens[-1].text) not in (("(", ")"), ("[", "]")):
        return False
    depth = 0
    for token in tokens[:-1]:
        depth += ("open" in token.tags) - ("close" in token.tags)
        if depth == 0:
            return False
    return depth == 1


def _some_time(phrase: Phrase) -> Phrase:
    """Return the span of a cataloguer's "[between 1899 and 1902]" as what it means: a date within it."""
    if (
        isinstance(phrase, PartialSpan)
        and isinstance(phrase.start, PartialDate)
        and isinstance(phrase.end, PartialDate)
    ):
        return PartialSet(Choice.ONE, ((phrase.start, phrase.end),))
    return phrase
