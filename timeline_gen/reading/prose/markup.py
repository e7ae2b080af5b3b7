"""The one door to Python-Markdown: Markdown into HTML that is not cleaned yet.

One converter serves its process for as long as that lives, because making one costs more than converting
an article; where several threads convert at once, each has its own. The library spends most of its time on
trying what cannot be: each kind of block on each paragraph, each inline pattern on each piece of text. So
each part of it is named here with the marks without which it has no effect, and those whose marks a text
lacks are passed over (:class:`_Chosen`, :class:`_QuickInline`). A test proves that the outcome is the
library's own, for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import Final, Protocol, TypeAlias, TypeVar, overload
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.inlinepatterns import AutolinkInlineProcessor, SimpleTagInlineProcessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import ETX, STX, AtomicString, HtmlStash, Registry

from timeline_gen.reading.prose.cleaning import SITE_SCHEMES
from timeline_gen.reading.prose.heading_ids import HeadingIds
from timeline_gen.reading.prose.list_layout import laid_out
from timeline_gen.reading.prose.plain_marks import BARE_ADDRESS, BOXES, TASK, without_trailing_signs

TOP_HEADING: Final = 2
"""The level of a body's highest headings: the page's own title is the only ``h1``."""

_LOGICAL: Final = {"left": "start", "center": "center", "right": "end"}
"""``:---`` aligns with the start of the line, wherever that is; Markdown knows left and right only."""

_TAB: Final = 4

_Marks: TypeAlias = Mapping[str, tuple[str, ...]]
"""Parts of the library by its own names for them, each with the marks one of which it needs."""

_INDENTED: Final = ("    ", "\t")

_PREPROCESSORS: Final[_Marks] = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
_BLOCKS: Final[_Marks] = {
    "markdown_block": ("<",),
    "indent": _INDENTED,
    "defindent": _INDENTED,
    "code": _INDENTED,
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("--", "- -", "-  -", "**", "* *", "*  *", "__", "_ _", "_  _"),
    "ulist": ("*", "+", "-"),
    "deflist": (": ", ":\t"),
    "quote": (">",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "reference": ("]:",),
}
_TREE: Final[_Marks] = {
    "footnote": ("[^",),
    "footnote-duplicate": ("[^",),
    "attr_list": ("{",),
    "abbr": ("*[",),
    "unescape": ("\\",),
    "logical_cells": ("|",),
    "tasks": ("[ ] ", "[x] ", "[X] "),
}
_POSTPROCESSORS: Final[_Marks] = {"footnote": ("[^",)}

_TRIGGERS: Final[Mapping[str, str]] = {
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
    "site_link": "<",
    "struck": "~~",
    "bare_address": "://",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
"""What a text must contain for the inline pattern of that name to match at all."""

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_ANY_TRIGGER: Final = re.compile(r"[`\\\[<&*_]|  \n|~~|://")


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a Markdown text: HTML that must be cleaned before anyone sees it."""

    html: str
    raw: tuple[str, ...]
    """The pieces of HTML that the author wrote, in no particular order."""


def convert(text: str) -> Converted:
    """Convert the Markdown *text* of a whole body. Raises RecursionError where it is nested too deep."""
    try:
        # Lists are laid out by columns, which tabs would hide.
        return _converted(laid_out(text.expandtabs(_TAB) if "\t" in text else text))
    except AssertionError:
        # Python's HTML parser fails at sections such as <![x[, which CommonMark takes for text.
        found = _converted(laid_out(text.expandtabs(_TAB)).replace("<![", f"{_HIDDEN}!["))
        return Converted(found.html.replace(_HIDDEN, "&lt;"), found.raw)


_HIDDEN: Final = "\ufdd1"
"""A code point that is no character, and is in no text: a less-than sign that is no mark."""


def _converted(text: str) -> Converted:
    with _lent(text) as converter:
        return Converted(converter.convert(text), _raw(converter))


def convert_line(text: str) -> Converted:
    """Convert the inline Markdown of *text*, a single paragraph without blocks in it."""
    root = ET.Element("div")
    paragraph = ET.SubElement(root, "span")
    paragraph.text = text
    with _lent(text) as converter:
        for name in ("inline", "attr_list", "unescape"):
            converter.treeprocessors[name].run(root)
        html = converter.serializer(root)
        for postprocessor in converter.postprocessors:
            html = postprocessor.run(html)
        return Converted(html.removeprefix("<div><span>").removesuffix("</span></div>"), _raw(converter))


