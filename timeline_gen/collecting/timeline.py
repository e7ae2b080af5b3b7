"""The nouns that collect makes: everything on the site, merged, paired and in order.

What many pages show carries the hash of what it holds (:class:`~timeline_gen.keys.Noun`). An event and an
article each have smaller nouns within them, for pages that show less of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Final, TypeAlias

from timeline_gen.collecting.facts import same_when
from timeline_gen.collecting.link_targets import LinkTargets
from timeline_gen.errors import Place
from timeline_gen.keys import UNKEYED, Noun
from timeline_gen.model.articles import ArticleVersion, PageVersion, own_event
from timeline_gen.model.assets import Attachment, Media
from timeline_gen.model.dates import When
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.texts import Texts

BEFORE_ALL: Final = -(1 << 60)
"""The second at which an event's own file counts as touched that gives no day of publication."""


@dataclass(frozen=True, slots=True)
class ArticleLabel(Noun):
    """An article, or an event's own file, in all its languages, as links to it show it."""

    slug: str
    titles: Texts
    published: Stamp | None
    updated: Stamp | None
    """The newest of its versions."""
    drafts: frozenset[str] = frozenset()
    """The languages whose version is a draft."""

    @property
    def stamp(self) -> int:
        """Return the second it was last touched, for the order of tellings."""
        last = self.updated or self.published
        return last.second if last else BEFORE_ALL

    @property
    def event(self) -> str:
        """Return the id of the event whose own file it is; empty for an article."""
        return own_event(self.slug)

    @property
    def last(self) -> Stamp | None:
        """Return when it was last touched."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class ArticleSummary(ArticleLabel):
    """An article in all its languages, as lists show it: without its body and its events."""

    summaries: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Clean HTML and plain text, by language."""
    targets: tuple[LinkTarget, ...] = ()
    """Where the links in its summaries lead."""
    image: Mapping[str, Media] = field(default_factory=dict)
    """Its picture, by the language of its texts."""

    @property
    def without_image(self) -> ArticleSummary:
        """Return it as those show it who show no pictures."""
        return replace(self, image={}) if self.image else self


def label_of(article: ArticleSummary) -> ArticleLabel:
    """Return what links to *article* show of it."""
    return ArticleLabel(article.slug, article.titles, article.published, article.updated, article.drafts)


