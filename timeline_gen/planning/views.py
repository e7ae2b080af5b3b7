"""What a template sees: for every kind of page one finished value, and nothing else.

Every ``href`` is an address inside the site, without a leading slash: a template writes it behind
:attr:`Head.root`, so that all links are relative. Every text names the language it is in, so that a
fallback from another language keeps its own ``lang`` and ``dir``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from timeline_gen.model import Heading, Piece


@dataclass(frozen=True, slots=True)
class Words:
    """A plain text and the language it is in."""

    text: str
    lang: str
    direction: str


@dataclass(frozen=True, slots=True)
class Rich:
    """A text as clean HTML and the language it is in; :attr:`text` is the same without markup."""

    html: str
    text: str
    lang: str
    direction: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of this site."""

    href: str
    words: Words
    count: int = 0
    """How many events or articles stand behind it, where the list says so."""


@dataclass(frozen=True, slots=True)
class DataLinks:
    """Where the events of a timeline stand for machines; addresses inside the site."""

    feed: str
    """Atom."""
    calendar: str
    data: str
    """JSON."""
    table: str
    """CSV."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the menu or footer."""

    href: str
    name: str
    """``timeline``, ``articles``, ``corrections``, a taxonomy's key or a plain page's slug."""
    words: Words | None
    """A plain page's own title, or the site's own name of a taxonomy; None where the theme's catalogue
    words the name."""


@dataclass(frozen=True, slots=True)
class Section:
    """A taxonomy, as readers see it called."""

    name: str
    """Its key: ``people``."""
    words: Words | None
    """The site's own name of it; None where the theme's catalogue words the key."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same thing in another language, for ``<link rel=alternate hreflang>`` and the sitemap."""

    hreflang: str
    """A language tag or ``x-default``."""
    url: str
    """Absolute."""


@dataclass(frozen=True, slots=True)
class SwitchLink:
    """The way to another language: the same thing there, else that language's timeline."""

    lang: str
    direction: str
    name: str
    """The language's name in itself."""
    href: str
    same: bool
    """Whether it leads to the same thing."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page of one language."""

    lang: str
    direction: str
    site_title: Words
    site_description: Words | None
    home: str
    """The address of the language's timeline."""
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    feed: str
    """The address of the feed of articles."""
    events_feed: str
    """The address of the feed of events."""
    data: str
    """The address of ``events.json``."""
    table: str
    """The address of ``events.csv``."""
    calendar: str
    """The address of ``calendar.ics``."""
    finder: str
    """The address of the script with the data of search and axis."""
    texts: str
    """The folder of the index of whole texts; empty where the site has none."""
    taxonomies: tuple[Section, ...]
    """The ways of listing events, in the site's order."""
    licence: str
    publisher: Words | None
    digits: str
    """``latn`` or ``arab``: how counts are written."""
    logo: str
    """The address of the logo, or empty."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the timeline down to a page."""

    url: str
    """Absolute."""
    name: str
    """As that of a :class:`MenuItem`."""
    words: Words | None
    """Its own title; None where the catalogue has the wording."""


@dataclass(frozen=True, slots=True)
class SocialCard:
    """How a link to a page is shown elsewhere (OpenGraph, Twitter)."""

    kind: str
    """``article`` or ``website``."""
    title: str
    description: str
    locale: str
    locales: tuple[str, ...]
    """The other languages that have the page."""
    image: str = ""
    """Absolute address of a picture, or empty."""
    width: int = 0
    height: int = 0
    alt: str = ""
    published: str = ""
    changed: str = ""
    """ISO 8601, or empty."""


