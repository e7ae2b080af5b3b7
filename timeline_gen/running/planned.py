"""A plan with all that it was made from, to be brought forward where only bodies have changed.

Most saves change the body of one article, and only that article's own pages show it: neither events nor
lists nor addresses need be worked out again. Where anything else has changed, the whole plan is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from timeline_gen.collecting.chronicle import Chronicle, Story, faces_of
from timeline_gen.collecting.collect import Collected, collect
from timeline_gen.errors import Problem
from timeline_gen.model import Article, Settings
from timeline_gen.planning.pages import Page
from timeline_gen.planning.plan import article_pages, plan
from timeline_gen.planning.site import Site, make_site


@dataclass(frozen=True, slots=True)
class Given:
    """All that a plan is made from."""

    settings: Settings
    collected: Collected
    logo: str
    drafts: bool
    now: int
    """In seconds since 1970 (UTC); it matters where something is under embargo."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what is wrong with it."""

    given: Given
    chronicle: Chronicle
    site: Site
    pages: tuple[Page, ...]
    told: tuple[Problem, ...]


def plan_all(given: Given) -> Planned:
    """Return the plan of what is *given*."""
    chronicle, merged = collect(given.collected, given.settings, drafts=given.drafts, now=given.now)
    site, framed = make_site(given.settings, chronicle, logo=given.logo)
    pages, collided = plan(chronicle, site)
    return Planned(given, chronicle, site, pages, (*merged, *framed, *collided))


def brought_forward(before: Planned, given: Given) -> Planned | None:
    """Return the plan of what is *given*, made from the one *before*; None where it must be made anew."""
    changed = _changed(before, given)
    if changed is None:
        return None
    stories = tuple(_story(story, changed) for story in before.chronicle.stories)
    chronicle = replace(before.chronicle, stories=stories)
    few = _few(chronicle, {article.slug for article in changed.values()})
    anew = {page.address: page for page in article_pages(few, faces_of(few.events), before.site)}
    pages = tuple(anew.get(page.address, page) for page in before.pages)
    return replace(before, given=given, chronicle=chronicle, pages=pages)


def _few(chronicle: Chronicle, slugs: Collection[str]) -> Chronicle:
    """Return the stories of *slugs* in *chronicle*, with no other events than those that they name."""
    stories = tuple(story for story in chronicle.stories if story.slug in slugs)
    named = {name for story in stories for name in story.events}
    named |= {name for story in stories for one in story.versions.values() for name, _ in one.event_links}
    return replace(
        chronicle, stories=stories, events=tuple(event for event in chronicle.events if event.id in named)
    )


def _changed(before: Planned, given: Given) -> Mapping[PurePosixPath, Article] | None:
    """Return the articles whose bodies have changed; None where something else has."""
    old, new = before.given, given
    embargo = before.chronicle.next_embargo
    if (old.settings, old.logo, old.drafts) != (new.settings, new.logo, new.drafts):
        return None
    if embargo is not None and new.now >= embargo:
        return None
    kept = replace(new.collected, articles=old.collected.articles)
    if kept != old.collected or len(new.collected.articles) != len(old.collected.articles):
        return None
    pairs = zip(old.collected.articles, new.collected.articles, strict=True)
    changed = [(one, other) for one, other in pairs if one is not other]
    events = {event.id for event in before.chronicle.events}
    if all(
        _only_body(one, other) and _leads(one, events) and _leads(other, events) for one, other in changed
    ):
        return {other.path: other for _, other in changed}
    return None


def _only_body(one: Article, other: Article) -> bool:
    return replace(one, body_hash=other.body_hash, event_links=other.event_links) == other


def _leads(article: Article, events: Iterable[str]) -> bool:
    """Tell whether all links of *article* to events find theirs: then nothing is said of them."""
    return all(event in events for event, _ in article.event_links)


def _story(story: Story, changed: Mapping[PurePosixPath, Article]) -> Story:
    if not any(article.path in changed for article in story.versions.values()):
        return story
    return replace(
        story, versions={lang: _version(article, changed) for lang, article in story.versions.items()}
    )


def _version(article: Article, changed: Mapping[PurePosixPath, Article]) -> Article:
    """Return *article* with its new body; what it holds back stays held back."""
    new = changed.get(article.path, article)
    return replace(article, body_hash=new.body_hash, event_links=new.event_links)
