"""Pages of timelines: the site's own, and those of the entities that events name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from timeline_gen.collecting.chronicle import Brief, Chronicle, Event, Face, Faces
from timeline_gen.model import Edge, Entity, Era, Kind
from timeline_gen.planning import addresses
from timeline_gen.planning.grouping import by_year, continuing, first_day
from timeline_gen.planning.pages import Mark, Page, PageKind, Shows, Span, Together
from timeline_gen.planning.site import Site
from timeline_gen.planning.things import Shown, Thing, alike, changed, distinct, like, pages_of, visible

LONG: Final = 1000
"""A timeline of more events is split by year."""
TOGETHER: Final = 12
"""How many of each taxonomy an entity's page lists as standing in the same events."""


@dataclass(frozen=True, slots=True)
class Cast:
    """An entity with all that names it."""

    entity: Entity
    taxonomy: str
    events: tuple[Face, ...]
    stories: tuple[Brief, ...]
    together: Mapping[str, Together]
    """What else stands in its events, by the languages whose timelines may differ."""
    langs: tuple[str, ...]
    """The languages in which anything on its page is written."""


def timeline_pages(chronicle: Chronicle, site: Site) -> Iterator[Page]:
    """Yield the site's timeline in each language, split by year where it is long."""
    stretches = {
        lang: split(visible(chronicle.events, lang, site), _eras(chronicle.eras, lang, site))
        for lang in distinct(site)
    }
    for year in _years(stretches.values()):
        langs = tuple(lang for lang in site.languages if year in stretches[like(lang, site)])
        thing = Thing(
            kind=PageKind.TIMELINE,
            address=partial(addresses.timeline, year=year),
            langs=langs,
            has=langs,
            default="" if not year else None,
        )

        def shown(lang: str, year: str = year) -> Shown:
            span = stretches[like(lang, site)][year]
            return Shows(span=span), span_digests(span), ""

        yield from pages_of(thing, site, alike(shown, site))


def _eras(eras: Iterable[Era], lang: str, site: Site) -> tuple[Era, ...]:
    """Return those of *eras* that the site shows in *lang*."""
    return tuple(era for era in eras if not site.hides or lang in era.names)


def _years(stretches: Iterable[dict[str, Span]]) -> Iterable[str]:
    return dict.fromkeys(year for one in stretches for year in one)


def span_digests(span: Span) -> Iterable[bytes]:
    """Return the digests of all that *span* holds."""
    return (
        b"".join(event.digest for event in span.events),
        b"".join(event.digest for event in span.continuing),
        repr((span.years, span.eras, span.total, span.year, list(map(tuple, span.outline)))).encode(),
    )


def split(events: Sequence[Face], eras: tuple[Era, ...] = ()) -> dict[str, Span]:
    """Return *events*, in order, as one stretch under ``""``; where they are many, also one for each year.

    The first then holds what is known less well than to a year. That of a year tells nothing of other years
    but that there are such, so that its page stays as it is when an event of another year changes.
    """
    total = len(events)
    if total <= LONG:
        return {"": Span(events=tuple(events), eras=eras, total=total)}
    years, wide = by_year(events)
    counts = tuple((year, len(inside)) for year, inside in years.items())
    undated = [event for event in events if event.when.kind is Kind.UNDATED]
    lasting = continuing(events, {year: first_day(year) for year in years})
    outline = tuple(mark_of(event) for event in events)
    whole = Span(events=(*wide, *undated), years=counts, eras=eras, total=total, outline=outline)
    names = tuple((year, None) for year in years)
    return {"": whole} | {
        year: Span(
            events=tuple(inside),
            continuing=tuple(lasting.get(year, ())),
            years=names,
            eras=eras,
            total=len(inside),
            year=year,
        )
        for year, inside in years.items()
    }


def mark_of(event: Face) -> Mark:
    """Return *event* as an axis draws it."""
    happened = event.when
    span = happened.kind is Kind.SPAN
    going_on = span and happened.end.edge is Edge.OPEN
    return Mark(happened.lo, happened.hi, span, event.importance, going_on)


