"""Places on a map, as pages show them: the land around them, a dot for each, and the names that have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from timeline_gen.keys import Noun
from timeline_gen.maps.drawing import draw
from timeline_gen.maps.frames import Coordinates, Frame, frame_of, locator
from timeline_gen.maps.labels import Label, Spot, place_labels
from timeline_gen.model import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.axis_labels import shortened, text_size
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import Link
from timeline_gen.rendering.view_models import MapDot, MapLabel, MapView

LARGEST: Final = 0.95
SMALLEST: Final = 0.3
"""The radii of dots, in rem."""
_FEW: Final = 12
"""How many events the largest dot has at least: those of few are small."""
_MIDDLE: Final = "middle"


@dataclass(frozen=True, slots=True)
class MapPlace(Noun):
    """What a map shows of a place."""

    taxonomy: str
    id: str
    names: Texts
    coordinates: Coordinates
    count: int
    """How many events name it."""


def place_link(place: MapPlace, lang: str, site: SiteContext) -> Link:
    """Return the way to the page of *place*, with the number of its events."""
    words = site.words(place.names, lang)
    return Link(addresses.entity(lang, place.taxonomy, place.id), words, place.count)


def most_of(places: Sequence[MapPlace]) -> int:
    """Return the number of events that the largest dot is for."""
    return max(_FEW, *(place.count for place in places))


def map_of(places: Sequence[MapPlace], lang: str, site: SiteContext, *, borders: bool) -> MapView:
    """Return the map of *places*, those with the most events first."""
    frame, most = frame_of([place.coordinates for place in places]), most_of(places)
    radii = [round(max(SMALLEST, LARGEST * sqrt(place.count / most)), 2) for place in places]
    return _view(frame, places, radii, lang, site, borders=borders)


def locator_of(place: MapPlace, lang: str, site: SiteContext, *, borders: bool) -> MapView:
    """Return a small map with *place* in its middle."""
    return _view(locator(place.coordinates), [place], [SMALLEST], lang, site, borders=borders)


def _view(
    frame: Frame,
    places: Sequence[MapPlace],
    radii: Sequence[float],
    lang: str,
    site: SiteContext,
    *,
    borders: bool,
) -> MapView:
    drawing = draw(frame, borders=borders)
    links = [place_link(place, lang, site) for place in places]
    points = [frame.place(place.coordinates) for place in places]
    names = [shortened(link.words.text) for link in links]
    spots = [
        Spot(x / 100, y / 100, radius, text_size(name))
        for (x, y), radius, name in zip(points, radii, names, strict=True)
    ]
    labels = place_labels(spots, frame.shape.ratio)
    rows = zip(places, links, points, radii, names, labels, strict=True)
    return MapView(
        shape=frame.shape.name,
        width=drawing.width,
        height=drawing.height,
        sea=drawing.sea,
        land=drawing.land,
        borders=drawing.borders,
        dots=tuple(
            MapDot(
                key=f"{place.taxonomy}/{place.id}",
                href=link.href,
                name=link.words,
                count=link.count,
                left=round(x, 2),
                top=round(y, 2),
                radius=radius,
                label=_label(label, name, radius, site.languages[lang].direction) if label else None,
            )
            for place, link, (x, y), radius, name, label in rows
        ),
    )


def _label(label: Label, name: str, radius: float, direction: str) -> MapLabel:
    """Return where the *name* of a dot is written in a language of a *direction*; a map has no direction."""
    away = round(radius + 0.25, 2)
    if label.side == "above":
        return MapLabel(name, 0, round(-away - 0.3, 2), _MIDDLE, label.width)
    if label.side == "below":
        return MapLabel(name, 0, round(away + 0.85, 2), _MIDDLE, label.width)
    starts = (label.side == "right") == (direction == "ltr")
    return MapLabel(
        name, away if label.side == "right" else -away, 0.28, "start" if starts else "end", label.width
    )
