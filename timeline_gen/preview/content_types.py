"""The content type of each kind of file, with its charset: pages in Arabic must not be guessed at."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"
SCRIPT: Final = "text/javascript; charset=utf-8"
STYLE: Final = "text/css; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"

_FEEDS: Final = frozenset({"feed.xml", "events.xml"})
_OTHER: Final = "application/octet-stream"
_TYPES: Final = {
    ".avif": "image/avif",
    ".css": STYLE,
    ".csv": "text/csv; charset=utf-8",
    ".geojson": "application/geo+json; charset=utf-8",
    ".gif": "image/gif",
    ".htm": HTML,
    ".html": HTML,
    ".ico": "image/x-icon",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": SCRIPT,
    ".json": JSON,
    ".jsonld": "application/ld+json; charset=utf-8",
    ".m4a": "audio/mp4",
    ".mjs": SCRIPT,
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": TEXT,
    ".vtt": "text/vtt; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".xsl": "application/xslt+xml; charset=utf-8",
    ".zip": "application/zip",
}


def type_of(path: str) -> str:
    """Return the content type of the file at *path*."""
    name = PurePosixPath(path).name
    if name in _FEEDS:
        return "application/atom+xml; charset=utf-8"
    return _TYPES.get(PurePosixPath(name).suffix.lower(), _OTHER)
