"""What a host sends with each file: its type, how long it may be kept, and what protects its readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.settings import Settings
from timeline_gen.publishing.files import is_hashed
from timeline_gen.reading.publish_targets import policy_of
from timeline_gen.text.content_types import type_of

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


def caching(path: str) -> str:
    """Return how long the file at *path* may be kept (RFC 9111, 5.2)."""
    return FOR_EVER if is_hashed(path) else ASK_AGAIN


def file_headers(path: str, target: PublishTarget) -> str:
    """Return the headers that *target*, an object store, keeps with the file at *path*, a header a line."""
    found = {"Content-Type": type_of(path), "Cache-Control": caching(path)}
    own = {name: value for name, value in target.headers.items() if name in _KEPT_WITH_FILES}
    return "\n".join(f"{name}: {value}" for name, value in sorted((found | own).items()) if value)


def parsed(headers: str) -> dict[str, str]:
    """Return *headers*, a header a line, by name."""
    pairs = (line.partition(": ") for line in headers.splitlines())
    return {name: value for name, _, value in pairs}


def site_headers(target: PublishTarget) -> dict[str, str]:
    """Return what *target* sends with every file, but for the policy."""
    found = dict(_USUAL)
    if target.preview:
        found["X-Robots-Tag"] = "noindex"
    own = {name: value for name, value in target.headers.items() if name != POLICY}
    return {name: value for name, value in (found | own).items() if value}


def page_policy(policy: str, target: PublishTarget, *, embed: bool) -> str:
    """Return the policy of pages of *target*; only those made to *embed* may be in frames elsewhere."""
    own = target.headers.get(POLICY, policy)
    # In a meta element frame-ancestors is ignored (CSP 3, section 3.3), so it is only in what hosts send.
    return own if embed or not own else f"{own}; frame-ancestors 'self'"


def policies_of(settings: Settings, target: PublishTarget) -> tuple[str, ...]:
    """Return the content security policies that the pages of *target* are under; none where it sends none."""
    own = policy_of(settings.search, settings.policy_hosts)
    if target.policy == "headers":
        return tuple(policy for policy in (page_policy(own, target, embed=False),) if policy)
    return (own,) if target.policy == "meta" else ()
