"""Slugs: the names that ids, files and addresses are made of, in any script."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from timeline_gen.messages import say

LONGEST: Final = 100
"""Bytes of UTF-8 in a slug: 50 Arabic letters. Percent-encoded it is three times as long."""

_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Names of devices, which Windows refuses as file names, whatever follows a dot."""

_WRITTEN_IN: Final = frozenset({"L", "M", "N"})
"""Unicode's major categories of letters, marks and numbers."""

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,98}", re.ASCII)
_NOT_WORD: Final = re.compile(r"[\W_]+")
_LEFT_OUT: Final = re.compile("[\u0640\u064b-\u065f\u0670'\u2018\u2019\u02bc\u02be\u02bf]")
"""Tatweel, Arabic vowel signs and apostrophes: they are left out, and do not divide a word."""


def slug_fault(text: str) -> str:
    """Return why *text* is not a slug, as the end of a sentence that begins with it; empty if it is a slug.

    A slug is in Unicode's form NFC, of letters and digits of any script with ``-``, ``_`` and ``.``
    between them, at most :data:`LONGEST` bytes long, and no file name that a system reserves.
    """
    if _PLAIN.fullmatch(text):
        # The common case, without the checks of Unicode.
        return "" if text not in _RESERVED else _shape_fault(text)
    if not text:
        return say("is empty")
    if not unicodedata.is_normalized("NFC", text):
        return say("is not in the composed form of Unicode (NFC)")
    if wrong := next((letter for letter in text if not _is_allowed(letter)), ""):
        return say(
            "contains {wrong}, but only letters, digits, '-', '_' and '.' are allowed there",
            wrong=_shown(wrong),
        )
    return _shape_fault(text)


def _shape_fault(text: str) -> str:
    if text[0] in "-_." or unicodedata.category(text[0])[0] == "M":
        return say("does not begin with a letter or a digit")
    if text.endswith(".") or ".." in text:
        return say("has a dot that nothing follows")
    if len(text.encode()) > LONGEST:
        return say("is longer than {longest} bytes", longest=LONGEST)
    if text.partition(".")[0].casefold() in _RESERVED:
        return say("is a name that Windows keeps for a device")
    return ""


def _is_allowed(letter: str) -> bool:
    return letter in "-_." or unicodedata.category(letter)[0] in _WRITTEN_IN


def _shown(letter: str) -> str:
    if letter.isprintable() and not letter.isspace():
        return repr(letter)
    return unicodedata.name(letter, say("the character {letter:#06x}", letter=ord(letter))).lower()


def slugify(text: str) -> str:
    """Return a slug made of *text*, lower-case and in its own script; empty where it has no letters."""
    # Lower case takes some letters apart: "İ" becomes an "i" with a mark.
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    words = _NOT_WORD.sub("-", _LEFT_OUT.sub("", composed))
    slug = cut(without_leading_marks(unicodedata.normalize("NFC", words)), LONGEST)
    return f"{slug}-1" if slug in _RESERVED else slug


def without_leading_marks(text: str) -> str:
    """Return *text* without the hyphens around it, and without combining marks at its start."""
    text = text.strip("-")
    while text and unicodedata.category(text[0])[0] == "M":
        text = text[1:].lstrip("-")
    return text


def cut(slug: str, most: int) -> str:
    """Return *slug* in at most *most* bytes of UTF-8, cut between words if possible."""
    data = slug.encode()
    if len(data) <= most:
        return slug
    # The limit may cut through the bytes of a letter, which is then left out.
    head = data[:most].decode("utf-8", "ignore")
    whole = head if slug[len(head)] == "-" else head.rpartition("-")[0] or head
    return unicodedata.normalize("NFC", whole.strip("-"))


def collision_key(address: str) -> str:
    """Return the key of *address* on file systems that ignore case and Unicode form: NFC, case folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", address).casefold())
