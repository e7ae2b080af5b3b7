"""What a template sees: for every kind of page one finished value, and nothing else.

Every ``href`` is an address inside the site, without a leading slash: a template writes it behind
:attr:`Head.root`, so that all links are relative. Every text names the language it is in, so that a
fallback from another language keeps its own ``lang`` and ``dir``.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.model import Heading
from timeline_gen.planning.file_views import (
    CalendarView,
    CardView,
    EventsDataView,
    EventsSchemaView,
    EventsTableView,
    FeedView,
    FinderView,
    RedirectView,
    RobotsView,
    SitemapsView,
    SitemapView,
)
from timeline_gen.planning.parts import (
    ArticleCard,
    CitationView,
    CorrectionView,
    DateView,
    EventCard,
    NameList,
    Snippet,
    SourceView,
    TellingView,
    TimelineBody,
)
from timeline_gen.planning.surroundings import DataLinks, Frame, Head, Link, Rich, Section, Words


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """``/``: the choice of language. Template ``choice.html``."""

    head: Head
    titles: tuple[Words, ...]
    """The site's title in each language, in the order of :attr:`Head.switch`."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """``/<lang>/``: the site's timeline. Template ``timeline.html``."""

    frame: Frame
    head: Head
    timeline: TimelineBody
    year: DateView | None
    """The year, on the page of one year; None on the timeline itself."""
    about: Words | None = None
    """Who or what it is of, where it stands in a file of its own; None for all of the site's events."""
    snippet: Snippet | None = None
    """To show the timeline elsewhere; None on the page of one year."""


@dataclass(frozen=True, slots=True)
class EventView:
    """``/<lang>/events/<id>/``. Template ``event.html``."""

    frame: Frame
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


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``/<lang>/articles/<slug>/``. Template ``article.html``."""

    frame: Frame
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


@dataclass(frozen=True, slots=True)
class PlainView:
    """``/<lang>/<slug>/``: a plain page. Template ``page.html``."""

    frame: Frame
    head: Head
    title: Words
    body: str
    headings: tuple[Heading, ...]
    linked: tuple[EventCard, ...] = ()
    """The events that the body links to."""
    draft: bool = False
    """Whether it is a draft, which only ``--drafts`` shows."""


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """``/<lang>/articles/``: all articles, newest first. Template ``articles.html``."""

    frame: Frame
    head: Head
    articles: tuple[ArticleCard, ...]


@dataclass(frozen=True, slots=True)
class EntitiesView:
    """``/<lang>/<taxonomy>/``: all entities of one taxonomy. Template ``entities.html``."""

    frame: Frame
    head: Head
    taxonomy: Section
    entities: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """``/<lang>/<taxonomy>/<id>/``: one person, place or tag. Template ``entity.html``."""

    frame: Frame
    head: Head
    taxonomy: Section
    index: str
    """The address of the list of all entities of the taxonomy."""
    name: Words
    other_names: tuple[Words, ...]
    text: Words | None
    wikidata: str
    website: str
    coordinates: tuple[float, float] | None
    timeline: TimelineBody
    year: DateView | None
    together: tuple[NameList, ...]
    """Who and what else stands in the same events, with counts, most frequent first."""
    articles: tuple[ArticleCard, ...]
    files: DataLinks | None = None
    """Its events as feed, calendar and data; None where it has none, and on the page of one year."""
    snippet: Snippet | None = None
    """To show the timeline elsewhere; None likewise."""


@dataclass(frozen=True, slots=True)
class CorrectionsView:
    """``/<lang>/corrections/``. Template ``corrections.html``."""

    frame: Frame
    head: Head
    corrections: tuple[CorrectionView, ...]


@dataclass(frozen=True, slots=True)
class EmbedView:
    """``/<lang>/embed/…``: an event or a timeline in a frame of another site. Template ``embed.html``."""

    frame: Frame
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


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """``/404.html``: every language at once. Template ``404.html``."""

    head: Head
    frames: tuple[Frame, ...]


View = (
    ChoiceView
    | TimelineView
    | EventView
    | ArticleView
    | PlainView
    | ArticlesView
    | EntitiesView
    | EntityView
    | CorrectionsView
    | EmbedView
    | CardView
    | NotFoundView
    | FeedView
    | EventsDataView
    | EventsSchemaView
    | EventsTableView
    | CalendarView
    | FinderView
    | SitemapView
    | SitemapsView
    | RobotsView
    | RedirectView
)
