"""What a shell completes, found out without loading a parser: a shell asks at every press of a key.

So files are looked at line by line, and folders by the names in them. What is overlooked that way is only
not offered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

_BLOCK: Final = re.compile(
    r"^(?P<key>[\w-]+):[ \t]*(?P<rest>.*)\n(?P<below>(?:(?:[ \t]+.*)?\n)*)", re.MULTILINE
)
_KEY_BELOW: Final = re.compile(r"^(?P<indent>[ \t]+)(?P<key>[\w-]+):", re.MULTILINE)
_KEY_INSIDE: Final = re.compile(r"(?P<key>[\w-]+):\s*\{")
_OWN_KEY: Final = re.compile(r"^(?P<key>[\w-]+):", re.MULTILINE)
_ENTITY: Final = re.compile(r"[\w-]+/(?P<list>[\w-]+)/(?P<id>[^/]+)/index\.html")
_LISTED_CODE: Final = re.compile(r"[\[,-]\s*([a-z]{2,3}(?:-\w+)*)[ \t]*(?=[\],\n#])")
_NOT_ENTITIES: Final = frozenset({"articles", "events", "embed"})


def complete_target(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the targets of the site whose names begin with *begun*."""
    return _beginning(begun, _keys_under(_text(_root(context) / "site.yaml"), "publish"))


def complete_slug(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the slugs of the articles that begin with *begun*."""
    articles = _root(context) / "content" / "articles"
    return _beginning(begun, (path.name.partition(".")[0] for path in articles.rglob("*.md")))


def complete_entity(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the ids of entities that begin with *begun*: those that are listed, and those last built."""
    root = _root(context)
    listed = (found["key"] for found in _OWN_KEY.finditer(_text(root / "content" / "entities.yaml")))
    return _beginning(begun, ("timeline", *listed, *_built(root)))


def complete_theme(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the themes whose names begin with *begun*: those of the program and of the site."""
    from timeline_gen.reading.disk.packaged import THEMES, packaged_themes

    folders = (packaged_themes(), _root(context) / THEMES)
    return _beginning(begun, (path.parent.name for folder in folders for path in folder.glob("*/theme.yaml")))


def complete_language(context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the languages of the site that begin with *begun*."""
    text = _text(_root(context) / "site.yaml")
    blocks = (
        found["rest"] + "\n" + found["below"]
        for found in _BLOCK.finditer(text)
        if found["key"] == "languages"
    )
    listed = (code for block in blocks for code in _LISTED_CODE.findall(block))
    return _beginning(begun, (*listed, *_keys_under(text, "languages")))


def _root(context: click.Context) -> Path:
    root = context.params.get("root")
    return root if isinstance(root, Path) else Path()


def _text(path: Path) -> str:
    with suppress(OSError, ValueError):
        return path.read_text("utf-8") + "\n"
    return ""


def _keys_under(text: str, key: str) -> Iterator[str]:
    """Yield the keys of the mapping under *key* in the YAML *text*."""
    for block in _BLOCK.finditer(text):
        if block["key"] == key:
            yield from (found["key"] for found in _KEY_INSIDE.finditer(block["rest"]))
            below = list(_KEY_BELOW.finditer(block["below"]))
            yield from (found["key"] for found in below if found["indent"] == below[0]["indent"])


def _built(root: Path) -> Iterator[str]:
    """Yield the ids of the entities that the built site has pages of."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        for path in json.loads(_text(root / "output" / ".timeline-gen.json"))["files"]:
            found = _ENTITY.fullmatch(path)
            if found and found["list"] not in _NOT_ENTITIES:
                yield found["id"]


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if name.startswith(begun)})
