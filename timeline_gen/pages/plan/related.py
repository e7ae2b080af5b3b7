"""Which articles have the most in common with another one: events, people, places and what else they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from timeline_gen.collecting.timeline import Article, ArticleLabel
from timeline_gen.pages.site import Site

MOST: Final = 5
COMMON: Final = 50
"""What more articles than these have in common distinguishes none of them."""
_EVENT: Final = 2
"""How much more an event counts than a name."""


class Related:
    """What *articles* have in common, to be asked for each of them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = {article.slug: article for article in articles}
        self._ranks = {slug: rank for rank, slug in enumerate(self._articles)}
        self._having: dict[Hashable, list[str]] = {}
        for article in self._articles.values():
            for thing in _things(article):
                self._having.setdefault(thing, []).append(article.slug)

    def to(self, article: Article, lang: str, site: Site) -> tuple[ArticleLabel, ...]:
        """Return the articles, most in common first, that pages of *site* in *lang* name under *article*.

        They are as those pages show them: no other part of them is in the key of these pages.
        """
        common: Counter[str] = Counter()
        for thing in _things(article):
            having = self._having.get(thing, ())
            if len(having) <= COMMON:
                weight = _EVENT if isinstance(thing, str) else 1
                common.update(dict.fromkeys(having, weight))
        del common[article.slug]
        ranked = sorted(common, key=lambda slug: (-common[slug], self._ranks[slug]))
        found = (self._articles[slug] for slug in ranked)
        shown = (article.label for article in found if not site.hides or lang in article.versions)
        # When an article was last touched is not shown here, and would make the pages of all that name it
        # anew.
        return tuple(replace(label, updated=None) for label, _ in zip(shown, range(MOST), strict=False))


def _things(article: Article) -> Iterator[Hashable]:
    """Yield the ids of the events of *article*, and the keys of what it names."""
    yield from dict.fromkeys(article.events)
    yield from dict.fromkeys(entity.key for named in article.named for entity in named.entities)
