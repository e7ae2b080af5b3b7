"""Whom and what articles name, as they type it, with the place of each name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Place
from timeline_gen.model import Article, Settings, Spot, Telling

AUTHOR: Final = "person"
"""The kind of an author whom nobody lists."""


class Mention(NamedTuple):
    """A name as an article or ``site.yaml`` gives it; there are very many: its place is found when asked."""

    kind: str
    name: str
    author: bool
    """Whether it names an author, who may be of any kind."""
    lang: str
    path: PurePosixPath
    spots: Mapping[str, Spot]
    key: str
    number: int
    """Which item of the list under *key* it is."""

    @property
    def place(self) -> Place:
        """Return where it stands, else its list, else what names it."""
        ways = (f"{self.key}.{self.number}", self.key, "")
        spot = next((self.spots[way] for way in ways if way in self.spots), (1, 1))
        return Place(self.path, *spot)


def site_mentions(settings: Settings) -> Iterable[Mention]:
    """Yield the authors that the site itself names."""
    path, lang = PurePosixPath("site.yaml"), settings.languages[0].code
    for number, name in enumerate(settings.authors):
        yield Mention(AUTHOR, name, True, lang, path, settings.spots, "authors", number)


def mentions_of(article: Article, settings: Settings) -> Iterable[Mention]:
    """Yield every name that *article* gives, its own and its events'."""
    lang, path = article.lang, article.path
    for number, name in enumerate(article.authors):
        yield Mention(AUTHOR, name, True, lang, path, article.spots, "authors", number)
    everything: tuple[Article | Telling, ...] = (article, *article.events)
    for said in everything:
        if not said.names:
            continue
        for taxonomy in settings.taxonomies:
            for number, name in enumerate(said.names.get(taxonomy.key, ())):
                yield Mention(taxonomy.kind, name, False, lang, path, said.spots, taxonomy.key, number)
