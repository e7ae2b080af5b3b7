"""An article's telling of an event, with sources and times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from timeline_gen.model.assets import Asset, Attachment, Media
from timeline_gen.model.dates import When
from timeline_gen.model.texts import Position, Texts

DATE_TEXT: Final = "date_text"
"""The words that are shown in place of the date's wording."""
LABELLED_TEXTS: Final[tuple[str, ...]] = ()
"""The texts that pages show under labels, for which catalogues have the words (``section``): none so far."""
TEXT_FACTS: Final = (DATE_TEXT, *LABELLED_TEXTS)
"""The keys of the facts that are plain texts in several languages."""

STATUSES: Final = ("confirmed", "reported", "disputed", "denied", "planned")
"""How sure an event is, as a telling may have it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something is known from; at least one field is filled."""

    name: str = ""
    title: str = ""
    author: str = ""
    url: str = ""
    date: str = ""
    page: str = ""
    language: str = ""
    archive_ref: str = ""
    quote: str = ""
    accessed: str = ""
    archive: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an article was published or updated: a day, or a day with time and offset."""

    text: str
    """ISO 8601, as it is exported."""
    day: int
    second: int = 0
    """Seconds since 1970-01-01T00:00Z, for the order of articles; midnight UTC where only a day is given."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The facts and texts that one article gives of one event, in one language."""

    event: str
    when: When | None = None
    """None where this article only refers to the event, or leaves the date to another version."""
    title: str = ""
    summary: str = ""
    """Clean HTML of one line, without a paragraph around it."""
    summary_text: str = ""
    """The same as plain text."""
    text_facts: Mapping[str, Texts] = field(default_factory=dict)
    """The facts that are texts in several languages, by their keys (:data:`TEXT_FACTS`)."""
    status: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """People, places, tags … as typed, by taxonomy."""
    sources: tuple[Citation | str, ...] | None = None
    """Citations, or ids of ``content/sources.yaml``; None where the article's own source serves."""
    media: tuple[Media, ...] = ()
    files: tuple[Attachment, ...] = ()
    assets: tuple[Asset, ...] = ()
    """All files that it shows, offers or links to."""
    importance: int | None = None
    order: int | None = None
    sort_date: When | None = None
    corrects: str = ""
    """The slug of the article whose telling this one corrects, or ``event:ID`` for an event's own file."""
    aliases: tuple[str, ...] = ()
    """Former ids of the event."""
    embargo: Stamp | None = None
    """When it may be published at the earliest."""
    links: tuple[str, ...] = ()
    """The keys of the links in its texts."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Free data: text, lists and mappings."""
    positions: Mapping[str, Position] = field(default_factory=dict)
    """The position of each key's value in the article's file; ``""`` is the event itself."""
