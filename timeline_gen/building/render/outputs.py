"""Pages into outputs: those that are as they were are kept, the others are rendered, shared out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.building.parse.statics import static_outputs
from timeline_gen.building.parse.texts import read_bodies
from timeline_gen.building.progress import counting
from timeline_gen.building.render.cache_keys import page_keys_of
from timeline_gen.building.render.long_files import (
    ChunkTables,
    FileBefore,
    assembled,
    context_key_of,
    forget_context,
    has_table,
    is_long,
    part_key,
    parts_before,
    rendered_search,
    table_of,
)
from timeline_gen.building.render.pictures import asset_files, asset_outputs
from timeline_gen.building.render.whole_texts import TextIndexes
from timeline_gen.building.site_plan import SitePlan
from timeline_gen.building.store.store import Store
from timeline_gen.building.workers.confined import page_maker
from timeline_gen.building.workers.parallel import LocalPool, chunked, parallel_map
from timeline_gen.building.workspace import Workspace
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.bodies import Body
from timeline_gen.model.files import Output
from timeline_gen.pages.page import ChunkedPage, Page
from timeline_gen.pages.search_index import SearchIndex
from timeline_gen.rendering.chunks import joined
from timeline_gen.rendering.context import RenderContext
from timeline_gen.writing.output_state import OutputState

Bodies: TypeAlias = Callable[[Collection[str]], Mapping[str, Body]]
"""Gives the bodies of some hashes: they stay in the cache until the page that shows them is rendered."""


class RenderedFile(NamedTuple):
    """The file of a page."""

    data: bytes
    hash: str
    table: bytes
    """Where its pieces lie, if it is a long one."""
    parts: tuple[Output, ...] = ()
    """The other files that it consists of, which are named by what they hold."""


_Batch: TypeAlias = tuple[slice, set[str]]
"""The place of some neighbouring pages, and the hashes of the bodies that they show."""

_CHUNK: Final = 40
"""What a chunk costs: about as many event pages."""


def page_keys(plan: SitePlan) -> dict[str, str]:
    """Return what each file of the site is made from, by its path; the pages come first, in their order."""
    keys = page_keys_of(plan.pages, plan.context)
    keys |= {asset.path: asset.hash for asset in plan.assets}
    keys |= {str(file.address): str(file.address) for _, files in asset_files(plan) for file in files}
    keys |= {static.path: static.hash for static in plan.content.statics}
    return keys | {path: key for path, key in plan.rest.items() if path not in keys}


class Outputs:
    """The files of a site as they come, without the pages that are as they were."""

    def __init__(self, site: Workspace, plan: SitePlan, before: OutputState) -> None:
        self.rendered = 0
        self.before = before
        """The built site, as the last build left it."""
        self.keys = page_keys(plan)
        """What each file is made from, by its path; whole once all were taken."""
        self._lacking, parts = parts_before(plan.pages, self.keys, before.entries)
        self.keys |= parts
        self._site, self._plan = site, plan
        self._bodies = bodies_of(site.root, plan, site.store)
        self._texts = TextIndexes(plan, before, keys=self.keys, store=site.store, bodies=self._bodies)
        self._tables = ChunkTables(before, site.store)

    def __iter__(self) -> Iterator[Output]:
        site, plan, entries = self._site, self._plan, self.before.entries
        # The keys of the pages come first, in their order.
        pages = zip(self.keys.items(), plan.pages, strict=False)
        todo = [page for (path, key), page in pages if path not in entries or entries[path].key != key]
        todo += self._lacking
        yield from plan.assets
        yield from static_outputs(site.root, plan.content.statics, self.before)
        yield from asset_outputs(site, plan, self.before)
        self.rendered = len(todo)
        inputs = RenderInputs(plan.context, self._bodies, self._tables.before(todo))
        rendered = render_pages(todo, inputs, executor=site.executor)
        for path, made in counting(say("rendering pages"), rendered, len(todo)):
            self._tables.keep(path, made.hash, made.table)
            yield Output(path, made.data, made.hash)
            self.keys |= {part.path: part_key(self.keys[path], len(made.parts)) for part in made.parts}
            yield from made.parts
        # Where only some pages were planned, the long files that are none of them keep their tables.
        self._tables.end(None if plan.rest else _long_files(plan.pages))
        yield from self._texts


def bodies_of(root: Path, plan: SitePlan, store: Store) -> Bodies:
    """Return what gives the bodies that the pages of *plan* show."""
    return partial(read_bodies, root, plan.content.origins, plan.site.settings, store)


@dataclass(frozen=True, slots=True)
class RenderInputs:
    """What pages are rendered with."""

    context: RenderContext
    bodies: Bodies
    before: Mapping[str, FileBefore] = field(default_factory=dict)
    """The long files that are there, by path."""


@dataclass(frozen=True, slots=True)
class RenderJob:
    """Pages to render, with the bodies that they show and the long files that they replace."""

    pages: Sequence[Page]
    bodies: Mapping[str, Body]
    before: Mapping[str, FileBefore]


def render_job(job: RenderJob, *, context: RenderContext) -> list[RenderedFile]:
    """Return the file of each page of *job*."""
    return [_rendered(page, job, context) for page in job.pages]


def _rendered(page: Page, job: RenderJob, context: RenderContext) -> RenderedFile:
    if isinstance(page, ChunkedPage):
        return _made_of_chunks(page, context, job.before.get(page.file))
    forget_context()
    if isinstance(page, SearchIndex):
        made = rendered_search(page, job.bodies, job.before.get(page.file))
        return RenderedFile(made.head.data or b"", made.head.hash, made.table, made.parts)
    data = page.write(context, job.bodies, page_maker(context))
    return RenderedFile(data, content_hash(data), b"")


def _made_of_chunks(page: ChunkedPage, context: RenderContext, before: FileBefore | None) -> RenderedFile:
    context_key = context_key_of(page, context)
    file = assembled(page, context, context_key, before)
    data = joined(file)
    digest = content_hash(data)
    return RenderedFile(data, digest, table_of(page, file, context_key) if is_long(page) else b"")


def _long_files(pages: Iterable[Page]) -> set[str]:
    return {page.file for page in pages if has_table(page)}


def render_pages(
    pages: Sequence[Page], inputs: RenderInputs, *, executor: Executor | None
) -> Iterator[tuple[str, RenderedFile]]:
    """Yield the path and file of each of *pages*, in any order; what has much in common is made together."""
    ordered = sorted(pages, key=_render_order)
    # A process that touches a page which it shares has a copy of it; from here on its path is enough.
    paths = [page.file for page in ordered]
    batches = tuple(_batches(ordered))
    results: Iterable[tuple[slice, list[RenderedFile]]]
    if isinstance(executor, LocalPool) and len(batches) > 1:
        # Forked workers inherit the pages: only the places are sent to them, and the bodies.
        shared = RenderJob(ordered, {}, inputs.before)
        work = partial(_render_batch, context=inputs.context, shared=shared)
        results = executor.spread(work, batches, partial(_bodies_only, bodies=inputs.bodies))
    else:
        jobs = _jobs(batches, ordered, inputs.bodies, inputs.before)
        work = partial(_render_batch, context=inputs.context)
        results = parallel_map(executor, work, jobs, ordered=False)
    for place, files in results:
        yield from zip(paths[place], files, strict=True)


def _render_order(page: Page) -> tuple[int, str, str, tuple[object, ...]]:
    """Return when it is the turn of *page* among others: those of a language and a kind are made together.

    Files with all events of the site come first: to make one takes much memory, of which little is taken
    yet, and no other process is then long in need of one that hands out work. An event's page and that for
    frames are neighbours, and the page of a year follows its events.
    """
    near, kind = page.neighbours(), type(page).__name__
    if near:
        return 1, page.lang, "", near
    together = page.siblings if isinstance(page, ChunkedPage) else ""
    return int(not page.many), page.lang, together or kind, (kind,)


def _bodies_only(batch: _Batch, *, bodies: Bodies) -> tuple[slice, RenderJob]:
    place, wanted = batch
    return place, RenderJob((), bodies(wanted) if wanted else {}, {})


def _render_batch(
    batch: tuple[slice, RenderJob], *, context: RenderContext, shared: RenderJob | None = None
) -> tuple[slice, list[RenderedFile]]:
    """Render *batch*, which brings its pages, or only bodies where the process has the pages in *shared*."""
    place, job = batch
    if shared is not None:
        job = replace(shared, pages=shared.pages[place], bodies=job.bodies)
    return place, render_job(job, context=context)


def _batches(pages: Iterable[Page]) -> Iterator[_Batch]:
    """Yield the places of *pages* in batches of about the same cost, each with the bodies they show."""
    start = 0
    for chunk in chunked(pages, _cost, _CHUNK):
        yield slice(start, start + len(chunk)), {name for page in chunk for name in page.texts()}
        start += len(chunk)


def render_jobs(pages: Sequence[Page], bodies: Bodies) -> Iterator[RenderJob]:
    """Yield *pages* in jobs of about the same cost, to be made without what is there."""
    return (job for _, job in _jobs(_batches(pages), pages, bodies, {}))


def _jobs(
    batches: Iterable[_Batch], pages: Sequence[Page], bodies: Bodies, before: Mapping[str, FileBefore]
) -> Iterator[tuple[slice, RenderJob]]:
    for batch in batches:
        place, job = _bodies_only(batch, bodies=bodies)
        own = pages[place]
        found = {page.file: before[page.file] for page in own if page.file in before}
        yield place, replace(job, pages=own, before=found)


def _cost(page: Page) -> int:
    """Return what *page* costs, an event's page being 1."""
    return 1 + page.cost() // 4