@dataclass(frozen=True, slots=True)
class Head:
    """What one page says of itself to browsers and machines."""

    title: str
    """Plain text, with isolates where directions mix."""
    description: str
    root: str
    """What leads from this page to the site's root: ``../../``, ``./`` or, on the 404 page, the path of the
    site's address."""
    address: str
    """This page's own address inside the site."""
    canonical: str
    """Absolute; of a page made of fallback text alone that of the language it has."""
    alternates: tuple[Alternate, ...]
    switch: tuple[SwitchLink, ...]
    noindex: bool
    policy: str = ""
    """The content security policy that the page carries; empty for none."""
    trail: tuple[Crumb, ...] = ()
    """The way from the timeline down to this page, which comes last."""
    things: tuple[Mapping[str, object], ...] = ()
    """What the page is about, in the nouns of schema.org; ``linked_data(head)`` writes it as JSON-LD."""
    card: SocialCard | None = None
    """How others show a link to this page; None where nobody should."""


@dataclass(frozen=True, slots=True)
class DateView:
    """A date as it is shown."""

    pieces: tuple[Piece, ...]
    """The wording; pieces that are ends of the date go into an isolated ``<time>`` each."""
    text: str
    """The wording as plain text."""
    short: str
    spoken: str
    """For ``aria-label``: no dashes, no abbreviations."""
    edtf: str
    """For ``data-edtf``; empty for an undated event."""
    instead: Words | None = None
    """The author's own words, shown in place of the wording, which then stands beside it."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where something is known from."""

    name: str
    title: str
    author: str
    url: str
    date: str
    """As typed."""
    dated: DateView | None
    """The same, where it can be read as a date."""
    page: str
    lang: str
    direction: str
    archive_ref: str
    quote: str
    accessed: DateView | None
    archive: str


@dataclass(frozen=True, slots=True)
class PictureWidth:
    """A picture in one of its widths."""

    href: str
    width: int
    """In pixels."""


@dataclass(frozen=True, slots=True)
class MediaView:
    """A picture that belongs to an event or stands on its own."""

    href: str
    """Inside the site; empty where :attr:`url` leads elsewhere."""
    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    lang: str
    direction: str
    player: str = ""
    """``video``, ``map``, ``document``, ``film`` or ``audio``: what a click on it loads; else empty."""
    player_url: str = ""
    host: str = ""
    """Who is asked for it."""
    widths: tuple[PictureWidth, ...] = ()
    """The files of the picture, narrowest first; empty where there is only one."""


@dataclass(frozen=True, slots=True)
class NameList:
    """The entities of one taxonomy that something names."""

    taxonomy: Section
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list."""

    href: str
    title: Words
    """In the page's language, else in one that the article has: the link leads there."""
    summary: Rich | None
    published: DateView | None
    fallback: str
    """The own name of the language it is in, where that is not the page's; else empty."""
    draft: bool = False
    """Whether it is a draft, which only ``--drafts`` shows."""


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list."""

    id: str
    href: str
    title: Words
    date: DateView
    summary: Rich | None
    status: str
    """``confirmed``, ``reported``, ``disputed``, ``denied`` or empty."""
    importance: int
    sources: tuple[SourceView, ...]
    names: tuple[NameList, ...]
    media: MediaView | None
    articles: tuple[ArticleCard, ...]
    """The articles that tell it, leading telling first."""
    contested: bool
    """Whether a telling gives a date that disagrees with the one shown."""
    corrected: bool
    fallback: str
    """The own name of the language that its texts are in, where that is not the page's; else empty."""
    span: bool
    """Whether it has a start and an end."""
    lo: int | None
    hi: int | None
    """First and last possible day; None is open or unknown."""
    accent: int = 0
    """Which of the site's accents it bears, from 1 on, as the class ``accent-1``; 0 for none."""
    draft: bool = False
    """Whether only drafts tell it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The events of a timeline that are known to the same month, year, decade or century."""

    id: str
    """An anchor: ``y2019``, ``y2019-10``."""
    heading: DateView | None
    """None for events too widely known for any heading."""
    level: int
    """2 for a year and wider, 3 for a month."""
    events: tuple[EventCard, ...]
    """May be empty: a year whose events all stand under its months."""


