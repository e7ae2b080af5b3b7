"""Near misses: names that are probably one name with a slip of the pen, found without comparing all with all.

Two identity keys (:func:`timeline_gen.text.identity.identity_key`) are near where they differ only in
spaces, doubled letters, marks, forms of hamza, a teh marbuta without dots or the Arabic article; or where
they have as many words, and each word is at most an edit from its counterpart, two where one of them has more
than seven letters. An edit puts in, leaves out or changes a letter, or swaps two neighbours (optimal string
alignment).
Figures and signs are compared exactly, as 2018 and 2022 are no slips of each other, and names of up to three
letters have no slips.

Words are indexed by what remains when a letter or two are deleted, which near words have in common (the
symmetric delete algorithm, Garbe 2012); names by a trie of their words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, product
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from timeline_gen.text.folding import fold

_LONG: Final = 7
"""A word of more letters may differ in two."""
_HEAD: Final = 7
"""How many letters of a word are indexed."""
_SHORT: Final = 3
"""Names of so few letters are not compared by edits."""
_DOUBLED: Final = re.compile(r"([^\W\d_])\1+")
_HAMZA: Final[Mapping[int, str]] = MappingProxyType(
    str.maketrans({**dict.fromkeys("أإآٱ", "ا"), "ؤ": "و", "ة": "ه", **dict.fromkeys("ئى", "ي"), "ء": ""})
)
_ARTICLE: Final = re.compile(r"(?<!\w)ال(?=\w{3})")
"""«سليم الحداد» and «سليم حداد» are written of one man; what is left is a word itself."""
_END: Final = ""
"""The key, which is no word, under which a node of the trie has the names that end there."""


_Node: TypeAlias = dict[str, Any]
"""A node of the trie: the nodes after it, by their words."""


class NearNames:
    """Names to which others may be near."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Index the identity *keys*; they are known by their numbers in this order."""
        self._bare: dict[str, list[int]] = {}
        self._trie: dict[int, _Node] = {}
        self._words: dict[str, None] = {}
        self._keys = tuple(keys)
        for number, key in enumerate(self._keys):
            for bare in _bare_forms(key):
                self._bare.setdefault(bare, []).append(number)
            words = key.split(" ")
            node = self._trie.setdefault(len(words), {})
            for word in words:
                self._words[word] = None
                node = node.setdefault(word, {})
            node.setdefault(_END, []).append(number)
        self._near_word = lru_cache(maxsize=None)(_NearWords(self._words))

    def near(self, key: str) -> Iterator[int]:
        """Yield the numbers of the names to which *key* is near, itself included, each once."""
        same = (number for bare in _bare_forms(key) for number in self._bare.get(bare, ()))
        yield from dict.fromkeys(chain(same, self._by_words(key)))

    def _by_words(self, key: str) -> Iterator[int]:
        words = key.split(" ")
        # In so few letters an edit makes another name: "Ali" and "Eli".
        short = _letters(key) <= _SHORT
        nodes = [self._trie.get(len(words), {})]
        for word in words:
            near = (word,) if short else self._near_word(word)
            nodes = [node[other] for node in nodes for other in _shared(near, node)]
        found = (number for node in nodes for number in node.get(_END, ()))
        yield from (number for number in found if short or _letters(self._keys[number]) > _SHORT)


def is_slip(key: str, other: str) -> bool:
    """Return whether the near names *key* and *other* differ so little that hardly two things bear them.

    They do where only spaces, doubled letters, marks and the like differ, or a letter of eight or more.
    """
    if _bare_forms(key) & _bare_forms(other):
        return True
    are_long = min(_letters(key), _letters(other)) > _LONG
    pairs = product(_bare_forms(key), _bare_forms(other))
    return are_long and any(within(mine, theirs, 1) for mine, theirs in pairs)


def _shared(words: tuple[str, ...], node: _Node) -> Iterable[str]:
    # The smaller of the two is gone through: a node may have thousands of words, or a word few near ones.
    if len(node) < len(words):
        return [word for word in node if word and word in words]
    return [word for word in words if word in node]


