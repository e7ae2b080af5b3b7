"""What a page says of itself to search engines, as JSON-LD in its head.

A block of data is no script: a policy that forbids inline scripts lets it stand (HTML, 4.12.1.1, step 9).
Nothing in it can end the block, because every ``<`` is written as an escape.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from timeline_gen.planning.surroundings import Crumb, Head

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict)
_CONTEXT: Final = "https://schema.org"
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def linked_data(head: Head, word: Callable[[str, str], str]) -> str:
    """Return what *head* says of its page as JSON-LD, or an empty text; *word* gives the theme's words."""
    things = [*head.things]
    if len(head.trail) > 1:
        things.append(_trail(head, word))
    if not things:
        return ""
    graph = (
        {"@context": _CONTEXT, "@graph": things} if len(things) > 1 else {"@context": _CONTEXT, **things[0]}
    )
    text = _ENCODER.encode(graph)
    for letter, escape in _ESCAPES.items():
        text = text.replace(letter, escape)
    return text


def _trail(head: Head, word: Callable[[str, str], str]) -> Mapping[str, object]:
    steps = [
        {"@type": "ListItem", "position": number, "name": _name(crumb, word), "item": crumb.url}
        for number, crumb in enumerate(head.trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _name(crumb: Crumb, word: Callable[[str, str], str]) -> str:
    return crumb.words.text if crumb.words else word("section", crumb.name)
