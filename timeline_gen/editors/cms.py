"""A configuration of Decap CMS or Sveltia CMS: the forms of a site, as these programs describe them.

The files ``<slug>.<language>.md`` are their structure of several files for an entry in several languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from timeline_gen.editors.forms import (
    CHOICE,
    LIST,
    MAPPING,
    NAMES,
    NUMBER,
    PROSE,
    TRUTH,
    Field,
    Form,
    forms,
)
from timeline_gen.editors.json_schema import Json, Node
from timeline_gen.editors.names import SiteNames

PROGRAMS: Final = ("decap", "sveltia")
BACKENDS: Final = ("github", "gitlab", "gitea", "git-gateway", "test-repo")
_REPOSITORY: Final = "OWNER/REPOSITORY"
_PICTURES: Final = "pictures"
"""The folder next to the texts, into which pictures are put."""
_WIDGETS: Final = {
    PROSE: "text",
    TRUTH: "boolean",
    NUMBER: "number",
    CHOICE: "select",
    MAPPING: "object",
    LIST: "list",
}


def configuration(names: SiteNames, program: str, backend: str) -> str:
    """Return ``config.yml`` for *program*, of ``PROGRAMS``, with its *backend*, of ``BACKENDS``."""
    hosted: Node = {} if backend == "test-repo" else {"branch": "main"}
    if backend in {"github", "gitlab", "gitea"}:
        hosted["repo"] = _REPOSITORY
    own: Node = {"output": {"omit_empty_optional_fields": True}} if program == "sveltia" else {}
    if program == "decap" and backend != "test-repo":
        # Decap edits the files of a machine only with this; Sveltia does so by itself.
        own = {"local_backend": True}
    languages = list[Json](names.languages)
    whole: Node = {
        "backend": {"name": backend, **hosted},
        **own,
        "media_folder": f"content/articles/{_PICTURES}",
        "public_folder": _PICTURES,
        # Slugs may be in any letters: of Arabic ones, "ascii" would leave nothing.
        "slug": {"encoding": "unicode", "clean_accents": False, "sanitize_replacement": "-"},
        "i18n": {"structure": "multiple_files", "locales": languages, "default_locale": languages[0]},
        "collections": [_collection(form) for form in forms(names)],
    }
    note = "# Written by `timeline-gen schema --cms`. "
    note += f"Write your repository in place of {_REPOSITORY}.\n" if "repo" in hosted else "\n"
    return note + "".join(f"{line}\n" for line in _yaml(whole))


def _collection(form: Form) -> Node:
    body: Node = {"name": "body", "label": "Body", "widget": "markdown", "i18n": True, "required": False}
    return {
        "name": form.name,
        "label": form.title,
        "folder": form.folder,
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{slug}}",
        "media_folder": _PICTURES,
        "public_folder": _PICTURES,
        "i18n": True,
        "fields": [*(_field(field) for field in form.fields), body],
    }


def _field(field: Field) -> Node:
    """Return *field* as a widget."""
    more: Node = {}
    widget = _WIDGETS.get(field.kind, "string")
    if field.kind == NAMES:
        widget, more = ("select", {"multiple": True}) if field.choices else ("list", {})
    if field.choices:
        more["options"] = [{"label": label or key, "value": key} for key, label in field.choices.items()]
    if field.fields:
        more |= {"fields": [_field(inner) for inner in field.fields], "collapsed": True}
    if field.kind == NUMBER:
        # Without it Decap writes numbers as text.
        more["value_type"] = "int"
    if field.kind == LIST:
        more["summary"] = f"{{{{fields.{field.fields[0].name}}}}}"
    hint: Node = {"hint": field.hint} if field.hint else {}
    languages: Json = "duplicate" if field.is_same else field.is_translated
    described: Node = {"name": field.name, "label": field.label, "widget": widget, "required": field.required}
    return described | {"i18n": languages} | hint | more


# ---------------------------------------------------------------- YAML


def _yaml(node: Node) -> Iterator[str]:
    """Yield the lines of the mapping *node* as YAML."""
    for key, value in node.items():
        if isinstance(value, dict) and value:
            yield f"{key}:"
            yield from (f"  {line}" for line in _yaml(value))
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{key}:"
            yield from _items(value)
        else:
            yield f"{key}: {_written(value)}"


def _items(items: list[Json]) -> Iterator[str]:
    for item in items:
        lines = _yaml(item) if isinstance(item, dict) else iter((_written(item),))
        for number, line in enumerate(lines):
            yield f"  {'  ' if number else '- '}{line}"


def _written(value: Json) -> str:
    """Return *value* as JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False)
