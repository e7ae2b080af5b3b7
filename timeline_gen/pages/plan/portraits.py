"""Which pictures of entities pages show, and which of them the frame of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from timeline_gen.collecting.chronicle import Event, Named, Timeline
from timeline_gen.model import Asset, Entity, EntityKey, Media
from timeline_gen.pages.site import Site

MOST: Final = 3
"""How many portraits the frame of an event shows."""
_PERSON: Final = "person"


def images_of(chronicle: Timeline) -> dict[str, Mapping[str, Media]]:
    """Return the pictures of the articles of *chronicle*, by slug and then by the language of their texts."""
    return {story.slug: story.summary.image for story in chronicle.stories if story.summary.image}


def entity_assets(chronicle: Timeline, site: Site) -> Iterator[Asset]:
    """Yield the files of the entities that *chronicle* names and that have a page."""
    listed = {taxonomy.kind for taxonomy in site.settings.taxonomies}
    seen: set[EntityKey] = set()
    for entity in _entities(chronicle):
        if (entity.image or entity.assets) and entity.kind in listed and entity.key not in seen:
            seen.add(entity.key)
            yield from entity.assets
            yield from (media.picture for media in entity.image.values() if media.picture)


def _entities(chronicle: Timeline) -> Iterator[Entity]:
    for event in chronicle.events:
        yield from _among(event.named)
    for story in chronicle.texts:
        yield from story.authors
        yield from _among(story.named)


def _among(named: tuple[Named, ...]) -> Iterator[Entity]:
    return (entity for one in named for entity in one.entities)


def portraits_of(event: Event) -> tuple[Mapping[str, Media], ...]:
    """Return the pictures of the people that *event* names, by the language of their texts."""
    people = (entity for entity in _among(event.named) if entity.kind == _PERSON and entity.image)
    return tuple(entity.image for entity in people)[:MOST]
