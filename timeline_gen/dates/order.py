"""The order of dates: total, stable, the same whatever order the articles come in.

The anchor is the first possible day, else the last one ("until 2010" stands at 2010), else the end of all.
Of dates with one anchor imprecise points stand first, the widest ahead, as a heading stands ahead of what
lies inside it; then single days, those without a time of day before those with one, by that time; then
spans and all-of sets, the sooner ended first. Then the author's ``order:``, then the id.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from timeline_gen.model import Kind, When

SortKey: TypeAlias = tuple[int, int, int, int, str]

_NEVER: Final = 10**30
"""Later than any day: the anchor of an undated event, the end of what goes on."""


def sort_key(
    when: When,
    *,
    order: int | None,
    id: str,  # noqa: A002  # the key of the front matter
    sort_date: When | None = None,
) -> SortKey:
    """Return what sorts the event *id* dated *when*: *sort_date* stands for it, *order* breaks ties."""
    anchor, rank, tie = _place(sort_date or when)
    return anchor, rank, tie, order or 0, id


def _place(when: When) -> tuple[int, int, int]:
    """Return the anchor of *when*, its class, and what orders dates of one class."""
    lo, hi = when.lo, when.hi
    last = _NEVER if hi is None else hi
    anchor = lo if lo is not None else last
    if when.kind in (Kind.SPAN, Kind.ALL):
        return anchor, 2, last
    if lo is not None and lo == hi:
        return anchor, 1, _second(when.time)
    return anchor, 0, anchor - last


def _second(time: str) -> int:
    """Return which second of its day a *time* as typed is; -1 where none is given."""
    if not time:
        return -1
    hour, minute, second = time[:2], time[3:5], time[6:8] if time[5:6] == ":" else "0"
    return int(hour) * 3600 + int(minute) * 60 + int(second)
