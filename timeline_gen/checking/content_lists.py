"""Lists of what a site holds, for ``timeline-gen list``: a row for each article, event, entity or address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.parse.content import Content
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.embargoes import Embargoes
from timeline_gen.collecting.timeline import NamedEntities, Timeline
from timeline_gen.model.articles import ArticleVersion, PageVersion
from timeline_gen.model.entities import Entity, EntityKey
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Texts

_COMMAND: Final = "timeline-gen list"

Row: TypeAlias = Mapping[str, str | int | bool | list[str]]
"""Values by the names of their columns; every row of a list has the same columns."""


@dataclass(frozen=True, slots=True)
class _Site:
    """A site, read and collected."""

    settings: Settings
    content: Content
    timeline: Timeline
    now: int
    lang: str
    """The language of titles, where there is one in it."""

    def text(self, texts: Texts) -> str:
        """Return the text of *texts* in the language of the list, else in the first that there is."""
        order = (self.lang, *(language.code for language in self.settings.languages))
        return next((texts[lang] for lang in order if texts.get(lang)), next(iter(texts.values()), ""))


def content_list(root: Path, what: str, options: Options, lang: str = "") -> tuple[Row, ...]:
    """Return the list *what*, a key of ``LISTS``, of the site in the folder *root*.

    Titles are in *lang*, if they are there in it. Raises ``ContentError`` where the content has errors.
    """
    options = replace(options, command=_COMMAND, lock_timeout=LOCK_TIMEOUT)
    if what == URLS:
        return tuple(_urls(root, options))
    return tuple(_ROWS[what](_read(root, options, lang)))


def _read(root: Path, options: Options, lang: str) -> _Site:
    with open_workspace(root, options) as site, workers(site):
        settings, content = read_site(site)
        found = collect(content.collected, settings, drafts=options.drafts, now=site.now)
        timeline = site.problems.of(found)
        site.problems.stop()
        return _Site(settings, content, timeline, site.now, lang)


def _articles(site: _Site) -> Iterator[Row]:
    for article in site.timeline.articles:
        published = article.label.published
        yield {
            "slug": article.slug,
            "date": published.text if published else "",
            "languages": list(article.versions),
            "events": len(article.events),
            "title": site.text(article.label.titles),
            "files": [str(version.path) for version in article.versions.values()],
        }


def _drafts(site: _Site) -> Iterator[Row]:
    read = site.content.collected
    yield from (_draft("article", text) for text in sorted(read.articles, key=_path) if text.draft)
    yield from (_draft("page", text) for text in sorted(read.plain_pages, key=_path) if text.draft)


def _draft(kind: str, text: ArticleVersion | PageVersion) -> Row:
    return {
        "kind": kind,
        "slug": text.slug,
        "language": text.lang,
        "title": text.title,
        "file": str(text.path),
    }


def _path(text: ArticleVersion | PageVersion) -> PurePosixPath:
    return text.path


def _embargoed(site: _Site) -> Iterator[Row]:
    articles = site.content.collected.articles
    embargoes = Embargoes(articles)
    for article in sorted(articles, key=_path):
        stamps = [("", embargoes.of(article))]
        stamps += [(telling.event, embargoes.of(article, telling)) for telling in article.events]
        for event, until in stamps:
            if until and until.second > site.now:
                yield _held(article, event, until.text)


def _held(article: ArticleVersion, event: str, until: str) -> Row:
    return {
        "until": until,
        "slug": article.slug,
        "language": article.lang,
        "event": event,
        "title": article.title,
        "file": str(article.path),
    }


def _events(site: _Site) -> Iterator[Row]:
    for event in site.timeline.events:
        yield {
            "id": event.id,
            "date": event.when.edtf,
            "status": event.status,
            "articles": [telling.article.slug for telling in event.tellings],
            "title": site.text(event.titles),
            "place": str(event.place),
        }


def _entities(site: _Site) -> Iterator[Row]:
    events = _naming((event.id, event.named) for event in site.timeline.events)
    versions = _naming((article.slug, article.named) for article in site.timeline.articles)
    entities = {key: entity for found in (versions, events) for key, (entity, _) in found.items()}
    for (taxonomy, key), entity in sorted(entities.items(), key=lambda item: item[0]):
        yield {
            "taxonomy": taxonomy,
            "id": entity.id,
            "kind": entity.kind,
            "events": len(events.get((taxonomy, key), (entity, ()))[1]),
            "articles": len(versions.get((taxonomy, key), (entity, ()))[1]),
            "name": site.text(entity.names),
        }


def _naming(
    things: Iterable[tuple[str, Iterable[NamedEntities]]],
) -> dict[tuple[str, EntityKey], tuple[Entity, set[str]]]:
    """Return the entities that *things* name, by taxonomy and key, each with the names of these things."""
    found: dict[tuple[str, EntityKey], tuple[Entity, set[str]]] = {}
    for name, namings in things:
        for naming in namings:
            for entity in naming.entities:
                found.setdefault((naming.taxonomy, entity.key), (entity, set()))[1].add(name)
    return found


def _urls(root: Path, options: Options) -> Iterator[Row]:
    with open_workspace(root, options) as site, workers(site):
        plan = plan_site(site)
    for page in sorted(plan.pages, key=lambda page: page.address()):
        yield {
            "url": plan.site.settings.url + page.address(),
            "kind": page.group,
            "listed": page.is_listed,
            "source": str(page.origin.path),
        }


URLS: Final = "urls"
_ROWS: Final[Mapping[str, Callable[[_Site], Iterable[Row]]]] = {
    "articles": _articles,
    "drafts": _drafts,
    "embargoed": _embargoed,
    "events": _events,
    "entities": _entities,
}
LISTS: Final = (*_ROWS, URLS)
"""What can be listed."""
