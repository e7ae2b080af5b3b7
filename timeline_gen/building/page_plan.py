"""Which pages a site has, worked out from all that was read, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.earlier_ids import Earlier
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.errors import Problem
from timeline_gen.model.assets import Media
from timeline_gen.model.settings import Settings
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.all_pages import plan
from timeline_gen.pages.plan.statics import FAVICON, without_replaced
from timeline_gen.pages.plan.timelines import with_year_pages
from timeline_gen.pages.site import Site, make_site


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """All that a plan is made from."""

    settings: Settings
    collected: ParsedContent
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
class PagePlan:
    """A plan, and what is wrong with it."""

    inputs: PlanInputs
    timeline: Timeline
    site: Site
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CollectedTimeline:
    """All content, brought together into one timeline, and what is wrong with it."""

    inputs: PlanInputs
    timeline: Timeline
    problems: tuple[Problem, ...]


def gather(inputs: PlanInputs) -> CollectedTimeline:
    """Return what is in *inputs*, brought together."""
    timeline, problems = collect(inputs.collected, inputs.settings, drafts=inputs.drafts, now=inputs.now)
    return CollectedTimeline(inputs, timeline, problems)


def plan_pages(gathered: CollectedTimeline) -> PagePlan:
    """Return the pages of what was *gathered*."""
    inputs, timeline = gathered.inputs, gathered.timeline
    icon = FAVICON if FAVICON in inputs.statics else ""
    site, layout_problems = make_site(
        inputs.settings, timeline, logo=inputs.logo, icon=icon, cover=inputs.cover
    )
    site = with_year_pages(site, timeline)
    pages, collided = plan(timeline, site, inputs.earlier)
    problems = (*gathered.problems, *layout_problems, *collided)
    return PagePlan(inputs, timeline, site, without_replaced(pages, inputs.statics), problems)
