"""``events.geojson``: the events of a timeline that happened at known places, for maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from timeline_gen.collecting.timeline import Event
from timeline_gen.model.entities import Entity
from timeline_gen.pages.page import ChunkedPage
from timeline_gen.pages.parts.data_exports import TimelineFile
from timeline_gen.pages.parts.event_records import PROPERTIES, event_data
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import geojson_chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsGeojsonFile(TimelineFile, ChunkedPage):
    """The events of a timeline that name places with coordinates, as GeoJSON."""

    events: tuple[Event, ...]
    """Those of the timeline that are :func:`located`."""

    file_name = "events.geojson"
    group = "data files"
    many = True
    siblings = "data"
    around = frozenset({"entity", "taxonomy"})

    def chunks(self, _context: RenderContext) -> Chunked:
        """Return the file, a feature for each event."""
        return geojson_chunks(tuple(_feature(event, self.lang, self.site) for event in self.events))


def located(event: Event) -> list[Entity]:
    """Return the things with coordinates that *event* names: it happened there."""
    return [entity for naming in event.named for entity in naming.entities if entity.coordinates]


def _feature(event: Event, lang: str, site: SiteContext) -> Mapping[str, object]:
    """Return *event* as a feature (RFC 7946, section 3.2)."""
    data, places = event_data(event, lang, site), located(event)
    spots = dict.fromkeys(place.coordinates for place in places if place.coordinates)
    # GeoJSON has the longitude first (RFC 7946, section 3.1.1).
    points = [[longitude, latitude] for latitude, longitude in spots]
    single = len(points) == 1
    # The feature itself has the id.
    properties = {key: data[key] for key in PROPERTIES if key in data and key != "id"}
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {
            "type": "Point" if single else "MultiPoint",
            "coordinates": points[0] if single else points,
        },
        "properties": properties
        | {"places": [entity_link(entity, lang, site).words.text for entity in places]},
    }
