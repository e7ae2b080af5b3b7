"""Versions into stories: an article in all its languages, and what it says of each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from timeline_gen.collecting.chronicle import Brief, Named, Story
from timeline_gen.collecting.directory import Directory
from timeline_gen.collecting.facts import Given, inherit, same_media, same_stamp, same_when
from timeline_gen.errors import Place, Problem
from timeline_gen.model import Article, Citation, Entity, Settings, Stamp, Telling, When, digest_of


@dataclass(frozen=True, slots=True)
class Account:
    """What one story says of one event, its versions taken together."""

    brief: Brief
    event: str
    facts: Telling
    """What the versions state together; a date of None means that the story only refers to the event."""
    texts: Mapping[str, Telling]
    """By language: titles, summaries and other texts."""
    sources: tuple[Citation, ...]
    borrowed: tuple[Citation, ...]
    """Those of the sources that stand elsewhere: in ``content/sources.yaml``, or as the article's own."""
    named: Mapping[str, tuple[Entity, ...]]
    givens: tuple[Given, ...]

    @property
    def when(self) -> When | None:
        """Return its date."""
        return self.facts.when

    @property
    def corrects(self) -> str:
        """Return the slug of the story whose telling it corrects, or an empty text."""
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
class Whole:
    """What an article says as a whole; its tellings fall back on it."""

    brief: Brief
    source: Citation | None
    named: Mapping[str, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all stories are read against."""

    settings: Settings
    directory: Directory
    sources: Mapping[str, Citation]
    """``content/sources.yaml``, by id."""

    kinds: Mapping[str, str]
    """The kind of entity that each taxonomy lists."""


def pair(
    articles: Iterable[Article], settings: Settings
) -> tuple[dict[str, dict[str, Article]], tuple[Problem, ...]]:
    """Return *articles* by slug and language, languages in the site's order."""
    rank = {language.code: number for number, language in enumerate(settings.languages)}
    slugs: dict[str, dict[str, Article]] = {}
    problems: list[Problem] = []
    for article in sorted(articles, key=lambda article: (article.slug, rank[article.lang], article.path)):
        versions = slugs.setdefault(article.slug, {})
        if first := versions.get(article.lang):
            problems.append(_twice(first, article))
        else:
            versions[article.lang] = article
    return slugs, tuple(problems)


def tell(
    versions: Mapping[str, Article], shelf: Shelf
) -> tuple[Story, tuple[Account, ...], tuple[Problem, ...]]:
    """Return the story that *versions* are, and its account of each event it names."""
    problems: list[Problem] = []
    givens = tuple(Given(article) for article in versions.values())
    published = inherit(givens, "date", lambda given: given.article.published, problems, same=same_stamp)
    if published is None:
        problems.append(_no_date(givens[0]))
    source = inherit(givens, "source", lambda given: given.article.source, problems)
    authors = inherit(givens, "authors", lambda given: given.article.authors or None, problems)
    wrote = _authors(shelf.settings.authors if authors is None else authors, shelf)
    named = _named(_names(givens, shelf, problems), shelf)
    brief = _brief(versions, published)
    accounts = _accounts(versions, Whole(brief, source, named), shelf, problems)
    story = Story(
        brief=brief,
        versions=versions,
        authors=wrote,
        source=source,
        named=_listed(named, shelf.settings),
        events=tuple(dict.fromkeys(account.event for account in accounts)),
        digest=digest_of(
            *(article.digest for article in versions.values()),
            *(entity.digest for entity in chain(wrote, *named.values())),
        ),
    )
    return story, accounts, tuple(problems)


def unique(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return *entities* in order, each once."""
    found: dict[str, Entity] = {}
    for entity in entities:
        if entity.id not in found:
            found[entity.id] = entity
    return tuple(found.values())


def _brief(versions: Mapping[str, Article], published: Stamp | None) -> Brief:
    slug = next(iter(versions.values())).slug
    titles = {lang: article.title for lang, article in versions.items()}
    summaries = {
        lang: (article.summary, article.summary_text) for lang, article in versions.items() if article.summary
    }
    updates = [article.updated for article in versions.values() if article.updated]
    updated = max(updates, key=lambda stamp: (stamp.second, stamp.text), default=None)
    drafts = [lang for lang, article in versions.items() if article.draft]
    said = repr((slug, titles, summaries, published, updated, drafts)).encode()
    return Brief(slug, titles, summaries, published, updated, digest_of(said), frozenset(drafts))


def _named(names: Mapping[str, tuple[str, ...]], shelf: Shelf) -> dict[str, tuple[Entity, ...]]:
    """Return whom and what *names* mean, by taxonomy."""
    return {key: _entities(typed, key, shelf) for key, typed in names.items()} if names else {}


def _entities(names: Iterable[str], key: str, shelf: Shelf) -> tuple[Entity, ...]:
    kind = shelf.kinds[key]
    find = shelf.directory.find
    return unique([entity for name in names for entity in find(kind, name)[:1]])


def _authors(names: Iterable[str], shelf: Shelf) -> tuple[Entity, ...]:
    return unique(entity for name in names for entity in shelf.directory.author(name)[:1])


def _names(givens: Sequence[Given], shelf: Shelf, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    """Return what *givens* name, by taxonomy, as the first of them that does so typed it."""
    names: dict[str, tuple[str, ...]] = {}
    for key in shelf.kinds:

        def same(one: tuple[str, ...], other: tuple[str, ...], key: str = key) -> bool:
            return {entity.id for entity in _entities(one, key, shelf)} == {
                entity.id for entity in _entities(other, key, shelf)
            }

        typed = inherit(givens, key, partial(_typed, key=key), problems, same=same)
        if typed is not None:
            names[key] = typed
    return names


def _typed(given: Given, key: str) -> tuple[str, ...] | None:
    return (given.telling or given.article).names.get(key)


def _listed(named: Mapping[str, tuple[Entity, ...]], settings: Settings) -> tuple[Named, ...]:
    return tuple(
        Named(taxonomy.key, named[taxonomy.key])
        for taxonomy in settings.taxonomies
        if named.get(taxonomy.key)
    )


def _accounts(
    versions: Mapping[str, Article], whole: Whole, shelf: Shelf, problems: list[Problem]
) -> tuple[Account, ...]:
    events: dict[str, dict[str, Given]] = {}
    for lang, article in versions.items():
        for telling in article.events:
            given = Given(article, telling)
            first = events.setdefault(telling.event, {}).setdefault(lang, given)
            if first is not given:
                problems.append(_told_twice(first, given))
    return tuple(_account(tuple(givens.values()), whole, shelf, problems) for givens in events.values())


def _account(givens: tuple[Given, ...], whole: Whole, shelf: Shelf, problems: list[Problem]) -> Account:
    texts = {given.article.lang: given.told for given in givens}
    speaking = [given for given in givens if _states_facts(given.told)]
    chief = (speaking or givens)[0]
    facts = chief.told if len(speaking) < 2 else _settled(speaking, shelf, problems)
    sources, borrowed = _cited(facts.sources, chief, whole, shelf, problems)
    return Account(
        brief=whole.brief,
        event=facts.event,
        facts=facts,
        texts=texts,
        sources=sources,
        borrowed=borrowed,
        named={**whole.named, **_named(facts.names, shelf)} if facts.names else whole.named,
        givens=givens,
    )


def _states_facts(telling: Telling) -> bool:
    return bool(
        telling.when
        or telling.status
        or telling.names
        or telling.sources is not None
        or telling.media
        or telling.importance
        or telling.order is not None
        or telling.sort_date
        or telling.corrects
    )


def _settled(givens: Sequence[Given], shelf: Shelf, problems: list[Problem]) -> Telling:
    """Return a telling of the facts that *givens*, versions of one article, state together."""
    return replace(
        givens[0].told,
        when=inherit(givens, "date", lambda given: given.told.when, problems, same=same_when),
        status=inherit(givens, "status", lambda given: given.told.status or None, problems) or "",
        names=_names(givens, shelf, problems),
        sources=inherit(givens, "sources", lambda given: given.told.sources, problems),
        media=inherit(givens, "media", lambda given: given.told.media, problems, same=same_media),
        importance=inherit(givens, "importance", lambda given: given.told.importance, problems),
        order=inherit(givens, "order", lambda given: given.told.order, problems),
        sort_date=inherit(givens, "sort_date", lambda given: given.told.sort_date, problems, same=same_when),
        corrects=inherit(givens, "corrects", lambda given: given.told.corrects or None, problems) or "",
    )


def _cited(
    sources: tuple[Citation | str, ...] | None,
    given: Given,
    whole: Whole,
    shelf: Shelf,
    problems: list[Problem],
) -> tuple[tuple[Citation, ...], tuple[Citation, ...]]:
    """Return the citations of a telling, its own or else the article's source, and those that it borrows."""
    if sources is None:
        own = (whole.source,) if whole.source else ()
        return own, own
    cited: list[Citation] = []
    borrowed: list[Citation] = []
    for entry in sources:
        if isinstance(entry, Citation):
            cited.append(entry)
        elif entry in shelf.sources:
            cited.append(shelf.sources[entry])
            borrowed.append(shelf.sources[entry])
        else:
            problems.append(_no_source(entry, given))
    return tuple(cited), tuple(borrowed)


def _twice(first: Article, second: Article) -> Problem:
    there = Place(first.path)
    return Problem(
        "TG501",
        f"a second article with the slug {second.slug!r} in {second.lang!r}; the first is {there.path}",
        Place(second.path),
        "give one of the two files another name",
        related=(there,),
    )


def _no_date(given: Given) -> Problem:
    return Problem(
        "TG514",
        "no version of this article says when it was published",
        given.place("date"),
        "add the day, such as 'date: 2021-12-06', to one version; the others inherit it",
        about=given.article.slug,
    )


def _told_twice(first: Given, second: Given) -> Problem:
    return Problem(
        "TG507",
        f"the event {second.told.event!r} is listed twice in one article, first at {first.place('')}",
        second.place("id"),
        "put all that this article says of it into one entry",
        related=(first.place("id"),),
    )


def _no_source(entry: str, given: Given) -> Problem:
    return Problem(
        "TG512",
        f"content/sources.yaml has no source with the id {entry!r}",
        given.place("sources"),
        "add it there, or write the source out here, such as 'sources: [{title: …, url: …}]'",
        about=entry,
    )
