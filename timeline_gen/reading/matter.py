"""Trees of YAML against the schema: plain values go in, and what is wrong comes back with its place."""

from __future__ import annotations

import unicodedata

from timeline_gen.model import Spot
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.spots import Spots
from timeline_gen.reading.yaml_tree import YamlList, YamlMap, YamlNode, YamlText, read_yaml
from timeline_gen.schema import Fault, Matter, Way, check


def read_matter(
    text: str, schema: type[Matter], notes: Notes, *, first_line: int = 1
) -> tuple[Matter | None, YamlMap]:
    """Read the YAML *text* and check it against *schema*; what is wrong is put into *notes*.

    The matter is None where nothing can be made of it; otherwise it holds what is right of it.
    """
    tree = read_map(text, notes, first_line=first_line)
    if tree is None:
        return None, YamlMap({}, {}, first_line, 1)
    return check_matter(tree, schema, notes), tree


def read_map(text: str, notes: Notes, *, first_line: int = 1) -> YamlMap | None:
    """Read the YAML *text*, which must be a mapping; an empty one, where nothing stands there."""
    tree, problems = read_yaml(text, notes.path, first_line=first_line)
    notes.problems += problems
    if tree is None:
        return None if problems else YamlMap({}, {}, first_line, 1)
    if isinstance(tree, YamlMap):
        return tree
    message = "keys and values are needed here, and there are none"
    notes.add("TG126", message, (tree.line, tree.column), "write 'key: value', one on each line")
    return None


def check_matter(tree: YamlMap, schema: type[Matter], notes: Notes) -> Matter | None:
    """Check *tree* against *schema*; what is wrong is put into *notes*."""
    matter, faults = check(schema, plain(tree))
    for fault in faults:
        notes.add(fault.code, fault.message, _spot_of_fault(tree, fault), fault.hint)
    return matter


def plain(node: YamlNode) -> object:
    """Return *node* as dicts, lists and NFC text; keys with nothing after them are left out."""
    if isinstance(node, YamlText):
        return node.value if node.value.isascii() else unicodedata.normalize("NFC", node.value)
    if isinstance(node, YamlList):
        return [plain(item) for item in node.items]
    return {
        unicodedata.normalize("NFC", key): plain(value)
        for key, value in node.entries.items()
        if not (isinstance(value, YamlText) and value.blank)
    }


def node_at(tree: YamlNode, way: Way) -> YamlNode | None:
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


def spot_at(tree: YamlNode, way: Way, offset: int = 0) -> Spot:
    """Return where the value at *way* stands, *offset* characters into it, or else what holds it."""
    node = node_at(tree, way)
    if isinstance(node, YamlText) and offset:
        return node.spot(offset)
    if node is not None:
        return (node.line, node.column)
    return spot_at(tree, way[:-1]) if way else (tree.line, tree.column)


def spots_of(tree: YamlMap) -> Spots:
    """Return where the values of *tree* stand, by key; list items as ``people.0``; itself as ``""``."""
    spots = {"": (tree.line, tree.column)}
    for key, value in tree.entries.items():
        spots[key] = (value.line, value.column)
        if isinstance(value, YamlList):
            spots |= {f"{key}.{n}": (item.line, item.column) for n, item in enumerate(value.items)}
    return Spots.of(spots)


def _spot_of_fault(tree: YamlMap, fault: Fault) -> Spot:
    """Return the place of *fault*: of a key where that is wrong or has no value, else of the value."""
    holder = node_at(tree, fault.way[:-1])
    if isinstance(holder, YamlMap) and fault.way:
        key = str(fault.way[-1])
        value = holder.entries.get(key)
        if key in holder.keys and (fault.at_key or (isinstance(value, YamlText) and value.blank)):
            return holder.keys[key]
    return spot_at(tree, fault.way)
