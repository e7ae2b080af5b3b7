"""Settings of VS Code for a site: of its YAML extension, and of the extension Front Matter."""

from __future__ import annotations

from typing import Final

from timeline_gen.editors.forms import (
    CHOICE,
    LIST,
    MAPPING,
    NAMES,
    NUMBER,
    PROSE,
    TEXT,
    TRUTH,
    Field,
    Form,
    forms,
)
from timeline_gen.editors.json_schema import Json, Node
from timeline_gen.editors.names import SiteNames
from timeline_gen.editors.schemas import FOLDER, SCHEMAS

FRONT_MATTER: Final = "front-matter.json"
"""The settings of Front Matter that follow from the schema, in the folder of the schemas."""
_EXTENSIONS: Final = ("redhat.vscode-yaml", "eliostruyf.vscode-front-matter")


def settings(names: SiteNames) -> Node:
    """Return ``.vscode/settings.json``: which schema is for which file, and letters that are no mistake."""
    yaml: Node = {
        f"./{FOLDER}/{name}.json": globs[0] for name, globs in SCHEMAS.items() if not globs[0].endswith(".md")
    }
    return {
        "yaml.schemas": yaml,
        "editor.unicodeHighlight.allowedLocales": dict.fromkeys(names.languages, True),
        "search.exclude": {"output": True, ".timeline-gen": True, FOLDER: True},
    }


def extensions() -> Node:
    """Return ``.vscode/extensions.json``."""
    return {"recommendations": list[Json](_EXTENSIONS)}


def front_matter_root() -> Node:
    """Return ``frontmatter.json``, which wakes the extension and is the author's to change."""
    return {"frontMatter.framework.id": "other", "frontMatter.extends": [f"{FOLDER}/{FRONT_MATTER}"]}


def front_matter(names: SiteNames) -> Node:
    """Return the settings of the extension Front Matter: a content type for each kind of text."""
    groups: list[Json] = []
    types: list[Json] = []
    folders: list[Json] = []
    for form in forms(names):
        folders.append(_folder(form))
        fields = [_field(field, form.name, groups) for field in form.fields]
        types.append({"name": form.name, "pageBundle": False, "fileType": "md", "fields": list[Json](fields)})
    return {
        "frontMatter.content.pageFolders": folders,
        "frontMatter.content.draftField": {"name": "draft", "type": "boolean"},
        "frontMatter.taxonomy.contentTypes": types,
        "frontMatter.taxonomy.fieldGroups": groups,
        "frontMatter.taxonomy.dateFormat": "yyyy-MM-dd",
    }


def _folder(form: Form) -> Node:
    return {
        "title": form.title,
        "path": f"[[workspace]]/{form.folder}",
        "filePrefix": "",
        "contentTypes": [form.name],
    }


_TYPES: Final = {TRUTH: "boolean", NUMBER: "number", CHOICE: "choice", MAPPING: "fields", LIST: "block"}


def _field(field: Field, owner: str, groups: list[Json]) -> Node:
    """Return *field* as the extension knows it; what a list of mappings holds is put into *groups*."""
    kind = _TYPES.get(field.kind, "string")
    more: Node = {}
    if field.kind in {TEXT, PROSE}:
        more = {"single": field.kind == TEXT}
    elif field.kind == NAMES:
        kind = "choice" if field.choices else "list"
        more = {"multiple": True} if field.choices else {}
    elif field.kind == MAPPING:
        more = {"fields": [_field(inner, f"{owner}-{field.name}", groups) for inner in field.fields]}
    elif field.kind == LIST:
        group = f"{owner}-{field.name}"
        inner = [_field(each, group, groups) for each in field.fields]
        groups.append({"id": group, "labelField": _label(field), "fields": list[Json](inner)})
        more = {"fieldGroup": [group]}
    if field.choices:
        more["choices"] = [{"id": key, "title": label or key} for key, label in field.choices.items()]
    described: Node = {"description": field.hint} if field.hint else {}
    required: Node = {"required": True} if field.required else {}
    return {"title": field.label, "name": field.name, "type": kind} | described | required | more


def _label(field: Field) -> str:
    """Return the field that names one of a list."""
    names = [inner.name for inner in field.fields]
    return "title" if "title" in names else names[0]
