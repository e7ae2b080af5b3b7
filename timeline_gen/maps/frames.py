"""What part of the Earth a map shows, and where on it a place is.

A map of places near each other is cut to them, also across the antimeridian; one of places all around the
Earth shows the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.maps.clipping import Point, Rectangle
from timeline_gen.maps.projections import AzimuthalEqualArea, EqualEarth, Projection, angle_of

Coordinates: TypeAlias = tuple[float, float]
"""A latitude and a longitude in degrees, as authors write them."""


class Shape(NamedTuple):
    """What a map measures."""

    name: str
    ratio: float
    """Of width to height."""
    pixels: int
    """How wide it is shown at most."""


LOCATOR: Final = Shape("locator", 4 / 3, 320)
REGION: Final = Shape("region", 3 / 2, 900)
WORLD: Final = Shape("world", 2.25, 1100)
GLOBE: Final = Shape("globe", 2.05, 1100)
"""The whole of it, with Antarctica."""

_AROUND: Final = 28.0
"""How many degrees of the Earth a locator is wide."""
_NARROWEST: Final = 5.0
"""How many degrees a map of places is wide at least; the outlines show nothing smaller."""
_MARGIN: Final = 0.16
"""Of width and height, on each side of the outermost places: so there is room for their names."""
_HALF_TURN: Final = 180.0
_MIDDLE: Final = 11.0
"""The meridian in the middle of the world: its edge then lies in the Bering Strait, and cuts no land."""
_SOUTH, _NORTH = -57.0, 84.0
"""What is shown of the world where no place is further south or north."""
_LARGEST: Final = radians(54)
_REACH: Final = radians(60)
"""How far from its middle a map of a part of the Earth may reach, and its window. The window must not hold
the point opposite: one of all longitudes goes at least 30 degrees beyond the latitude of the middle."""
_MOST: Final = 0.75
"""A map as wide as this share of the world shows all of it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the Earth on a map."""

    shape: Shape
    projection: Projection
    cut: Rectangle
    """What is shown, in the units of the projection."""
    window: Rectangle
    """What may be shown, in degrees: longitudes and latitudes."""

    def place(self, at: Coordinates) -> Point:
        """Return where a place is, in hundredths of width and height from the top left."""
        x, y = self.projection.forward(self.turned(at[1]), at[0])
        return 100 * (x - self.cut.left) / self.cut.width, 100 * (self.cut.top - y) / self.cut.height

    def turned(self, longitude: float) -> float:
        """Return *longitude* within half a turn of the middle."""
        return turned(longitude, self.projection.longitude)

    @property
    def degrees_per_pixel(self) -> float:
        """Return how much of the Earth, in degrees, a pixel shows in the middle of the map."""
        return degrees(self.cut.width) / self.shape.pixels


def turned(longitude: float, middle: float) -> float:
    """Return *longitude* within half a turn of *middle*, on the eastern edge rather than on the western."""
    # The floor is taken of the negated difference, so that just half a turn is on the eastern edge.
    return longitude - 360 * -((_HALF_TURN - (longitude - middle)) // 360)


def locator(at: Coordinates) -> Frame:
    """Return the frame of a map with the place *at* in its middle."""
    half = radians(_AROUND) / 2
    return _part(AzimuthalEqualArea(at[1], at[0]), Rectangle(-half, -half, half, half), LOCATOR)


def frame_of(places: Sequence[Coordinates]) -> Frame:
    """Return the frame of a map that shows *places*, of which there is at least one."""
    west, east = _arc_around([longitude for _, longitude in places])
    latitudes = [latitude for latitude, _ in places]
    south, north = min(latitudes), max(latitudes)
    if east - west > _HALF_TURN:
        return _whole(south, north)
    middle = turned((west + east) / 2, 0.0)
    projection = AzimuthalEqualArea(middle, (south + north) / 2)
    cut = _shaped(_around(projection, places), REGION.ratio)
    # Further from its middle an azimuthal map bends and squeezes what it shows too much.
    if angle_of(*_corner(cut)) <= _LARGEST:
        return _part(projection, cut, REGION)
    return _belt(EqualEarth(middle), places) or _whole(south, north)


def _belt(projection: EqualEarth, places: Sequence[Coordinates]) -> Frame | None:
    """Return the frame of *places* too far apart for a map of a part; None where they need the world."""
    cut = _shaped(_around(projection, places), REGION.ratio)
    half, top = projection.forward(projection.longitude + _HALF_TURN, 0)[0], projection.forward(0, 90)[1]
    if cut.width > 2 * half * _MOST or cut.height > 2 * top:
        return None
    # Beyond a pole there is nothing: the map is moved, not made smaller, so that it keeps its ratio.
    down = max(cut.top - top, 0) + min(cut.bottom + top, 0)
    cut = Rectangle(cut.left, cut.bottom - down, cut.right, cut.top - down)
    return Frame(REGION, projection, cut, _everywhere(projection))


def _arc_around(longitudes: Iterable[float]) -> tuple[float, float]:
    """Return the shortest stretch that holds all *longitudes*, from west to east; it may end beyond 180."""
    ordered = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(after - before) % 360 for before, after in zip(ordered, [*ordered[1:], ordered[0]], strict=True)]
    if len(ordered) == 1:
        return ordered[0], ordered[0]
    # The shortest arc with all of them is what the widest gap leaves.
    widest = gaps.index(max(gaps))
    west = ordered[(widest + 1) % len(ordered)]
    return west, west + 360 - gaps[widest]


def _whole(south: float, north: float) -> Frame:
    """Return the frame of the world; to the poles where a place is beyond what is usually shown."""
    projection = EqualEarth(_MIDDLE)
    half = projection.forward(_MIDDLE + _HALF_TURN, 0)[0]
    if south < _SOUTH or north > _NORTH:
        top = projection.forward(_MIDDLE, 90)[1]
        return Frame(GLOBE, projection, Rectangle(-half, -top, half, top), _everywhere(projection))
    bottom, top = (projection.forward(_MIDDLE, latitude)[1] for latitude in (_SOUTH, _NORTH))
    return Frame(WORLD, projection, Rectangle(-half, bottom, half, top), _everywhere(projection))


def _everywhere(projection: Projection) -> Rectangle:
    middle = projection.longitude
    return Rectangle(middle - _HALF_TURN, -90, middle + _HALF_TURN, 90)


def _around(projection: Projection, places: Iterable[Coordinates]) -> Rectangle:
    """Return the rectangle around *places* with a margin; it is not too small for the outlines."""
    least = radians(_NARROWEST)
    points = [
        projection.forward(turned(longitude, projection.longitude), latitude)
        for latitude, longitude in places
    ]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    # The margin is a share of the map, not of the rectangle around the places.
    share = 1 - 2 * _MARGIN
    width, height = max((right - left) / share, least), max((top - bottom) / share, least / 2)
    x, y = (left + right) / 2, (bottom + top) / 2
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _corner(cut: Rectangle) -> Point:
    """Return how far the sides of *cut* are from the middle of the projection at most."""
    return max(-cut.left, cut.right), max(-cut.bottom, cut.top)


def _shaped(cut: Rectangle, ratio: float) -> Rectangle:
    """Return *cut*, made wider or higher so that it has the *ratio* of width to height."""
    width, height = max(cut.width, cut.height * ratio), max(cut.height, cut.width / ratio)
    x, y = (cut.left + cut.right) / 2, (cut.bottom + cut.top) / 2
    return Rectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _part(projection: Projection, cut: Rectangle, shape: Shape) -> Frame:
    """Return the frame of a part of the Earth, with the degrees in which all of it lies."""
    cut = _shaped(cut, shape.ratio)
    reach = min(angle_of(*_corner(cut)) * 1.1, _REACH)
    middle, latitude = projection.longitude, radians(projection.latitude)
    half = _HALF_TURN
    if abs(latitude) + reach < radians(90):
        # The meridians that touch a circle around the middle; a circle with a pole inside crosses all of
        # them.
        half = min(_HALF_TURN, degrees(asin(min(1.0, sin(reach) / cos(latitude)))))
    south, north = max(-90.0, degrees(latitude - reach)), min(90.0, degrees(latitude + reach))
    return Frame(shape, projection, cut, Rectangle(middle - half, south, middle + half, north))
