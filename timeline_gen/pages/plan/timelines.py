"""Pages of timelines: the site's own, and those of the entities that events name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from timeline_gen.collecting.link_targets import keys_of
from timeline_gen.collecting.parsed import ENTITIES
from timeline_gen.collecting.timeline import ArticleLabel, Event, EventSummaries, EventSummary, Timeline
from timeline_gen.errors import Place
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Entity, EntityKey, Era
from timeline_gen.pages.axis.groups import Groups, groups_of
from timeline_gen.pages.entity import EntityPage, Located, Together
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import newest_day
from timeline_gen.pages.parts.grouping import by_year, continuing, first_day
from timeline_gen.pages.parts.highlights import MOST_OF_LONG, highlights
from timeline_gen.pages.parts.timeline_part import TimelinePart, YearCount, outline_of, pictured
from timeline_gen.pages.plan.entity_pictures import images_of
from timeline_gen.pages.plan.optional_files import has_data, has_embed
from timeline_gen.pages.plan.versions import distinct, like, versions_of, visible
from timeline_gen.pages.site import Site
from timeline_gen.pages.timeline import TimelinePage

LONG: Final = 1000
"""A timeline of more events is split by year."""
TOGETHER: Final = 12
"""How many of each taxonomy an entity's page lists as standing in the same events."""


@dataclass(frozen=True, slots=True)
class EntityListing:
    """An entity with all that names it."""

    entity: Entity
    taxonomy: str
    events: tuple[EventSummary, ...]
    articles: tuple[ArticleLabel, ...]
    together: Mapping[str, Together]
    """What else is named by its events, by the languages whose timelines may differ."""
    langs: tuple[str, ...]
    """The languages in which anything on its page is written."""

    @property
    def origin(self) -> Place:
        """Return the place of the entity in the content."""
        return Place(ENTITIES, *self.entity.position)


def timeline_pages(timeline: Timeline, site: Site) -> Iterator[TimelinePage]:
    """Yield the site's timeline in each language, split by year where it is long."""
    parts: dict[str, dict[str, TimelinePart]] = {}
    for lang in distinct(site):
        events = visible(timeline.events, lang, site)
        parts[lang] = split(events, _eras(timeline.eras, lang, site), rows_of(events, site))
    images, home = images_of(timeline), site.context.home
    at_home = home == addresses.TIMELINE
    for part in parts.values():
        part[""] = pictured(part[""], images)
    for year in _years(parts.values()):
        langs = tuple(lang for lang in site.languages if year in parts[like(lang, site)])
        address = partial(addresses.timeline, at_home=home, year=year)
        # Readers of any other language choose one at the root of the site, where the home is the timeline.
        for lang, versions in versions_of(site, address, langs, default="" if at_home and not year else None):
            yield TimelinePage(
                **site.shared(lang),
                versions=versions,
                part=parts[like(lang, site)][year],
                embedded=has_embed("timeline", site),
                cover={} if year else site.cover,
            )


def _eras(eras: Iterable[Era], lang: str, site: Site) -> tuple[Era, ...]:
    """Return those of *eras* that the site shows in *lang*."""
    return tuple(era for era in eras if not site.hides or lang in era.names)


def rows_of(events: Iterable[EventSummary], site: Site) -> Groups:
    """Return the groups of *events* that *site* asks to be in rows on the axis."""
    taxonomy = site.settings.timeline_rows
    return groups_of(events, taxonomy, site.context.accents) if taxonomy else ()


def _years(parts: Iterable[dict[str, TimelinePart]]) -> Iterable[str]:
    return dict.fromkeys(year for part in parts for year in part)


def is_long(events: Sequence[EventSummary]) -> bool:
    """Return whether a timeline of *events* is split by year."""
    return len(events) > LONG


def with_year_pages(site: Site, timeline: Timeline) -> Site:
    """Return *site*; where events of *timeline* have no pages, with what links to them must know."""
    if all(event.has_page for event in timeline.events):
        return site
    langs = (lang for lang in site.languages if is_long(visible(timeline.events, lang, site)))
    return replace(site, context=replace(site.context, year_pages=frozenset(langs)))


def split(
    events: Sequence[EventSummary], eras: tuple[Era, ...] = (), groups: Groups = ()
) -> dict[str, TimelinePart]:
    """Return *events*, in order, as one part under ``""``; where they are many, also one for each year.

    The first then holds what is known less well than to a year. That of a year holds nothing of other years
    but that there are such, so that its page stays as it is when an event of another year changes.
    """
    total = len(events)
    if not is_long(events):
        return {"": TimelinePart(events=tuple(events), eras=eras, total=total, groups=groups)}
    years, wide = by_year(events)
    counts = tuple(YearCount(year, len(inside)) for year, inside in years.items())
    undated = [event for event in events if event.when.kind is DateKind.UNDATED]
    lasting = continuing(events, {year: first_day(year) for year in years})
    whole = TimelinePart(
        events=(*wide, *undated),
        years=counts,
        eras=eras,
        total=total,
        highlights=highlights(events, MOST_OF_LONG),
        outline=outline_of(events, groups),
        groups=groups,
    )
    # Without their counts: an event that moves from one year to another must not change the pages of all
    # years.
    names = tuple(YearCount(year, None) for year in years)
    return {"": whole} | {
        year: TimelinePart(
            events=tuple(inside),
            continuing=tuple(lasting.get(year, ())),
            years=names,
            eras=eras,
            total=len(inside),
            year=year,
            groups=groups,
        )
        for year, inside in years.items()
    }


