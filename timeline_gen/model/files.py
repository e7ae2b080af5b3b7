"""Files as bytes: of the content, and of the built site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Source:
    """One content file as it lies on disk."""

    path: PurePosixPath
    """Relative to the site's folder."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the built site."""

    path: str
    """Relative to the output folder, with slashes."""
    data: bytes | None
    """None where the file in the output folder is already the right one."""
    hash: str
    """The :func:`~timeline_gen.keys.content_hash` of its bytes."""
