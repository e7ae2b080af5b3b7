"""The pages that list all of something, the map of all places, and the pages of all languages at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from timeline_gen.collecting.timeline import EventSummaries, Timeline
from timeline_gen.model.entities import Entity
from timeline_gen.pages.article_list import ArticleListPage
from timeline_gen.pages.corrections import CorrectionsPage
from timeline_gen.pages.entity_list import EntityListPage
from timeline_gen.pages.language_choice import LanguageChoicePage
from timeline_gen.pages.map import MapPage
from timeline_gen.pages.not_found import NotFoundPage
from timeline_gen.pages.page import Page, Versions
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.maps import MapPlace
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.plan.versions import like, versions_of, visible
from timeline_gen.pages.site import Site


def pages_of_all_languages(site: Site) -> Iterator[Page]:
    """Yield the choice of language and the page for addresses that lead nowhere; both hold every language."""
    homes = tuple((lang, addresses.home(lang)) for lang in site.languages)
    first, versions = homes[0][0], Versions(homes, homes)
    layouts = tuple(site.layouts.values())
    yield LanguageChoicePage(
        **site.shared(first),
        versions=versions,
        site_titles=tuple(layout.site_title for layout in layouts),
    )
    yield NotFoundPage(
        **site.shared(first),
        versions=versions,
        layouts=layouts,
    )


def list_pages(timeline: Timeline, listings: Sequence[EntityListing], site: Site) -> Iterator[Page]:
    """Yield the lists of articles, of corrections, and of what each taxonomy has."""
    langs = tuple(site.languages)
    at = partial(addresses.articles, at_home=site.context.home)
    default = "" if site.context.home == addresses.ARTICLES else None
    for lang, versions in versions_of(site, at, langs, default=default):
        summaries = (
            article.summary for article in timeline.articles if not site.hides or lang in article.versions
        )
        yield ArticleListPage(
            **site.shared(lang),
            versions=versions,
            articles=tuple(summaries),
        )
    corrected = [event for event in timeline.events if event.corrections]
    for lang, versions in versions_of(site, addresses.corrections, langs):
        events = visible(corrected, lang, site)
        yield CorrectionsPage(
            **site.shared(lang),
            versions=versions,
            corrections=tuple(correction for event in events for correction in event.corrections),
        )
    for taxonomy in site.settings.taxonomies:
        address = partial(addresses.taxonomy, key=taxonomy.key)
        for lang, versions in versions_of(site, address, langs):
            yield EntityListPage(
                **site.shared(lang),
                versions=versions,
                taxonomy=taxonomy.key,
                entities=tuple(_counted(taxonomy.key, listings, lang, site)),
            )


def _counted(
    key: str, listings: Sequence[EntityListing], lang: str, site: Site
) -> Iterator[tuple[Entity, int]]:
    """Yield the entities of the taxonomy *key*, each with the number of its events in *lang*."""
    for listing in listings:
        if listing.taxonomy == key and (not site.hides or lang in listing.langs):
            yield listing.entity, len(visible(listing.events, lang, site))


def map_pages(summaries: EventSummaries, listings: Sequence[EntityListing], site: Site) -> Iterator[MapPage]:
    """Yield the map in each language that has one."""
    langs = tuple(lang for lang in site.languages if lang in site.mapped)
    places = {
        lang: _places(listings, lang, site) for lang in dict.fromkeys(like(lang, site) for lang in langs)
    }
    for lang, versions in versions_of(site, addresses.map_page, langs):
        yield MapPage(
            **site.shared(lang),
            versions=versions,
            places=places[like(lang, site)],
            total=len(visible(summaries.values(), lang, site)),
            borders=site.settings.map_borders,
        )


def _places(listings: Sequence[EntityListing], lang: str, site: Site) -> tuple[MapPlace, ...]:
    """Return the places on the map in *lang*, those with the most events first."""
    found: list[MapPlace] = []
    for listing in listings:
        entity, count = listing.entity, len(visible(listing.events, lang, site))
        if entity.coordinates and count:
            found.append(MapPlace(listing.taxonomy, entity.id, entity.names, entity.coordinates, count))
    return tuple(sorted(found, key=lambda place: -place.count))