class _Choosing(Protocol):
    """A part of the library whose items are chosen for each text."""

    def choose(self, present: frozenset[str]) -> None: ...


_Converter: TypeAlias = tuple[Markdown, tuple[_Choosing, ...]]
"""The library's converter, and the parts of it that are chosen for each text."""

_idle: Final[list[_Converter]] = []
"""The converters that are not in use."""


@contextmanager
def _lent(text: str) -> Iterator[Markdown]:
    """Lend a converter that is ready for *text*.

    One that fails is not lent again: what was half done would show up in the next document.
    """
    try:
        lent = _idle.pop()
    except IndexError:
        lent = _new_converter()
    converter, chosen = lent
    converter.reset()
    # Looking for one character takes a fortieth of the time that two take.
    present = frozenset(mark for mark in _ALL_MARKS if mark[0] in text and mark in text)
    for parts in chosen:
        parts.choose(present)
    yield converter
    _idle.append(lent)


_ALL_MARKS: Final = sorted(
    {*_TRIGGERS.values(), *chain(*_PREPROCESSORS.values(), *_BLOCKS.values(), *_TREE.values())}
)


def _new_converter() -> _Converter:
    converter = _configured()
    converter.preprocessors.register(_QuickWhitespace(converter), "normalize_whitespace", 30)
    inline = _QuickInline(converter)
    converter.treeprocessors.register(inline, "inline", 20)
    before = _Chosen(converter.preprocessors, _PREPROCESSORS)
    blocks = _Chosen(converter.parser.blockprocessors, _BLOCKS)
    tree = _Chosen(converter.treeprocessors, _TREE)
    after = _Chosen(converter.postprocessors, _POSTPROCESSORS)
    converter.preprocessors, converter.treeprocessors, converter.postprocessors = before, tree, after
    converter.parser.blockprocessors = blocks
    return converter, (before, blocks, tree, after, inline)


def _configured() -> Markdown:
    """Return the library's converter, as articles need it."""
    converter = Markdown(
        # Without a marker [TOC] makes no list: a list of headings is the theme's.
        extensions=["extra", "sane_lists", _ContentsExtension(marker=""), "attr_list"],
        # The library's title is in English, on pages in any language.
        extension_configs={"extra": {"footnotes": {"BACKLINK_TITLE": ""}}},
        output_format="html",
    )
    # Behind the library's attributes in braces (8), whose classes it adds to.
    converter.treeprocessors.register(_LogicalCells(converter), "logical_cells", 4)
    converter.treeprocessors.register(_Tasks(converter), "tasks", 3)
    converter.inlinePatterns.register(SimpleTagInlineProcessor(_STRUCK, "del"), "struck", 55)
    # Behind raw HTML (90), which by then is stored: an address in an attribute is no text.
    converter.inlinePatterns.register(_BareAddress(BARE_ADDRESS.pattern, converter), "bare_address", 85)
    # Before raw HTML (90), which would take <event:opening> for a tag.
    converter.inlinePatterns.register(_SiteLink(_SITE_LINK, converter), "site_link", 115)
    converter.htmlStash = _Stash()
    return converter


_Item = TypeVar("_Item")


class _Chosen(Registry[_Item]):
    """A registry of the library that yields only those of its items that can have an effect on a text."""

    def __init__(self, registry: Registry[_Item], marks: _Marks) -> None:
        super().__init__()
        self.registry = registry
        needed = {id(registry[name]): found for name, found in marks.items() if name in registry}
        self.all = [(item, needed.get(id(item), ())) for item in registry]
        self.now: tuple[_Item, ...] = ()

    def choose(self, present: frozenset[str]) -> None:
        """Pass over the items that have no effect on a text that holds only the *present* marks."""
        self.now = tuple(item for item, marks in self.all if not marks or not present.isdisjoint(marks))

    def __iter__(self) -> Iterator[_Item]:
        return iter(self.now)

    @overload
    def __getitem__(self, key: slice) -> Registry[_Item]: ...
    @overload
    def __getitem__(self, key: str | int) -> _Item: ...
    def __getitem__(self, key: str | int | slice) -> _Item | Registry[_Item]:
        return self.registry[key]

    def __contains__(self, item: str | _Item) -> bool:
        return item in self.registry

    def __len__(self) -> int:
        return len(self.registry)


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
        # Blocks of code are stored here, too, and are the library's HTML.
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


