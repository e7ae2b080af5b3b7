"""What the templates and writers of feeds, data and other files for machines see; finished, as pages are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline_gen.planning.parts import CorrectionView, DateView
from timeline_gen.planning.surroundings import Alternate, Rich, Words


@dataclass(frozen=True, slots=True)
class CardView:
    """``…/card.png``: the picture that others show with a link to a page. No template."""

    title: Words
    label: Words | None
    """Above the title: a date."""
    foot: Words | None
    """The title of the site, or what the site says of itself."""
    paper: str
    ink: str
    accent: str
    """Colours: ``#`` and hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An event that an article tells, in the article's entry."""

    title: Words
    url: str
    date: DateView
    status: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of an Atom feed (RFC 4287, section 4.1.2)."""

    id: str
    title: Words
    url: str
    published: str
    updated: str
    """RFC 3339 date-times."""
    summary: Rich | None
    authors: tuple[str, ...]
    date: DateView | None = None
    """Of an event: when it happened."""
    corrections: tuple[CorrectionView, ...] = ()
    status: str = ""
    """Of an event."""
    events: tuple[FeedEvent, ...] = ()
    """Of an article: what it tells."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """``/<lang>/feed.xml`` and ``/<lang>/events.xml`` (Atom, RFC 4287). No template."""

    id: str
    title: Words
    subtitle: Words | None
    self_url: str
    page_url: str
    updated: str
    author: str
    entries: tuple[FeedEntry, ...]
    lang: str
    """The language of the feed, which its title may lack."""


@dataclass(frozen=True, slots=True)
class EventsDataView:
    """``/<lang>/events.json``, and the same of an entity. No template."""

    schema: str
    """The absolute address of the schema that it keeps to."""
    lang: str
    site: str
    url: str
    licence: str
    about: Mapping[str, str]
    """The entity whose events these are; empty for all events of the site."""
    events: tuple[Mapping[str, object], ...]
    """One mapping for each event, ready to be written as JSON."""


@dataclass(frozen=True, slots=True)
class EventsSchemaView:
    """``/events.schema.json``: what every ``events.json`` keeps to. No template."""

    schema: Mapping[str, object]
    """Ready to be written as JSON."""


@dataclass(frozen=True, slots=True)
class EventsTableView:
    """``/<lang>/events.csv``, and the same of an entity. No template."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An event in a calendar; days are day numbers."""

    uid: str
    url: str
    title: Words
    first: int
    last: int
    """The last day itself, not the one behind it."""
    date: DateView
    summary: Rich | None
    status: str
    places: tuple[Words, ...]
    categories: tuple[Words, ...]
    coordinates: tuple[float, float] | None
    created: str
    changed: str
    """As iCalendar writes moments: ``20211206T000000Z``."""
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True)
class CalendarView:
    """``/<lang>/calendar.ics`` (iCalendar, RFC 5545), and the same of an entity. No template."""

    lang: str
    name: Words
    site: Words
    description: Words | None
    url: str
    page_url: str
    events: tuple[tuple[CalendarEntry, ...], ...]
    """Of each event its entries: none where a calendar has no place for it, several for a set of dates."""


@dataclass(frozen=True, slots=True)
class FinderView:
    """``/<lang>/find.js``: what the search and the axis of a timeline know. No template."""

    data: Mapping[str, object]
    """What stands ahead of the events, ready to be written as JSON."""
    events: tuple[Sequence[object], ...]
    articles: tuple[Sequence[object], ...]
    """A row for each, ready too."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of the sitemap with its alternates."""

    url: str
    alternates: tuple[Alternate, ...]
    changed: str
    """A W3C date, or empty."""


@dataclass(frozen=True, slots=True)
class SitemapView:
    """``/sitemap.xml`` (sitemaps.org protocol 0.9, with ``xhtml:link`` alternates). No template."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapsView:
    """``/sitemap.xml`` where one file cannot hold all addresses: an index of its parts. No template."""

    parts: tuple[tuple[str, str], ...]
    """The absolute address of each, and a W3C date or an empty text."""


@dataclass(frozen=True, slots=True)
class RobotsView:
    """``/robots.txt`` (RFC 9309). No template."""

    sitemap: str
    """Absolute address."""


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A former address. No template."""

    lang: str
    direction: str
    title: Words
    """Of what stands at the present one."""
    href: str
    """The present address, relative to this one."""
    url: str
    """The same, absolute."""
