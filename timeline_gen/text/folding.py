r"""Folding: spellings that readers take for the same word have the same folded form.

The steps, in order, so that a script in the page can repeat them: Unicode's form NFKC; lower case
(``casefold``); the letters of :data:`LETTERS`; form NFD, and these letters again; without the marks
and signs of :data:`SIGNS`; form NFC; each run of white space as one space. So hamza and its seats,
alif, ta marbuta, alif maqsura, tatweel, vowel signs, Latin accents and the script of digits make no
difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from timeline_gen.text.digits import SYSTEMS

LETTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ؤئ", "ء"),
        **dict.fromkeys("ىیې", "ي"),
        **dict.fromkeys("ةەۀ", "ه"),
        "ک": "ك",
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        **{
            digit: str(value)
            for name in SYSTEMS
            if name != "latn"
            for value, digit in enumerate(SYSTEMS[name])
        },
    }
)
"""Letters, each by what it is folded to."""

SIGNS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "'\u2018\u2019\u02b9-\u02bf"
)
"""Marks, vowel signs, tatweel, invisible characters and apostrophes, as a class of a regular expression."""

_LETTERS: Final = str.maketrans(dict(LETTERS))
_SIGNS: Final = re.compile(f"[{SIGNS}]+")
_NAME: Final = 80
"""Texts shorter than this are names, which recur, so that their folded forms are cached."""


def fold(text: str) -> str:
    """Return *text* folded, to match names and to search."""
    return _fold_name(text) if len(text) < _NAME else _fold(text)


@lru_cache(maxsize=32_768)
def _fold_name(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    if text.isascii() and "'" not in text:
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    # Some letters appear only when their marks come off: "ǿ" is an "ø" with an accent.
    bare = _SIGNS.sub("", unicodedata.normalize("NFD", plain).translate(_LETTERS))
    return " ".join(unicodedata.normalize("NFC", bare).split())
