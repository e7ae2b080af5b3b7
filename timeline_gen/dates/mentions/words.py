"""The words of a sentence with what each may mean in a date, and those that may follow a year."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, NamedTuple

from timeline_gen.dates.phrases import tokenize
from timeline_gen.dates.words import Lexicon

_WORD: Final = re.compile(r"\d+|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0640\u064b-\u065f\u0670])*|[^\w\s]|_")


_ENOUGH: Final = 5_000
"""Words of a text by which its language is known."""


class Word(NamedTuple):
    """A word, a number or a sign of a sentence."""

    start: int
    end: int
    text: str
    roles: frozenset[str]
    """What it may mean in a date; empty where it means nothing there."""
    prefix: int = 0
    """How many letters of it are a conjunction that is written together with it: «وفي»."""

    @property
    def is_mark(self) -> bool:
        """Return whether it is a sign."""
        return not self.text[0].isalnum()

    @property
    def is_year(self) -> bool:
        """Return whether it is a number of four digits."""
        return len(self.text) == 4 and self.text.isdecimal()


def words_of(sentence: str, lexicon: Lexicon) -> tuple[Word, ...]:
    """Return the words of *sentence*, in the language of *lexicon*."""
    roles: dict[int, set[str]] = {}
    prefixes: dict[int, int] = {}
    # A word may give several tokens, «وفي» two: their roles come together under its place.
    for token in tokenize(sentence, lexicon.vocabulary):
        if token.start in roles and roles[token.start] == {"and"}:
            prefixes[token.start] = 1
        roles.setdefault(token.start, set()).update(token.tags)
    found: list[Word] = []
    before = _NOTHING
    for match in _WORD.finditer(sentence):
        start, text = match.start(), match[0]
        if start in roles:
            before = frozenset(roles[start])
        elif not text[0].isalnum():
            # Signs inside an expression mean nothing: "Nov. 21", "al-Awwal".
            found.append(Word(start, match.end(), text, _INNER.get(text, _NOTHING)))
            continue
        elif _is_article(text.casefold(), lexicon):
            found.append(Word(start, match.end(), text, _THE))
            continue
        # A word without a token of its own belongs to the one before it: «تشرين الأول» is one.
        found.append(Word(start, match.end(), text, before, prefixes.get(start, 0)))
    return tuple(found)


_THE: Final = frozenset({"the"})
_NOTHING: Final = frozenset[str]()
_INNER: Final = {
    "-": frozenset({"dash"}),
    ".": frozenset({"dot"}),
    "'": frozenset({"dot"}),
    "’": frozenset({"dot"}),
}


def _is_article(word: str, lexicon: Lexicon) -> bool:
    """Return whether *word* is an article that is a word of its own."""
    forms = lexicon.vocabulary.entries.get(word, ())
    return any(not rest and "the" in tags for rest, tags in forms)


@cache
def followers(lang: str) -> frozenset[str]:
    """Return the words of *lang* that may follow a year."""
    return _listed("followers", lang)


@cache
def others(lang: str) -> frozenset[str]:
    """Return the words of *lang* after which another day is meant than the date that follows."""
    return _listed("others", lang)


def likeliest_language(text: str, codes: Sequence[str]) -> str:
    """Return the one of *codes* whose small words *text* has most of; the first, where it has none."""
    words = Counter(match[0].casefold() for match in islice(_WORD.finditer(text), _ENOUGH))
    scores = {code: sum(words[word] for word in followers(code)) for code in codes}
    return max(codes, key=lambda code: scores[code])


def _listed(table: str, lang: str) -> frozenset[str]:
    return frozenset(_tables()[table].get(lang.partition("-")[0], "").split())


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    text = (files("timeline_gen.dates.mentions") / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
