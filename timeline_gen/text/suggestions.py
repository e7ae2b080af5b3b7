"""The known name that was probably meant by an unknown one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ClearSuggestion(str):
    """A name that is one slip of the finger from what was typed, as no other known name is."""

    __slots__ = ()


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the one of *known* that was most likely meant by *word*, or an empty string.

    It is an :class:`ClearSuggestion` where nothing else can have been meant.
    """
    folded = word.casefold()
    names = [(other.casefold(), other) for other in known]
    slips = [pair for pair in names if _one_slip(folded, pair[0])]
    # Where a slip explains the word, no name that is only alike is looked at.
    scored = [(_likeness(folded, name), other) for name, other in slips or names]
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    if len(slips) == 1:
        return ClearSuggestion(best[1])
    return best[1] if best[0] >= 0.7 else ""


def is_slip(word: str, name: str) -> bool:
    """Return whether *word* is *name* with one slip of the finger."""
    return word != name and _one_slip(word.casefold(), name.casefold())


def _likeness(word: str, other: str) -> float:
    """Return 1 for equal words, 0.9 and more for one slip of the finger, and difflib's ratio for others.

    Two neighbours that were swapped are likelier than a letter that was put in.
    """
    ratio = difflib.SequenceMatcher(None, word, other).ratio()
    if not _one_slip(word, other):
        return ratio
    return 0.9 + (1.0 if sorted(word) == sorted(other) else ratio) / 10


def _one_slip(word: str, other: str) -> bool:
    """Return whether one letter was left out, put in or changed, or two neighbours were swapped."""
    short, long = sorted((word, other), key=len)
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[start:] == long[start + 1 :]
    swapped = short[:start] + short[start + 1 : start + 2] + short[start : start + 1] + short[start + 2 :]
    changed = len(long) > 2 and short[start + 1 :] == long[start + 1 :]  # "fr" is no slip for "ar"
    return len(long) == len(short) and (changed or swapped == long)
