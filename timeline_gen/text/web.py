"""Web addresses that no public site can have."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

_RESERVED: Final = frozenset(
    {
        *("example.com", "example.net", "example.org"),
        *("example", "invalid", "localhost", "test"),
        *("local", "internal", "home.arpa", "localdomain"),
    }
)
"""Names that are reserved, and all names below them (RFC 2606, 6761, 6762, 8375; ICANN on ``internal``)."""


def unowned_host(url: str) -> str:
    """Return the host of *url* if it is a reserved name or an address that is not global.

    Empty if it may be the host of a public site.
    """
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    labels = host.split(".")
    if any(".".join(labels[start:]) in _RESERVED for start in range(len(labels))):
        return host
    try:
        return "" if ip_address(host).is_global else host
    except ValueError:
        return ""
