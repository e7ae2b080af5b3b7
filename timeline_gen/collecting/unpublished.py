"""Notes on articles that readers may not see as meant: dated in the future, or drafts throughout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, own_event, shown_slug
from timeline_gen.model.events import Stamp

_AHEAD_OF_UTC: Final = 14 * 3600
"""Seconds by which a day begins somewhere before it does in UTC."""


def dated_ahead(articles: Iterable[ArticleVersion], now: int) -> Iterator[Problem]:
    """Yield a note for each of *articles*, which readers see, that is dated later than *now*.

    *now* is in seconds since 1970 (UTC).
    """
    for article in articles:
        if article.published and _begins(article.published) > now:
            what = say("the text of the event") if own_event(article.slug) else say("the article")
            yield Problem(
                "TG540",
                say(
                    "{what} is dated {text}, still to come, and readers see it already",
                    what=what,
                    text=article.published.text,
                ),
                Place(article.path, *article.positions.get(article.published_key, (1, 1))),
                say(
                    "mend the date, or hold the article back: embargo: {text}T06:00Z",
                    text=article.published.text[:10],
                ),
                Level.INFO,
            )


def next_date(articles: Iterable[ArticleVersion], now: int) -> int | None:
    """Return the first second after *now* at which a note of :func:`dated_ahead` falls away."""
    begins = (_begins(article.published) for article in articles if article.published)
    return min((second for second in begins if second > now), default=None)


def drafts_throughout(articles: Iterable[ArticleVersion]) -> Iterator[Problem]:
    """Yield a note for each article all of whose versions in *articles* are drafts."""
    by_slug: dict[str, list[ArticleVersion]] = {}
    for article in articles:
        by_slug.setdefault(article.slug, []).append(article)
    for slug, versions in by_slug.items():
        if all(article.draft for article in versions):
            first, langs = versions[0], ", ".join(article.lang for article in versions)
            yield Problem(
                "TG542",
                say(
                    "{slug} is a draft in every language it has ({langs}), so that no one sees it",
                    slug=shown_slug(slug),
                    langs=langs,
                ),
                Place(first.path, *first.positions.get("draft", (1, 1))),
                say("remove 'draft: true' to publish it; --drafts shows drafts"),
                Level.INFO,
            )


def _begins(stamp: Stamp) -> int:
    """Return the earliest second at which *stamp* can have come: its own, or where its day begins first."""
    return stamp.second if "T" in stamp.text else stamp.second - _AHEAD_OF_UTC
