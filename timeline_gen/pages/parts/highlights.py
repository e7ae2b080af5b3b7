"""The few events that a timeline opens with: the most important ones, spread over its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from timeline_gen.collecting.chronicle import EventSummary
from timeline_gen.model import Kind

FEWEST: Final = 3
"""A timeline with fewer dated events has none: its list is seen at once."""
MOST: Final = 8
MOST_OF_LONG: Final = 12
"""The limit for a timeline that is split by year, whose first page has little else to show."""


def highlights(events: Sequence[EventSummary], most: int = MOST) -> tuple[EventSummary, ...]:
    """Return the events of *events*, which are in order, that a timeline opens with, in their order."""
    dated = [event for event in events if event.when.kind is not Kind.UNDATED]
    if len(dated) < FEWEST:
        return ()
    room = max(FEWEST, min(most, len(dated) // 2))
    ranked = spread([event.importance for event in dated], room)
    return tuple(dated[number] for number in sorted(ranked))


def spread(importances: Sequence[int], room: int) -> list[int]:
    """Return the numbers of up to *room* things, whose *importances* are in the order of time, best first.

    Importance decides first. Among equals, the things farthest from those chosen already are taken, measured
    in the order of time: a timeline whose authors never set an importance is shown by events from all of it.
    """
    levels: dict[int, list[int]] = {}
    for number, importance in enumerate(importances):
        levels.setdefault(importance, []).append(number)
    chosen: list[int] = []
    for importance in sorted(levels, reverse=True):
        _spread(levels[importance], min(room, len(importances)), chosen)
    return chosen


def _spread(candidates: Sequence[int], room: int, chosen: list[int]) -> None:
    """Add *candidates* to *chosen* until these are *room*, each as far from the others as can be."""
    far = max(candidates) + 1
    ways = {one: min((abs(one - other) for other in chosen), default=far) for one in candidates}
    while ways and len(chosen) < room:
        farthest = max(ways, key=lambda one: (ways[one], -one))
        del ways[farthest]
        chosen.append(farthest)
        for one, way in ways.items():
            ways[one] = min(way, abs(one - farthest))
