"""Make the outlines of land and the borders that maps are drawn from, out of Natural Earth's data.

The source is Natural Earth, 1:50m Admin 0 countries, version 4.1.0, which is in the public domain
(https://www.naturalearthdata.com/about/terms-of-use/), as the npm package ``world-atlas`` 2.0.2 has it in
TopoJSON: a format in which a line that two areas share is there once (an *arc*). Borders are Natural Earth's
"de facto" ones. To make the file again::

    cd /tmp && npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python docs/maps/make_outlines.py /tmp/package/countries-50m.json

What is written is described in ``timeline_gen/maps/outlines.py``, which reads it.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias, TypedDict

Point: TypeAlias = tuple[int, int]
Arc: TypeAlias = list[Point]

TARGET: Final = Path(__file__).parents[2] / "timeline_gen" / "maps" / "outlines.bin"
UNITS: Final = 100
"""Steps in a degree."""
SMALLEST: Final = 24
"""The level of detail below which a point is left out: no map shows it."""


class _Geometry(TypedDict):
    type: str
    arcs: list[list[list[int]]]


class _Collection(TypedDict):
    geometries: list[_Geometry]


class _Transform(TypedDict):
    scale: tuple[float, float]
    translate: tuple[float, float]


class _Topology(TypedDict):
    objects: dict[str, _Collection]
    arcs: list[list[tuple[int, int]]]
    transform: _Transform


def points_of(arc: Iterable[tuple[int, int]], transform: _Transform) -> Arc:
    """Return the points of a TopoJSON *arc* in hundredths of a degree, without repetitions."""
    points: Arc = []
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        degrees = (
            each * scale + offset
            for each, scale, offset in zip((x, y), transform["scale"], transform["translate"], strict=True)
        )
        longitude, latitude = (round(UNITS * each) for each in degrees)
        if not points or points[-1] != (longitude, latitude):
            points.append((longitude, latitude))
    return points if len(points) > 1 else points * 2


def levels_of(arc: Arc) -> list[int]:
    """Return how much each inner point of *arc* matters, by the method of Visvalingam and Whyatt (1993).

    That is the area of the triangle which goes with the point, when points go from the least on; here eight
    times its binary logarithm, in steps of the grid and shortened by the latitude.
    """
    count = len(arc)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    areas = [math.inf] + [_area(*arc[i - 1 : i + 2]) for i in range(1, count - 1)] + [math.inf]
    heap = [(areas[i], i) for i in range(1, count - 1)]
    heapq.heapify(heap)
    gone, least = [False] * count, 0.0
    levels = [0] * count
    while heap:
        area, i = heapq.heappop(heap)
        if gone[i] or area != areas[i]:
            continue
        gone[i], least = True, max(least, area)
        levels[i] = min(255, round(8 * math.log2(least + 1)))
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for near in (left, right):
            if 0 < near < count - 1:
                areas[near] = _area(arc[before[near]], arc[near], arc[after[near]])
                heapq.heappush(heap, (areas[near], near))
    return levels[1:-1]


def _area(a: Point, b: Point, c: Point) -> float:
    shortened = math.cos(math.radians(b[1] / UNITS))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * shortened / 2


def borders_of(countries: Iterable[_Geometry]) -> list[int]:
    """Return the arcs that two of *countries* share."""
    uses: Counter[int] = Counter()
    for country in countries:
        uses.update(
            {arc if arc >= 0 else ~arc for polygon in _polygons(country) for ring in polygon for arc in ring}
        )
    return sorted(arc for arc, count in uses.items() if count > 1)


def _polygons(geometry: _Geometry) -> list[list[list[int]]]:
    """Return the polygons of *geometry*, each as its rings, each as its arcs."""
    arcs: object = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else arcs  # type: ignore[list-item, return-value]


def rings_of(land: Iterable[_Geometry]) -> list[list[int]]:
    """Return the rings of *land*, islands and the seas inside them alike."""
    return [ring for geometry in land for polygon in _polygons(geometry) for ring in polygon]


def written(topology: _Topology) -> bytes:
    """Return the file that *topology* becomes."""
    rings = rings_of(topology["objects"]["land"]["geometries"])
    borders = borders_of(topology["objects"]["countries"]["geometries"])
    used = sorted({arc if arc >= 0 else ~arc for ring in rings for arc in ring} | {*borders})
    number = {arc: place for place, arc in enumerate(used)}
    numbers: list[int] = [len(used)]
    levels = bytearray()
    for arc in used:
        points = points_of(topology["arcs"][arc], topology["transform"])
        kept = _worth_keeping(points)
        numbers.append(len(kept))
        numbers += _steps([point for point, _ in kept])
        levels += bytes(level for _, level in kept[1:-1])
    numbers.append(len(rings))
    for ring in rings:
        numbers.append(len(ring))
        numbers += [_zigzag(number[arc] if arc >= 0 else ~number[~arc]) for arc in ring]
    numbers.append(len(borders))
    numbers += _differences([number[arc] for arc in borders])
    body = b"".join(map(_varint, numbers))
    return zlib.compress(_varint(len(body)) + body + levels, 9)


def _worth_keeping(points: Arc) -> list[tuple[Point, int]]:
    levels = [255, *levels_of(points), 255]
    return [(point, level) for point, level in zip(points, levels, strict=True) if level >= SMALLEST]


def _steps(points: Sequence[Point]) -> Iterator[int]:
    before = (0, 0)
    for point in points:
        yield _zigzag(point[0] - before[0])
        yield _zigzag(point[1] - before[1])
        before = point


def _differences(numbers: Iterable[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        yield number - before
        before = number


def _zigzag(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _varint(number: int) -> bytes:
    """Return *number* in groups of seven bits, the lowest first (LEB128)."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


if __name__ == "__main__":
    made = written(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    TARGET.write_bytes(made)
    sys.stdout.write(f"{TARGET}: {len(made):,} bytes\n")
