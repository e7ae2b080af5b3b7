"""The names of files and folders that are no part of a site: the one list for reading, scanning and watching.

Three places go through a site's folders: reading loads the files, scanning decides whether a build has work,
and a preview watches for changes. All three ask here. A name that only one of them ignored would leave a
build stale, or wake a preview for nothing. This module loads no library.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

WELL_KNOWN: Final = ".well-known"
"""The one hidden folder that is a part of a site (RFC 8615)."""
_BEGINNINGS: Final = ("#", "~$")
"""Emacs saves ``#name#`` by itself; office programs lock with ``~$name``."""
_ENDINGS: Final = (
    "~",
    *(".tmp", ".bak", ".orig", ".rej"),
    *(f".sw{letter}" for letter in "jklmnopx"),  # Vim; ``.swf`` is no swap file
    *("___jb_tmp___", "___jb_old___", "___jb_bak___"),  # JetBrains
)
_NAMES: Final = frozenset(
    {
        "4913",  # Vim tests with this name whether it may write here
        "__pycache__",
        *("thumbs.db", "ehthumbs.db", "desktop.ini"),  # Windows
        "icon\r",  # macOS; its other files are hidden
    }
)


def is_leftover(name: str) -> bool:
    """Return whether an editor or another program leaves files called *name* where people work."""
    lower = name.lower()
    return lower.endswith(_ENDINGS) or lower.startswith(_BEGINNINGS) or lower in _NAMES


def is_ignored(name: str) -> bool:
    """Return whether a file or folder called *name* is no part of a site: it is hidden, or a leftover."""
    return (name.startswith(".") and name != WELL_KNOWN) or is_leftover(name)


def is_ignored_below(path: str, tops: Sequence[str]) -> bool:
    """Return whether *path*, or a folder between it and the one of *tops* that it lies in, is ignored.

    The folders that lead to the site do not count: a site may lie in a hidden folder.
    """
    parts = PurePath(path).parts
    for top in tops:
        above = PurePath(top).parts
        if parts[: len(above)] == above:
            return any(map(is_ignored, parts[len(above) :]))
    return is_ignored(parts[-1])
