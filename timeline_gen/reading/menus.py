"""``menu:`` and ``footer:`` of ``site.yaml``: pages by name, links to elsewhere, and groups of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from timeline_gen.messages import say
from timeline_gen.model.settings import MenuEntry
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import node_at, position_at
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap
from timeline_gen.schema.faults import KeyPath
from timeline_gen.schema.site import MenuEntrySchema, MenuLink

ReadTexts: TypeAlias = Callable[[str | Mapping[str, str] | None, KeyPath], Mapping[str, str]]
"""Reads a text by language, at its place in the tree."""


def read_menu(
    given: Iterable[str | MenuLink], path: KeyPath, texts: ReadTexts, tree: YamlMap, diagnostics: Diagnostics
) -> tuple[MenuEntry, ...]:
    """Return the entries *given* at *path*; what is wrong is put into *diagnostics*."""
    return tuple(_entries(given, path, texts, tree, diagnostics))


def _entries(
    given: Iterable[str | MenuLink], path: KeyPath, texts: ReadTexts, tree: YamlMap, diagnostics: Diagnostics
) -> Iterator[MenuEntry]:
    for number, entry in enumerate(given):
        here = (*path, number)
        position = position_at(tree, here)
        if isinstance(entry, str):
            yield MenuEntry(entry, position=position)
            continue
        inner = entry.entries if isinstance(entry, MenuEntrySchema) else ()
        for code, message, hint in _faults(entry, _keys(tree, here)):
            diagnostics.add(code, message, position, hint)
        yield MenuEntry(
            name=entry.page,
            link=entry.link or "",
            texts=texts(entry.text, (*here, "text")),
            entries=read_menu(inner, (*here, "entries"), texts, tree, diagnostics),
            position=position_at(tree, (*here, "page")) if entry.page else position,
        )


def _keys(tree: YamlMap, path: KeyPath) -> frozenset[str]:
    """Return the keys of the mapping at *path*, those with a wrong value included."""
    node = node_at(tree, path)
    return frozenset(node.entries) if isinstance(node, YamlMap) else frozenset()


def _faults(link: MenuLink, keys: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the code, the message and the hint of what is wrong with an entry that has these *keys*."""
    if link.page and link.link:
        yield (
            "TG311",
            say("an entry cannot lead to a page of the site and elsewhere"),
            say("take out 'page' or 'link'"),
        )
    elif keys.isdisjoint({"page", "link", "entries"}):
        hint = say(
            'write page: about, or link: "https://example.org/" and text: …, or text: … and entries: […]'
        )
        yield "TG301", say("an entry of a menu needs 'page', 'link' or 'entries'"), hint
    elif keys.isdisjoint({"page", "text"}):
        yield (
            "TG301",
            say("the key 'text' is missing, and it is needed here"),
            say("write text: {en: …, ar: …}"),
        )
