"""Look at the built tree while nobody waits, which saves the next build that look if it still holds."""

from __future__ import annotations

from pathlib import Path

from timeline_gen.errors import UsageError
from timeline_gen.running.memory import Memory
from timeline_gen.running.options import Options
from timeline_gen.running.unchanged import tree_of
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import look, workings
from timeline_gen.writing.lock import build_lock
from timeline_gen.writing.manifest import Tree, is_newest
from timeline_gen.writing.survey import Standing, survey


def look_ahead(root: Path, options: Options, memory: Memory) -> None:
    """Note in *memory* what the build of the site in *root* with *options* has left, for the next one."""
    folder = workings(root, options.cache)
    try:
        with (
            build_lock(folder, options.command),
            Cache.open(folder / "cache.sqlite", memory.program) as cache,
        ):
            memory.standing = survey(tree_of(root, options), cache)
    except UsageError:
        # Another build is at work, or something stands in the way: the next build will say so.
        memory.standing = None


def standing_in(tree: Tree, cache: Cache, memory: Memory) -> Standing:
    """Return what stands in *tree*, as it was seen ahead where nobody has built there or moved it since.

    A single file that somebody altered since is noticed by the build after the next.
    """
    seen, memory.standing = memory.standing, None
    if seen and seen.sound and seen.tree == tree and is_newest(cache, tree.name, seen.manifest):
        found, known = look(str(tree.output)), seen.manifest.folders.get("")
        if found and known and (found.st_ino, found.st_mtime_ns) == (known.inode, known.mtime):
            return seen
    return survey(tree, cache)
