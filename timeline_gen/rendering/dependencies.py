"""What a page depends on: its template, and all that this extends, includes or imports."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from timeline_gen.rendering.kit import Kit

_REFERENCE: Final = re.compile(
    r"""
    \{% [-+]? \s* (?: extends | include | import | from ) \b \s*
    (?: (?P<name> "[^"]*" | '[^']*' ) \s*
        (?: [-+]? %\}                      # extends, include
        | (?: import | as | ignore | with | without ) \b )
    )?                                     # else the name is an expression
    """,
    re.VERBOSE,
)
"""Cheaper than reading the template, and never less than it: what stands in a comment counts too."""


@lru_cache(maxsize=512)
def template_digest(kit: Kit, name: str) -> bytes:
    """Return the hash of the template *name* and of all that it extends, includes or imports."""
    found = sorted(_closure(name, kit))
    return blake2b(repr([(one, kit.templates.get(one)) for one in found]).encode(), digest_size=16).digest()


def _closure(name: str, kit: Kit) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += _referenced(kit, one)
    return frozenset(seen)


@lru_cache(maxsize=512)
def _referenced(kit: Kit, name: str) -> tuple[str, ...]:
    """Return the templates that *name* names itself; one that it computes may be any."""
    found: list[str] = []
    for match in _REFERENCE.finditer(kit.templates.get(name, "")):
        if match["name"] is None:
            return tuple(kit.templates)
        found.append(match["name"][1:-1])
    return tuple(found)
