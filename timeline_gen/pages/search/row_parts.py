"""What the search shows and counts, in parts by the order of the list: rows, and columns of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from timeline_gen.pages.search.rows import GOING_ON, ArticleRow, EventRow, NameRow
from timeline_gen.rendering.search.number_texts import UNKNOWN, number_text, signed_text
from timeline_gen.rendering.search.parts import Cut, Parts, cut

_SHOWN: Final = Cut(least=4_000, most=14_000, often=16)
_NAMES: Final = Cut(least=12_000, most=48_000, often=64)
_COLUMNS: Final = Cut(least=24_000, most=48_000, often=512)
_IDS: Final = Cut(least=8_000, most=20_000, often=128)


def shown_parts(rows: Iterable[EventRow | ArticleRow], parts: Parts) -> object:
    """Put what is shown of *rows* into *parts*; return how many each has."""
    shown = (_without_empty(row.shown) for row in rows)
    cuts = cut(shown, lambda item: sum(len(text.encode()) for text in item), lambda item: item[0], _SHOWN)
    return parts.numbered([(len(part), parts.add(part)) for part in cuts])


def name_parts(names: Sequence[NameRow], events: Iterable[EventRow], parts: Parts) -> object:
    """Put *names*, each with the number of *events* that name it, into *parts*; return how many each has."""
    counts: dict[str, int] = {}
    for event in events:
        for name in event.names:
            counts[name] = counts.get(name, 0) + 1
    rows = [[name.taxonomy, *name.shown, counts.get(f"{name.taxonomy}/{name.shown[0]}", 0)] for name in names]
    cuts = cut(
        rows, lambda row: len(str(row[2]).encode()) + len(str(row[1])) + 16, lambda row: str(row[1]), _NAMES
    )
    return parts.numbered([(len(part), parts.add(part)) for part in cuts])


def id_parts(events: Sequence[EventRow], parts: Parts) -> object:
    """Put the places of *events* in the list, by their ids, into *parts*; return the first id of each."""
    places = [(f"={event.shown[0]}", number_text(number)) for number, event in enumerate(events)]
    places.sort(key=lambda place: place[0].encode("utf-16-be"))
    cuts = cut(places, lambda place: len(place[0].encode()) + 4, lambda place: place[0], _IDS)
    return parts.listed([f"{part[0][0]} {parts.add(_lines(part))}" for part in cuts])


def _lines(places: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{key}:{text}\n" for key, text in places)


def column_parts(events: Sequence[EventRow], parts: Parts) -> object:
    """Put days, weight, status and names of *events* into *parts*; return how many each has, and its days."""
    cuts = cut(events, _column_size, lambda item: item.shown[0], _COLUMNS)
    return parts.listed([f"{len(part)} {_days(part)} {parts.add(_columns(part))}" for part in cuts])


def _column_size(event: EventRow) -> int:
    return 8 + 4 * len(event.names)


def _without_empty(texts: Sequence[str]) -> list[str]:
    """Return *texts* without empty ones at the end."""
    found = list(texts)
    while found and not found[-1]:
        found.pop()
    return found


def _days(events: Iterable[EventRow]) -> str:
    """Return the first and the last day of *events*; what is not known is empty."""
    dated = [event for event in events if event.lo is not None or event.hi is not None]
    first = [event.lo if event.lo is not None else event.hi for event in dated]
    last = [event.hi if event.hi is not None else event.lo for event in dated]
    endless = any(event.hi is None and event.marks & GOING_ON for event in dated)
    lo = min((day for day in first if day is not None), default=None)
    hi = None if endless else max((day for day in last if day is not None), default=None)
    return f"{'' if lo is None else lo},{'' if hi is None else hi}"


def _columns(events: Sequence[EventRow]) -> dict[str, object]:
    """Return *events* as columns: texts of numbers, and the names that they have in common."""
    names = sorted({name for event in events for name in event.names})
    numbers = {name: number for number, name in enumerate(names)}
    # Each day is written by its distance from the one before: events are in order, and small numbers are
    # short.
    days: list[str] = []
    last = 0
    for event in events:
        days.append(UNKNOWN if event.lo is None else signed_text(event.lo - last))
        last = last if event.lo is None else event.lo
        days.append(UNKNOWN if event.hi is None else signed_text(event.hi - last))
        last = event.hi if event.lo is None and event.hi is not None else last
    return {
        "days": "".join(days),
        "marks": "".join(
            number_text(event.marks) + number_text(event.status * 6 + event.weight) for event in events
        ),
        "names": names,
        "named": "".join(
            "".join(number_text(numbers[name]) for name in event.names) + "." for event in events
        ),
    }
