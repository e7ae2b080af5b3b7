"""What a host sends with each file: its type, how long it may be kept, and what protects its readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from timeline_gen.model import Target
from timeline_gen.publishing.files import is_hashed

_TYPES: Final[Mapping[str, str]] = {
    "avif": "image/avif",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
_FEEDS: Final = ("/feed.xml", "/events.xml")

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "public, max-age=0, must-revalidate"
"""Pages change without changing their addresses, and a correction must be seen at once."""

_USUAL: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY: Final = "Content-Security-Policy"
_KEPT_WITH_FILES: Final = frozenset({"Content-Type", "Cache-Control", "Content-Language"})
"""What an object store keeps with each object and sends; other headers are its content network's matter."""


def content_type(path: str) -> str:
    """Return the media type of the file at *path* (RFC 9110, 8.3)."""
    if path.endswith(_FEEDS):
        return "application/atom+xml; charset=utf-8"
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def caching(path: str) -> str:
    """Return how long the file at *path* may be kept (RFC 9111, 5.2)."""
    return FOR_EVER if is_hashed(path) else ASK_AGAIN


def file_headers(path: str, target: Target) -> str:
    """Return the headers that *target*, an object store, keeps with the file at *path*, a header a line."""
    found = {"Content-Type": content_type(path), "Cache-Control": caching(path)}
    own = {name: value for name, value in target.headers.items() if name in _KEPT_WITH_FILES}
    return "\n".join(f"{name}: {value}" for name, value in sorted((found | own).items()) if value)


def parsed(headers: str) -> dict[str, str]:
    """Return *headers*, a header a line, by name."""
    pairs = (line.partition(": ") for line in headers.splitlines())
    return {name: value for name, _, value in pairs}


def site_headers(target: Target) -> dict[str, str]:
    """Return what *target* sends with every file, but for the policy."""
    found = dict(_USUAL)
    if target.preview:
        found["X-Robots-Tag"] = "noindex"
    own = {name: value for name, value in target.headers.items() if name != POLICY}
    return {name: value for name, value in (found | own).items() if value}


def page_policy(policy: str, target: Target, *, embed: bool) -> str:
    """Return the policy of pages of *target*; only those made to *embed* may stand in others' frames."""
    own = target.headers.get(POLICY, policy)
    return own if embed or not own else f"{own}; frame-ancestors 'self'"
