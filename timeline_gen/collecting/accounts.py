"""Versions into articles, each in all its languages, and what it says of each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from timeline_gen.collecting.directory import Directory
from timeline_gen.collecting.facts import (
    VersionFacts,
    by_language,
    inherit,
    same_files,
    same_image,
    same_media,
    same_stamp,
    same_when,
    spot_of_item,
)
from timeline_gen.collecting.targets import Targets
from timeline_gen.collecting.timeline import (
    BEFORE_ALL,
    Article,
    ArticleLabel,
    ArticleSummary,
    Named,
    label_of,
)
from timeline_gen.dates.order import FirstTelling
from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, own_event
from timeline_gen.model.assets import Media
from timeline_gen.model.dates import When
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.model.events import Citation, Stamp, Telling
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.settings import Settings
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
class Whole:
    """What an article says as a whole; its tellings fall back on it."""

    article: ArticleLabel
    source: Citation | None
    named: Mapping[str, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class CollectContext:
    """What all articles are read against."""

    settings: Settings
    directory: Directory
    sources: Mapping[str, Citation]
    """``content/sources.yaml``, by id."""

    kinds: Mapping[str, str]
    """The kind of entity that each taxonomy lists."""

    targets: Targets = field(default_factory=Targets)
    """What links can lead to."""


def pair(
    articles: Iterable[ArticleVersion], settings: Settings
) -> tuple[dict[str, dict[str, ArticleVersion]], tuple[Problem, ...]]:
    """Return *articles* by slug and language, languages in the site's order."""
    rank = {language.code: number for number, language in enumerate(settings.languages)}
    slugs: dict[str, dict[str, ArticleVersion]] = {}
    problems: list[Problem] = []
    for article in sorted(articles, key=lambda article: (article.slug, rank[article.lang], article.path)):
        versions = slugs.setdefault(article.slug, {})
        if first := versions.get(article.lang):
            problems.append(_twice(first, article))
        else:
            versions[article.lang] = article
    return slugs, tuple(problems)


def tell(
    versions: Mapping[str, ArticleVersion], shelf: CollectContext
) -> tuple[Article, tuple[MergedTelling, ...], tuple[Problem, ...]]:
    """Return the article that *versions* are, and its account of each event it names."""
    problems: list[Problem] = []
    givens = tuple(VersionFacts(version) for version in versions.values())
    key = givens[0].article.published_key
    published = inherit(givens, key, lambda given: given.article.published, problems, same=same_stamp)
    if published is None and not own_event(givens[0].article.slug):
        problems.append(_no_date(givens[0]))
    source = inherit(givens, "source", lambda given: given.article.source, problems)
    authors = inherit(givens, "authors", lambda given: given.article.authors or None, problems)
    wrote = _authors(shelf.settings.authors if authors is None else authors, shelf)
    named = _named(_names(givens, shelf, problems), shelf)
    image = inherit(givens, "image", lambda given: given.article.image, problems, same=same_image)
    files = inherit(givens, "files", lambda given: given.article.files or None, problems, same=same_files)
    summary = _summary(versions, published, image, shelf.targets)
    label = label_of(summary)
    accounts = _accounts(versions, Whole(label, source, named), shelf, problems)
    article = Article(
        summary=summary,
        label=label,
        versions=versions,
        authors=wrote,
        source=source,
        named=_listed(named, shelf.settings),
        events=tuple(dict.fromkeys(account.event for account in accounts)),
        files=by_language(files, ((lang, one.files) for lang, one in versions.items()), same_files)
        if files
        else {},
    )
    return article, accounts, tuple(problems)


