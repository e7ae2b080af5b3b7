"""The stages of a build in their order: load, parse, collect, plan, render, write.

Each takes what the one before it made. Problems are gathered in the workspace; the plan is where they end a
build, so that one run reports those of all files.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from timeline_gen.building.build_record import facts_of, keep_addresses, record_of, report_of
from timeline_gen.building.options import Report
from timeline_gen.building.parse.content import Content, ContentReading
from timeline_gen.building.plan_problems import dead_links, late_problems, lost_addresses, missing_templates
from timeline_gen.building.render.outputs import Outputs
from timeline_gen.building.scan import Scan, keep_build
from timeline_gen.building.site_plan import SitePlan, counts_of
from timeline_gen.building.site_settings import address_notes, settings_of
from timeline_gen.building.store.addresses import learn_earlier, report_to_keep
from timeline_gen.building.text_pages import keep_text_pages
from timeline_gen.building.theming import logo_output, prepare_theme
from timeline_gen.building.workers import parallel
from timeline_gen.building.workspace import Workspace
from timeline_gen.collecting.collect import collect as collect_timeline
from timeline_gen.collecting.link_targets import held_back
from timeline_gen.collecting.published import former_ids
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.model.files import Output
from timeline_gen.model.settings import Settings
from timeline_gen.pages.page import Page
from timeline_gen.pages.plan.all_pages import plan as plan_pages
from timeline_gen.pages.plan.redirects import redirects_of
from timeline_gen.pages.plan.statics import FAVICON, without_replaced
from timeline_gen.pages.plan.timelines import with_year_pages
from timeline_gen.pages.site import Site, make_site
from timeline_gen.rendering.context import RenderContext
from timeline_gen.writing.output_state import OutputState
from timeline_gen.writing.write import Written
from timeline_gen.writing.write import write as write_tree


@dataclass(frozen=True, slots=True)
class Sources:
    """What a site is made from: its settings and theme, and its texts, which are being read."""

    settings: Settings
    texts: ContentReading
    theme: tuple[RenderContext, tuple[Output, ...]] | None
    """Its templates and words, and its files; None where something is wrong with it."""
    logo: Output | None

    @property
    def files(self) -> tuple[Output, ...]:
        """Return the files of the theme, and the logo."""
        return (*(self.theme[1] if self.theme else ()), *((self.logo,) if self.logo else ()))


@contextmanager
def workers(site: Workspace, executor: Executor | None = None) -> Iterator[None]:
    """Let *site* share out work to *executor*, else to as many processes as its options ask for."""
    with parallel.few_collections(), parallel.workers(site.options.jobs, executor) as site.executor:
        yield


def read_site(site: Workspace) -> tuple[Settings, Content]:
    """Return the settings and the content of *site*, for what needs neither a theme nor a plan.

    What is wrong is in its problems. Raises ``ContentError`` where the settings have errors.
    """
    settings = settings_of(site.root, site.options, site.problems)
    reading = ContentReading(site.root, settings, site.store, site.executor)
    return settings, _whole(site, reading)


def load(site: Workspace) -> Sources:
    """Load the settings and the theme of *site*, while its texts are being parsed elsewhere."""
    problems = site.problems
    settings = settings_of(site.root, site.options, problems, go_on=True)
    # Before the theme is compiled: where other processes parse, both go on at once.
    texts = ContentReading(site.root, settings, site.store, site.executor)
    theme = problems.of(prepare_theme(site.root, settings, site.store))
    logo = problems.of(logo_output(site.root, settings))
    return Sources(settings, texts, theme, logo)


def parse(site: Workspace, sources: Sources) -> Content:
    """Return the parsed texts and data files of *site*."""
    return _whole(site, sources.texts)


def _whole(site: Workspace, reading: ContentReading) -> Content:
    content = site.problems.of(reading.whole())
    site.problems.unread(content.unread)
    return content


def collect(site: Workspace, sources: Sources, content: Content) -> Timeline:
    """Bring the *content* together: tellings into events, versions into pairs, names into entities."""
    drafts, now = site.options.drafts, site.now
    return site.problems.of(collect_timeline(content.collected, sources.settings, drafts=drafts, now=now))


def plan(site: Workspace, sources: Sources, content: Content, timeline: Timeline) -> SitePlan:
    """Give each page of *site* its address and all that it shows.

    Raises ``ContentError`` where something is so wrong with the site that it must not be built.
    """
    problems, settings = site.problems, sources.settings
    shared = _shared(site, sources, content, timeline)
    pages = _pages(site, shared, content, timeline)
    templates = sources.theme[0].templates.values() if sources.theme else ()
    problems.of((None, dead_links(timeline, pages, content, sources.files, templates)))
    problems.of((None, lost_addresses(site, settings, pages)))
    # What follows needs a theme without an error.
    problems.stop()
    if sources.theme is None:
        raise TypeError("a theme without an error is whole")
    made = SitePlan(
        timeline,
        shared,
        pages,
        content,
        sources.theme[0],
        sources.files,
        site.now,
        counts_of(content, timeline, pages),
        tuple(redirects_of(pages).items()),
        held_back(timeline.targets),
    )
    problems.of((None, tuple(missing_templates(timeline, sources.theme[0]))))
    problems.of((None, tuple(late_problems(made))))
    problems.stop()
    # Notes are for authors who have nothing else to mend.
    problems.of((None, tuple(address_notes(sources.settings, site.options))))
    return made


def _shared(site: Workspace, sources: Sources, content: Content, timeline: Timeline) -> Site:
    """Return what the pages of *timeline* share."""
    logo = sources.logo.path if sources.logo else ""
    icon = FAVICON if any(static.path == FAVICON for static in content.statics) else ""
    shared = make_site(sources.settings, timeline, logo=logo, icon=icon, cover=content.cover)
    return with_year_pages(site.problems.of(shared), timeline)


def _pages(site: Workspace, shared: Site, content: Content, timeline: Timeline) -> tuple[Page, ...]:
    """Return the pages of *timeline*, those that lead on from former addresses included."""
    settings, options = shared.settings, site.options
    former = partial(former_ids, content.collected, settings, drafts=options.drafts, now=site.now)
    earlier = learn_earlier(site.root, settings, options, former)
    pages = site.problems.of(plan_pages(timeline, shared, earlier))
    return without_replaced(pages, (static.path for static in content.statics))


def render(site: Workspace, site_plan: SitePlan, before: OutputState) -> Outputs:
    """Return the files of *site_plan* as they are taken, without the pages that are as they were *before*."""
    return Outputs(site, site_plan, before)


def write(site: Workspace, site_plan: SitePlan, outputs: Outputs) -> Written:
    """Bring the built *site* to hold *outputs* and nothing else, in one step."""
    facts = facts_of(site_plan, site.options)
    return write_tree(outputs.before, outputs, cache=site.cache, keys=outputs.keys, facts=facts)


def remember(
    site: Workspace, before: Scan, site_plan: SitePlan, outputs: Outputs, written: Written
) -> Report:
    """Keep what the next build of *site* asks for, and return the report of this one."""
    keep_addresses(site.root, site.options, site_plan)
    report = report_of(site, site_plan, outputs, written)
    record = record_of(site, site_plan, before.inputs, written)
    keep_text_pages(site.store, site.options.tree, site_plan, record)
    kept = report_to_keep(site.root, site_plan.site.settings, report)
    keep_build(site.store, site.options, record, kept)
    return report
