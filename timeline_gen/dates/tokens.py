"""From a text to words whose meaning is known: what the grammar reads.

Letters are folded first (capitals, accents, vowel signs, the three hamzas, five kinds of dash), so that
the tables of a language hold each word once. Every character remembers where it stood, for messages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

Tags: TypeAlias = Mapping[str, int | str]
"""What a word may mean: ``month`` 10, ``ordinal`` 2, ``until`` 0 …; most words mean one thing."""

Words: TypeAlias = tuple[str, ...]

_QUOTES: Final = frozenset("\"'«»‹›“”„‟‘’‚‛`´‵′″*_•·°")
_DASHES: Final = frozenset("‐‑‒–—―−﹘﹣－⁃")
_SAME: Final = {
    "،": ",",
    "٬": ",",
    "؛": ",",
    ";": ",",
    "؟": "?",
    "⁄": "/",
    "٫": ".",
    "…": " ",
    "～": "~",
    "∼": "~",
    "≈": "~",
    "=": " ",
}
_PUNCTUATION: Final = MappingProxyType(
    {
        "-": "dash",
        "/": "slash",
        ".": "dot",
        ",": "comma",
        "(": "open",
        ")": "close",
        ":": "colon",
        "+": "plus",
        "?": "question",
        "~": "tilde",
        "&": "and",
    }
)
_PUNCTUATION_TAGS: Final[Mapping[str, Tags]] = {mark: {tag: 0} for mark, tag in _PUNCTUATION.items()}
_HYPHENS: Final = frozenset("-‐‑﹣－")
_HYPHEN: Final[Tags] = {"dash": 0, "hyphen": 0}
"""A dash as EDTF writes it: «2010-12» is a month, «2010–12» three years."""
_SHORTENED: Final = re.compile(r"\s['‘’ʼ]\d\d(?!['’\w])")
"""``October '19``: a year without its century, where elsewhere quotation marks say nothing."""
_NOTHING: Final[Tags] = {}
_NONE: Final = (_NOTHING, 0)
_GROUPED: Final = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""The space that French puts between thousands."""
_PARTS: Final = re.compile(
    r"""
      \d{1,3}(?:,\d{3})+(?!\d)      # 12,000
    | \d+
    | [^\W\d_]+                     # a word
    | -+
    | (?<=\d)\.(?=\d)               # a full stop only between digits; elsewhere it ends an abbreviation
    | [^\w\s.]
    """,
    re.VERBOSE,
)
_ROMAN: Final = re.compile(r"(l?x{0,3})(ix|iv|v?i{0,3})", re.ASCII)
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of the text."""

    text: str
    tags: Tags
    start: int
    """Where it stands in the text as typed, from 0."""
    loose: bool = False
    """Whether spaces stand on both sides: what tells the dash of a range from that of a word."""


class Letters(dict[int, str]):
    """What each character is read as: filled on first use, the same for ever (``str.translate``)."""

    def __init__(self, same: Mapping[str, str] | None = None, drop: str = "") -> None:
        super().__init__()
        self._same = same or {}
        self._drop = frozenset(drop)

    def __missing__(self, code: int) -> str:
        self[code] = letters = "".join(self._read(char) for char in unicodedata.normalize("NFKD", chr(code)))
        return letters

    def _read(self, char: str) -> str:
        if char in _QUOTES or char.isspace():
            return " "
        if char in _DASHES:
            return "-"
        if char in _SAME:
            return _SAME[char]
        if char in self._drop or unicodedata.category(char) in ("Mn", "Cf", "Me"):
            return ""
        if (digit := unicodedata.decimal(char, None)) is not None:
            return str(digit)
        return "".join(self._same.get(letter, letter) for letter in char.casefold())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, ready to be looked up."""

    entries: Mapping[str, tuple[tuple[Words, Tags], ...]]
    """By their first word, the longest first; words are folded."""
    attached: tuple[tuple[str, str], ...]
    """What is written together with the next word, and its role: «و», «ال»."""
    letters: Letters
    dashes: str = ""
    """Letters that stand for a dash where spaces are around them."""
    roman: Words | None = None
    """The endings of Roman ordinals, where the language has them: ``XIXe``."""


def fold(text: str, letters: Letters) -> str:
    """Return *text* as it is looked up: folded *letters*, single spaces, no full stops."""
    return " ".join(re.sub(r"[.\-]", " ", text.translate(letters)).split())


def tokenize(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Return the words, numbers and signs of *text*; what *vocabulary* does not hold has no tags."""
    pieces = _pieces(text, vocabulary)
    tokens: list[Token] = []
    position = 0
    while position < len(pieces):
        word, start, loose = pieces[position]
        if word[0].isdecimal():
            number = word.replace(",", "")
            tags: Tags = {"digits": int(number)}
            if len(number) == 2 and start >= 2 and _SHORTENED.match(text, start - 2):
                tags = {**tags, "short": 0}
            tokens.append(Token(number, tags, start, loose))
        elif not word[0].isalpha():
            tags = _PUNCTUATION_TAGS.get(word[0], _NOTHING)
            if word == "-" and text[start] in _HYPHENS:
                tags = _HYPHEN
            tokens.append(Token(word, tags, start, loose))
        else:
            position = _read_word(pieces, position, vocabulary, tokens)
            continue
        position += 1
    return tuple(tokens)


