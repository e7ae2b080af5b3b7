"""Places that are too close together on a map to be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Final

from timeline_gen.maps.labels import Spot

FEWEST: Final = 3
"""How many places make a crowd at least."""
_WIDTH: Final = 44
"""The width of the map, in rem, at which dots are looked at."""
_GAP: Final = 0.2
"""What is between two dots that do not touch, in rem."""


def crowds(spots: Sequence[Spot], ratio: float) -> list[list[int]]:
    """Return the crowds on a map with the *ratio* of width to height, the largest first.

    Each is the numbers of *spots* whose dots touch one another, perhaps by way of further ones.
    """
    left = list(range(len(spots)))
    found: list[list[int]] = []
    while left:
        crowd = [left.pop(0)]
        for number in crowd:
            near = [other for other in left if _touch(spots[number], spots[other], ratio)]
            left = [other for other in left if other not in near]
            crowd += near
        if len(crowd) >= FEWEST:
            found.append(sorted(crowd))
    return sorted(found, key=lambda crowd: (-len(crowd), crowd))


def _touch(one: Spot, other: Spot, ratio: float) -> bool:
    across, down = (one.left - other.left) * _WIDTH, (one.top - other.top) * _WIDTH / ratio
    return hypot(across, down) < one.radius + other.radius + _GAP
