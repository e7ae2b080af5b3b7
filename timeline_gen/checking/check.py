"""Every question about content and the site it makes, in one run, without touching the built site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from timeline_gen.checking.links import Anchors, Broken, broken_links, read_anchors
from timeline_gen.collecting.translations import translation_problems
from timeline_gen.errors import ContentError, Place, Problem
from timeline_gen.planning.pages import Page
from timeline_gen.planning.plan import origin_of
from timeline_gen.planning.site import Site
from timeline_gen.reading.prose import ID_PREFIX
from timeline_gen.rendering.kit import Kit
from timeline_gen.running.drafting import Draft, draft
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.options import Options
from timeline_gen.running.picturing import picture_files
from timeline_gen.running.problems import Problems
from timeline_gen.running.rendering import Job, bodies_of, jobs_of, render_job
from timeline_gen.running.sharing import shared, workers
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock

_PATIENCE = 60.0
"""Seconds to wait for a build of the same site."""


def check(
    root: Path, *, drafts: bool = False, now: int | None = None, jobs: int | None = None
) -> tuple[Problem, ...]:
    """Return every problem of the site in the folder *root*, at the second *now*, in reading order.

    Those that a build would report, translations that are out of date, and every link and anchor inside
    the site; raises ``UsageError`` where there is no site or the machine refuses.
    """
    problems = Problems()
    folder = workings(root)
    try:
        with (
            build_lock(folder, "timeline-gen check", wait=_PATIENCE),
            Cache.open(folder / "cache.sqlite", program_fingerprint()) as cache,
            workers(jobs) as pool,
        ):
            one = draft(root, Options(drafts=drafts, now=now), problems, cache=cache, executor=pool)
            problems.of((None, translation_problems(one.chronicle)))
            problems.of((None, tuple(_links(root, one, cache, pool))))
    except ContentError as error:
        problems.of((None, error.problems))
    return problems.all


def _links(root: Path, one: Draft, cache: Cache, executor: Executor | None) -> Iterator[Problem]:
    work = partial(_read_job, site=one.site, kit=one.kit)
    jobs = ([job] for job in jobs_of(one.pages, bodies_of(root, one, cache)))
    pages: dict[PurePosixPath, Anchors] = {}
    for found in shared(executor, work, jobs):
        pages.update(found)
    files = (
        *(page.path for page in one.pages),
        *(PurePosixPath(asset.path) for asset in one.assets),
        *(file.address for _, files in picture_files(one) for file in files),
    )
    base = urlsplit(one.site.settings.url).path or "/"
    origins = {page.path: page for page in one.pages}
    for broken in broken_links(pages, files, base):
        yield _problem(root, broken, origins)


def _read_job(jobs: Sequence[Job], *, site: Site, kit: Kit) -> dict[PurePosixPath, Anchors]:
    """Render the pages of the one job in *jobs*, and return what matters of them to links."""
    files = zip(jobs[0].pages, render_job(jobs[0], site=site, kit=kit), strict=True)
    return {
        page.path: read_anchors(made.data.decode()) for page, made in files if page.path.suffix == ".html"
    }


def _problem(root: Path, broken: Broken, pages: Mapping[PurePosixPath, Page]) -> Problem:
    return Problem(
        "TG811",
        f"the link {broken.link!r} on /{pages[broken.page].address} leads nowhere: {broken.reason}",
        _place(root, origin_of(pages[broken.page]), broken.link),
        "links are relative to the page they stand on: ../other-slug/ is another article in this language",
    )


def _place(root: Path, origin: Place, link: str) -> Place:
    """Return where in the file *origin* the *link* is written, else the file itself."""
    try:
        lines = (root / origin.path).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return origin
    typed = link.replace(f"#{ID_PREFIX}", "#")
    return next(chain(_written(lines, origin.path, link), _written(lines, origin.path, typed)), origin)


def _written(lines: Iterable[str], path: PurePosixPath, link: str) -> Iterator[Place]:
    for number, line in enumerate(lines, 1):
        column = line.find(link)
        if column >= 0:
            yield Place(path, number, column + 1)
