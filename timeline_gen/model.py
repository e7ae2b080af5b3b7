"""The nouns that the stages hand on, complete from the moment they are made.

``Source`` → ``Article`` → ``Chronicle`` → ``Page`` → ``Output``: a stage that knows more makes a new
noun, never a fuller old one. Days are day numbers: days since 1970-01-01 in the proleptic Gregorian
calendar, of any size.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum, IntFlag
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.keys import Noun
from timeline_gen.messages import say

Spot: TypeAlias = tuple[int, int]
"""A line and a column in a file that the context names; both count from 1."""

Texts: TypeAlias = Mapping[str, str]
"""One text in several languages, by language code."""

EntityKey: TypeAlias = tuple[str, str]
"""The kind and the id of an entity."""


class TextLink(NamedTuple):
    """A link in a text to something that the site holds."""

    to: str
    """Its key: ``event:ID``, ``article:SLUG#heading``, ``path:en/about/``."""
    spot: Spot
    typed: str = ""
    """The target as the author wrote it."""


# ---------------------------------------------------------------- dates


class Edge(Enum):
    """What is known of one end of a date."""

    KNOWN = "known"
    OPEN = "open"
    """It goes on: "since 2014"."""
    UNKNOWN = "unknown"
    """There is an end, but nobody says when."""


class Qualifier(IntFlag):
    """How sure a date is (EDTF level 1): ``?``, ``~``, and ``%`` for both."""

    NONE = 0
    UNCERTAIN = 1
    APPROXIMATE = 2


class Precision(IntEnum):
    """How finely a date is known, finest first."""

    DAY = 0
    MONTH = 1
    QUARTER = 2
    SEASON = 3
    PART = 4
    """A third or half of a year, a third of a month: "early 2020"."""
    YEAR = 5
    DECADE = 6
    CENTURY = 7
    MILLENNIUM = 8
    ANY = 9


class Kind(Enum):
    """What shape a date has."""

    POINT = "point"
    """One range of days within which it happened: a day, a month, a decade, or one of a set."""
    SPAN = "span"
    """Something with a start and an end."""
    ALL = "all"
    """All of the members of a set: "in 1960 and in December 1961"."""
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Bound:
    """The range of days within which a date, or one end of a span, lies; both ends inclusive."""

    lo: int | None
    hi: int | None
    edge: Edge = Edge.KNOWN
    precision: Precision = Precision.DAY
    qualifier: Qualifier = Qualifier.NONE


@dataclass(frozen=True, slots=True)
class When:
    """A date as exactly as it is known: never finer, never coarser (EDTF, ISO 8601-2:2019)."""

    source: str
    """The author's words, as typed."""
    edtf: str
    """The canonical EDTF string; the truth that is exported. Empty for an undated event."""
    kind: Kind
    start: Bound
    end: Bound
    """Of a point the same as :attr:`start`."""
    members: tuple[When, ...] = ()
    """The members of a set, in order."""
    time: str = ""
    """A time of day as typed, ``18:07`` or ``18:07+03:00``; it refines the order within a day."""
    calendar: str = "gregorian"
    """The calendar the author wrote in: ``gregorian``, ``julian``, ``jalali``, ``hijri``, ``hijri-tabular``.
    """
    relative: bool = False
    """Whether it was resolved against the article's day: "last October"."""
    beyond: bool = False
    """Whether the author named what lies just beyond its one end: "before 2010" (which ends with 2009),
    "after 2010"."""
    day_part: str = ""
    """The part of the day that the author named: ``morning``, ``night`` …; shown, and nothing more."""

    def key_parts(self) -> tuple[str | bool, ...]:
        """Return what decides all that is shown of it; the author's own typing is not shown."""
        return (self.edtf, self.kind.value, self.time, self.calendar, self.beyond, self.day_part)

    @property
    def lo(self) -> int | None:
        """Return the first possible day, or None where it is open or unknown."""
        return self.start.lo

    @property
    def hi(self) -> int | None:
        """Return the last possible day, or None where it is open or unknown."""
        return self.end.hi


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a worded date."""

    text: str
    end: bool = False
    """Whether it is a date itself, or one end of a span, to be isolated from what stands around it;
    else it is what stands between: a dash, "until"."""
    datetime: str = ""
    """What ``<time datetime>`` may say of it (HTML, 4.5.14): a known day, month or year from the year 1 on;
    empty where HTML has no way to say it, and there it is no ``<time>``."""
    second: bool = False
    """Whether it belongs to the date in a second calendar, brackets included: a theme may set it small."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A date in the words of one language."""

    long: tuple[Piece, ...]
    short: str
    """Within a table, on an axis: "21 Nov – 18 Dec 2022"."""
    spoken: str
    """For a screen reader: "from 21 November to 18 December 2022"."""

    @property
    def text(self) -> str:
        """Return the long form as plain text."""
        return "".join(piece.text for piece in self.long)


