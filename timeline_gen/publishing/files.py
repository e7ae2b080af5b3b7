"""Files as a publisher knows them: by path, with hash, size and headers; pure values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from timeline_gen.keys import content_hash

JsonObject: TypeAlias = Mapping[str, Any]
"""An object as it comes out of a JSON text, not yet looked at."""

_HASHED: Final = re.compile(r"(?:^|/) [^/]+ \.[0-9a-f]{10,} \.[a-z0-9]+ $", re.VERBOSE)
_FEEDS: Final = frozenset({"xml", "json", "csv", "ics", "txt"})

HASHED, ASSETS, PAGES, FEEDS = range(4)
"""The stages in which files go up: no page is there before what it needs, no list before what it lists."""
STAGES: Final = (HASHED, ASSETS, PAGES, FEEDS)


@dataclass(frozen=True, slots=True)
class File:
    """What is, or is to be, under one path."""

    hash: str
    """``content_hash`` of its bytes."""
    size: int
    headers: str = ""
    """What the host sends with it, a header a line, where the host keeps that with each file."""


Listing: TypeAlias = Mapping[str, File]
"""Files by path, relative to the site's root, without a leading slash."""


def inside(path: str) -> str:
    """Return *path* if it leads nowhere but into the site; raise ValueError otherwise.

    Else an attacker who may write to the target could reach files of the person who publishes.
    """
    if path.startswith("/") or "\0" in path or (".." in path and ".." in path.split("/")):
        raise ValueError(f"{path!r} leads out of the site")
    return path


def is_hashed(path: str) -> bool:
    """Return whether the name of *path* holds a hash of its content, so that it never changes."""
    return bool(_HASHED.search(path))


def stage_of(path: str) -> int:
    """Return in which stage *path* goes up."""
    if is_hashed(path):
        return HASHED
    suffix = path.rpartition(".")[2].lower()
    if suffix == "html":
        return PAGES
    return FEEDS if suffix in _FEEDS else ASSETS


def digest_of(listing: Listing) -> str:
    """Return one hash of all of *listing*."""
    lines = (f"{path}\0{file.hash}\0{file.headers}\n" for path, file in sorted(listing.items()))
    return content_hash("".join(lines).encode())
