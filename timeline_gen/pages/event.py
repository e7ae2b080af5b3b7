"""The page of one event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from timeline_gen.collecting.timeline import Event, EventSummary, TellingSummary
from timeline_gen.messages import say
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Stamp
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import NO_BODIES, Bodies, TemplatePage
from timeline_gen.pages.parts import addresses, json_ld
from timeline_gen.pages.parts.citation import citation
from timeline_gen.pages.parts.date_times import newest_day
from timeline_gen.pages.parts.embeds import snippet
from timeline_gen.pages.parts.event_text import EventText, shown_text
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.articles import article_card, correction_view
from timeline_gen.pages.view_models.dates import date_view, stamp_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.events import event_card
from timeline_gen.pages.view_models.sources import source_view
from timeline_gen.pages.view_models.text_facts import differing_texts, labelled
from timeline_gen.rendering.layout import Head, Layout, Link
from timeline_gen.rendering.view_models import (
    ArticleCard,
    CitationView,
    CorrectionView,
    DateView,
    EventCard,
    Snippet,
    TellingView,
)


@dataclass(frozen=True, slots=True)
class EventView:
    """``/<lang>/events/<id>/``. Template ``event.html``."""

    layout: Layout
    head: Head
    event: EventCard
    tellings: tuple[TellingView, ...]
    corrections: tuple[CorrectionView, ...]
    mentions: tuple[ArticleCard, ...]
    """Articles that only refer to it."""
    before: Link | None
    after: Link | None
    citation: CitationView | None = None
    snippet: Snippet | None = None
    """To show the event elsewhere."""
    authors: tuple[Link, ...] = ()
    """Who wrote the event's own text."""
    updated: DateView | None = None
    """When that was last changed."""
    text_in: str = ""
    """The own name of its language, where that is neither the page's nor the title's; else empty."""


class EventLabel(NamedTuple):
    """An event as a link to it shows it."""

    id: str
    titles: Texts


def event_label(event: EventSummary) -> EventLabel:
    """Return what a link to *event* shows."""
    return EventLabel(event.id, event.titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage(TemplatePage):
    """One event: what happened, which articles report it, what came before and after."""

    event: Event
    before: EventLabel | None
    after: EventLabel | None
    embedded: bool
    """Whether it has a page for frames."""
    text: EventText | None = None
    """The text of its own file."""
    authors: tuple[Entity, ...] = ()
    """Who wrote that."""
    updated: Stamp | None = None
    """When that was last changed."""

    template = "event.html"
    listed = True

    def address(self) -> str:
        """Return the address of the event."""
        return addresses.event(self.lang, self.event.id)

    def texts(self) -> tuple[str, ...]:
        """Return the hash of the text of its own file."""
        return (self.text.body,) if self.text else ()

    def view(self) -> EventView:
        """Return the event without its text."""
        return self.view_with(NO_BODIES)

    def view_with(self, bodies: Bodies) -> EventView:
        """Return the event with all its parts."""
        event, lang, site = self.event, self.lang, self.site
        card = replace(event_card(event, lang, site), text=shown_text(self.text, bodies, self))
        described = card.summary.text if card.summary else card.date.text
        thing = json_ld.event_data(event, card, self)
        still = card.media.still if card.media else None
        # The leading telling need not be the newest.
        last = max((telling.article for telling in event.tellings), key=lambda article: article.stamp).last
        social = Social("article", changed=last, drawn=True)
        return EventView(
            layout=self.layout,
            head=head_of(self, card.title, described, thing=thing, media=still, social=social),
            event=card,
            tellings=tuple(
                _telling(telling, number, event, lang, site) for number, telling in enumerate(event.tellings)
            ),
            corrections=tuple(correction_view(correction, lang, site) for correction in event.corrections),
            mentions=tuple(
                # An event's own file is no article that readers could turn to.
                article_card(article, lang, site)
                for article in event.mentions
                if not article.event
            ),
            before=_link(self.before, lang, site),
            after=_link(self.after, lang, site),
            citation=citation(event, card, self.layout, site),
            snippet=snippet(card.href, card.title, lang, site.url, is_event=True) if self.embedded else None,
            authors=tuple(entity_link(author, lang, site) for author in self.authors),
            updated=stamp_view(self.updated, site.languages[lang], site),
            text_in=self._text_in(card),
        )

    def _text_in(self, card: EventCard) -> str:
        """Return the own name of its text's language, where neither the page nor the title is in that."""
        known = {self.lang, card.title.lang}
        return self.site.languages[card.text.lang].name if card.text and card.text.lang not in known else ""

    def changed(self) -> str:
        """Return the day on which an article that reports it last changed."""
        return newest_day(telling.article.last for telling in self.event.tellings)

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return say("the event {id!r}", id=self.event.id)

    def titles(self) -> Texts:
        """Return the titles of the event."""
        return self.event.titles

    def neighbours(self) -> tuple[object, ...]:
        """Return the place of the event among others."""
        return self.event.sort_key


def _telling(telling: TellingSummary, number: int, event: Event, lang: str, site: SiteContext) -> TellingView:
    corrected = next(
        (summary.article for summary in event.tellings if summary.article.slug == telling.corrects), None
    )
    return TellingView(
        article=article_card(telling.article, lang, site),
        title=site.words(telling.titles, lang) if telling.titles else None,
        date=date_view(telling.when, site.languages[lang], site),
        role=telling.role.value,
        leading=number == 0,
        own=telling.article.event == event.id,
        status=telling.status,
        sources=tuple(source_view(source, lang, site) for source in telling.sources),
        corrects=article_card(corrected, lang, site) if corrected else None,
        differing=labelled(differing_texts(telling, event, lang, site)),
    )


def _link(event: EventLabel | None, lang: str, site: SiteContext) -> Link | None:
    return Link(addresses.event(lang, event.id), site.words(event.titles, lang)) if event else None
