"""A plan with all that it was made from, to be brought forward where only bodies have changed.

Most saves change the body of one article, and only that article's own pages show it: neither events nor
lists nor addresses need be worked out again. Where anything else has changed, the whole plan is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from timeline_gen.collecting.collect import Collected, collect
from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.collecting.targets import Targets, event_ids
from timeline_gen.collecting.timeline import Article, Timeline, summaries_of
from timeline_gen.errors import Problem
from timeline_gen.model.articles import ArticleVersion, own_event
from timeline_gen.model.assets import Media
from timeline_gen.model.settings import Settings
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
    timeline: Timeline
    site: Site
    pages: tuple[Page, ...]
    told: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """All content, brought together into one timeline, and what is wrong with it."""

    given: PlanInputs
    timeline: Timeline
    told: tuple[Problem, ...]
    changed: Mapping[PurePosixPath, ArticleVersion] | None = None
    """Of what has changed since the plan before, the articles, by path; None where it may be anything."""


def gather(given: PlanInputs, before: Planned | None = None) -> Gathered:
    """Return what is *given*, brought together; by *before* where only bodies have changed."""
    changed = _changed(before, given) if before else None
    if before and changed is not None:
        articles = tuple(_article(article, changed) for article in before.timeline.articles)
        return Gathered(given, replace(before.timeline, articles=articles), before.told, changed)
    timeline, told = collect(given.collected, given.settings, drafts=given.drafts, now=given.now)
    return Gathered(given, timeline, told)


def plan_pages(gathered: Gathered, before: Planned | None = None) -> Planned:
    """Return the pages of what was *gathered*; those of *before* but for what has changed."""
    given, timeline, changed = gathered.given, gathered.timeline, gathered.changed
    if before and changed is not None:
        few = _few(timeline, {article.slug for article in changed.values()})
        made = article_pages(few, summaries_of(few.events), before.site, timeline.articles)
        anew = {page.address(): page for page in made}
        pages = tuple(anew.get(page.address(), page) for page in before.pages)
        return replace(before, given=given, timeline=timeline, pages=pages)
    icon = FAVICON if FAVICON in given.statics else ""
    site, framed = make_site(given.settings, timeline, logo=given.logo, icon=icon, cover=given.cover)
    site = with_year_pages(site, timeline)
    pages, collided = plan(timeline, site, given.earlier)
    told = (*gathered.told, *framed, *collided)
    return Planned(given, timeline, site, without_replaced(pages, given.statics), told)


def _few(timeline: Timeline, slugs: Collection[str]) -> Timeline:
    """Return the articles of *slugs* in *timeline*, with no other events than those that they name."""
    articles = tuple(article for article in timeline.articles if article.slug in slugs)
    named = {name for article in articles for name in article.events}
    texts = (one for article in articles for one in article.versions.values())
    named |= {name for text in texts for name in event_ids(text.links, timeline.targets)}
    return replace(
        timeline, articles=articles, events=tuple(event for event in timeline.events if event.id in named)
    )


def _changed(before: Planned, given: PlanInputs) -> Mapping[PurePosixPath, ArticleVersion] | None:
    """Return the articles whose bodies have changed; None where something else has."""
    old, new = before.given, given
    change = before.timeline.next_change
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
    known = before.timeline.targets
    if any(own_event(one.slug) for one, _ in changed):
        # The text of an event's own file is on more pages than those of articles.
        return None
    if all(_only_body(one, other) and _leads(one, known) and _leads(other, known) for one, other in changed):
        return {other.path: other for _, other in changed}
    return None


def _only_body(one: ArticleVersion, other: ArticleVersion) -> bool:
    return replace(one, body_hash=other.body_hash, links=other.links) == other


def _leads(article: ArticleVersion, known: Targets) -> bool:
    """Tell whether all links of *article* lead to things that are *known*: then nothing is said of them."""
    return all(known.holds(link.to) for link in article.links)


def _article(article: Article, changed: Mapping[PurePosixPath, ArticleVersion]) -> Article:
    if not any(version.path in changed for version in article.versions.values()):
        return article
    return replace(
        article, versions={lang: _version(version, changed) for lang, version in article.versions.items()}
    )


def _version(article: ArticleVersion, changed: Mapping[PurePosixPath, ArticleVersion]) -> ArticleVersion:
    """Return *article* with its new body; what it holds back stays held back."""
    new = changed.get(article.path, article)
    return replace(article, body_hash=new.body_hash, links=new.links)
