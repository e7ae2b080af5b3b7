"""The names that the files of a site may use, for editors to complete: of languages, people, events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.timeline import Event, NamedEntities, Timeline
from timeline_gen.model.entities import Entity
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Texts
from timeline_gen.reading.disk.packaged import THEMES, packaged_themes

Known: TypeAlias = Mapping[str, str]
"""What can be written, and what it is called."""

_COMMAND: Final = "timeline-gen schema"
_NEVER: Final = 2**62
"""A second after every embargo: to complete an id shows it to those who have the file."""


@dataclass(frozen=True, slots=True)
class SiteNames:
    """The names of one site."""

    languages: Known
    entities: Mapping[str, Known] = field(default_factory=dict)
    """By taxonomy: the ids of entities that are listed, and the names of those that are not."""
    kinds: Known = field(default_factory=dict)
    """The kind that each taxonomy lists, by the kind."""
    events: Known = field(default_factory=dict)
    articles: Known = field(default_factory=dict)
    pages: Known = field(default_factory=dict)
    sources: Known = field(default_factory=dict)
    themes: Known = field(default_factory=dict)

    @property
    def people(self) -> Known:
        """Return the entities that can be authors: persons, else all."""
        of_persons = self.kinds.get("person")
        if of_persons:
            return self.entities.get(of_persons, {})
        return {name: label for known in self.entities.values() for name, label in known.items()}


def site_names(root: Path, *, jobs: int | None = None) -> SiteNames:
    """Return the names that the site in the folder *root* has, drafts included.

    What is wrong with the content hides the names in it only. Raises ``ContentError`` where the settings have
    errors, and ``UsageError`` where there is no site.
    """
    options = Options(drafts=True, command=_COMMAND, lock_timeout=LOCK_TIMEOUT, jobs=jobs)
    with open_workspace(root, options) as site, workers(site):
        settings, content = read_site(site)
        read = content.collected
        timeline = site.problems.of(collect(read, settings, drafts=True, now=_NEVER))
    first = settings.languages[0].code
    return SiteNames(
        languages={language.code: language.name for language in settings.languages},
        entities=_entities(read, timeline, settings, first),
        kinds={taxonomy.kind: taxonomy.key for taxonomy in settings.taxonomies},
        events={event.id: _event(event, first) for event in timeline.events},
        articles={article.slug: _text(article.label.titles, first) for article in timeline.articles},
        pages=_sorted((page.slug, page.title) for page in read.plain_pages),
        sources=_sorted((key, source.title or source.name) for key, source in read.sources.items()),
        themes=_themes(root),
    )


def _entities(read: ParsedContent, timeline: Timeline, settings: Settings, lang: str) -> dict[str, Known]:
    """Return the entities by taxonomy, those that are listed first."""
    keys = {taxonomy.kind: taxonomy.key for taxonomy in settings.taxonomies}
    found: dict[str, dict[str, str]] = {taxonomy.key: {} for taxonomy in settings.taxonomies}
    for entity in sorted(read.entities, key=lambda entity: entity.id):
        if entity.kind in keys:
            found[keys[entity.kind]][entity.id] = _text(entity.names, lang)
    for taxonomy, names in _unlisted(timeline).items():
        found[taxonomy] |= dict(sorted(names.items()))
    return dict(found)


def _unlisted(timeline: Timeline) -> dict[str, dict[str, str]]:
    """Return the names of entities that no file lists, by taxonomy."""
    found: dict[str, dict[str, str]] = {}
    named: list[NamedEntities] = [naming for article in timeline.articles for naming in article.named]
    named += (naming for event in timeline.events for naming in event.named)
    for naming in named:
        names = [_written(entity) for entity in naming.entities if not entity.is_listed]
        found.setdefault(naming.taxonomy, {}).update((name, "") for name in names if name)
    return found


def _written(entity: Entity) -> str:
    """Return how an *entity* that is not listed is written."""
    return next(iter(entity.names.values()), "")


def _event(event: Event, lang: str) -> str:
    title = _text(event.titles, lang)
    return f"{event.when.edtf}: {title}" if event.when.edtf else title


def _text(texts: Texts, lang: str) -> str:
    return texts.get(lang) or next(iter(texts.values()), "")


def _sorted(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    return dict(sorted(pairs))


def _themes(root: Path) -> dict[str, str]:
    folders = (packaged_themes(), root / THEMES)
    found = {path.parent.name for folder in folders for path in folder.glob("*/theme.yaml")}
    return dict.fromkeys(sorted(found), "")
