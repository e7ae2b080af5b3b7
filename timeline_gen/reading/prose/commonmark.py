"""The one door to pyromark: Markdown as CommonMark has it, which a site may choose because it is quick.

The library reads, and tells what it has read piece by piece; the HTML is written here, so that headings,
footnotes, tables and attributes come out as Python-Markdown's do (:mod:`timeline_gen.reading.prose.markup`).
The package may be missing: whoever chooses this engine is told so when the settings are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, TypeAlias

from timeline_gen.reading.prose.heading_ids import HeadingIds
from timeline_gen.reading.prose.markup import TOP_HEADING, Converted
from timeline_gen.reading.prose.plain_marks import BARE_ADDRESS, BOXES, without_trailing_signs

try:
    from pyromark import Options, events
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True
    _OPTIONS = (
        Options.ENABLE_TABLES
        | Options.ENABLE_FOOTNOTES
        | Options.ENABLE_DEFINITION_LIST
        | Options.ENABLE_STRIKETHROUGH
        | Options.ENABLE_TASKLISTS
    )

_DEEPEST: Final = 120
"""Elements inside one another; 50 lists take 100 of them."""

_SHIELD: Final = "x "
"""What a line is read behind, so that no mark at its beginning makes a block of it."""

_ENDED: Final = "</p>\n"
_BARE: Final = {"SoftBreak": "\n", "HardBreak": "<br>\n", "Rule": "<hr>\n"}
_PLAIN: Final = {
    "Paragraph": ("<p>", _ENDED),
    "BlockQuote": ("<blockquote>\n", "</blockquote>\n"),
    "Item": ("<li>", "</li>\n"),
    "DefinitionList": ("<dl>\n", "</dl>\n"),
    "DefinitionListTitle": ("<dt>", "</dt>\n"),
    "DefinitionListDefinition": ("<dd>", "</dd>\n"),
    "Table": ("<table>\n", "</tbody>\n</table>\n"),
    "TableHead": ("<thead>\n<tr>\n", "</tr>\n</thead>\n<tbody>\n"),
    "TableRow": ("<tr>\n", "</tr>\n"),
    "Emphasis": ("<em>", "</em>"),
    "Strong": ("<strong>", "</strong>"),
    "Strikethrough": ("<del>", "</del>"),
}
"""How elements without attributes begin and end."""
_SIDES: Final = {"Left": "start", "Center": "center", "Right": "end"}

_LISTED: Final = re.compile(r"\{:?([^{}\n]+)\}")
_LISTED_LAST: Final = re.compile(r"(?<! )[ ]*\{:?([^{}\n]+)\}[ ]*$")
_ATTRIBUTE: Final = re.compile(
    r"""
    [#] (?P<id> [^\s}]+ )
    | [.] (?P<class> [^\s}]+ )
    | (?<! [\w:.-] ) (?P<name> [A-Za-z_:][\w:.-]* )
      = (?: "(?P<quoted> [^"]* )" | '(?P<single> [^']* )' | (?P<bare> [^\s}]+ ) )
    """,
    re.VERBOSE,
)

_RAW_LINK: Final = re.compile(r"<(/?)a\b", re.IGNORECASE)

Piece: TypeAlias = Any
"""A piece of a text as the parser gives it: the name of a tag, or a mapping of a tag to what it holds."""
_Closing: TypeAlias = str | Callable[[], None]


def convert(text: str) -> Converted:
    """Convert the Markdown *text* of a whole body. Raises RecursionError where it is nested too deep."""
    writing = _Writing()
    writing.take(events(text, options=_OPTIONS))
    return Converted("".join(writing.finished()).rstrip("\n"), tuple(writing.raw))


def convert_line(text: str) -> Converted:
    """Convert the inline Markdown of *text*, a single paragraph without blocks in it."""
    writing = _Writing()
    writing.take(events(_SHIELD + text, options=_OPTIONS))
    html = "".join(writing.out).removeprefix("<p>").removeprefix(_SHIELD).removesuffix(_ENDED)
    return Converted(html, tuple(writing.raw))


@dataclass(slots=True)
class _HeadingToken:
    """A heading whose level and id are known at the end only."""

    pieces: list[str]
    """Where it is written."""
    place: int
    """Where among the pieces its tag stands."""
    level: int
    end: int = 0
    """Where its end stands."""
    words: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Footnote:
    """A footnote, and how often the text speaks of it."""

    label: str
    number: int = 0
    calls: int = 0
    pieces: list[str] = field(default_factory=list)


class _Writing:
    """HTML while it is being written, piece by piece."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.raw: list[str] = []
        self._closing: list[_Closing] = []
        self._whole = self.out
        self._headings: list[_HeadingToken] = []
        self._heading: _HeadingToken | None = None
        self._notes: dict[str, _Footnote] = {}
        self._calls: list[tuple[list[str], int, _Footnote, int]] = []
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
        if self._closed >= 0 and text.startswith("{") and (found := _LISTED.match(text)):
            self._dress(self._closed, _listed(found[1]))
            text = text[found.end() :]
        if self._heading:
            self._heading.words.append(text)
        self._put_linked(text)

    def _put_linked(self, text: str) -> None:
        """Write *text*, with a link for each web address in it that is not part of a link already."""
        end = 0
        linked = self._raw_link or "</a>" in self._closing
        for found in BARE_ADDRESS.finditer(text) if "://" in text and not linked else ():
            address = escape(without_trailing_signs(found[0]))
            self._put(f'{escape(text[end : found.start()], quote=False)}<a href="{address}">{address}</a>')
            end = found.start() + len(without_trailing_signs(found[0]))
        self._put(escape(text[end:], quote=False))

    def task(self, done: bool) -> None:  # noqa: FBT001 (as the library gives it)
        self._put(f"{BOXES['x' if done else ' ']} ")

    def code(self, text: str) -> None:
        if self._alt is not None:
            self._alt.append(text)
            return
        if self._heading:
            self._heading.words.append(text)
        place = len(self.out)
        self._put(f"<code>{escape(text, quote=False)}</code>")
        self._closed = place

    def html(self, text: str) -> None:
        self._block.append(text)
        self._put(text)

    def inline_html(self, text: str) -> None:
        if self._alt is None:
            self.raw.append(text)
        if found := _RAW_LINK.match(text):
            self._raw_link = not found[1]
        self._put(text)

    def reference(self, label: str) -> None:
        """Write the mark of a footnote, whose number is known at the end only."""
        note = self._note(label)
        note.calls += 1
        self._calls.append((self.out, len(self.out), note, note.calls))
        self._put("")

    def _note(self, label: str) -> _Footnote:
        return self._notes.setdefault(label.casefold(), _Footnote(label))

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
        if closing == _ENDED:
            self._dress_paragraph(place)
        self._put(closing)
        self._closed = place if closing in _INLINE_ENDS else -1

    def _dress(self, place: int, attributes: Mapping[str, str]) -> None:
        """Add *attributes* to the element that begins at *place*."""
        tag, _, rest = self.out[place].partition(">")
        self.out[place] = f"{tag}{_written(attributes)}>{rest}"

    def _dress_paragraph(self, place: int) -> None:
        """Take attributes on the last line of the paragraph that begins at *place* for its own."""
        if len(self.out) > place + 2 and self.out[-2] == "\n" and self.out[-1].startswith("{"):
            found = _LISTED_LAST.fullmatch(self.out[-1].replace("&amp;", "&"))
            if found:
                del self.out[-2:]
                self._dress(place, _listed(found[1]))

    def _end_html(self) -> None:
        self.raw.append("".join(self._block))
        self._put("\n")

    def open_heading(self, value: Mapping[str, Any]) -> None:
        self._heading = _HeadingToken(self.out, len(self.out), int(value["level"][1]))
        self._headings.append(self._heading)
        self._open("", self._end_heading)

    def _end_heading(self) -> None:
        heading, self._heading = self._heading, None
        if heading is None:
            return
        last = heading.words[-1] if heading.words else ""
        if "{" in last and self.out[-1] == escape(last, quote=False) and (found := _LISTED_LAST.search(last)):
            heading.attributes = _listed(found[1])
            heading.words[-1] = last[: found.start()]
            self.out[-1] = escape(heading.words[-1], quote=False)
        heading.end = len(self.out)
        self._put("")

    def open_code(self, kind: Piece) -> None:
        words = kind["Fenced"].split() if isinstance(kind, dict) else ()
        told = f' class="language-{escape(words[0])}"' if words else ""
        self._open(f"<pre><code{told}>", "</code></pre>\n")

    def open_list(self, first: int | None) -> None:
        name = "ul" if first is None else "ol"
        start = f' start="{first}"' if first is not None and first != 1 else ""
        self._open(f"<{name}{start}>\n", f"</{name}>\n")

    def open_table(self, sides: tuple[str, ...]) -> None:
        self._cells, self._cell, self._column = sides, "th", 0
        self._open(*_PLAIN["Table"])

    def _open_cell(self) -> None:
        # The first row of a table is its head.
        if self._column == len(self._cells):
            self._cell, self._column = "td", 0
        side = _SIDES.get(self._cells[self._column])
        told = f' class="align-{side}"' if side else ""
        self._column += 1
        self._open(f"<{self._cell}{told}>", f"</{self._cell}>\n")

    def open_link(self, value: Mapping[str, str]) -> None:
        address = f"mailto:{value['dest_url']}" if value["link_type"] == "Email" else value["dest_url"]
        self._open(f"<a{_written({'href': address, **_titled(value)})}>", "</a>")

    def open_image(self, value: Mapping[str, str]) -> None:
        if self._alt is not None:
            self._open("", "")
            return
        alt: list[str] = []
        self._alt = alt

        def end() -> None:
            self._alt, place = None, len(self.out)
            told = {"alt": "".join(alt), "src": value["dest_url"], **_titled(value)}
            self._put(f"<img{_written(told)}>")
            self._closed = place

        self._opened.append(len(self.out))
        self._closing.append(end)

    def open_note(self, label: str) -> None:
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
            told = "fnref" if count == 1 else f"fnref{count}"
            mark = f'<a class="footnote-ref" href="#fn:{escape(note.label)}">{note.number}</a>'
            pieces[place] = f'<sup id="{told}:{escape(note.label)}">{mark}</sup>'
        yield from self._whole
        notes = sorted((note for note in self._notes.values() if note.number), key=lambda note: note.number)
        if notes:
            yield '<div class="footnote">\n<hr>\n<ol>\n'
            for note in notes:
                yield from _footnote(note)
            yield "</ol>\n</div>\n"

    def _finish_headings(self) -> None:
        """Put the highest headings on their level, and give each an id that no other has."""
        if not self._headings:
            return
        down = TOP_HEADING - min(heading.level for heading in self._headings)
        ids = HeadingIds(one.attributes["id"] for one in self._headings if "id" in one.attributes)
        for heading in self._headings:
            level = min(heading.level + down, 6)
            words = " ".join("".join(heading.words).split())
            own = heading.attributes.pop("id", "") or ids.of(words)
            attributes = _written({"id": own, **heading.attributes})
            heading.pieces[heading.place] = f"<h{level}{attributes}>"
            heading.pieces[heading.end] = f"</h{level}>\n"


