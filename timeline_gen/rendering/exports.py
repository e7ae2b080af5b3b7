"""The events of a timeline as data: JSON, its schema, and a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from timeline_gen.rendering.chunks import Chunked, ChunkList

_MARK: Final = "\ufeff"
"""By a byte order mark spreadsheets know that a table is UTF-8."""
_TO_QUOTE: Final = re.compile(r'[,"\r\n]')
# A title such as =HYPERLINK("https://…") would be worked out by the spreadsheet that opens the table.
_BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict).encode
"""Writes compact JSON, by an encoder that is not made anew for every event."""


@dataclass(frozen=True, slots=True)
class EventsDataView:
    """``/<lang>/events.json``, and the same of an entity. No template."""

    schema: str
    """The absolute address of the schema that it keeps to."""
    lang: str
    site: str
    url: str
    licence: str
    about: Mapping[str, str]
    """The entity whose events these are; empty for all events of the site."""
    events: tuple[Mapping[str, object], ...]
    """One mapping for each event, ready to be written as JSON."""


@dataclass(frozen=True, slots=True)
class EventsTableView:
    """``/<lang>/events.csv``, and the same of an entity. No template."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def events_chunks(view: EventsDataView) -> Chunked:
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
    return Chunked((ChunkList(before, events, b",\n"),), b"\n]}\n")


def geojson_chunks(features: tuple[Mapping[str, object], ...]) -> Chunked:
    """Return *features* as GeoJSON (RFC 7946): a collection, a feature a line."""
    written = tuple(_written(feature).encode() for feature in features)
    return Chunked((ChunkList(b'{"type":"FeatureCollection","features":[\n', written, b",\n"),), b"\n]}\n")


def write_schema(schema: Mapping[str, object]) -> bytes:
    """Return *schema* as JSON, for people to read too."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=2, default=dict)}\n".encode()


def table_chunks(view: EventsTableView) -> Chunked:
    """Return *view* as CSV (RFC 4180) in UTF-8 with a byte order mark, safe to open in a spreadsheet."""
    before = _MARK.encode() + _row(view.columns)
    return Chunked((ChunkList(before, tuple(map(_row, view.rows))),), b"")


def _row(cells: tuple[str, ...]) -> bytes:
    return f"{','.join(map(_cell, cells))}\r\n".encode()


def _cell(text: str) -> str:
    """Return *text* as a cell; behind an apostrophe where a spreadsheet would reckon it as a formula."""
    safe = f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
    if _TO_QUOTE.search(safe):
        return '"{}"'.format(safe.replace('"', '""'))
    return safe