@dataclass(frozen=True, slots=True)
class NamedEntities:
    """What an article or event names: the entities of each taxonomy, in the order they were named."""

    taxonomy: str
    entities: tuple[Entity, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or an event's own file, in all its languages."""

    summary: ArticleSummary
    label: ArticleLabel
    versions: Mapping[str, ArticleVersion]
    """By language, in the site's order of languages."""
    authors: tuple[Entity, ...]
    source: Citation | None
    named: tuple[NamedEntities, ...]
    events: tuple[str, ...]
    """The ids that it dates or refers to, in the order it names them."""
    files: Mapping[str, tuple[Attachment, ...]] = field(default_factory=dict)
    """What it offers, by the language of its titles."""

    @property
    def slug(self) -> str:
        """Return the slug that its versions share."""
        return self.label.slug


class TellingRole(Enum):
    """How the date of a telling relates to the date that the event is shown with."""

    JOINED = "joined"
    """Its date agrees."""
    CORRECTED = "corrected"
    """A later telling corrects this one."""
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class TellingSummary:
    """One article's telling of one event, as pages show it."""

    article: ArticleLabel
    when: When
    role: TellingRole
    titles: Texts
    status: str
    sources: tuple[Citation, ...]
    corrects: str
    """The slug of the article whose telling it corrects, or empty."""
    labelled: Mapping[str, Texts] = field(default_factory=dict)
    """Its labelled texts, by key."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A telling that replaced an earlier one."""

    event: str
    titles: Texts
    """The event's titles."""
    was: When
    now: When
    corrected: ArticleLabel
    by: ArticleLabel

    @property
    def changes_date(self) -> bool:
        """Return whether the date is another one now; else something else has been corrected."""
        return not same_when(self.was, self.now)


@dataclass(frozen=True, slots=True)
class EventSummary(Noun):
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
    """Whether all its tellings are drafts."""
    sort_key: tuple[object, ...] = field(metadata=UNKEYED)
    """Its place among others, which lists show by their order."""
    targets: tuple[LinkTarget, ...] = field(default=(), kw_only=True)
    """Where the links in its summaries, and in the texts of its picture, lead."""
    has_page: bool = field(default=True, kw_only=True)
    """Whether it has a page of its own, and not only its place on the timeline."""


@dataclass(frozen=True, slots=True)
class PicturedSummary(EventSummary):
    """An event as lists with pictures show it."""

    media: Mapping[str, Media] = field(default_factory=dict, kw_only=True)
    """The first of its media, by language."""


@dataclass(frozen=True, slots=True)
class Event(EventSummary):
    """Something that happened, all its tellings merged."""

    named: tuple[NamedEntities, ...]
    sources: tuple[Citation, ...]
    """The leading telling's."""
    media: Mapping[str, tuple[Media, ...]]
    """Its pictures and embeds, by the language of their texts; those of a language are never none."""
    tellings: tuple[TellingSummary, ...]
    """In telling order, the leading one first."""
    mentions: tuple[ArticleLabel, ...]
    """The articles that only refer to it."""
    corrections: tuple[Correction, ...]
    place: Place
    """Where the leading telling dates it."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Free data of its tellings."""
    files: Mapping[str, tuple[Attachment, ...]] = field(default_factory=dict)
    """What it offers, by the language of its titles."""
    labelled: Mapping[str, Texts] = field(default_factory=dict)
    """Its texts that are shown under labels (:data:`~timeline_gen.model.events.LABELLED_TEXTS`), by key."""
    _summary: EventSummary | None = field(
        default=None, init=False, repr=False, compare=False, metadata=UNKEYED
    )

    @property
    def summary(self) -> EventSummary:
        """Return what lists show of it."""
        # Kept past the frozen class, since many pages show it, and each of them asks for its hash.
        if self._summary is None:
            object.__setattr__(self, "_summary", summary_of(self))
        return self._summary or self


def summary_of(event: Event) -> EventSummary:
    """Return what lists show of *event*."""
    return EventSummary(
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
        targets=event.targets,
        has_page=event.has_page,
    )


EventSummaries: TypeAlias = Mapping[str, EventSummary]
"""By id, in the order of the events."""


def pictured(events: Iterable[Event]) -> EventSummaries:
    """Return what lists with pictures show of *events*: more than others where an event has a picture."""
    return {event.id: _pictured(event) if event.media else event.summary for event in events}


def _pictured(event: Event) -> PicturedSummary:
    parts = {part.name: getattr(event, part.name) for part in fields(EventSummary) if part.init}
    return PicturedSummary(**parts, media={lang: media[0] for lang, media in event.media.items() if media})


def summaries_of(events: Iterable[Event]) -> EventSummaries:
    """Return what lists show of *events*."""
    return {event.id: event.summary for event in events}


@dataclass(frozen=True, slots=True)
class TranslatedPage:
    """A plain page in all its languages."""

    slug: str
    versions: Mapping[str, PageVersion]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All events and articles of the site."""

    events: tuple[Event, ...]
    """In order; undated ones last."""
    articles: tuple[Article, ...]
    """Newest first."""
    plain_pages: tuple[TranslatedPage, ...]
    eras: tuple[Era, ...]
    held: frozenset[str]
    """Ids of events that are held back: stated only by drafts, or under embargo."""
    targets: LinkTargets = field(default_factory=LinkTargets)
    """What links in texts lead to."""
    withheld: frozenset[tuple[str, str]] = frozenset()
    """The articles that are held back, by language and slug, and events' own files."""
    withheld_pages: frozenset[str] = frozenset()
    """The slugs of plain pages that are drafts in all languages."""
    listed: frozenset[str] = frozenset()
    """The ids of all entities that the site lists, named or not."""
    next_embargo: int | None = None
    """The second (since 1970, UTC) at which the next embargo ends, and the timeline is another one."""
    next_note: int | None = None
    """The second at which the next article that is dated ahead has come, and a note of it falls away."""
    event_files: Mapping[str, Article] = field(default_factory=dict)
    """The events' own files, by the id of the event."""

    rows: tuple[Article, ...] = ()
    """The rows of tables of events."""

    @property
    def tellers(self) -> tuple[Article, ...]:
        """Return all that has events: texts and rows of tables."""
        return (*self.texts, *self.rows)

    @property
    def texts(self) -> tuple[Article, ...]:
        """Return the articles, then the events' own files."""
        return (*self.articles, *self.event_files.values())

    @property
    def next_change(self) -> int | None:
        """Return the second at which the same content makes another site, or other notes of it."""
        return min(
            (second for second in (self.next_embargo, self.next_note) if second is not None), default=None
        )
