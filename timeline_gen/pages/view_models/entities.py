"""People, places and other entities as pages show them: links to their pages."""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.collecting.timeline import NamedEntities
from timeline_gen.model.entities import Entity
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.memoize import memoize
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import Link, Words
from timeline_gen.rendering.view_models import NameList


def entity_link(entity: Entity, lang: str, site: SiteContext, *, count: int = 0) -> Link:
    """Return the link to the page of *entity* in *lang*, with how often that is meant."""
    link = _entity_link(entity, lang, site)
    return replace(link, count=count) if count else link


@memoize
def _entity_link(entity: Entity, lang: str, site: SiteContext) -> Link:
    key = next((taxonomy.key for taxonomy in site.taxonomies if taxonomy.kind == entity.kind), "")
    words = site.words(entity.names, lang) if entity.names else Words(entity.id, lang, "ltr")
    return Link(addresses.entity(lang, key, entity.id) if key else "", words)


def name_lists(named: tuple[NamedEntities, ...], lang: str, site: SiteContext) -> tuple[NameList, ...]:
    """Return *named* as lists of links, one for each taxonomy."""

    def links(entities: tuple[Entity, ...]) -> tuple[Link, ...]:
        return tuple(entity_link(entity, lang, site) for entity in entities)

    return tuple(NameList(site.section(names.taxonomy, lang), links(names.entities)) for names in named)
