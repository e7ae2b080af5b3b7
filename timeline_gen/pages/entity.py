"""The page of a person, a place or a tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from timeline_gen.collecting.timeline import ArticleLabel
from timeline_gen.keys import Noun
from timeline_gen.messages import say
from timeline_gen.model.assets import Media
from timeline_gen.model.entities import Entity
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses, json_ld
from timeline_gen.pages.parts.breadcrumbs import Ancestor
from timeline_gen.pages.parts.data_exports import data_links
from timeline_gen.pages.parts.embeds import snippet
from timeline_gen.pages.parts.maps import MapPlace, locator_of
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.parts.timeline_part import TimelinePart, timeline_body, year_view
from timeline_gen.pages.view_models.articles import article_card
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.pages.view_models.text import rich_line
from timeline_gen.rendering.layout import DataLinks, Head, Layout, Rich, Section, Words
from timeline_gen.rendering.view_models import (
    ArticleCard,
    DateView,
    MapView,
    MediaView,
    NameList,
    Snippet,
    TimelineBody,
)

Together: TypeAlias = tuple[tuple[str, tuple[tuple[Entity, int], ...]], ...]
"""By taxonomy, entities with the number of events that name them."""


@dataclass(frozen=True, slots=True)
class Located(Noun):
    """How an entity with coordinates is shown on maps."""

    borders: bool
    """Whether the locator shows borders."""
    on_map: bool
    """Whether the map of the site shows it."""


@dataclass(frozen=True, slots=True)
class EntityView:
    """``/<lang>/<taxonomy>/<id>/``: one person, place or tag. Template ``entity.html``."""

    layout: Layout
    head: Head
    taxonomy: Section
    index: str
    """The address of the list of all entities of the taxonomy."""
    id: str
    name: Words
    other_names: tuple[Words, ...]
    text: Rich | None
    wikidata: str
    website: str
    coordinates: tuple[float, float] | None
    timeline: TimelineBody
    year: DateView | None
    together: tuple[NameList, ...]
    """Who and what else the same events name, with counts, most frequent first."""
    articles: tuple[ArticleCard, ...]
    files: DataLinks | None = None
    """Its events as feed, calendar and data; None where it has none, and on the page of one year."""
    snippet: Snippet | None = None
    """To show the timeline elsewhere; None likewise."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """What its entry in ``entities.yaml`` says under ``extra``."""
    image: MediaView | None = None
    """Its picture; None on the page of one year."""
    locator: MapView | None = None
    """A small map with it in the middle; None where it has no coordinates, and on the page of one year."""
    map: str = ""
    """The address of the map of all places, where there is one and it is on that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage(TemplatePage):
    """An entity, the events and articles that name it, and what else these name; or one year of that."""

    entity: Entity
    taxonomy: str
    part: TimelinePart
    articles: tuple[ArticleLabel, ...]
    together: Together
    targets: tuple[LinkTarget, ...]
    """Where the links in its text lead."""
    updated: str
    """The day on which an article that names it last changed, ISO 8601, or empty."""
    embedded: bool
    """Whether its timeline has a page for frames."""
    exported: bool
    """Whether its timeline has a feed, a calendar and data."""
    image: Mapping[str, Media] = field(default_factory=dict)
    """Its picture, by the language of its texts; none on the page of one year."""
    located: Located | None = None
    """How it is shown on maps; None where it has no coordinates, and on the page of one year."""

    template = "entity.html"
    listed = True

    @property
    def year(self) -> str:
        """Return the year that it shows, if it is that of one year."""
        return self.part.year

    def home(self) -> str:
        """Return the address of the whole timeline."""
        return addresses.entity(self.lang, self.taxonomy, self.entity.id)

    def address(self) -> str:
        """Return the address of the entity, or of a year of its timeline."""
        return addresses.of_year(self.home(), self.year)

    def view(self) -> EntityView:
        """Return the entity, its timeline, and what is named with it."""
        entity, lang, site = self.entity, self.lang, self.site
        name, home = entity_link(entity, lang, site).words, self.home()
        text = rich_line(entity.text, lang, site, self.targets)
        image = media_view(self.image, lang, site, self.targets)
        return EntityView(
            layout=self.layout,
            head=self._head(name, text, image),
            taxonomy=site.section(self.taxonomy, lang),
            index=addresses.taxonomy(lang, self.taxonomy),
            id=entity.id,
            name=name,
            other_names=tuple(self._other_names(name)),
            text=text,
            wikidata=entity.wikidata,
            website=entity.website,
            coordinates=entity.coordinates,
            timeline=timeline_body(self.part, home, lang, site),
            year=year_view(self.year, lang, site),
            together=tuple(self._named_with(key, ranked) for key, ranked in self.together),
            articles=tuple(article_card(article, lang, site) for article in self.articles),
            files=data_links(home) if self.exported and not self.year else None,
            snippet=self._snippet(name) if not self.year else None,
            extra=entity.extra,
            image=image,
            locator=self._locator(),
            map=addresses.map_page(lang) if self.located and self.located.on_map else "",
        )

    def _locator(self) -> MapView | None:
        entity = self.entity
        if self.located is None or entity.coordinates is None:
            return None
        place = MapPlace(self.taxonomy, entity.id, entity.names, entity.coordinates, self.part.total)
        return locator_of(place, self.lang, self.site, borders=self.located.borders)

    def _head(self, name: Words, text: Rich | None, image: MediaView | None) -> Head:
        year = year_view(self.year, self.lang, self.site)
        title = Words(f"{name.text} – {year.text}", name.lang, name.direction) if year else name
        section = self.site.section(self.taxonomy, self.lang)
        above = [Ancestor(addresses.taxonomy(self.lang, self.taxonomy), self.taxonomy, section.words)]
        if year:
            above.append(Ancestor(self.home(), self.taxonomy, name))
        thing = json_ld.collection_data(self.entity, self, image)
        about, social = text.text if text else "", Social(drawn=not year)
        return head_of(self, title, about, above=tuple(above), thing=thing, social=social, media=image)

    def _snippet(self, name: Words) -> Snippet | None:
        if not self.embedded or not self.part.total:
            return None
        return snippet(self.home(), name, self.lang, self.site.url, is_event=False)

    def _named_with(self, key: str, ranked: Iterable[tuple[Entity, int]]) -> NameList:
        links = (entity_link(other, self.lang, self.site, count=count) for other, count in ranked)
        return NameList(self.site.section(key, self.lang), tuple(links))

    def _other_names(self, shown: Words) -> Iterable[Words]:
        for lang, name in self.entity.names.items():
            if name != shown.text and lang in self.site.languages:
                yield Words(name, lang, self.site.languages[lang].direction)

    def changed(self) -> str:
        """Return the day on which an article that names it last changed."""
        return self.updated

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return say("{id!r} under {taxonomy!r}", id=self.entity.id, taxonomy=self.taxonomy)

    def titles(self) -> Texts:
        """Return the names of the entity."""
        return self.entity.names

    def cost(self) -> int:
        """Return about how many things it shows."""
        return len(self.part.events) + len(self.articles)
