"""One thing in each language: its pages, which of them are true versions, and where readers are led."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

from timeline_gen.collecting.chronicle import Face
from timeline_gen.model import Stamp, digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.pages import Page, PageKind, Shows
from timeline_gen.planning.site import Site

FaceT = TypeVar("FaceT", bound=Face)

Shown: TypeAlias = tuple[Shows, Iterable[bytes], str]
"""What a page shows, the digests of that, and the hash of its body, if it has one."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that has a page in several languages."""

    kind: PageKind
    address: Callable[[str], str]
    """Its address in a language."""
    langs: tuple[str, ...]
    """The languages in which it has a page, in the order of the site's."""
    has: tuple[str, ...]
    """Those of them that truly have it; the others show another language's text."""
    default: str | None = None
    """Where readers of any other language go; None for the first language that has it."""
    changed: str = ""


def pages_of(thing: Thing, site: Site, shown: Callable[[str], Shown]) -> Iterator[Page]:
    """Yield a page of *thing* for each of its languages; *shown* tells what it shows in one."""
    kind, has, address = thing.kind, thing.has, thing.address
    everywhere = [
        (lang, address(lang) if lang in thing.langs else addresses.timeline(lang)) for lang in site.languages
    ]
    alternates = tuple([one for one in everywhere if one[0] in has])
    default = thing.default if thing.default is not None else (alternates or [("", "")])[0][1]
    shared = f"{kind.value}\0{has}\0{default}\0{everywhere}"
    for one in everywhere:
        lang = one[0]
        if lang in thing.langs:
            shows, digests, body = shown(lang)
            yield Page(
                kind=kind,
                lang=lang,
                address=one[1],
                shows=shows,
                alternates=alternates,
                elsewhere=tuple([other for other in everywhere if other is not one]),
                fallback=lang not in has,
                key=digest_of(f"{shared}\0{lang}\0{body}".encode(), site.digest, *digests),
                body=body,
                changed=thing.changed,
                default=default,
            )


def visible(events: Iterable[FaceT], lang: str, site: Site) -> tuple[FaceT, ...]:
    """Return those of *events* that the site shows in *lang*."""
    return tuple(event for event in events if lang in event.titles) if site.hides else tuple(events)


def distinct(site: Site) -> tuple[str, ...]:
    """Return the languages whose timelines may differ: one stands for all where nothing is hidden."""
    codes = tuple(site.languages)
    return codes if site.hides else codes[:1]


def like(lang: str, site: Site) -> str:
    """Return that of the :func:`distinct` languages whose timelines are those of *lang*."""
    return lang if site.hides else next(iter(site.languages))


def alike(shown: Callable[[str], Shown], site: Site) -> Callable[[str], Shown]:
    """Return *shown*, asked but once for languages whose pages show the same."""
    known = cache(shown)
    return lambda lang: known(like(lang, site))


def speaking(events: Iterable[Face], site: Site) -> tuple[str, ...]:
    """Return the languages in which the site shows any of *events*."""
    if not site.hides:
        return tuple(site.languages)
    told = {lang for event in events for lang in event.titles}
    return tuple(lang for lang in site.languages if lang in told)


def changed(stamps: Iterable[Stamp | None]) -> str:
    """Return the newest day of *stamps*, ISO 8601, or an empty text."""
    newest = max((stamp for stamp in stamps if stamp), key=lambda one: (one.second, one.text), default=None)
    return newest.text[:10] if newest else ""
