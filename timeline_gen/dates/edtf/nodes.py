"""The nodes of EDTF (Extended Date/Time Format, ISO 8601-2:2019, levels 0 to 2), and their writer.

A date keeps its ``X`` digits, and each component its own qualifier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias

from timeline_gen.errors import TimelineError
from timeline_gen.model.dates import Edge, Qualifier

SIGNS: Final = {
    Qualifier.NONE: "",
    Qualifier.UNCERTAIN: "?",
    Qualifier.APPROXIMATE: "~",
    Qualifier.UNCERTAIN | Qualifier.APPROXIMATE: "%",
}
"""How each qualifier is written."""


class EdtfError(TimelineError, ValueError):
    """A text is not EDTF; :attr:`offset` counts characters from 0."""

    def __init__(self, message: str, hint: str = "", offset: int = 0) -> None:
        self.message = message
        self.hint = hint
        self.offset = offset
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Date:
    """One date: a year, or a year with a month or season, or with a month and a day."""

    year: str
    """At least four characters with ``X`` for what is unspecified, a minus before years BCE: ``2004``,
    ``-0043``, ``156X``; of a ``Y`` year its digits as typed: ``170000002``, ``-17``."""
    month: str = ""
    """``01`` to ``12``, ``XX``, ``1X``; or a season or part of a year (clause 4.8), ``21`` to ``41``."""
    day: str = ""
    year_qualifier: Qualifier = Qualifier.NONE
    month_qualifier: Qualifier = Qualifier.NONE
    day_qualifier: Qualifier = Qualifier.NONE
    exponent: int | None = None
    """The 7 of ``Y-17E7``."""
    significant: int | None = None
    """The number of significant digits of the year: the 2 of ``1950S2``."""
    time: str = ""
    """A time of day with or without an offset: ``23:20:30``, ``18:07+03:00``."""

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0, qualifier: Qualifier = Qualifier.NONE) -> Date:
        """Return a known date with *qualifier* on each of its components."""
        sign = "-" if year < 0 else ""
        date = cls(f"{sign}{abs(year):04}", f"{month:02}" if month else "", f"{day:02}" if day else "")
        return date.qualified(qualifier) if qualifier else date

    def qualified(self, qualifier: Qualifier) -> Date:
        """Return the same date with *qualifier* on each of its components."""
        return replace(
            self,
            year_qualifier=qualifier,
            month_qualifier=qualifier if self.month else Qualifier.NONE,
            day_qualifier=qualifier if self.day else Qualifier.NONE,
        )

    @property
    def qualifier(self) -> Qualifier:
        """Return the qualifiers of all components together."""
        year, month, day = self.year_qualifier, self.month_qualifier, self.day_qualifier
        return year if year is month is day else year | month | day

    @property
    def grouping(self) -> int:
        """Return the code of a season or part of a year, 21 to 41, or 0 if there is none."""
        return int(self.month) if "20" < self.month < "42" else 0

    @property
    def known_year(self) -> int | None:
        """Return the year, or None where digits are unspecified; of an ``S`` year the estimate."""
        if "X" in self.year:
            return None
        return int(self.year + "0" * (self.exponent or 0))

    def __str__(self) -> str:
        return write(self)


@dataclass(frozen=True, slots=True)
class Interval:
    """Something with a start and an end; an end that is not a date is ``Edge.OPEN`` or ``Edge.UNKNOWN``."""

    start: Date | Edge
    end: Date | Edge

    def __str__(self) -> str:
        return write(self)


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive members of a set, ``1670..1672``; None is "or earlier", "or later"."""

    first: Date | None
    last: Date | None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"


class Choice(Enum):
    """Which members of a set are meant."""

    ONE = "[]"
    """One of its members; which is unknown."""
    ALL = "{}"
    """All of its members."""


@dataclass(frozen=True, slots=True)
class Set:
    """Several dates: one of them (``[1667,1668]``) or all of them (``{1960,1961-12}``)."""

    choice: Choice
    members: tuple[Date | Range, ...]

    def __str__(self) -> str:
        return write(self)


Edtf: TypeAlias = Date | Interval | Set


def write(ast: Edtf) -> str:
    """Return *ast* as its canonical EDTF string."""
    if isinstance(ast, Date):
        return _write_date(ast)
    if isinstance(ast, Interval):
        return f"{_write_end(ast.start)}/{_write_end(ast.end)}"
    opening, closing = ast.choice.value
    return opening + ",".join(str(member) for member in ast.members) + closing


def _write_end(end: Date | Edge) -> str:
    if isinstance(end, Date):
        return _write_date(end)
    return ".." if end is Edge.OPEN else ""


def _write_date(date: Date) -> str:
    year = _write_year(date)
    if not (date.month or date.year_qualifier):
        return year
    parts = [(year, date.year_qualifier)]
    if date.month:
        parts.append((date.month, date.month_qualifier))
    if date.day:
        parts.append((date.day, date.day_qualifier))
    written = _write_qualified(parts)
    return f"{written}T{date.time}" if date.time else written


def _write_year(date: Date) -> str:
    year = date.year
    if date.exponent is not None:
        year = f"Y{year}E{date.exponent}"
    elif len(year.lstrip("-")) > 4:
        year = f"Y{year}"
    return year if date.significant is None else f"{year}S{date.significant}"


def _write_qualified(parts: list[tuple[str, Qualifier]]) -> str:
    """Return *parts* with a single sign if that is enough, else with a sign before each component."""
    first = parts[0][1]
    # A sign after a component holds for it and for all before it.
    count = next((index for index, (_, qualifier) in enumerate(parts) if qualifier != first), len(parts))
    if not first or any(qualifier for _, qualifier in parts[count:]):
        return "-".join(SIGNS[qualifier] + text for text, qualifier in parts)
    texts = [text for text, _ in parts]
    texts[count - 1] += SIGNS[first]
    return "-".join(texts)
