"""The words of one language, folded and ready to be looked up.

Letters are folded first (capitals, accents, vowel signs, the three hamzas, five kinds of dash), so that
the tables of a language hold each word once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

Tags: TypeAlias = Mapping[str, int | str]
"""What a word may mean: ``month`` 10, ``ordinal`` 2, ``until`` 0 …; most words mean one thing."""

Words: TypeAlias = tuple[str, ...]

_QUOTES: Final = frozenset("\"'«»‹›“”„‟‘’‚‛`´‵′″׳״*_•·°")
_DASHES: Final = frozenset("־‐‑‒–—―−﹘﹣－⁃")
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


class Letters(dict[int, str]):
    """A table for ``str.translate`` that folds characters, filled on first use."""

    def __init__(self, same: Mapping[str, str] | None = None, drop: str = "") -> None:
        super().__init__()
        self._same = same or {}
        self._drop = frozenset(drop)

    def __missing__(self, code: int) -> str:
        # NFKD takes letters and their marks apart, so that accents and vowel signs can be left out.
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
    """Prefixes that are written together with the next word, and their roles: «و», «ال»."""
    letters: Letters
    dashes: str = ""
    """Letters that are a dash between spaces."""
    ordinal_mark: str = ""
    """The sign of an ordinal after its number: the full stop of "3. Quartal"."""
    thousands: str = ""
    """A separator of groups of three digits, besides a comma and the narrow spaces."""
    roman: Words | None = None
    """The endings of Roman ordinals, where the language has them: ``XIXe``."""


def fold(text: str, letters: Letters) -> str:
    """Return *text* as it is looked up: folded *letters*, single spaces, no full stops."""
    return " ".join(re.sub(r"[.\-]", " ", text.translate(letters)).split())
