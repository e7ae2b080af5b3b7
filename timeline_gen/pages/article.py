"""The page of one article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from timeline_gen.collecting.timeline import ArticleLabel, Correction, EventSummary, NamedEntities
from timeline_gen.messages import say
from timeline_gen.model.assets import Attachment, Media
from timeline_gen.model.bodies import Body, Heading
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import TextPage
from timeline_gen.pages.parts import addresses, json_ld
from timeline_gen.pages.parts.breadcrumbs import Ancestor
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.parts.texts import linked_events, resolved_body
from timeline_gen.pages.view_models.articles import article_card, correction_view
from timeline_gen.pages.view_models.dates import stamp_view
from timeline_gen.pages.view_models.entities import entity_link, name_lists
from timeline_gen.pages.view_models.events import summary_card
from timeline_gen.pages.view_models.files import file_views
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.pages.view_models.sources import source_view
from timeline_gen.pages.view_models.text import rich_text
from timeline_gen.rendering.layout import Head, Layout, Link, Rich, Words
from timeline_gen.rendering.view_models import (
    ArticleCard,
    CorrectionView,
    DateView,
    EventCard,
    FileView,
    MediaView,
    NameList,
    SourceView,
)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``/<lang>/articles/<slug>/``. Template ``article.html``."""

    layout: Layout
    head: Head
    title: Words
    summary: Rich | None
    body: str
    """Clean HTML with its links resolved."""
    headings: tuple[Heading, ...]
    published: DateView | None
    updated: DateView | None
    authors: tuple[Link, ...]
    source: SourceView | None
    names: tuple[NameList, ...]
    events: tuple[EventCard, ...]
    corrections: tuple[CorrectionView, ...]
    linked: tuple[EventCard, ...] = ()
    """The events that the body links to."""
    draft: bool = False
    """Whether it is a draft, which only ``--drafts`` shows."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """What its front matter says under ``extra``."""
    image: MediaView | None = None
    """The picture that it opens with."""
    related: tuple[ArticleCard, ...] = ()
    """The articles that have the most events, people and places in common with it."""
    files: tuple[FileView, ...] = ()
    """The files that it offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage(TextPage):
    """One article in one language, and the events that it reports."""

    slug: str
    title: str
    summary: tuple[str, str] | None
    """Clean HTML and plain text."""
    description: str
    published: Stamp | None
    updated: Stamp | None
    """When this version was."""
    last: Stamp | None
    """When any version was last touched."""
    authors: tuple[Entity, ...]
    source: Citation | None
    named: tuple[NamedEntities, ...]
    media: tuple[Media, ...]
    """Those of the events that it reports."""
    events: tuple[EventSummary, ...]
    """Those that it reports, in the order of time."""
    linked: tuple[EventSummary, ...]
    """Those that its texts link to."""
    corrections: tuple[Correction, ...]
    """Those that it makes, or that are made of it."""
    summary_targets: tuple[LinkTarget, ...]
    draft: bool
    extra: Mapping[str, object]
    image: Mapping[str, Media] = field(default_factory=dict)
    """The picture that it opens with, by the language of its texts."""
    related: tuple[ArticleLabel, ...] = ()
    """The articles that have the most in common with it, as its page shows them."""
    files: Mapping[str, tuple[Attachment, ...]] = field(default_factory=dict)
    """The files that it offers, by the language of their titles."""

    template = "article.html"
    listed = True
    leads_to_event = True

    def address(self) -> str:
        """Return the address of the article."""
        return addresses.article(self.lang, self.slug)

    def view_of(self, body: Body) -> ArticleView:
        """Return the article with its text *body*."""
        lang, site = self.lang, self.site
        language = site.languages[lang]
        title = Words(self.title, lang, language.direction)
        cards = tuple(summary_card(event, lang, site) for event in self.events)
        corrections = tuple(correction_view(correction, lang, site) for correction in self.corrections)
        image = media_view(self.image, lang, site, self.targets)
        summaries = {lang: self.summary} if self.summary else {}
        return ArticleView(
            layout=self.layout,
            head=self._head(title, cards, image),
            title=title,
            summary=rich_text(summaries, lang, site, self.summary_targets),
            body=resolved_body(body.html, self, self.targets),
            headings=body.headings,
            published=stamp_view(self.published, language, site),
            updated=stamp_view(self.updated, language, site),
            authors=tuple(entity_link(author, lang, site) for author in self.authors),
            source=source_view(self.source, lang, site) if self.source else None,
            names=name_lists(self.named, lang, site),
            events=cards,
            corrections=corrections,
            linked=linked_events(body, self.targets, self.linked, lang, site),
            draft=self.draft,
            extra=self.extra,
            image=image,
            related=tuple(article_card(label, lang, site) for label in self.related),
            files=file_views(self.files, lang, site),
        )

    def _head(self, title: Words, cards: Iterable[EventCard], image: MediaView | None) -> Head:
        facts = json_ld.ArticleFacts(
            title=self.title,
            description=self.description,
            published=self.published,
            last=self.last,
            authors=self.authors,
            source=self.source,
            named=self.named,
            media=(*tuple(self.image.values())[:1], *self.media),
            files=file_views(self.files, self.lang, self.site),
        )
        return head_of(
            self,
            title,
            self.description,
            above=(Ancestor(addresses.articles(self.lang, self.site.home), "articles"),),
            thing=json_ld.article_data(facts, self.corrections, cards, self),
            media=image or self._first_picture(),
            social=Social("article", self.published, self.last, drawn=True),
        )

    def _first_picture(self) -> MediaView | None:
        """Return the first picture of the site among those of its events."""
        found = (media_view({self.lang: media}, self.lang, self.site) for media in self.media)
        return next((media.still for media in found if media and media.still), None)

    def changed(self) -> str:
        """Return the day on which any of its versions last changed."""
        return self.last.text[:10] if self.last else ""

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return say("the article {slug!r}", slug=self.slug)

    def titles(self) -> Texts:
        """Return its title; the plan knows those of its other versions."""
        return {self.lang: self.title}
