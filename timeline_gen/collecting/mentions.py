"""Whom and what articles name, as they type it, with the place of each name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.collecting.facts import position_of_item
from timeline_gen.errors import Place
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.events import Telling
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Position

AUTHOR: Final = "person"
"""The kind of an author who is not listed."""


class NameMention(NamedTuple):
    """A name as an article or ``site.yaml`` gives it."""

    kind: str
    name: str
    author: bool
    """Whether it names an author, who may be of any kind."""
    lang: str
    path: PurePosixPath
    positions: Mapping[str, Position]
    key: str
    number: int
    """Which item of the list under *key* it is."""

    @property
    def place(self) -> Place:
        """Return the place of the name, else of its list, else of what holds that."""
        return Place(self.path, *position_of_item(self.positions, self.key, self.number))


class Naming(NamedTuple):
    """A list of names as an article or ``site.yaml`` gives it; there are very many, few are looked into."""

    kind: str
    names: tuple[str, ...]
    author: bool
    """Whether it names authors, who may be of any kind."""
    lang: str
    path: PurePosixPath
    positions: Mapping[str, Position]
    key: str
    second: int | None = None
    """When the article that gives it was published (seconds since 1970, UTC), where that is known."""

    def mention(self, number: int) -> NameMention:
        """Return the name with that *number* in the list."""
        kind, names, author, lang, path, positions, key, _ = self
        return NameMention(kind, names[number], author, lang, path, positions, key, number)


def site_namings(settings: Settings) -> Iterable[Naming]:
    """Yield the authors that the site itself names."""
    path, lang = PurePosixPath("site.yaml"), settings.languages[0].code
    yield Naming(AUTHOR, settings.authors, True, lang, path, settings.positions, "authors")


def article_namings(articles: Iterable[ArticleVersion], settings: Settings) -> Iterable[Naming]:
    """Yield every list of names that *articles* give; a version without a day has that of the others."""
    articles = tuple(articles)
    days: dict[str, int] = {}
    for article in articles:
        if article.published:
            second = article.published.second
            days[article.slug] = min(second, days.get(article.slug, second))
    for article in articles:
        yield from _namings_of(article, settings, days.get(article.slug))


def _namings_of(article: ArticleVersion, settings: Settings, second: int | None) -> Iterable[Naming]:
    lang, path = article.lang, article.path
    if article.authors:
        yield Naming(AUTHOR, article.authors, True, lang, path, article.positions, "authors", second)
    everything: tuple[ArticleVersion | Telling, ...] = (article, *article.events)
    for source in everything:
        if source.names:
            for taxonomy in settings.taxonomies:
                if names := source.names.get(taxonomy.key):
                    yield Naming(
                        taxonomy.kind, names, False, lang, path, source.positions, taxonomy.key, second
                    )
