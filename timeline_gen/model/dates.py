"""Dates as exactly as they are known, and their words in a language.

Days are day numbers: days since 1970-01-01 in the proleptic Gregorian calendar, of any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, IntFlag


class Edge(Enum):
    """What is known of one end of a date."""

    KNOWN = "known"
    OPEN = "open"
    """It goes on: "since 2014"."""
    UNKNOWN = "unknown"
    """There is an end, at an unknown time."""


class Qualifier(IntFlag):
    """How sure a date is (EDTF level 1): ``?``, ``~``, and ``%`` for both."""

    NONE = 0
    UNCERTAIN = 1
    APPROXIMATE = 2


class Precision(IntEnum):
    """How finely a date is known, finest first."""

    DAY = 0
    MONTH = 1
    QUARTER = 2
    SEASON = 3
    PART = 4
    """A third or half of a year, a third of a month: "early 2020"."""
    YEAR = 5
    DECADE = 6
    CENTURY = 7
    MILLENNIUM = 8
    ANY = 9


class DateKind(Enum):
    """What shape a date has."""

    POINT = "point"
    """One range of days within which it happened: a day, a month, a decade, or one of a set."""
    SPAN = "span"
    """Something with a start and an end."""
    ALL = "all"
    """All of the members of a set: "in 1960 and in December 1961"."""
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Bound:
    """The range of days within which a date, or one end of a span, lies; both ends inclusive."""

    lo: int | None
    hi: int | None
    edge: Edge = Edge.KNOWN
    precision: Precision = Precision.DAY
    qualifier: Qualifier = Qualifier.NONE


@dataclass(frozen=True, slots=True)
class When:
    """A date as exactly as it is known: never finer, never coarser (EDTF, ISO 8601-2:2019)."""

    source: str
    """The author's words, as typed."""
    edtf: str
    """The canonical EDTF string; the truth that is exported. Empty for an undated event."""
    kind: DateKind
    start: Bound
    end: Bound
    """Of a point the same as :attr:`start`."""
    members: tuple[When, ...] = ()
    """The members of a set, in order."""
    time: str = ""
    """A time of day as typed, ``18:07`` or ``18:07+03:00``; it refines the order within a day."""
    calendar: str = "gregorian"
    """The calendar the author wrote in: ``gregorian``, ``julian``, ``jalali``, ``hijri``, ``hijri-tabular``.
    """
    relative: bool = False
    """Whether it was resolved against the article's day: "last October"."""
    beyond: bool = False
    """Whether the author named what lies just beyond its one end: "before 2010" (which ends with 2009),
    "after 2010"."""
    day_part: str = ""
    """The part of the day that the author named: ``morning``, ``night`` …; shown, and nothing more."""

    def key_parts(self) -> tuple[str | bool, ...]:
        """Return what decides all that is shown of it; the author's own typing is not shown."""
        return (self.edtf, self.kind.value, self.time, self.calendar, self.beyond, self.day_part)

    @property
    def lo(self) -> int | None:
        """Return the first possible day, or None where it is open or unknown."""
        return self.start.lo

    @property
    def hi(self) -> int | None:
        """Return the last possible day, or None where it is open or unknown."""
        return self.end.hi


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a worded date."""

    text: str
    end: bool = False
    """Whether it is a date itself, or one end of a span, to be isolated from the text around it;
    else it is what comes between: a dash, "until"."""
    datetime: str = ""
    """The value of ``<time datetime>`` (HTML, 4.5.14): a known day, month or year from the year 1 on;
    empty where HTML cannot express it, and there it is no ``<time>``."""
    second: bool = False
    """Whether it belongs to the date in a second calendar, brackets included: a theme may set it small."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A date in the words of one language."""

    long: tuple[Piece, ...]
    short: str
    """Within a table, on an axis: "21 Nov – 18 Dec 2022"."""
    spoken: str
    """For a screen reader: "from 21 November to 18 December 2022"."""

    @property
    def text(self) -> str:
        """Return the long form as plain text."""
        return "".join(piece.text for piece in self.long)
