"""Places on a map, as pages show them: the land around them, a dot for each, and the names that have room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final, NamedTuple

from timeline_gen.keys import Noun
from timeline_gen.maps.drawing import draw
from timeline_gen.maps.frames import Coordinates, Frame, frame_of, locator
from timeline_gen.maps.labels import Label, Spot, crowds, place_labels
from timeline_gen.model.texts import Texts
from timeline_gen.pages.axis.labels import shortened, text_size
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import Link
from timeline_gen.rendering.view_models import MapDot, MapLabel, MapView, MapWindow

LARGEST: Final = 0.95
SMALLEST: Final = 0.3
"""The radii of dots, in rem."""
_FEW: Final = 12
"""How many events the largest dot has at least: those of few are small."""
_MANY: Final = 100
_MIDDLE: Final = "middle"
_CLOSER: Final = 2
"""How many closer maps there are at most."""
_CLOSE: Final = 2
"""How many times as large a closer map shows what is there, at least."""
_AROUND: Final = 2.5
"""What is around the places of a closer map where the whole one shows it, in hundredths of the width."""


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


def maps_of(
    places: Sequence[MapPlace], lang: str, site: SiteContext, *, borders: bool
) -> tuple[MapView, ...]:
    """Return the map of *places*, those with the most events first, and closer ones where they are many."""
    most = most_of(places)
    whole = _located(frame_of(_points(places)), places, most, lang, site)
    closer: list[_Located] = []
    for crowd in crowds(whole.spots, whole.frame.shape.ratio)[:_CLOSER]:
        inside = [places[number] for number in crowd]
        frame = frame_of(_points(inside))
        if frame.degrees_per_pixel * _CLOSE <= whole.frame.degrees_per_pixel:
            closer.append(_located(frame, inside, most, lang, site))
    windows = tuple(_window(part, whole) for part in closer)
    views = (_view(part, lang, site, borders=borders) for part in (whole, *closer))
    first, *others = views
    return (replace(first, windows=windows), *others)


def locator_of(place: MapPlace, lang: str, site: SiteContext, *, borders: bool) -> MapView:
    """Return a small map with *place* in its middle."""
    # However many its events are, its dot only shows where it is.
    located = _located(locator(place.coordinates), [place], place.count * _MANY, lang, site)
    return _view(located, lang, site, borders=borders)


class _Located(NamedTuple):
    """Places on a map."""

    frame: Frame
    places: Sequence[MapPlace]
    names: Sequence[str]
    spots: Sequence[Spot]


def _points(places: Iterable[MapPlace]) -> list[Coordinates]:
    return [place.coordinates for place in places]


def _located(frame: Frame, places: Sequence[MapPlace], most: int, lang: str, site: SiteContext) -> _Located:
    """Return *places* in *frame*; the largest dot is for *most* events."""
    names = [shortened(site.words(place.names, lang).text) for place in places]
    spots: list[Spot] = []
    for place, name in zip(places, names, strict=True):
        x, y = frame.place(place.coordinates)
        # The area of a dot is what is compared by eye, so that it grows with the number and the radius with
        # its root.
        radius = LARGEST * sqrt(place.count / most) if place.count else SMALLEST
        spots.append(Spot(x / 100, y / 100, round(max(SMALLEST, radius), 2), text_size(name)))
    return _Located(frame, places, names, spots)


def _window(closer: _Located, whole: _Located) -> MapWindow:
    """Return what part of the *whole* map the *closer* one shows: about that around its places."""
    points = [whole.frame.place(place.coordinates) for place in closer.places]
    left, right = min(x for x, _ in points) - _AROUND, max(x for x, _ in points) + _AROUND
    around = _AROUND * whole.frame.shape.ratio
    top, bottom = min(y for _, y in points) - around, max(y for _, y in points) + around
    return MapWindow(*(round(each, 2) for each in (left, top, right - left, bottom - top)))


def _view(located: _Located, lang: str, site: SiteContext, *, borders: bool) -> MapView:
    drawing = draw(located.frame, borders=borders)
    labels = place_labels(located.spots, located.frame.shape.ratio)
    direction = site.languages[lang].direction
    return MapView(
        shape=located.frame.shape.name,
        width=drawing.width,
        height=drawing.height,
        sea=drawing.sea,
        land=drawing.land,
        borders=drawing.borders,
        dots=tuple(
            _dot(
                place_link(place, lang, site),
                place,
                spot,
                _label(label, name, spot.radius, direction) if label else None,
            )
            for place, spot, label, name in zip(
                located.places, located.spots, labels, located.names, strict=True
            )
        ),
    )


def _dot(link: Link, place: MapPlace, spot: Spot, label: MapLabel | None) -> MapDot:
    return MapDot(
        key=f"{place.taxonomy}/{place.id}",
        href=link.href,
        name=link.words,
        count=link.count,
        left=round(100 * spot.left, 2),
        top=round(100 * spot.top, 2),
        radius=spot.radius,
        label=label,
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
