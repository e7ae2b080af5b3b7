"""A timeline that is to stand alone, in one file: all of its events, whole, and the data of its search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from timeline_gen.collecting.chronicle import Chronicle, Event
from timeline_gen.model import Entity
from timeline_gen.planning import addresses
from timeline_gen.planning.finding import named_in
from timeline_gen.planning.pages import Page, PageKind, Shows, Span
from timeline_gen.planning.site import Site
from timeline_gen.planning.things import visible

WHOLE = "timeline"
"""Names the timeline of the whole site."""


class Alone(NamedTuple):
    """A timeline to stand alone."""

    page: Page
    finder: Page
    """The data of its search and its axis."""


def names_of(chronicle: Chronicle) -> dict[str, tuple[Entity, str]]:
    """Return what may be named: each entity with its taxonomy, by id and by ``taxonomy/id``."""
    found: dict[str, tuple[Entity, str]] = {}
    for event in chronicle.events:
        for named in event.named:
            for entity in named.entities:
                found[entity.id] = found[f"{named.taxonomy}/{entity.id}"] = (entity, named.taxonomy)
    return found


def alone(name: str, lang: str, chronicle: Chronicle, site: Site) -> Alone:
    """Return the timeline called *name*, in *lang*; raise KeyError where there is none."""
    if name == WHOLE:
        events, shows, home = chronicle.events, Shows(), addresses.timeline(lang)
    else:
        entity, taxonomy = names_of(chronicle)[name]
        events = tuple(event for event in chronicle.events if entity.id in _named(event))
        shows = Shows(entity=entity, taxonomy=taxonomy)
        home = addresses.entity(lang, taxonomy, entity.id)
    inside = visible(events, lang, site)
    eras = chronicle.eras if name == WHOLE else ()
    span = Span(events=inside, eras=eras, total=len(inside))
    timeline = shows._replace(span=span)
    known = Shows(events=inside, span=Span(eras=eras, total=span.total), together=named_in(inside, site))
    beside = f"{addresses.timeline(lang)}{PageKind.FINDER.value}"
    return Alone(_page(PageKind.TIMELINE, lang, home, timeline), _page(PageKind.FINDER, lang, beside, known))


def _page(kind: PageKind, lang: str, address: str, shows: Shows) -> Page:
    """Return a page that has no versions: its file is of one language."""
    return Page(
        kind=kind,
        lang=lang,
        address=address,
        shows=shows,
        alternates=((lang, address),),
        elsewhere=(),
        fallback=False,
        key=b"",
        default=address,
    )


def _named(event: Event) -> Iterator[str]:
    return (entity.id for named in event.named for entity in named.entities)
