"""What the files with the events of a timeline have in common: where they are, and whose events they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from timeline_gen.messages import say
from timeline_gen.model.entities import Entity
from timeline_gen.model.texts import Texts
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import DataLinks

FEED: Final = "events.xml"
CALENDAR: Final = "calendar.ics"
DATA: Final = "events.json"
TABLE: Final = "events.csv"
"""The names of the files that pages link to."""


def data_links(home: str) -> DataLinks:
    """Return where the files of the timeline at *home* are."""
    return DataLinks(f"{home}{FEED}", f"{home}{CALENDAR}", f"{home}{DATA}", f"{home}{TABLE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFile(Page):
    """A file with events of a timeline, next to the page of that."""

    entity: Entity | None = None
    """Whose timeline it is; None for that of the site."""
    taxonomy: str = ""
    site: SiteContext

    file_name: ClassVar[str] = ""
    """Next to the page of an entity's timeline, and at the home of a language."""

    def home(self) -> str:
        """Return the address of the timeline."""
        if self.entity:
            return addresses.entity(self.lang, self.taxonomy, self.entity.id)
        return addresses.timeline(self.lang, self.site.home)

    def address(self) -> str:
        """Return the address of the file, which does not move with the timeline of the site."""
        folder = self.home() if self.entity else addresses.home(self.lang)
        return f"{folder}{self.file_name}"

    def name(self) -> str:
        """Return what it is, in words for an author."""
        return (
            say("{id!r} under {taxonomy!r}", id=self.entity.id, taxonomy=self.taxonomy)
            if self.entity
            else f"/{self.address()}"
        )

    def titles(self) -> Texts:
        """Return the names of the entity."""
        return self.entity.names if self.entity else {}