@dataclass(frozen=True, slots=True)
class EraView:
    """A named span behind the events."""

    id: str
    name: Words
    date: DateView
    text: Words | None
    lo: int | None
    hi: int | None


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of a timeline that is split."""

    href: str
    date: DateView
    count: int


@dataclass(frozen=True, slots=True)
class AxisCell:
    """A stretch of the axis that one can go to. Lengths are hundredths of the width, from the left."""

    left: float
    width: float
    label: str
    """Its first year, or its month."""
    href: str
    """An anchor of the page, or an address inside the site; empty where there is nothing."""


@dataclass(frozen=True, slots=True)
class AxisBand:
    """An era behind the axis."""

    left: float
    width: float
    row: int
    name: Words
    narrow: bool
    """Whether the name is too long for it on a narrow screen."""


@dataclass(frozen=True, slots=True)
class AxisBar:
    """An event that takes, or may have taken, some time."""

    left: float
    width: float
    row: int
    soft: str
    """Which ends are not known: ``left``, ``right``, ``both`` or empty."""


@dataclass(frozen=True, slots=True)
class AxisDot:
    """An event known to the day, or nearly so."""

    left: float
    high: int
    """How many dots it stands on."""
    importance: int


@dataclass(frozen=True, slots=True)
class AxisView:
    """The span of a timeline as a drawing, mirrored where the language runs from right to left."""

    lo: int
    hi: int
    """The first and the last day that it shows."""
    first: str
    last: str
    """The first and the last year with an event, in short."""
    density: str
    """How many events there are, as the path of an SVG in a box of 1000 by 100; empty where each is drawn."""
    bands: tuple[AxisBand, ...]
    bars: tuple[AxisBar, ...]
    dots: tuple[AxisDot, ...]
    cells: tuple[AxisCell, ...]
    """Side by side over the whole span; no more than eight, so that they fit a phone."""
    fine_cells: tuple[AxisCell, ...]
    """The same for a wide screen; no more than 24, months where there are few years."""


@dataclass(frozen=True, slots=True)
class TimelineBody:
    """A timeline, or one year of it: what timeline, entity and year pages have in common."""

    groups: tuple[Group, ...]
    undated: tuple[EventCard, ...]
    continuing: tuple[EventCard, ...]
    """Spans that began before the year of this page and go on in it."""
    years: tuple[YearLink, ...]
    """The years that have pages of their own, where the timeline is split; else empty."""
    eras: tuple[EraView, ...]
    total: int
    """How many events the whole timeline has."""
    home: str
    """The address of the whole timeline."""
    axis: AxisView | None = None
    """None where there is too little to draw."""


@dataclass(frozen=True, slots=True)
class TellingView:
    """What one article says of an event."""

    article: ArticleCard
    title: Words | None
    date: DateView
    standing: str
    """``joined``: its date agrees with the event's; ``corrected``: taken back; ``contradicts``."""
    leading: bool
    status: str
    sources: tuple[SourceView, ...]
    corrects: ArticleCard | None


@dataclass(frozen=True, slots=True)
class Snippet:
    """What others copy to show a page of this site in a frame of theirs."""

    url: str
    code: str
    """HTML."""


@dataclass(frozen=True, slots=True)
class CitationView:
    """How an event's page is cited."""

    day: DateView | None
    """When it was last changed."""
    url: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A telling that replaced an earlier one."""

    event: Link
    date: DateView | None
    """When it was corrected: the correcting article's day."""
    was: DateView
    now: DateView
    changed: bool
    """Whether these two differ; else something other than the date was corrected."""
    by: ArticleCard
    corrected: ArticleCard


# ---------------------------------------------------------------- one view for each kind of page


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
class NotFoundView:
    """``/404.html``: every language at once. Template ``404.html``."""

    head: Head
    frames: tuple[Frame, ...]


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
    entries: tuple[CalendarEntry, ...]


@dataclass(frozen=True, slots=True)
class FinderView:
    """``/<lang>/find.js``: what the search and the axis of a timeline know. No template."""

    data: Mapping[str, object]
    """Ready to be written as JSON."""


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
