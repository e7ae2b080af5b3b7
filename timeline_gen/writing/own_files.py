"""The list inside a built tree of the files that this program wrote there.

It outlives the cache: where ``.timeline-gen/`` was deleted, or the site was built on another machine, it
distinguishes the program's own files from those that others put into the folder. It names paths only, so
that it changes when a page comes or goes and not with each edit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

LIST: Final = ".timeline-gen.json"
"""Its path in the tree; publishers leave it out."""
_ABOUT: Final = "the files that timeline-gen wrote here; it leaves all others as they are"
_UNTIDY: Final = frozenset({"", ".", ".."})
"""What no step of a path inside the site is: a path with one begins at the root, or leads elsewhere."""


def write_list(paths: Iterable[str]) -> bytes:
    """Return the list of *paths*, a path a line, in their order: the same paths give the same bytes."""
    lines = ",\n".join(json.dumps(path, ensure_ascii=False) for path in sorted(paths))
    return f'{{"about": {json.dumps(_ABOUT)},\n"files": [\n{lines}\n]}}\n'.encode(errors="surrogateescape")


def read_list(top: str) -> frozenset[str] | None:
    """Return the paths that the list in the tree *top* names, itself included.

    None where there is no list, or it is damaged. Paths that lead out of the tree are left out: the folder
    may come from elsewhere.
    """
    try:
        with open(f"{top}/{LIST}", "rb") as file:
            paths = json.loads(file.read())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        return None
    return frozenset(path for path in paths if is_inside(path)) | {LIST}


def is_inside(path: str) -> bool:
    """Return whether *path*, relative to the tree, is plain and leads nowhere else."""
    return _UNTIDY.isdisjoint(path.split("/")) and "\0" not in path
