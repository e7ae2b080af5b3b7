"""What a page depends on: its template, and all that this extends, includes or imports."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from timeline_gen.keys import key_of
from timeline_gen.rendering.context import RenderContext

_REFERENCE: Final = re.compile(
    r"""
    \{% [-+]? \s* (?: extends | include | import | from ) \b \s*
    (?: (?P<name> "[^"]{0,255}" | '[^']{0,255}' ) \s*
        (?: [-+]? %\}                      # extends, include
        | (?: import | as | ignore | with | without ) \b )
    )?                                     # else the name is an expression
    """,
    re.VERBOSE,
)
"""Cheaper than reading the template, and never less than it: comments count too, a long name may be any."""


@lru_cache(maxsize=512)
def template_digest(context: RenderContext, name: str) -> bytes:
    """Return the hash of the template *name*, all that it extends, includes or imports, and the settings."""
    found = [(template, context.templates.get(template)) for template in sorted(_closure(name, context))]
    return key_of(found, context.settings)


def _closure(name: str, context: RenderContext) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        template = waiting.pop()
        if template not in seen:
            seen.add(template)
            waiting += _referenced(context, template)
    return frozenset(seen)


@lru_cache(maxsize=512)
def _referenced(context: RenderContext, name: str) -> tuple[str, ...]:
    """Return the templates that *name* names itself; one that it computes may be any."""
    found: list[str] = []
    for match in _REFERENCE.finditer(context.templates.get(name, "")):
        if match["name"] is None:
            return tuple(context.templates)
        found.append(match["name"][1:-1])
    return tuple(found)
