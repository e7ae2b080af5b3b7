"""The dates that were read against their article's day: each "last October", with what became of it.

An editor looks through them before a site is published: they are the readings that depend on more than
their own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline_gen.building.options import PATIENCE, Options
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import Place
from timeline_gen.model.articles import ArticleVersion


@dataclass(frozen=True, slots=True, order=True)
class RelativeReading:
    """A phrase that means another day in another article."""

    place: Place
    text: str
    edtf: str
    on: str
    """The article's day (ISO 8601)."""


def relative_readings(root: Path) -> tuple[RelativeReading, ...]:
    """Return every date of the site in the folder *root* that was read against its article's day.

    Raises ``ContentError`` where the content has errors.
    """
    options = Options(command="timeline-gen check --dates", patience=PATIENCE)
    with open_workspace(root, options) as site, workers(site):
        _, content = read_site(site)
        site.problems.stop()
    return tuple(sorted(one for article in content.collected.articles for one in _readings(article)))


def _readings(article: ArticleVersion) -> Iterator[RelativeReading]:
    day = article.published.text[:10] if article.published else ""
    for telling in article.events:
        for key, when in (("date", telling.when), ("sort_date", telling.sort_date)):
            if when and when.relative:
                place = Place(article.path, *telling.positions.get(key, (1, 1)))
                yield RelativeReading(place, when.source, when.edtf, day)
