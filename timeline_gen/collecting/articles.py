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
from timeline_gen.collecting.link_targets import LinkTargets
from timeline_gen.collecting.tellings import ArticleDefaults, MergedTelling, merged_tellings
from timeline_gen.collecting.timeline import Article, ArticleSummary, NamedEntities, label_of
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
    # In a fixed order, so that of two files of one version the same counts on every machine.
    for article in sorted(articles, key=lambda article: (article.slug, rank[article.lang], article.path)):
        versions = slugs.setdefault(article.slug, {})
        if first := versions.get(article.lang):
            problems.append(_twice(first, article))
        else:
            versions[article.lang] = article
    return slugs, tuple(problems)


def assemble(
    versions: Mapping[str, ArticleVersion], context: CollectContext
) -> tuple[Article, tuple[MergedTelling, ...], tuple[Problem, ...]]:
    """Return the article that *versions* are, and its telling of each event that it names."""
    problems: list[Problem] = []
    stated = tuple(VersionFacts(version) for version in versions.values())
    key = stated[0].article.published_key
    published = inherit(stated, key, lambda version: version.article.published, problems, same=same_stamp)
    if published is None and not own_event(stated[0].article.slug):
        problems.append(_no_date(stated[0]))
    source = inherit(stated, "source", lambda version: version.article.source, problems)
    authors = inherit(stated, "authors", lambda version: version.article.authors or None, problems)
    writers = _authors(context.settings.authors if authors is None else authors, context)
    named = named_entities(merged_names(stated, context, problems), context)
    image = inherit(stated, "image", lambda version: version.article.image, problems, same=same_image)
    files = inherit(stated, "files", lambda version: version.article.files or None, problems, same=same_files)
    summary = _summary(versions, published, image, context.targets)
    label = label_of(summary)
    tellings = merged_tellings(versions, ArticleDefaults(label, source, named), context, problems)
    article = Article(
        summary=summary,
        label=label,
        versions=versions,
        authors=writers,
        source=source,
        named=_listed(named, context.settings),
        events=tuple(dict.fromkeys(telling.event for telling in tellings)),
        files=by_language(files, ((lang, version.files) for lang, version in versions.items()), same_files)
        if files
        else {},
    )
    return article, tellings, tuple(problems)


def _summary(
    versions: Mapping[str, ArticleVersion], published: Stamp | None, image: Media | None, known: LinkTargets
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
        images = ((lang, article.image) for lang, article in versions.items())
        shown = by_language(image, images, same_image)
    return ArticleSummary(slug, titles, published, updated, frozenset(drafts), summaries, targets, shown)


def _authors(names: Iterable[str], context: CollectContext) -> tuple[Entity, ...]:
    return unique(entity for name in names for entity in context.directory.author(name)[:1])


def _listed(named: Mapping[str, tuple[Entity, ...]], settings: Settings) -> tuple[NamedEntities, ...]:
    return tuple(
        NamedEntities(taxonomy.key, named[taxonomy.key])
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


def _no_date(version: VersionFacts) -> Problem:
    return Problem(
        "TG514",
        say("no version of this article says when it was published"),
        version.place("date"),
        say("add the day, such as 'date: 2021-12-06', to one version; the others inherit it"),
        about=version.article.slug,
    )
