"""A page that belongs to no date, such as *About us*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.messages import say
from timeline_gen.model.bodies import Body, Heading
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import TextPage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.pages.parts.texts import linked_events, resolved_body
from timeline_gen.rendering.layout import Head, Layout, Words
from timeline_gen.rendering.view_models import EventCard


@dataclass(frozen=True, slots=True)
class PlainPageView:
    """``/<lang>/<slug>/``: a plain page. Template ``page.html``."""

    layout: Layout
    head: Head
    title: Words
    body: str
    headings: tuple[Heading, ...]
    linked: tuple[EventCard, ...] = ()
    """The events that the body links to."""
    draft: bool = False
    """Whether it is a draft, which only ``--drafts`` shows."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """What its front matter says under ``extra``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage(TextPage):
    """A plain page in one language."""

    slug: str
    title: str
    description: str
    linked: tuple[EventSummary, ...]
    """The events that its text links to."""
    draft: bool
    extra: Mapping[str, object]
    own_template: str = ""
    """The template that it names; empty for that of all plain pages."""

    template = "page.html"
    listed = True
    chooses_template = True

    @property
    def drawn_by(self) -> str:
        """Return the template that draws this page."""
        return self.own_template or self.template

    def address(self) -> str:
        """Return the address of the page."""
        return addresses.plain_page(self.lang, self.slug, self.site.home)

    def view_of(self, body: Body) -> PlainPageView:
        """Return the page with its text *body*."""
        title = Words(self.title, self.lang, self.site.languages[self.lang].direction)
        return PlainPageView(
            layout=self.layout,
            head=head_of(self, title, self.description, social=Social()),
            title=title,
            body=resolved_body(body.html, self, self.targets),
            headings=body.headings,
            linked=linked_events(body, self.targets, self.linked, self.lang, self.site),
            draft=self.draft,
            extra=self.extra,
        )

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return say("the page {slug!r}", slug=self.slug)

    def titles(self) -> Texts:
        """Return its title."""
        return {self.lang: self.title}
