"""``events.json``: the events of a timeline as data, in each language."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_gen.collecting.timeline import Event
from timeline_gen.pages.page import ChunkedPage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.data_exports import DATA, TimelineFile
from timeline_gen.pages.parts.event_records import event_data
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import EventsDataView, events_chunks

SCHEMA = "events.schema.json"
"""The address of the schema of all ``events.json`` of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsDataFile(TimelineFile, ChunkedPage):
    """The events of a timeline as JSON."""

    events: tuple[Event, ...]
    site_title: str
    licence: str

    file_name = DATA
    group = "data files"
    many = True
    siblings = "data"
    around = frozenset({"entity", "taxonomy", "site_title", "licence"})

    def chunks(self, _context: RenderContext) -> Chunked:
        """Return the file, a chunk for each event."""
        url, about = self.site.url, {}
        if self.entity:
            name = entity_link(self.entity, self.lang, self.site).words
            about = {"taxonomy": self.taxonomy, "id": self.entity.id, "name": name.text, "lang": name.lang}
        return events_chunks(
            EventsDataView(
                schema=addresses.absolute(url, SCHEMA),
                lang=self.lang,
                site=self.site_title,
                url=addresses.absolute(url, self.home()),
                licence=self.licence,
                about=about,
                events=tuple(event_data(event, self.lang, self.site) for event in self.events),
            )
        )
