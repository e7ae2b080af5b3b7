"""What all pages of one build share: the settings, and for each language the frame around its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePosixPath

from timeline_gen.collecting.chronicle import Chronicle, Plain
from timeline_gen.errors import Place, Problem
from timeline_gen.model import Language, Settings, Taxonomy, Texts
from timeline_gen.planning import addresses
from timeline_gen.planning.surroundings import Frame, MenuItem, Section, Words
from timeline_gen.text.bidi import direction_of


@dataclass(frozen=True, slots=True)
class Site:
    """The settings and what follows from them for every page."""

    settings: Settings
    languages: Mapping[str, Language]
    frames: Mapping[str, Frame]
    digest: bytes

    @property
    def hides(self) -> bool:
        """Return whether a language leaves out what it lacks, in place of showing another language."""
        return self.settings.translations == "hide"

    def words(self, texts: Texts, lang: str) -> Words:
        """Return the one of *texts* in *lang*, else in the site's first language that has it.

        One that is in none of the site's languages runs as its letters do.
        """
        found = best(texts, lang, self.settings)
        text, language = texts[found], self.languages.get(found)
        if language:
            return Words(text, language.code, language.direction)
        return Words(text, found or lang, direction_of(text) or self.languages[lang].direction)

    def section(self, key: str, lang: str) -> Section:
        """Return the taxonomy *key* as pages in *lang* call it."""
        return next(one for one in self.frames[lang].taxonomies if one.name == key)


def best(texts: Iterable[str], lang: str, settings: Settings) -> str:
    """Return *lang* if *texts* has it, else the site's first language that it has, else any."""
    available = tuple(texts)
    if lang in available:
        return lang
    return next((one.code for one in settings.languages if one.code in available), available[0])


def make_site(
    settings: Settings, chronicle: Chronicle, *, logo: str = ""
) -> tuple[Site, tuple[Problem, ...]]:
    """Return what the pages of *chronicle* share; a *logo* is an address inside the site."""
    languages = {language.code: language for language in settings.languages}
    plains = {plain.slug: plain for plain in chronicle.plains}
    frames = {code: _frame(language, settings, plains, logo) for code, language in languages.items()}
    # Where a setting stands in its file changes no page, nor does where the site is published to.
    said = repr((replace(settings, spots={}, publish={}), frames))
    digest = blake2b(said.encode(), digest_size=16).digest()
    return Site(settings, languages, frames, digest), tuple(_unknown(settings, plains))


def _frame(language: Language, settings: Settings, plains: Mapping[str, Plain], logo: str) -> Frame:
    lang = language.code
    return Frame(
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
            found = best(titles, lang, settings)
            yield MenuItem(addresses.plain(found, name), name, _words(titles, lang, settings))


def _section(taxonomy: Taxonomy, lang: str, settings: Settings) -> Section:
    names = taxonomy.names
    return Section(taxonomy.key, _words(names, lang, settings) if names else None)


def _words(texts: Texts, lang: str, settings: Settings) -> Words:
    found = best(texts, lang, settings)
    language = next((one for one in settings.languages if one.code == found), None)
    direction = language.direction if language else "ltr"
    return Words(texts[found], found or lang, direction)


def _unknown(settings: Settings, plains: Mapping[str, Plain]) -> Iterable[Problem]:
    known = {"timeline", "articles", "corrections", *(one.key for one in settings.taxonomies), *plains}
    for key, names in (("menu", settings.menu or ()), ("footer", settings.footer)):
        for name in names:
            if name not in known:
                yield Problem(
                    "TG602",
                    f"the {key} names {name!r}, but the site has no such page",
                    Place(PurePosixPath("site.yaml"), *settings.spots.get(key, (1, 1))),
                    f"write one of {', '.join(sorted(known))}",
                    about=name,
                )
