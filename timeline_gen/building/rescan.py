"""The scan of a process that builds one site again and again: the built site is looked at between builds."""

from __future__ import annotations

from pathlib import Path

from timeline_gen.building.memory import Memory
from timeline_gen.building.options import Options
from timeline_gen.building.scan import Scan
from timeline_gen.building.workspace import Workspace, open_workspace
from timeline_gen.errors import UsageError
from timeline_gen.writing.disk import look
from timeline_gen.writing.manifest import is_newest
from timeline_gen.writing.survey import survey


def look_ahead(root: Path, options: Options, memory: Memory) -> None:
    """Look at what the build of the site in *root* with *options* has left.

    The next build with *memory* need not look, as long as no other process has built there.
    """
    try:
        with open_workspace(root, options, memory.program) as site:
            memory.output = survey(site.tree, site.cache)
    except UsageError:
        # Another build is at work, or something is in the way: the next build will say so.
        memory.output = None


def rescan(site: Workspace, memory: Memory) -> Scan:
    """Return the built *site*, as it was seen ahead where no one has built there or moved it since.

    A single file that was altered since is noticed by the build after the next.
    """
    seen, memory.output = memory.output, None
    if (
        seen
        and seen.sound
        and seen.tree == site.tree
        and is_newest(site.cache, site.tree.name, seen.manifest)
    ):
        found, known = look(str(site.tree.output)), seen.manifest.folders.get("")
        if found and known and (found.st_ino, found.st_mtime_ns) == (known.inode, known.mtime):
            return Scan(seen)
    return Scan(survey(site.tree, site.cache))
