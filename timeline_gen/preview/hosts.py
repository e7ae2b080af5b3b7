"""Whom the preview answers: requests that name this server, and pages that came from it.

A web page anywhere may send requests to 127.0.0.1, and may have its own name lead there (DNS rebinding):
it would read drafts. Such a request gives itself away by its ``Host``, its ``Origin`` or its
``Sec-Fetch-Site``, which pages cannot forge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.messages import say

_HOST: Final = re.compile(
    r"""
    (?P<name> \[ [0-9a-f:.]+ \]     # an IPv6 address
            | [a-z0-9._-]+ )        # a name or an IPv4 address
    (?: : (?P<port> [0-9]{1,5} ) )?
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_EVERYWHERE: Final = frozenset({str(IPv4Address(0)), str(IPv6Address(0))})


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names under which this server may be asked."""

    names: frozenset[str]
    """In small letters, IPv6 addresses in brackets."""
    port: int
    addresses: bool = False
    """Whether any numeric address will do: where one serves on all of them. Rebinding needs a name."""

    def know(self, host: str) -> bool:
        """Return whether *host*, a ``Host`` header (RFC 9110, section 7.2), names this server."""
        found = _HOST.fullmatch(host)
        # Without a port, that of the scheme is meant (RFC 9110, section 4.2.1).
        if not found or int(found["port"] or 80) != self.port:
            return False
        name = found["name"].lower()
        return name in self.names or (self.addresses and _is_address(name))

    def welcome(self, origin: str) -> bool:
        """Return whether *origin*, an ``Origin`` header (RFC 6454, section 7), is a page of this server."""
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        return parts.scheme == "http" and not parts.path and self.know(parts.netloc)


def hosts_of(host: str, port: int, machine: str) -> Hosts:
    """Return the names of the server at *host*, which is empty for this machine only, and *port*.

    *machine* is the name by which other machines know this one.
    """
    if not host:
        return Hosts(_LOCAL, port)
    everywhere, machine = is_everywhere(host), machine.lower().rstrip(".")
    short = machine.partition(".")[0]
    own = {machine, short, f"{short}.local"} if everywhere else {_bracketed(host.lower())}
    return Hosts(_LOCAL | own, port, addresses=everywhere)


def is_everywhere(host: str) -> bool:
    """Return whether *host* means all addresses of this machine."""
    return host in _EVERYWHERE


def refusal(hosts: Hosts, host: str, site: str, mode: str) -> str:
    """Return why a request with these headers is refused; empty where it is not.

    *host* is its ``Host``, *site* its ``Sec-Fetch-Site`` and *mode* its ``Sec-Fetch-Mode`` (W3C Fetch
    Metadata); browsers of old send neither of the latter.
    """
    if not hosts.know(host):
        return say("this server does not go by that name")
    # Another port of this machine counts as same-site. A link may lead here: the page that has it reads
    # nothing.
    if site in {"cross-site", "same-site"} and mode != "navigate":
        return say("pages of other sites may not read this one")
    return ""


def bracketed_url(host: str, port: int, path: str) -> str:
    """Return the address of *path*, which begins with a slash, on the server at *host* and *port*."""
    return f"http://{_bracketed(host)}:{port}{path}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
