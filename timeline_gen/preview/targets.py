"""Request targets into paths inside the site; whatever is odd is refused, not repaired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

_ODD: Final = re.compile(r"[\x00-\x1f\x7f-\x9f/\\:]")
"""What no segment of an address holds once it is decoded: controls, separators, drives."""

_PLAIN: Final = re.compile(r"[!-~]*")
"""What an address is written with: ASCII without spaces and controls (RFC 3986, section 2)."""


@dataclass(frozen=True, slots=True)
class RequestTarget:
    """What a request asks for."""

    parts: tuple[str, ...] = ()
    """The segments of the path, decoded."""
    folder: bool = True
    """Whether it ends with a slash."""
    query: str = ""
    """What follows the path, with its question mark."""

    @property
    def path(self) -> str:
        """Return it as text, relative to the server's root."""
        return "/".join(self.parts)

    @property
    def quoted(self) -> tuple[str, ...]:
        """Return the segments as an address spells them."""
        return tuple(quote(part, safe="") for part in self.parts)


def read_target(target: str) -> RequestTarget | None:
    """Return what *target* asks for, or None where it is no plain path (RFC 9112, section 3.2.1).

    Refused are addresses with a host, fragments, empty and dotted segments, in any encoding, bytes that are
    no UTF-8, and all that an address must escape.
    """
    path, mark, query = target.partition("?")
    if not path.startswith("/") or "//" in path or "#" in target or not _PLAIN.fullmatch(target):
        return None
    inner = path.strip("/")
    try:
        parts = tuple(map(_decoded, inner.split("/"))) if inner else ()
    except ValueError:
        return None
    return RequestTarget(parts, path.endswith("/"), mark + query)


def _decoded(segment: str) -> str:
    """Return *segment* decoded; raise ``ValueError`` where it is odd."""
    text = unquote_to_bytes(segment).decode()
    if text in {"", ".", ".."} or _ODD.search(text):
        raise ValueError(f"no segment of an address: {segment!r}")
    return text
