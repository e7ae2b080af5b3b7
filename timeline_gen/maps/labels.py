"""Places on a map: where their names go, and which are too close together to be distinguished.

No name covers another name or a dot at any width.

Lengths are in rem, but for places, which are shares of the map. At a greater width all places move away from
each other along straight lines, while names and dots keep their sizes. So a name that is free at one width is
placed there for good if nothing ever moves into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Final, NamedTuple

from timeline_gen.maps.clipping import Rectangle

WIDTHS: Final = (18, 28, 44, 60)
"""The widths of a map from which on more names are shown."""
HEIGHT: Final = 1.3
"""How high a name is."""
_GAP: Final = 0.25
"""What is between a dot and its name."""


class Spot(NamedTuple):
    """A place that wants its name on the map."""

    left: float
    top: float
    """Shares of width and height."""
    radius: float
    """Of its dot."""
    size: float
    """How long the name is."""


class Label(NamedTuple):
    """Where a name is."""

    side: str
    """``right``, ``left``, ``above`` or ``below`` the dot."""
    width: int
    """The width of the map from which on it is shown."""


def place_labels(spots: Sequence[Spot], ratio: float, widths: Sequence[int] = WIDTHS) -> list[Label | None]:
    """Return where the name of each of *spots* is; None for one without room at any of the *widths*.

    The spots are ordered: the first have the choice. The map has the *ratio* of width to height.
    """
    found: list[Label | None] = [None] * len(spots)
    for width in widths:
        for number, spot in enumerate(spots):
            if found[number]:
                continue
            found[number] = next(_free(number, spot, spots, found, (width, width / ratio)), None)
    return found


def _free(
    number: int,
    spot: Spot,
    spots: Sequence[Spot],
    found: Sequence[Label | None],
    size: tuple[float, float],
) -> Iterator[Label]:
    """Yield the sides of *spot* on which its name is free on a map of the *size*."""
    for side in ("right", "left", "above", "below"):
        box = _box(spot, side)
        if not _on_map(box, spot, size):
            continue
        others = ((other, each) for other, each in enumerate(spots) if other != number)
        if all(_is_apart(box, spot, each, found[other], size) for other, each in others):
            yield Label(side, round(size[0]))


def _box(spot: Spot, side: str) -> Rectangle:
    """Return the room that the name of *spot* takes, seen from its dot."""
    away = spot.radius + _GAP
    if side in {"right", "left"}:
        left = away if side == "right" else -away - spot.size
        return Rectangle(left, -HEIGHT / 2, left + spot.size, HEIGHT / 2)
    bottom = away if side == "below" else -away - HEIGHT
    return Rectangle(-spot.size / 2, bottom, spot.size / 2, bottom + HEIGHT)


def _on_map(box: Rectangle, spot: Spot, size: tuple[float, float]) -> bool:
    x, y = spot.left * size[0], spot.top * size[1]
    return x + box.left >= 0 and x + box.right <= size[0] and y + box.bottom >= 0 and y + box.top <= size[1]


def _is_apart(
    box: Rectangle, spot: Spot, other: Spot, label: Label | None, size: tuple[float, float]
) -> bool:
    """Return whether the *other* dot and its *label* keep out of the *box* of *spot* from this width on."""
    away = ((other.left - spot.left) * size[0], (other.top - spot.top) * size[1])
    if _ever_inside(away, box.grown(other.radius)):
        return False
    if label is None:
        return True
    its = _box(other, label.side)
    # Two boxes touch while the way from one dot to the other is inside the sum of the one and the other
    # mirrored (Minkowski): so a point is followed in place of a box.
    names = Rectangle(box.left - its.right, box.bottom - its.top, box.right - its.left, box.top - its.bottom)
    dot = Rectangle(-its.right, -its.top, -its.left, -its.bottom).grown(spot.radius)
    return not _ever_inside(away, names) and not _ever_inside(away, dot)


def _ever_inside(away: tuple[float, float], box: Rectangle) -> bool:
    """Return whether a point that moves from *away* straight on, away from the origin, comes into *box*."""
    # At 1 the map is as wide as now, and it only grows.
    first, last = 1.0, float("inf")
    for step, low, high in ((away[0], box.left, box.right), (away[1], box.bottom, box.top)):
        if step == 0:
            if not low < 0 < high:
                return False
            continue
        ends = sorted((low / step, high / step))
        first, last = max(first, ends[0]), min(last, ends[1])
    return first < last


FEWEST_IN_CROWD: Final = 3
"""How many places make a crowd at least."""
_MAP_WIDTH: Final = 44
"""The width of the map, in rem, at which dots are looked at."""
_DOT_GAP: Final = 0.2
"""What is between two dots that do not touch, in rem."""


def crowds(spots: Sequence[Spot], ratio: float) -> list[list[int]]:
    """Return the crowds on a map with the *ratio* of width to height, the largest first.

    Each is the numbers of *spots* whose dots touch one another, perhaps by way of further ones.
    """
    left = list(range(len(spots)))
    found: list[list[int]] = []
    while left:
        crowd = [left.pop(0)]
        # The list grows while it is gone through: what touches a new member belongs to the crowd, too.
        for number in crowd:
            near = [other for other in left if _touch(spots[number], spots[other], ratio)]
            left = [other for other in left if other not in near]
            crowd += near
        if len(crowd) >= FEWEST_IN_CROWD:
            found.append(sorted(crowd))
    return sorted(found, key=lambda crowd: (-len(crowd), crowd))


def _touch(left: Spot, right: Spot, ratio: float) -> bool:
    across, down = (left.left - right.left) * _MAP_WIDTH, (left.top - right.top) * _MAP_WIDTH / ratio
    return hypot(across, down) < left.radius + right.radius + _DOT_GAP
