"""The events of a CommonMark parser as HTML, which is that of Python-Markdown where both have a feature."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final, TypeAlias, TypedDict

from timeline_gen.reading.prose.heading_ids import HeadingIds
from timeline_gen.reading.prose.html_parts import (
    ATTRIBUTE_LIST,
    LAST_ATTRIBUTE_LIST,
    PARAGRAPH_END,
    Footnote,
    HeadingTag,
    footnote_html,
    listed_attributes,
    written_attributes,
)
from timeline_gen.reading.prose.markup import TOP_HEADING
from timeline_gen.reading.prose.plain_marks import BARE_ADDRESS, BOXES, without_trailing_signs

_DEEPEST: Final = 120
"""Elements inside one another; 50 lists take 100 of them."""
_BARE: Final = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>\n"}
_PLAIN: Final = {
    "Paragraph": ("<p>", PARAGRAPH_END),
    "BlockQuote": ("<blockquote>\n", "</blockquote>\n"),
    "Item": ("<li>", "</li>\n"),
    "DefinitionList": ("<dl>\n", "</dl>\n"),
    "DefinitionListTitle": ("<dt>", "</dt>\n"),
    "DefinitionListDefinition": ("<dd>", "</dd>\n"),
    # The parser does not name the body of a table: it begins behind the head and ends with the table.
    "Table": ("<table>\n", "</tbody>\n</table>\n"),
    "TableHead": ("<thead>\n<tr>\n", "</tr>\n</thead>\n<tbody>\n"),
    "TableRow": ("<tr>\n", "</tr>\n"),
    "Emphasis": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Strikethrough": ("<del>", "</del>"),
}
"""How elements without attributes begin and end."""
_SIDES: Final = {"Left": "start", "Center": "center", "Right": "end"}
_RAW_LINK: Final = re.compile(r"<(/?)a\b", re.IGNORECASE)
Piece: TypeAlias = Any
"""A piece of a text as the parser gives it: the name of a tag, or a mapping of a tag to what it holds."""


class _HeadingStart(TypedDict):
    """The beginning of a heading, as the parser gives it."""

    level: str
    """``H1`` to ``H6``."""


_Closing: TypeAlias = str | Callable[[], None]


class HtmlWriter:
    """HTML while it is being written, piece by piece."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.raw: list[str] = []
        self._closing: list[_Closing] = []
        self._whole = self.out
        self._headings: list[HeadingTag] = []
        self._heading: HeadingTag | None = None
        self._notes: dict[str, Footnote] = {}
        self._calls: list[tuple[list[str], int, Footnote, int]] = []
        self._alt: list[str] | None = None
        self._block: list[str] = []
        self._cells: tuple[str, ...] = ()
        self._cell, self._column = "th", 0
        self._opened: list[int] = []
        self._raw_link = False
        """Whether the author has opened a link with a tag of HTML."""
        self._closed = -1
        """Where the element that has just ended begins; attributes may follow it."""

    def take(self, pieces: Iterable[Piece]) -> None:
        """Write what the library has read."""
        for piece in pieces:
            if isinstance(piece, str):
                self._put(_BARE[piece])
                continue
            ((kind, value),) = piece.items()
            if kind == "Text":
                self._text(value)
            elif kind == "Start":
                self._start(value)
            elif kind == "End":
                self._end()
            else:
                _OTHERS[kind](self, value)

    # ------------------------------------------------------------ pieces

    def _put(self, piece: str) -> None:
        self._closed = -1
        if self._alt is None:
            self.out.append(piece)

    def _text(self, text: str) -> None:
        if self._alt is not None:
            self._alt.append(text)
            return
        # In ``*word*{: .name }`` the attributes follow the element that they are for.
        if self._closed >= 0 and text.startswith("{") and (found := ATTRIBUTE_LIST.match(text)):
            self._dress(self._closed, listed_attributes(found[1]))
            text = text[found.end() :]
        if self._heading:
            self._heading.words.append(text)
        self._put_linked(text)

    def _put_linked(self, text: str) -> None:
        """Write *text*, with a link for each web address in it that is not part of a link already."""
        end = 0
        # A link inside a link is no HTML: browsers end the outer one early.
        linked = self._raw_link or "</a>" in self._closing
        for found in BARE_ADDRESS.finditer(text) if "://" in text and not linked else ():
            address = escape(without_trailing_signs(found[0]))
            self._put(f'{escape(text[end : found.start()], quote=False)}<a href="{address}">{address}</a>')
            end = found.start() + len(without_trailing_signs(found[0]))
        self._put(escape(text[end:], quote=False))

    def task(self, *, done: bool) -> None:
        """Write the box of a task."""
        self._put(f"{BOXES['x' if done else ' ']} ")

    def code(self, text: str) -> None:
        """Write the code *text* inside a paragraph."""
        if self._alt is not None:
            self._alt.append(text)
            return
        if self._heading:
            self._heading.words.append(text)
        place = len(self.out)
        self._put(f"<code>{escape(text, quote=False)}</code>")
        self._closed = place

    def html(self, text: str) -> None:
        """Write a line of a block of HTML."""
        self._block.append(text)
        self._put(text)

    def inline_html(self, text: str) -> None:
        """Write a tag of HTML inside a paragraph."""
        if self._alt is None:
            self.raw.append(text)
        if found := _RAW_LINK.match(text):
            self._raw_link = not found[1]
        self._put(text)

    def reference(self, label: str) -> None:
        """Write the mark of a footnote, whose number is known at the end only."""
        # As in Python-Markdown, notes are numbered in the order in which they are written, mostly below their
        # marks.
        note = self._note(label)
        note.calls += 1
        self._calls.append((self.out, len(self.out), note, note.calls))
        self._put("")

    def _note(self, label: str) -> Footnote:
        return self._notes.setdefault(label.casefold(), Footnote(label))

    # ------------------------------------------------------------ elements

    def _start(self, tag: Piece) -> None:
        if len(self._closing) > _DEEPEST:
            raise RecursionError
        self._closed = -1
        if not isinstance(tag, str):
            ((name, value),) = tag.items()
            if opening := _OPENINGS.get(name):
                opening(self, value)
                return
            tag = name
        if tag == "TableCell":
            self._open_cell()
        elif tag == "HtmlBlock":
            self._block = []
            self._opened.append(len(self.out))
            self._closing.append(self._end_html)
        else:
            self._open(*_PLAIN[tag])

    def _open(self, opening: str, closing: _Closing) -> None:
        self._opened.append(len(self.out))
        self._closing.append(closing)
        if self._alt is None:
            self.out.append(opening)

    def _end(self) -> None:
        closing, place = self._closing.pop(), self._opened.pop()
        if not isinstance(closing, str):
            closing()
            return
        if closing == PARAGRAPH_END:
            self._dress_paragraph(place)
        self._put(closing)
        self._closed = place if closing in _INLINE_ENDS else -1

    def _dress(self, place: int, attributes: Mapping[str, str]) -> None:
        """Add *attributes* to the element that begins at *place*."""
        tag, _, rest = self.out[place].partition(">")
        self.out[place] = f"{tag}{written_attributes(attributes)}>{rest}"

    def _dress_paragraph(self, place: int) -> None:
        """Take attributes on the last line of the paragraph that begins at *place* for its own."""
        if len(self.out) > place + 2 and self.out[-2] == "\n" and self.out[-1].startswith("{"):
            # What is written is escaped already; attributes are escaped when they are written.
            found = LAST_ATTRIBUTE_LIST.fullmatch(self.out[-1].replace("&amp;", "&"))
            if found:
                del self.out[-2:]
                self._dress(place, listed_attributes(found[1]))

    def _end_html(self) -> None:
        self.raw.append("".join(self._block))
        self._put("\n")

    def open_heading(self, value: _HeadingStart) -> None:
        """Begin a heading."""
        self._heading = HeadingTag(self.out, len(self.out), int(value["level"][1]))
        self._headings.append(self._heading)
        self._open("", self._end_heading)

    def _end_heading(self) -> None:
        heading, self._heading = self._heading, None
        if heading is None:
            return
        last = heading.words[-1] if heading.words else ""
        if (
            "{" in last
            # Braces that are code are words of the heading, as in ## The `{a}`.
            and self.out[-1] == escape(last, quote=False)
            and (found := LAST_ATTRIBUTE_LIST.search(last))
        ):
            heading.attributes = listed_attributes(found[1])
            heading.words[-1] = last[: found.start()]
            self.out[-1] = escape(heading.words[-1], quote=False)
        heading.end = len(self.out)
        self._put("")

    def open_code(self, kind: Piece) -> None:
        """Begin a block of code, with the language that its fence names."""
        words = kind["Fenced"].split() if isinstance(kind, dict) else ()
        attributes = f' class="language-{escape(words[0])}"' if words else ""
        self._open(f"<pre><code{attributes}>", "</code></pre>\n")

    def open_list(self, first: int | None) -> None:
        """Begin a list, which counts from *first*; None for one without numbers."""
        name = "ul" if first is None else "ol"
        start = f' start="{first}"' if first is not None and first != 1 else ""
        self._open(f"<{name}{start}>\n", f"</{name}>\n")

    def open_table(self, sides: tuple[str, ...]) -> None:
        """Begin a table, whose columns are aligned to *sides*."""
        self._cells, self._cell, self._column = sides, "th", 0
        self._open(*_PLAIN["Table"])

    def _open_cell(self) -> None:
        # The first row of a table is its head.
        if self._column == len(self._cells):
            self._cell, self._column = "td", 0
        side = _SIDES.get(self._cells[self._column])
        attributes = f' class="align-{side}"' if side else ""
        self._column += 1
        self._open(f"<{self._cell}{attributes}>", f"</{self._cell}>\n")

    def open_link(self, value: Mapping[str, str]) -> None:
        """Begin a link."""
        address = f"mailto:{value['dest_url']}" if value["link_type"] == "Email" else value["dest_url"]
        self._open(f"<a{written_attributes({'href': address, **_titled(value)})}>", "</a>")

    def open_image(self, value: Mapping[str, str]) -> None:
        """Begin a picture, whose alternative text is what follows."""
        if self._alt is not None:
            # A picture in the description of a picture adds its own description to that.
            self._open("", "")
            return
        alt: list[str] = []
        self._alt = alt

        def end() -> None:
            self._alt, place = None, len(self.out)
            attributes = {"alt": "".join(alt), "src": value["dest_url"], **_titled(value)}
            self._put(f"<img{written_attributes(attributes)}>")
            self._closed = place

        self._opened.append(len(self.out))
        self._closing.append(end)

    def open_note(self, label: str) -> None:
        """Begin the text of the footnote *label*."""
        # Wherever a note is written, its text comes at the end, and so is kept apart from what is around it.
        note, outside = self._note(label), self.out
        if not note.number:
            note.number = 1 + sum(other.number > 0 for other in self._notes.values())
        self.out = note.pieces = []

        def end() -> None:
            self.out, self._closed = outside, -1

        self._opened.append(0)
        self._closing.append(end)

    # ------------------------------------------------------------ the end

    def finished(self) -> Iterator[str]:
        """Yield the pieces of the whole text, with headings, the marks of footnotes, and these."""
        self._finish_headings()
        for pieces, place, note, count in self._calls:
            name = "fnref" if count == 1 else f"fnref{count}"
            mark = f'<a class="footnote-ref" href="#fn:{escape(note.label)}">{note.number}</a>'
            pieces[place] = f'<sup id="{name}:{escape(note.label)}">{mark}</sup>'
        yield from self._whole
        notes = sorted((note for note in self._notes.values() if note.number), key=lambda note: note.number)
        if notes:
            yield '<div class="footnote">\n<hr>\n<ol>\n'
            for note in notes:
                yield from footnote_html(note)
            yield "</ol>\n</div>\n"

    def _finish_headings(self) -> None:
        """Put the highest headings on their level, and give each an id that no other has."""
        if not self._headings:
            return
        down = TOP_HEADING - min(heading.level for heading in self._headings)
        ids = HeadingIds(heading.attributes["id"] for heading in self._headings if "id" in heading.attributes)
        for heading in self._headings:
            level = min(heading.level + down, 6)
            words = " ".join("".join(heading.words).split())
            own = heading.attributes.pop("id", "") or ids.of(words)
            attributes = written_attributes({"id": own, **heading.attributes})
            heading.pieces[heading.place] = f"<h{level}{attributes}>"
            heading.pieces[heading.end] = f"</h{level}>\n"


_INLINE_ENDS: Final = frozenset({"</em>", "</strong>", "</del>", "</a>"})
_OPENINGS: Final[Mapping[str, Callable[[HtmlWriter, Piece], None]]] = {
    "Heading": HtmlWriter.open_heading,
    "CodeBlock": HtmlWriter.open_code,
    "List": HtmlWriter.open_list,
    "Table": HtmlWriter.open_table,
    "Link": HtmlWriter.open_link,
    "Image": HtmlWriter.open_image,
    "FootnoteDefinition": HtmlWriter.open_note,
}
_OTHERS: Final[Mapping[str, Callable[[HtmlWriter, Piece], None]]] = {
    "Code": HtmlWriter.code,
    "Html": HtmlWriter.html,
    "InlineHtml": HtmlWriter.inline_html,
    "FootnoteReference": HtmlWriter.reference,
    "TaskListMarker": lambda writer, done: writer.task(done=done),
}


def _titled(value: Mapping[str, str]) -> dict[str, str]:
    return {"title": value["title"]} if value["title"] else {}
