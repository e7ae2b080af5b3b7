"""The program on one screen: the stages in order, each handed what it needs."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from timeline_gen.reading.packaged import packaged_themes
from timeline_gen.running.ahead import standing_in
from timeline_gen.running.drafting import draft
from timeline_gen.running.facts import facts_of, made_of, report_of
from timeline_gen.running.glance import glance, remember
from timeline_gen.running.memory import Memory, memory_of
from timeline_gen.running.options import Options, Report
from timeline_gen.running.problems import Problems
from timeline_gen.running.rendering import Outputs
from timeline_gen.running.sharing import few_collections, workers
from timeline_gen.running.shelved import redraft, shelve
from timeline_gen.running.unchanged import look_first, tree_of
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
    begun, options = time.perf_counter(), options or Options()
    if memory is None:
        # Who remembers builds because something has changed.
        seen = look_first(root, options)
        if seen.report:
            return seen.report
        memory = memory_of(seen)
    problems, folder = Problems(strict=options.strict), workings(root, options.cache)
    with (
        few_collections(),
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", memory.program) as cache,
        workers(options.jobs, executor) as pool,
    ):
        standing = standing_in(tree_of(root, options), cache, memory)
        again = redraft(root, options, problems, cache=cache, standing=standing, memory=memory)
        one = again or draft(root, options, problems, cache=cache, executor=pool, memory=memory)
        outputs = Outputs(root, one, standing, cache=cache, executor=pool, memory=memory)
        written = write(standing, outputs, cache=cache, keys=outputs.keys, facts=facts_of(one, options))
        report = report_of(one, outputs.rendered, written, problems, seconds=time.perf_counter() - begun)
        see = partial(glance, root, options, packaged_themes())
        made = made_of(one, see, memory.taken_sources(), written)
        shelve(cache, options.tree, one, made)
        remember(cache, options, made, report)
    return report
