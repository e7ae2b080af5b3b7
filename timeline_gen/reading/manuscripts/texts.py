"""Plain text and Markdown as manuscripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.halves import split
from timeline_gen.reading.front_matter.matter import read_map
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.manuscripts.manuscript import Manuscript, Passage, one_line
from timeline_gen.reading.prose.without_code import without_code

_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_UNDERLINED: Final = re.compile(r"\A\s*(\S.*)\n=+[ \t]*$", re.MULTILINE)
_MARKS: Final = (
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,1000}\)"), ""),  # pictures
    (re.compile(r"\[([^\]]{0,500})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,500}\])"), r"\1"),  # links
    (re.compile(r"^\s*(?:[-+*]|\d+[.)]|>+|#{1,6})\s+", re.MULTILINE), ""),
    (re.compile(r"<[a-z/][^>\n]{0,500}>", re.IGNORECASE), ""),
    (re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|`"), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)
_LONGEST_TITLE: Final = 150
_KEYS: Final = {
    "title": ("title",),
    "date": ("date", "published", "pubdate"),
    "lang": ("lang", "language", "locale"),
    "summary": ("summary", "description", "excerpt"),
    "author": ("authors", "author", "creator", "by"),
}
"""What the keys of front matter are called here and elsewhere."""


def read_markdown(source: Source, text: str) -> Manuscript:
    """Return the manuscript in *text*, Markdown; front matter of any generator counts, where it is YAML."""
    halves, _ = split(Source(source.path, text.encode()))
    body, first_line = (halves.body, halves.body_line) if halves else (text, 1)
    tree = read_map(halves.matter, Diagnostics(source.path)) if halves else None
    known = {name: _value(tree, keys) for name, keys in _KEYS.items()}
    heading = _UNDERLINED.match(body) or _first_heading(body)
    title = known["title"] or (_unmarked(heading[1]) if heading else "")
    rest = body[: heading.start()] + body[heading.end() :] if heading and not known["title"] else body
    return Manuscript(
        body=rest.strip("\n") + "\n",
        passages=tuple(_passages(without_code(body), first_line)),
        title=one_line(title),
        lang=known["lang"] or _lang_of(source.path),
        date=known["date"],
        authors=tuple(filter(None, map(one_line, known["author"].split("\n")))),
        summary=one_line(known["summary"]),
    )


def read_plain_text(source: Source, text: str) -> Manuscript:
    """Return the manuscript in *text*; a short first line with a blank one after it is its title."""
    lines = text.strip("\n").split("\n")
    titled = len(lines) > 1 and not lines[1].strip() and len(lines[0]) <= _LONGEST_TITLE
    body = "\n".join(lines[1:] if titled else lines).strip("\n")
    return Manuscript(
        body=escaped(body) + "\n",
        passages=tuple(_passages(text, 1)),
        title=one_line(lines[0]) if titled else "",
        lang=_lang_of(source.path),
    )


def escaped(text: str) -> str:
    """Return plain *text* as Markdown that reads the same."""
    marked = re.sub(r"([\\`*_\[\]<])", r"\\\1", text)
    return re.sub(r"(?m)^([ \t]*)(?=[#>+=-]|\d+[.)]\s|~~~)", r"\1\\", marked)


def _lang_of(path: PurePosixPath) -> str:
    """Return the language in the name of a file: ``bridge.en.md``."""
    parts = path.name.split(".")
    return parts[-2] if len(parts) > 2 else ""


def _first_heading(body: str) -> re.Match[str] | None:
    """Return the heading that *body* begins with."""
    found = _HEADING.search(body)
    return found if found and not body[: found.start()].strip() else None


def _value(tree: YamlMap | None, keys: tuple[str, ...]) -> str:
    """Return what *tree* has under the first of *keys* that it has; items of a list on lines of their own."""
    if tree is None:
        return ""
    by_name = {key.casefold(): node for key, node in tree.entries.items()}
    return next((found for key in keys if key in by_name and (found := _text_of(by_name[key]))), "")


def _text_of(node: YamlNode) -> str:
    if isinstance(node, YamlText):
        return node.value
    return (
        "\n".join(item.value for item in node.items if isinstance(item, YamlText))
        if isinstance(node, YamlList)
        else ""
    )


def _passages(text: str, first_line: int) -> Iterator[Passage]:
    """Yield the paragraphs of *text*, without marks of Markdown."""
    at = 0
    for block in re.split(r"\n[ \t]*\n", text):
        at = text.find(block, at)
        start = at + len(block) - len(block.lstrip())
        words = one_line(_unmarked(block))
        if words:
            yield Passage(first_line + text.count("\n", 0, start), words)
        at += len(block)


def _unmarked(text: str) -> str:
    for pattern, instead in _MARKS:
        text = pattern.sub(instead, text)
    return text
