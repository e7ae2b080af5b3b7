"""Versions into stories: an article in all its languages, and what it says of each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import PurePosixPath

from timeline_gen.collecting.chronicle import Brief, Named, Story
from timeline_gen.collecting.directory import AUTHOR, Directory, Mention
from timeline_gen.collecting.facts import Given, inherit, same_media, same_stamp, same_when
from timeline_gen.errors import Place, Problem
from timeline_gen.model import Article, Citation, Entity, Media, Settings, Stamp, Telling, When


@dataclass(frozen=True, slots=True)
class Account:
    """What one story says of one event, its versions taken together."""

    brief: Brief
    event: str
    when: When | None
    """None where the story only refers to the event."""
    texts: Mapping[str, Telling]
    """By language: titles, summaries and other texts."""
    status: str
    sources: tuple[Citation, ...]
    named: Mapping[str, tuple[Entity, ...]]
    media: Media | None
    importance: int | None
    order: int | None
    sort_date: When | None
    corrects: str
    place: Place
    """Where its date stands, else where the event is named."""
    corrects_place: Place


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

    @property
    def authors(self) -> tuple[Entity, ...]:
        """Return who wrote what names no author: the site's authors."""
        found = (self.directory.author(name) for name in self.settings.authors)
        return tuple(entities[0] for entities in found if entities)


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


def site_mentions(settings: Settings) -> Iterable[Mention]:
    """Yield the authors that the site itself names."""
    place = Place(PurePosixPath("site.yaml"), *settings.spots.get("authors", (1, 1)))
    for name in settings.authors:
        yield Mention(AUTHOR, name, settings.languages[0].code, place, author=True)


def mentions_of(article: Article, settings: Settings) -> Iterable[Mention]:
    """Yield every name that *article* gives, with its place."""
    whole = Given(article)
    for name in article.authors:
        yield Mention(AUTHOR, name, article.lang, whole.place("authors"), author=True)
    for given in (whole, *(Given(article, telling) for telling in article.events)):
        names = article.names if given.telling is None else given.telling.names
        for taxonomy in settings.taxonomies:
            for name in names.get(taxonomy.key, ()):
                yield Mention(taxonomy.kind, name, article.lang, given.place(taxonomy.key))


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
    authors = inherit(givens, "authors", lambda given: _entities(given, "authors", shelf), problems)
    authors = shelf.authors if authors is None else authors
    named = _named(givens, shelf, problems)
    brief = _brief(versions, published)
    accounts = _accounts(versions, Whole(brief, source, named), shelf, problems)
    story = Story(
        brief=brief,
        versions=versions,
        authors=authors,
        source=source,
        named=_listed(named, shelf.settings),
        events=tuple(dict.fromkeys(account.event for account in accounts)),
        digest=digest_of(brief.digest, *(entity_digest(entity) for entity in _all(named, authors))),
    )
    return story, accounts, tuple(problems)


def digest_of(*parts: bytes) -> bytes:
    """Return one hash of *parts*, each of which is a hash or another text of fixed meaning."""
    return blake2b(b"\0".join(parts), digest_size=16).digest()


def entity_digest(entity: Entity) -> bytes:
    """Return the hash of all that *entity* says."""
    return repr(entity).encode()


def _all(named: Mapping[str, tuple[Entity, ...]], authors: tuple[Entity, ...]) -> tuple[Entity, ...]:
    return (*authors, *(entity for entities in named.values() for entity in entities))


def _brief(versions: Mapping[str, Article], published: Stamp | None) -> Brief:
    updates = [article.updated for article in versions.values() if article.updated]
    return Brief(
        slug=next(iter(versions.values())).slug,
        titles={lang: article.title for lang, article in versions.items()},
        summaries={
            lang: (article.summary, article.summary_text)
            for lang, article in versions.items()
            if article.summary
        },
        published=published,
        updated=max(updates, key=lambda stamp: (stamp.second, stamp.text), default=None),
        digest=digest_of(*(article.digest for article in versions.values())),
    )


def _named(givens: tuple[Given, ...], shelf: Shelf, problems: list[Problem]) -> dict[str, tuple[Entity, ...]]:
    """Return what *givens* name, by taxonomy; a taxonomy that none of them mentions is left out."""
    named: dict[str, tuple[Entity, ...]] = {}
    for taxonomy in shelf.settings.taxonomies:
        find = partial(_entities, key=taxonomy.key, shelf=shelf)
        entities = inherit(givens, taxonomy.key, find, problems, same=_same_names)
        if entities is not None:
            named[taxonomy.key] = entities
    return named


def _same_names(one: tuple[Entity, ...], other: tuple[Entity, ...]) -> bool:
    return {entity.id for entity in one} == {entity.id for entity in other}


def _entities(given: Given, key: str, shelf: Shelf) -> tuple[Entity, ...] | None:
    if key == "authors":
        names, find = given.article.authors or None, shelf.directory.author
    else:
        kind = next(taxonomy.kind for taxonomy in shelf.settings.taxonomies if taxonomy.key == key)
        names, find = (given.telling or given.article).names.get(key), partial(shelf.directory.find, kind)
    if names is None:
        return None
    found = (find(name) for name in names)
    return tuple({entities[0].id: entities[0] for entities in found if entities}.values())


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
    texts = {given.article.lang: given.telling for given in givens if given.telling}
    one = next(iter(texts.values()))
    sources = inherit(givens, "sources", lambda given: _told(given).sources, problems)
    dated = next((given for given in givens if _told(given).when), givens[0])
    corrects = inherit(givens, "corrects", lambda given: _told(given).corrects or None, problems)
    correcting = next((given for given in givens if _told(given).corrects), givens[0])
    return Account(
        brief=whole.brief,
        event=one.event,
        when=inherit(givens, "date", lambda given: _told(given).when, problems, same=same_when),
        texts=texts,
        status=inherit(givens, "status", lambda given: _told(given).status or None, problems) or "",
        sources=_cited(sources, givens, whole, shelf, problems),
        named={**whole.named, **_named(givens, shelf, problems)},
        media=inherit(givens, "media", lambda given: _told(given).media, problems, same=same_media),
        importance=inherit(givens, "importance", lambda given: _told(given).importance, problems),
        order=inherit(givens, "order", lambda given: _told(given).order, problems),
        sort_date=inherit(
            givens, "sort_date", lambda given: _told(given).sort_date, problems, same=same_when
        ),
        corrects=corrects or "",
        place=dated.place("date"),
        corrects_place=correcting.place("corrects"),
    )


def _told(given: Given) -> Telling:
    if given.telling is None:
        raise TypeError("an account is made of tellings")
    return given.telling


def _cited(
    sources: tuple[Citation | str, ...] | None,
    givens: tuple[Given, ...],
    whole: Whole,
    shelf: Shelf,
    problems: list[Problem],
) -> tuple[Citation, ...]:
    """Return the citations of a telling: its own, by value or by id, else the article's source."""
    if sources is None:
        return (whole.source,) if whole.source else ()
    cited: list[Citation] = []
    for entry in sources:
        if isinstance(entry, Citation):
            cited.append(entry)
        elif entry in shelf.sources:
            cited.append(shelf.sources[entry])
        else:
            given = next(given for given in givens if _told(given).sources is not None)
            problems.append(_no_source(entry, given))
    return tuple(cited)


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
        f"the event {_told(second).event!r} is listed twice in one article, first at {first.place('')}",
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
