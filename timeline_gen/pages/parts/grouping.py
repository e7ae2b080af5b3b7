"""Headings of a timeline: as wide as its events are known, ahead of what lies inside them.

An event known to the month is under its month, one known to the year under its year, never under
a month; one known to a decade or century is under that, ahead of its years. What may be in one of
two years, but lies within twelve months, is under the first. Spans are at their start, those whose
start is open or unknown at their end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.dates.days import civil, day_number
from timeline_gen.model.dates import DateKind, Edge, Precision, When

MONTH: Final = 1
YEAR: Final = 2
DECADE: Final = 3
CENTURY: Final = 4
ANY: Final = 5
_FOUR_DIGITS: Final = 9999
_A_YEAR: Final = 366
"""Days."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What a heading covers."""

    width: int
    lo: int
    """Its first day."""
    edtf: str
    """Empty for events too widely known for a heading."""

    @property
    def sort_key(self) -> tuple[int, int]:
        """Return what puts a heading before all that lies inside it."""
        return (self.lo, -self.width)

    @property
    def year(self) -> str:
        """Return the year it is, or lies in, as EDTF writes it; empty for what is wider than a year."""
        if self.width > YEAR:
            return ""
        return self.edtf[: self.edtf.rindex("-")] if self.width == MONTH else self.edtf


def bucket_of(when: When) -> Bucket | None:
    """Return the heading that *when* is under; None for an undated event."""
    if when.kind is DateKind.UNDATED:
        return None
    # "Until 2010" has no start to be found by.
    bound = when.start if when.start.edge is Edge.KNOWN else when.end
    if bound.lo is None or bound.hi is None:
        anchor = bound.lo if bound.lo is not None else bound.hi
        return Bucket(ANY, anchor or 0, "")
    return _bucket(bound.lo, bound.hi, int(bound.precision))


@lru_cache(maxsize=65_536)
def _bucket(lo: int, hi: int, precision: int) -> Bucket:
    """Return the heading of what lies from the day *lo* to *hi*, known to *precision*."""
    first, last = civil(lo), civil(hi)
    year = first[0]
    if first[:2] == last[:2] and abs(year) <= _FOUR_DIGITS:
        return Bucket(MONTH, day_number(year, first[1], 1), f"{year_edtf(year)}-{first[1]:02d}")
    if year == last[0] or precision <= Precision.PART or hi - lo <= _A_YEAR:
        # A winter reaches into the next year and is still the winter of the first. A decade as heading, far
        # above, would hide when other dates that cross New Year were.
        return Bucket(YEAR, day_number(year, 1, 1), year_edtf(year))
    return _wide_bucket(lo, year, last[0])


def _wide_bucket(lo: int, first: int, last: int) -> Bucket:
    same_era = (first < 0) == (last < 0)
    for width, size in ((DECADE, 10), (CENTURY, 100)):
        # EDTF masks digits: the decade -004X is -49 to -40.
        start = abs(first) // size
        if same_era and max(abs(first), abs(last)) <= _FOUR_DIGITS and start == abs(last) // size:
            earliest = start * size if first >= 0 else -(start * size + size - 1)
            digits = f"{start:0{4 - len(str(size)) + 1}d}" + "X" * (len(str(size)) - 1)
            return Bucket(width, day_number(earliest, 1, 1), f"-{digits}" if first < 0 else digits)
    return Bucket(ANY, lo, "")


def year_edtf(year: int) -> str:
    """Return *year* as EDTF writes it: ``2019``, ``-0043``, ``Y170000002``."""
    if abs(year) > _FOUR_DIGITS:
        return f"Y{year}"
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def first_day(year: str) -> int:
    """Return the day number of 1 January of *year*, written as EDTF writes it."""
    return day_number(int(year.removeprefix("Y")), 1, 1)


def year_after(year: str) -> str:
    """Return the year after *year*, both written as EDTF writes them."""
    return year_edtf(int(year.removeprefix("Y")) + 1)


def grouped(events: Iterable[EventSummary]) -> list[tuple[Bucket, tuple[EventSummary, ...]]]:
    """Return dated *events*, which are in order, under their headings, in order.

    A year is ahead of its months even if no event is known to the year only.
    """
    groups: dict[Bucket, list[EventSummary]] = {}
    for event in events:
        bucket = bucket_of(event.when)
        if bucket is None:
            continue
        groups.setdefault(bucket, []).append(event)
        if bucket.width == MONTH:
            groups.setdefault(_year_around(bucket), [])
    return [(bucket, tuple(groups[bucket])) for bucket in sorted(groups, key=lambda item: item.sort_key)]


def _year_around(month: Bucket) -> Bucket:
    return Bucket(YEAR, day_number(civil(month.lo)[0], 1, 1), month.year)


def by_year(events: Iterable[EventSummary]) -> tuple[dict[str, list[EventSummary]], list[EventSummary]]:
    """Return dated *events* by the year that they are under, and those known less well than to a year."""
    years: dict[str, list[EventSummary]] = {}
    wide: list[EventSummary] = []
    for event in events:
        bucket = bucket_of(event.when)
        if bucket is None:
            continue
        if bucket.year:
            years.setdefault(bucket.year, []).append(event)
        else:
            wide.append(event)
    return years, wide


def continuing(events: Sequence[EventSummary], years: Mapping[str, int]) -> dict[str, list[EventSummary]]:
    """Return for each of *years*, given with its first day, the spans that began before and go on in it."""
    spans = [event for event in events if event.when.kind is DateKind.SPAN and event.when.lo is not None]
    goes_on: dict[str, list[EventSummary]] = {}
    for year, first in years.items():
        lasting = [event for event in spans if _reaches(event.when, first)]
        if lasting:
            goes_on[year] = lasting
    return goes_on


def _reaches(when: When, day: int) -> bool:
    """Return whether the span *when* began before *day* and had not ended by then."""
    if when.start.hi is None or when.start.hi >= day:
        return False
    return when.end.edge is Edge.OPEN or (when.hi is not None and when.hi >= day)
