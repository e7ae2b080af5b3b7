"""The events of a timeline as data: ``events.json``, the schema of that, and ``events.csv``.

The site's timeline has each of them in every language, and so has that of every person, place and tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from timeline_gen.collecting.chronicle import Correction, Event, Told
from timeline_gen.dates.days import iso_day
from timeline_gen.model import Body, Bound, Citation, Edge, Entity
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import date_view, entity_link, rich
from timeline_gen.planning.file_views import EventsDataView, EventsSchemaView, EventsTableView
from timeline_gen.planning.keeping import kept
from timeline_gen.planning.moments import moment
from timeline_gen.planning.pages import Page
from timeline_gen.planning.site import Site

SCHEMA: Final = "events.schema.json"
"""The address of the schema of all ``events.json`` of the site."""

STATUSES: Final = ("confirmed", "reported", "disputed", "denied")
_COLUMNS: Final = (
    *("id", "url", "title", "lang", "date", "date_text", "earliest", "latest"),
    *("summary", "summary_lang", "status", "importance"),
)
"""The first columns of the table; those of the taxonomies follow, then :data:`_LAST_COLUMNS`."""
_LAST_COLUMNS: Final = ("articles", "sources", "corrections")
_BETWEEN: Final = "; "


def home_of(page: Page) -> str:
    """Return the address of the timeline whose events the data at *page* are."""
    entity = page.shows.entity
    if entity is None:
        return addresses.timeline(page.lang)
    return addresses.entity(page.lang, page.shows.taxonomy, entity.id)


def events_data(page: Page, site: Site, _: Body) -> EventsDataView:
    """Return the events of a timeline as data."""
    entity, url = page.shows.entity, site.settings.url
    about = {}
    if entity:
        name = entity_link(entity, page.lang, site).words
        about = {"taxonomy": page.shows.taxonomy, "id": entity.id, "name": name.text, "lang": name.lang}
    return EventsDataView(
        schema=addresses.absolute(url, SCHEMA),
        lang=page.lang,
        site=site.frames[page.lang].site_title.text,
        url=addresses.absolute(url, home_of(page)),
        licence=site.settings.licence,
        about=about,
        events=tuple(event_data(event, page.lang, site) for event in page.shows.events),
    )


@kept
def event_data(event: Event, lang: str, site: Site) -> Mapping[str, object]:
    """Return *event* in the words of *lang*, ready to be written as JSON."""
    title = site.words(event.titles, lang)
    summary = rich(event.summaries, lang, site)
    data: dict[str, object] = {
        "id": event.id,
        "url": addresses.absolute(site.settings.url, addresses.event(lang, event.id)),
        "title": title.text,
        "lang": title.lang,
        "date": event.when.edtf or None,
        "date_text": _date_text(event, lang, site),
        "earliest": day_text(event.when.start, event.when.lo),
        "latest": day_text(event.when.end, event.when.hi),
        "summary": summary.text if summary else None,
        "summary_lang": summary.lang if summary else None,
        "status": event.status or None,
        "importance": event.importance,
    }
    data |= {
        named.taxonomy: [_name_data(entity, lang, site) for entity in named.entities] for named in event.named
    }
    data["tellings"] = [_telling_data(told, lang, site) for told in event.tellings]
    if event.corrections:
        data["corrections"] = [
            {"date": moment(one.by.last), "was": one.was.edtf, "now": one.now.edtf, "by": one.by.slug}
            for one in event.corrections
        ]
    return {key: value for key, value in data.items() if value is not None}


def _name_data(entity: Entity, lang: str, site: Site) -> dict[str, str]:
    name = entity_link(entity, lang, site).words
    return {"id": entity.id, "name": name.text, "lang": name.lang}


def _date_text(event: Event, lang: str, site: Site) -> str:
    shown = date_view(event.when, site.languages[lang], site, event.date_texts)
    return shown.instead.text if shown.instead else shown.text


def _telling_data(told: Told, lang: str, site: Site) -> dict[str, object]:
    data: dict[str, object] = {
        "article": _article(told, lang, site),
        "date": told.when.edtf,
        "standing": told.standing.value,
        "status": told.status,
        "sources": [_citation_data(source) for source in told.sources],
        "corrects": told.corrects,
    }
    return {key: value for key, value in data.items() if value}


def _article(told: Told, lang: str, site: Site) -> str:
    """Return the absolute address of the article that *told* the event, in *lang* where it is."""
    found = site.words(told.brief.titles, lang).lang
    return addresses.absolute(site.settings.url, addresses.article(found, told.brief.slug))


def _citation_data(source: Citation) -> dict[str, str]:
    names = Citation.__dataclass_fields__
    return {name: value for name in names if (value := getattr(source, name))}


def day_text(bound: Bound, day: int | None) -> str:
    """Return *day* as an ISO day with any number of year digits; ``open`` or ``unknown`` without one."""
    if day is None:
        return "open" if bound.edge is Edge.OPEN else "unknown"
    return iso_day(day)


# ---------------------------------------------------------------- events.csv


def events_table(page: Page, site: Site, _: Body) -> EventsTableView:
    """Return the events of a timeline as a table: the names of its columns, and a row for each event."""
    keys = tuple(taxonomy.key for taxonomy in site.settings.taxonomies)
    rows = tuple(tuple(_cells(event, page.lang, site)) for event in page.shows.events)
    return EventsTableView((*_COLUMNS, *keys, *_LAST_COLUMNS), rows)


def _cells(event: Event, lang: str, site: Site) -> Iterator[str]:
    data = event_data(event, lang, site)
    yield from (str(data.get(column, "")) for column in _COLUMNS)
    named = {one.taxonomy: one.entities for one in event.named}
    for taxonomy in site.settings.taxonomies:
        entities = named.get(taxonomy.key, ())
        yield _BETWEEN.join(entity_link(entity, lang, site).words.text for entity in entities)
    yield _BETWEEN.join(_article(told, lang, site) for told in event.tellings)
    yield _BETWEEN.join(source.url or source.title or source.name for source in event.sources)
    yield _BETWEEN.join(_correction_cell(one) for one in event.corrections)


def _correction_cell(one: Correction) -> str:
    change = f"{one.was.edtf} → {one.now.edtf}" if one.changes_date else one.now.edtf
    return f"{moment(one.by.last)[:10]}: {change}"


# ---------------------------------------------------------------- the schema


def events_schema(_page: Page, site: Site, _: Body) -> EventsSchemaView:
    """Return the JSON Schema (draft 2020-12) that every ``events.json`` of the site keeps to."""
    named = {
        taxonomy.key: _list(_object({"id": _TEXT, "name": _TEXT, "lang": _LANGUAGE}, every=True))
        for taxonomy in site.settings.taxonomies
    }
    about = _object({"taxonomy": _one_of(named), "id": _TEXT, "name": _TEXT, "lang": _LANGUAGE}, every=True)
    whole = {
        "$schema": _ADDRESS,
        "lang": _LANGUAGE,
        "site": _TEXT,
        "url": _ADDRESS,
        "licence": _TEXT,
        "about": about,
        "events": _list(_object({**_EVENT, **named, **_TOLD}, needed=_NEEDED)),
    }
    return EventsSchemaView(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": addresses.absolute(site.settings.url, SCHEMA),
            "title": "Events of a timeline",
            **_object(whole, needed=("$schema", "lang", "site", "url", "events")),
        }
    )


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
