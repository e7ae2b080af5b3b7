"""``events.csv``: the events of a timeline as a table, in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from timeline_gen.collecting.timeline import Correction, Event
from timeline_gen.pages.page import ChunkedPage
from timeline_gen.pages.parts.data_exports import TABLE, TimelineFile
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.pages.parts.event_records import PROPERTIES, article_address, event_data
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import EventsTableView, table_chunks

_COLUMNS: Final = tuple(PROPERTIES)
"""The first columns of the table; those of the taxonomies follow, then :data:`_LAST_COLUMNS`."""
_LAST_COLUMNS: Final = ("articles", "sources", "corrections")
_BETWEEN: Final = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsTableFile(TimelineFile, ChunkedPage):
    """The events of a timeline as CSV."""

    events: tuple[Event, ...]

    file_name = TABLE
    group = "data files"
    many = True
    siblings = "data"
    around = frozenset({"entity", "taxonomy"})

    def chunks(self, _context: RenderContext) -> Chunked:
        """Return the file, a row for each event."""
        keys = tuple(taxonomy.key for taxonomy in self.site.taxonomies)
        rows = tuple(tuple(_cells(event, self.lang, self.site)) for event in self.events)
        return table_chunks(EventsTableView((*_COLUMNS, *keys, *_LAST_COLUMNS), rows))


def _cells(event: Event, lang: str, site: SiteContext) -> Iterator[str]:
    data = event_data(event, lang, site)
    yield from (str(data.get(column, "")) for column in _COLUMNS)
    named = {names.taxonomy: names.entities for names in event.named}
    for taxonomy in site.taxonomies:
        entities = named.get(taxonomy.key, ())
        yield _BETWEEN.join(entity_link(entity, lang, site).words.text for entity in entities)
    yield _BETWEEN.join(article_address(telling, lang, site) for telling in event.tellings)
    yield _BETWEEN.join(source.url or source.title or source.name for source in event.sources)
    yield _BETWEEN.join(_correction_cell(correction) for correction in event.corrections)


def _correction_cell(correction: Correction) -> str:
    change = (
        f"{correction.was.edtf} → {correction.now.edtf}" if correction.changes_date else correction.now.edtf
    )
    return f"{date_time(correction.by.last)[:10]}: {change}"
