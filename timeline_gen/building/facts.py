"""How a site was built, as whoever publishes it needs to know, and the next build of it."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from timeline_gen import __version__
from timeline_gen.building.options import Options, Report
from timeline_gen.building.render.outputs import Outputs
from timeline_gen.building.render.pictures import asset_files
from timeline_gen.building.scan import UNKNOWN, BuildRecord, Inputs, inputs_of
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.site_settings import named_files
from timeline_gen.building.store.addresses import remember_built
from timeline_gen.building.workspace import Workspace
from timeline_gen.pages.plan.lost import lasting
from timeline_gen.pages.plan.offers import dropped_offers
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.writing.manifest import Facts
from timeline_gen.writing.write import Written


def facts_of(one: SitePlan, options: Options) -> Facts:
    """Return the facts of a build of *one*, made as *options* asked."""
    following = one.timeline.next_embargo
    matters = options.now is not None or following is not None
    return Facts(
        program=__version__,
        url=one.site.settings.url,
        drafts=options.drafts,
        # A moment that decides nothing is left out: a build that changes nothing then writes nothing.
        now=moment_text(one.now) if matters else "",
        next_embargo=moment_text(following) if following is not None else "",
        clock=options.now is None,
        redirects=one.redirects,
        held=one.held,
    )


def report_of(site: Workspace, one: SitePlan, outputs: Outputs, written: Written) -> Report:
    """Return the report of a build of *site*, of whose *outputs* so many were *written*."""
    gone = outputs.before.own.difference(outputs.keys)
    return Report(
        articles=one.counts.articles,
        languages=one.counts.languages,
        drafts=one.counts.drafts,
        embargoed=one.counts.embargoed,
        events=one.counts.events,
        pages=one.counts.pages,
        rendered=outputs.rendered,
        written=written.changed,
        deleted=written.deleted,
        seconds=perf_counter() - site.begun,
        problems=site.problems.all,
        silenced=site.problems.silenced,
        notes=(*written.notes, *dropped_offers(gone, one.site.settings)),
        texts=one.counts.texts,
        parsed=one.content.parsed,
        files=written.files,
        kinds=one.counts.kinds or _kinds(one, written.files),
    )


def keep_addresses(root: Path, options: Options, one: SitePlan) -> None:
    """Remember the addresses of *one*, built in *root* as *options* asked."""
    # Where only some pages were planned, all addresses are as they were.
    if not one.rest:
        remember_built(root, options, lasting(one.pages, one.site))


def _kinds(one: SitePlan, count: int) -> tuple[tuple[str, int], ...]:
    """Return how many of the files of the site, *count* in all, there are of each kind, most first."""
    kinds = Counter(page.group for page in one.pages)
    kinds["files of the theme"] += len(one.assets)
    for asset, files in asset_files(one):
        kinds["pictures" if asset.kind == PICTURE else "files"] += len(files)
    kinds["copied files"] += len(one.content.statics)
    # What is left are those of the engine that searches whole texts, which names them itself.
    kinds["search files"] += count - kinds.total()
    return tuple((kind, count) for kind, count in kinds.most_common() if count > 0)


def record_of(site: Workspace, one: SitePlan, first: Inputs, written: Written) -> BuildRecord:
    """Return what *one* was made of and left *written*.

    *first* is what was seen before the build of *site*. Where anything else is there by now, that is not
    certain: what was deleted meanwhile leaves no trace.
    """
    named = tuple(sorted(named_files(one.site.settings)))
    seen = inputs_of(site, named) if first.asked else UNKNOWN
    if (seen.asked, seen.files) != (first.asked, first.files):
        seen = UNKNOWN
    return BuildRecord(seen, first.seen, named, written.generation, one.now, one.timeline.next_change)


def moment_text(second: int) -> str:
    """Return *second* (since 1970, UTC) in ISO 8601."""
    return datetime.fromtimestamp(second, UTC).isoformat()
