"""Articles and plain pages, one version for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.messages import say
from timeline_gen.model.assets import Asset, Attachment, Media
from timeline_gen.model.events import Citation, Stamp, Telling
from timeline_gen.model.links import TextLink
from timeline_gen.model.texts import Position

OWN_FILE: Final = "event:"
"""What the slug of an event's own file begins with, before its id; no slug of an article has a colon."""

OWN_ROW: Final = "@"
"""What separates the event's id from the table's name in the slug of a row of a table."""


def own_event(slug: str) -> str:
    """Return the id of the event whose own file, or row of a table, *slug* names; empty for an article."""
    return slug.removeprefix(OWN_FILE).partition(OWN_ROW)[0] if slug.startswith(OWN_FILE) else ""


def is_row(slug: str) -> bool:
    """Return whether *slug* names a row of a table."""
    return OWN_ROW in slug


def shown_slug(slug: str) -> str:
    """Return what *slug* names, in words for an author."""
    event = own_event(slug)
    return say("the event {event!r}", event=event) if event else say("the article {slug!r}", slug=slug)


@dataclass(frozen=True, slots=True)
class ArticleVersion:
    """One text in one language, read; its body is kept apart (:class:`Body`).

    An event's own file is one, too, with a telling of that event only, and no page but the event's.
    """

    path: PurePosixPath
    slug: str
    """Of an event's own file ``event:ID`` (:data:`OWN_FILE`), of a row of a table ``event:ID@TABLE``."""
    lang: str
    title: str
    published: Stamp | None = None
    updated: Stamp | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    """Clean HTML of one line, without a paragraph around it."""
    summary_text: str = ""
    source: Citation | None = None
    image: Media | None = None
    """The picture that it opens with."""
    files: tuple[Attachment, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it shows, offers or links to, but for those of its events and of its body."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    events: tuple[Telling, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    """Former slugs."""
    embargo: Stamp | None = None
    """When it may be published at the earliest."""
    translation_of: tuple[str, str] | None = None
    """The language it was translated from, and the hash of that version's texts, empty until it is marked."""
    links: tuple[TextLink, ...] = ()
    """Those of its summary, of its events and of its body."""
    summary_links: tuple[str, ...] = ()
    """The keys of those of its summary."""
    anchors: tuple[str, ...] = ()
    """The ids in its body."""
    body_hash: str = ""
    """The hash of its body, under which that is kept."""
    has_text: bool = True
    """Whether its body has any text."""
    has_page: bool = True
    """Whether its events have pages; those of some tables have none."""
    extra: Mapping[str, object] = field(default_factory=dict)
    digest: bytes = b""
    """The hash of all this was read from: the front matter's bytes, the path, and what the body adds to it
    (``links``, ``anchors``, ``body_hash``, ``has_text`` left out); the settings are the same for all."""
    positions: Mapping[str, Position] = field(default_factory=dict)

    @property
    def published_key(self) -> str:
        """Return the key of its front matter for the day of publication."""
        return "published" if own_event(self.slug) else "date"


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A page that belongs to no date: about, method, corrections policy."""

    path: PurePosixPath
    slug: str
    lang: str
    title: str
    summary_text: str = ""
    draft: bool = False
    aliases: tuple[str, ...] = ()
    template: str = ""
    """The template of the theme that draws it; empty for that of its version in another language, or
    ``page.html``."""
    links: tuple[TextLink, ...] = ()
    anchors: tuple[str, ...] = ()
    body_hash: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
