"""The list of all entities of one taxonomy."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.model.entities import Entity
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.layout import Head, Layout, Link, Section
from timeline_gen.text.folding import fold


@dataclass(frozen=True, slots=True)
class EntitiesView:
    """``/<lang>/<taxonomy>/``: all entities of one taxonomy. Template ``entities.html``."""

    layout: Layout
    head: Head
    taxonomy: Section
    entities: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityListPage(TemplatePage):
    """All entities of one taxonomy, by name."""

    taxonomy: str
    entities: tuple[tuple[Entity, int], ...]
    """With the number of their events."""

    template = "entities.html"
    listed = True

    def address(self) -> str:
        """Return the address of the list."""
        return addresses.taxonomy(self.lang, self.taxonomy)

    def view(self) -> EntitiesView:
        """Return a link to each entity."""
        links = (entity_link(entity, self.lang, self.site, count=count) for entity, count in self.entities)
        ordered = sorted(links, key=lambda link: (fold(link.words.text), link.href))
        section = self.site.section(self.taxonomy, self.lang)
        head = head_of(self, section.words, name=self.taxonomy, social=Social())
        return EntitiesView(self.layout, head, section, tuple(ordered))

    def cost(self) -> int:
        """Return how many entities it lists."""
        return len(self.entities)
