"""Pictures that are drawn for links to pages, where ``fonts:`` names a font for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from timeline_gen.model.dates import When
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Stamp
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import FilePage
from timeline_gen.pages.parts.social_cards import IMAGE
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view, stamp_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.social_images import SocialImageView, drawn_texts, write_social_image
from timeline_gen.rendering.view_models import DateView

_COLOURS: Final = {"paper": "#fbf7ef", "ink": "#211d18", "accent": "#a3271a"}
_PLAIN_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
"""Others, such as ``oklch()``, only browsers can draw."""


class Colours(NamedTuple):
    """What a picture is drawn in: ``#`` and hexadecimal digits."""

    paper: str
    ink: str
    accent: str


def colours_of(settings: Mapping[str, str]) -> Colours:
    """Return the colours that *settings* name, as far as they can be drawn with."""
    return Colours(*(_colour(name, settings) for name in _COLOURS))


def _colour(name: str, settings: Mapping[str, str]) -> str:
    own = settings.get(name, "")
    return own if _PLAIN_COLOUR.fullmatch(own) else _COLOURS[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialImage(FilePage):
    """The picture for links to the page of a timeline, an event, an article or an entity."""

    home: str
    """The address of the page."""
    page_name: str
    """What the page is, in words for an author."""
    about: Words | Texts | Entity
    """The title of the page; in all its languages, where it is that of an event or an article."""
    dated: When | Stamp | None = None
    """When it happened, or was published."""
    date_texts: Texts = field(default_factory=dict)
    """The author's own words for the date."""
    foot: Words | None
    """The title of the site, or its description."""
    colours: Colours
    site: SiteContext

    group = "link pictures"
    has_fonts = True

    def address(self) -> str:
        """Return the address of the picture."""
        return f"{self.home}{IMAGE}"

    def written(self, context: RenderContext) -> bytes:
        """Return the picture as PNG."""
        return write_social_image(self._view(), context)

    def texts_drawn(self) -> tuple[Words, ...]:
        """Return the texts that it is drawn with."""
        return drawn_texts(self._view())

    def _view(self) -> SocialImageView:
        return SocialImageView(self._title(), self._label(), self.foot, *self.colours)

    def _title(self) -> Words:
        if isinstance(self.about, Words):
            return self.about
        if isinstance(self.about, Entity):
            return entity_link(self.about, self.lang, self.site).words
        return self.site.words(self.about, self.lang)

    def _label(self) -> Words | None:
        """Return what is above the title: a date."""
        language = self.site.languages[self.lang]
        if isinstance(self.dated, When):
            date: DateView | None = date_view(self.dated, language, self.site, self.date_texts)
        else:
            date = stamp_view(self.dated, language, self.site)
        return (date.instead or Words(date.text, self.lang, language.direction)) if date else None

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return self.page_name or f"/{self.address()}"

    def titles(self) -> Texts:
        """Return the titles of what the page shows."""
        if isinstance(self.about, Entity):
            return self.about.names
        return {} if isinstance(self.about, Words) else self.about
