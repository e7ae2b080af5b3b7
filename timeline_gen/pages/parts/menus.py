"""Menu and footer of a language: what their entries lead to and are called there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from timeline_gen.collecting.chronicle import Plain
from timeline_gen.errors import Place, Problem
from timeline_gen.model import MenuEntry, Settings, Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.rendering.layout import MenuItem, Section, Words
from timeline_gen.schema import nearest

Plains: TypeAlias = Mapping[str, Plain]
"""The plain pages by slug."""

_LISTS: Final = ("timeline", "articles", "corrections")


@dataclass(frozen=True, slots=True)
class MenuContext:
    """What the entries of a menu are worded and addressed with, in one language."""

    lang: str
    settings: Settings
    plains: Plains
    sections: Mapping[str, Section]
    """The taxonomies by key."""
    words: Callable[[Texts], Words]
    """Picks the text of the language, else of another."""


def menu_entries(settings: Settings) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu: those of *settings*, else all lists that there are."""
    if settings.menu is not None:
        return settings.menu
    names = ("timeline", "articles", *(taxonomy.key for taxonomy in settings.taxonomies))
    return tuple(map(MenuEntry, names))


def footer_entries(settings: Settings, plains: Plains) -> tuple[MenuEntry, ...]:
    """Return the entries of the footer: those of *settings*, else the *plains* that the menu lacks."""
    if settings.footer:
        return settings.footer
    in_menu = {entry.name for entry in _flat(menu_entries(settings))}
    return tuple(MenuEntry(slug) for slug in sorted(plains) if slug not in in_menu)


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
    if name == "timeline":
        return addresses.timeline(lang, home), None
    if name == "articles":
        return addresses.articles(lang, home), None
    if name == "corrections":
        return addresses.corrections(lang), None
    if name in context.sections:
        return addresses.taxonomy(lang, name), context.sections[name].words
    if name not in context.plains:
        return None
    titles = {code: page.title for code, page in context.plains[name].versions.items()}
    words = context.words(titles)
    return addresses.plain(words.lang, name, home), words


def unknown_entries(settings: Settings, plains: Plains, place: Place) -> Iterator[Problem]:
    """Yield a problem for each entry of menu and footer that names no page; *place* is their file."""
    known = {*_LISTS, *(one.key for one in settings.taxonomies), *plains}
    for key, entries in (("menu", settings.menu or ()), ("footer", settings.footer)):
        for entry in _flat(entries):
            if entry.name and entry.name not in known:
                yield _unknown(
                    f"the {key} names {entry.name!r}", entry.name, known, Place(place.path, *entry.spot)
                )


def _unknown(said: str, name: str, known: Iterable[str], place: Place) -> Problem:
    near = nearest(name, sorted(known))
    hint = f"did you mean '{near}'?" if near else f"write one of {', '.join(sorted(known))}"
    return Problem("TG602", f"{said}, but the site has no such page", place, hint, about=name)


def unknown_home(settings: Settings, plains: Plains, place: Place) -> Iterator[Problem]:
    """Yield a problem where the home of the site is at *place* said to be what the site does not have."""
    home = settings.home
    if home in {addresses.TIMELINE, addresses.ARTICLES}:
        return
    kind, _, slug = home.partition(":")
    if kind == "page" and slug in plains:
        return
    known = {addresses.TIMELINE, addresses.ARTICLES, *(f"page:{one}" for one in plains)}
    near = nearest(home, sorted(known)) or (f"page:{home}" if home in plains else "")
    hint = f"did you mean '{near}'?" if near else "write timeline, articles, or page: and the slug of a page"
    message = f"the home of the site cannot be {home!r}, because there is no such page"
    yield Problem("TG602", message, place, hint, about=slug)


def _flat(entries: Iterable[MenuEntry]) -> Iterator[MenuEntry]:
    for entry in entries:
        yield entry
        yield from _flat(entry.entries)
