"""The fields of forms, from the one schema: what a content management system asks an author for.

A form writes the long form of a value that has several: a picture is a mapping, media are a list of these.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from timeline_gen.editors.json_schema import Json, Node
from timeline_gen.editors.names import Known, SiteNames
from timeline_gen.editors.schemas import key_texts
from timeline_gen.model.events import TEXT_FACTS
from timeline_gen.schema.articles import PageSchema, article_schema, event_file_schema
from timeline_gen.schema.validation import AnySchema

TEXT, PROSE, CHOICE, NAMES, TRUTH, NUMBER, MAPPING, LIST = (
    "text",
    "prose",
    "choice",
    "names",
    "truth",
    "number",
    "mapping",
    "list",
)
"""Kinds of fields. ``NAMES`` are several texts, of which the choices are known."""

_PROSE: Final = frozenset({"summary", "quote", "caption", "transcript"})
_TRANSLATED: Final = frozenset(
    {
        "title",
        "summary",
        *TEXT_FACTS,
        "alt",
        "caption",
        "credit",
        "transcript",
        "events",
        "files",
        "image",
        "media",
    }
)
"""What a version in another language gives anew; it takes all other facts from the first."""
_SAME: Final = frozenset({"id", "src"})
"""What it repeats, as that distinguishes the items of a list."""


NO_NAMES: Final[Known] = MappingProxyType({})


class Field(NamedTuple):
    """One field of a form."""

    name: str
    kind: str
    hint: str = ""
    required: bool = False
    choices: Known = NO_NAMES
    fields: tuple[Field, ...] = ()
    """Of a mapping, or of each mapping of a list."""

    @property
    def label(self) -> str:
        """Return what authors see it called."""
        return self.name.replace("_", " ").capitalize()

    @property
    def is_translated(self) -> bool:
        """Return whether each language has its own."""
        return self.name in _TRANSLATED

    @property
    def is_same(self) -> bool:
        """Return whether each language repeats it."""
        return self.name in _SAME


class Form(NamedTuple):
    """The form of one kind of text."""

    name: str
    folder: str
    title: str
    fields: tuple[Field, ...]


def forms(names: SiteNames) -> tuple[Form, ...]:
    """Return the forms of articles, of events with files of their own, and of plain pages."""
    taxonomies = tuple(names.entities)
    return (
        Form("articles", "content/articles", "Articles", _fields(article_schema(taxonomies), names)),
        Form("events", "content/events", "Events", _fields(event_file_schema(taxonomies), names)),
        Form("pages", "content/pages", "Pages", _fields(PageSchema, names)),
    )


def _fields(schema: type[AnySchema], names: SiteNames) -> tuple[Field, ...]:
    raw: Node = schema.model_json_schema()
    definitions = raw.get("$defs")
    reading = _FormReading(definitions if isinstance(definitions, dict) else {}, names)
    return reading.fields(raw)


_AFTER_NAMES: Final = frozenset({"events", "media"})
"""Fields that come after the names of a text in the reference."""


def _in_order(fields: Iterable[Field], taxonomies: Collection[str]) -> Iterator[Field]:
    """Yield *fields* as the reference orders them: the site's own come last in the schema."""
    every = tuple(fields)
    named = [field for field in every if field.name in taxonomies]
    for field in every:
        if field.name in _AFTER_NAMES:
            yield from named
            named = []
        if field.name not in taxonomies:
            yield field
    yield from named


class _FormReading:
    """The reading of one of pydantic's descriptions."""

    def __init__(self, definitions: Node, names: SiteNames) -> None:
        self._definitions, self._names = definitions, names

    def fields(self, node: Node) -> tuple[Field, ...]:
        """Return the fields of the mapping *node*; free data has none."""
        return tuple(_in_order(self._mapping(node), self._names.entities))

    def _mapping(self, node: Node) -> Iterator[Field]:
        properties, required = node.get("properties"), node.get("required")
        owner = str(node.get("title", ""))
        for key, inner in properties.items() if isinstance(properties, dict) else ():
            field = self._field(key, inner)
            if field:
                needed = isinstance(required, list) and key in required
                yield field._replace(required=needed, hint=_hint(owner, key))

    def _field(self, key: str, json: Json) -> Field | None:
        """Return the field for *key*, which pydantic describes as *json*; None where no form can have it."""
        node = self._longest(json)
        kind = node.get("type")
        if choices := node.get("enum"):
            return Field(key, CHOICE, choices=_plain_choices(choices))
        if kind == "object":
            # A form shows the fields of a mapping that is left out, and would ask for them.
            fields = tuple(field._replace(required=False) for field in self.fields(node))
            return Field(key, MAPPING, fields=fields) if fields else None
        if kind == "array":
            inner = self._longest(node.get("items"))
            if inner.get("type") == "object":
                return Field(key, LIST, fields=self.fields(inner))
            return Field(key, NAMES, choices=self._known(key))
        if key == "lang":
            return Field(key, CHOICE, choices=self._names.languages)
        kinds = {"integer": NUMBER, "boolean": TRUTH}
        return Field(key, kinds.get(str(kind), PROSE if key in _PROSE else TEXT))

    def _longest(self, json: Json) -> Node:
        """Return the most detailed way to write *json*: a list, else known keys, else a text."""
        node = json if isinstance(json, dict) else {}
        if isinstance(name := node.get("$ref"), str):
            return self._longest(self._definitions[name.rpartition("/")[2]])
        options = node.get("anyOf") or node.get("oneOf")
        if not isinstance(options, list):
            return node
        ways = [self._longest(option) for option in options]
        return max(ways, key=_said)

    def _known(self, key: str) -> Known:
        if key == "authors":
            return self._names.people
        return self._names.entities.get(key, {})


def _said(node: Node) -> int:
    """Return how detailed *node* is; texts by language are one text in the form of a language."""
    order = ("null", "", "string", "object", "array")
    kind = str(node.get("type", ""))
    if kind == "object" and "properties" not in node:
        kind = ""
    return order.index(kind) if kind in order else 2


def _plain_choices(choices: Json) -> Mapping[str, str]:
    return {str(choice): "" for choice in choices} if isinstance(choices, list) else {}


_DESCRIBED: Final = {
    "Article": ("ArticleSchema",),
    "Event": ("EventSchema",),
    "EventFile": ("EventFileSchema", "EventSchema"),
}


def _hint(owner: str, key: str) -> str:
    """Return the text of the reference about *key* in the mapping *owner*, as plain text."""
    texts = key_texts()
    hints = [texts.get(name, {}).get(key, "") for name in _DESCRIBED.get(owner, (owner,))]
    hints = [text for text in hints if text not in {"", "Text"} and not text.startswith("As for")]
    return hints[0].replace("`", "") if hints else ""
