"""Files for machines: feeds, calendars and data of the site's timeline, and of each entity's.

An entity has them where an event names it; one that only articles name has an empty timeline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from timeline_gen.collecting.chronicle import Chronicle, Event
from timeline_gen.model import digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.feeds import NEWEST, newest_told
from timeline_gen.planning.finding import named_in
from timeline_gen.planning.pages import Page, PageKind, Shows
from timeline_gen.planning.records import SCHEMA
from timeline_gen.planning.site import Site
from timeline_gen.planning.things import Shown, Thing, alike, pages_of, speaking, visible
from timeline_gen.planning.timelines import Cast, span_digests, split

_WHOLE: Final = (PageKind.EVENTS_DATA, PageKind.EVENTS_TABLE, PageKind.CALENDAR)
"""What holds every event of a timeline; its feed holds the newest."""


def data_pages(chronicle: Chronicle, casts: Sequence[Cast], site: Site) -> Iterator[Page]:
    """Yield every file for machines of the site that tells *chronicle* and names *casts*."""
    yield from _articles_feed(chronicle, site)
    yield from _finder(chronicle, site)
    yield from _timeline_data(chronicle.events, site, Shows(), addresses.timeline)
    events = {event.id: event for event in chronicle.events}
    for one in casts:
        inside = [events[face.id] for face in one.events]
        if inside:
            shows = Shows(entity=one.entity, taxonomy=one.taxonomy)
            home = partial(addresses.entity, key=one.taxonomy, entity_id=one.entity.id)
            yield from _timeline_data(inside, site, shows, home)
    yield alone(PageKind.EVENTS_SCHEMA, SCHEMA, site, site.digest)


def alone(kind: PageKind, address: str, site: Site, key: bytes, shows: Shows | None = None) -> Page:
    """Return a file that belongs to no language."""
    first = next(iter(site.languages))
    return Page(kind, first, address, shows or Shows(), (), (), fallback=False, key=key)


def _articles_feed(chronicle: Chronicle, site: Site) -> Iterator[Page]:
    def shown(lang: str) -> Shown:
        stories = [story for story in chronicle.stories if lang in story.versions][:NEWEST]
        told = {event for story in stories for event in story.events}
        events = visible((event for event in chronicle.events if event.id in told), lang, site)
        briefs = tuple(story.brief for story in stories)
        digests = (*(brief.digest for brief in briefs), _digest(events))
        return Shows(stories=briefs, events=events), digests, ""

    langs = tuple(site.languages)
    yield from _files(Thing(PageKind.FEED, addresses.timeline, langs, langs), site, shown)


def _finder(chronicle: Chronicle, site: Site) -> Iterator[Page]:
    def shown(lang: str) -> Shown:
        events = visible(chronicle.events, lang, site)
        stories = tuple(
            story.brief for story in chronicle.stories if not site.hides or lang in story.versions
        )
        whole = split(events, chronicle.eras)[""]
        span = replace(whole, events=(), outline=())
        shows = Shows(events=events, stories=stories, span=span, together=named_in(events, site))
        digests = (_digest(events), *(one.digest for one in stories), *span_digests(shows.span))
        return shows, digests, ""

    langs = tuple(site.languages)
    yield from _files(Thing(PageKind.FINDER, addresses.timeline, langs, langs), site, alike(shown, site))


def _timeline_data(
    events: Sequence[Event], site: Site, about: Shows, home: Callable[[str], str]
) -> Iterator[Page]:
    """Yield the files of the timeline of *events*, whose page stands at *home*; *about* names its entity."""
    said = about.entity.digest if about.entity else b""
    langs = speaking(events, site) if about.entity else tuple(site.languages)

    def shown(lang: str) -> Shown:
        inside = visible(events, lang, site)
        return about._replace(events=inside), (said, _digest(inside)), ""

    def newest(lang: str) -> Shown:
        inside = newest_told(visible(events, lang, site))
        return about._replace(events=inside), (said, _digest(inside)), ""

    whole = alike(shown, site)
    for kind in _WHOLE:
        yield from _files(Thing(kind, home, langs, langs), site, whole)
    yield from _files(Thing(PageKind.EVENTS_FEED, home, langs, langs), site, alike(newest, site))


def _files(beside: Thing, site: Site, shown: Callable[[str], Shown]) -> Iterator[Page]:
    """Yield the file of a kind in each language, *beside* the page whose address that gives."""
    name = beside.kind.value
    thing = replace(beside, address=lambda lang: f"{beside.address(lang)}{name}")
    yield from pages_of(thing, site, shown)


def _digest(events: Iterable[Event]) -> bytes:
    return digest_of(*(event.digest for event in events))
