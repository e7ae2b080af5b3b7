"""What one article says of each event, its versions merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from timeline_gen.collecting.context import CollectContext, merged_names, named_entities
from timeline_gen.collecting.facts import (
    VersionFacts,
    inherit,
    position_of_item,
    same_files,
    same_media,
    same_when,
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
    """What one article says of one event, its versions taken together."""

    article: ArticleLabel
    event: str
    facts: Telling
    """What the versions state together; a date of None means that the article only refers to the event."""
    texts: Mapping[str, Telling]
    """By language: titles, summaries and other texts."""
    sources: tuple[Citation, ...]
    borrowed: tuple[Citation, ...]
    """Those of the sources that stand elsewhere: in ``content/sources.yaml``, or as the article's own."""
    named: Mapping[str, tuple[Entity, ...]]
    givens: tuple[VersionFacts, ...]
    targets: tuple[LinkTarget, ...] = ()
    """Where the links in its texts lead."""
    position: int = 0
    """Its place in the list of events of the version that dates it."""

    @property
    def first_told(self) -> FirstTelling:
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
        """Return where its date stands, else where the event is named."""
        for given in self.givens:
            if given.told.when:
                return given.place("date")
        return self.givens[0].place("date")

    @property
    def corrects_place(self) -> Place:
        """Return where it says what it corrects."""
        for given in self.givens:
            if given.told.corrects:
                return given.place("corrects")
        return self.givens[0].place("corrects")


@dataclass(frozen=True, slots=True)
class ArticleDefaults:
    """What an article says as a whole; its tellings fall back on it."""

    article: ArticleLabel
    source: Citation | None
    named: Mapping[str, tuple[Entity, ...]]


def merged_tellings(
    versions: Mapping[str, ArticleVersion],
    whole: ArticleDefaults,
    shelf: CollectContext,
    problems: list[Problem],
) -> tuple[MergedTelling, ...]:
    """Return what *versions* of one article say of each event, in the order in which they name them."""
    events: dict[str, dict[str, VersionFacts]] = {}
    for lang, article in versions.items():
        for telling in article.events:
            given = VersionFacts(article, telling)
            first = events.setdefault(telling.event, {}).setdefault(lang, given)
            if first is not given:
                problems.append(_told_twice(first, given))
    return tuple(
        _merged_telling(tuple(givens.values()), whole, shelf, problems) for givens in events.values()
    )


def _merged_telling(
    givens: tuple[VersionFacts, ...], whole: ArticleDefaults, shelf: CollectContext, problems: list[Problem]
) -> MergedTelling:
    texts = {given.article.lang: given.told for given in givens}
    speaking = [given for given in givens if _states_facts(given.told)]
    chief = (speaking or givens)[0]
    facts = chief.told if len(speaking) < 2 else _settled(speaking, shelf, problems)
    sources, borrowed = _cited(facts.sources, chief, whole, shelf, problems)
    return MergedTelling(
        article=whole.article,
        event=facts.event,
        facts=facts,
        texts=texts,
        sources=sources,
        borrowed=borrowed,
        named={**whole.named, **named_entities(facts.names, shelf)} if facts.names else whole.named,
        givens=givens,
        targets=shelf.targets.of(chain.from_iterable(told.links for told in texts.values())),
        position=_position(givens),
    )


def _position(givens: Sequence[VersionFacts]) -> int:
    """Return the event's place in the list of the original version of those that date it.

    A version in another language does not change it, whatever the order of its list and the rank of its
    language.
    """
    dated = [given for given in givens if given.told.when] or givens
    article, told = min(dated, key=_originality).article, dated[0].told
    return next((number for number, one in enumerate(article.events) if one.event == told.event), 0)


def _originality(given: VersionFacts) -> tuple[bool, bool, int]:
    """Order versions of one article: those that are not translations first, then the oldest."""
    article = given.article
    published = article.published
    return (article.translation_of is not None, published is None, published.second if published else 0)


def _states_facts(telling: Telling) -> bool:
    return bool(
        telling.when
        or telling.status
        or telling.names
        or telling.sources is not None
        or telling.media
        or telling.files
        or telling.importance
        or telling.order is not None
        or telling.sort_date
        or telling.corrects
    )


def _settled(givens: Sequence[VersionFacts], shelf: CollectContext, problems: list[Problem]) -> Telling:
    """Return a telling of the facts that *givens*, versions of one article, state together."""
    return replace(
        givens[0].told,
        when=inherit(givens, "date", lambda given: given.told.when, problems, same=same_when),
        status=inherit(givens, "status", lambda given: given.told.status or None, problems) or "",
        names=merged_names(givens, shelf, problems),
        sources=inherit(givens, "sources", lambda given: given.told.sources, problems),
        media=inherit(givens, "media", lambda given: given.told.media or None, problems, same=same_media)
        or (),
        files=inherit(givens, "files", lambda given: given.told.files or None, problems, same=same_files)
        or (),
        importance=inherit(givens, "importance", lambda given: given.told.importance, problems),
        order=inherit(givens, "order", lambda given: given.told.order, problems),
        sort_date=inherit(givens, "sort_date", lambda given: given.told.sort_date, problems, same=same_when),
        corrects=inherit(givens, "corrects", lambda given: given.told.corrects or None, problems) or "",
    )


def _cited(
    sources: tuple[Citation | str, ...] | None,
    given: VersionFacts,
    whole: ArticleDefaults,
    shelf: CollectContext,
    problems: list[Problem],
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """Return the citations of a telling, its own or else the article's source, and those that it borrows."""
    if sources is None:
        own = (whole.source,) if whole.source else ()
        return own, own
    cited: list[Citation] = []
    borrowed: list[Citation] = []
    for number, entry in enumerate(sources):
        if isinstance(entry, Citation):
            cited.append(entry)
        elif entry in shelf.sources:
            cited.append(shelf.sources[entry])
            borrowed.append(shelf.sources[entry])
        else:
            problems.append(_no_source(entry, number, given, shelf.sources))
    return tuple(cited), tuple(borrowed)


def _told_twice(first: VersionFacts, second: VersionFacts) -> Problem:
    return Problem(
        "TG507",
        say(
            "the event {event!r} is listed twice in one article, first at {place}",
            event=second.told.event,
            place=first.place(""),
        ),
        second.place("id"),
        say("put all that this article says of it into one entry"),
        related=(first.place("id"),),
    )


def _no_source(entry: str, number: int, given: VersionFacts, known: Iterable[str]) -> Problem:
    near = nearest(entry, sorted(known))
    hint = say("add it there, or write the source out here, such as 'sources: [{title: …, url: …}]'")
    return Problem(
        "TG512",
        say("content/sources.yaml has no source with the id {entry!r}", entry=entry),
        Place(given.article.path, *position_of_item(given.positions, "sources", number)),
        say("did you mean '{near}'?", near=near) if near else hint,
        about=entry,
    )
