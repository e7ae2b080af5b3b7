"""Menu and footer of a language: what their entries lead to and are called there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from timeline_gen.collecting.timeline import Event, TranslatedPage
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.entities import EntityKey
from timeline_gen.model.settings import MenuEntry, Settings
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.layout import MenuItem, Section, Words
from timeline_gen.text.suggestions import nearest

PlainPages: TypeAlias = Mapping[str, TranslatedPage]
"""The plain pages by slug."""

_FEWEST: Final = 2
"""How many places a map has at least."""
LISTS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "timeline": addresses.timeline,
    "articles": addresses.articles,
    "map": lambda lang, _home: addresses.map_page(lang),
    "corrections": lambda lang, _home: addresses.corrections(lang),
}
"""The pages that every menu may name: the address of each in a language, given what the home of the site is.

A theme has a word for each. There may be no map.
"""


@dataclass(frozen=True, slots=True)
class MenuContext:
    """What the entries of a menu are worded and addressed with, in one language."""

    lang: str
    settings: Settings
    plain_pages: PlainPages
    sections: Mapping[str, Section]
    """The taxonomies by key."""
    words: Callable[[Texts], Words]
    """Picks the text of the language, else of another."""
    mapped: bool
    """Whether there is a map in the language."""


def menu_entries(settings: Settings) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu: those of *settings*, else all lists that there are."""
    if settings.menu is not None:
        return settings.menu
    names = ("timeline", "articles", *(taxonomy.key for taxonomy in settings.taxonomies))
    return tuple(map(MenuEntry, names))


def footer_entries(settings: Settings, plain_pages: PlainPages) -> tuple[MenuEntry, ...]:
    """Return the entries of the footer: those of *settings*, else the *plain_pages* that the menu lacks."""
    if settings.footer:
        return settings.footer
    in_menu = {entry.name for entry in _flat(menu_entries(settings))}
    return tuple(MenuEntry(slug) for slug in sorted(plain_pages) if slug not in in_menu)


def menu_items(entries: Iterable[MenuEntry], context: MenuContext) -> Iterator[MenuItem]:
    """Yield *entries* as pages show them; a name that the site does not have is left out."""
    for entry in entries:
        inside = tuple(menu_items(entry.entries, context))
        words = context.words(entry.texts) if entry.texts else None
        if entry.name:
            found = _page(entry.name, context)
            if found:
                href, own = found
                yield MenuItem(href, entry.name, words or own, entries=inside)
        elif words:
            yield MenuItem("", "", words, url=entry.link, entries=inside)


def _page(name: str, context: MenuContext) -> tuple[str, Words | None] | None:
    """Return the address of the page *name*, and what it is called by itself; None where there is none."""
    lang, home = context.lang, context.settings.home
    if name in LISTS and (context.mapped or name != "map"):
        return LISTS[name](lang, home), None
    if name in context.sections:
        return addresses.taxonomy(lang, name), context.sections[name].words
    if name not in context.plain_pages:
        return None
    titles = {code: page.title for code, page in context.plain_pages[name].versions.items()}
    words = context.words(titles)
    return addresses.plain_page(words.lang, name, home), words


def mapped_languages(events: Iterable[Event], settings: Settings, plain_pages: PlainPages) -> frozenset[str]:
    """Return the languages in which *events* name so many places with coordinates that there is a map.

    A site that has the address for a page of its own, among *plain_pages* or taxonomies, has none.
    """
    if "map" in plain_pages or any(taxonomy.key == "map" for taxonomy in settings.taxonomies):
        return frozenset()
    places: dict[str, set[EntityKey]] = {}
    codes = [language.code for language in settings.languages]
    for event in events:
        located = {entity.key for named in event.named for entity in named.entities if entity.coordinates}
        if located:
            for lang in event.titles if settings.translations == "hide" else codes:
                places.setdefault(lang, set()).update(located)
    return frozenset(lang for lang, found in places.items() if len(found) >= _FEWEST)


def unknown_entries(
    settings: Settings, plain_pages: PlainPages, place: Place, mapped: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for each entry of menu and footer that names no page; *place* is their file.

    There are maps in the languages *mapped*.
    """
    lists = LISTS if mapped else LISTS.keys() - {"map"}
    known = {*lists, *(taxonomy.key for taxonomy in settings.taxonomies), *plain_pages}
    for key, entries in (("menu", settings.menu or ()), ("footer", settings.footer)):
        for entry in _flat(entries):
            spot = Place(place.path, *entry.position)
            if entry.name == "map" and entry.name not in known:
                if not mapped:
                    yield _without_map(key, spot)
            elif entry.name and entry.name not in known:
                yield _unknown(
                    say("the {key} names {name!r}", key=key, name=entry.name), entry.name, known, spot
                )


def _without_map(key: str, place: Place) -> Problem:
    message = say("the {key} names the map, but there is none: it needs two places with coordinates", key=key)
    hint = say("give places 'coordinates:' in content/entities.yaml, and name them in events")
    return Problem("TG602", message, place, hint, Level.WARNING, about="map")


def _unknown(problem: str, name: str, known: Iterable[str], place: Place) -> Problem:
    near = nearest(name, sorted(known))
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("write one of {known}", known=", ".join(sorted(known)))
    )
    return Problem(
        "TG602", say("{said}, but the site has no such page", said=problem), place, hint, about=name
    )


def unknown_home(settings: Settings, plain_pages: PlainPages, place: Place) -> Iterator[Problem]:
    """Yield a problem where the home of the site, set at *place*, is a page that the site does not have."""
    home = settings.home
    if home in {addresses.TIMELINE, addresses.ARTICLES}:
        return
    kind, _, slug = home.partition(":")
    if kind == "page" and slug in plain_pages:
        return
    known = {addresses.TIMELINE, addresses.ARTICLES, *(f"page:{plain_page}" for plain_page in plain_pages)}
    near = nearest(home, sorted(known)) or (f"page:{home}" if home in plain_pages else "")
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("write timeline, articles, or page: and the slug of a page")
    )
    message = say("the home of the site cannot be {home!r}, because there is no such page", home=home)
    yield Problem("TG602", message, place, hint, about=slug)


def _flat(entries: Iterable[MenuEntry]) -> Iterator[MenuEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.entries)
