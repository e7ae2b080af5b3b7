"""What all reports of problems word alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final
from unicodedata import category

from timeline_gen.errors import Level, Problem
from timeline_gen.messages import Message, listed, many, say

FSI, PDI = "\u2068", "\u2069"
"""Marks around what is isolated (UAX #9)."""
LEVELS: Final[Mapping[Level, str]] = {
    Level.ERROR: say("error"),
    Level.WARNING: say("warning"),
    Level.INFO: say("note"),
}


def visible(text: str) -> str:
    """Return *text* with what would steer a terminal, or cannot be written to one, as an escape.

    The names of files come from strangers too; and one problem is one line.
    """
    if isinstance(text, Message):
        return text.mapped(visible)
    return "".join(ascii(letter)[1:-1] if _steers(letter) else letter for letter in text)


def _steers(letter: str) -> bool:
    return category(letter) in {"Cc", "Cs", "Zl", "Zp"} or letter in _DIRECTIONS


_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that reorder all that follows them."""


def counted(problems: Iterable[Problem]) -> str:
    """Return how many problems of each level there are: ``2 errors, 1 warning``."""
    levels = [problem.level for problem in problems]
    counts = ((levels.count(level), LEVELS[level]) for level in sorted(Level, reverse=True))
    return listed(many(number, name) for number, name in counts if number) or say("no problems")
