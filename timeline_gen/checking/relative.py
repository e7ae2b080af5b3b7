"""The dates that were read against their article's day: each "last October", with what became of it.

An editor looks through them before a site is published: they are the readings that depend on more than
their own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline_gen.errors import Place
from timeline_gen.model import Article
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.options import Options
from timeline_gen.running.problems import Problems
from timeline_gen.running.reading import read_content
from timeline_gen.running.sharing import workers
from timeline_gen.running.site_settings import settings_of
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock

_PATIENCE: Final = 60.0


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
    problems = Problems()
    settings = settings_of(root, Options(), problems)
    folder = workings(root)
    with (
        build_lock(folder, "timeline-gen check --dates", wait=_PATIENCE),
        Cache.open(folder / "cache.sqlite", program_fingerprint()) as cache,
        workers(None) as pool,
    ):
        content = problems.of(read_content(root, settings, cache, pool))
    problems.stop()
    return tuple(sorted(one for article in content.collected.articles for one in _readings(article)))


def _readings(article: Article) -> Iterator[RelativeReading]:
    day = article.published.text[:10] if article.published else ""
    for telling in article.events:
        for key, when in (("date", telling.when), ("sort_date", telling.sort_date)):
            if when and when.relative:
                place = Place(article.path, *telling.spots.get(key, (1, 1)))
                yield RelativeReading(place, when.source, when.edtf, day)
