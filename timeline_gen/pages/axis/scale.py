"""The scale of an axis: days as hundredths of its width, with empty time folded (``docs/axis.md``)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil
from typing import Final, TypeAlias

from timeline_gen.dates.days import civil, day_number

Days: TypeAlias = tuple[int, int]
"""A first and a last day."""

FOLD: Final = 0.05
"""The share of the width that a fold takes, however long the time is that it holds."""
MOST_FOLDS: Final = 6
_MARGIN: Final = 0.02
"""The share of the time that is not folded by which a fold keeps away from the events around it."""
_FEWEST: Final = 4
_MANY: Final = 10
_CROWD: Final = 0.9
_ROOM: Final = 0.6
"""The share of the width on which nine tenths of the events are to be."""

_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Scale:
    """Turns days into hundredths of the width: evenly, but for the folds."""

    lo: int
    hi: int
    """The first and the last day."""
    mirrored: bool
    folds: tuple[Days, ...] = ()
    _knots: list[tuple[float, float]] = field(default_factory=list, init=False, repr=False, compare=False)
    """The days at which the scale changes, each with its share of the way."""

    def __post_init__(self) -> None:
        """Work out where the scale changes."""
        folded = sum(end - start for start, end in self.folds)
        even = (1 - FOLD * len(self.folds)) / max(self.hi + 1 - self.lo - folded, 1)
        self._knots.append((self.lo, 0.0))
        for start, end in self.folds:
            way = self._knots[-1][1] + (start - self._knots[-1][0]) * even
            self._knots.extend(((start, way), (end, way + FOLD)))
        self._knots.append((self.hi + 1, 1.0))

    def along(self, day: float) -> float:
        """Return the share of the way from the beginning of time to its end at which *day* begins."""
        knots = self._knots
        # No share is above 1: the search ends behind every knot of that day.
        at = min(max(bisect_right(knots, (day, 2.0)) - 1, 0), len(knots) - 2)
        (first, before), (last, after) = knots[at], knots[at + 1]
        return before + (after - before) * min(max((day - first) / (last - first), 0.0), 1.0)

    def place(self, day: float) -> float:
        """Return how far from the left *day* begins, in hundredths of the width."""
        way = self.along(day) * 100
        return round(100 - way if self.mirrored else way, 2)

    def extent(self, lo: float, hi: float) -> tuple[float, float]:
        """Return the left edge and the width of the days from *lo* to *hi*."""
        start, end = self.place(lo), self.place(hi + 1)
        return min(start, end), round(abs(end - start), 2)

    def stretches(self) -> list[Days]:
        """Return the stretches of time between the folds."""
        edges = [self.lo, *(day for fold in self.folds for day in fold), self.hi]
        return [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]


def span_of(first: int, last: int) -> Days:
    """Return the days that an axis shows of events from the day *first* to the day *last*.

    These are whole years, else whole months, else a week at least: the first of them of which the events
    take half.
    """
    year, month, _ = civil(last)
    years = day_number(civil(first)[0]), day_number(year + 1) - 1
    months = day_number(*civil(first)[:2]), day_number(year + month // 12, month % 12 + 1) - 1
    taken = last + 1 - first
    for span in (years, months):
        if taken * 2 >= span[1] + 1 - span[0]:
            return span
    missing = max(_WEEK - taken, 0)
    return first - missing // 2, last + missing - missing // 2


def make_scale(marks: Sequence[Days], lo: int, hi: int, *, mirrored: bool) -> Scale:
    """Return the scale of the days *lo* to *hi*, with the time folded that is empty of *marks*."""
    return Scale(lo, hi, mirrored, find_folds(marks, lo, hi))


def find_folds(marks: Sequence[Days], lo: int, hi: int) -> tuple[Days, ...]:
    """Return the stretches of empty time that would squeeze the *marks* of an axis from *lo* to *hi*.

    A gap is folded where it is longer than the time that nearly all marks take together; then the longest
    gaps outside that time, until nine tenths of the marks have room. A fold that would save less than it
    takes is none.
    """
    if len(marks) < _FEWEST:
        return ()
    points = sorted({day for mark in marks for day in mark})
    gaps = sorted(((b - a, a, b) for a, b in pairwise(points)), reverse=True)
    middles = sorted((a + b) / 2 for a, b in marks)
    few = len(marks) < _MANY
    first, last = _crowd(middles, len(marks) - 1 if few else ceil(_CROWD * len(marks)))
    folded: list[Days] = []
    rest = hi + 1 - lo
    for length, start, end in gaps[:MOST_FOLDS]:
        # A fold takes a twentieth of the width; of a gap of less than a tenth it saves next to nothing.
        if length < 2 * FOLD * rest:
            break
        outside = end <= first or start >= last
        share = (last - first) / rest * (1 - FOLD * len(folded))
        if length <= last - first and (few or not outside or share >= _ROOM):
            continue
        folded.append((start, end))
        rest -= length
    margin = ceil(_MARGIN * rest)
    # At least half of a gap is folded, however wide the margin is.
    near = ((start, end, min(margin, (end - start) // 4)) for start, end in sorted(folded))
    return tuple((start + away, end - away) for start, end, away in near)


def _crowd(middles: Sequence[float], size: int) -> tuple[float, float]:
    """Return the shortest stretch that holds *size* of the sorted *middles*."""
    pairs = zip(middles, middles[size - 1 :], strict=False)
    return min(pairs, key=lambda pair: (pair[1] - pair[0], pair[0]))
