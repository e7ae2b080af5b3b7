"""A timeline as one file: all of its events, whole, and the data of its search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from timeline_gen.collecting.timeline import Event, Timeline
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.pages.page import Versions
from timeline_gen.pages.parts.timeline_part import TimelinePart, pictured
from timeline_gen.pages.plan.data_files import search_index
from timeline_gen.pages.plan.entity_pictures import images_of
from timeline_gen.pages.plan.event_files import event_files
from timeline_gen.pages.plan.optional_files import has_embed
from timeline_gen.pages.plan.timelines import rows_of
from timeline_gen.pages.plan.versions import visible
from timeline_gen.pages.search_index import SearchIndex
from timeline_gen.pages.site import Site
from timeline_gen.pages.timeline import TimelinePage

WHOLE = "timeline"
"""Names the timeline of the whole site."""


class SingleTimeline(NamedTuple):
    """A timeline as one file."""

    page: TimelinePage
    search: SearchIndex
    """The data of its search and its axis."""


def names_of(timeline: Timeline) -> dict[str, tuple[Entity, str]]:
    """Return what may be named: each entity with its taxonomy, by id and by ``taxonomy/id``."""
    found: dict[str, tuple[Entity, str]] = {}
    for event in timeline.events:
        for named in event.named:
            for entity in named.entities:
                found.setdefault(entity.id, (entity, named.taxonomy))
                found[f"{named.taxonomy}/{entity.id}"] = (entity, named.taxonomy)
    return found


def single_timeline(name: str, lang: str, timeline: Timeline, site: Site) -> SingleTimeline:
    """Return the timeline called *name*, in *lang*; raise KeyError where there is none."""
    entity, taxonomy, events = None, "", timeline.events
    if name != WHOLE:
        entity, taxonomy = names_of(timeline)[name]
        events = tuple(event for event in timeline.events if entity.key in _named(event))
    inside = visible(events, lang, site)
    eras = () if entity else timeline.eras
    groups = () if entity else rows_of(inside, site)
    part = TimelinePart(events=inside, eras=eras, total=len(inside), groups=groups)
    page = TimelinePage(
        **site.shared(lang),
        part=pictured(part, images_of(timeline)),
        cover=entity.image if entity else site.cover,
        about=entity,
        taxonomy=taxonomy,
        embedded=has_embed("entities" if entity else "timeline", site),
        texts_of=event_files(timeline, site).among((event.id for event in inside), lang),
    )
    # Its file is of one language.
    page = replace(page, versions=Versions(alternates=((lang, page.address()),), default=page.address()))
    return SingleTimeline(page, search_index(inside, (), page.texts_of, lang, site, eras=eras))


def _named(event: Event) -> Iterator[EntityKey]:
    return (entity.key for named in event.named for entity in named.entities)
