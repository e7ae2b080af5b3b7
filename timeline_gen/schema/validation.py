"""Data checked against a schema, with what is wrong as *faults*, in our words."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Final, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from timeline_gen.messages import say
from timeline_gen.schema.articles import ArticleSchema, CitationSchema, EventFileSchema, EventSchema
from timeline_gen.schema.entities import coordinates_hint
from timeline_gen.schema.faults import Fault, KeyPath, as_list, example, nearest_key, not_allowed
from timeline_gen.schema.foreign_keys import foreign_key
from timeline_gen.schema.publish_targets import TARGET_TAGS, target_fault
from timeline_gen.schema.values import LIST, MAPPING, TEXT
from timeline_gen.text.suggestions import is_slip

AnySchema = TypeVar("AnySchema", bound=BaseModel)


def check(schema: type[AnySchema], data: object) -> tuple[AnySchema | None, tuple[Fault, ...]]:
    """Check *data*, plain dicts, lists and text, against *schema*.

    Where there are faults, the rest is returned all the same, without what is wrong and with placeholders for
    what is missing, so that the caller can go on looking for more; None where not even that is possible.
    """
    faults: tuple[Fault, ...] = ()
    for _ in range(3):  # take out what is wrong, put in what is then missing, done
        try:
            return schema.model_validate(data), faults
        except ValidationError as error:
            details = error.errors(include_url=False)
            faults = faults or _without_echoes(tuple(_fault(schema, detail) for detail in details))
            data = _fixed(data, details)
    return None, faults


def keys(schema: type[BaseModel]) -> tuple[str, ...]:
    """Return the keys that *schema* takes, in order."""
    return tuple(field.alias or name for name, field in schema.model_fields.items())


def _without_echoes(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Leave out what is missing only because a key is misspelt, or empty because of what is wrong in it."""
    meant = {(*fault.path[:-1], fault.meant) for fault in faults if fault.meant}
    missing = ((fault, (*fault.path, fault.lacks) if fault.lacks else fault.path) for fault in faults)
    known = tuple(fault for fault, path in missing if fault.code != "TG301" or path not in meant)
    return tuple(fault for fault in known if fault.code != "TG305" or not _has_faults_inside(fault, known))


def _has_faults_inside(empty: Fault, faults: tuple[Fault, ...]) -> bool:
    """Return whether what is *empty* is so only because of *faults* of what it holds."""
    length = len(empty.path)
    return any(len(fault.path) > length and fault.path[:length] == empty.path for fault in faults)


def _fixed(data: object, details: Iterable[ErrorDetails]) -> object:
    """Return a copy of *data* without what *details* complain of; what is missing gets a placeholder."""
    data = copy.deepcopy(data)
    # From the end, because to delete an item of a list moves those behind it.
    for number, detail in enumerate(reversed(list(details))):
        path = _path(detail)
        holder = _follow(data, path[:-1])
        if not path or not isinstance(holder, dict | list):
            continue
        if detail["type"] == "missing" and isinstance(holder, dict):
            holder[path[-1]] = f"missing-{number}"
        else:
            with suppress(KeyError, IndexError, TypeError):
                del holder[path[-1]]  # type: ignore[arg-type]
    return data


def _follow(data: object, path: KeyPath) -> object:
    """Return what *path* leads to in *data*, or None."""
    for step in path:
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _path(detail: ErrorDetails) -> KeyPath:
    """Return the path of *detail* in the data, without the names of branches.

    An unknown key is a key, whatever it is called.
    """
    steps = detail["loc"]
    last = steps[-1:] if detail["type"] == "extra_forbidden" else ()
    return (*(step for step in steps[: len(steps) - len(last)] if step not in _BRANCHES), *last)


_BRANCHES: Final = frozenset({TEXT, MAPPING, LIST, "[key]", *TARGET_TAGS})


def _fault(schema: type[BaseModel], detail: ErrorDetails) -> Fault:
    """Return what pydantic found, in our words."""
    path = _path(detail)
    kind = detail["type"]
    if of_target := target_fault(kind, detail["loc"], path):
        return of_target
    name = next((step for step in reversed(path) if isinstance(step, str)), "this")
    subject = say("an item of {name!r}", name=name) if path and isinstance(path[-1], int) else repr(name)
    if kind == "extra_forbidden":
        return _unknown(schema, path)
    if kind == "missing" and path and isinstance(path[-1], str):
        return Fault(
            "TG301", path, say("the key {name!r} is missing, and it is needed here", name=name), example(name)
        )
    context = detail.get("ctx", {})
    if kind.startswith("TG"):
        return Fault(
            kind, path, say("{subject} {needed}", subject=subject, needed=context["needed"]), context["hint"]
        )
    if kind == "literal_error":
        return not_allowed(path, name, str(detail["input"]), context["expected"])
    code, needed = next((rule[1:] for rule in _RULES if kind.startswith(rule[0])), _OTHERWISE)
    hint = (_TEXT_HINTS.get(name) if kind == "string_type" else None) or _as_written(name, detail["input"])
    if kind in {"list_type", "tuple_type"} and isinstance(detail["input"], str):
        hint = as_list(name, detail["input"]) or hint
    return Fault(
        code, path, say("{subject} {needed}", subject=subject, needed=needed.filled(**context)), hint
    )


