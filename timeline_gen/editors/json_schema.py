"""The schema of a file as JSON Schema (draft-07), for what editors know of YAML.

Pydantic describes values as this program holds them. Here they are described as editors of YAML see them: a
bare ``2017`` is a number to these and ``true`` a truth value, where the program reads text, and a key without
a value is ``null``. What the program takes, the result accepts, and unknown keys it refuses.

Each value has one flat schema without alternatives: rules of JSON Schema ignore values of other
types, so that those for a list and for a mapping can be next to each other. Editors name what is wrong inside
such a value exactly, where of alternatives they have to guess which was meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Node: TypeAlias = dict[str, Json]
"""A schema, or a part of one."""

_SCALARS: Final = frozenset({"string", "number", "boolean"})
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_BLANK: Final = r"\s*"
_PATTERNS: Final[Mapping[str, str]] = {
    "integer": f"-?[{_DIGITS}]+",
    "number": r"[-+0-9.eE]+",
    "boolean": "[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy]([Ee][Ss])?|[Nn][Oo]?|[Oo][Nn]|[Oo][Ff][Ff]|[TtFf]",
}
"""How a number or a truth value is written as text, which is what the program reads."""
_TYPES: Final[Mapping[str, frozenset[str]]] = {
    "string": _SCALARS,
    "integer": frozenset({"number", "string"}),
    "number": frozenset({"number", "string"}),
    "boolean": frozenset({"boolean", "string", "number"}),
    "array": frozenset({"array"}),
    "object": frozenset({"object"}),
}
"""What YAML may take such a value for."""
_HINTS: Final[Mapping[str, str]] = {
    "integer": "write a whole number here",
    "number": "write a number here",
    "boolean": "write true or false here",
}
_ALL: Final = frozenset({"null", "boolean", "number", "string", "array", "object"})
_FORMS: Final = ((_SCALARS, "one text"), ({"array"}, "a list"), ({"object"}, "a mapping of keys and values"))


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of the keys of mappings beyond their types, by mapping and key."""

    texts: Mapping[str, Mapping[str, str]]
    """What to show of a key."""
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The definition that lists what can be written, among other things."""
    only: frozenset[tuple[str, str]] = frozenset()
    """Those of them that take nothing else."""
    languages: tuple[str, ...] = ()
    open_to_languages: frozenset[str] = frozenset()
    """Mappings whose texts may be in languages that the site does not have."""
    sets: frozenset[str] = frozenset()
    """Keys under which a list or a mapping in brackets is a set of dates (EDTF)."""


@dataclass(slots=True)
class _Value:
    """What a value may be: types of YAML, and rules for some of them."""

    types: set[str] = field(default_factory=set)
    rules: Node = field(default_factory=dict)
    choices: list[Json] = field(default_factory=list)
    free: bool = False
    """Whether it may be anything."""

    def add(self, other: _Value) -> None:
        self.types |= other.types
        self.rules |= other.rules
        self.choices += other.choices
        self.free = self.free or other.free


def mapping_schema(raw: Mapping[str, Json], reference: Reference) -> Node:
    """Return the schema of the mapping that pydantic describes as *raw*, with what *reference* adds."""
    definitions = raw.get("$defs")
    translation = _Translation(definitions if isinstance(definitions, dict) else {}, reference)
    value = translation.mapping(dict(raw), str(raw.get("title", "")))
    return _written(value, empty=False)


class _Translation:
    """The translation of one of pydantic's descriptions."""

    def __init__(self, definitions: Node, reference: Reference) -> None:
        self._definitions, self._reference = definitions, reference

    def mapping(self, node: Node, owner: str) -> _Value:
        """Return the mapping *node*, called *owner*."""
        given = node.get("required")
        required = given if isinstance(given, list) else []
        properties: Node = {
            key: self._property(_node(inner), owner, key, needed=key in required)
            for key, inner in _node(node.get("properties")).items()
        }
        rules: Node = {"properties": properties, "additionalProperties": False}
        return _Value({"object"}, rules | ({"required": required} if required else {}))

    def _property(self, node: Node, owner: str, key: str, *, needed: bool) -> Node:
        """Return what may be under *key* of the mapping *owner*."""
        value = self._value(node, owner, key)
        if key in self._reference.sets and "string" in value.types:
            # To YAML {1960, 1961-12} is a mapping of two keys without values.
            value.types |= {"array", "object"}
            value.rules["additionalProperties"] = {"type": "null"}
        listed = self._reference.names.get((owner, key), "")
        only = (owner, key) in self._reference.only
        if listed and "array" in value.types:
            value.rules["items"] = _named(_node(value.rules["items"]), listed, only=only)
            listed = ""
        written = _written(value, empty=not needed)
        text = self._reference.texts.get(owner, {}).get(key, "")
        return _described(text) | (_named(written, listed, only=only) if listed else written)

    def _value(self, node: Node, owner: str, key: str) -> _Value:
        """Return the value that *node* describes."""
        options = node.get("anyOf") or node.get("oneOf")
        if isinstance(options, list):
            return self._choice([_node(option) for option in options], owner, key)
        if isinstance(name := node.get("$ref"), str):
            name = name.rpartition("/")[2]
            return self.mapping(_node(self._definitions[name]), name)
        kind = node.get("type")
        if kind == "array":
            return self._list(node, owner, key)
        if kind == "object":
            return self._dictionary(node, owner, key)
        if isinstance(kind, str):
            return _scalar(node, kind)
        return _Value(free=True)

    def _choice(self, options: list[Node], owner: str, key: str) -> _Value:
        """Return a value that is one of *options*; a text or a mapping of texts is a text by language."""
        if kind_key := self._kind_key(options):
            return _of_kinds([self._value(option, owner, key) for option in options], kind_key)
        whole = _Value()
        for option in options:
            if option.get("type") != "null":
                whole.add(self._value(option, owner, key))
        inner = whole.rules.get("additionalProperties")
        if isinstance(inner, dict) and {"string", "object"} <= whole.types and "items" not in whole.rules:
            whole.rules |= self._by_language(inner, owner)
            whole.rules.pop("minProperties", None)
        return whole

    def _kind_key(self, options: list[Node]) -> str:
        """Return the key whose value decides which of *options* a mapping is; empty where there is none."""
        found = [self._definitions.get(str(option.get("$ref")).rpartition("/")[2], {}) for option in options]
        mappings = [_node(_node(mapping).get("properties")) for mapping in found]
        return next(
            (key for key in mappings[0] if all("const" in _node(each.get(key)) for each in mappings)), ""
        )

    def _by_language(self, text: Node, owner: str) -> Node:
        languages = self._reference.languages
        others: Json = text if not languages or owner in self._reference.open_to_languages else False
        return {"properties": dict.fromkeys(languages, text), "additionalProperties": others}

    def _list(self, node: Node, owner: str, key: str) -> _Value:
        rules: Node = {bound: node[bound] for bound in ("minItems", "maxItems") if bound in node}
        if "minLength" in node:  # so pydantic names the bound where a validator comes before it
            rules["minItems"] = node["minLength"]
        if isinstance(several := node.get("prefixItems"), list):
            # Draft-07 has a list of items where later drafts have prefixItems.
            rules["items"] = [_written(self._value(_node(each), owner, key), empty=False) for each in several]
        else:
            item = self._value(_node(node.get("items", {})), owner, key)
            # Forms write an empty item for an empty field, and the program leaves it out.
            item.rules.pop("minLength", None)
            rules["items"] = _written(item, empty="string" in item.types and not item.choices)
        return _Value({"array"}, rules)

    def _dictionary(self, node: Node, owner: str, key: str) -> _Value:
        """Return a mapping whose keys are the author's."""
        inner = node.get("additionalProperties")
        if not isinstance(inner, dict):
            return _Value({"object"})
        value = self._value(inner, owner, key)
        value.rules.pop("minLength", None)
        bounds: Node = {bound: node[bound] for bound in ("minProperties",) if bound in node}
        return _Value({"object"}, bounds | {"additionalProperties": _written(value, empty=True)})


