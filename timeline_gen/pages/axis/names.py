"""The names that an axis shows at rest: those of the most important marks that fit (``docs/axis.md``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from timeline_gen.pages.axis.labels import (
    NARROW,
    RANKS,
    WHOLE,
    WIDE,
    Placed,
    Wanted,
    broken,
    extended,
    place,
    shortened,
    text_size,
)
from timeline_gen.rendering.axis_views import AxisLines, AxisName

NAME_ROWS: Final = 3
_NEVER: Final = 1000.0
"""The size, in rem, of a name that has no room anywhere."""


class TitledMark(NamedTuple):
    """A mark of the axis, and what it is called."""

    at: float
    """The share of the width, from the side on which time begins."""
    title: str


def names_in_a_line(marks: Sequence[TitledMark], best: Sequence[int]) -> dict[int, AxisName]:
    """Return the names that a wide axis shows, by the numbers of their *marks*; *best* is their order."""
    titles = [marks[number].title for number in best]
    short = [shortened(title) for title in titles]
    wanted = _wanted(marks, best, [text_size(text) for text in short])
    placed = place(wanted, NAME_ROWS, WIDE, RANKS[WIDE])
    sizes = [size if size <= WHOLE else 0.0 for size in map(text_size, titles)]
    widths, rows = extended(wanted, sizes, placed), _rows(placed)
    names: dict[int, AxisName] = {}
    for spot in placed:
        title, width = titles[spot.number], widths.get(spot.number, 0)
        name = AxisName(short[spot.number], rows[spot.row], spot.anchor, spot.width)
        if width:
            at_once = width == spot.width
            name = replace(name, text=title) if at_once else replace(name, whole=title, whole_width=width)
        names[best[spot.number]] = name
    return names


def names_in_two_lines(marks: Sequence[TitledMark], best: Sequence[int]) -> dict[int, AxisLines]:
    """Return the names that a narrow axis shows, by the numbers of their *marks*; *best* is their order."""
    lines = [broken(marks[number].title) for number in best]
    wanted = _wanted(marks, best, [max(map(text_size, pair)) for pair in lines])
    placed = place(wanted, NAME_ROWS, NARROW, RANKS[NARROW])
    rows = _rows(placed)
    return {
        best[spot.number]: AxisLines(*lines[spot.number], rows[spot.row], spot.anchor, spot.width)
        for spot in placed
    }


def _wanted(marks: Sequence[TitledMark], best: Iterable[int], sizes: Iterable[float]) -> list[Wanted]:
    """Return the labels of *marks*; one without a text never finds room."""
    return [Wanted(marks[number].at, size or _NEVER) for number, size in zip(best, sizes, strict=True)]


def _rows(placed: Iterable[Placed]) -> dict[int, int]:
    """Return the number of each row; one without a name takes no height."""
    return {row: number for number, row in enumerate(sorted({spot.row for spot in placed}))}
