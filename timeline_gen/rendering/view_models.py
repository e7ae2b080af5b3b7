"""What pages show: dates, events, articles, sources, pictures, the axis; the values inside views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_gen.model.dates import Piece
from timeline_gen.rendering.axis_views import AxisView
from timeline_gen.rendering.layout import Link, Rich, Section, Words


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
    """The author's own words, shown in place of the wording, which is then next to it."""


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
class FileView:
    """A file that a page offers."""

    href: str
    """Inside the site."""
    title: Words
    """What it is called; its own name has no language, and the direction ``auto``."""
    type: str
    """Its content type: ``application/pdf``."""
    label: str
    """Its kind: ``PDF``."""
    size: str
    """In words of the page's language: ``1.2 MB``."""
    save_as: str = ""
    """The name to save it under; empty where browsers open it."""


@dataclass(frozen=True, slots=True)
class CaptionsView:
    """What is said in a film or a sound, in one language (WebVTT)."""

    href: str
    """Inside the site."""
    lang: str
    name: str
    """The language's own name."""


@dataclass(frozen=True, slots=True)
class MediaView:
    """A picture, a film, a sound, a document or an embed."""

    href: str
    """Of a picture inside the site; else empty."""
    url: str
    """On another host; else empty."""
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    lang: str
    direction: str
    player: str = ""
    """``video``, ``map``, ``document``, ``film`` or ``audio``: what :attr:`file` is, or what a click
    loads from another host; else empty."""
    player_url: str = ""
    host: str = ""
    """Who is asked for it."""
    widths: tuple[PictureWidth, ...] = ()
    """The files of the picture, narrowest first; empty where there is only one."""
    webp: tuple[PictureWidth, ...] = ()
    """The same in WebP, which is smaller; empty where there are none."""
    caption_html: str = ""
    """The caption as clean HTML of one line."""
    credit_html: str = ""
    file: FileView | None = None
    """A film, a sound or a document inside the site."""
    poster: MediaView | None = None
    """The picture that a film shows before it plays."""
    captions: tuple[CaptionsView, ...] = ()
    transcript: str = ""
    """What is said in it, as clean HTML."""
    transcript_lang: str = ""
    """The language of that."""
    transcript_direction: str = ""
    transcript_file: FileView | None = None

    @property
    def still(self) -> MediaView | None:
        """Return what stands for it where nothing plays: itself, if it is a picture, or its poster."""
        return self if self.href else self.poster


@dataclass(frozen=True, slots=True)
class NameList:
    """The entities of one taxonomy that something names, or a text under its label."""

    taxonomy: Section
    """Which one, or the label."""
    links: tuple[Link, ...]
    """A text leads nowhere."""


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
    borrowed: str = ""
    """The own name of its summary's language, where that is neither the title's nor the page's."""
    image: MediaView | None = None
    """Its picture, where a list shows it with its summary."""


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event in a list."""

    id: str
    href: str
    title: Words
    date: DateView
    summary: Rich | None
    status: str
    """``confirmed``, ``reported``, ``disputed``, ``denied``, ``planned`` or empty."""
    importance: int
    sources: tuple[SourceView, ...]
    names: tuple[NameList, ...]
    """What it names, then its labelled texts."""
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
    borrowed: str = ""
    """The own name of its summary's language, where that is neither the title's nor the page's."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """What its articles say under ``extra``."""
    text: Rich | None = None
    """The text of its own: on its page, in frames, and where a timeline is a file of its own."""
    gallery: tuple[MediaView, ...] = ()
    """Its further pictures and embeds, after :attr:`media`."""
    files: tuple[FileView, ...] = ()
    """The files that it offers."""


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
    """May be empty: a year whose events are all under its months."""
    size: int = 0
    """How many events are under it, those under its months included."""
    chapters: tuple[EraView, ...] = ()
    """The eras that begin here in the list."""


@dataclass(frozen=True, slots=True)
class EraView:
    """A named span behind the events."""

    id: str
    name: Words
    date: DateView
    text: Rich | None
    lo: int | None
    hi: int | None
    href: str = ""
    """Where it begins: an anchor of the page, or an address inside the site; empty where it has no events."""


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year of a timeline that is split."""

    href: str
    date: DateView
    count: int | None
    """How many events it has; None on the page of one year, which shows that year only."""


@dataclass(frozen=True, slots=True)
class MapLabel:
    """The name of a place on a map, seen from its dot."""

    text: str
    """Its name, cut where it is long."""
    x: float
    y: float
    """Where its anchor is, in rem from the middle of the dot."""
    anchor: str
    """``start``, ``middle`` or ``end``, in the direction of the page."""
    width: int
    """The width of the map, in rem, from which on it is shown."""


@dataclass(frozen=True, slots=True)
class MapDot:
    """A place on a map. Lengths are hundredths of width and height, from the top left."""

    key: str
    """Its taxonomy and id: ``places/doha``."""
    href: str
    name: Words
    count: int
    """How many events name it."""
    left: float
    top: float
    radius: float
    """In rem."""
    label: MapLabel | None
    """None where its name has no room at any width."""


@dataclass(frozen=True, slots=True)
class MapWindow:
    """What part of a map a closer one shows, in hundredths of width and height."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class MapView:
    """A map: land and borders as paths of an SVG, and dots over them. It is mirrored in no language."""

    shape: str
    """``locator``, ``region``, ``world`` or ``globe``: each has its own ratio of width to height."""
    width: int
    height: int
    """The box of the paths."""
    sea: str
    """The edge of the whole Earth; empty where the box is part of it."""
    land: str
    borders: str
    """Empty where the site shows none."""
    dots: tuple[MapDot, ...]
    windows: tuple[MapWindow, ...] = ()
    """What closer maps show."""


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
    """How many events the timeline has, or the year."""
    home: str
    """The address of the whole timeline."""
    axis: AxisView | None = None
    """None where there is too little to draw."""
    highlights: tuple[EventCard, ...] = ()
    """What the timeline opens with: the most important events, spread over its time; none where few have a
    date, and on the page of one year."""
    earlier: YearLink | None = None
    """On the page of one year, the year before it that has a page."""
    later: YearLink | None = None
    """Likewise the year after it."""


@dataclass(frozen=True, slots=True)
class TellingView:
    """What one article has about an event."""

    article: ArticleCard
    title: Words | None
    date: DateView
    role: str
    """``joined``: its date agrees with the event's; ``corrected``: taken back; ``contradicts``."""
    leading: bool
    status: str
    sources: tuple[SourceView, ...]
    corrects: ArticleCard | None
    own: bool = False
    """Whether it is that of the event's own file, whose text is on this page, and no article's."""
    differing: tuple[NameList, ...] = ()
    """Its labelled texts that are other ones than the event's."""


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
