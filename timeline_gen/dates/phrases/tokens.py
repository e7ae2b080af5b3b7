"""The tokenizer: from a text to words whose meanings are known.

The text is folded like the vocabulary; each token has its position in the text as typed, for messages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from timeline_gen.dates.words import Tags, Vocabulary, Words

_PUNCTUATION: Final = MappingProxyType(
    {
        "-": "dash",
        "/": "slash",
        "\\": "slash",
        ".": "dot",
        ",": "comma",
        "(": "open",
        ")": "close",
        "[": "open",
        "]": "close",
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
"""A hyphen, as in EDTF: «2010-12» is a month, «2010–12» are three years."""
_SHORTENED: Final = re.compile(r"\s['‘’ʼ]\d\d(?!['’\w])")
"""``October '19``: a year without its century; other quotation marks are ignored."""
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
class DateToken:
    """A word, number or sign of the text."""

    text: str
    tags: Tags
    start: int
    """Its offset in the text as typed, from 0."""
    loose: bool = False
    """Whether spaces are on both sides: so a dash between dates differs from one within a word."""


def tokenize(text: str, vocabulary: Vocabulary) -> tuple[DateToken, ...]:
    """Return the words, numbers and signs of *text*; words that *vocabulary* lacks have no tags."""
    pieces = _pieces(text, vocabulary)
    tokens: list[DateToken] = []
    position = 0
    while position < len(pieces):
        word, start, loose = pieces[position]
        if word[0].isdecimal():
            number = word.replace(",", "")
            tags: Tags = {"digits": int(number)}
            if len(number) == 2 and start >= 2 and _SHORTENED.match(text, start - 2):
                tags = {**tags, "short": 0}
            if vocabulary.ordinal_mark and _is_marked(text, start + len(word), vocabulary.ordinal_mark):
                tags = {**tags, "counted": 0}
            tokens.append(DateToken(number, tags, start, loose))
        elif not word[0].isalpha():
            tags = _PUNCTUATION_TAGS.get(word[0], _NOTHING)
            if word == "-" and text[start] in _HYPHENS:
                tags = _HYPHEN
            tokens.append(DateToken(word, tags, start, loose))
        else:
            position = _read_word(pieces, position, vocabulary, tokens)
            continue
        position += 1
    return tuple(tokens)


def _is_marked(text: str, position: int, mark: str) -> bool:
    """Return whether *mark* makes the number before *position* an ordinal: "5. Juni", but not "5.6."."""
    return text.startswith(mark, position) and not text[position + len(mark) :][:1].isdecimal()


_Pieces: TypeAlias = list[tuple[str, int, bool]]


def _pieces(text: str, vocabulary: Vocabulary) -> _Pieces:
    """Return the folded pieces of *text*, each with its place and whether spaces surround it."""
    if vocabulary.dashes:
        marks = f"[{re.escape(vocabulary.dashes)}]+"
        between = rf"(?<=\s){marks}(?=\s)|(?<=\d){marks}(?=\d)"
        text = re.sub(between, lambda run: "-" * len(run[0]), text)
    if not text.isascii():
        # Before letters are folded: that makes a plain space of these, which parts two numbers.
        text = _GROUPED.sub(",", text)
    if vocabulary.thousands:
        text = re.sub(rf"(?<=\d){re.escape(vocabulary.thousands)}(?=\d{{3}}(?!\d))", ",", text)
    # One letter may fold to several, or to none; messages point into the text as it is typed.
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


def _read_word(pieces: _Pieces, position: int, vocabulary: Vocabulary, tokens: list[DateToken]) -> int:
    """Append the word at *position*, with what is attached to it, and return the position after it."""
    word, start, loose = pieces[position]
    found = _look_up(word, pieces, position, vocabulary)
    for prefix, role in vocabulary.attached:
        # «ב־2017»: what is attached is joined to figures by a hyphen, or by nothing.
        if word == prefix and (not found or _is_hyphen(pieces, position + 1)):
            end = position + (2 if _is_hyphen(pieces, position + 1) else 1)
            return _append(tokens, DateToken(prefix, {role: 0}, start), end)
        rest = word[len(prefix) :]
        # «وأحد أيام» is "and" with two words, though «واحد» is a word as well.
        if (
            rest
            and word.startswith(prefix)
            and _reach(rest, pieces, position, vocabulary) > (found or _NONE)[1]
        ):
            _append(tokens, DateToken(prefix, {role: 0}, start), 0)
            # The rest is read as a word of its own, since it may have a prefix, too: «وفي», «وللسنة».
            pieces[position] = rest, start, False
            return _read_word(pieces, position, vocabulary, tokens)
    if found:
        text = " ".join([word, *(piece[0] for piece in pieces[position + 1 : found[1]])])
        return _append(tokens, DateToken(text, found[0], start, loose), found[1])
    roman = _roman(word, vocabulary.roman) if vocabulary.roman is not None else 0
    tokens.append(DateToken(word, {"ordinal": roman} if roman else _NOTHING, start, loose))
    return position + 1


def _append(tokens: list[DateToken], token: DateToken, end: int) -> int:
    # Articles and mere endings of the word before mean nothing in a date.
    meaningless = ("the" in token.tags and len(token.tags) == 1) or ("ending" in token.tags and tokens)
    if not meaningless:
        tokens.append(token)
    return end


def _is_hyphen(pieces: _Pieces, position: int) -> bool:
    return position < len(pieces) and pieces[position][0] == "-" and not pieces[position][2]


def _reach(rest: str, pieces: _Pieces, position: int, vocabulary: Vocabulary) -> int:
    """Return the end of the entry that begins with *rest*, with or without a prefix; 0 if there is none."""
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
    """Return the position after *words*, the rest of an entry, or 0 if something else is there."""
    for word in words:
        # Entries have spaces where a hyphen may be typed: "Rabi al-Awwal", "1990er-Jahre".
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
