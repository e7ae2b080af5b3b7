"""Whether a build would do nothing at all, found out before any stage and its libraries are loaded."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from pathlib import Path

from timeline_gen.reading.packaged import packaged_themes
from timeline_gen.running.fingerprint import program_fingerprint
from timeline_gen.running.glance import glance, recalled
from timeline_gen.running.options import Options, Report
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import workings
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Tree
from timeline_gen.writing.survey import survey


def unchanged(root: Path, options: Options) -> Report | None:
    """Return what the last build of the site in *root* said, if one with *options* would do nothing.

    None where it would do something. The build asks the same. Raises ``UsageError`` as the build would.
    """
    begun, folder = time.perf_counter(), workings(root, options.cache)
    with (
        build_lock(folder, options.command, wait=options.patience),
        Cache.open(folder / "cache.sqlite", program_fingerprint()) as cache,
    ):
        standing = survey(tree_of(root, options), cache)
        report = recalled(cache, standing, options, partial(glance, root, options, packaged_themes()))
    return replace(report, seconds=time.perf_counter() - begun) if report else None


def tree_of(root: Path, options: Options) -> Tree:
    """Return the tree that a build of the site in *root* with *options* makes."""
    return Tree(root / options.output, root / options.workings, options.tree)
