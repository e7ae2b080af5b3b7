"""What all pages of one build share: the settings, and for each language the layout around its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, TypedDict

from timeline_gen.collecting.timeline import Timeline, TranslatedPage
from timeline_gen.errors import Place, Problem
from timeline_gen.keys import Noun
from timeline_gen.model.assets import Media
from timeline_gen.model.settings import Language, Settings, Taxonomy
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.menus import (
    MenuContext,
    footer_entries,
    mapped_languages,
    menu_entries,
    menu_items,
    unknown_entries,
    unknown_home,
)
from timeline_gen.rendering.layout import Layout, Section, Words
from timeline_gen.text.bidi import block_direction, direction_of

SETTINGS: Final = Place(PurePosixPath("site.yaml"))
"""Where the program's own pages come from."""


@dataclass(frozen=True, slots=True)
class SiteContext(Noun):
    """What texts, dates and links of all pages are made with."""

    url: str
    languages: Mapping[str, Language]
    """By code; the first is the site's own."""
    hides: bool
    """Whether a language leaves out what it lacks, in place of showing another language."""
    seasons: str
    taxonomies: tuple[Taxonomy, ...]
    sections: Mapping[str, tuple[Section, ...]]
    """The taxonomies as the pages of each language call them."""
    accents: tuple[str, ...]
    """The ids of the entities that have accents, in their order."""
    year_pages: frozenset[str] = frozenset()
    """Where events have no pages: the languages in which each year has a page, on which they are."""
    newest_first: bool = False
    """Whether the lists of timelines run from the latest event to the earliest."""
    home: str = addresses.TIMELINE
    """What is at the home of each language: ``timeline``, ``articles`` or ``page:SLUG``."""

    def words(self, texts: Texts, lang: str) -> Words:
        """Return the one of *texts* in *lang*, else in the site's first language that has it.

        One that is in none of the site's languages, or wholly in the other script, runs as its letters do.
        """
        found = best(texts, lang, self.languages)
        text, language = texts[found], self.languages.get(found)
        if language:
            return Words(text, language.code, block_direction(text, language.direction))
        return Words(text, found or lang, direction_of(text) or self.languages[lang].direction)

    def section(self, key: str, lang: str) -> Section:
        """Return the taxonomy *key* as pages in *lang* call it."""
        return next(section for section in self.sections[lang] if section.name == key)


@dataclass(frozen=True, slots=True)
class HeadSettings(Noun):
    """The settings for the heads of all pages."""

    policy: str
    noindex: bool
    icon: str
    """The address of the site's own icon, or empty for that of the theme."""
    social_images: bool
    """Whether pictures are drawn for links to pages."""


class SharedFields(TypedDict):
    """The fields that all pages of a language share, by name."""

    lang: str
    site: SiteContext
    layout: Layout
    head: HeadSettings


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, and what follows from them for pages; a page holds the parts of it that it shows."""

    settings: Settings
    context: SiteContext
    layouts: Mapping[str, Layout]
    head: HeadSettings
    mapped: frozenset[str] = frozenset()
    """The languages in which there is a map."""
    cover: Mapping[str, Media] = field(default_factory=dict)
    """The picture that the timeline opens with, by the language of its texts."""

    @property
    def languages(self) -> Mapping[str, Language]:
        """Return the languages by code."""
        return self.context.languages

    @property
    def hides(self) -> bool:
        """Return whether a language leaves out what it lacks, in place of showing another language."""
        return self.context.hides

    def shared(self, lang: str) -> SharedFields:
        """Return the fields that all pages in *lang* share."""
        return SharedFields(lang=lang, site=self.context, layout=self.layouts[lang], head=self.head)


def best(texts: Iterable[str], lang: str, languages: Iterable[str]) -> str:
    """Return *lang* if *texts* has it, else the first of the *languages* that it has, else any."""
    available = tuple(texts)
    if lang in available:
        return lang
    return next((code for code in languages if code in available), available[0])


def make_site(
    settings: Settings,
    timeline: Timeline,
    *,
    logo: str = "",
    icon: str = "",
    cover: Mapping[str, Media] | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """Return what the pages of *timeline* share, and its *cover*.

    A *logo* and an *icon* are addresses inside the site.
    """
    languages = {language.code: language for language in settings.languages}
    plain_pages = {plain.slug: plain for plain in timeline.plain_pages}
    mapped = mapped_languages(timeline.events, settings, plain_pages)
    layouts = {
        code: _layout(language, settings, plain_pages, logo, mapped=code in mapped)
        for code, language in languages.items()
    }
    context = SiteContext(
        url=settings.url,
        languages=languages,
        hides=settings.translations == "hide",
        seasons=settings.seasons,
        taxonomies=settings.taxonomies,
        sections={code: layout.taxonomies for code, layout in layouts.items()},
        accents=tuple(settings.accents),
        newest_first=settings.timeline_order == "newest",
        home=settings.home,
    )
    head = HeadSettings(settings.policy, settings.noindex, icon, "card" in settings.fonts)
    home = Place(SETTINGS.path, *settings.positions.get("home", (1, 1)))
    wrong = (
        *unknown_home(settings, plain_pages, home),
        *unknown_entries(settings, plain_pages, SETTINGS, mapped),
    )
    return Site(settings, context, layouts, head, mapped, cover or {}), wrong


def _layout(
    language: Language,
    settings: Settings,
    plain_pages: Mapping[str, TranslatedPage],
    logo: str,
    *,
    mapped: bool,
) -> Layout:
    lang = language.code
    taxonomies = tuple(_section(taxonomy, lang, settings) for taxonomy in settings.taxonomies)
    sections = {section.name: section for section in taxonomies}
    menus = MenuContext(
        lang, settings, plain_pages, sections, lambda texts: _words(texts, lang, settings), mapped=mapped
    )
    return Layout(
        lang=lang,
        direction=language.direction,
        site_title=_words(settings.title, lang, settings),
        site_description=_words(settings.description, lang, settings) if settings.description else None,
        home=addresses.home(lang),
        timeline=addresses.timeline(lang, settings.home),
        menu=tuple(menu_items(menu_entries(settings), menus)),
        footer=tuple(menu_items(footer_entries(settings, plain_pages), menus)),
        feed=f"{lang}/feed.xml",
        events_feed=f"{lang}/events.xml",
        data=f"{lang}/events.json",
        table=f"{lang}/events.csv",
        calendar=f"{lang}/calendar.ics",
        search_index=f"{lang}/find.js",
        texts=addresses.texts(lang) if settings.search == "pagefind" else "",
        taxonomies=taxonomies,
        licence=settings.licence,
        publisher=_words(settings.publisher, lang, settings) if settings.publisher else None,
        digits=language.digits,
        logo=logo,
        extra=settings.extra,
    )


def _section(taxonomy: Taxonomy, lang: str, settings: Settings) -> Section:
    names = taxonomy.names
    return Section(taxonomy.key, _words(names, lang, settings) if names else None)


def _codes(settings: Settings) -> tuple[str, ...]:
    return tuple(language.code for language in settings.languages)


def _words(texts: Texts, lang: str, settings: Settings) -> Words:
    found = best(texts, lang, _codes(settings))
    language = next((language for language in settings.languages if language.code == found), None)
    direction = language.direction if language else "ltr"
    return Words(texts[found], found or lang, direction)
