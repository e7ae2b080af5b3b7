"""An article's telling of each event, its versions merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from timeline_gen.collecting.context import CollectContext, merged_names, named_entities
from timeline_gen.collecting.facts import (
    FACTS,
    NAMES,
    VersionFacts,
    inherit,
    position_of_item,
    states_facts,
)
from timeline_gen.collecting.timeline import BEFORE_ALL, ArticleLabel
from timeline_gen.dates.order import FirstTelling
from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.dates import When
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation, Telling
from timeline_gen.model.links import LinkTarget
from timeline_gen.text.suggestions import nearest


@dataclass(frozen=True, slots=True)
class MergedTelling:
    """One article's telling of one event, its versions taken together."""

    article: ArticleLabel
    event: str
    facts: Telling
    """What the versions state together; a date of None means that the article only refers to the event."""
    texts: Mapping[str, Telling]
    """By language: titles, summaries and other texts."""
    sources: tuple[Citation, ...]
    borrowed: tuple[Citation, ...]
    """Those of the sources that are kept elsewhere: in ``content/sources.yaml``, or as the article's own."""
    named: Mapping[str, tuple[Entity, ...]]
    versions: tuple[VersionFacts, ...]
    targets: tuple[LinkTarget, ...] = ()
    """Where the links in its texts lead."""
    position: int = 0
    """Its place in the list of events of the version that dates it."""

    @property
    def first_telling(self) -> FirstTelling:
        """Return what orders it among events of the same date."""
        published = self.article.published
        return FirstTelling(published.day if published else BEFORE_ALL, self.article.slug, self.position)

    @property
    def when(self) -> When | None:
        """Return its date."""
        return self.facts.when

    @property
    def corrects(self) -> str:
        """Return the slug of the article whose telling it corrects, or an empty text."""
        return self.facts.corrects

    @property
    def place(self) -> Place:
        """Return the place of its date, else of the event's id."""
        for version in self.versions:
            if version.event_telling.when:
                return version.place("date")
        return self.versions[0].place("date")

    @property
    def corrects_place(self) -> Place:
        """Return the place of what it corrects."""
        for version in self.versions:
            if version.event_telling.corrects:
                return version.place("corrects")
        return self.versions[0].place("corrects")


@dataclass(frozen=True, slots=True)
class ArticleDefaults:
    """The facts of an article as a whole; its tellings fall back on them."""

    article: ArticleLabel
    source: Citation | None
    named: Mapping[str, tuple[Entity, ...]]


def merged_tellings(
    versions: Mapping[str, ArticleVersion],
    defaults: ArticleDefaults,
    context: CollectContext,
    problems: list[Problem],
) -> tuple[MergedTelling, ...]:
    """Return the tellings of *versions* of one article, merged by event, in the order of their events."""
    events: dict[str, dict[str, VersionFacts]] = {}
    for lang, article in versions.items():
        # Versions may list their events in different orders: they are matched by id.
        for telling in article.events:
            stated = VersionFacts(article, telling)
            first = events.setdefault(telling.event, {}).setdefault(lang, stated)
            if first is not stated:
                problems.append(_listed_twice(first, stated))
    return tuple(
        _merged_telling(tuple(by_lang.values()), defaults, context, problems) for by_lang in events.values()
    )


def _merged_telling(
    versions: tuple[VersionFacts, ...],
    defaults: ArticleDefaults,
    context: CollectContext,
    problems: list[Problem],
) -> MergedTelling:
    texts = {version.article.lang: version.event_telling for version in versions}
    stating = [version for version in versions if states_facts(version.event_telling)]
    leading = (stating or versions)[0]
    # Translations state no facts as a rule, and then there is nothing to compare.
    facts = leading.event_telling if len(stating) < 2 else _merged_facts(stating, context, problems)
    sources, borrowed = _cited(facts.sources, leading, defaults, context, problems)
    return MergedTelling(
        article=defaults.article,
        event=facts.event,
        facts=facts,
        texts=texts,
        sources=sources,
        borrowed=borrowed,
        named={**defaults.named, **named_entities(facts.names, context)} if facts.names else defaults.named,
        versions=versions,
        targets=context.targets.of(chain.from_iterable(text.links for text in texts.values())),
        position=_position(versions),
    )


def _position(versions: Sequence[VersionFacts]) -> int:
    """Return the event's place in the list of the original version of those that date it.

    A version in another language does not change it, whatever the order of its list and the rank of its
    language.
    """
    dated = [version for version in versions if version.event_telling.when] or versions
    article, event = min(dated, key=_originality).article, dated[0].event_telling.event
    return next((number for number, telling in enumerate(article.events) if telling.event == event), 0)


def _originality(version: VersionFacts) -> tuple[bool, bool, int]:
    """Order versions of one article: those that are not translations first, then the oldest."""
    article = version.article
    published = article.published
    return (article.translation_of is not None, published is None, published.second if published else 0)


def _merged_facts(
    versions: Sequence[VersionFacts], context: CollectContext, problems: list[Problem]
) -> Telling:
    """Return a telling of the facts that *versions*, versions of one article, state together."""
    merged: dict[str, Any] = {}
    for fact in FACTS:
        if fact.key == NAMES:
            merged[fact.field] = merged_names(versions, context, problems)
        else:
            value = inherit(versions, fact.key, fact.value, problems, same=fact.same)
            merged[fact.field] = fact.unstated if value is None else value
    return replace(versions[0].event_telling, **merged)


def _cited(
    sources: tuple[Citation | str, ...] | None,
    version: VersionFacts,
    defaults: ArticleDefaults,
    context: CollectContext,
    problems: list[Problem],
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """Return the citations of a telling, its own or else the article's source, and those that it borrows."""
    if sources is None:
        own = (defaults.source,) if defaults.source else ()
        return own, own
    cited: list[Citation] = []
    borrowed: list[Citation] = []
    for number, entry in enumerate(sources):
        if isinstance(entry, Citation):
            cited.append(entry)
        elif entry in context.sources:
            cited.append(context.sources[entry])
            borrowed.append(context.sources[entry])
        else:
            problems.append(_no_source(entry, number, version, context.sources))
    return tuple(cited), tuple(borrowed)


def _listed_twice(first: VersionFacts, second: VersionFacts) -> Problem:
    return Problem(
        "TG507",
        say(
            "the event {event!r} is listed twice in one article, first at {place}",
            event=second.event_telling.event,
            place=first.place(""),
        ),
        second.place("id"),
        say("put all that this article says of it into one entry"),
        related=(first.place("id"),),
    )


def _no_source(entry: str, number: int, version: VersionFacts, known: Iterable[str]) -> Problem:
    near = nearest(entry, sorted(known))
    hint = say("add it there, or write the source out here, such as 'sources: [{title: …, url: …}]'")
    return Problem(
        "TG512",
        say("content/sources.yaml has no source with the id {entry!r}", entry=entry),
        Place(version.article.path, *position_of_item(version.positions, "sources", number)),
        say("did you mean '{near}'?", near=near) if near else hint,
        about=entry,
    )
