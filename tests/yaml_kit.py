"""YAML as editors read it, by the core schema of YAML 1.2: ``2017`` is a number, and ``no`` a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)


class CoreLoader(yaml.SafeLoader):
    """Reads plain scalars as YAML 1.2 does."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own


for tag, pattern, beginnings in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.nan",
        "-+.0123456789",
    ),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), list(beginnings)
    )


def _whole(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text.startswith(("0x", "0o")) else int(text)


CoreLoader.add_constructor("tag:yaml.org,2002:int", _whole)


def as_an_editor(text: str) -> object:
    """Return what an editor makes of the YAML *text*."""
    return yaml.load(text, CoreLoader)  # noqa: S506 - it is a safe one


def front_matter(text: str) -> str:
    """Return the YAML at the beginning of *text*."""
    found = FRONT_MATTER.match(text)
    return found[1] if found else ""


def described_files(root: Path) -> Iterator[tuple[str, Path, str]]:
    """Yield each file of the site in *root* that has a schema: the schema's name, the file and its YAML."""
    for path in sorted([*root.glob("*.yaml"), *root.glob("content/**/*"), *root.glob("themes/*/theme.yaml")]):
        name = _schema_of(PurePosixPath(path.relative_to(root)))
        if name and path.is_file():
            text = path.read_text("utf-8")
            yield name, path, front_matter(text) if path.suffix == ".md" else text


def _schema_of(path: PurePosixPath) -> str:
    folders = {"articles": "article", "events": "event", "pages": "page"}
    if path.name.endswith(".map.yaml"):
        return "table-map"
    if path.suffix == ".md":
        return folders.get(path.parts[1], "")
    return path.stem if path.suffix == ".yaml" else ""
