"""Land, borders and sea of a map, as paths of an SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Final

from timeline_gen.maps.clipping import Point, Rectangle, clip_area, clip_line
from timeline_gen.maps.frames import GLOBE, WORLD, Frame
from timeline_gen.maps.outlines import Outline, level_for, outlines

_STEPS: Final = 2
"""Steps of the paths in a pixel of a map at its widest."""
_BEYOND: Final = 4
"""Steps by which land goes on beyond the edge, where it would else show a side."""
_LONGEST: Final = 3.0
"""Degrees after which a straight line between two points bends on the map."""
_SPECK: Final = 3.0
"""Square steps below which an island is left out."""
_FULL_TURN: Final = 360


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn below the places of a map, in a box of *width* by *height*."""

    width: int
    height: int
    sea: str
    """The edge of the whole Earth; empty where all of the box is sea or land."""
    land: str
    borders: str


@lru_cache(maxsize=512)
def draw(frame: Frame, *, borders: bool) -> Drawing:
    """Return what is drawn in *frame*, with *borders* or without."""
    pen = _Pen(frame)
    world = outlines(level_for(frame.degrees_per_pixel))
    return Drawing(
        width=pen.width,
        height=pen.height,
        sea=pen.sea(),
        land="".join(pen.areas(world.land)),
        borders="".join(pen.lines(world.borders)) if borders else "",
    )


class _Pen:
    """Brings outlines onto the map of a frame."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.width = frame.shape.pixels * _STEPS
        self.scale = self.width / frame.cut.width
        self.height = round(frame.cut.height * self.scale)
        self.box = Rectangle(0, 0, self.width, self.height).grown(_BEYOND)

    def sea(self) -> str:
        """Return the edge of the Earth, where the frame shows all of it."""
        if self.frame.shape not in {WORLD, GLOBE}:
            return ""
        west, south, east, north = self.frame.window
        edge = [(west, south), (east, south), (east, north), (west, north)]
        return self._area(edge)

    def areas(self, land: Iterable[Outline]) -> Iterator[str]:
        """Yield the paths of *land*."""
        for outline, turn in self._near(land):
            yield self._area([(longitude + turn, latitude) for longitude, latitude in outline.points])

    def lines(self, borders: Iterable[Outline]) -> Iterator[str]:
        """Yield the paths of *borders*."""
        for outline, turn in self._near(borders):
            shifted = [(longitude + turn, latitude) for longitude, latitude in outline.points]
            for part in clip_line(shifted, self.frame.window):
                for inside in clip_line([*map(self._point, part)], self.box):
                    steps = _rounded(inside)
                    if len(steps) > 1:
                        yield _path(steps)

    def _near(self, every: Iterable[Outline]) -> Iterator[tuple[Outline, int]]:
        """Yield those that may be seen, each with the turns of the Earth that bring it into the window."""
        window = self.frame.window
        for outline in every:
            if outline.south > window.top or outline.north < window.bottom:
                continue
            for turn in (-_FULL_TURN, 0, _FULL_TURN):
                if outline.west + turn <= window.right and outline.east + turn >= window.left:
                    yield outline, turn

    def _area(self, ring: Sequence[Point]) -> str:
        # First in degrees, because the projection has no place for the point opposite; then on the map,
        # because the window reaches beyond its edges.
        inside = clip_area(ring, self.frame.window)
        drawn = clip_area([*map(self._point, _bent(inside))], self.box)
        steps = _rounded(drawn)
        return f"{_path(steps)}z" if len(steps) > 2 and _size(steps) >= _SPECK else ""

    def _point(self, at: Point) -> Point:
        x, y = self.frame.projection.forward(*at)
        return (x - self.frame.cut.left) * self.scale, (self.frame.cut.top - y) * self.scale


def _bent(ring: Sequence[Point]) -> Iterator[Point]:
    """Yield the points of a closed line in degrees, with more between those that are far apart."""
    for start, end in pairwise([*ring, *ring[:1]]):
        yield start
        count = ceil(max(abs(end[0] - start[0]), abs(end[1] - start[1])) / _LONGEST)
        for step in range(1, count):
            share = step / count
            yield start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _rounded(points: Iterable[Point]) -> list[tuple[int, int]]:
    """Return *points* in whole steps, without those that are the same as the one before."""
    steps: list[tuple[int, int]] = []
    for x, y in points:
        step = (round(x), round(y))
        if not steps or steps[-1] != step:
            steps.append(step)
    return steps


def _size(ring: Sequence[tuple[int, int]]) -> float:
    """Return the area inside *ring*."""
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))
    return abs(doubled) / 2


def _path(steps: Sequence[tuple[int, int]]) -> str:
    """Return *steps* as a path: the first as it is, each other from the one before."""
    (x, y), *_ = steps
    moves = "".join(f"{_signed(x2 - x1)}{_signed(y2 - y1)}" for (x1, y1), (x2, y2) in pairwise(steps))
    return f"M{x}{_signed(y)}l{moves.removeprefix(' ')}"


def _signed(number: int) -> str:
    """Return *number* with what divides it from the number before."""
    return str(number) if number < 0 else f" {number}"
