"""The timeline of the site, whole or one year of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_gen.model.assets import Media
from timeline_gen.model.entities import Entity
from timeline_gen.pages.page import NO_BODIES, Bodies, TemplatePage
from timeline_gen.pages.parts import addresses, json_ld
from timeline_gen.pages.parts.embeds import snippet
from timeline_gen.pages.parts.event_text import EventText, shown_texts, text_hashes
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.parts.timeline_part import TimelinePart, timeline_body, year_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.rendering.layout import Head, Layout, Words
from timeline_gen.rendering.view_models import DateView, MediaView, Snippet, TimelineBody


@dataclass(frozen=True, slots=True)
class TimelineView:
    """``/<lang>/``: the site's timeline. Template ``timeline.html``."""

    layout: Layout
    head: Head
    timeline: TimelineBody
    year: DateView | None
    """The year, on the page of one year; None on the timeline itself."""
    about: Words | None = None
    """Who or what it is of, in a file of its own; None for all of the site's events."""
    snippet: Snippet | None = None
    """To show the timeline elsewhere; None on the page of one year."""
    cover: MediaView | None = None
    """The picture that the site opens with; None on the page of one year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(TemplatePage):
    """The timeline of the site, or of an entity in a file of its own."""

    part: TimelinePart
    embedded: bool = False
    """Whether it has a page for frames."""
    about: Entity | None = None
    """Whose timeline it is; None for that of the site."""
    taxonomy: str = ""
    texts_of: Mapping[str, EventText] = field(default_factory=dict)
    """The texts of events' own files, by event, where it is a file of its own."""
    cover: Mapping[str, Media] = field(default_factory=dict)
    """The picture that it opens with, by the language of its texts."""

    template = "timeline.html"
    listed = True

    @property
    def year(self) -> str:
        """Return the year that it shows, if it is that of one year."""
        return self.part.year

    def home(self) -> str:
        """Return the address of the whole timeline."""
        if self.about:
            return addresses.entity(self.lang, self.taxonomy, self.about.id)
        return addresses.timeline(self.lang, self.site.home)

    def address(self) -> str:
        """Return the address of the timeline, or of its year."""
        return addresses.of_year(self.home(), self.year)

    def texts(self) -> tuple[str, ...]:
        """Return the hashes of the texts of events' own files."""
        return text_hashes(self.texts_of)

    def view(self) -> TimelineView:
        """Return the events under their headings, without texts."""
        return self.view_with(NO_BODIES)

    def view_with(self, bodies: Bodies) -> TimelineView:
        """Return the events under their headings."""
        lang, site = self.lang, self.site
        year = year_view(self.year, lang, site)
        about = entity_link(self.about, lang, site).words if self.about else None
        title = Words(year.text, lang, site.languages[lang].direction) if year else about
        cover = media_view(self.cover, lang, site)
        thing = json_ld.timeline_data(self, cover)
        if self.about:
            thing = json_ld.collection_data(self.about, self, cover)
        social = Social(drawn=not year)
        return TimelineView(
            layout=self.layout,
            head=head_of(self, title, thing=thing, social=social, media=cover),
            timeline=timeline_body(
                self.part, self.home(), lang, site, shown_texts(self.texts_of, bodies, self)
            ),
            year=year,
            about=about,
            snippet=self._snippet() if not year else None,
            cover=cover,
        )

    def _snippet(self) -> Snippet | None:
        if not self.embedded or not self.part.total:
            return None
        title = entity_link(self.about, self.lang, self.site).words if self.about else self.layout.site_title
        return snippet(self.home(), title, self.lang, self.site.url, is_event=False)

    def neighbours(self) -> tuple[object, ...]:
        """Return the place of its last event: the page of a year follows the pages of its events."""
        return self.part.events[-1].sort_key if self.year else ()

    def cost(self) -> int:
        """Return about how many things it shows."""
        return len(self.part.events)
