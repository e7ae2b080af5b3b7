"""How a site was built, for its publication and for its next build."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from timeline_gen import __version__
from timeline_gen.building.options import Options, Report
from timeline_gen.building.render.outputs import Outputs
from timeline_gen.building.render.pictures import asset_files
from timeline_gen.building.scan import UNKNOWN, BuildRecord, Inputs, inputs_of, paths_of, unseen
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.site_settings import named_files
from timeline_gen.building.store.addresses import remember_built
from timeline_gen.building.workspace import Workspace
from timeline_gen.pages.plan.lost_addresses import lasting
from timeline_gen.pages.plan.optional_files import dropped_files
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.writing.manifest import Facts
from timeline_gen.writing.write import Written


def facts_of(plan: SitePlan, options: Options) -> Facts:
    """Return the facts of a build of *plan*, made as *options* asked."""
    following = plan.timeline.next_embargo
    matters = options.now is not None or following is not None
    return Facts(
        program=__version__,
        url=plan.site.settings.url,
        drafts=options.drafts,
        # A moment that decides nothing is left out: a build that changes nothing then writes nothing.
        now=moment_text(plan.now) if matters else "",
        next_embargo=moment_text(following) if following is not None else "",
        clock=options.now is None,
        redirects=plan.redirects,
        held=plan.held,
    )


def report_of(site: Workspace, plan: SitePlan, outputs: Outputs, written: Written) -> Report:
    """Return the report of a build of *site*, of whose *outputs* so many were *written*."""
    gone = outputs.before.own.difference(outputs.keys)
    return Report(
        articles=plan.counts.articles,
        languages=plan.counts.languages,
        drafts=plan.counts.drafts,
        embargoed=plan.counts.embargoed,
        events=plan.counts.events,
        pages=plan.counts.pages,
        rendered=outputs.rendered,
        written=written.changed,
        deleted=written.deleted,
        seconds=perf_counter() - site.begun,
        problems=site.problems.all,
        silenced=site.problems.silenced,
        notes=(*written.notes, *dropped_files(gone, plan.site.settings)),
        texts=plan.counts.texts,
        parsed=plan.content.parsed,
        files=written.files,
        kinds=plan.counts.kinds or _kinds(plan, written.files),
    )


def keep_addresses(root: Path, options: Options, plan: SitePlan) -> None:
    """Remember the addresses of *plan*, built in *root* as *options* asked."""
    # Where only some pages were planned, all addresses are as they were.
    if not plan.rest:
        remember_built(root, options, lasting(plan.pages, plan.site))


def _kinds(plan: SitePlan, count: int) -> tuple[tuple[str, int], ...]:
    """Return how many of the files of the site, *count* in all, there are of each kind, most first."""
    kinds = Counter(page.group for page in plan.pages)
    kinds["files of the theme"] += len(plan.assets)
    for asset, files in asset_files(plan):
        kinds["pictures" if asset.kind == PICTURE else "files"] += len(files)
    kinds["copied files"] += len(plan.content.statics)
    # What is left are those of the engine that searches whole texts, which names them itself.
    kinds["search files"] += count - kinds.total()
    return tuple((kind, count) for kind, count in kinds.most_common() if count > 0)


def record_of(site: Workspace, plan: SitePlan, first: Inputs, written: Written) -> BuildRecord:
    """Return what *plan* was made of and left *written*.

    *first* is what was seen before the build of *site*. A file that has changed since may have been read as
    it was or as it is, so it counts as changed for the next build. Where others came or went, it is not
    certain what the build was made of: what was deleted meanwhile leaves no trace.
    """
    named = tuple(sorted(named_files(plan.site.settings)))
    seen = inputs_of(site, named) if first.asked else UNKNOWN
    if (seen.asked, paths_of(seen.files)) != (first.asked, paths_of(first.files)):
        seen = UNKNOWN
    pairs = zip(first.files, seen.files, strict=False)
    seen = seen._replace(files=tuple(now if now == then else unseen(now) for then, now in pairs))
    return BuildRecord(seen, first.seen, named, written.generation, plan.now, plan.timeline.next_change)


def moment_text(second: int) -> str:
    """Return *second* (since 1970, UTC) in ISO 8601."""
    return datetime.fromtimestamp(second, UTC).isoformat()
