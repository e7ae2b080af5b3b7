"""The few events that a timeline opens with: the most important ones, spread over its time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import Final, NamedTuple

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.model.dates import DateKind

FEWEST: Final = 3
"""A timeline with fewer dated events has none: its list is seen at once."""
MOST: Final = 8
MOST_OF_LONG: Final = 12
"""The limit for a timeline that is split by year, whose first page has little else to show."""


def highlights(events: Sequence[EventSummary], most: int = MOST) -> tuple[EventSummary, ...]:
    """Return the events of *events*, which are in order, that a timeline opens with, in their order."""
    dated = [event for event in events if event.when.kind is not DateKind.UNDATED]
    if len(dated) < FEWEST:
        return ()
    # A short timeline would else open with nearly all of its events, and list them again below.
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
    if not chosen and room:
        chosen.append(candidates[0])
    # Between two that are chosen, the farthest is next to the middle: of each gap only that is looked at.
    ends = sorted(chosen)
    between = zip((None, *ends), (*ends, None), strict=True)
    gaps = [gap for after, before in between if (gap := _gap(candidates, after, before))]
    heapify(gaps)
    while gaps and len(chosen) < room:
        widest = heappop(gaps)
        chosen.append(widest.number)
        for after, before in ((widest.after, widest.number), (widest.number, widest.before)):
            if gap := _gap(candidates, after, before):
                heappush(gaps, gap)


class _Gap(NamedTuple):
    """What lies between two that are chosen; the best of several comes first."""

    nearness: int
    """How far its farthest is from both ends, negated."""
    number: int
    """Its farthest; of two as far, the first."""
    after: int | None
    before: int | None


def _gap(candidates: Sequence[int], after: int | None, before: int | None) -> _Gap | None:
    """Return the gap between two numbers, None for no end on that side; None without *candidates* in it."""
    first = 0 if after is None else bisect_right(candidates, after)
    last = len(candidates) if before is None else bisect_left(candidates, before)
    if first >= last:
        return None
    if before is None:
        number = candidates[last - 1]
        return _Gap((after or 0) - number, number, after, before)
    if after is None:
        return _Gap(candidates[first] - before, candidates[first], after, before)
    middle = bisect_right(candidates, (after + before) // 2, first, last)
    near = [candidates[at] for at in (middle - 1, middle) if first <= at < last]
    return min(
        _Gap(-min(candidate - after, before - candidate), candidate, after, before) for candidate in near
    )
