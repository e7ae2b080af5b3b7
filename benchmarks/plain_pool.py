"""Build the site in a folder by two processes of a plain ``concurrent.futures`` pool, for comparison."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers.parallel import LocalPool, parallel_map

Item = TypeVar("Item")
Sent = TypeVar("Sent")
Result = TypeVar("Result")


def spread(
    pool: LocalPool, work: Callable[[Sent], Result], items: Sequence[Item], send: Callable[[Item], Sent]
) -> Iterator[Result]:
    """Yield what *work* makes of each of *items*, as they come, like :meth:`LocalPool.spread`."""
    yield from parallel_map(pool, work, map(send, items), ordered=False)


if __name__ == "__main__":
    LocalPool.spread = spread  # type: ignore[assignment,method-assign]
    build(Path(sys.argv[1]), Options(jobs=2))