def _as_written(name: str, typed: object) -> str:
    """Return how *typed*, at the key *name*, is written; an example where that cannot be known."""
    if name == "coordinates":
        return coordinates_hint(typed)
    if name == "wikidata" and (found := re.search(r"[Qq]?([1-9]\d*)$", str(typed).rstrip("/ "))):
        return say("write {example}", example=f"wikidata: Q{found[1]}")
    if name in _MAPPINGS and isinstance(typed, str):
        return say("write {example}", example=f"{name}: {{{_MAPPINGS[name]}: {typed}}}")
    return example(name)


_MAPPINGS: Final = {
    "data": "from",
    "dates": "order",
    "fonts": "body",
    "markdown": "engine",
    "timeline": "order",
}
"""Settings with keys of their own, each with the one whose value may be written in their place."""


def _unknown(schema: type[BaseModel], path: KeyPath) -> Fault:
    """Return the fault of an unknown key at the end of *path*, with the key that may have been meant."""
    key = str(path[-1])
    here = _keys_at(schema, path[:-1])
    near = nearest_key(key, here)
    meant, advice = foreign_key(key, here)
    hint: str
    if key.startswith("-"):
        hint = say("write a space after the dash: '- {key}: …'", key=key[1:])
    # A slip of the finger is likelier than the key of another program that looks like it.
    elif is_slip(key, near):
        hint = say("did you mean '{near}'?", near=near)
    elif advice:
        near, hint = meant, advice
    elif near:
        hint = say("did you mean '{near}'?", near=near)
    else:
        hint = _misplaced(schema, key, here)
    return Fault(
        "TG302", path, say("the key {key!r} is unknown here", key=key), hint, at_key=True, meant=near
    )


def _misplaced(schema: type[BaseModel], key: str, here: tuple[str, ...]) -> str:
    """Return where *key* may belong, or which keys are known *here*."""
    if key in _INDENTED and "source" in here:
        return say("if it belongs to 'source', indent it below that key")
    if key == "id" and issubclass(schema, EventFileSchema):
        return say("remove the key: the file's name gives the id, as in <id>.<language>.md")
    if key == "events" and issubclass(schema, EventFileSchema):
        return say(
            "this file is one event: write its keys at the margin, and other events into their own files"
        )
    if key in EventSchema.model_fields and schema is not EventSchema and "events" in here:
        return say("this key belongs to an event: write it under 'events:'")
    if key in _USUAL_TAXONOMIES and {"sources", "events"} & {*here}:
        kind = _USUAL_TAXONOMIES[key]
        return say("add '{key}: {kind}' to 'taxonomies:' in site.yaml", key=key, kind=kind)
    return _all_keys(here)


def _all_keys(here: tuple[str, ...]) -> str:
    known = ", ".join(here)
    if "extra" in here:
        return say("the keys are {here}; free data goes under 'extra:'", here=known)
    return say("the keys are {here}", here=known)


_USUAL_TAXONOMIES: Final = {
    "people": "person",
    "places": "place",
    "tags": "tag",
    "organizations": "organization",
    "organisations": "organisation",
}
"""Lists that sites have unless their settings name others, and one that many add, each with its kind."""
_INDENTED: Final = CitationSchema.model_fields.keys() - ArticleSchema.model_fields.keys()
"""Keys of a source, which are at the margin where their indentation was forgotten."""


def _keys_at(schema: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """Return the keys that the mapping at *path* of *schema* takes, of whichever kind it is."""
    schemas: tuple[type[BaseModel], ...] = (schema,)
    for step in path:
        fields = [
            kind.model_fields[step] for kind in schemas if isinstance(step, str) and step in kind.model_fields
        ]
        # The number of an item leads to no field, and the schema stays.
        schemas = tuple(inner for field in fields for inner in _inner(field.annotation)) or schemas
    return tuple(dict.fromkeys(key for kind in schemas for key in keys(kind)))


def _inner(annotation: object) -> tuple[type[BaseModel], ...]:
    """Return the schemas in *annotation*, however wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return (annotation,)
    return tuple(schema for argument in get_args(annotation) for schema in _inner(argument))


_TEXT_HINTS: Final = {
    # The names of entities are written by language, that of a source or a theme is one text.
    "name": say("write name: …, one text for all languages"),
    "date": (
        say(
            'write one text: "{2017-05,2019-05}" for all of several dates, "[2017,2018]" for one '
            "of them, 2017/2019 for a span; or an event for each"
        )
    ),
}
"""What to write for a key that takes one text, in place of a list or a mapping."""
_RULES: Final = (
    # how pydantic's error type begins, our code, what is needed
    ("string_too_short", "TG305", say("is empty")),
    ("string_type", "TG303", say("must be one text, but is a list or a mapping")),
    ("union_tag", "TG303", say("cannot be given in this form")),
    ("string_pattern", "TG304", say("does not have the right form")),
    ("list_type", "TG303", say("must be a list")),
    ("tuple_type", "TG303", say("must be a list")),
    ("dict_type", "TG303", say("must be a mapping of keys and values")),
    ("model_type", "TG303", say("must be a mapping of keys and values")),
    ("model_attributes_type", "TG303", say("must be a mapping of keys and values")),
    ("int_", "TG304", say("must be a whole number")),
    ("float_", "TG304", say("must be a number")),
    ("bool_", "TG304", say("must be true or false")),
    ("greater_than", "TG304", say("must be at least {ge}")),
    ("less_than", "TG304", say("must be at most {le}")),
    ("too_short", "TG305", say("is empty")),
    ("too_long", "TG303", say("has too many items")),
    ("missing", "TG303", say("has too few items")),
)
_OTHERWISE: Final = ("TG303", say("cannot be read"))