def unique(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return *entities* in order, each once."""
    found: dict[EntityKey, Entity] = {}
    for entity in entities:
        if entity.key not in found:
            found[entity.key] = entity
    return tuple(found.values())


def _summary(
    versions: Mapping[str, ArticleVersion], published: Stamp | None, image: Media | None, known: Targets
) -> ArticleSummary:
    slug = next(iter(versions.values())).slug
    titles = {lang: article.title for lang, article in versions.items()}
    summaries = {
        lang: (article.summary, article.summary_text) for lang, article in versions.items() if article.summary
    }
    updates = [article.updated for article in versions.values() if article.updated]
    updated = max(updates, key=lambda stamp: (stamp.second, stamp.text), default=None)
    drafts = [lang for lang, article in versions.items() if article.draft]
    targets = known.of(chain.from_iterable(article.summary_links for article in versions.values()))
    shown = {}
    if image:
        given = ((lang, article.image) for lang, article in versions.items())
        shown = by_language(image, given, same_image)
    return ArticleSummary(slug, titles, published, updated, frozenset(drafts), summaries, targets, shown)


def _named(names: Mapping[str, tuple[str, ...]], shelf: CollectContext) -> dict[str, tuple[Entity, ...]]:
    """Return whom and what *names* mean, by taxonomy."""
    return {key: _entities(typed, key, shelf) for key, typed in names.items()} if names else {}


def _entities(names: Iterable[str], key: str, shelf: CollectContext) -> tuple[Entity, ...]:
    kind = shelf.kinds[key]
    find = shelf.directory.find
    return unique([entity for name in names for entity in find(kind, name)[:1]])


def _authors(names: Iterable[str], shelf: CollectContext) -> tuple[Entity, ...]:
    return unique(entity for name in names for entity in shelf.directory.author(name)[:1])


def _names(
    givens: Sequence[VersionFacts], shelf: CollectContext, problems: list[Problem]
) -> dict[str, tuple[str, ...]]:
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


def _typed(given: VersionFacts, key: str) -> tuple[str, ...] | None:
    return (given.telling or given.article).names.get(key)


def _listed(named: Mapping[str, tuple[Entity, ...]], settings: Settings) -> tuple[Named, ...]:
    return tuple(
        Named(taxonomy.key, named[taxonomy.key])
        for taxonomy in settings.taxonomies
        if named.get(taxonomy.key)
    )


def _accounts(
    versions: Mapping[str, ArticleVersion], whole: Whole, shelf: CollectContext, problems: list[Problem]
) -> tuple[MergedTelling, ...]:
    events: dict[str, dict[str, VersionFacts]] = {}
    for lang, article in versions.items():
        for telling in article.events:
            given = VersionFacts(article, telling)
            first = events.setdefault(telling.event, {}).setdefault(lang, given)
            if first is not given:
                problems.append(_told_twice(first, given))
    return tuple(_account(tuple(givens.values()), whole, shelf, problems) for givens in events.values())


def _account(
    givens: tuple[VersionFacts, ...], whole: Whole, shelf: CollectContext, problems: list[Problem]
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
        named={**whole.named, **_named(facts.names, shelf)} if facts.names else whole.named,
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
        names=_names(givens, shelf, problems),
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
    whole: Whole,
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


def _twice(first: ArticleVersion, second: ArticleVersion) -> Problem:
    there = Place(first.path)
    event = own_event(second.slug)
    what = (
        say("file of the event {event!r}", event=event)
        if event
        else say("article with the slug {slug!r}", slug=second.slug)
    )
    return Problem(
        "TG501",
        say("a second {what} in {lang!r}; the first is {path}", what=what, lang=second.lang, path=there.path),
        Place(second.path),
        say("give one of the two files another name"),
        related=(there,),
    )


def _no_date(given: VersionFacts) -> Problem:
    return Problem(
        "TG514",
        say("no version of this article says when it was published"),
        given.place("date"),
        say("add the day, such as 'date: 2021-12-06', to one version; the others inherit it"),
        about=given.article.slug,
    )


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
        Place(given.article.path, *spot_of_item(given.spots, "sources", number)),
        say("did you mean '{near}'?", near=near) if near else hint,
        about=entry,
    )
