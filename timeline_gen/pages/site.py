"""What all pages of one build share: the settings, and for each language the layout around its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.collecting.chronicle import Plain, Timeline
from timeline_gen.collecting.facts import spot_of_item
from timeline_gen.errors import Place, Problem
from timeline_gen.keys import Noun
from timeline_gen.model import Language, Media, Settings, Taxonomy, Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.layout import Layout, MenuItem, Section, Words
from timeline_gen.schema import nearest
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
        return next(one for one in self.sections[lang] if one.name == key)


@dataclass(frozen=True, slots=True)
class HeadSettings(Noun):
    """What the settings say of the heads of all pages."""

    policy: str
    noindex: bool
    icon: str
    """The address of the site's own icon, or empty for that of the theme."""
    social_images: bool
    """Whether pictures are drawn for links to pages."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, and what follows from them for pages; a page holds the parts of it that it shows."""

    settings: Settings
    context: SiteContext
    layouts: Mapping[str, Layout]
    head: HeadSettings
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


def best(texts: Iterable[str], lang: str, languages: Iterable[str]) -> str:
    """Return *lang* if *texts* has it, else the first of the *languages* that it has, else any."""
    available = tuple(texts)
    if lang in available:
        return lang
    return next((code for code in languages if code in available), available[0])


def make_site(
    settings: Settings,
    chronicle: Timeline,
    *,
    logo: str = "",
    icon: str = "",
    cover: Mapping[str, Media] | None = None,
) -> tuple[Site, tuple[Problem, ...]]:
    """Return what the pages of *chronicle* share, and its *cover*.

    A *logo* and an *icon* are addresses inside the site.
    """
    languages = {language.code: language for language in settings.languages}
    plains = {plain.slug: plain for plain in chronicle.plains}
    layouts = {code: _layout(language, settings, plains, logo) for code, language in languages.items()}
    context = SiteContext(
        url=settings.url,
        languages=languages,
        hides=settings.translations == "hide",
        seasons=settings.seasons,
        taxonomies=settings.taxonomies,
        sections={code: layout.taxonomies for code, layout in layouts.items()},
        accents=tuple(settings.accents),
        newest_first=settings.timeline_order == "newest",
    )
    head = HeadSettings(settings.policy, settings.noindex, icon, "card" in settings.fonts)
    return Site(settings, context, layouts, head, cover or {}), tuple(_unknown(settings, plains))


def _layout(language: Language, settings: Settings, plains: Mapping[str, Plain], logo: str) -> Layout:
    lang = language.code
    return Layout(
        lang=lang,
        direction=language.direction,
        site_title=_words(settings.title, lang, settings),
        site_description=_words(settings.description, lang, settings) if settings.description else None,
        home=addresses.timeline(lang),
        menu=tuple(_items(_menu(settings), lang, settings, plains)),
        footer=tuple(_items(_footer(settings, plains), lang, settings, plains)),
        feed=f"{lang}/feed.xml",
        events_feed=f"{lang}/events.xml",
        data=f"{lang}/events.json",
        table=f"{lang}/events.csv",
        calendar=f"{lang}/calendar.ics",
        finder=f"{lang}/find.js",
        texts=addresses.texts(lang) if settings.search == "pagefind" else "",
        taxonomies=tuple(_section(taxonomy, lang, settings) for taxonomy in settings.taxonomies),
        licence=settings.licence,
        publisher=_words(settings.publisher, lang, settings) if settings.publisher else None,
        digits=language.digits,
        logo=logo,
        extra=settings.extra,
    )


def _menu(settings: Settings) -> tuple[str, ...]:
    if settings.menu is not None:
        return settings.menu
    return ("timeline", "articles", *(taxonomy.key for taxonomy in settings.taxonomies))


def _footer(settings: Settings, plains: Mapping[str, Plain]) -> tuple[str, ...]:
    if settings.footer:
        return settings.footer
    return tuple(slug for slug in sorted(plains) if slug not in _menu(settings))


def _items(
    names: Iterable[str], lang: str, settings: Settings, plains: Mapping[str, Plain]
) -> Iterable[MenuItem]:
    sections = {taxonomy.key: _section(taxonomy, lang, settings) for taxonomy in settings.taxonomies}
    for name in names:
        if name == "timeline":
            yield MenuItem(addresses.timeline(lang), name, None)
        elif name in {"articles", "corrections"}:
            yield MenuItem(addresses.taxonomy(lang, name), name, None)
        elif name in sections:
            yield MenuItem(addresses.taxonomy(lang, name), name, sections[name].words)
        elif name in plains:
            titles = {code: page.title for code, page in plains[name].versions.items()}
            found = best(titles, lang, _codes(settings))
            yield MenuItem(addresses.plain(found, name), name, _words(titles, lang, settings))


def _section(taxonomy: Taxonomy, lang: str, settings: Settings) -> Section:
    names = taxonomy.names
    return Section(taxonomy.key, _words(names, lang, settings) if names else None)


def _codes(settings: Settings) -> tuple[str, ...]:
    return tuple(language.code for language in settings.languages)


def _words(texts: Texts, lang: str, settings: Settings) -> Words:
    found = best(texts, lang, _codes(settings))
    language = next((one for one in settings.languages if one.code == found), None)
    direction = language.direction if language else "ltr"
    return Words(texts[found], found or lang, direction)


def _unknown(settings: Settings, plains: Mapping[str, Plain]) -> Iterable[Problem]:
    known = {"timeline", "articles", "corrections", *(one.key for one in settings.taxonomies), *plains}
    for key, names in (("menu", settings.menu or ()), ("footer", settings.footer)):
        for number, name in enumerate(names):
            if name not in known:
                near = nearest(name, sorted(known))
                yield Problem(
                    "TG602",
                    f"the {key} names {name!r}, but the site has no such page",
                    Place(PurePosixPath("site.yaml"), *spot_of_item(settings.spots, key, number)),
                    f"did you mean '{near}'?" if near else f"write one of {', '.join(sorted(known))}",
                    about=name,
                )