class _QuickWhitespace(Preprocessor):
    """What the library does to white space, for texts whose lines have been ended in one way already."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join((*lines, "", "")).replace(STX, "").replace(ETX, "")
        if "\t" in source:
            source = source.expandtabs(self.md.tab_length)
        if " \n" in source:
            source = _BLANK.sub("\n", source)
        return source.split("\n")


_BLANK: Final = re.compile(r"(?<=\n) +\n")


class _QuickInline(InlineProcessor):
    """The library's inline processor, which does not try the patterns that cannot match."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        registry = self.inlinePatterns
        marks = {registry[name]: mark for name, mark in _TRIGGERS.items() if name in registry}
        self.all = [(pattern, marks.get(pattern, "")) for pattern in registry]
        self.now = self.all

    def choose(self, present: frozenset[str]) -> None:
        """Pass over the patterns that match nothing in a text that holds only the *present* marks."""
        self.now = [(pattern, mark) for pattern, mark in self.all if not mark or mark in present]

    # The library's own method is private, and the only place where patterns can be passed over.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """Do what the library's own method of this name does, for the same text with the same outcome."""
        if isinstance(data, AtomicString) or not _ANY_TRIGGER.search(data):
            return data
        for index in range(patternIndex, len(self.now)):
            pattern, mark = self.now[index]
            start, matched = 0, mark in data
            while matched:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, index, start
                )
        return data


class _HeadingIdProcessor(TocTreeprocessor):
    """The library's table of contents without the table: ids for headings, the highest of them ``h2``."""

    def run(self, doc: ET.Element) -> None:
        levels = [int(element.tag[1]) for element in doc.iter() if element.tag in _HEADINGS]
        if levels:
            ids = HeadingIds(element.attrib["id"] for element in doc.iter() if "id" in element.attrib)
            self.slugify = lambda text, _separator: ids.of(text)
            self.base_level = TOP_HEADING - min(levels)
            super().run(doc)

    def build_toc_div(self, toc_list: Sequence[object]) -> ET.Element:
        return ET.Element("div")


class _ContentsExtension(TocExtension):
    """The extension that puts :class:`_HeadingIdProcessor` in place."""

    TreeProcessorClass = _HeadingIdProcessor


class _SiteLink(AutolinkInlineProcessor):
    """Makes a link of the target of one between angle brackets, which the library does for web addresses."""


_SITE_LINK: Final = rf"<((?:{'|'.join(sorted(SITE_SCHEMES))}):[^<>\s]+)>"


class _BareAddress(InlinePattern):
    """Makes a link of a web address that is written without any marks."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]
        address = without_trailing_signs(m[0])
        link = ET.Element("a", href=unescape(address))
        link.text = AtomicString(unescape(address))
        return link, m.start(), m.start() + len(address)


# The library takes the words from the second group.
_STRUCK: Final = r"()~~(?=\S)((?:[^~]|~(?!~))+?)(?<=\S)~~"


class _Tasks(Treeprocessor):
    """Shows the boxes of a list of tasks, which are written ``[ ]`` and ``[x]``."""

    def run(self, root: ET.Element) -> None:
        for item in root.iter("li"):
            holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if found := TASK.match(holder.text or ""):
                holder.text = BOXES[found[1].lower()] + (holder.text or "")[found.end(1) + 1 :]


class _LogicalCells(Treeprocessor):
    """Turns the physical alignment of table cells into classes that follow the direction of the text."""

    def run(self, root: ET.Element) -> None:
        for cell in (*root.iter("th"), *root.iter("td")):
            # Cleaning would take the style out, and the alignment with it.
            if style := cell.attrib.pop("style", ""):
                side = _LOGICAL.get(style.removeprefix("text-align: ").removesuffix(";"), "start")
                cell.set("class", f"{cell.get('class', '')} align-{side}".strip())
