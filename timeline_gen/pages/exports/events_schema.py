"""``events.schema.json``: what every ``events.json`` of the site keeps to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from timeline_gen.model.events import Citation
from timeline_gen.pages.exports.events_data import SCHEMA
from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.event_records import ADDRESS, EDTF, LABELLED, LANGUAGE, PROPERTIES, STATUS, TEXT
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
            key: _list(_object({"id": TEXT, "name": TEXT, "lang": LANGUAGE}, every=True))
            for key in self.taxonomies
        }
        about = {"taxonomy": _one_of(named), "id": TEXT, "name": TEXT, "lang": LANGUAGE}
        whole = {
            "$schema": ADDRESS,
            "lang": LANGUAGE,
            "site": TEXT,
            "url": ADDRESS,
            "licence": TEXT,
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


_FREE: Final[Mapping[str, object]] = {"type": "object", "description": "Free data of the site's own."}
_EVENT: Final[Mapping[str, object]] = {**PROPERTIES, "extra": _FREE}
_SOURCE: Final = _object(dict.fromkeys(Citation.__dataclass_fields__, TEXT))
_TELLING: Final = _object(
    {
        "article": ADDRESS,
        "date": EDTF,
        "standing": _one_of(("joined", "corrected", "contradicts")),
        "status": STATUS,
        "sources": _list(_SOURCE),
        "corrects": TEXT,
        **LABELLED,
    },
    needed=("article", "standing"),
)
_CORRECTION: Final = _object(
    {"date": {"type": "string", "format": "date-time"}, "was": EDTF, "now": EDTF, "by": TEXT}, every=True
)
_TOLD: Final[Mapping[str, object]] = {"tellings": _list(_TELLING), "corrections": _list(_CORRECTION)}
_NEEDED: Final = ("id", "url", "title", "lang", "date_text", "earliest", "latest", "importance", "tellings")