_INLINE_ENDS: Final = frozenset({"</em>", "</strong>", "</del>", "</a>"})
_OPENINGS: Final[Mapping[str, Callable[[_Writing, Piece], None]]] = {
    "Heading": _Writing.open_heading,
    "CodeBlock": _Writing.open_code,
    "List": _Writing.open_list,
    "Table": _Writing.open_table,
    "Link": _Writing.open_link,
    "Image": _Writing.open_image,
    "FootnoteDefinition": _Writing.open_note,
}
_OTHERS: Final[Mapping[str, Callable[[_Writing, Piece], None]]] = {
    "Code": _Writing.code,
    "Html": _Writing.html,
    "InlineHtml": _Writing.inline_html,
    "FootnoteReference": _Writing.reference,
    "TaskListMarker": _Writing.task,
}


def _footnote(note: _Footnote) -> Iterator[str]:
    """Yield the pieces of *note*, with the ways back to where it was called."""
    own = escape(note.label)
    names = ("fnref", *(f"fnref{number}" for number in range(2, note.calls + 1)))
    back = "".join(f'<a class="footnote-backref" href="#{name}:{own}">&#8617;</a>' for name in names)
    text = "".join(note.pieces)
    start = f"{text.removesuffix(_ENDED)}&#160;" if text.endswith(_ENDED) else f"{text}<p>"
    yield f'<li id="fn:{own}">\n{start}{back}{_ENDED}</li>\n'


def _titled(value: Mapping[str, str]) -> dict[str, str]:
    return {"title": value["title"]} if value["title"] else {}


def _listed(text: str) -> dict[str, str]:
    """Return the attributes that *text*, what stands between braces, lists."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        if match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
        elif match["id"]:
            found["id"] = match["id"]
        else:
            found[match["name"]] = match["quoted"] or match["single"] or match["bare"] or ""
    return found


def _written(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
