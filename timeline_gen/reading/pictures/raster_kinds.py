"""The kinds of pictures that a site may have, by the name of a file and by its first bytes."""

from __future__ import annotations

from typing import Final

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""The names of picture files end so, in small letters or capitals."""


def raster_kind(data: bytes) -> str:
    """Return the kind of the raster picture in *data*: PNG, JPEG, GIF or WebP; empty where it is none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "WebP" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""
