"""The list of a timeline in its order, and the eras that begin in it as chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.dates.days import civil, day_number
from timeline_gen.model.entities import Era
from timeline_gen.pages.parts.grouping import MONTH, Bucket

Heading: TypeAlias = tuple[Bucket, tuple[EventSummary, ...]]
"""A heading and the events under it, without those under its months."""


def newest_first(groups: Iterable[Heading]) -> list[Heading]:
    """Return *groups* from the latest to the earliest; a year stays ahead of its months."""
    latest: list[Heading] = []
    for years in reversed(list(_by_year(groups))):
        year, *months = ((bucket, tuple(reversed(events))) for bucket, events in years)
        latest += [year, *reversed(months)]
    return latest


def _by_year(groups: Iterable[Heading]) -> Iterator[list[Heading]]:
    """Yield the headings that are no months, each with the months that follow it."""
    together: list[Heading] = []
    for group in groups:
        if group[0].width != MONTH and together:
            yield together
            together = []
        together.append(group)
    if together:
        yield together


def sizes(groups: Sequence[Heading]) -> list[int]:
    """Return how many events are under each of *groups*, those under the months of a year included."""
    counts = [len(events) for _, events in groups]
    year = 0
    for number, (bucket, events) in enumerate(groups):
        if bucket.width == MONTH:
            counts[year] += len(events)
        else:
            year = number
    return counts


def chapters(eras: Iterable[Era], groups: Sequence[Heading]) -> dict[int, list[Era]]:
    """Return the *eras* by the number of the one of *groups* that each begins with.

    That is the first of the list that lies within the era, whichever way the list runs. An era without any
    begins nowhere.
    """
    begun: dict[int, list[Era]] = {}
    for era in eras:
        for number, (bucket, _) in enumerate(groups):
            if bucket.width != MONTH and _lies_in(bucket.lo, era):
                begun.setdefault(number, []).append(era)
                break
    return begun


def _lies_in(day: int, era: Era) -> bool:
    """Return whether a heading that begins on *day* lies in *era*: the year in which it begins does."""
    lo, hi = era.when.lo, era.when.hi
    return (lo is None or day >= day_number(civil(lo)[0])) and (hi is None or day <= hi)
