"""Outlines of land and borders, from one compressed file that comes with the program.

The file (zlib, RFC 1950) holds whole numbers of variable length (LEB128), signed ones in zigzag: the length
of what follows, the number of arcs, and of each arc the number of its points and the steps from point to
point, in hundredths of a degree; the rings of land, each as the arcs that it consists of (``~n`` is arc *n*
backwards); the arcs that are borders, each as the difference to the one before. After these numbers there is
a byte for each inner point of each arc: its level of detail, eight times the binary logarithm of the area
that is lost without it. ``README.md`` names the source.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Final, TypeAlias

Line: TypeAlias = tuple[tuple[float, float], ...]
"""Longitudes and latitudes in degrees."""

_UNITS: Final = 100
"""Steps in a degree."""
_FULL_TURN: Final = 360


@dataclass(frozen=True, slots=True)
class Outline:
    """A line with the rectangle around it."""

    points: Line
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Outlines:
    """The Earth as far as maps show it."""

    land: tuple[Outline, ...]
    """Closed lines, each without its first point at the end; seas inside land are among them."""
    borders: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class _Arc:
    points: Line
    levels: bytes
    """Of each point; the ends are always kept."""


@dataclass(frozen=True, slots=True)
class _Topology:
    arcs: tuple[_Arc, ...]
    rings: tuple[tuple[int, ...], ...]
    borders: tuple[int, ...]


@lru_cache(maxsize=8)
def outlines(level: int) -> Outlines:
    """Return the outlines without the points whose level of detail is below *level*."""
    topology = _topology()
    arcs = [_simplified(arc, level) for arc in topology.arcs]
    rings = (_unrolled([*_ring(ring, arcs)]) for ring in topology.rings)
    land = tuple(_outline(ring) for ring in rings if len(ring) > 2)
    return Outlines(land, tuple(_outline(arcs[number]) for number in topology.borders))


def level_for(degrees: float) -> int:
    """Return the level of detail at which what is smaller than a square of *degrees* is left out."""
    return max(0, min(254, round(8 * math.log2((degrees * _UNITS) ** 2 + 1))))


def _simplified(arc: _Arc, level: int) -> Line:
    return tuple([point for point, own in zip(arc.points, arc.levels, strict=True) if own >= level])


def _ring(numbers: Sequence[int], arcs: Sequence[Line]) -> Iterator[tuple[float, float]]:
    """Yield the points of a ring, each once: an arc ends where the next begins."""
    for number in numbers:
        yield from arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]


def _unrolled(ring: Sequence[tuple[float, float]]) -> Line:
    """Return *ring* without a leap from one side of the antimeridian to the other.

    What goes all around the Earth, as the coast of Antarctica does, is closed along the pole.
    """
    points: list[tuple[float, float]] = []
    turn = 0
    for longitude, latitude in ring:
        if points:
            # No step of an outline is half a turn long, so that the shorter way around is the one that is
            # meant.
            turn = _FULL_TURN * round((points[-1][0] - longitude) / _FULL_TURN)
        points.append((longitude + turn, latitude))
    if points and abs(points[-1][0] - points[0][0]) > _FULL_TURN / 2:
        pole = math.copysign(90, points[0][1])
        around = points[0][0] + math.copysign(_FULL_TURN, points[-1][0] - points[0][0])
        points += [(around, points[0][1]), (around, pole), (points[0][0], pole)]
    return tuple(points)


def _outline(points: Line) -> Outline:
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return Outline(points, min(longitudes), min(latitudes), max(longitudes), max(latitudes))


@cache
def _topology() -> _Topology:
    data = zlib.decompress(resources.files("timeline_gen.maps").joinpath("outlines.bin").read_bytes())
    size, start = _first_number(data)
    numbers = _numbers(data[start : start + size])
    return _read(numbers, data[start + size :])


def _first_number(data: bytes) -> tuple[int, int]:
    """Return the number at the start of *data*, and where what follows begins."""
    end = next(place for place, byte in enumerate(data) if byte < 128)
    return next(_numbers(data[: end + 1])), end + 1


def _numbers(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        if byte < 128:
            yield number
            number = shift = 0
        else:
            shift += 7


def _read(numbers: Iterator[int], levels: bytes) -> _Topology:
    arcs: list[_Arc] = []
    used = 0
    for _ in range(next(numbers)):
        count = next(numbers)
        inner = levels[used : used + count - 2]
        used += count - 2
        # At its ends an arc meets others: left out there, a coast would have gaps.
        arcs.append(_Arc(tuple(_points(numbers, count)), b"\xff" + inner + b"\xff"))
    rings = [tuple(_signed(next(numbers)) for _ in range(next(numbers))) for _ in range(next(numbers))]
    borders: list[int] = []
    for _ in range(next(numbers)):
        borders.append((borders[-1] if borders else 0) + next(numbers))
    return _Topology(tuple(arcs), tuple(rings), tuple(borders))


def _points(numbers: Iterator[int], count: int) -> Iterator[tuple[float, float]]:
    x = y = 0
    for _ in range(count):
        x, y = x + _signed(next(numbers)), y + _signed(next(numbers))
        yield x / _UNITS, y / _UNITS


def _signed(number: int) -> int:
    return number // 2 if number % 2 == 0 else -(number + 1) // 2