# ---------------------------------------------------------------- settings


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site, with how it writes dates."""

    code: str
    """A BCP 47 tag: ``ar``, ``en``, ``pt-BR``."""
    direction: str
    """``rtl`` or ``ltr``."""
    name: str
    """Its name in itself: «العربية»."""
    months: str = ""
    """The family of month names: ``gulf``, ``levant``, ``maghreb``, ``morocco``, ``double``; empty where
    the language has only one."""
    digits: str = "latn"
    """``latn`` or ``arab``."""
    calendar: str = ""
    """A second calendar shown beside the Gregorian one: ``hijri`` or empty."""
    eras: str = ""
    """The style of eras: ``bc`` writes BC/AD, ``bce`` BCE/CE; empty for the language's own usage."""
    words: tuple[str, ...] = ()
    """The site's own files of words for it, as text, the general one first."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the menu or footer: a page, a link to elsewhere, or what holds other entries together."""

    name: str = ""
    """``timeline``, ``articles``, a taxonomy's key or a plain page's slug; else empty."""
    link: str = ""
    """An address of the web; else empty."""
    texts: Texts = field(default_factory=dict)
    """What readers see it called; empty where the page has a name of its own."""
    entries: tuple[MenuEntry, ...] = ()
    """Those below it."""
    spot: Spot = (1, 1)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way of listing events: ``people``, whose entities are of kind ``person``."""

    key: str
    """The front-matter key and the folder of its addresses."""
    kind: str
    names: Texts = field(default_factory=dict)
    """What readers see it called; empty where the theme's catalogue words the key."""


@dataclass(frozen=True, slots=True)
class Silence:
    """What the site has decided to hear no more of: the problems of one code in some files."""

    code: str
    path: str
    """A pattern of paths relative to the site's folder: ``*`` and ``?`` match no slash, ``**`` does."""
    because: str
    spot: Spot = (1, 1)