def _of_kinds(kinds: list[_Value], kind_key: str) -> _Value:
    """Return a mapping of one of *kinds*, by what is under *kind_key*; of all of them until that is right.

    As ``if`` and ``else``, so that of the kind that is meant exactly what is wrong is marked.
    """
    every: Node = {}
    words: list[Json] = []
    for kind in kinds:
        properties = _node(kind.rules["properties"])
        choices = _node(properties[kind_key])["enum"]
        words += choices if isinstance(choices, list) else []
        every |= properties
    every[kind_key] = _node(every[kind_key]) | {"enum": words}
    rules: Node = {"properties": every, "additionalProperties": False, "required": [kind_key]}
    for kind, word in zip(reversed(kinds), reversed(words), strict=True):
        # Editors would offer the word of a "const" as the only one.
        named: Node = {"type": "string", "pattern": f"^{word}$"}
        is_meant: Node = {"properties": {kind_key: named}, "required": [kind_key]}
        rules = {"if": is_meant, "then": kind.rules, "else": rules}
    return _Value({"object"}, {"allOf": [rules]})


def _node(value: Json) -> Node:
    return value if isinstance(value, dict) else {}


def _scalar(node: Node, kind: str) -> _Value:
    if isinstance(choices := node.get("enum"), list):
        return _Value(choices=list(choices))
    if "const" in node:
        return _Value(choices=[node["const"]])
    value = _Value(set(_TYPES[kind]))
    if kind in _PATTERNS:
        value.rules["pattern"] = f"^{_BLANK}({_PATTERNS[kind]})?{_BLANK}$"
        value.rules["patternErrorMessage"] = _HINTS[kind]
    if kind == "integer":
        value.rules["multipleOf"] = 1
    if kind == "boolean":
        # 1 and 0 are truth values to the program, too, but nothing that an editor should offer.
        value.rules |= {"examples": [True, False], "minimum": 0, "maximum": 1}
    for theirs, name in (
        ("ge", "minimum"),
        ("le", "maximum"),
        ("minimum", "minimum"),
        ("maximum", "maximum"),
    ):
        if theirs in node:
            value.rules[name] = node[theirs]
    value.rules |= {name: node[name] for name in ("minLength", "pattern") if name in node}
    if "http" in str(node.get("pattern", "")):
        value.rules["patternErrorMessage"] = "write a web address here, https://example.org/page"
    return value


