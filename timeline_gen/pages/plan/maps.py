"""The map of a site: in each language that shows two places with coordinates which events name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from timeline_gen.collecting.timeline import EventSummaries
from timeline_gen.pages.map import MapPage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.maps import MapPlace
from timeline_gen.pages.plan.timelines import EntityListing
from timeline_gen.pages.plan.versions import like, versions_of, visible
from timeline_gen.pages.site import Site


def map_pages(summaries: EventSummaries, listings: Sequence[EntityListing], site: Site) -> Iterator[MapPage]:
    """Yield the map in each language that has one."""
    langs = tuple(lang for lang in site.languages if lang in site.mapped)
    places = {
        lang: _places(listings, lang, site) for lang in dict.fromkeys(like(lang, site) for lang in langs)
    }
    for lang, versions in versions_of(site, addresses.map_page, langs):
        yield MapPage(
            lang=lang,
            site=site.context,
            layout=site.layouts[lang],
            head=site.head,
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
