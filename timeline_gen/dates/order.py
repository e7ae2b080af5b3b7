"""The order of dates: total, stable, the same whatever order the articles come in.

The anchor is the first possible day, else the last one ("until 2010" is at 2010), else the end of all.
Of dates with one anchor imprecise points come first, the widest ahead, as a heading precedes what
it contains; then single days, those without a time of day before those with one, by that time; then
spans and all-of sets, the sooner ended first. Then the author's ``order:``; then the first article with a
telling of the event, by its day and its slug, and the position in it; then the id.
"""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from timeline_gen.model.dates import DateKind, When


class FirstTelling(NamedTuple):
    """The first telling of an event."""

    day: int
    """The day of the article."""
    slug: str
    position: int
    """The event's place in the list of that article."""


NOWHERE: Final = FirstTelling(0, "", 0)
"""For what has no telling, such as an era."""

SortKey: TypeAlias = tuple[int, int, int, int, FirstTelling, str]

_NEVER: Final = 10**30
"""Later than any day: the anchor of an undated event, the end of what goes on."""


def sort_key(
    when: When,
    *,
    order: int | None,
    event: str,
    sort_date: When | None = None,
    first: FirstTelling = NOWHERE,
) -> SortKey:
    """Return the sort key of an event with this id, dated *when*.

    *sort_date* replaces the date, and *order* breaks ties.

    *first* orders events of one date that have the same *order*.
    """
    anchor, rank, tie = _place(sort_date or when)
    return anchor, rank, tie, order or 0, first, event


def _place(when: When) -> tuple[int, int, int]:
    """Return the anchor of *when*, its class, and what orders dates of one class."""
    lo, hi = when.lo, when.hi
    last = _NEVER if hi is None else hi
    anchor = lo if lo is not None else last
    if when.kind in (DateKind.SPAN, DateKind.ALL):
        return anchor, 2, last
    if lo is not None and lo == hi:
        return anchor, 1, _second(when.time)
    # The width, negated: the widest comes first.
    return anchor, 0, anchor - last


def _second(time: str) -> int:
    """Return the second of its day of a *time* as typed; -1 if it is empty."""
    if not time:
        return -1
    # What follows the minutes may be an offset as well: 18:07:30, 18:07+03:00.
    hour, minute, second = time[:2], time[3:5], time[6:8] if time[5:6] == ":" else "0"
    return int(hour) * 3600 + int(minute) * 60 + int(second)
