"""One thing in each language: its pages, which of them are true versions, and where readers are led."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from timeline_gen.collecting.chronicle import Face
from timeline_gen.model import Stamp, digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.pages import Page, PageKind, Shows
from timeline_gen.planning.site import Site

Shown = TypeVar("Shown", bound=Face)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that has a page in several languages."""

    kind: PageKind
    address: Callable[[str], str]
    """Its address in a language."""
    langs: tuple[str, ...]
    """The languages in which it has a page."""
    has: tuple[str, ...]
    """Those of them that truly have it; the others show another language's text."""
    default: str | None = None
    """Where readers of any other language go; None for the first language that has it."""
    changed: str = ""


def pages_of(
    thing: Thing, site: Site, shown: Callable[[str], tuple[Shows, Iterable[bytes], str]]
) -> Iterator[Page]:
    """Yield a page of *thing* for each of its languages.

    *shown* gives, for a language, what the page shows, the digests of that, and the hash of its body.
    """
    alternates = tuple((lang, thing.address(lang)) for lang in thing.has)
    everywhere = {
        lang: thing.address(lang) if lang in thing.langs else addresses.timeline(lang)
        for lang in site.languages
    }
    default = thing.default if thing.default is not None else (alternates or [("", "")])[0][1]
    shared = f"{thing.kind.value}\0{alternates}\0{default}"
    for lang in thing.langs:
        shows, digests, body = shown(lang)
        elsewhere = tuple((other, address) for other, address in everywhere.items() if other != lang)
        said = f"{shared}\0{lang}\0{everywhere[lang]}\0{elsewhere}\0{body}"
        yield Page(
            kind=thing.kind,
            lang=lang,
            address=everywhere[lang],
            shows=shows,
            alternates=alternates,
            elsewhere=elsewhere,
            fallback=lang not in thing.has,
            key=digest_of(said.encode(), site.digest, *digests),
            body=body,
            changed=thing.changed,
            default=default,
        )


def visible(events: Iterable[Shown], lang: str, site: Site) -> tuple[Shown, ...]:
    """Return those of *events* that the site shows in *lang*."""
    return tuple(event for event in events if lang in event.titles) if site.hides else tuple(events)


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
