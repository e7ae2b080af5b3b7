"""One timeline as one file: it needs no other file, and no network is needed to read it."""

from __future__ import annotations

import os
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import plan_site
from timeline_gen.building.render.outputs import bodies_of
from timeline_gen.building.render.pictures import picture_file
from timeline_gen.building.site_plan import SitePlan, assets_of
from timeline_gen.building.stages import workers
from timeline_gen.building.workers.confined import page_maker
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import UsageError
from timeline_gen.messages import listed, say
from timeline_gen.pages.page import Bodies
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.widths import files_of
from timeline_gen.pages.plan.single_timeline import WHOLE, SingleTimeline, names_of, single_timeline
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.reading.themes import FACES
from timeline_gen.rendering.self_contained import self_contained


def write_single(root: Path, options: Options, name: str, lang: str, target: Path) -> int:
    """Write the timeline *name* of the site in the folder *root* to the file *target*; return its size.

    *lang* is the language, or empty for the site's first. Raises ``ContentError`` where the content has
    errors and ``UsageError`` where there is no such timeline; *target* is then as it was.
    """
    with open_workspace(root, options) as site, workers(site):
        plan = plan_site(site)
        timeline = _named(plan, name, lang or next(iter(plan.site.languages)))
        bodies = bodies_of(root, plan, site.store)(timeline.page.texts())
    data = single(root, plan, timeline, bodies)
    if target.exists() and not target.is_file():
        # A device or a pipe takes what is written, and stays what it is.
        target.write_bytes(data)
        return len(data)
    sibling = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        sibling.write_bytes(data)
        sibling.replace(target)
    finally:
        sibling.unlink(missing_ok=True)
    return len(data)


def _named(plan: SitePlan, name: str, lang: str) -> SingleTimeline:
    """Return the timeline *name* of *plan* in *lang*; raise UsageError where there is none."""
    if lang not in plan.site.languages:
        known = ", ".join(plan.site.languages)
        raise UsageError(
            say("the site has no language {lang!r}", lang=lang), say("its languages are {known}", known=known)
        )
    try:
        return single_timeline(name, lang, plan.timeline, plan.site)
    except KeyError as error:
        near = get_close_matches(name, [WHOLE, *names_of(plan.timeline)], n=3, cutoff=0.5)
        hint = (
            say("did you mean {near}?", near=listed(near, "{start} or {end}"))
            if near
            else say("{whole!r} is that of the whole site", whole=WHOLE)
        )
        raise UsageError(say("no event names {name!r}", name=name), hint) from error


def single(root: Path, plan: SitePlan, timeline: SingleTimeline, bodies: Bodies) -> bytes:
    """Return *timeline* of the site *plan* in *root* as one file; *bodies* has its texts."""
    context = replace(plan.context, file_links=False)
    files = {PurePosixPath(asset.path): asset.data for asset in plan.assets}
    if FACES.name in context.assets:
        # They would make the file half as large again; it is drawn with what readers have.
        files[PurePosixPath(context.assets[FACES.name])] = b""
    files[timeline.search.path] = timeline.search.write(context, bodies)
    pictures = {asset.address: asset for asset in assets_of(plan) if asset.kind == PICTURE}

    def read(path: PurePosixPath) -> bytes | None:
        picture = pictures.get(path)
        if picture is None:
            return files.get(path)
        widest = files_of(path, picture.width, picture.height)[-1]
        return picture_file(root, plan, picture, widest)

    page = timeline.page
    html = page.write(context, bodies, page_maker(context))
    anchors = {addresses.event(page.lang, event.id): f"e-{event.id}" for event in page.part.events}
    return self_contained(html, page.address(), plan.site.settings.url, read, anchors)
