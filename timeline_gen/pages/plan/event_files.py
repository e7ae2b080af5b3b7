"""Which text of an event's own file a page shows: the one in its language, else the first there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from timeline_gen.collecting.link_targets import LinkTargets, keys_of
from timeline_gen.collecting.timeline import Article, Timeline
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Stamp
from timeline_gen.pages.parts.event_text import EventText
from timeline_gen.pages.site import Site, best


class EventByline(NamedTuple):
    """Who wrote the text of an event's own file, and when that was last touched."""

    authors: tuple[Entity, ...] = ()
    updated: Stamp | None = None


@dataclass(frozen=True, slots=True)
class EventFiles:
    """The events' own files, as pages show them."""

    files: Mapping[str, Article]
    targets: LinkTargets
    site: Site

    def text(self, event: str, lang: str) -> EventText | None:
        """Return the text of the *event* that a page in *lang* shows; None where it has none to show."""
        file = self.files.get(event)
        if file is None or (self.site.hides and lang not in file.versions):
            return None
        texts = {code: version for code, version in file.versions.items() if version.has_text}
        if not texts:
            return None
        found = texts[best(texts, lang, self.site.languages)]
        return EventText(found.body_hash, found.lang, self.targets.of(keys_of(found.links)))

    def among(self, events: Iterable[str], lang: str) -> dict[str, EventText]:
        """Return the texts of those of *events* that have one to show in *lang*, by id."""
        if not self.files:
            return {}
        return {event: text for event in events if (text := self.text(event, lang))}

    def byline(self, event: str) -> EventByline:
        """Return who wrote the text of the *event*, and when it was last touched."""
        file = self.files.get(event)
        return EventByline(file.authors, file.label.updated) if file else EventByline()


def event_files(timeline: Timeline, site: Site) -> EventFiles:
    """Return the events' own files of *timeline*."""
    return EventFiles(timeline.event_files, timeline.targets, site)
