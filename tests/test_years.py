"""The pages of a timeline that is split by year: each tells of its own year, and stays with it."""

from __future__ import annotations

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.dates.edtf import when
from timeline_gen.dates.order import sort_key
from timeline_gen.pages.plan.timelines import LONG, split

YEARS = 20
NUMBER = LONG + YEARS


def face(number: int, edtf: str) -> EventSummary:
    """Return an event that happened on the day *edtf*."""
    happened, name = when(edtf), f"event-{number}"
    key = sort_key(happened, order=None, event=name)
    return EventSummary(name, happened, {}, {}, {}, "", 3, False, False, False, key)


def timeline(**dates: str) -> list[EventSummary]:
    """Return a long timeline, in order; *dates* gives days to some events, by number, that differ."""
    days = {number: f"{1990 + number % YEARS}-05-01" for number in range(NUMBER)}
    days |= {int(name.removeprefix("event_")): day for name, day in dates.items()}
    return sorted((face(number, day) for number, day in days.items()), key=lambda one: one.sort_key)


def different(before: list[EventSummary], after: list[EventSummary]) -> set[str]:
    """Return the years, and ``""`` for the whole timeline, whose pages are made anew."""
    old, new = split(before), split(after)
    return {year for year in old | new if year not in old or old[year].digest != new[year].digest}


def test_moved_within_a_year() -> None:
    """An event that moves within its year changes the page of that year, and the axis of the whole."""
    assert different(timeline(), timeline(event_3="1993-06-01")) == {"", "1993"}


def test_moved_to_another_year() -> None:
    """An event that moves to another year changes the pages of both; all others stay as they are."""
    assert different(timeline(), timeline(event_3="1999-05-01")) == {"", "1993", "1999"}


def test_added() -> None:
    """One event more changes the page of its year, and the whole."""
    assert different(timeline(), timeline(event_5000="1997-01-01")) == {"", "1997"}


def test_counted_where_all_years_are() -> None:
    """The whole timeline says how many events each year has; a year says how many it has itself."""
    spans = split(timeline(event_3="1999-05-01"))

    counts = dict(spans[""].years)
    assert (counts["1993"], counts["1999"], sum(filter(None, counts.values()))) == (50, 52, NUMBER)
    assert (spans["1993"].total, spans["1999"].total, spans[""].total) == (50, 52, NUMBER)
    assert set(dict(spans["1999"].years).values()) == {None}
