"""An event as data, which JSON and the table are made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from timeline_gen.collecting.timeline import Event, TellingSummary
from timeline_gen.dates.days import iso_day
from timeline_gen.model.dates import Bound, Edge
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import LABELLED_TEXTS, STATUSES, Citation
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.pages.parts.links import event_url
from timeline_gen.pages.parts.memoize import memoize_by_digest
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.text import rich_text
from timeline_gen.pages.view_models.text_facts import differing_texts, text_facts
from timeline_gen.rendering.layout import Words

TEXT: Final[Mapping[str, object]] = {"type": "string"}
ADDRESS: Final[Mapping[str, object]] = {"type": "string", "format": "uri"}
LANGUAGE: Final[Mapping[str, object]] = {"type": "string", "description": "A BCP 47 language tag."}
EDTF: Final[Mapping[str, object]] = {"type": "string", "description": "EDTF (ISO 8601-2:2019)."}
STATUS: Final[Mapping[str, object]] = {"enum": [*STATUSES]}
_DAY: Final[Mapping[str, object]] = {
    "type": "string",
    "pattern": "^(-?[0-9]{4,}-[0-9]{2}-[0-9]{2}|open|unknown)$",
    "description": "A day of the proleptic Gregorian calendar, years astronomical; open where it goes on.",
}
LABELLED: Final = {
    name: kind for key in LABELLED_TEXTS for name, kind in ((key, TEXT), (f"{key}_lang", LANGUAGE))
}
"""The labelled texts of an event or a telling, each with its language."""
PROPERTIES: Final[Mapping[str, Mapping[str, object]]] = {
    "id": TEXT,
    "url": ADDRESS,
    "title": TEXT,
    "lang": LANGUAGE,
    "date": EDTF,
    "date_text": TEXT,
    "earliest": _DAY,
    "latest": _DAY,
    "summary": TEXT,
    "summary_lang": LANGUAGE,
    "status": STATUS,
    "importance": {"type": "integer", "minimum": 1, "maximum": 5},
    **LABELLED,
}
"""What all exports say of an event: the JSON Schema of each value of :func:`event_data`, in their order.

Those of taxonomies, tellings and corrections, and the free data, are not among them.
"""


@memoize_by_digest
def event_data(event: Event, lang: str, site: SiteContext) -> Mapping[str, object]:
    """Return *event* in the words of *lang*, ready to be written as JSON."""
    title = site.words(event.titles, lang)
    summary = rich_text(event.summaries, lang, site, event.targets)
    data: dict[str, object] = {
        "id": event.id,
        "url": event_url(event, lang, site),
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
        **_labelled(text_facts(event.labelled, lang, site)),
    }
    data |= {
        named.taxonomy: [_name_data(entity, lang, site) for entity in named.entities] for named in event.named
    }
    data["tellings"] = [_telling_data(telling, event, lang, site) for telling in event.tellings]
    if event.corrections:
        data["corrections"] = [
            {
                "date": date_time(correction.by.last),
                "was": correction.was.edtf,
                "now": correction.now.edtf,
                "by": correction.by.slug,
            }
            for correction in event.corrections
        ]
    if event.extra:
        data["extra"] = event.extra
    return {key: value for key, value in data.items() if value is not None}


def _name_data(entity: Entity, lang: str, site: SiteContext) -> dict[str, str]:
    name = entity_link(entity, lang, site).words
    return {"id": entity.id, "name": name.text, "lang": name.lang}


def _date_text(event: Event, lang: str, site: SiteContext) -> str:
    shown = date_view(event.when, site.languages[lang], site, event.date_texts)
    return shown.instead.text if shown.instead else shown.text


def _telling_data(telling: TellingSummary, event: Event, lang: str, site: SiteContext) -> dict[str, object]:
    data: dict[str, object] = {
        "article": article_address(telling, lang, site),
        "date": telling.when.edtf,
        "standing": telling.role.value,
        "status": telling.status,
        "sources": [_citation_data(source) for source in telling.sources],
        "corrects": telling.corrects,
        **_labelled(differing_texts(telling, event, lang, site)),
    }
    return {key: value for key, value in data.items() if value}


def _labelled(texts: Mapping[str, Words]) -> dict[str, str]:
    """Return *texts*, by their keys, each with its language: the values of :data:`LABELLED`."""
    data: dict[str, str] = {}
    for key, words in texts.items():
        data |= {key: words.text, f"{key}_lang": words.lang}
    return data


def article_address(telling: TellingSummary, lang: str, site: SiteContext) -> str:
    """Return the absolute address of the article of *telling*, in *lang* where it is."""
    found = site.words(telling.article.titles, lang).lang
    return addresses.absolute(site.url, addresses.text(found, telling.article.slug))


def _citation_data(source: Citation) -> dict[str, str]:
    names = Citation.__dataclass_fields__
    return {name: value for name in names if (value := getattr(source, name))}


def day_text(bound: Bound, day: int | None) -> str:
    """Return *day* as an ISO day with any number of year digits; ``open`` or ``unknown`` without one."""
    if day is None:
        return "open" if bound.edge is Edge.OPEN else "unknown"
    return iso_day(day)
