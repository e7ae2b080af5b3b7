"""The events of a language as data: ``events.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping

from timeline_gen.planning.views import EventsDataView, FinderView


def write_events(view: EventsDataView) -> bytes:
    """Return *view* as JSON (RFC 8259): compact, an event a line, keys in the order in which they came."""
    head = {"lang": view.lang, "site": view.site, "url": view.url, "licence": view.licence}
    known = {key: value for key, value in head.items() if value}
    events = ",\n".join(_written(event) for event in view.events)
    return f'{_written(known)[:-1]},"events":[\n{events}\n]}}\n'.encode()


def write_finder(view: FinderView) -> bytes:
    """Return *view* as a classic script, which pages opened from a folder can load."""
    return f"window.timelineData={_written(view.data)};\n".encode()


def _written(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
