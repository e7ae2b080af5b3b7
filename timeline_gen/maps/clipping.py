"""Lines and areas cut to a rectangle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

Point: TypeAlias = tuple[float, float]


class Rectangle(NamedTuple):
    """A rectangle with sides along the axes."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height."""
        return self.top - self.bottom

    def grown(self, by: float) -> Rectangle:
        """Return it with a margin around it."""
        return Rectangle(self.left - by, self.bottom - by, self.right + by, self.top + by)


def clip_area(ring: Sequence[Point], to: Rectangle) -> list[Point]:
    """Return the part of the closed line *ring* inside *to* (Sutherland and Hodgman, 1974).

    Parts that lie apart are joined along the sides of the rectangle, which shows in no area that is filled.
    """
    points = list(ring)
    for axis, limit, sign in _sides(to):
        if not points:
            break
        points = list(_half(points, axis, limit, sign))
    return points


def _sides(to: Rectangle) -> tuple[tuple[int, float, int], ...]:
    """Return each side: which coordinate it limits, at what, and whether from below (1) or above (-1)."""
    return ((0, to.left, 1), (0, to.right, -1), (1, to.bottom, 1), (1, to.top, -1))


def _half(points: Sequence[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    before = points[-1]
    was_inside = sign * (before[axis] - limit) >= 0
    for point in points:
        inside = sign * (point[axis] - limit) >= 0
        if inside != was_inside:
            yield _crossing(before, point, axis, limit)
        if inside:
            yield point
        before, was_inside = point, inside


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    share = (limit - start[axis]) / (end[axis] - start[axis])
    across = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, across) if axis == 0 else (across, limit)


def clip_line(line: Sequence[Point], to: Rectangle) -> Iterator[list[Point]]:
    """Yield the parts of *line* inside *to* (Liang and Barsky, 1984)."""
    part: list[Point] = []
    for point, following in pairwise(line):
        inside = _segment(point, following, to)
        if inside is None:
            continue
        start, end = inside
        if part and part[-1] == start:
            part.append(end)
        else:
            if part:
                yield part
            part = [start, end]
    if part:
        yield part


def _segment(start: Point, end: Point, to: Rectangle) -> tuple[Point, Point] | None:
    """Return the ends of the part between *start* and *end* that is inside *to*; None where there is none."""
    first, last = 0.0, 1.0
    step = (end[0] - start[0], end[1] - start[1])
    for axis, limit, sign in _sides(to):
        towards, room = sign * step[axis], sign * (limit - start[axis])
        if towards == 0 and room > 0:
            return None
        if towards > 0:
            first = max(first, room / towards)
        elif towards < 0:
            last = min(last, room / towards)
    if first > last:
        return None
    # Ends inside are returned as they are: computed anew they would be off by a rounding error, and
    # clip_line() would not see that the next segment goes on there.
    return _along(start, step, first) if first else start, _along(start, step, last) if last < 1 else end


def _along(start: Point, step: Point, share: float) -> Point:
    return start[0] + share * step[0], start[1] + share * step[1]
