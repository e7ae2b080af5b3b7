"""The schemas of all files of a site, with the names that it has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.codes import CODES
from timeline_gen.editors.json_schema import Json, Node, Reference, mapping_schema
from timeline_gen.editors.names import Known, SiteNames
from timeline_gen.pages.parts.menus import LISTS
from timeline_gen.reading.front_matter.date_keys import DATE_KEYS
from timeline_gen.reading.table_columns import EXTRA, KEYS, TEXTS
from timeline_gen.schema.articles import CitationSchema, PageSchema, article_schema, event_file_schema
from timeline_gen.schema.entities import EntitySchema, EraSchema
from timeline_gen.schema.publish_targets import TARGET_KINDS
from timeline_gen.schema.site import SiteSchema, ThemeSchema
from timeline_gen.schema.validation import AnySchema
from timeline_gen.text.zones import zone_names

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The version of JSON Schema that the most editors know; it is a name, and nothing is loaded from there."""
FOLDER: Final = ".timeline-gen-schema"
"""Where the schemas of a site are, relative to its folder."""

SCHEMAS: Final[Mapping[str, tuple[str, ...]]] = {
    "article": ("content/articles/**/*.md",),
    "event": ("content/events/**/*.md",),
    "page": ("content/pages/**/*.md",),
    "site": ("site.yaml",),
    "entities": ("content/entities.yaml",),
    "eras": ("content/eras.yaml",),
    "sources": ("content/sources.yaml",),
    "theme": ("themes/*/theme.yaml",),
    "table-map": ("content/events/**/*.map.yaml",),
}
"""Each schema, and the files that it describes. Those that end in ``.md`` have it for their front matter."""

_ARTICLE, _EVENT, _EVENT_FILE = "Article", "Event", "EventFile"
_SAME_TEXTS: Final = {
    _ARTICLE: "ArticleSchema",
    _EVENT: "EventSchema",
    _EVENT_FILE: "EventFileSchema",
    "MenuLink": "MenuEntrySchema",
    **{kind.__name__: "TargetSchema" for kind in TARGET_KINDS},
}
"""Mappings that the reference describes under another name."""
_NAMES: Final[Mapping[tuple[str, str], str]] = {
    (_ARTICLE, "authors"): "people",
    (_EVENT, "id"): "events",
    (_EVENT, "corrects"): "tellings",
    (_EVENT, "sources"): "sources",
    (_EVENT_FILE, "authors"): "people",
    (_EVENT_FILE, "corrects"): "tellings",
    (_EVENT_FILE, "sources"): "sources",
    ("AcceptedSchema", "event"): "events",
    ("EntitySchema", "kind"): "kinds",
    ("MenuEntrySchema", "entries"): "menu pages",
    ("MenuEntrySchema", "page"): "menu pages",
    ("MenuLink", "page"): "menu pages",
    ("SilenceSchema", "code"): "codes",
    ("SiteSchema", "authors"): "people",
    ("SiteSchema", "footer"): "menu pages",
    ("SiteSchema", "home"): "homes",
    ("SiteSchema", "languages"): "languages",
    ("SiteSchema", "menu"): "menu pages",
    ("SiteSchema", "theme"): "themes",
    ("SiteSchema", "timezone"): "zones",
    ("ThemeChoiceSchema", "name"): "themes",
    ("ThemeSchema", "extends"): "themes",
    ("TimelineSchema", "rows"): "taxonomies",
    ("TranslationSchema", "lang"): "languages",
}
"""Keys, by their mapping, whose values editors complete, and from what."""
_OPEN: Final = frozenset({"EntitySchema", "EraSchema", "PictureSchema", "ThemeSchema"})
"""Mappings that may have texts in languages that the site lacks: a file of entities may serve several."""


def modeline(name: str, path: PurePosixPath) -> str:
    """Return the comment at the beginning of the file *path* by which editors find the schema *name*."""
    up = "../" * (len(path.parts) - 1)
    return f"# yaml-language-server: $schema={up}{FOLDER}/{name}.json"


def schemas(names: SiteNames) -> dict[str, Node]:
    """Return each schema of ``SCHEMAS`` for a site that has *names*."""
    reference, taxonomies = _reference(names), tuple(names.entities)
    definitions = _definitions(names)

    def of(schema: type[AnySchema]) -> Node:
        return mapping_schema(schema.model_json_schema(), reference)

    found = {
        "article": of(article_schema(taxonomies)),
        "event": of(event_file_schema(taxonomies)),
        "page": of(PageSchema),
        "site": _with_keys(of(SiteSchema), names),
        "entities": _by_id(of(EntitySchema)),
        "eras": _by_id(of(EraSchema)),
        "sources": _by_id(of(CitationSchema)),
        "theme": of(ThemeSchema),
        "table-map": _table_map(names),
    }
    return {name: _whole(name, schema, definitions) for name, schema in found.items()}


def _whole(name: str, schema: Node, definitions: Mapping[str, Node]) -> Node:
    """Return *schema* with the definitions that it refers to."""
    used = json.dumps(schema, ensure_ascii=False)
    needed: Node = {key: node for key, node in definitions.items() if f'"#/definitions/{key}"' in used}
    title = f"timeline-gen: {name.replace('-', ' ')}"
    return {"$schema": DRAFT, "title": title} | schema | ({"definitions": needed} if needed else {})


