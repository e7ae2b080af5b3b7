"""What every template sees besides its view: the theme's words in the page's language, and a few functions.

The functions keep what they work with to themselves, so that no template gets hold of it through them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.fallback_words import words_of
from timeline_gen.rendering.layout import Crumb, Head, Layout
from timeline_gen.text.digits import to_digits
from timeline_gen.text.plurals import Catalogue

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict)
_CONTEXT: Final = "https://schema.org"
_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class MissingAssetError(LookupError):
    """A template asks for a static file that the theme has not."""


def globals_of(context: RenderContext, lang: str) -> Mapping[str, object]:
    """Return what the templates of *context* see on pages in *lang*."""
    first = next(iter(context.languages.values()))
    language = context.languages.get(lang, first)
    catalogue = context.catalogues[language.code]
    words = words_of(catalogue)
    return {
        "_": words.gettext,
        "gettext": words.gettext,
        "ngettext": words.ngettext,
        "pgettext": words.pgettext,
        "npgettext": words.npgettext,
        "in_language": lambda lang, message: words_of(context.catalogues[lang]).gettext(message),
        "number": lambda value: to_digits(str(value), language.digits),
        "asset": _assets(context.assets),
        "has_asset": context.assets.__contains__,
        "cached": LayoutCache(),
        "settings": context.settings,
        "linked_data": _linked_data(catalogue),
        "lang": language.code,
        "dir": language.direction,
    }


def _linked_data(catalogue: Catalogue) -> Callable[[Head], str]:
    return lambda head: linked_data(head, catalogue.pgettext)


def _assets(addresses: Mapping[str, str]) -> Callable[[str], str]:
    def asset(name: str) -> str:
        if name not in addresses:
            raise MissingAssetError(name)
        return addresses[name]

    return asset


class LayoutCache:
    """Remembers what surrounds every page of a language, such as the menu, while that is the same."""

    def __init__(self) -> None:
        self._kept: tuple[Layout | None, dict[tuple[str, str, str], str]] = (None, {})

    def __call__(self, name: str, layout: Layout, head: Head, caller: Callable[[], str]) -> str:
        """Return the part *name*, made by *caller* from *layout*, the root and menu item of *head*."""
        made_from, parts = self._kept
        if made_from is not layout:
            parts = {}
            self._kept = (layout, parts)
        items = (*layout.menu, *layout.footer)
        # A menu marks the page that it is on, so a page that it names has one of its own; all others share
        # one.
        own = any(entry.href == head.address for item in items for entry in (item, *item.entries))
        key = (name, head.root, head.address if own else "")
        part = parts.get(key)
        if part is None:
            part = parts[key] = caller()
        return part


# ---------------------------------------------------------------- JSON-LD


def linked_data(head: Head, word: Callable[[str, str], str]) -> str:
    """Return the data of *head* as JSON-LD, or an empty text; *word* gives the theme's words.

    A block of data is no script: a policy that forbids inline scripts lets it be (HTML, 4.12.1.1, step 9).
    Nothing in it can end the block, because every ``<`` is written as an escape.
    """
    things = [*head.json_ld]
    if len(head.breadcrumbs) > 1:
        things.append(_breadcrumb_list(head, word))
    if not things:
        return ""
    graph = (
        {"@context": _CONTEXT, "@graph": things} if len(things) > 1 else {"@context": _CONTEXT, **things[0]}
    )
    text = _ENCODER.encode(graph)
    for letter, escape in _ESCAPES.items():
        text = text.replace(letter, escape)
    return text


def _breadcrumb_list(head: Head, word: Callable[[str, str], str]) -> Mapping[str, object]:
    steps = [
        {"@type": "ListItem", "position": number, "name": _name(crumb, word), "item": crumb.url}
        for number, crumb in enumerate(head.breadcrumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _name(crumb: Crumb, word: Callable[[str, str], str]) -> str:
    return crumb.words.text if crumb.words else word("section", crumb.name)