@dataclass(frozen=True, slots=True)
class Target:
    """A place that the site is published to; what belongs to another kind of target is empty."""

    name: str
    to: str
    """``git``, ``folder``, ``rsync`` or ``s3``."""
    url: str = ""
    """Where the site stands there, ending with a slash; empty where that is the site's own address."""
    preview: bool = False
    """Whether search engines are to leave it alone."""
    strict: bool = False
    """Whether warnings keep the site from being published, too."""
    host: str = ""
    """Who serves it: ``github``, ``gitlab``, ``codeberg``, ``netlify``, ``cloudflare``, or nobody we know."""
    policy: str = "none"
    """Where the content security policy stands: ``meta`` in the pages, ``headers``, or ``none``."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers in place of the usual ones; an empty value leaves one out."""
    keep: int = 5
    """How many earlier generations are kept."""
    deletions: int = 20
    """How many per cent of the files may be deleted without a question."""
    remote: str = ""
    """The repository, or where rsync writes to."""
    branch: str = ""
    history: str = "full"
    """``full``, or ``single`` for one commit alone."""
    domain: str = ""
    """The name that the host serves the site under (``CNAME``)."""
    path: str = ""
    """The folder."""
    bucket: str = ""
    prefix: str = ""
    """What all keys in the bucket begin with; ends with a slash unless empty."""
    endpoint: str = ""
    region: str = ""
    cdn: str = ""
    """The id of a CloudFront distribution to tell of what changed."""
    spot: Spot = (1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``site.yaml`` says, checked and complete."""

    title: Texts
    url: str
    """Ends with a slash."""
    languages: tuple[Language, ...]
    """The first is the site's own."""
    theme: str = "almanac"
    theme_trusted: bool = True
    """Whether the theme's templates are trusted like code; else they are rendered in a sandbox."""
    day_order: str = ""
    """How ``10/11/2019`` is read: ``dmy``, ``mdy``, or empty to refuse it."""
    seasons: str = "north"
    timezone: str = ""
    """The zone of times without an offset, by its IANA name; empty where each time must give one."""
    taxonomies: tuple[Taxonomy, ...] = (
        Taxonomy("people", "person"),
        Taxonomy("places", "place"),
        Taxonomy("tags", "tag"),
    )
    translations: str = "show"
    """``show`` falls back to another language, ``hide`` leaves out what a language lacks."""
    description: Texts = field(default_factory=dict)
    logo: PurePosixPath | None = None
    cover: Mapping[str, Media] = field(default_factory=dict)
    """What the timeline opens with, by the language of its texts; its file is found among the content."""
    licence: str = ""
    publisher: Texts = field(default_factory=dict)
    authors: tuple[str, ...] = ()
    home: str = "timeline"
    """What is at the home of each language: ``timeline``, ``articles`` or ``page:SLUG``."""
    menu: tuple[MenuEntry, ...] | None = None
    footer: tuple[MenuEntry, ...] = ()
    search: str = "site"
    timeline_order: str = "oldest"
    """Which event the lists of timelines begin with: ``oldest`` or ``newest``."""
    timeline_rows: str = ""
    """The taxonomy whose entities have rows of their own on the axis; empty for one row."""
    map_borders: bool = True
    """Whether maps show the borders of countries."""
    embeds: tuple[str, ...] = ("timeline", "entities")
    """What has a page to stand in frames of other sites: ``timeline``, ``entities``, ``events``."""
    data_from: int = 5
    """How many events an entity's timeline has at least that is written as feed, calendar and data."""
    markdown: str = "markdown"
    """The Markdown engine: ``markdown`` (Python-Markdown), or ``commonmark`` (pyromark)."""
    file_kinds: tuple[str, ...] = ()
    """Endings of files, without a dot, that texts may offer besides those that the program knows."""
    typography: bool = True
    """Whether quotation marks, ellipses and dashes in Markdown are set as the language sets them."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Contradictions that stand, with the reason, by event id."""
    silence: tuple[Silence, ...] = ()
    fonts: Mapping[str, object] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    accents: Mapping[str, str] = field(default_factory=dict)
    """Colours by the id of a taxonomy's entry."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Where former paths lead: ``article:SLUG``, ``event:ID``, ``page:SLUG``, ``entity:ID``, an address, or
    ``gone``. The paths are addresses inside the site, without a slash ahead."""
    redirect_spots: Mapping[str, tuple[Spot, Spot]] = field(default_factory=dict)
    """The place of each path and of its target in ``site.yaml``."""
    publish: Mapping[str, Target] = field(default_factory=dict)
    """Where the site is published to, by name."""
    policy_hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other hosts that pages may load from, by what they load."""
    policy: str = ""
    """The content security policy that stands in every page; empty for none."""
    links: str = "folders"
    """Where links inside the site lead: ``folders``, or ``files`` for a site opened from a disk."""
    noindex: bool = False
    """Whether search engines are to leave the whole site alone."""
    extra: Mapping[str, object] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """Where each key's value stands in ``site.yaml``."""

    def direction_of(self, lang: str) -> str:
        """Return the direction of the site's language *lang*; empty where the site does not have it."""
        return next((language.direction for language in self.languages if language.code == lang), "")


# ---------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True)
class Source:
    """One content file as it lies on disk."""

    path: PurePosixPath
    """Relative to the site's folder."""
    data: bytes


_PHOTOGRAPHS: Final = frozenset({".jpg", ".jpeg"})
_LARGE: Final = 10_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file among the content that texts show or offer, measured."""

    path: PurePosixPath
    """Relative to the site's folder."""
    address: PurePosixPath
    """Where it is in the site, under a name that carries the hash of its content."""
    kind: str = "picture"
    """``picture``, ``film``, ``audio``, ``document``; ``refused`` or ``broken`` where it is not published."""
    size: int = 0
    """In bytes, as it is published; of a picture as it is given."""
    width: int = 0
    """In pixels; 0 of what shows nothing by itself."""
    height: int = 0

    @property
    def has_webp(self) -> bool:
        """Tell whether it is a photograph that is offered as WebP, too: of small ones that saves nothing."""
        return self.address.suffix in _PHOTOGRAPHS and self.size >= _LARGE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that an article or an event offers."""

    asset: Asset
    src: str
    """Its path, as typed."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is known from; at least one field is filled."""

    name: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    date: str = ""
    page: str = ""
    language: str = ""
    archive_ref: str = ""
    quote: str = ""
    accessed: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a film, a sound, a document or an embed that belongs to an event."""

    src: str
    alt: str = ""
    caption: str = ""
    """Plain text."""
    credit: str = ""
    picture: Asset | None = None
    """The file, where *src* names a picture of the site."""
    caption_html: str = ""
    """Clean HTML of one line; empty where the caption has no markup."""
    credit_html: str = ""
    file: Asset | None = None
    """The file, where *src* names anything else of the site."""
    poster: Asset | None = None
    """The picture that a film shows before it plays."""
    captions: Mapping[str, Asset] = field(default_factory=dict)
    """What is said in a film or a sound, as WebVTT, by language."""
    transcript: str = ""
    """The same as clean HTML."""
    transcript_lang: str = ""
    """The language of that, where it is another version's."""
    transcript_file: Asset | None = None

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Return the files that belong to it."""
        own = (self.picture, self.file, self.poster, *self.captions.values(), self.transcript_file)
        return tuple(asset for asset in own if asset)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an article was published or updated: a day, or a day with time and offset."""

    text: str
    """ISO 8601, as it is exported."""
    day: int
    second: int = 0
    """Seconds since 1970-01-01T00:00Z, for the order of articles; midnight UTC where only a day is given."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of one event, in one language."""

    event: str
    when: When | None = None
    """None where this article only refers to the event, or leaves the date to another version."""
    title: str = ""
    summary: str = ""
    """Clean HTML of one line, without a paragraph around it."""
    summary_text: str = ""
    """The same as plain text."""
    date_texts: Texts = field(default_factory=dict)
    """The author's own words in place of the date's wording, by language."""
    status: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """People, places, tags … as typed, by taxonomy."""
    sources: tuple[Citation | str, ...] | None = None
    """Citations, or ids of ``content/sources.yaml``; None where the article's own source serves."""
    media: tuple[Media, ...] = ()
    files: tuple[Attachment, ...] = ()
    assets: tuple[Asset, ...] = ()
    """All files that it shows, offers or links to."""
    importance: int | None = None
    order: int | None = None
    sort_date: When | None = None
    corrects: str = ""
    """The slug of the article whose telling this one corrects, or ``event:ID`` for an event's own file."""
    aliases: tuple[str, ...] = ()
    """Former ids of the event."""
    embargo: Stamp | None = None
    """When it may be told at the earliest."""
    links: tuple[str, ...] = ()
    """The keys of the links in its texts."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Free data: text, lists and mappings."""
    digest: bytes = b""
    """The hash of all this and of the language, but for places."""
    spots: Mapping[str, Spot] = field(default_factory=dict)
    """Where each key's value stands in the article's file; ``""`` is the event itself."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a body."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """An article's or a page's text as clean HTML.

    Links to what the site holds are markers in it, such as ``<a href="event:ID">``, and so are files of
    the site, ``src="site:ADDRESS"``; the page which shows it resolves both.
    """

    html: str
    text: str
    """The same as plain text, for search and for counting."""
    headings: tuple[Heading, ...] = ()
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it shows or links to."""
    anchors: tuple[str, ...] = ()
    """The ids in it, as the author knows them: without the prefix that the HTML gives them."""


OWN_FILE: Final = "event:"
"""What the slug of an event's own file begins with, before its id; no slug of an article has a colon."""


OWN_ROW: Final = "@"
"""What stands in the slug of a row of a table between the event's id and the table's name."""


def own_event(slug: str) -> str:
    """Return the id of the event whose own file, or row of a table, *slug* names; empty for an article."""
    return slug.removeprefix(OWN_FILE).partition(OWN_ROW)[0] if slug.startswith(OWN_FILE) else ""


def is_row(slug: str) -> bool:
    """Tell whether *slug* names a row of a table."""
    return OWN_ROW in slug


def shown_slug(slug: str) -> str:
    """Return what *slug* names, in words for an author."""
    event = own_event(slug)
    return say("the event {event!r}", event=event) if event else say("the article {slug!r}", slug=slug)


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One text in one language, read; its body is kept apart (:class:`Body`).

    An event's own file is one, too: it tells of that event only, and has no page but the event's.
    """

    path: PurePosixPath
    slug: str
    """Of an event's own file ``event:ID`` (:data:`OWN_FILE`), of a row of a table ``event:ID@TABLE``."""
    lang: str
    title: str
    published: Stamp | None = None
    updated: Stamp | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    """Clean HTML of one line, without a paragraph around it."""
    summary_text: str = ""
    source: Citation | None = None
    image: Media | None = None
    """The picture that it opens with."""
    files: tuple[Attachment, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it shows, offers or links to, but for those of its events and of its body."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[Telling, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    """Former slugs."""
    embargo: Stamp | None = None
    """When it may be published at the earliest."""
    translation_of: tuple[str, str] | None = None
    """The language it was translated from, and the hash of that version's texts, empty until it is marked."""
    links: tuple[TextLink, ...] = ()
    """Those of its summary, of its events and of its body."""
    summary_links: tuple[str, ...] = ()
    """The keys of those of its summary."""
    anchors: tuple[str, ...] = ()
    """The ids in its body."""
    body_hash: str = ""
    """The hash of its body, under which that is kept."""
    has_text: bool = True
    """Whether its body says anything."""
    has_page: bool = True
    """Whether the events that it tells of have pages; not so the rows of some tables."""
    extra: Mapping[str, object] = field(default_factory=dict)
    digest: bytes = b""
    """The hash of all this was read from: the front matter's bytes, the path, and what the body adds to it
    (``links``, ``anchors``, ``body_hash``, ``has_text`` left out); the settings are the same for all."""
    spots: Mapping[str, Spot] = field(default_factory=dict)

    @property
    def published_key(self) -> str:
        """Return the key of its front matter that says when it was published."""
        return "published" if own_event(self.slug) else "date"


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that belongs to no date: about, method, corrections policy."""

    path: PurePosixPath
    slug: str
    lang: str
    title: str
    summary_text: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    template: str = ""
    """The template of the theme that draws it; empty for that of its version in another language, or
    ``page.html``."""
    links: tuple[TextLink, ...] = ()
    anchors: tuple[str, ...] = ()
    body_hash: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entity(Noun):
    """A person, a place, an organization or anything else that articles name."""

    id: str
    """Unique among the entities of its kind."""
    kind: str
    names: Texts
    """By language; ``und`` where the letters of a name are those of none of the site's languages."""
    other_names: tuple[str, ...] = ()
    text: Texts = field(default_factory=dict)
    """Clean HTML of one line, by language."""
    links: tuple[TextLink, ...] = field(default=(), repr=False)
    """Those of its text."""
    wikidata: str = ""
    website: str = ""
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude in degrees (WGS 84)."""
    assets: tuple[Asset, ...] = field(default=(), repr=False)
    """The files that its text links to."""
    image: Mapping[str, Media] = field(default_factory=dict, repr=False)
    """A picture of it, by the language of its texts. Most pages that name it do not show this: those that do
    hold it themselves."""
    extra: Mapping[str, object] = field(default_factory=dict)
    spot: Spot = field(default=(1, 1), repr=False)
    """No part of what it is: where it stands in its file changes no page."""
    aliases: tuple[str, ...] = field(default=(), repr=False)
    """Former ids; its own pages do not show them."""
    alias_spots: tuple[Spot, ...] = field(default=(), repr=False)
    """The place of each of them in its file."""
    is_listed: bool = field(default=True, repr=False)
    """Whether the site lists it; else articles only name it."""

    @property
    def key(self) -> EntityKey:
        """Return what tells it from every other entity: two taxonomies may have one name."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Era:
    """A named span that is drawn behind the events."""

    id: str
    names: Texts
    when: When
    text: Texts = field(default_factory=dict)
    """Clean HTML of one line, by language."""
    links: tuple[TextLink, ...] = field(default=(), repr=False)
    """Those of its text."""
    assets: tuple[Asset, ...] = field(default=(), repr=False)
    """The files that its text links to."""
    targets: tuple[LinkTarget, ...] = ()
    """Where these lead, once that is known."""
    spot: Spot = field(default=(1, 1), repr=False)


class LinkTarget(NamedTuple):
    """Where the links with one key lead."""

    key: str
    kind: str
    """``event``, ``article``, ``page``, ``entity``; ``list`` for a page that each language has; ``file`` for
    a path at which there is no such thing, but may be a file."""
    name: str
    """The present id or slug; of a list the rest of its address after the language; of a file its address."""
    section: str = ""
    """Of an entity the taxonomy that lists it; of an event without a page ``#``."""
    langs: tuple[str, ...] = ()
    """The languages in which it has a page; none where it is held back."""
    tail: str = ""
    """A query and a fragment."""
    anchored: tuple[str, ...] = ()
    """The languages whose text has the fragment as an id of its own."""


class HeldName(NamedTuple):
    """The name of something that is held back as a whole."""

    kind: str
    """As that of a :class:`LinkTarget`."""
    name: str
    section: str
    """Of an entity the taxonomy that lists it."""
    anywhere: bool
    """Whether nothing else is called so, and the name is no plain word: then no file may hold it at all."""


# ---------------------------------------------------------------- what is written


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the built site."""

    path: str
    """Relative to the output folder, with slashes."""
    data: bytes | None
    """None where the file that stands there already is the right one."""
    hash: str
    """What :func:`content_hash` says of its bytes."""


def digest_of(*parts: bytes) -> bytes:
    """Return one hash of *parts*, in their order; each is a hash, or a text of fixed meaning."""
    return blake2b(b"\0".join(parts), digest_size=16).digest()


def content_hash(data: bytes) -> str:
    """Return the hash under which *data* is known throughout: BLAKE2b, 160 bits, in hexadecimal."""
    return blake2b(data, digest_size=20).hexdigest()
