"""Begin a tree as a copy of another one: a preview need not make again what a build has made just before.

The files are copied, not linked: a link would change the stat data by which the other tree is known to be
untouched. The new tree is surveyed like one that came from elsewhere, so that every file is read and compared
with its hash before it is kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from timeline_gen.writing.cache import Cache
from timeline_gen.writing.disk import discard, look, make_folder, make_folders, refusing
from timeline_gen.writing.manifest import Touched, Tree, load_manifest, save

_NAME: Final = "seed"
"""Where the copy is made, in the working folder."""


def seed(cache: Cache, source: Tree, target: Tree) -> bool:
    """Let *target*, which does not exist yet, begin as the files of *source*; return whether it does.

    Nothing is done where there is a *target*, or where *source* is not the tree that the cache knows.
    """
    manifest = load_manifest(cache, source.name)
    found = look(os.path.realpath(source.output))
    recorded = manifest.folders.get("")
    if look(str(target.output)) is not None or found is None or recorded is None:
        return False
    if recorded.inode != found.st_ino:
        return False
    copy = str(target.work_dir / _NAME)
    with refusing(target.work_dir):
        discard(copy)
        make_folder(copy)
        kept = _copied(os.path.realpath(source.output), copy, manifest.entries)
        entries = {path: manifest.entries[path] for path in kept}
        # Without folders the manifest describes no tree, so that the next survey reads every file of the
        # copy.
        seeded = replace(manifest, entries=entries, folders={}, pending=frozenset(), others=frozenset())
        save(cache, target.name, seeded, Touched(files=None, folders=None, standby={}))
        os.rename(copy, target.output)
    return True


def _copied(top: str, copy: str, paths: Collection[str]) -> list[str]:
    """Copy the files *paths* of the tree *top* into the folder *copy*; return those that were there."""
    made = {""}
    kept: list[str] = []
    for path in paths:
        make_folders(copy, path.rpartition("/")[0], made)
        try:
            shutil.copyfile(f"{top}/{path}", f"{copy}/{path}", follow_symlinks=False)
        except FileNotFoundError:
            continue
        kept.append(path)
    return kept
