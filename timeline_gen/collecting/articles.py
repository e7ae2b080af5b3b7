"""Versions into articles, each in all its languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

from timeline_gen.collecting.context import CollectContext, merged_names, named_entities, unique
from timeline_gen.collecting.facts import (
    VersionFacts,
    by_language,
    inherit,
    same_files,
    same_image,
    same_stamp,
)
from timeline_gen.collecting.targets import Targets
from timeline_gen.collecting.tellings import ArticleDefaults, MergedTelling, merged_tellings
from timeline_gen.collecting.timeline import Article, ArticleSummary, Named, label_of
from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, own_event
from timeline_gen.model.assets import Media
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Stamp
from timeline_gen.model.settings import Settings


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
    named = named_entities(merged_names(givens, shelf, problems), shelf)
    image = inherit(givens, "image", lambda given: given.article.image, problems, same=same_image)
    files = inherit(givens, "files", lambda given: given.article.files or None, problems, same=same_files)
    summary = _summary(versions, published, image, shelf.targets)
    label = label_of(summary)
    accounts = merged_tellings(versions, ArticleDefaults(label, source, named), shelf, problems)
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


def _authors(names: Iterable[str], shelf: CollectContext) -> tuple[Entity, ...]:
    return unique(entity for name in names for entity in shelf.directory.author(name)[:1])


def _listed(named: Mapping[str, tuple[Entity, ...]], settings: Settings) -> tuple[Named, ...]:
    return tuple(
        Named(taxonomy.key, named[taxonomy.key])
        for taxonomy in settings.taxonomies
        if named.get(taxonomy.key)
    )


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
