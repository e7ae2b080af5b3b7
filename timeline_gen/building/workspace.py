"""A site that is open for work: its folder, its kept work and its lock, as commands need it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.store.memory import Memory
from timeline_gen.building.store.store import Store
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Tree


@dataclass(slots=True)
class Workspace:
    """An open site; no other process builds it meanwhile."""

    root: Path
    options: Options
    store: Store
    problems: Problems
    """What was found to be wrong so far."""
    begun: float
    """When it was opened, by the clock that measures durations."""
    executor: Executor | None = None
    """Takes work that can be shared out; None where this process does all of it."""
    made: object = None
    """What the last stages made: a process that ends need not take it apart before."""

    def with_options(self, options: Options) -> Workspace:
        """Return the same site as other *options* ask for it, with no problem found yet."""
        return replace(self, options=options, problems=Problems(strict=options.strict))

    @property
    def cache(self) -> Cache:
        """Return the cache, for what is recorded of the built tree."""
        return self.store.cache

    @property
    def tree(self) -> Tree:
        """Return the tree of files that a build makes."""
        options = self.options
        private = options.output != Options().output
        return Tree(self.root / options.output, self.root / options.work_dir, options.tree, private)

    @property
    def now(self) -> int:
        """Return the moment to build for, in seconds since 1970 (UTC): that of the clock if none is given."""
        return int(time.time()) if self.options.now is None else self.options.now


@contextmanager
def open_workspace(root: Path, options: Options, memory: Memory | None = None) -> Iterator[Workspace]:
    """Lend the site in the folder *root*, as *options* ask for it.

    *memory* is what this process keeps of the last time. Raises ``UsageError`` where there is no site, where
    another process builds it, or where the machine refuses.
    """
    memory = memory or Memory()
    begun, folder = time.perf_counter(), work_dir(root, options.cache)
    # The lock comes first: to open the cache of another version deletes it, which no other build may be
    # using.
    with (
        build_lock(folder, options.command, wait=options.lock_timeout),
        Cache.open(folder / "cache.sqlite", memory.program) as cache,
    ):
        problems = Problems(strict=options.strict)
        yield Workspace(root, options, Store(cache, memory), problems, begun)
