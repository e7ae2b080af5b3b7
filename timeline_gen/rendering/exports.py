"""The events of a timeline as data: JSON, its schema, and a table."""

from __future__ import annotations

import json
import re
from typing import Final

from timeline_gen.planning.file_views import EventsDataView, EventsSchemaView, EventsTableView, FinderView
from timeline_gen.rendering.pieces import InPieces, Stretch

_MARK: Final = "\ufeff"
"""By a byte order mark spreadsheets know that a table is UTF-8."""
_TO_QUOTE: Final = re.compile(r'[,"\r\n]')
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict).encode
"""Writes compact JSON, by an encoder that is not made anew for every event."""


def events_pieces(view: EventsDataView) -> InPieces:
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
    before = f'{_written(known)[:-1]},"events":[\n'.encode()
    events = tuple(_written(event).encode() for event in view.events)
    return InPieces((Stretch(before, events, b",\n"),), b"\n]}\n")


def write_schema(view: EventsSchemaView) -> bytes:
    """Return *view* as JSON, for people to read too."""
    return f"{json.dumps(view.schema, ensure_ascii=False, indent=2, default=dict)}\n".encode()


def table_pieces(view: EventsTableView) -> InPieces:
    """Return *view* as CSV (RFC 4180) in UTF-8 with a byte order mark, safe to open in a spreadsheet."""
    before = _MARK.encode() + _row(view.columns)
    return InPieces((Stretch(before, tuple(map(_row, view.rows))),), b"")


def _row(cells: tuple[str, ...]) -> bytes:
    return f"{','.join(map(_cell, cells))}\r\n".encode()


def _cell(text: str) -> str:
    """Return *text* as a cell; behind an apostrophe where a spreadsheet would reckon it as a formula."""
    safe = f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
    if _TO_QUOTE.search(safe):
        return '"{}"'.format(safe.replace('"', '""'))
    return safe


def finder_pieces(view: FinderView) -> InPieces:
    """Return *view* as a classic script, which pages opened from a folder can load."""
    before = f'window.timelineData={_written(view.data)[:-1]},"events":['.encode()
    events, articles = (
        tuple(_written(row).encode() for row in rows) for rows in (view.events, view.articles)
    )
    return InPieces((Stretch(before, events, b","), Stretch(b'],"articles":[', articles, b",")), b"]};\n")
