"""Which addresses may be asked: those of public hosts, and of hosts that the user names.

Content comes from strangers, too. A link to ``http://169.254.169.254/`` or to the router of an office must
not make the machine that checks it send a request there. So a name is resolved here, every address that it
has is looked at, and the connection goes to just these: a second look-up could answer differently (DNS
rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from timeline_gen.messages import say
from timeline_gen.text.web import unowned_host

_PORTS: Final = {"http": 80, "https": 443}
_LOWEST_FREE_PORT: Final = 1024
"""Below it are the ports of mail, of terminals and others that must not be spoken to in HTTP."""
_NAT64: Final = ip_network("64:ff9b::/96")
"""Addresses that hold one of the old protocol (RFC 6052)."""


class NotAllowedError(Exception):
    """An address that is not requested; the message is the reason."""


class NoHostError(Exception):
    """A name that no host has."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes to."""

    parts: SplitResult
    host: str
    """In ASCII."""
    port: int
    addresses: tuple[str, ...]
    """The numbers of the host; the connection is made to one of these."""


def endpoint(url: str, allowed: Collection[str]) -> Endpoint:
    """Return where to ask for *url*; hosts among *allowed* may have any address.

    Raises ``NotAllowedError`` where nothing may be asked for there, ``NoHostError`` where there is no such
    host, and ``OSError`` where that cannot be known now.
    """
    parts = urlsplit(url)
    host, port = _checked(parts, allowed)
    numbers = _resolved(host, port)
    # One private address is enough: which of them is connected to is not for a stranger to choose.
    if host not in allowed and (private := next((n for n in numbers if not is_public(n)), "")):
        raise NotAllowedError(
            say("{host} has the address {number}, which is not public", host=host, number=private)
        )
    return Endpoint(parts, host, port, numbers)


def _checked(parts: SplitResult, allowed: Collection[str]) -> tuple[str, int]:
    """Return host and port of the address *parts*, without asking anyone."""
    if parts.scheme not in _PORTS:
        raise NotAllowedError(
            say("it leads to an address that begins with {scheme}:", scheme=parts.scheme or "//")
        )
    if parts.username is not None or parts.password is not None:
        raise NotAllowedError(say("it holds a user name or a password"))
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise NotAllowedError(say("its host or port cannot be read")) from None
    if not host:
        raise NotAllowedError(say("it names no host"))
    if host in allowed:
        return host, port
    if unowned_host(f"http://{f'[{host}]' if ':' in host else host}/"):
        raise NotAllowedError(say("{host} is no public host", host=host))
    if port < _LOWEST_FREE_PORT and port not in _PORTS.values():
        raise NotAllowedError(say("the port {port} is not one of web servers", port=port))
    return host, port


def _resolved(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise NoHostError(say("there is no host {host}", host=host)) from None
        raise
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(number: str) -> bool:
    """Return whether the IP address *number* is public, and so are those inside it."""
    try:
        address = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(
        part.is_global and not part.is_multicast and not part.is_reserved for part in _with_inner(address)
    )


def _with_inner(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return *address*, or the one of the old protocol that it stands for."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [each for each in (address.sixtofour, *(address.teredo or ())) if each]
    return [address, *inner]