class _NearWords:
    """Words to which others may be near."""

    def __init__(self, words: Iterable[str]) -> None:
        self._found: dict[str, list[str]] = {}
        for word in words:
            for rest in _deletes(word):
                self._found.setdefault(rest, []).append(word)

    def __call__(self, word: str) -> tuple[str, ...]:
        """Return the words that are near to *word*, itself included."""
        found = chain.from_iterable(self._found.get(rest, ()) for rest in _deletes(word))
        return tuple(other for other in {*found} if _is_near(word, other))


def _deletes(word: str) -> set[str]:
    """Return the head of *word*, and the head without a letter, or without two if the word is long.

    Figures and signs are put before each of these: words that differ in them are not near.
    """
    if not word.isalpha():
        letters, others = _parted(word)
        return {f"{others}\0{rest}" for rest in _deletes(letters)} if letters else {word}
    # Words that differ only behind the head have this in common; _is_near() looks at all of both.
    head = word[:_HEAD]
    once = [head[:place] + head[place + 1 :] for place in range(len(head))]
    # Two edits are allowed where one word has eight letters: the other may then have six.
    if len(word) < _LONG - 1:
        return {head, *once}
    # The second letter follows the first: each pair is left out once.
    pairs = ((shorter, second) for first, shorter in enumerate(once) for second in range(first, len(shorter)))
    return {head, *once, *(shorter[:second] + shorter[second + 1 :] for shorter, second in pairs)}


def _is_near(word: str, other: str) -> bool:
    if word == other:
        return True
    if word.isalpha() and other.isalpha():
        return within(word, other, 2 if max(len(word), len(other)) > _LONG else 1)
    (mine, signs), (theirs, others) = _parted(word), _parted(other)
    return signs == others and within(mine, theirs, 2 if max(len(mine), len(theirs)) > _LONG else 1)


@lru_cache(maxsize=1 << 14)
def _parted(word: str) -> tuple[str, str]:
    """Return the letters and marks of *word*, and its figures and signs."""
    letters = "".join(letter for letter in word if unicodedata.category(letter)[0] in "LM")
    return letters, "".join(letter for letter in word if unicodedata.category(letter)[0] not in "LM")


def within(word: str, other: str, most: int) -> bool:
    """Return whether *most* edits, one or two, make *other* of *word*."""
    # What both begin and end with needs no edit, so that little is left for the slow comparison.
    start = 0
    for mine, theirs in zip(word, other, strict=False):
        if mine != theirs:
            break
        start += 1
    end = 0
    rest = min(len(word), len(other)) - start
    while end < rest and word[-1 - end] == other[-1 - end]:
        end += 1
    mine, theirs = word[start : len(word) - end], other[start : len(other) - end]
    longest = max(len(mine), len(theirs))
    # Each letter that is left may be changed, put in or left out.
    if longest <= most:
        return True
    return (most == 1 and longest == 2 and mine == theirs[::-1]) or (
        most > 1 and abs(len(mine) - len(theirs)) <= most and _edits(mine, theirs) <= most
    )


def _edits(word: str, other: str) -> int:
    """Return how many edits make *other* of *word* (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        older, before, row = before, row, [place]
        for column, theirs in enumerate(other, 1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != theirs))
            if place > 1 and column > 1 and letter == other[column - 2] and word[place - 2] == theirs:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
    return row[-1]


def _bare_forms(key: str) -> set[str]:
    """Return *key* without what hardly distinguishes names: spaces, doubled letters, marks, hamza, ة, ال."""
    # By the first «مسؤول» and «مسئول» are the same, by the second «مسؤول» and «مسوول».
    return {_bare(key, fold), _bare(key, _without_hamza)}


def _bare(key: str, plain: Callable[[str], str]) -> str:
    return _DOUBLED.sub(r"\1", plain(key).replace(" ", ""))


def _without_hamza(key: str) -> str:
    if key.isascii():
        return key
    apart = unicodedata.normalize("NFD", key.translate(_HAMZA))
    bare = "".join(letter for letter in apart if unicodedata.category(letter)[0] != "M")
    return _ARTICLE.sub("", unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=1 << 16)
def _letters(text: str) -> int:
    return len(text) if text.isalpha() else sum(map(str.isalpha, text))
