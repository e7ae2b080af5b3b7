"""What Arabic joins to its words, taken off where the other words of a site show that it is joined.

The article, with what is before it, comes off where two letters remain. و ف ب ك ل س come off where the rest
is a word itself or is seen behind two of these letters, and from long words. The script ``search.js`` does
the same with what a reader types.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

_LETTERS: Final = "وفبكلس"
_ARABIC: Final = re.compile(r"[\u0620-\u064a]")
_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w{2})")
_TWO: Final = re.compile(r"[وف][بكلس]")
_LONG: Final = re.compile(r"[وف][بكل](?=\w{4})|[وفبكل](?=\w{5})")
_SEEN: Final = 3
"""Letters of a word that is known from what is joined to it, at least."""


@dataclass(frozen=True, slots=True)
class JoinedWords:
    """The words of a site."""

    words: Collection[str]
    seen: frozenset[str]
    """What is behind two different letters."""

    def is_known(self, rest: str) -> bool:
        """Return whether *rest* is a word, or is seen behind two letters that are joined to words."""
        return (len(rest) > 1 and rest in self.words) or rest in self.seen

    def bare(self, word: str) -> Iterator[str]:
        """Yield *word* without what is joined to it, in each way that it may be taken."""
        if not _ARABIC.match(word):
            return
        if match := _ARTICLE.match(word):
            rest, joined = word[match.end() :], match[0]
            # «للجنة» is «لجنة» or «جنة»: of three lams two are written.
            if joined.endswith("لل"):
                yield f"ل{rest}"
            # «والأمن» is «الأمن» as well as «أمن».
            elif len(joined) > len("ال"):
                yield f"ال{rest}"
            yield rest
            return
        found = {rest for rest in _rests(word) if self.is_known(rest)}
        if match := _LONG.match(word):
            found.add(word[match.end() :])
        yield from sorted(found)


def _rests(word: str) -> Iterator[str]:
    if word[0] in _LETTERS:
        yield word[1:]
    if _TWO.match(word):
        yield word[2:]


def joined_words(words: Collection[str]) -> JoinedWords:
    """Return the *words* of a site, with what they show of each other."""
    behind: dict[str, set[str]] = {}
    for word in words:
        if len(word) > _SEEN and word[0] in _LETTERS:
            behind.setdefault(word[1:], set()).add(word[0])
    return JoinedWords(words, frozenset(rest for rest, letters in behind.items() if len(letters) > 1))
