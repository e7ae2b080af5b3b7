"""Time the writing of a site alone: how long a generation takes, by what changed in it.

``python benchmarks/swap.py [--files 20000] [--changes 10] [--generations 30] [--folder …]``
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TypeVar

from timeline_gen.keys import content_hash
from timeline_gen.model.files import Output
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.manifest import Facts, Tree
from timeline_gen.writing.output_state import OutputState, survey
from timeline_gen.writing.stage import TreeChange, gather
from timeline_gen.writing.write import apply

T = TypeVar("T")


@dataclass(slots=True)
class Clock:
    """The milliseconds that each part took, generation by generation."""

    parts: dict[str, list[float]] = field(default_factory=dict)

    def time(self, part: str, work: Callable[[], T]) -> T:
        """Return what *work* does, and note how long it took."""
        begun = time.perf_counter()
        result = work()
        self.parts.setdefault(part, []).append((time.perf_counter() - begun) * 1000)
        return result

    def row(self, name: str) -> str:
        """Return a row of the table: the medians, and the whole."""
        medians = [statistics.median(times) for times in self.parts.values()]
        return "| " + " | ".join([name, *(f"{each:.1f}" for each in (*medians, sum(medians)))]) + " |"


@dataclass(frozen=True, slots=True)
class Site:
    """Pages of random bytes, by their paths."""

    tree: Tree
    pages: dict[PurePosixPath, bytes]
    keys: dict[str, str]

    def put(self, path: PurePosixPath, size: int = 5000) -> None:
        """Give *path* new bytes."""
        self.pages[path] = random.randbytes(50) * (size // 50)
        self.keys[str(path)] = content_hash(self.pages[path])

    def outputs(self, todo: set[str]) -> Iterator[Output]:
        """Yield all pages, with the bytes of those in *todo*."""
        for path, data in self.pages.items():
            name = str(path)
            yield Output(name, data if name in todo else None, self.keys[name])

    def build(self, clock: Clock) -> None:
        """Build once, by the *clock*."""
        with Cache.open(self.tree.work_dir / "cache.sqlite", "benchmark") as cache:
            standing: OutputState = clock.time("look", lambda: survey(self.tree, cache))
            todo = {path for path, key in self.keys.items() if standing.keys.get(path) != key}
            change: TreeChange = clock.time("gather", lambda: gather(standing, self.outputs(todo), self.keys))
            clock.time("apply", lambda: apply(standing, change, cache=cache, facts=Facts()))


def paths(files: int) -> Iterator[PurePosixPath]:
    """Yield the addresses of a site of so many *files*."""
    for number in range(files):
        lang = "ar" if number % 2 else "en"
        yield PurePosixPath(lang, "events", f"event-number-{number // 2}", "index.html")


def run(folder: Path, files: int, changes: int, generations: int) -> Mapping[str, Clock]:
    """Build a site of so many *files* in *folder* again and again; return the times by case."""
    random.seed(1)
    site = Site(Tree(folder / "output", work_dir(folder)), {}, {})
    for path in paths(files):
        site.put(path)
    clocks = {name: Clock() for name in ("first", "unchanged", "first change", f"{changes} changes")}
    for name, clock in clocks.items():
        for _ in range(1 if name.startswith("first") else generations):
            if "change" in name and name != "unchanged":
                for path in random.sample(list(site.pages), changes):
                    site.put(path)
            site.build(clock)
    return clocks


def main() -> None:
    """Read the arguments, run, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--generations", type=int, default=30)
    parser.add_argument("--folder", type=Path, help="where to work; default: a folder for passing things")
    given = parser.parse_args()
    folder = given.folder or Path(mkdtemp(prefix="swap-"))
    folder.mkdir(exist_ok=True)
    try:
        clocks = run(folder, given.files, given.changes, given.generations)
    finally:
        shutil.rmtree(folder)
    print(f"{given.files:,} files; milliseconds, medians of {given.generations} generations\n")
    print("| build | look at what stands | take the outputs | make and exchange | all |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, clock in clocks.items():
        print(clock.row(name))


if __name__ == "__main__":
    main()
