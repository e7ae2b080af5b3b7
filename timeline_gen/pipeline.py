"""The program on one screen: the stages in order, each handed what it needs."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path

from timeline_gen.reading.packaged import packaged_themes
from timeline_gen.running.ahead import standing_in
from timeline_gen.running.drafting import draft
from timeline_gen.running.facts import facts_of, made_of
from timeline_gen.running.glance import NOTHING, glance, recalled, remember
from timeline_gen.running.index import moment
from timeline_gen.running.memory import Memory
from timeline_gen.running.options import Options, Report
from timeline_gen.running.problems import Problems
from timeline_gen.running.rendering import Outputs
from timeline_gen.running.sharing import few_collections, workers
from timeline_gen.running.unchanged import tree_of
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.write import write


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
    begun, taken, options = time.perf_counter(), moment(), options or Options()
    problems, known = Problems(strict=options.strict), memory or Memory()
    folder = workings(root, options.cache)
    with (
        few_collections(),
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", known.program) as cache,
        workers(options.jobs, executor) as pool,
    ):
        standing = standing_in(tree_of(root, options), cache, known)
        see = partial(glance, root, options, packaged_themes())
        # Who remembers builds because something has changed.
        if memory is None and (report := recalled(cache, standing, options, see)):
            return replace(report, seconds=time.perf_counter() - begun)
        first = see() if memory is None else NOTHING
        planned = draft(root, options, problems, cache=cache, executor=pool, memory=known)
        outputs = Outputs(root, planned, standing, cache=cache, executor=pool, memory=known)
        facts = facts_of(planned, options)
        written = write(standing, outputs, cache=cache, keys=outputs.keys, facts=facts)
        report = Report(
            articles=len(planned.content.collected.articles),
            events=len(planned.chronicle.events),
            pages=len(planned.pages),
            rendered=outputs.rendered,
            written=written.changed,
            deleted=written.deleted,
            seconds=time.perf_counter() - begun,
            problems=problems.all,
            notes=written.notes,
            texts=planned.content.count,
            parsed=planned.content.parsed,
            files=written.files,
        )
        remember(cache, options, made_of(planned, see, first, begun=taken, written=written), report)
    return report
