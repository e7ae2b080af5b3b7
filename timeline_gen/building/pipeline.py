"""A build on one screen: the stages in their order, each of which takes what the one before it made."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from timeline_gen.building.options import Options, Report
from timeline_gen.building.scan import Scan, scan
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.stages import collect, load, parse, plan, remember, render, workers, write
from timeline_gen.building.store.memory import Memory
from timeline_gen.building.text_pages import plan_changed_texts
from timeline_gen.building.workspace import Workspace, open_workspace


def build(
    root: Path,
    options: Options | None = None,
    *,
    executor: Executor | None = None,
    memory: Memory | None = None,
) -> Report:
    """Build the site in the folder *root* into its output folder, touching only what changed.

    Work is shared out to *executor*, else to processes of this machine; what *memory* holds of earlier
    builds need not be asked of the cache. Raises ``ContentError`` where the content has errors and
    ``UsageError`` where the machine refuses; the built site is then as it was.
    """
    with open_workspace(root, options or Options(), memory) as site:
        before = scan(site)
        return before.report or build_scanned(site, before, executor)


def build_scanned(site: Workspace, before: Scan, executor: Executor | None = None) -> Report:
    """Build a *site* in which the scan *before* found something to do."""
    with workers(site, executor):
        site.made = site_plan = plan_changed_texts(site, before) or plan_site(site)
        outputs = render(site, site_plan, before.output)
        written = write(site, site_plan, outputs)
        return remember(site, before, site_plan, outputs, written)


def plan_site(site: Workspace) -> SitePlan:
    """Return the plan of the whole *site*; raise ``ContentError`` where it must not be built."""
    sources = load(site)
    content = parse(site, sources)
    timeline = collect(site, sources, content)
    return plan(site, sources, content, timeline)
