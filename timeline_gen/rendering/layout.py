"""What surrounds all pages: texts with their language, links, the layout of the site, the head of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from html import escape
from typing import Any, ClassVar, Protocol

from timeline_gen.keys import Noun
from timeline_gen.text.bidi import direction_of, runs_against


@dataclass(frozen=True, slots=True)
class Words:
    """A plain text and the language it is in; :attr:`html` is the same for the inside of an element."""

    text: str
    lang: str
    direction: str

    @property
    def html(self) -> str:
        """Return the text as HTML, with its runs of the other direction isolated: ``{{ title.html|safe }}``.

        Without it, quotation marks and numbers next to a Latin name in an Arabic title change places (UAX #9,
        section 3.3).
        """
        done = 0
        parts: list[str] = []
        direction = direction_of(self.text) if self.direction == "auto" else self.direction
        for start, end in runs_against(self.text, direction or "ltr"):
            parts += (escape(self.text[done:start], quote=False), "<bdi>")
            parts += (escape(self.text[start:end], quote=False), "</bdi>")
            done = end
        return "".join((*parts, escape(self.text[done:], quote=False)))


@dataclass(frozen=True, slots=True)
class Rich:
    """A text as clean HTML and the language it is in; :attr:`text` is the same without markup.

    Links inside the site begin with ``site:``, which becomes the way to the site's root when a page is
    written: show the HTML as it is, ``{{ summary.html|safe }}``.
    """

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
    """How many events or articles it leads to, where the list shows that."""


@dataclass(frozen=True, slots=True)
class DataLinks:
    """Where the events of a timeline are for machines; addresses inside the site."""

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
    """The address of a page of the site; empty where it leads elsewhere, or nowhere itself."""
    name: str
    """``timeline``, ``articles``, ``corrections``, a taxonomy's key or a plain page's slug; else empty."""
    words: Words | None
    """Its own text, a plain page's title, or the site's own name of a taxonomy; None where the theme's
    catalogue words the name."""
    url: str = ""
    """An address of the web that it leads to; else empty."""
    entries: tuple[MenuItem, ...] = ()
    """Those below it, which have none below them."""


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
    """The way to another language: the same thing there, else an event that it tells, else the timeline."""

    lang: str
    direction: str
    name: str
    """The language's name in itself."""
    href: str
    same: bool
    """Whether it leads to the same thing."""
    to: str = "same"
    """Where it leads: ``same``, ``event``, or ``timeline``."""


@dataclass(frozen=True, slots=True)
class Layout(Noun):
    """What surrounds every page of one language."""

    lang: str
    direction: str
    site_title: Words
    site_description: Words | None
    home: str
    """The address of the language's home: the timeline, unless the site has another."""
    timeline: str
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
    search_index: str
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
    extra: Mapping[str, object] = field(default_factory=dict)
    """What ``site.yaml`` says under ``extra``."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way from the home of a language down to a page."""

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
    """What one page gives browsers and machines."""

    title: str
    """Plain text, with isolates where directions mix."""
    description: str
    root: str
    """What leads from this page to the site's root: ``../../``, ``./`` or, on the 404 page, the path of the
    site's address."""
    address: str
    """This page's own address inside the site."""
    canonical: str
    """Absolute; of a page with fallback text only, that of the language it has."""
    alternates: tuple[Alternate, ...]
    switch: tuple[SwitchLink, ...]
    noindex: bool
    policy: str = ""
    """The content security policy that the page carries; empty for none."""
    breadcrumbs: tuple[Crumb, ...] = ()
    """The way from the home of its language down to this page, which comes last."""
    json_ld: tuple[Mapping[str, object], ...] = ()
    """What the page is about, in the nouns of schema.org; ``linked_data(head)`` writes it as JSON-LD."""
    card: SocialCard | None = None
    """How other sites show a link to this page; None where none should."""
    icon: str = ""
    """The address of the site's own icon (``favicon.ico``), or empty for that of the theme."""


class View(Protocol):
    """What a template sees: a dataclass whose fields are the template's variables."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def head(self) -> Head:
        """Return the head of the page."""
