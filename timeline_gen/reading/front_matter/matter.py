"""Trees of YAML against the schema: plain values go in, and what is wrong comes back with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Final

from timeline_gen.messages import say
from timeline_gen.model.events import TEXT_FACTS
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.date_keys import DATE_KEYS
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.positions import Positions
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.front_matter.yaml_slips import unspaced
from timeline_gen.reading.front_matter.yaml_tree import read_yaml
from timeline_gen.schema.faults import Fault, KeyPath
from timeline_gen.schema.validation import AnySchema, check

_NULLS: Final = frozenset({"~", "null"})
"""How YAML, and the editors that write it, spell that there is no value."""


_WITH_FIELDS: Final = frozenset(
    ["description", "media", "name", "publisher", "source", "text", "title", "translation_of", *TEXT_FACTS]
)
"""Keys whose mapping means nothing where all its values are empty; elsewhere an empty one has a meaning."""
_BY_KEY: Final = "languages"
"""The key of a mapping whose keys have a meaning even where nothing is written under them."""
_HEADERS: Final = "headers"
"""The key of a mapping whose empty values mean something: that a header is left out."""


def read_matter(
    text: str, schema: type[AnySchema], diagnostics: Diagnostics, *, first_line: int = 1
) -> tuple[AnySchema | None, YamlMap]:
    """Read the YAML *text* and check it against *schema*; what is wrong is put into *diagnostics*.

    The matter is None where nothing can be made of it; otherwise it holds what is right of it.
    """
    tree = read_map(text, diagnostics, first_line=first_line)
    if tree is None:
        return None, YamlMap({}, {}, first_line, 1)
    return check_matter(tree, schema, diagnostics), tree


def read_map(
    text: str, diagnostics: Diagnostics, *, first_line: int = 1, date_keys: frozenset[str] = DATE_KEYS
) -> YamlMap | None:
    """Read the YAML *text*, which must be a mapping; an empty one where it is empty."""
    tree, problems = read_yaml(text, diagnostics.path, first_line=first_line, date_keys=date_keys)
    diagnostics.problems += problems
    if tree is None:
        return None if problems else YamlMap({}, {}, first_line, 1)
    if isinstance(tree, YamlMap):
        return tree
    message = say("keys and values are needed here, and there are none")
    hint = say("write 'key: value', one on each line")
    if isinstance(tree, YamlList):
        message = say("keys and values are needed here, and this is a list")
        hint = say("write no '- ': each id or key with a colon, what belongs to it below it, indented")
    diagnostics.add("TG126", message, (tree.line, tree.column), hint)
    return None


def check_matter(tree: YamlMap, schema: type[AnySchema], diagnostics: Diagnostics) -> AnySchema | None:
    """Check *tree* against *schema*; what is wrong is put into *diagnostics*."""
    matter, faults = check(schema, plain(tree))
    for fault in (_with_its_cause(tree, fault) for fault in faults):
        diagnostics.add(fault.code, fault.message, _position_of_fault(tree, fault), fault.hint)
    for fault in faults:
        if fault.meant:
            diagnostics.leave_out(position_at(tree, fault.path[:-1]))
    return matter


def _with_its_cause(tree: YamlMap, fault: Fault) -> Fault:
    """Return *fault*, or what led to it: a key without a value, or a value that lacks a space."""
    node = node_at(tree, fault.path)
    if fault.code == "TG301" and node is not None and is_empty(node):
        return fault._replace(
            code="TG305", message=say("{way!r} is empty, and it is needed here", way=str(fault.path[-1]))
        )
    # "name:Paper" under "source:" is a text to YAML; its author needs the space, not a mapping.
    slip = unspaced(node.value) if fault.code == "TG303" and isinstance(node, YamlText) else None
    return fault._replace(message=slip.message, hint=slip.hint) if slip else fault


def plain(node: YamlNode, *, whole: bool = False) -> object:
    """Return *node* as dicts, lists and NFC text; keys with an empty value are left out, unless *whole*."""
    if isinstance(node, YamlText):
        # An accented letter may be typed as one character or as two; names and ids must agree all the same.
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
    """Return whether *node* is an empty value.

    That is blank text, with quotes or without, a bare ``null``, and a mapping of nothing else.
    """
    if isinstance(node, YamlMap):
        return all(map(is_empty, node.entries.values()))
    if not isinstance(node, YamlText):
        return False
    # In quotes "null" is a text, such as a name; bare it is how editors write that there is nothing.
    return not node.value or node.value.isspace() or (node.inner == 0 and node.value in _NULLS)


def node_at(tree: YamlNode, path: KeyPath) -> YamlNode | None:
    """Return the node that *path* leads to from *tree*, or None."""
    node: YamlNode | None = tree
    for step in path:
        if isinstance(node, YamlMap):
            node = node.entries.get(str(step))
        elif isinstance(node, YamlList) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def position_at(tree: YamlNode, path: KeyPath, offset: int = 0) -> Position:
    """Return the position of the value at *path*, *offset* characters into it, or else of what holds it."""
    node = node_at(tree, path)
    if isinstance(node, YamlText) and offset:
        return node.position(offset)
    if node is not None:
        return (node.line, node.column)
    return position_at(tree, path[:-1]) if path else (tree.line, tree.column)


def positions_of(tree: YamlMap, *, inside: Collection[str] = ()) -> Positions:
    """Return the positions of the values of *tree*, by key; of list items as ``people.0``; its own as ``""``.

    Of the mappings *inside* it, the places of their keys are there too, as ``colours.accent``.
    """
    positions = {"": (tree.line, tree.column)}
    for key, value in tree.entries.items():
        positions[key] = (value.line, value.column)
        if isinstance(value, YamlList):
            positions |= {f"{key}.{n}": (item.line, item.column) for n, item in enumerate(value.items)}
        elif key in inside and isinstance(value, YamlMap):
            positions |= {f"{key}.{name}": position for name, position in value.keys.items()}
    return Positions.of(positions)


def _position_of_fault(tree: YamlMap, fault: Fault) -> Position:
    """Return the place of *fault*: of a key where that is wrong or has no value, else of the value."""
    holder = node_at(tree, fault.path[:-1])
    if isinstance(holder, YamlMap) and fault.path:
        key = str(fault.path[-1])
        value = holder.entries.get(key)
        unwritten = isinstance(value, YamlText) and not value.value and value.inner == 0
        if key in holder.keys and (fault.at_key or unwritten):
            return holder.keys[key]
    return position_at(tree, fault.path)
