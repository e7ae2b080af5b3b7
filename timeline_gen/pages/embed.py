"""Pages to be shown in frames on other sites: an event, or a timeline, with what leads to the whole of it.

They are made for readers of those sites, not for search engines. A long timeline is shown by its most
important events: a frame is no place for a thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from timeline_gen.collecting.timeline import Event, EventSummary
from timeline_gen.messages import say
from timeline_gen.model.assets import Media
from timeline_gen.model.entities import Entity
from timeline_gen.model.texts import Texts
from timeline_gen.pages.axis.axis import axis_of
from timeline_gen.pages.page import NO_BODIES, Bodies, TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.embeds import embed_address
from timeline_gen.pages.parts.event_text import EventText, shown_text
from timeline_gen.pages.parts.meta import embed_head
from timeline_gen.pages.parts.timeline_part import mark_of
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.events import event_card, summary_card
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.rendering.axis_views import AxisView
from timeline_gen.rendering.layout import Head, Layout, Words
from timeline_gen.rendering.view_models import EventCard, MediaView

FEW: Final = 100
"""How many events a frame shows at most."""


@dataclass(frozen=True, slots=True)
class EmbedView:
    """``/<lang>/embed/…``: an event or a timeline in a frame of another site. Template ``embed.html``."""

    layout: Layout
    head: Head
    title: Words
    home: str
    """The address of the whole: the event's page, or the timeline."""
    event: EventCard | None
    """None where it is a timeline."""
    events: tuple[EventCard, ...]
    """Of a timeline, the most important."""
    total: int
    """How many events the timeline has."""
    portraits: tuple[MediaView, ...] = ()
    """The pictures of the people that the event names."""
    axis: AxisView | None = None
    """Of a timeline, the axis of these events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _EmbedPage(TemplatePage):
    """What pages for frames have in common."""

    template = "embed.html"
    group = "embeds"

    @property
    def is_lasting(self) -> bool:
        """Return that others may link to it."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEmbedPage(_EmbedPage):
    """One event for a frame."""

    event: Event
    text: EventText | None = None
    """The text of its own file."""
    portraits: tuple[Mapping[str, Media], ...] = ()
    """The pictures of the people that it names, by the language of their texts."""

    def address(self) -> str:
        """Return the address of the page for frames."""
        return embed_address(addresses.event(self.lang, self.event.id), self.lang)

    def texts(self) -> tuple[str, ...]:
        """Return the hash of the text of its own file."""
        return (self.text.body,) if self.text else ()

    def view(self) -> EmbedView:
        """Return the event without its text."""
        return self.view_with(NO_BODIES)

    def view_with(self, bodies: Bodies) -> EmbedView:
        """Return the event."""
        card = event_card(self.event, self.lang, self.site)
        card = replace(card, text=shown_text(self.text, bodies, self))
        home = addresses.event(self.lang, self.event.id)
        head = embed_head(self, card.title, home)
        shown = tuple(
            filter(None, (media_view(portrait, self.lang, self.site) for portrait in self.portraits))
        )
        return EmbedView(self.layout, head, card.title, home, event=card, events=(), total=0, portraits=shown)

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return say("the event {id!r}", id=self.event.id)

    def titles(self) -> Texts:
        """Return the titles of the event."""
        return self.event.titles

    def neighbours(self) -> tuple[object, ...]:
        """Return the place of the event among others."""
        return self.event.sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEmbedPage(_EmbedPage):
    """A timeline for a frame."""

    events: tuple[EventSummary, ...]
    """The most important."""
    total: int
    entity: Entity | None
    """Whose timeline it is; None for that of the site."""
    taxonomy: str

    def home(self) -> str:
        """Return the address of the whole timeline."""
        if self.entity:
            return addresses.entity(self.lang, self.taxonomy, self.entity.id)
        return addresses.timeline(self.lang, self.site.home)

    def address(self) -> str:
        """Return the address of the page for frames."""
        return embed_address(self.home(), self.lang)

    def view(self) -> EmbedView:
        """Return the events."""
        lang, site = self.lang, self.site
        about = entity_link(self.entity, lang, site).words if self.entity else None
        return EmbedView(
            layout=self.layout,
            head=embed_head(self, about, self.home()),
            title=about or self.layout.site_title,
            home=self.home(),
            event=None,
            events=tuple(summary_card(event, lang, site) for event in self.events),
            total=self.total,
            axis=axis_of([mark_of(event) for event in self.events], (), (), lang, site),
        )

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return (
            say("{id!r} under {taxonomy!r}", id=self.entity.id, taxonomy=self.taxonomy)
            if self.entity
            else f"/{self.address()}"
        )

    def titles(self) -> Texts:
        """Return the names of the entity."""
        return self.entity.names if self.entity else {}

    def cost(self) -> int:
        """Return how many events it shows."""
        return len(self.events)


def most_important(events: Sequence[EventSummary]) -> tuple[EventSummary, ...]:
    """Return the most important of *events*, at most :data:`FEW`, in their order."""
    ranked = sorted(range(len(events)), key=lambda number: (-events[number].importance, number))
    return tuple(events[number] for number in sorted(ranked[:FEW]))
