"""Pages into outputs: those that are as they were are kept, the others are rendered, shared out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.model import Body, Output, content_hash
from timeline_gen.planning.pages import Page
from timeline_gen.planning.show import view_of
from timeline_gen.planning.site import Site
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.render import render
from timeline_gen.running.sharing import chunked, shared

Bodies: TypeAlias = Callable[[Collection[str]], Mapping[str, Body]]
"""Gives the bodies of some hashes: they stay in the cache until the page that shows them is rendered."""

_CHUNK: Final = 100
"""What a chunk costs: about as many event pages."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some pages to render, with all that this takes."""

    pages: tuple[Page, ...]
    bodies: Mapping[str, Body]


def render_job(job: Job, *, site: Site, kit: Kit) -> list[Output]:
    """Return the file of each page of *job*."""
    outputs: list[Output] = []
    for page in job.pages:
        data = render(view_of(page, site, job.bodies.get(page.body)), kit)
        outputs.append(Output(page.path, data, content_hash(data)))
    return outputs


def render_pages(
    pages: Iterable[Page], site: Site, kit: Kit, bodies: Bodies, *, executor: Executor | None
) -> Iterator[Output]:
    """Yield the file of each of *pages*, in their order."""
    jobs = (_job(chunk, bodies) for chunk in chunked(pages, _cost, _CHUNK))
    for outputs in shared(executor, partial(_render_first, site=site, kit=kit), ((job,) for job in jobs)):
        yield from outputs


def _render_first(jobs: Sequence[Job], *, site: Site, kit: Kit) -> list[Output]:
    return render_job(jobs[0], site=site, kit=kit)


def _job(pages: Sequence[Page], bodies: Bodies) -> Job:
    wanted = {page.body for page in pages if page.body}
    return Job(tuple(pages), bodies(wanted) if wanted else {})


def _cost(page: Page) -> int:
    """Return what *page* costs, an event's page being 1."""
    shows = page.shows
    many = len(shows.span.events) + len(shows.stories) + len(shows.entities) + len(shows.sitemap) // 10
    return 1 + (many + len(shows.events)) // 4


def kept(pages: Iterable[Page], known: Mapping[PurePosixPath, str]) -> Iterator[Output]:
    """Yield an output without bytes for each of *pages*, whose hashes are *known*: it stands already."""
    for page in pages:
        yield Output(page.path, None, known[page.path])
