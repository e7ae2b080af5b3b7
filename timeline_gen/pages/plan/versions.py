"""The same thing in several languages: which of its pages are true versions, and where readers are led."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.pages.page import Versions
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.site import Site

EventT = TypeVar("EventT", bound=EventSummary)


def versions_of(
    site: Site,
    address: Callable[[str], str],
    langs: tuple[str, ...],
    has: tuple[str, ...] | None = None,
    *,
    default: str | None = None,
    instead: Callable[[str], str] | None = None,
) -> Iterator[tuple[str, Versions]]:
    """Yield each of the *langs* in which something has a page, with what that page knows of the others.

    *address* gives its address in a language. It truly has the languages *has*; its other pages show another
    language's text. In languages without a page of it readers are led to what is there *instead*, else to the
    timeline, and readers of languages that the site lacks to *default*, else to the first of the languages
    that it has.
    """
    instead = instead or partial(addresses.timeline, at_home=site.context.home)
    has = langs if has is None else has
    everywhere = [(lang, address(lang) if lang in langs else instead(lang)) for lang in site.languages]
    alternates = tuple([switch for switch in everywhere if switch[0] in has])
    default = default if default is not None else (alternates or [("", "")])[0][1]
    for lang in langs:
        elsewhere = tuple([switch for switch in everywhere if switch[0] != lang])
        yield lang, Versions(alternates, elsewhere, default, fallback=lang not in has)


def visible(events: Iterable[EventT], lang: str, site: Site) -> tuple[EventT, ...]:
    """Return those of *events* that the site shows in *lang*."""
    return tuple(event for event in events if lang in event.titles) if site.hides else tuple(events)


def distinct(site: Site) -> tuple[str, ...]:
    """Return the languages whose timelines may differ: one serves for all where nothing is hidden."""
    codes = tuple(site.languages)
    return codes if site.hides else codes[:1]


def like(lang: str, site: Site) -> str:
    """Return that of the :func:`distinct` languages whose timelines are those of *lang*."""
    return lang if site.hides else next(iter(site.languages))


def languages_with(events: Iterable[EventSummary], site: Site) -> tuple[str, ...]:
    """Return the languages in which the site shows any of *events*."""
    if not site.hides:
        return tuple(site.languages)
    found = {lang for event in events for lang in event.titles}
    return tuple(lang for lang in site.languages if lang in found)