def cast(chronicle: Chronicle, faces: Faces, site: Site) -> tuple[Cast, ...]:
    """Return every entity that has a taxonomy and that an event or an article names, by taxonomy and id."""
    entities: dict[str, Entity] = {}
    events: dict[str, list[Event]] = {}
    stories: dict[str, list[Brief]] = {}
    for event in chronicle.events:
        for named in event.named:
            for entity in named.entities:
                entities[entity.id] = entity
                events.setdefault(entity.id, []).append(event)
    for story in chronicle.stories:
        inside = [entity for named in story.named for entity in named.entities]
        for entity in {one.id: one for one in (*story.authors, *inside)}.values():
            entities[entity.id] = entity
            stories.setdefault(entity.id, []).append(story.brief)
    keys = {taxonomy.kind: taxonomy.key for taxonomy in site.settings.taxonomies}
    casts = (
        Cast(
            entity=entity,
            taxonomy=keys[entity.kind],
            events=tuple(faces[event.id] for event in events.get(name, ())),
            stories=tuple(stories.get(name, ())),
            together={
                lang: _together(name, visible(events.get(name, ()), lang, site), entities, site)
                for lang in distinct(site)
            },
            langs=tuple(
                lang
                for lang in site.languages
                if _speaks(entity, events.get(name, ()), stories.get(name, ()), lang, site)
            ),
        )
        for name, entity in entities.items()
        if entity.kind in keys
    )
    return tuple(sorted(casts, key=lambda one: (one.taxonomy, one.entity.id)))


def _together(name: str, events: Iterable[Event], entities: Mapping[str, Entity], site: Site) -> Together:
    """Return who and what stands in the same *events* as the entity *name*, most often first."""
    counts: dict[str, Counter[str]] = {taxonomy.key: Counter() for taxonomy in site.settings.taxonomies}
    for event in events:
        for named in event.named:
            count = counts[named.taxonomy]
            for one in named.entities:
                count[one.id] += 1
    together: list[tuple[str, tuple[tuple[Entity, int], ...]]] = []
    for taxonomy in site.settings.taxonomies:
        count = counts[taxonomy.key]
        del count[name]
        ranked = sorted(count.items(), key=lambda one: (-one[1], one[0]))[:TOGETHER]
        if ranked:
            together.append((taxonomy.key, tuple((entities[other], number) for other, number in ranked)))
    return tuple(together)


def _speaks(entity: Entity, events: Iterable[Face], stories: Iterable[Brief], lang: str, site: Site) -> bool:
    """Tell whether anything on the page of *entity*, which *events* and *stories* name, is in *lang*.

    Where a language leaves out what it lacks, its name for something is no reason for an empty page.
    """
    return (
        (lang in entity.names and not site.hides)
        or any(lang in event.titles for event in events)
        or any(lang in brief.titles for brief in stories)
    )


def entity_pages(one: Cast, site: Site) -> Iterator[Page]:
    """Yield the pages of an entity, split by year where its timeline is long."""
    stretches = {lang: split(visible(one.events, lang, site)) for lang in distinct(site)}
    has = one.langs
    for year in _years(stretches.values()):
        langs = tuple(
            lang for lang in (has if site.hides else site.languages) if year in stretches[like(lang, site)]
        )
        thing = Thing(
            kind=PageKind.ENTITY,
            address=partial(addresses.entity, key=one.taxonomy, entity_id=one.entity.id, year=year),
            langs=langs,
            has=tuple(lang for lang in langs if lang in has),
            changed=changed(brief.last for brief in one.stories),
        )

        def shown(lang: str, year: str = year) -> Shown:
            span = stretches[like(lang, site)][year]
            stories, together = (
                ((), ()) if year else (_told_in(one.stories, lang, site), one.together[like(lang, site)])
            )
            shows = Shows(
                span=span, entity=one.entity, taxonomy=one.taxonomy, stories=stories, together=together
            )
            digests = (
                *span_digests(span),
                one.entity.digest,
                *(key.encode() + counted_digest(some) for key, some in together),
                b"".join(brief.digest for brief in stories),
            )
            return shows, digests, ""

        yield from pages_of(thing, site, alike(shown, site))


def counted_digest(counted: Iterable[tuple[Entity, int]]) -> bytes:
    """Return the digest of entities, each *counted* with the number of its events."""
    return repr([(entity.digest, number) for entity, number in counted]).encode()


def _told_in(stories: Iterable[Brief], lang: str, site: Site) -> tuple[Brief, ...]:
    """Return those of *stories* that the site lists in *lang*."""
    return tuple(brief for brief in stories if not site.hides or lang in brief.titles)
