"""The axis of a timeline: its whole span as a drawing, measured in hundredths of its width.

Time runs as the page's language does; what is measured here is measured from the left, so that a template
draws what it is given. Heights are in pixels. Nothing is invented: an event known to the year is drawn
as wide as the year, with soft ends, and weighs as much in the density as one known to the day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final, TypeAlias

from timeline_gen.dates.days import civil, day_number
from timeline_gen.dates.edtf import when
from timeline_gen.dates.phrasebook import voices
from timeline_gen.model import Era, Language
from timeline_gen.planning.cards import date_view
from timeline_gen.planning.grouping import year_edtf
from timeline_gen.planning.pages import Mark
from timeline_gen.planning.parts import AxisBand, AxisBar, AxisCell, AxisDot, AxisView
from timeline_gen.planning.site import Site

_Stretch: TypeAlias = tuple[int, int, str]
"""A first and a last day, and what they are called."""

FEW: Final = 60
"""A timeline of no more events shows each of them as a dot; a longer one those of importance."""
NARROW: Final = 8
"""Cells that fit beside each other on a phone, each wide enough for a finger."""
WIDE: Final = 20
"""Cells that fit at a desk."""
_FINGER: Final = 9.0
"""Hundredths of a phone's width that a finger needs."""
_HAND: Final = 4.0
"""Hundredths of a desk's width that a label needs."""
_BINS: Final = 160
_ROUND: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500)
_BARS: Final = 40
_ROWS: Final = 4
_THIN: Final = 1.2
"""Hundredths of the width below which a stretch of time is a dot."""
_MOST: Final = 60
"""Hundredths of the width above which an event among many says nothing of where it lies."""
_LETTER: Final = 2.6
"""Hundredths of a phone's width that a letter takes."""
_DOTS: Final = 80
_HIGH: Final = 5
"""Dots that stand one on another at most."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns days into hundredths of the width."""

    lo: int
    hi: int
    """The first and the last day."""
    mirrored: bool

    def place(self, day: float) -> float:
        """Return how far from the left *day* begins."""
        way = min(max((day - self.lo) / (self.hi + 1 - self.lo), 0.0), 1.0) * 100
        return round(100 - way if self.mirrored else way, 2)

    def stretch(self, lo: int, hi: int) -> tuple[float, float]:
        """Return the left edge and the width of the days from *lo* to *hi*."""
        one, other = self.place(lo), self.place(hi + 1)
        return min(one, other), round(abs(other - one), 2)


def axis_of(
    marks: Sequence[Mark], doors: Sequence[tuple[int, str]], eras: Sequence[Era], lang: str, site: Site
) -> AxisView | None:
    """Return the axis of the events *marks*; None where fewer than two have a date.

    *doors* are the places one can go to, each with its first day, in order.
    """
    dated = [mark for mark in marks if mark.lo is not None or mark.hi is not None]
    days = [day for mark in dated for day in (mark.lo, mark.hi) if day is not None]
    if len(dated) < 2:
        return None
    language = site.languages[lang]
    first, last = civil(min(days))[0], civil(max(days))[0]
    coarse = _rounds(first, last, _step(first, last, NARROW), _FINGER)
    fine = _rounds(first, last, _step(first, last, WIDE), _HAND)
    scale = Scale(day_number(first), day_number(last + 1) - 1, mirrored=language.direction == "rtl")
    return AxisView(
        lo=scale.lo,
        hi=scale.hi,
        first=date_view(when(year_edtf(civil(min(days))[0])), language, site).short,
        last=date_view(when(year_edtf(civil(max(days))[0])), language, site).short,
        density=_density(dated, scale) if len(dated) > FEW else "",
        bands=tuple(_bands(eras, scale, lang, site)),
        bars=tuple(_bars(dated, scale)),
        dots=tuple(_dots(dated, scale)),
        cells=_cells(_years(coarse, language, site), doors, scale),
        fine_cells=_cells(
            _months(first, last, language) if last - first < 2 else _years(fine, language, site),
            doors,
            scale,
        ),
    )


# ---------------------------------------------------------------- cells: what one can go to