_Pieces: TypeAlias = list[tuple[str, int, bool]]


def _pieces(text: str, vocabulary: Vocabulary) -> _Pieces:
    """Return the folded pieces of *text*, each with its place and whether spaces surround it."""
    if vocabulary.dashes:
        text = re.sub(rf"(?<=\s)[{re.escape(vocabulary.dashes)}]+(?=\s)", lambda run: "-" * len(run[0]), text)
    if not text.isascii():
        text = _GROUPED.sub(",", text)
    folded, origin = text.translate(vocabulary.letters), None
    if len(folded) != len(text):
        origin = [index for index, char in enumerate(text) for _ in vocabulary.letters[ord(char)]]
    return [
        (
            match[0],
            origin[match.start()] if origin else match.start(),
            folded[match.start() - 1 : match.start()] == " " and folded[match.end() : match.end() + 1] == " ",
        )
        for match in _PARTS.finditer(folded)
    ]


def _read_word(pieces: _Pieces, position: int, vocabulary: Vocabulary, tokens: list[Token]) -> int:
    """Append the word at *position*, with what is attached to it, and return the position after it."""
    word, start, loose = pieces[position]
    found = _look_up(word, pieces, position, vocabulary)
    for prefix, role in vocabulary.attached:
        rest = word[len(prefix) :]
        # «وأحد أيام» is "and" with two words, though «واحد» is a word as well.
        if (
            rest
            and word.startswith(prefix)
            and _reach(rest, pieces, position, vocabulary) > (found or _NONE)[1]
        ):
            _append(tokens, Token(prefix, {role: 0}, start), 0)
            pieces[position] = rest, start, False
            return _read_word(pieces, position, vocabulary, tokens)
    if found:
        return _append(tokens, Token(word, found[0], start, loose), found[1])
    roman = _roman(word, vocabulary.roman) if vocabulary.roman is not None else 0
    tokens.append(Token(word, {"ordinal": roman} if roman else _NOTHING, start, loose))
    return position + 1


def _append(tokens: list[Token], token: Token, end: int) -> int:
    # Articles say nothing about a date.
    if "the" not in token.tags or len(token.tags) > 1:
        tokens.append(token)
    return end


def _reach(rest: str, pieces: _Pieces, position: int, vocabulary: Vocabulary) -> int:
    """Return where the entry ends that *rest* begins, also without one more prefix; 0 if there is none."""
    if found := _look_up(rest, pieces, position, vocabulary):
        return found[1]
    for prefix, _ in vocabulary.attached:
        if rest.startswith(prefix) and len(rest) > len(prefix):
            found = _look_up(rest[len(prefix) :], pieces, position, vocabulary)
            if found:
                return found[1]
    return 0


def _look_up(word: str, pieces: _Pieces, position: int, vocabulary: Vocabulary) -> tuple[Tags, int] | None:
    """Return the tags of the longest entry that begins with *word* at *position*, and where it ends."""
    for words, tags in vocabulary.entries.get(word, ()):
        end = _match(words, pieces, position + 1)
        if end:
            return tags, end
    return None


def _match(words: Words, pieces: _Pieces, position: int) -> int:
    """Return the position after *words*, the rest of an entry, or 0 where something else stands there."""
    for word in words:
        if position < len(pieces) and pieces[position][0][0] == "-" and not pieces[position][2]:
            position += 1
        if position >= len(pieces) or pieces[position][0] != word:
            return 0
        position += 1
    return position


def _roman(word: str, endings: Words) -> int:
    for ending in ("", *endings):
        stem = word.removesuffix(ending) if ending and word.endswith(ending) else word if not ending else ""
        if stem and _ROMAN.fullmatch(stem):
            values = [_ROMAN_VALUES[letter] for letter in stem]
            return sum(
                -value if value < following else value
                for value, following in zip(values, [*values[1:], 0], strict=True)
            )
    return 0
