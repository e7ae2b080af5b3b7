"""The word of a text that makes it no date: unknown, misspelt, or one too many."""

from __future__ import annotations

import difflib
from typing import Final

from timeline_gen.dates.calendars import DateError
from timeline_gen.dates.phrases.packrat import Parse
from timeline_gen.dates.phrases.phrase_rules import parse_phrase
from timeline_gen.dates.words import fold
from timeline_gen.messages import Message, say
from timeline_gen.text.suggestions import is_slip, nearest

HINT: Final = say(
    "write 2017, 2019-10, 2022-11-21, 2022-11-21/2022-12-18, or words such as “October "
    "2019”, “since 2014”, «أكتوبر 2019»; docs/dates.md lists all forms"
)
NEEDLESS: Final = say("“{rest}” would be a date; date_text: can keep the other words: {words}")
_SHORTEST_SLIP: Final = 4
"""Letters of a word that may be a slip of another: "mai" is as near to "may" as to "mar"."""
_ALIKE: Final = 0.8
"""How much a word and the known word that it may be a slip of have in common, at least."""
_MOST_NEEDLESS: Final = 3
"""How many unknown words a text may have that is a date without them."""
_NUMBERS: Final = frozenset({"cardinal", "scale"})


def unread(text: str, parse: Parse) -> DateError:
    """Return the problem that names the first word that the language does not have."""
    unknown = next(
        (pos for pos, token in enumerate(parse.tokens) if _is_word(token.text) and not token.tags), None
    )
    if unknown is None:
        return DateError(
            say(
                "the date “{text}” cannot be read: its words are known, but make no date together", text=text
            ),
            HINT,
            parse.place(min(parse.farthest, max(len(parse.tokens) - 1, 0))),
        )
    token = parse.tokens[unknown]
    word = _as_typed(text, token.start)
    meant = _meant(text, word, unknown, parse)
    hint = say("did you mean “{meant}”?", meant=meant) if meant else _needless(text, parse) or HINT
    return DateError(
        say("the date “{text}” cannot be read: “{word}” is not understood", text=text, word=word),
        hint,
        token.start,
    )


def _meant(text: str, word: str, unknown: int, parse: Parse) -> str:
    """Return *text* with *word* put right, if it is a slip of a word that makes a date there; else empty."""
    token, vocabulary = parse.tokens[unknown], parse.lexicon.vocabulary
    if len(token.text) < _SHORTEST_SLIP:
        return ""
    candidates = [
        known
        for known, entries in vocabulary.entries.items()
        if _may_be_slip(token.text, known) and not all(set(tags) <= _NUMBERS for _, tags in entries)
    ]
    near = nearest(token.text, candidates)
    if not near or not _is_near(token.text, near):
        return ""
    names = (*parse.lexicon.weekdays, *(name for family in parse.lexicon.months.values() for name in family))
    written = next((name for name in names if fold(name, vocabulary.letters) == near), near)
    corrected = f"{text[: token.start]}{written}{text[token.start + len(word) :]}"
    # A suggestion that would be refused in turn helps no one.
    return corrected if parse_phrase(corrected, parse.lexicon)[0] is not None else ""


def _may_be_slip(typed: str, known: str) -> bool:
    """Return whether *known* is close enough to *typed* to be compared letter by letter."""
    return abs(len(known) - len(typed)) <= 2 and (known[0] == typed[0] or known[-2:] == typed[-2:])


def _is_near(typed: str, known: str) -> bool:
    return is_slip(typed, known) or difflib.SequenceMatcher(None, typed, known).ratio() >= _ALIKE


def _needless(text: str, parse: Parse) -> Message | None:
    """Return the hint that *text* is a date without its unknown words: "as early as 1948"."""
    unknown = [token.start for token in parse.tokens if _is_word(token.text) and not token.tags]
    if len(unknown) > _MOST_NEEDLESS:
        return None
    words = [_as_typed(text, start) for start in unknown]
    rest = text
    for start, word in reversed([*zip(unknown, words, strict=True)]):
        rest = f"{rest[:start]}{rest[start + len(word) :]}"
    rest = " ".join(rest.split())
    phrase, kept = parse_phrase(rest, parse.lexicon)
    if phrase is None or not any(map(_is_word, (token.text for token in kept.tokens))):
        return None
    return NEEDLESS.filled(rest=rest, words=" ".join(dict.fromkeys(words)))


def _is_word(text: str) -> bool:
    return text[:1].isalpha()


def _as_typed(text: str, start: int) -> str:
    """Return the word that begins at *start* in *text*."""
    end = start
    while end < len(text) and not text[end].isspace() and text[end] not in ",;:،؛()[]–—":
        end += 1
    return text[start:end]
