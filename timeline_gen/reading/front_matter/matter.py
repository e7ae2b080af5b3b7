"""Trees of YAML against the schema: plain values go in, and what is wrong comes back with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Final

from timeline_gen.messages import say
from timeline_gen.model.texts import Spot
from timeline_gen.reading.front_matter.date_keys import DATE_KEYS
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.front_matter.spots import Spots
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.front_matter.yaml_slips import unspaced
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.schema.faults import Fault, KeyPath
from timeline_gen.schema.validation import AnySchema, check

_NULLS: Final = frozenset({"~", "null"})
"""How YAML, and the editors that write it, spell that there is no value."""


_WITH_FIELDS: Final = frozenset(
    ["date_text", "description", "media", "name", "publisher", "source", "text", "title", "translation_of"]
)
"""Keys whose mapping says nothing where all its values are empty; elsewhere an empty one has a meaning."""
_BY_KEY: Final = "languages"
"""The key of a mapping whose keys say something even where nothing is written under them."""
_HEADERS: Final = "headers"
"""The key of a mapping whose empty values mean something: that a header is left out."""


def read_matter(
    text: str, schema: type[AnySchema], notes: Diagnostics, *, first_line: int = 1
) -> tuple[AnySchema | None, YamlMap]:
    """Read the YAML *text* and check it against *schema*; what is wrong is put into *notes*.

    The matter is None where nothing can be made of it; otherwise it holds what is right of it.
    """
    tree = read_map(text, notes, first_line=first_line)
    if tree is None:
        return None, YamlMap({}, {}, first_line, 1)
    return check_matter(tree, schema, notes), tree


def read_map(
    text: str, notes: Diagnostics, *, first_line: int = 1, date_keys: frozenset[str] = DATE_KEYS
) -> YamlMap | None:
    """Read the YAML *text*, which must be a mapping; an empty one, where nothing stands there."""
    tree, problems = read_yaml(text, notes.path, first_line=first_line, date_keys=date_keys)
    notes.problems += problems
    if tree is None:
        return None if problems else YamlMap({}, {}, first_line, 1)
    if isinstance(tree, YamlMap):
        return tree
    message = say("keys and values are needed here, and there are none")
    notes.add("TG126", message, (tree.line, tree.column), say("write 'key: value', one on each line"))
    return None


def check_matter(tree: YamlMap, schema: type[AnySchema], notes: Diagnostics) -> AnySchema | None:
    """Check *tree* against *schema*; what is wrong is put into *notes*."""
    matter, faults = check(schema, plain(tree))
    for fault in faults:
        said = _with_its_cause(tree, fault)
        notes.add(said.code, said.message, _spot_of_fault(tree, said), said.hint)
    return matter


def _with_its_cause(tree: YamlMap, fault: Fault) -> Fault:
    """Return *fault*, or what led to it: a key without a value, or a value that lacks a space."""
    node = node_at(tree, fault.way)
    if fault.code == "TG301" and node is not None:
        return fault._replace(
            code="TG305", message=say("{way!r} is empty, and it is needed here", way=str(fault.way[-1]))
        )
    slip = unspaced(node.value) if fault.code == "TG303" and isinstance(node, YamlText) else None
    return fault._replace(message=slip.message, hint=slip.hint) if slip else fault


def plain(node: YamlNode, *, whole: bool = False) -> object:
    """Return *node* as dicts, lists and NFC text; keys with an empty value are left out, unless *whole*."""
    if isinstance(node, YamlText):
        return node.value if node.value.isascii() else unicodedata.normalize("NFC", node.value)
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    return {
        key: _by_key(value) if key == _BY_KEY else plain(value, whole=key == _HEADERS)
        for key, value in node.entries.items()
        if whole or not is_empty(value) or (isinstance(value, YamlMap) and key not in _WITH_FIELDS)
    }


def _by_key(node: YamlNode) -> object:
    """Return *node*; where it is a mapping, each of its keys counts, even one without a value."""
    if not isinstance(node, YamlMap):
        return plain(node)
    return {key: {} if is_empty(value) else plain(value) for key, value in node.entries.items()}


def is_empty(node: YamlNode | None) -> bool:
    """Return whether *node* is a value that says nothing.

    That is blank text, with quotes or without, a bare ``null``, and a mapping of nothing else.
    """
    if isinstance(node, YamlMap):
        return all(map(is_empty, node.entries.values()))
    if not isinstance(node, YamlText):
        return False
    return not node.value or node.value.isspace() or (node.inner == 0 and node.value in _NULLS)


def node_at(tree: YamlNode, way: KeyPath) -> YamlNode | None:
    """Return the node that *way* leads to from *tree*, or None."""
    node: YamlNode | None = tree
    for step in way:
        if isinstance(node, YamlMap):
            node = node.entries.get(str(step))
        elif isinstance(node, YamlList) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def spot_at(tree: YamlNode, way: KeyPath, offset: int = 0) -> Spot:
    """Return where the value at *way* stands, *offset* characters into it, or else what holds it."""
    node = node_at(tree, way)
    if isinstance(node, YamlText) and offset:
        return node.spot(offset)
    if node is not None:
        return (node.line, node.column)
    return spot_at(tree, way[:-1]) if way else (tree.line, tree.column)


def spots_of(tree: YamlMap, *, inside: Collection[str] = ()) -> Spots:
    """Return where the values of *tree* stand, by key; list items as ``people.0``; itself as ``""``.

    Of the mappings *inside* it, the places of their keys are there too, as ``colours.accent``.
    """
    spots = {"": (tree.line, tree.column)}
    for key, value in tree.entries.items():
        spots[key] = (value.line, value.column)
        if isinstance(value, YamlList):
            spots |= {f"{key}.{n}": (item.line, item.column) for n, item in enumerate(value.items)}
        elif key in inside and isinstance(value, YamlMap):
            spots |= {f"{key}.{name}": spot for name, spot in value.keys.items()}
    return Spots.of(spots)


def _spot_of_fault(tree: YamlMap, fault: Fault) -> Spot:
    """Return the place of *fault*: of a key where that is wrong or has no value, else of the value."""
    holder = node_at(tree, fault.way[:-1])
    if isinstance(holder, YamlMap) and fault.way:
        key = str(fault.way[-1])
        value = holder.entries.get(key)
        unwritten = isinstance(value, YamlText) and not value.value and value.inner == 0
        if key in holder.keys and (fault.at_key or unwritten):
            return holder.keys[key]
    return spot_at(tree, fault.way)
