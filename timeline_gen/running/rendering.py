"""Pages into outputs: those that are as they were are kept, the others are rendered, shared out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.collecting.chronicle import Face
from timeline_gen.model import Body, Output, content_hash
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.planning.show import view_of
from timeline_gen.planning.site import Site
from timeline_gen.rendering.kit import Kit
from timeline_gen.rendering.pieces import joined
from timeline_gen.rendering.render import render
from timeline_gen.running.drafting import Draft
from timeline_gen.running.keying import keyed
from timeline_gen.running.memory import Memory
from timeline_gen.running.picturing import picture_files, picture_outputs
from timeline_gen.running.piecing import (
    Before,
    Tables,
    assembled,
    ground_of,
    is_long,
    is_pieced,
    leave,
    table_of,
)
from timeline_gen.running.reading import read_bodies
from timeline_gen.running.sharing import Crew, chunked, shared
from timeline_gen.running.texting import Texts
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.survey import Standing

Bodies: TypeAlias = Callable[[Collection[str]], Mapping[str, Body]]
"""Gives the bodies of some hashes: they stay in the cache until the page that shows them is rendered."""


class Made(NamedTuple):
    """The file of a page."""

    data: bytes
    hash: str
    table: bytes
    """Where its pieces lie, if it is a long one."""


_Stretch: TypeAlias = tuple[slice, set[str]]
"""The place of some neighbouring pages, and the hashes of the bodies that they show."""

_OF_ALL: Final = frozenset(
    {PageKind.FINDER, PageKind.EVENTS_DATA, PageKind.EVENTS_TABLE, PageKind.EVENTS_FEED, PageKind.CALENDAR}
)
"""Files for machines that hold every event of a timeline, or of the site."""
_OF_EVENTS: Final = frozenset({PageKind.EVENT, PageKind.EMBED})
"""Pages of which each event has one."""

_CHUNK: Final = 40
"""What a chunk costs: about as many event pages."""


def page_keys(one: Draft, memory: Memory | None = None) -> dict[str, str]:
    """Return what each file of the site is made from, by its path; the pages come first, in their order.

    What *memory* holds of the last build need not be worked out again.
    """
    memory = memory or Memory()
    memory.keyed = keyed(one.pages, one.kit, memory.keyed)
    keys = dict(zip(memory.keyed.paths, memory.keyed.keys, strict=True))
    keys |= {asset.path: asset.hash for asset in one.assets}
    keys |= {str(file.address): str(file.address) for _, files in picture_files(one) for file in files}
    return keys | {path: key for path, key in one.rest.items() if path not in keys}


class Outputs:
    """The outputs of a build as they come, without the pages that stand as they are."""

    def __init__(  # noqa: PLR0913 - the means of a build, beside what it is made from
        self,
        root: Path,
        one: Draft,
        standing: Standing,
        *,
        cache: Cache,
        executor: Executor | None,
        memory: Memory | None = None,
    ) -> None:
        self.rendered = 0
        self.keys = page_keys(one, memory)
        """What each of them is made from, by its path; whole once all were taken."""
        self._root, self._draft, self._standing = root, one, standing
        self._cache, self._executor = cache, executor
        self._bodies = bodies_of(root, one, cache)
        self._texts = Texts(one, standing, keys=self.keys, cache=cache, bodies=self._bodies)
        self._tables = Tables(standing, cache)

    def __iter__(self) -> Iterator[Output]:
        one, stands = self._draft, self._standing.entries
        pages = zip(self.keys.items(), one.pages, strict=False)
        todo = [page for (path, key), page in pages if path not in stands or stands[path].key != key]
        yield from one.assets
        yield from picture_outputs(
            self._root, one, self._standing, cache=self._cache, executor=self._executor
        )
        self.rendered = len(todo)
        means = Means(one.site, one.kit, self._bodies, self._tables.before(todo))
        for path, made in render_pages(todo, means, executor=self._executor):
            self._tables.keep(path, made.table)
            yield Output(path, made.data, made.hash)
        self._tables.end(None if one.rest else {page.file for page in one.pages if is_long(page)})
        yield from self._texts


def bodies_of(root: Path, one: Draft, cache: Cache) -> Bodies:
    """Return what gives the bodies that the pages of *one* show."""
    return partial(read_bodies, root, one.content, one.site.settings, cache)


@dataclass(frozen=True, slots=True)
class Means:
    """What pages are rendered with."""

    site: Site
    kit: Kit
    bodies: Bodies
    before: Mapping[str, Before] = field(default_factory=dict)
    """Those of the long files that stand, by path."""


@dataclass(frozen=True, slots=True)
class Job:
    """Some pages to render, with all that this takes of their own."""

    pages: Sequence[Page]
    bodies: Mapping[str, Body]
    before: Mapping[str, Before]


def render_job(job: Job, *, site: Site, kit: Kit) -> list[Made]:
    """Return the file of each page of *job*."""
    return [_rendered(page, job, site, kit) for page in job.pages]


def _rendered(page: Page, job: Job, site: Site, kit: Kit) -> Made:
    if not is_pieced(page):
        leave()
        data = render(view_of(page, site, job.bodies.get(page.body)), kit)
        return Made(data, content_hash(data), b"")
    ground = ground_of(page, site, kit)
    file = assembled(page, site, kit, ground, job.before.get(page.file))
    data = joined(file)
    digest = content_hash(data)
    return Made(data, digest, table_of(page, file, digest, ground) if is_long(page) else b"")


def render_pages(
    pages: Sequence[Page], means: Means, *, executor: Executor | None
) -> Iterator[tuple[str, Made]]:
    """Yield the path and file of each of *pages*, in any order; what has much in common is made together."""
    ordered = sorted(pages, key=_turn)
    # Whoever touches a page that processes share has a copy of it; here, from now on, its path is enough.
    paths = [page.file for page in ordered]
    stretches = tuple(_stretches(ordered))
    results: Iterable[tuple[slice, list[Made]]]
    if isinstance(executor, Crew) and len(stretches) > 1:
        # The pages are there already: only their places go to the crew, and the bodies.
        work = partial(_render_stretch, pages=ordered, site=means.site, kit=means.kit, before=means.before)
        results = executor.spread(work, stretches, partial(_with_bodies, bodies=means.bodies))
    else:
        jobs = _jobs(stretches, ordered, means.bodies, means.before)
        made = shared(executor, partial(render_job, site=means.site, kit=means.kit), jobs)
        results = zip((place for place, _ in stretches), made, strict=True)
    for place, files in results:
        yield from zip(paths[place], files, strict=True)


def _turn(page: Page) -> tuple[int, str, str, tuple[object, ...]]:
    """Return when it is the turn of *page* among others: those of a language and a kind are made together.

    Files with all events of the site come first: to make one takes much memory, of which little is taken
    yet, and no other process is then long in need of one that hands out work. An event's page and that for
    frames are neighbours, and the page of a year follows its events.
    """
    shows = page.shows
    event: Face | None = shows.event if page.kind in _OF_EVENTS else None
    if page.kind is PageKind.TIMELINE and shows.span.year:
        event = shows.span.events[-1]
    if event:
        return 1, page.lang, PageKind.EVENT.value, event.sort_key
    return int(page.kind not in _OF_ALL), page.lang, page.kind.value, ()


def _with_bodies(stretch: _Stretch, *, bodies: Bodies) -> tuple[slice, Mapping[str, Body]]:
    place, wanted = stretch
    return place, bodies(wanted) if wanted else {}


def _render_stretch(
    stretch: tuple[slice, Mapping[str, Body]],
    *,
    pages: Sequence[Page],
    site: Site,
    kit: Kit,
    before: Mapping[str, Before],
) -> tuple[slice, list[Made]]:
    place, bodies = stretch
    return place, render_job(Job(pages[place], bodies, before), site=site, kit=kit)


def _stretches(pages: Iterable[Page]) -> Iterator[_Stretch]:
    """Yield the places of *pages* in stretches of about the same cost, each with the bodies they show."""
    start = 0
    for chunk in chunked(pages, _cost, _CHUNK):
        yield slice(start, start + len(chunk)), {page.body for page in chunk if page.body}
        start += len(chunk)


def jobs_of(pages: Sequence[Page], bodies: Bodies) -> Iterator[Job]:
    """Yield *pages* in jobs of about the same cost, to be made without what stands."""
    return _jobs(_stretches(pages), pages, bodies, {})


def _jobs(
    stretches: Iterable[_Stretch], pages: Sequence[Page], bodies: Bodies, before: Mapping[str, Before]
) -> Iterator[Job]:
    for stretch in stretches:
        place, found = _with_bodies(stretch, bodies=bodies)
        some = pages[place]
        yield Job(some, found, {page.file: before[page.file] for page in some if page.file in before})


def _cost(page: Page) -> int:
    """Return what *page* costs, an event's page being 1."""
    shows = page.shows
    many = len(shows.span.events) + len(shows.stories) + len(shows.entities) + len(shows.sitemap) // 10
    # A row or an entry of a file for machines is short, and most rows are made for several files.
    many += len(shows.events) // (5 if page.kind in _OF_ALL else 1)
    return 1 + many // 4