def _step(first: int, last: int, most: int) -> int:
    """Return how many years a cell is wide, so that no more than *most* hold the years *first* to *last*."""
    steps: Iterator[int] = (size * 1000**power for power in count() for size in _ROUND)
    return next(size for size in steps if last // size - first // size < most)


def _rounds(first: int, last: int, step: int, least: float) -> Iterator[tuple[int, int, int]]:
    """Yield the years *first* to *last* in round steps: where each begins, where the next does, its name.

    One at an end that is less than *least* hundredths wide joins its neighbour.
    """
    starts = [first, *range((first // step + 1) * step, last + 1, step)]
    short = least * (last + 1 - first) / 100
    names = list(starts)
    if len(starts) > 1 and starts[1] - first < short:
        del starts[1], names[0]
    if len(starts) > 1 and last + 1 - starts[-1] < short:
        starts.pop()
    yield from zip(starts, [*starts[1:], last + 1], names, strict=False)


def _years(rounds: Iterable[tuple[int, int, int]], language: Language, site: Site) -> Iterator[_Stretch]:
    for start, after, name in rounds:
        text = date_view(when(year_edtf(name)), language, site).short
        yield day_number(start), day_number(after) - 1, text


def _months(first: int, last: int, language: Language) -> Iterator[_Stretch]:
    names = voices(language)[1].months
    for year in range(first, last + 1):
        for month, name in enumerate(names, 1):
            after = day_number(year, month + 1) if month < 12 else day_number(year + 1)
            yield day_number(year, month), after - 1, name


def _cells(
    stretches: Iterable[_Stretch], doors: Sequence[tuple[int, str]], scale: Scale
) -> tuple[AxisCell, ...]:
    return tuple(AxisCell(*scale.stretch(lo, hi), label, _door(doors, lo, hi)) for lo, hi, label in stretches)


def _door(doors: Sequence[tuple[int, str]], lo: int, hi: int) -> str:
    """Return the first of *doors* between the days *lo* and *hi*, or an empty text."""
    at = bisect_left(doors, (lo, ""))
    return doors[at][1] if at < len(doors) and doors[at][0] <= hi else ""


# ---------------------------------------------------------------- the drawing


def _density(marks: Iterable[Mark], scale: Scale) -> str:
    """Return the outline of how many events there are, as a path in a box of 1000 by 100 (SVG 2, 9.3)."""
    size = (scale.hi + 1 - scale.lo) / _BINS
    counts = [0.0] * _BINS
    for mark in marks:
        lo, hi = _ends(mark, scale)
        begin = min(int((lo - scale.lo) / size), _BINS - 1)
        end = min(int((hi - scale.lo) / size), _BINS - 1)
        for number in range(begin, end + 1):
            counts[number] += 1 / (end - begin + 1)
    most = max(counts)
    heights = [round(100 - 100 * (count / most) ** 0.5) if count else 100 for count in counts]
    if scale.mirrored:
        heights.reverse()
    width = 1000 / _BINS
    tops = "".join(f"V{height}H{width * number:g}" for number, height in enumerate(heights, 1))
    return f"M0 100{tops}V100Z"


def _ends(mark: Mark, scale: Scale) -> tuple[int, int]:
    """Return the first and last day of *mark* as it is drawn: an end that nobody knows stays a point."""
    if mark.lo is None:
        day = mark.hi if mark.hi is not None else scale.lo
        return day, day
    if mark.hi is None:
        return mark.lo, scale.hi if mark.going_on else mark.lo
    return mark.lo, mark.hi


def _bands(eras: Iterable[Era], scale: Scale, lang: str, site: Site) -> Iterator[AxisBand]:
    """Yield the eras that lie within the span, as far as they do."""
    ends: list[float] = []
    for era in eras:
        lo = scale.lo if era.when.lo is None else era.when.lo
        hi = scale.hi if era.when.hi is None else era.when.hi
        if lo > scale.hi or hi < scale.lo or hi < lo:
            continue
        left, width = scale.stretch(max(lo, scale.lo), min(hi, scale.hi))
        name = site.words(era.names, lang)
        # Eras come in the order of time, whichever way that runs.
        row = _row(ends, 100 - left - width if scale.mirrored else left, width, ends_at=2)
        yield AxisBand(left, width, row, name, narrow=len(name.text) * _LETTER > width)


def _bars(marks: Sequence[Mark], scale: Scale) -> Iterator[AxisBar]:
    """Yield what takes or may have taken some time: the most important first, no more than fit."""
    few = len(marks) <= FEW
    asked = (mark for mark in marks if few or mark.span)
    wide = [(mark, *scale.stretch(*_ends(mark, scale))) for mark in asked]
    wide = [one for one in wide if one[2] >= _THIN and (few or one[2] < _MOST)]
    wide.sort(key=lambda one: (-one[0].importance, -one[2], one[1]))
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_ROWS)]
    for mark, left, width in wide[:_BARS]:
        row = next((number for number, row in enumerate(taken) if _free(row, left, width)), None)
        if row is not None:
            taken[row].append((left, left + width))
            yield AxisBar(left, width, row, _soft(mark, mirrored=scale.mirrored))


def _free(row: Iterable[tuple[float, float]], left: float, width: float) -> bool:
    return all(left >= end + 0.4 or left + width + 0.4 <= begin for begin, end in row)


def _soft(mark: Mark, *, mirrored: bool) -> str:
    """Return which ends of *mark* fade, as they stand on the screen."""
    if not mark.span:
        return "both"
    start, end = mark.lo is None, mark.hi is None
    if start and end:
        return "both"
    return ("right" if start == mirrored else "left") if start or end else ""


def _row(ends: list[float], begins: float, width: float, *, ends_at: int) -> int:
    """Return the first row in which a stretch finds room; the last one takes what finds none."""
    for row, end in enumerate(ends):
        if round(begins - end, 2) >= 0:
            ends[row] = begins + width
            return row
    if len(ends) < ends_at:
        ends.append(begins + width)
        return len(ends) - 1
    return ends_at - 1


def _dots(marks: Sequence[Mark], scale: Scale) -> Iterator[AxisDot]:
    """Yield what is known closely enough to be a dot: all of a few events, of many those of importance."""
    asked = (mark for mark in marks if len(marks) <= FEW or mark.importance > 3)
    close = [(mark, *scale.stretch(*_ends(mark, scale))) for mark in asked]
    shown = [one for one in close if one[2] < _THIN]
    if len(marks) > FEW:
        shown = sorted(shown, key=lambda one: -one[0].importance)[:_DOTS]
    stacks: dict[int, int] = {}
    for mark, left, width in sorted(shown, key=lambda one: one[1]):
        middle = round(left + width / 2, 2)
        column = int(middle / 1.8)
        high = stacks.get(column, 0)
        stacks[column] = high + 1
        if high < _HIGH:
            yield AxisDot(middle, high, mark.importance)
