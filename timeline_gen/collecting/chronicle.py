"""The nouns that collect makes: everything the site tells, merged, paired and in order.

Each noun carries a *digest* of all that it was made from, so that a page can be kept as long as the
digests of what it shows stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from timeline_gen.collecting.facts import same_when
from timeline_gen.errors import Place
from timeline_gen.model import Article, Citation, Entity, Era, Media, PlainPage, Stamp, Texts, When


@dataclass(frozen=True, slots=True)
class Brief:
    """An article in all its languages, as others show it: without its body and its events."""

    slug: str
    titles: Texts
    summaries: Mapping[str, tuple[str, str]]
    """Clean HTML and plain text, by language."""
    published: Stamp | None
    updated: Stamp | None
    """The newest of its versions."""
    digest: bytes
    drafts: frozenset[str] = frozenset()
    """The languages whose version is a draft."""

    @property
    def stamp(self) -> int:
        """Return the second it was last touched, for the order of tellings."""
        last = self.updated or self.published
        return last.second if last else 0

    @property
    def last(self) -> Stamp | None:
        """Return when it was last touched."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Named:
    """What an article or event names: the entities of each taxonomy, in the order they were named."""

    taxonomy: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """An article in all its languages."""

    brief: Brief
    versions: Mapping[str, Article]
    """By language, in the site's order of languages."""
    authors: tuple[Entity, ...]
    source: Citation | None
    named: tuple[Named, ...]
    events: tuple[str, ...]
    """The ids it tells or refers to, in the order it names them."""
    digest: bytes

    @property
    def slug(self) -> str:
        """Return the slug that its versions share."""
        return self.brief.slug


class Standing(Enum):
    """How a telling stands to the date that the event is shown with."""

    JOINED = "joined"
    """Its date agrees."""
    CORRECTED = "corrected"
    """A later telling says that it corrects this one."""
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class Told:
    """What one story says of one event."""

    brief: Brief
    when: When
    standing: Standing
    titles: Texts
    status: str
    sources: tuple[Citation, ...]
    corrects: str
    """The slug of the story whose telling it corrects, or empty."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A telling that replaced an earlier one."""

    event: str
    titles: Texts
    """The event's titles."""
    was: When
    now: When
    corrected: Brief
    by: Brief

    @property
    def changes_date(self) -> bool:
        """Return whether the date is another one now; else the rest of what was told has been corrected."""
        return not same_when(self.was, self.now)


@dataclass(frozen=True, slots=True)
class Face:
    """An event as lists show it: small, because many pages show it."""

    id: str
    when: When
    titles: Texts
    summaries: Mapping[str, tuple[str, str]]
    """Clean HTML and plain text, by language."""
    date_texts: Texts
    status: str
    importance: int
    contested: bool
    """Whether a telling contradicts the date shown and nothing has settled it."""
    corrected: bool
    """Whether its date has been corrected."""
    draft: bool
    """Whether only drafts tell it."""
    sort_key: tuple[object, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Event(Face):
    """Something that happened, as all its tellings together say."""

    named: tuple[Named, ...]
    sources: tuple[Citation, ...]
    """The leading telling's."""
    media: Mapping[str, Media]
    tellings: tuple[Told, ...]
    """In telling order, the leading one first."""
    mentions: tuple[Brief, ...]
    """The stories that only refer to it."""
    corrections: tuple[Correction, ...]
    place: Place
    """Where the leading telling dates it."""


def face_of(event: Event) -> Face:
    """Return what lists show of *event*."""
    return Face(
        event.id,
        event.when,
        event.titles,
        event.summaries,
        event.date_texts,
        event.status,
        event.importance,
        event.contested,
        event.corrected,
        event.draft,
        event.sort_key,
        event.digest,
    )


Faces: TypeAlias = Mapping[str, Face]
"""By id, in the order of the events."""


def faces_of(events: Iterable[Event]) -> Faces:
    """Return what lists show of *events*."""
    return {event.id: face_of(event) for event in events}


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain page in all its languages."""

    slug: str
    versions: Mapping[str, PlainPage]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Chronicle:
    """All that the site tells."""

    events: tuple[Event, ...]
    """In order; undated ones last, by id."""
    stories: tuple[Story, ...]
    """Newest first."""
    plains: tuple[Plain, ...]
    eras: tuple[Era, ...]
    held: frozenset[str]
    """Ids of events that are held back: told by drafts alone, or under embargo."""
    withheld: frozenset[tuple[str, str]] = frozenset()
    """The articles that are held back, by language and slug."""
    next_embargo: int | None = None
    """The second (since 1970, UTC) at which the next embargo ends, and the chronicle is another one."""
