"""Identity of names: when two spellings are one name, and the address that a name gets from itself.

The steps of :func:`identity_key`, in order: Unicode's form NFC; lower case (``casefold``); form NFC again;
without tatweel, vowel signs, full stops, commas, apostrophes and invisible characters; each run of spaces
and hyphens as one space. Everything else counts: a missing space, ``+`` and ``#``, accents, hamza and its
seats. Folding for search (:mod:`timeline_gen.text.folding`) is another thing.

An address is made from the key and nothing else, so that no other name of a site can change it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from timeline_gen.text.slugs import LONGEST, cut, slug_fault, without_leading_marks

_NAMES: Final = 1 << 16
"""Names whose keys are cached: a name is looked up at every place that gives it."""

_TATWEEL: Final = "\u0640"
_VOWEL_SIGNS: Final = (
    # Hebrew points and accents, Arabic vowels and Quranic marks (no hamza: U+0653 to U+0655), Syriac points
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0730-\u074a\u08d3-\u08e1\u08e3-\u08ff"
)
_FULL_STOPS: Final = ".\u06d4\u2024\u3002\ufe52\uff0e\uff61"
_COMMAS: Final = ",\u060c\u3001\ufe10\ufe11\ufe50\ufe51\uff0c\uff64"
_APOSTROPHES: Final = (
    "'`\u00b4\u02b9\u02bb-\u02bf\u02c8\u02ca\u02cb\u055a\u05f3\u07f4\u07f5\u2018\u2019\u201b\u2032\u2035"
    "\ua78b\ua78c\uff07\uff40"
)
_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
_HYPHENS: Final = "\\-\u058a\u05be\u1806\u2010-\u2015\u2043\u207b\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_LEFT_OUT: Final = re.compile(f"[{_TATWEEL}{_VOWEL_SIGNS}{_FULL_STOPS}{_COMMAS}{_APOSTROPHES}{_INVISIBLE}]")
_SPACES: Final = re.compile(rf"[\s\u200c{_HYPHENS}]+")
"""The joiner of Persian (ZWNJ) divides as a space does: نیم‌فاصله."""

_SIGNS: Final = MappingProxyType(
    {
        "+": "plus",
        "#": "sharp",
        "&": "and",
        "@": "at",
        "%": "percent",
        "\u066a": "percent",
        "\u2030": "permille",
        "=": "equals",
        "*": "star",
        "/": "slash",
        "\\": "backslash",
        "~": "tilde",
        "^": "caret",
        "|": "bar",
        "<": "less",
        ">": "more",
        "$": "dollar",
        "\u20ac": "euro",
        "\u00a3": "pound",
        "\u00a5": "yen",
        "\u00a2": "cent",
        "\u00a7": "section",
        "\u00b0": "degrees",
        "\u00d7": "times",
        "\u00f7": "by",
        "\u2116": "no",
        "\u2122": "tm",
        "\u00ae": "r",
        "\u00a9": "c",
    }
)
"""Signs that a slug cannot hold, by the words that replace them."""

_SIGN: Final = re.compile("[" + re.escape("".join(_SIGNS)) + "]")
_PLAIN: Final = re.compile(r"[a-z0-9-]{1,99}", re.ASCII)
_WRITTEN_IN: Final = frozenset("LMN")
"""Unicode's major categories of letters, marks and numbers."""
_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz234567"
"""Those of a hash (RFC 4648, base 32, in lower case)."""
_HASH: Final = 6


@lru_cache(maxsize=_NAMES)
def identity_key(name: str) -> str:
    """Return what all spellings of one name share; empty where nothing of *name* counts."""
    if name.isascii():
        plain = name.lower()
    else:
        # casefold() takes some letters apart, such as "ǰ": so NFC is needed before it and after it.
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    bare = _SPACES.sub(" ", _LEFT_OUT.sub("", plain)).strip(" ")
    # Two letters may compose once what was between them is gone.
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=_NAMES)
def address_of(key: str) -> str:
    """Return the slug under which the name with the identity *key* has its pages.

    Letters, digits and marks stay, a space is a hyphen, a sign is a word: ``c++`` is ``c-plus-plus``. If
    that leaves something out, or is not a slug, six characters of a hash are added.
    """
    plain = key.replace(" ", "-")
    if _PLAIN.fullmatch(plain) and not slug_fault(plain):
        # The common case.
        return plain
    words = _SIGN.sub(lambda sign: f"-{_SIGNS[sign[0]]}-", key).replace(" ", "-")
    slug = re.sub("-{2,}", "-", words).strip("-")
    return slug if _is_whole(slug) else hashed_address(key)


def hashed_address(key: str) -> str:
    """Return a slug with a hash for the identity *key*, whose plain slug is taken or impossible."""
    words = _SIGN.sub(lambda sign: f"-{_SIGNS[sign[0]]}-", key)
    kept = "".join(letter if _is_written(letter) else "-" for letter in words)
    slug = without_leading_marks(re.sub("-{2,}", "-", kept))
    number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest())
    digest = "".join(_DIGITS[number >> 5 * place & 31] for place in range(_HASH))
    head = cut(slug, LONGEST - _HASH - 1)
    return f"{head}-{digest}" if head else digest


def _is_whole(slug: str) -> bool:
    return not slug_fault(slug) and all(_is_written(letter) or letter in "-_" for letter in slug)


def _is_written(letter: str) -> bool:
    return unicodedata.category(letter)[0] in _WRITTEN_IN
