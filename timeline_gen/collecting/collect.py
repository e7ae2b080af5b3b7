"""The stage collect: versions into the one timeline that the site shows.

The result depends only on what the articles state, never on the order of files, keys or articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from timeline_gen.collecting.articles import assemble
from timeline_gen.collecting.dead_links import held_event
from timeline_gen.collecting.link_targets import LinkTargets, keys_of
from timeline_gen.collecting.merging import merge
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.published import Published, publish
from timeline_gen.collecting.references import reference_problems
from timeline_gen.collecting.tellings import MergedTelling
from timeline_gen.collecting.timeline import Article, Event, Timeline
from timeline_gen.collecting.unpublished import dated_ahead, drafts_throughout, next_date
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import is_row
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Era
from timeline_gen.model.settings import Settings
from timeline_gen.text.suggestions import nearest


def collect(
    read: ParsedContent, settings: Settings, *, now: int, drafts: bool = False
) -> tuple[Timeline, tuple[Problem, ...]]:
    """Return the timeline of all that was *read*, and what is wrong with it.

    Drafts, what is under embargo at the second *now* (since 1970, UTC), and the events that only they
    date, are left out unless *drafts* is set.
    """
    published = publish(read, settings, now=now, drafts=drafts)
    articles, tellings, unlike = _articles(published)
    events, undated = _events(tellings, published)
    return _timeline(published, articles, events, now), (
        *published.problems,
        *unlike,
        *undated,
        *reference_problems(published, {event.id for event in events}),
        *dated_ahead(published.released.articles, now),
        *(() if drafts else drafts_throughout(read.articles)),
    )


def _articles(published: Published) -> tuple[list[Article], list[MergedTelling], list[Problem]]:
    """Return the articles that are *published*, what they tell, and where their versions do not agree."""
    context = published.context
    articles: list[Article] = []
    tellings: list[MergedTelling] = []
    problems: list[Problem] = []
    for versions in published.versions.values():
        article, merged, unlike = assemble(versions, context)
        articles.append(article)
        tellings.extend(merged)
        problems.extend(unlike)
    return articles, tellings, problems


def _events(
    tellings: Sequence[MergedTelling], published: Published
) -> tuple[tuple[Event, ...], list[Problem]]:
    """Return the events that *tellings* date, in order, and what is wrong with them and with the others."""
    by_event: dict[str, list[MergedTelling]] = {}
    for telling in tellings:
        by_event.setdefault(telling.event, []).append(telling)
    events: list[Event] = []
    undated: list[MergedTelling] = []
    problems: list[Problem] = []
    hidden = published.withheld_slugs
    for every in by_event.values():
        dated = [telling for telling in every if telling.when]
        mentions = [telling for telling in every if not telling.when]
        if not dated:
            undated += mentions
            continue
        event, unlike = merge(dated, mentions, published.settings, hidden)
        events.append(event)
        problems.extend(unlike)
        if not event.titles:
            problems.append(_untitled(dated[0]))
    known = [event.id for event in events]
    problems.extend(_undated(telling, published.released.held, known) for telling in undated)
    return tuple(sorted(events, key=_place_in_time)), problems


def _place_in_time(event: Event) -> tuple[object, ...]:
    # Undated events have a list of their own at the end, in which a sort_date orders them.
    return (event.when.kind is DateKind.UNDATED, *event.sort_key)


def _timeline(
    published: Published, articles: Sequence[Article], events: tuple[Event, ...], now: int
) -> Timeline:
    """Return the timeline of *articles* and *events*."""
    released = published.released
    return Timeline(
        events=events,
        articles=tuple(
            sorted((article for article in articles if not article.label.event), key=_newest_first)
        ),
        plain_pages=published.plain_pages,
        eras=_eras(published.read.eras, published.targets),
        held=frozenset(released.held),
        targets=published.targets,
        withheld=released.withheld,
        withheld_pages=published.withheld_pages,
        listed=frozenset(entity.id for entity in published.read.entities),
        next_embargo=released.next_embargo,
        next_note=next_date(released.articles, now),
        event_files=_event_files(articles, events),
        rows=tuple(article for article in articles if is_row(article.slug)),
    )


def _newest_first(article: Article) -> tuple[int, str]:
    published = article.label.published
    return (-published.second if published else 0, article.slug)


def _event_files(articles: Iterable[Article], events: Iterable[Event]) -> dict[str, Article]:
    """Return the files that *events* have of their own, which are among *articles*, by event."""
    known = {event.id for event in events}
    files = (article for article in articles if not is_row(article.slug))
    return {article.label.event: article for article in files if article.label.event in known}


def _eras(eras: Iterable[Era], targets: LinkTargets) -> tuple[Era, ...]:
    linked = (replace(era, targets=targets.of(keys_of(era.links))) if era.links else era for era in eras)
    return tuple(sorted(linked, key=lambda era: sort_key(era.when, order=None, event=era.id)))


def _undated(telling: MergedTelling, held: Mapping[str, str], known: Iterable[str]) -> Problem:
    if telling.event in held:
        return held_event(telling.event, held[telling.event], telling.place)
    near = nearest(telling.event, known)
    meant = say("did you mean {near!r}?", near=near) if near else say("check the id")
    return Problem(
        "TG502",
        say("no article gives the event {event!r} a date", event=telling.event)
        + (say(", nor does this file") if telling.article.event else ""),
        telling.place,
        say("add 'date:' here, or 'date: unknown' if it is not known; or {meant}", meant=meant),
        about=telling.event,
    )


def _untitled(telling: MergedTelling) -> Problem:
    return Problem(
        "TG515",
        say("the event {event!r} has no title in any language", event=telling.event),
        telling.place,
        say("add 'title:' to it"),
    )
