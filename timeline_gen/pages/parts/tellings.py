"""Which of the articles that report an event did so first, and which was touched last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from timeline_gen.collecting.timeline import ArticleLabel, Event

NEWEST: Final = 100
"""How many entries a feed has."""


def newest_events(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return those of *events* that were first reported last, newest first.

    Events that nothing with a day of publication reports are left out.
    """
    dated = ((first.second, event) for event in events if (first := first_article(event).published))
    ordered = sorted(dated, key=lambda item: (-item[0], item[1].id))
    return tuple(event for _, event in ordered[:NEWEST])


def first_article(event: Event) -> ArticleLabel:
    """Return the article that reported *event* first, of those with a day of publication."""
    if len(event.tellings) == 1:
        return event.tellings[0].article
    articles = (telling.article for telling in event.tellings)
    return min(articles, key=lambda article: (_published(article), article.slug))


def newest_article(event: Event) -> ArticleLabel:
    """Return the article, of those that report *event*, that was last touched."""
    articles = (telling.article for telling in event.tellings)
    return max(articles, key=lambda article: (article.stamp, article.slug))


def _published(article: ArticleLabel) -> tuple[bool, int]:
    return article.published is None, article.published.second if article.published else 0
