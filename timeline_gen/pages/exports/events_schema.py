"""``events.schema.json``: what every ``events.json`` of the site keeps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from timeline_gen.model.events import Citation
from timeline_gen.pages.exports.events_data import SCHEMA
from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.event_records import STATUSES
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import write_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsSchemaFile(FilePage):
    """The JSON Schema (draft 2020-12) of all ``events.json``."""

    url: str
    """Of the site."""
    taxonomies: tuple[str, ...]

    group = "data files"

    def address(self) -> str:
        """Return the address of the schema."""
        return SCHEMA

    def written(self, _context: RenderContext) -> bytes:
        """Return the schema as JSON."""
        return write_schema(self.schema())

    def schema(self) -> Mapping[str, object]:
        """Return the schema, ready to be written as JSON."""
        named = {
            key: _list(_object({"id": _TEXT, "name": _TEXT, "lang": _LANGUAGE}, every=True))
            for key in self.taxonomies
        }
        about = {"taxonomy": _one_of(named), "id": _TEXT, "name": _TEXT, "lang": _LANGUAGE}
        whole = {
            "$schema": _ADDRESS,
            "lang": _LANGUAGE,
            "site": _TEXT,
            "url": _ADDRESS,
            "licence": _TEXT,
            "about": _object(about, every=True),
            "events": _list(_object({**_EVENT, **named, **_TOLD}, needed=_NEEDED)),
        }
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": addresses.absolute(self.url, SCHEMA),
            "title": "Events of a timeline",
            **_object(whole, needed=("$schema", "lang", "site", "url", "events")),
        }


def _object(
    properties: Mapping[str, object], *, needed: Iterable[str] = (), every: bool = False
) -> dict[str, object]:
    return {
        "type": "object",
        "properties": properties,
        "required": [*(properties if every else needed)],
        "additionalProperties": False,
    }


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def _one_of(values: Iterable[str]) -> dict[str, object]:
    return {"enum": [*values]}


_TEXT: Final[Mapping[str, object]] = {"type": "string"}
_ADDRESS: Final[Mapping[str, object]] = {"type": "string", "format": "uri"}
_LANGUAGE: Final[Mapping[str, object]] = {"type": "string", "description": "A BCP 47 language tag."}
_EDTF: Final[Mapping[str, object]] = {"type": "string", "description": "EDTF (ISO 8601-2:2019)."}
_DAY: Final[Mapping[str, object]] = {
    "type": "string",
    "pattern": "^(-?[0-9]{4,}-[0-9]{2}-[0-9]{2}|open|unknown)$",
    "description": "A day of the proleptic Gregorian calendar, years astronomical; open where it goes on.",
}
_EVENT: Final[Mapping[str, object]] = {
    "id": _TEXT,
    "url": _ADDRESS,
    "title": _TEXT,
    "lang": _LANGUAGE,
    "date": _EDTF,
    "date_text": _TEXT,
    "earliest": _DAY,
    "latest": _DAY,
    "summary": _TEXT,
    "summary_lang": _LANGUAGE,
    "status": _one_of(STATUSES),
    "importance": {"type": "integer", "minimum": 1, "maximum": 5},
    "extra": {"type": "object", "description": "Free data of the site's own."},
}
_SOURCE: Final = _object(dict.fromkeys(Citation.__dataclass_fields__, _TEXT))
_TELLING: Final = _object(
    {
        "article": _ADDRESS,
        "date": _EDTF,
        "standing": _one_of(("joined", "corrected", "contradicts")),
        "status": _one_of(STATUSES),
        "sources": _list(_SOURCE),
        "corrects": _TEXT,
    },
    needed=("article", "standing"),
)
_CORRECTION: Final = _object(
    {"date": {"type": "string", "format": "date-time"}, "was": _EDTF, "now": _EDTF, "by": _TEXT}, every=True
)
_TOLD: Final[Mapping[str, object]] = {"tellings": _list(_TELLING), "corrections": _list(_CORRECTION)}
_NEEDED: Final = ("id", "url", "title", "lang", "date_text", "earliest", "latest", "importance", "tellings")
