"""The map of all places with coordinates that events name."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.maps import MapPlace, maps_of, most_of, place_link
from timeline_gen.pages.parts.meta import head_of
from timeline_gen.pages.parts.social_cards import Social
from timeline_gen.rendering.layout import Head, Layout, Link
from timeline_gen.rendering.view_models import MapView, TimelineBody


@dataclass(frozen=True, slots=True)
class MapPageView:
    """``/<lang>/map/``: all places with coordinates that events name. Template ``map.html``."""

    layout: Layout
    head: Head
    map: MapView
    closer: tuple[MapView, ...]
    """Maps of where places are too close together on the first."""
    places: tuple[Link, ...]
    """The same as the dots of the map, in their order: those with the most events first."""
    most: int
    """The number of events that the largest dot is for."""
    timeline: TimelineBody
    """The timeline of the site without its events, for the search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage(TemplatePage):
    """The map of the site."""

    places: tuple[MapPlace, ...]
    """Those with the most events first."""
    total: int
    """How many events the timeline has."""
    borders: bool

    template = "map.html"
    listed = True

    def address(self) -> str:
        """Return the address of the map."""
        return addresses.map_page(self.lang)

    def view(self) -> MapPageView:
        """Return the map, and what it shows as a list."""
        lang, site = self.lang, self.site
        home = addresses.timeline(lang, site.home)
        first, *closer = maps_of(self.places, lang, site, borders=self.borders)
        return MapPageView(
            layout=self.layout,
            head=head_of(self, social=Social()),
            map=first,
            closer=tuple(closer),
            places=tuple(place_link(place, lang, site) for place in self.places),
            most=most_of(self.places),
            timeline=TimelineBody((), (), (), (), (), self.total, home),
        )

    def cost(self) -> int:
        """Return how many places it shows."""
        return len(self.places)
