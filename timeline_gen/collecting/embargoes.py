"""What is held back from readers: drafts, and what is under embargo until a moment that has not come.

An embargo of one version of an article holds all its versions, unless they give their own; so does the
embargo of an event in one of them. So a translation cannot miss it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from timeline_gen.keys import digest_of
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.events import Stamp, Telling

BY_DRAFT = say("only drafts give it a date")


@dataclass(frozen=True, slots=True)
class Released:
    """What of all articles readers may see, and what of them they may not."""

    articles: tuple[ArticleVersion, ...]
    """Without the tellings that are held back."""
    held: Mapping[str, str] = field(default_factory=dict)
    """The events that nothing else dates, each with the reason."""
    withheld: frozenset[tuple[str, str]] = frozenset()
    """The articles that are held back, by language and slug."""
    next_embargo: int | None = None
    """The second (since 1970, UTC) at which the next embargo ends."""


def release(articles: Iterable[ArticleVersion], *, drafts: bool, now: int) -> Released:
    """Return what readers may see of *articles* at the second *now* (since 1970, UTC).

    With *drafts* nothing is held back.
    """
    every = tuple(articles)
    if drafts:
        return Released(every)
    embargoes = Embargoes(every)
    live = tuple(
        _without_held(article, embargoes, now)
        for article in every
        if not article.draft and not _is_held(embargoes.of(article), now)
    )
    there = {(article.lang, article.slug) for article in live}
    return Released(
        articles=live,
        held=_reasons(every, live, embargoes, now) if live != every else {},
        withheld=frozenset((article.lang, article.slug) for article in every) - there,
        next_embargo=min(
            (embargo.second for embargo in embargoes.all() if embargo.second > now), default=None
        ),
    )


class Embargoes:
    """The embargoes of all articles and of their events, as their versions inherit them."""

    def __init__(self, articles: Iterable[ArticleVersion]) -> None:
        self._articles: dict[str, Stamp] = {}
        self._events: dict[tuple[str, str], Stamp] = {}
        for article in articles:
            if article.embargo:
                self._articles[article.slug] = _later(article.embargo, self._articles.get(article.slug))
            for telling in article.events:
                if telling.embargo:
                    key = (article.slug, telling.event)
                    self._events[key] = _later(telling.embargo, self._events.get(key))

    @property
    def hold_events(self) -> bool:
        """Return whether any event has an embargo of its own; hardly ever."""
        return bool(self._events)

    def of(self, article: ArticleVersion, telling: Telling | None = None) -> Stamp | None:
        """Return until when *article*, or its *telling* of an event, is held back."""
        if telling is None:
            # Its own comes first, which may end sooner than that of another language.
            return article.embargo or self._articles.get(article.slug)
        return telling.embargo or self._events.get((article.slug, telling.event))

    def all(self) -> Iterator[Stamp]:
        """Yield every embargo."""
        yield from self._articles.values()
        yield from self._events.values()


def _later(left: Stamp, right: Stamp | None) -> Stamp:
    return left if right is None or left.second >= right.second else right


def _is_held(embargo: Stamp | None, now: int) -> bool:
    return embargo is not None and embargo.second > now


def _without_held(article: ArticleVersion, embargoes: Embargoes, now: int) -> ArticleVersion:
    """Return *article* without the tellings under embargo; it is then another article, with another hash."""
    if not embargoes.hold_events:
        return article
    live = tuple(event for event in article.events if not _is_held(embargoes.of(article, event), now))
    if len(live) == len(article.events):
        return article
    # The hash of the file does not change when an embargo ends, and pages must.
    digest = digest_of(article.digest, *(telling.event.encode() for telling in live))
    return replace(article, events=live, digest=digest)


def _reasons(
    every: Iterable[ArticleVersion], live: Iterable[ArticleVersion], embargoes: Embargoes, now: int
) -> dict[str, str]:
    shown = {telling.event for _, telling in _dated(live)}
    reasons: dict[str, str] = {}
    for article, telling in _dated(every):
        # What a published article dates is shown, whatever else is held back of it.
        if telling.event not in shown:
            reason = _reason(article, telling, embargoes, now)
            # An embargo ends by itself, so it is more informative than a draft.
            if reason != BY_DRAFT or telling.event not in reasons:
                reasons[telling.event] = reason
    return reasons


def _reason(article: ArticleVersion, telling: Telling, embargoes: Embargoes, now: int) -> str:
    stamps = (embargoes.of(article), embargoes.of(article, telling))
    held = [stamp for stamp in stamps if stamp is not None and _is_held(stamp, now)]
    if article.draft or not held:
        return BY_DRAFT
    return say("it is under embargo until {text}", text=max(held, key=lambda item: item.second).text)


def _dated(articles: Iterable[ArticleVersion]) -> Iterator[tuple[ArticleVersion, Telling]]:
    for article in articles:
        for telling in article.events:
            if telling.when is not None:
                yield article, telling
