"""The words by which a text is found; a script in the page finds them with the same steps.

A word is found by its folded form. What is added here needs more than the word: the part after an elided
article (``l’Europe``), two words that are written as one as well (أبو ظبي, أبوظبي), and the name of a country
or city behind a letter that Arabic joins to it (لقطر). Articles and endings come off in the page, where all
words of the site are known.

The index of whole texts knows no page: :func:`search_keys` also gives each word without what Arabic joins to
it. A single letter joined to a word without the article (بقطر) cannot be distinguished from a letter of the
word (بلدة): it is removed only if five letters remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from timeline_gen.text.cldr import place_names
from timeline_gen.text.folding import fold

ELIDED: Final = "jusqu lorsqu puisqu quoiqu dell nell sull dall all"
"""Words of more than two letters before an apostrophe after which another word begins."""
JOINING: Final = "ابو ابا ابي ام بو عبد ذو ذي"
"""Words, folded, that many write as one with the word behind."""

_ELIDED: Final = re.compile(
    rf"(?<!\w)(?:[^\W\d_]{{1,2}}|{'|'.join(ELIDED.split())})['\u2019\u02bc](?P<word>\w[\w\u0300-\u036f]+)",
    re.IGNORECASE,
)
_JOINING: Final = frozenset(JOINING.split())
_WORD: Final = re.compile(r"\w+")
_JOINED: Final = re.compile(
    r"""
    (?P<article> [وف]?(?:[بك]?ال|لل) ) (?=\w{2}) # and / so, by / as / to, the
    |
    (?P<two>     [وف][بكل]           ) (?=\w{4})
    |
    (?P<one>     [وفبكل]             ) (?=\w{5})
    """,
    re.VERBOSE,
)
_LEAST: Final = 2
"""The letters that the second of two joined words has at least."""
_LETTERS: Final = tuple("وفبكلس")


def search_words(text: str) -> tuple[str, ...]:
    """Return the words by which *text* is found, folded, each once, in the order in which they appear."""
    words = _WORD.findall(fold(text))
    found = [word for whole in words for word in (whole, *_names_within(whole))]
    found += (first + second for first, second in _pairs(words))
    if "'" in text or "\u2019" in text or "\u02bc" in text:
        found += (fold(elided["word"]) for elided in _ELIDED.finditer(text))
    return tuple(dict.fromkeys(found))


def search_keys(text: str) -> tuple[str, ...]:
    """Return the search keys of *text*: its words, and each without the words joined before it."""
    return tuple(dict.fromkeys(key for word in search_words(text) for key in (word, *_stems(word))))


@lru_cache(maxsize=32_768)
def _stems(word: str) -> tuple[str, ...]:
    match = _JOINED.match(word)
    if match is None:
        return ()
    rest = word[match.end() :]
    if match.lastgroup != "article":
        return (rest,)
    # «للجنة» is «لجنة» or «جنة» behind «لل».
    whole = ("ل" + rest,) if match.group().endswith("لل") else ()
    # «والأمن» is also found by «الأمن».
    with_article = (word[match.end() - 2 :],) if match.group()[:-2] and not whole else ()
    return (*whole, *with_article, rest)


def _pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield two words in turn that many write as one."""
    for first, second in pairwise(words):
        if first in _JOINING and len(second) >= _LEAST:
            yield first, second


@lru_cache(maxsize=32_768)
def _names_within(word: str) -> tuple[str, ...]:
    """Return the name of a country or city at the end of the Arabic *word*, behind joined letters."""
    if word[:1] not in _LETTERS or word in _places():
        return ()
    rests = [word[1:], word[2:]] if word[0] in "\u0648\u0641" and word[1:2] in _LETTERS else [word[1:]]
    return tuple(rest for rest in rests if rest in _places())


@cache
def _places() -> frozenset[str]:
    """Return the names of countries and cities in Arabic, folded; of those of several words the first."""
    names = (fold(name).partition(" ") for name in place_names("ar"))
    return frozenset(first for first, _, rest in names if len(first) > (_LEAST + 1 if rest else _LEAST))
