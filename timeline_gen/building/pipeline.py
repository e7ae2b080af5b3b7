"""A build on one screen: the stages in their order, each of which takes what the one before it made."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path

from timeline_gen.building.memory import Memory
from timeline_gen.building.options import Options, Report
from timeline_gen.building.rescan import rescan
from timeline_gen.building.scan import Scan, scan
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.stages import collect, load, parse, plan, remember, render, workers, write
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

    Work is shared out to *executor*, else to processes of this machine; what *memory* holds of the last
    build of the same site need not be made again. Raises ``ContentError`` where the content has errors and
    ``UsageError`` where the machine refuses; the built site is then as it was.
    """
    with open_workspace(root, options or Options(), memory.program if memory else "") as site:
        before = rescan(site, memory) if memory and memory.planned else scan(site)
        return before.report or build_scanned(site, before, memory or Memory(), executor)


def settle(root: Path, options: Options, memory: Memory) -> None:
    """Plan the site in *root* into *memory*, and record how it was built, as far as that is not done.

    A build with *memory* is quick because it looks at no more than it must; the first build of the next
    process needs the record. Raises as :func:`build` does.
    """
    with open_workspace(root, options, memory.program) as site:
        before = scan(site)
        if memory.planned is None or before.report is None:
            build_scanned(site, Scan(before.output, before.inputs), memory)


def build_scanned(site: Workspace, before: Scan, memory: Memory, executor: Executor | None = None) -> Report:
    """Build a *site* in which the scan *before* found something to do."""
    with workers(site, executor):
        planned = plan_changed_texts(site, before) or plan_site(site, memory)
        outputs = render(site, planned, before.output, memory)
        written = write(site, planned, outputs)
        return remember(site, before, planned, outputs, written)


def plan_site(site: Workspace, memory: Memory | None = None) -> SitePlan:
    """Return the whole *site*, planned; raise ``ContentError`` where it must not be built."""
    memory = memory or Memory()
    sources = load(site, memory)
    content = parse(site, sources)
    gathered = collect(site, sources, content, memory)
    return plan(site, sources, content, gathered, memory)
