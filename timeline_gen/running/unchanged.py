"""Whether a build would do nothing at all, found out before any stage and its libraries are loaded."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from timeline_gen.reading.packaged import packaged_themes
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.glance import NOTHING, Glance, Last, glance, last_build, recalled
from timeline_gen.running.options import Options, Report
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Tree
from timeline_gen.writing.survey import Standing, survey


class Seen(NamedTuple):
    """What was seen before a build; a build that has something to do need not look again."""

    report: Report | None
    """What the last build said, if another one would do nothing."""
    program: str
    """The fingerprint of the program."""
    standing: Standing
    sources: Glance = NOTHING
    """All that a build is made from."""
    last: Last | None = None
    """The last build, if only the content of some files has changed since."""


def look_first(root: Path, options: Options) -> Seen:
    """Look at the site in *root* before a build with *options*, as that build would.

    Raises ``UsageError`` as the build would.
    """
    begun, folder = time.perf_counter(), workings(root, options.cache)
    program = program_fingerprint()
    see = partial(glance, root, options, packaged_themes())
    with (
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", program) as cache,
    ):
        standing = survey(tree_of(root, options), cache)
        report, sources = recalled(cache, standing, options, see)
        last = None if report else last_build(cache, standing, options, sources)
    if report:
        return Seen(replace(report, seconds=time.perf_counter() - begun), program, standing)
    return Seen(None, program, standing, sources, last)


def tree_of(root: Path, options: Options) -> Tree:
    """Return the tree that a build of the site in *root* with *options* makes."""
    return Tree(root / options.output, root / options.workings, options.tree)
