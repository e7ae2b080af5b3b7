"""A plan with all that it was made from, to be brought forward where only bodies have changed.

Most saves change the body of one article, and only that article's own pages show it: neither events nor
lists nor addresses need be worked out again. Where anything else has changed, the whole plan is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from timeline_gen.collecting.chronicle import Story, Timeline, summaries_of
from timeline_gen.collecting.collect import Collected, collect
from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.collecting.targets import Targets, event_ids
from timeline_gen.errors import Problem
from timeline_gen.model import Article, Media, Settings, own_event
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.content import article_pages
from timeline_gen.pages.plan.site_plan import plan
from timeline_gen.pages.plan.statics import FAVICON, without_replaced
from timeline_gen.pages.plan.timelines import with_year_pages
from timeline_gen.pages.site import Site, make_site


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """All that a plan is made from."""

    settings: Settings
    collected: Collected
    logo: str
    drafts: bool
    now: int
    """In seconds since 1970 (UTC); it matters where something is under embargo, or dated ahead."""
    earlier: tuple[Earlier, ...] = ()
    """Addresses that an earlier version made, and that lead on."""
    statics: tuple[str, ...] = ()
    """Where files of ``static/`` are in the site."""
    cover: Mapping[str, Media] = field(default_factory=dict)
    """The picture that the site opens with."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and what is wrong with it."""

    given: PlanInputs
    chronicle: Timeline
    site: Site
    pages: tuple[Page, ...]
    told: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All content, brought together into one timeline, and what is wrong with it."""

    given: PlanInputs
    chronicle: Timeline
    told: tuple[Problem, ...]
    changed: Mapping[PurePosixPath, Article] | None = None
    """Of what has changed since the plan before, the articles, by path; None where it may be anything."""


def gather(given: PlanInputs, before: Planned | None = None) -> Gathered:
    """Return what is *given*, brought together; by *before* where only bodies have changed."""
    changed = _changed(before, given) if before else None
    if before and changed is not None:
        stories = tuple(_story(story, changed) for story in before.chronicle.stories)
        return Gathered(given, replace(before.chronicle, stories=stories), before.told, changed)
    chronicle, told = collect(given.collected, given.settings, drafts=given.drafts, now=given.now)
    return Gathered(given, chronicle, told)


def plan_pages(gathered: Gathered, before: Planned | None = None) -> Planned:
    """Return the pages of what was *gathered*; those of *before* but for what has changed."""
    given, chronicle, changed = gathered.given, gathered.chronicle, gathered.changed
    if before and changed is not None:
        few = _few(chronicle, {article.slug for article in changed.values()})
        made = article_pages(few, summaries_of(few.events), before.site, chronicle.stories)
        anew = {page.address(): page for page in made}
        pages = tuple(anew.get(page.address(), page) for page in before.pages)
        return replace(before, given=given, chronicle=chronicle, pages=pages)
    icon = FAVICON if FAVICON in given.statics else ""
    site, framed = make_site(given.settings, chronicle, logo=given.logo, icon=icon, cover=given.cover)
    site = with_year_pages(site, chronicle)
    pages, collided = plan(chronicle, site, given.earlier)
    told = (*gathered.told, *framed, *collided)
    return Planned(given, chronicle, site, without_replaced(pages, given.statics), told)


def _few(chronicle: Timeline, slugs: Collection[str]) -> Timeline:
    """Return the stories of *slugs* in *chronicle*, with no other events than those that they name."""
    stories = tuple(story for story in chronicle.stories if story.slug in slugs)
    named = {name for story in stories for name in story.events}
    texts = (one for story in stories for one in story.versions.values())
    named |= {name for text in texts for name in event_ids(text.links, chronicle.targets)}
    return replace(
        chronicle, stories=stories, events=tuple(event for event in chronicle.events if event.id in named)
    )


def _changed(before: Planned, given: PlanInputs) -> Mapping[PurePosixPath, Article] | None:
    """Return the articles whose bodies have changed; None where something else has."""
    old, new = before.given, given
    change = before.chronicle.next_change
    made_from = (old.settings, old.logo, old.drafts, old.statics, old.earlier, old.cover)
    if made_from != (new.settings, new.logo, new.drafts, new.statics, new.earlier, new.cover):
        return None
    if change is not None and new.now >= change:
        return None
    kept = replace(new.collected, articles=old.collected.articles)
    if kept != old.collected or len(new.collected.articles) != len(old.collected.articles):
        return None
    pairs = zip(old.collected.articles, new.collected.articles, strict=True)
    changed = [(one, other) for one, other in pairs if one is not other]
    known = before.chronicle.targets
    if any(own_event(one.slug) for one, _ in changed):
        # The text of an event's own file is on more pages than those of articles.
        return None
    if all(_only_body(one, other) and _leads(one, known) and _leads(other, known) for one, other in changed):
        return {other.path: other for _, other in changed}
    return None


def _only_body(one: Article, other: Article) -> bool:
    return replace(one, body_hash=other.body_hash, links=other.links) == other


def _leads(article: Article, known: Targets) -> bool:
    """Tell whether all links of *article* lead to things that are *known*: then nothing is said of them."""
    return all(known.holds(link.to) for link in article.links)


def _story(story: Story, changed: Mapping[PurePosixPath, Article]) -> Story:
    if not any(article.path in changed for article in story.versions.values()):
        return story
    return replace(
        story, versions={lang: _version(article, changed) for lang, article in story.versions.items()}
    )


def _version(article: Article, changed: Mapping[PurePosixPath, Article]) -> Article:
    """Return *article* with its new body; what it holds back stays held back."""
    new = changed.get(article.path, article)
    return replace(article, body_hash=new.body_hash, links=new.links)
