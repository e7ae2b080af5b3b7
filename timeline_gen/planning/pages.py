"""What a page is: an address, and all that it shows.

A page holds the nouns that its view is made from, and nothing else is handed to the view: so the hash
of their digests is a true key of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

from timeline_gen.collecting.chronicle import Brief, Correction, Event, Face, Plain, Story
from timeline_gen.collecting.moves import Move
from timeline_gen.model import Entity, Era, Texts
from timeline_gen.planning import addresses


class PageKind(Enum):
    """What a page is; its value is the template's name, or the name of what is written without one."""

    CHOICE = "choice.html"
    TIMELINE = "timeline.html"
    EVENT = "event.html"
    ARTICLE = "article.html"
    PLAIN = "page.html"
    ARTICLES = "articles.html"
    ENTITIES = "entities.html"
    ENTITY = "entity.html"
    CORRECTIONS = "corrections.html"
    EMBED = "embed.html"
    NOT_FOUND = "404.html"
    REDIRECT = "redirect"
    FEED = "feed.xml"
    EVENTS_FEED = "events.xml"
    EVENTS_DATA = "events.json"
    EVENTS_TABLE = "events.csv"
    CALENDAR = "calendar.ics"
    CARD = "card.png"
    EVENTS_SCHEMA = "events.schema.json"
    FINDER = "find.js"
    SITEMAP = "sitemap.xml"
    SITEMAPS = "sitemaps"
    ROBOTS = "robots.txt"


Together: TypeAlias = tuple[tuple[str, tuple[tuple[Entity, int], ...]], ...]
"""By taxonomy, entities with the number of events that they stand in."""


class Mark(NamedTuple):
    """An event as an axis draws it."""

    lo: int | None
    hi: int | None
    span: bool
    importance: int
    going_on: bool
    """Whether it has no end yet."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a timeline: all of it, or one year."""

    events: tuple[Face, ...] = ()
    """Whole events on the site's own timeline, their faces elsewhere."""
    continuing: tuple[Face, ...] = ()
    years: tuple[tuple[str, int | None], ...] = ()
    """The years with pages of their own, with the number of their events; on those pages without it."""
    eras: tuple[Era, ...] = ()
    total: int = 0
    """How many events the timeline has, or the year."""
    year: str = ""
    outline: tuple[Mark, ...] = ()
    """Every event of a timeline whose events stand on pages of their own, by year."""


class Listed(NamedTuple):
    """An address of the sitemap."""

    address: str
    alternates: tuple[tuple[str, str], ...]
    default: str
    """The address for readers of any other language."""
    changed: str
    """The day it last changed, ISO 8601, or empty."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The way from a former address to the present one."""

    move: Move
    address: str
    """Where it leads, inside the site."""
    titles: Texts
    """Of what stands there."""


class Shows(NamedTuple):
    """The nouns that a page shows; each kind of page uses some of them."""

    span: Span = Span()
    event: Event | None = None
    before: Face | None = None
    after: Face | None = None
    story: Story | None = None
    plain: Plain | None = None
    entity: Entity | None = None
    entities: tuple[tuple[Entity, int], ...] = ()
    """With the number of their events."""
    events: tuple[Event, ...] = ()
    faces: tuple[Face, ...] = ()
    corrections: tuple[Correction, ...] = ()
    stories: tuple[Brief, ...] = ()
    together: Together = ()
    """What stands in the events beside the entity whose page it is, or in all of them."""
    taxonomy: str = ""
    sitemap: tuple[Listed, ...] = ()
    redirect: Redirect | None = None
    withheld: frozenset[str] = frozenset()
    """The addresses of articles that are held back."""


class Page(NamedTuple):
    """A promise to write one file: its address and what it shows."""

    kind: PageKind
    lang: str
    address: str
    shows: Shows
    alternates: tuple[tuple[str, str], ...]
    """The same thing in each language that truly has it: language and address."""
    elsewhere: tuple[tuple[str, str], ...]
    """Where each other language's switch leads, and so also pages made of fallback text."""
    fallback: bool
    """Whether it is made of another language's text alone."""
    key: bytes
    body: str = ""
    """The hash of the body it shows."""
    changed: str = ""
    """The day it last changed, ISO 8601, or empty."""
    default: str = ""
    """The address for readers of any other language (``hreflang=x-default``)."""

    @property
    def file(self) -> str:
        """Return the path of the file of the output that serves it, as text."""
        return addresses.file_name(self.address)

    @property
    def path(self) -> PurePosixPath:
        """Return the file of the output that serves it."""
        return addresses.file_of(self.address)
