"""The settings of a site, checked and complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from timeline_gen.model.assets import Media
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.texts import Position, Texts


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
    """A second calendar shown next to the Gregorian one: ``hijri`` or empty."""
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
    position: Position = (1, 1)


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
    position: Position = (1, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of ``site.yaml``, checked and complete."""

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
    """What has a page for frames of other sites: ``timeline``, ``entities``, ``events``."""
    data_from: int = 5
    """How many events an entity's timeline has at least that is written as feed, calendar and data."""
    markdown: str = "markdown"
    """The Markdown engine: ``markdown`` (Python-Markdown), or ``commonmark`` (pyromark)."""
    file_kinds: tuple[str, ...] = ()
    """Endings of files, without a dot, that texts may offer besides those that the program knows."""
    typography: bool = True
    """Whether quotation marks, ellipses and dashes in Markdown are set as the language sets them."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """The reasons of accepted contradictions, by event id."""
    silence: tuple[Silence, ...] = ()
    fonts: Mapping[str, object] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    accents: Mapping[str, str] = field(default_factory=dict)
    """Colours by the id of a taxonomy's entry."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Where former paths lead: ``article:SLUG``, ``event:ID``, ``page:SLUG``, ``entity:ID``, an address, or
    ``gone``. The paths are addresses inside the site, without a slash ahead."""
    redirect_positions: Mapping[str, tuple[Position, Position]] = field(default_factory=dict)
    """The place of each path and of its target in ``site.yaml``."""
    publish: Mapping[str, PublishTarget] = field(default_factory=dict)
    """Where the site is published to, by name."""
    policy_hosts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other hosts that pages may load from, by what they load."""
    policy: str = ""
    """The content security policy of every page; empty for none."""
    links: str = "folders"
    """Where links inside the site lead: ``folders``, or ``files`` for a site opened from a disk."""
    noindex: bool = False
    """Whether search engines are asked not to index the site."""
    extra: Mapping[str, object] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    """The position of each key's value in ``site.yaml``."""

    def direction_of(self, lang: str) -> str:
        """Return the direction of the site's language *lang*; empty where the site does not have it."""
        return next((language.direction for language in self.languages if language.code == lang), "")