def _written(value: _Value, *, empty: bool) -> Node:
    """Return the schema of *value*, which may be left *empty*."""
    if value.free:
        return {}
    rules = dict(value.rules)
    if value.choices:
        return {"anyOf": [{"enum": value.choices}, _empty()]} if empty else {"enum": value.choices}
    types = set(value.types)
    if empty:
        rules.pop("minLength", None)
        if "pattern" in rules:
            rules["pattern"] = f"^{_BLANK}$|{rules['pattern']}"
        elif "string" not in types:
            rules |= {"pattern": f"^{_BLANK}$", "patternErrorMessage": _hint(types)}
        types |= {"null", "string"}
    return rules | _limited(types, value.types)


def _limited(types: set[str], meant: set[str]) -> Node:
    """Return what refuses all but *types*; *meant* are those to name then.

    A bare ``type`` would do, but editors offer ``true``, ``false`` and ``null`` for every type that is named.
    """
    refused = sorted(_ALL - types)
    if not refused:
        return {}
    allowed: Node = {"type": list[Json](sorted(types)), "errorMessage": _hint(meant)}
    return {"if": {"type": list[Json](refused)}, "then": allowed}


def _hint(types: set[str]) -> str:
    form = " or ".join(form for kinds, form in _FORMS if types & set(kinds))
    return f"write {form} here"


def _empty() -> Node:
    return {"pattern": f"^{_BLANK}$"} | _limited({"null", "string"}, {"string"})


def _named(node: Node, definition: str, *, only: bool) -> Node:
    """Return *node*, or whatever *definition* lists in place of its texts."""
    reference: Node = {"$ref": f"#/definitions/{definition}"}
    return reference if only else {"anyOf": [reference, node]}


def _described(text: str) -> Node:
    """Return what shows *text*, Markdown within a line, to those who know Markdown and to others."""
    plain = text.replace("`", "")
    if plain == text:
        return {"description": text} if text else {}
    return {"description": plain, "markdownDescription": text}
