"""The version of the program that last built a site, kept in the site's working folder.

The cache is emptied when the program changes, and does not keep the former version.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from timeline_gen import __version__
from timeline_gen.messages import say
from timeline_gen.writing.disk import refusing

_FILE: Final = "version"
_MOST: Final = 100
"""Bytes that are read: the file may be anything."""
_VERSION: Final = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,4}\w{0,20}")
_PAGE: Final = "docs/upgrading.md"


def note_on_version(folder: Path) -> str:
    """Return how the version that last built the site differs from this one; empty where it does not.

    *folder* is the working folder, such as ``.timeline-gen/``.
    """
    last = last_version(folder)
    if last in {"", __version__}:
        return ""
    what = say("a newer") if _order(last) > _order(__version__) else say("an older")
    return say(
        "the last build was made by {what} timeline-gen, {last}, and this is {version}: "
        "nothing of that one is used again ({page} tells what else to do)",
        what=what,
        last=last,
        version=__version__,
        page=_PAGE,
    )


def record_version(folder: Path) -> None:
    """Write this version into *folder*, if another one or none is there."""
    if folder.is_dir() and last_version(folder) != __version__:
        with refusing(folder):
            (folder / _FILE).write_text(f"{__version__}\n", encoding="ascii")


def last_version(folder: Path) -> str:
    """Return the version that *folder* names; empty where it names none."""
    try:
        with (folder / _FILE).open("rb") as file:
            text = file.read(_MOST).decode("ascii").strip()
    except (OSError, ValueError):
        return ""
    return text if _VERSION.fullmatch(text) else ""


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