def entity_listings(timeline: Timeline, summaries: EventSummaries, site: Site) -> tuple[EntityListing, ...]:
    """Return every entity that has a taxonomy and that an event or an article names, by taxonomy and id."""
    entities: dict[EntityKey, Entity] = {}
    events: dict[EntityKey, list[Event]] = {}
    articles: dict[EntityKey, list[ArticleLabel]] = {}
    for event in timeline.events:
        for named in event.named:
            for entity in named.entities:
                entities[entity.key] = entity
                events.setdefault(entity.key, []).append(event)
    for article in timeline.texts:
        inside = [entity for named in article.named for entity in named.entities]
        # Someone who wrote an article and is named in it, too, has it in the list once.
        for entity in {item.key: item for item in (*article.authors, *inside)}.values():
            entities[entity.key] = entity
            articles.setdefault(entity.key, []).append(article.label)
    keys = {taxonomy.kind: taxonomy.key for taxonomy in site.settings.taxonomies}
    listings = (
        EntityListing(
            entity=entity,
            taxonomy=keys[entity.kind],
            events=tuple(summaries[event.id] for event in events.get(name, ())),
            articles=tuple(articles.get(name, ())),
            together={
                lang: _together(name, visible(events.get(name, ()), lang, site), entities, site)
                for lang in distinct(site)
            },
            langs=tuple(
                lang
                for lang in site.languages
                if _speaks(entity, events.get(name, ()), articles.get(name, ()), lang, site)
            ),
        )
        for name, entity in entities.items()
        if entity.kind in keys
    )
    return tuple(sorted(listings, key=lambda item: (item.taxonomy, item.entity.id)))


def _together(
    name: EntityKey, events: Iterable[Event], entities: Mapping[EntityKey, Entity], site: Site
) -> Together:
    """Return who and what is named by the same *events* as the entity *name*, most often first."""
    counts: dict[str, Counter[EntityKey]] = {taxonomy.key: Counter() for taxonomy in site.settings.taxonomies}
    for event in events:
        for named in event.named:
            count = counts[named.taxonomy]
            for entity in named.entities:
                count[entity.key] += 1
    together: list[tuple[str, tuple[tuple[Entity, int], ...]]] = []
    for taxonomy in site.settings.taxonomies:
        count = counts[taxonomy.key]
        # The entity itself is named by all of its events.
        del count[name]
        ranked = sorted(count.items(), key=lambda item: (-item[1], item[0]))[:TOGETHER]
        if ranked:
            together.append((taxonomy.key, tuple((entities[other], number) for other, number in ranked)))
    return tuple(together)


def _speaks(
    entity: Entity, events: Iterable[EventSummary], articles: Iterable[ArticleLabel], lang: str, site: Site
) -> bool:
    """Return whether anything on the page of *entity*, which *events* and *articles* name, is in *lang*.

    Where a language leaves out what it lacks, its name for something is no reason for an empty page.
    """
    return (
        (lang in entity.names and not site.hides)
        or any(lang in event.titles for event in events)
        or any(lang in article.titles for article in articles)
    )


def entity_pages(listing: EntityListing, timeline: Timeline, site: Site) -> Iterator[EntityPage]:
    """Yield the pages of an entity that *timeline* names, split by year where its timeline is long."""
    targets = timeline.targets.of(keys_of(listing.entity.links))
    parts = {lang: split(visible(listing.events, lang, site)) for lang in distinct(site)}
    updated = newest_day(article.last for article in listing.articles)
    for year in _years(parts.values()):
        everywhere = listing.langs if site.hides else tuple(site.languages)
        langs = tuple(lang for lang in everywhere if year in parts[like(lang, site)])
        has = tuple(lang for lang in langs if lang in listing.langs)
        address = partial(addresses.entity, key=listing.taxonomy, entity_id=listing.entity.id, year=year)
        for lang, versions in versions_of(site, address, langs, has):
            part = parts[like(lang, site)][year]
            yield EntityPage(
                **site.shared(lang),
                versions=versions,
                origin=listing.origin,
                entity=listing.entity,
                taxonomy=listing.taxonomy,
                part=part,
                articles=() if year else _articles_in(listing.articles, lang, site),
                together=() if year else listing.together[like(lang, site)],
                targets=targets,
                updated=updated,
                embedded=has_embed("entities", site),
                image={} if year else listing.entity.image,
                located=None if year else _located(listing.entity, part, lang, site),
                exported=has_data(part.total, site),
            )


def _located(entity: Entity, part: TimelinePart, lang: str, site: Site) -> Located | None:
    """Return how *entity* is shown on maps in *lang*, if it is; *part* is its timeline there."""
    if not entity.coordinates:
        return None
    return Located(site.settings.map_borders, on_map=bool(part.total) and lang in site.mapped)


def _articles_in(articles: Iterable[ArticleLabel], lang: str, site: Site) -> tuple[ArticleLabel, ...]:
    """Return those of *articles* that the site lists in *lang*."""
    return tuple(article for article in articles if not site.hides or lang in article.titles)
