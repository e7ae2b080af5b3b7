"""What the words of a date say, before anything is filled in: the nouns of the phrase grammar.

"5-7 June 2017" has a first end without month and year; "last October" has no year at all. The grammar
keeps that, and ``settling.py`` fills in what the other end or the article's day tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from timeline_gen.dates.edtf_ast import Choice
from timeline_gen.dates.parts import Part
from timeline_gen.model import Edge, Qualifier

GREGORIAN = "gregorian"
HIJRI = "hijri"
JULIAN = "julian"


@dataclass(frozen=True, slots=True)
class Loose:
    """One date as its words give it; what they leave out is empty, zero or None."""

    year: str = ""
    """As EDTF writes it: ``2019``, ``199X``, ``-0043``, ``18XX``; a Hijri year as a number."""
    era: str = ""
    """``bce``, ``ce``, ``ah`` or ``bh``, where it is said."""
    month: int = 0
    """1 to 12, or an EDTF code for a season, quarter or half, 21 to 41."""
    day: int = 0
    number: int | None = None
    """A bare number, the 5 of "5-7 June": a day or a year, as the other end shows."""
    numeric: tuple[int, int] | None = None
    """The first two numbers of ``10/11/2019``: day and month, or month and day."""
    decade: int | None = None
    """90 for "the nineties", whose century is not said."""
    weekday: int | None = None
    part: Part | None = None
    masked: str = ""
    """``month`` or ``day`` where one is meant that nobody knows: "a day in April 1985"."""
    calendar: str = ""
    """Empty where the words do not tell."""
    qualifier: Qualifier = Qualifier.NONE
    shift: tuple[str, int] | None = None
    """Units from the article's day: ``("year", -1)`` is last year."""
    toward: str = ""
    """``last``, ``next`` or ``this``: "last October"."""
    time: str = ""
    twin: Loose | None = None
    """The same date in the other calendar: «الموافق»."""
    start: int = 0
    """Where it stands in the text, from 0."""

    @property
    def whole_year(self) -> bool:
        """Return whether it says a year, and nothing finer."""
        return bool(self.year) and not (self.month or self.day or self.numeric or self.part)


@dataclass(frozen=True, slots=True)
class Span:
    """From one date to another, "since 2014", "before 1948"."""

    start: Loose | Edge
    end: Loose | Edge
    beyond: bool = False
    """Whether the one date lies just outside: "before 1948" ends with 1947."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several dates: "1667, 1668 or 1670-1672"."""

    choice: Choice
    members: tuple[tuple[Loose | None, Loose | None], ...]
    """First and last of each; the same where it is one date, None for "or earlier", "or later"."""


@dataclass(frozen=True, slots=True)
class Undated:
    """The author says that the date is unknown."""


Phrase: TypeAlias = Loose | Span | Several | Undated
