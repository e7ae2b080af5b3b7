"""The events of a timeline as data: JSON, its schema, and a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from timeline_gen.planning.file_views import EventsDataView, EventsSchemaView, EventsTableView, FinderView

_MARK: Final = "\ufeff"
"""By a byte order mark spreadsheets know that a table is UTF-8."""
_MOST: Final = 16_384
"""Rows and events that are remembered as they are written: many timelines hold the same."""
_TO_QUOTE: Final = re.compile(r'[,"\r\n]')
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_events(view: EventsDataView) -> bytes:
    """Return *view* as JSON (RFC 8259): compact, an event a line, keys in the order in which they came."""
    head = {
        "$schema": view.schema,
        "lang": view.lang,
        "site": view.site,
        "url": view.url,
        "licence": view.licence,
        "about": view.about,
    }
    known = {key: value for key, value in head.items() if value}
    events = ",\n".join(_event(event) for event in view.events)
    return f'{_written(known)[:-1]},"events":[\n{events}\n]}}\n'.encode()


_events: Final[dict[int, tuple[Mapping[str, object], str]]] = {}


def _event(event: Mapping[str, object]) -> str:
    """Return *event* as it stands in every file that holds it."""
    kept = _events.get(id(event))
    if kept is None:
        if len(_events) >= _MOST:
            _events.clear()
        # The event is kept too, so that nothing else takes its identity.
        kept = _events[id(event)] = (event, _written(event))
    return kept[1]


def write_schema(view: EventsSchemaView) -> bytes:
    """Return *view* as JSON, for people to read too."""
    return f"{json.dumps(view.schema, ensure_ascii=False, indent=2, default=dict)}\n".encode()


def write_table(view: EventsTableView) -> bytes:
    """Return *view* as CSV (RFC 4180) in UTF-8 with a byte order mark, safe to open in a spreadsheet."""
    rows = (_row(row) for row in (view.columns, *view.rows))
    return f"{_MARK}{''.join(rows)}".encode()


@lru_cache(maxsize=_MOST)
def _row(cells: tuple[str, ...]) -> str:
    return ",".join(_cell(cell) for cell in cells) + "\r\n"


def _cell(text: str) -> str:
    """Return *text* as a cell; behind an apostrophe where a spreadsheet would reckon it as a formula."""
    safe = f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
    if _TO_QUOTE.search(safe):
        return '"{}"'.format(safe.replace('"', '""'))
    return safe


def write_finder(view: FinderView) -> bytes:
    """Return *view* as a classic script, which pages opened from a folder can load."""
    return f"window.timelineData={_written(view.data)};\n".encode()


def _written(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