def _reference(names: SiteNames) -> Reference:
    texts = key_texts()
    site = texts["SiteSchema"]
    known = {
        **texts,
        "TimelineSchema": dict.fromkeys(("order", "rows"), site["timeline"]),
        "ThemeChoiceSchema": dict.fromkeys(("name", "trusted"), site["theme"]),
        **{name: texts[other] for name, other in _SAME_TEXTS.items()},
    }
    # An event's own file has keys of events, which the reference describes there.
    known[_EVENT_FILE] = {**known[_EVENT], **_first(known[_EVENT_FILE], known[_EVENT])}
    listed = dict(_NAMES)
    for owner in (_ARTICLE, _EVENT, _EVENT_FILE):
        common = known[owner].get("tags", "")
        known[owner] = {**dict.fromkeys(names.entities, common), **known[owner]}
        listed |= {(owner, taxonomy): f"names of {taxonomy}" for taxonomy in names.entities}
    there = _definitions(names)
    return Reference(
        texts=known,
        names={spot: definition for spot, definition in listed.items() if definition in there},
        only=frozenset({("TranslationSchema", "lang"), ("TimelineSchema", "rows")}),
        languages=tuple(names.languages),
        open_to_languages=_OPEN,
        sets=DATE_KEYS,
    )


def _first(own: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of *own*, completed by those of *others* that it refers to."""
    return {key: text for key, text in own.items() if key not in others or not text.startswith("As for")}


@lru_cache
def key_texts() -> Mapping[str, Mapping[str, str]]:
    """Return the text of the reference about each key, by mapping: Markdown within a line."""
    found: Mapping[str, Mapping[str, str]] = json.loads(
        (files("timeline_gen.editors") / "key_texts.json").read_text(encoding="utf-8")
    )
    return found


# ---------------------------------------------------------------- names


def _definitions(names: SiteNames) -> dict[str, Node]:
    """Return what each list of names holds; one without any is left out."""
    lists: dict[str, Known] = {
        "codes": CODES,
        "events": names.events,
        "homes": _pages(names, "page:") | {"timeline": "", "articles": ""},
        "kinds": dict.fromkeys(names.kinds, ""),
        "languages": names.languages,
        "menu pages": _pages(names, "") | dict.fromkeys((*LISTS, *names.entities), ""),
        "people": names.people,
        "sources": names.sources,
        "taxonomies": dict.fromkeys(names.entities, ""),
        "tellings": {**names.articles, **{f"event:{key}": label for key, label in names.events.items()}},
        "themes": names.themes,
        "zones": dict.fromkeys(sorted(zone_names()), ""),
    }
    lists |= {f"names of {taxonomy}": known for taxonomy, known in names.entities.items()}
    return {name: _listed(known) for name, known in lists.items() if known}


def _pages(names: SiteNames, prefix: str) -> dict[str, str]:
    return {f"{prefix}{slug}": title for slug, title in names.pages.items()}


def _listed(known: Known) -> Node:
    found: Node = {"enum": list[Json](known)}
    if any(known.values()):
        found["enumDescriptions"] = list[Json](known.values())
    return found


# ---------------------------------------------------------------- files whose keys are the author's


def _by_id(entry: Node) -> Node:
    """Return the schema of a file that has an *entry* for each id."""
    return {"type": "object", "additionalProperties": entry}


def _with_keys(site: Node, names: SiteNames) -> Node:
    """Return the schema of *site* with the keys that its own names give."""
    properties = site["properties"]
    accents = properties["accents"] if isinstance(properties, dict) else {}
    if isinstance(accents, dict):
        ids = [key for known in names.entities.values() for key in known]
        accents["properties"] = dict.fromkeys(ids, True)
    return site


def _table_map(names: SiteNames) -> Node:
    """Return the schema of the map of a table: keys, each with the columns that give it."""
    texts = key_texts()
    names_said = dict.fromkeys(names.entities, texts["EventSchema"]["tags"])
    descriptions = {**names_said, **texts["EventFileSchema"], **texts["EventSchema"], **texts["TableMap"]}
    keys = (*KEYS, *names.entities, *(f"{key}:{lang}" for key in TEXTS for lang in names.languages))
    properties: Node = {key: _column(descriptions.get(key.partition(":")[0], "")) for key in keys}
    properties |= {
        "language": {
            "description": "The language of texts whose column names none",
            "enum": list[Json](names.languages),
        },
        "pages": {"description": "Whether each event has a page of its own", "type": "boolean"},
        "separator": {
            "description": "What divides the columns",
            "enum": [",", ";", "|", "tab", "\t", r"\t"],
        },
    }
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": {f"^{EXTRA}.+$": _column("Free data")},
        "additionalProperties": False,
    }


def _column(text: str) -> Node:
    """Return the schema of a key of a table's map that is described by *text*."""
    scalar: Node = {"if": {"type": ["array", "object", "null"]}, "then": False}
    names: Node = {"description": "The column, or several whose cells are joined"}
    value: Node = {"description": "The same in each row"}
    mapping: Node = {
        "properties": {"from": names | {"items": scalar}, "value": value | scalar},
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    refused: Node = {"if": {"type": ["array", "null"]}, "then": {"type": "string"}}
    return ({"description": text} if text else {}) | mapping | refused
