"""Which pictures of entities pages show, and which of them the frame of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from timeline_gen.collecting.timeline import Event, NamedEntities, Timeline
from timeline_gen.model.assets import Asset, Media
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.pages.site import Site

MOST: Final = 3
"""How many portraits the frame of an event shows."""
_PERSON: Final = "person"


def images_of(timeline: Timeline) -> dict[str, Mapping[str, Media]]:
    """Return the pictures of the articles of *timeline*, by slug and then by the language of their texts."""
    return {article.slug: article.summary.image for article in timeline.articles if article.summary.image}


def entity_assets(timeline: Timeline, site: Site) -> Iterator[Asset]:
    """Yield the files of the entities that *timeline* names and that have a page."""
    listed = {taxonomy.kind for taxonomy in site.settings.taxonomies}
    seen: set[EntityKey] = set()
    for entity in _entities(timeline):
        if (entity.image or entity.assets) and entity.kind in listed and entity.key not in seen:
            seen.add(entity.key)
            yield from entity.assets
            yield from (media.picture for media in entity.image.values() if media.picture)


def _entities(timeline: Timeline) -> Iterator[Entity]:
    for event in timeline.events:
        yield from _among(event.named)
    for article in timeline.texts:
        yield from article.authors
        yield from _among(article.named)


def _among(named: tuple[NamedEntities, ...]) -> Iterator[Entity]:
    return (entity for names in named for entity in names.entities)


def portraits_of(event: Event) -> tuple[Mapping[str, Media], ...]:
    """Return the pictures of the people that *event* names, by the language of their texts."""
    people = (entity for entity in _among(event.named) if entity.kind == _PERSON and entity.image)
    return tuple(entity.image for entity in people)[:MOST]
