"""The one door to Python-Markdown: Markdown into HTML that nobody has cleaned yet.

One instance serves a whole process, because making one costs more than converting an article.
Half of the library's time goes into trying each of its fifteen inline patterns on text that cannot
match; :class:`_QuickInline` asks first whether a pattern's first character is there at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.extra import ExtraExtension
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString, HtmlStash

from timeline_gen.text.slugs import slugify

TOP_HEADING: Final = 2
"""The level of a body's highest headings: the page's own title is the only ``h1``."""

_LOGICAL: Final = {"left": "start", "center": "center", "right": "end"}
"""``:---`` aligns with the start of the line, wherever that is; Markdown knows left and right only."""

_TRIGGERS: Final = {
    "backtick": "`",
    "escape": "\\",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""What must stand in a text for a pattern of that name to match at all."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_ANY_TRIGGER: Final = re.compile(r"[`\\\[<&*_]|  \n")


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a Markdown text: HTML that must be cleaned before anyone sees it."""

    html: str
    raw: tuple[str, ...]
    """The pieces of HTML that the author wrote, in no particular order."""


def convert(text: str) -> Converted:
    """Convert the Markdown *text* of a whole body. Raises RecursionError where it is nested too deep."""
    converter = _converter()
    converter.reset()
    try:
        html = converter.convert(text)
    except BaseException:
        # What was half done would show up in the next document.
        _converter.cache_clear()
        raise
    return Converted(html, _raw(converter))


def convert_line(text: str) -> Converted:
    """Convert the inline Markdown of *text*, a single paragraph without blocks in it."""
    converter = _converter()
    converter.reset()
    root = ET.Element("div")
    paragraph = ET.SubElement(root, "span")
    paragraph.text = text
    try:
        for name in ("inline", "attr_list", "unescape"):
            converter.treeprocessors[name].run(root)
        html = converter.serializer(root)
        for postprocessor in converter.postprocessors:
            html = postprocessor.run(html)
    except BaseException:
        _converter.cache_clear()
        raise
    return Converted(html.removeprefix("<div><span>").removesuffix("</span></div>"), _raw(converter))


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    """Return this process's one converter."""
    converter = Markdown(
        extensions=[
            ExtraExtension(footnotes={"BACKLINK_TITLE": ""}),
            TocExtension(slugify=_heading_id, marker=""),
            AttrListExtension(),
        ],
        output_format="html",
    )
    converter.treeprocessors.register(_QuickInline(converter), "inline", 20)
    converter.htmlStash = _Stash()
    contents = converter.treeprocessors["toc"]
    assert isinstance(contents, TocTreeprocessor)  # noqa: S101 (the extension above put it there)
    converter.treeprocessors.register(_LowerHeadings(contents), "lower_headings", 6)
    converter.treeprocessors.register(_LogicalCells(converter), "logical_cells", 4)
    return converter


def _heading_id(text: str, _separator: str) -> str:
    return slugify(text) or "section"


def _raw(converter: Markdown) -> tuple[str, ...]:
    """Return the HTML that the author wrote."""
    stash = converter.htmlStash
    return tuple(stash.written) if isinstance(stash, _Stash) else ()


class _Stash(HtmlStash):
    """The library's store of raw HTML, which remembers what it was given; the library itself forgets."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def store(self, html: str | ET.Element) -> str:
        if isinstance(html, ET.Element):  # a block with Markdown inside it
            self.written += map(_opening, html.iter())
        elif "<" in html and not html.startswith("<pre><code"):
            self.written.append(html)
        return super().store(html)

    def reset(self) -> None:
        super().reset()
        self.written = []


def _opening(element: ET.Element) -> str:
    """Return the opening tag of *element*, to be judged like raw HTML."""
    attributes = {name: value for name, value in element.attrib.items() if name != "markdown"}
    return ET.tostring(ET.Element(element.tag, attributes), encoding="unicode", short_empty_elements=False)


class _QuickInline(InlineProcessor):
    """The library's inline processor, which does not try the patterns that cannot match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        registry = self.inlinePatterns
        self.triggers = {registry[name]: mark for name, mark in _TRIGGERS.items() if name in registry}
        self.in_order = [(pattern, self.triggers.get(pattern, "")) for pattern in registry]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Do what the library's own method of this name does, for the same text with the same outcome."""
        if isinstance(data, AtomicString) or not _ANY_TRIGGER.search(data):
            return data
        for index in range(patternIndex, len(self.in_order)):
            pattern, trigger = self.in_order[index]
            start, matched = 0, trigger in data
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
        return data


class _LowerHeadings(Treeprocessor):
    """Tells the table of contents how far headings must move for the highest to be of :data:`TOP_HEADING`."""

    def __init__(self, contents: TocTreeprocessor) -> None:
        super().__init__()
        self.contents = contents

    def run(self, root: ET.Element) -> None:
        levels = [int(element.tag[1]) for element in root.iter() if element.tag in _HEADINGS]
        self.contents.base_level = TOP_HEADING - min(levels, default=TOP_HEADING)


class _LogicalCells(Treeprocessor):
    """Turns the physical alignment of table cells into classes that follow the direction of the text."""

    def run(self, root: ET.Element) -> None:
        for cell in (*root.iter("th"), *root.iter("td")):
            if style := cell.attrib.pop("style", ""):
                side = _LOGICAL.get(style.removeprefix("text-align: ").removesuffix(";"), "start")
                cell.set("class", f"{cell.get('class', '')} align-{side}".strip())
