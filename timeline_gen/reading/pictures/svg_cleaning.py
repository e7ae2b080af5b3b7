"""An SVG, read by a parser of XML and written anew with what draws: nothing in it can act, load or lead away.

What was left out is listed with its place, but for what only editors read. The only door to expat. No
document type brings anything in: declarations and entities are refused, what it refers to is never fetched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import Final, NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

from timeline_gen.messages import say
from timeline_gen.reading.pictures.svg_names import (
    ACTIVE_NAMESPACES,
    ANIMATABLE,
    ANIMATION_ATTRIBUTES,
    ANIMATIONS,
    ELEMENTS,
    PLAIN_ATTRIBUTES,
    QUIET_ATTRIBUTES,
    STYLE_ATTRIBUTES,
    SVG,
    UNSEEN_ELEMENTS,
    XLINK,
    XML,
)
from timeline_gen.reading.pictures.svg_size import drawing_size
from timeline_gen.reading.pictures.svg_styles import Addresses, Styles
from timeline_gen.reading.pictures.svg_urls import carried_picture, normalised, part_of_itself
from timeline_gen.reading.pictures.svg_weight import REFERENCE, Weight

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_ELEMENTS: Final = 150_000
DEEPEST: Final = 256
MOST_DRAWN: Final = 5_000_000
"""Elements once every reference to a part is followed."""
MOST_PIXELS: Final = 40_000_000
"""Of all pictures that it carries inside."""

_PICTURES: Final = frozenset({"image", "feImage"})
_VALUES: Final = frozenset({"values", "from", "to", "by"})
_NO_TIME: Final = re.compile(r"[()<>\\@]|[a-z]\s*:", re.IGNORECASE)
"""What neither times nor numbers nor paths hold: the signs of addresses and functions."""
_BUFFER: Final = 1 << 16
_LISTED: Final = 1_000
"""Kinds of things left out that are kept in mind."""
_SHOWN: Final = 20
"""Kinds of things left out that are listed one by one."""
# Written as they are, tabs and line ends in an attribute would be read as spaces (XML 1.0, 3.3.3).
_QUOTES: Final = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


class LeftOut(NamedTuple):
    """Something of a drawing that is not published."""

    what: str
    """A phrase that names it, such as ‘the element <script>’."""
    line: int
    column: int
    times: int = 1


class CleanDrawing(NamedTuple):
    """An SVG, written anew."""

    data: bytes
    width: int
    height: int
    left_out: tuple[LeftOut, ...]


def clean_drawing(data: bytes) -> CleanDrawing:
    """Return the SVG in *data*, written anew; raise ValueError, with the reason, where it is none."""
    if len(data) > MOST_BYTES:
        raise ValueError(
            say("it is an SVG of more than {most_bytes} MiB", most_bytes=MOST_BYTES // 1024 // 1024)
        )
    rewriter = _Rewriter()
    try:
        rewriter.parse(data)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise ValueError(
            say(
                "it is no XML: {reason} (line {lineno}, column {offset})",
                reason=reason,
                lineno=error.lineno,
                offset=error.offset + 1,
            )
        ) from None
    except LookupError:
        raise ValueError(say("it is an SVG in an unknown encoding")) from None
    return rewriter.drawing()


class _Rewriter:
    """Writes a drawing anew while expat reads it; works in time and memory linear in its size."""

    def __init__(self) -> None:
        # No name of XML holds a space, so the last one in it ends the namespace.
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._out = StringIO()
        self._space = SVG
        """The namespace of its elements; none where its root names none."""
        self._root: dict[str, str] = {}
        self._links = False
        """Whether an attribute in the namespace of XLink was written."""
        self._depth = self._skipped = self._count = self._pixels = 0
        self._unclosed = False
        """Whether the last tag written still lacks its end: an empty element is written as one tag."""
        self._open: list[str] = []
        self._found: dict[str, LeftOut] = {}
        self._times: Counter[str] = Counter()
        self._weight = Weight(MOST_DRAWN)
        self._styles = Styles(Addresses(part_of_itself, self._carried))
        self._data = b""
        self._sheet: list[str] | None = None
        """The text of the style sheet that is open."""
        self._sheet_at = (1, 1)

    def parse(self, data: bytes) -> None:
        """Read *data*, and write it anew."""
        parser = self._parser
        parser.ordered_attributes = parser.buffer_text = True
        parser.buffer_size = _BUFFER
        self._data = data
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._doctype
        # A few entities unfold to gigabytes ("a billion laughs"), and default values are attributes that are
        # nowhere written.
        parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = _refuse_declaration
        parser.ExternalEntityRefHandler = parser.SkippedEntityHandler = _refuse_declaration
        parser.AttlistDeclHandler = parser.ElementDeclHandler = _refuse_declaration
        parser.Parse(data, True)

    def drawing(self) -> CleanDrawing:
        """Return what was read."""
        if not self._weight.is_bounded():
            raise ValueError(
                say("it is an SVG whose parts use one another so often that no browser could draw it")
            )
        width, height = drawing_size(self._root)
        head = f'<svg xmlns="{SVG}"' + (f' xmlns:xlink="{XLINK}"' if self._links else "")
        data = f"{head}{self._out.getvalue()}".encode()
        return CleanDrawing(data, width, height, tuple(self._left_out()))

    def _left_out(self) -> Iterator[LeftOut]:
        found = sorted(self._found.values(), key=lambda item: (item.line, item.column, item.what))
        yield from (removal._replace(times=self._times[removal.what]) for removal in found[:_SHOWN])
        if rest := found[_SHOWN:]:
            yield LeftOut(say("more of other kinds"), rest[0].line, rest[0].column)

    # ------------------------------------------------------------ what expat finds

    def _doctype(self, _name: str, system: str | None, _public: str | None, internal: int) -> None:
        if internal:
            _refuse_declaration()
        # Illustrator and Matplotlib name the document type of SVG 1.1, which is never fetched.
        if system and not system.startswith(("http://www.w3.org/", "https://www.w3.org/")):
            self._leave_out(say("the document type, which names another file"))

    def _instruction(self, target: str, _data: str) -> None:
        # It may name XSLT, which makes another document of this one.
        if target.lower() == "xml-stylesheet":
            self._leave_out(say("the style sheet that <?xml-stylesheet?> names"))

    def _start(self, name: str, pairs: list[str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise ValueError(say("it is an SVG nested deeper than {deepest} elements", deepest=DEEPEST))
        if self._count > MOST_ELEMENTS:
            raise ValueError(
                say("it is an SVG of more than {most_elements:,} elements", most_elements=MOST_ELEMENTS)
            )
        if self._skipped:
            return
        space, _, local = name.rpartition(" ")
        if self._depth == 1:
            self._begin_root(space, local)
        if not self._may_draw(space, local):
            self._skipped = self._depth
            return
        attributes = self._attributes(local, zip(pairs[::2], pairs[1::2], strict=True))
        if attributes is None:
            self._skipped = self._depth
            return
        self._write_start(local, attributes)

    def _begin_root(self, space: str, local: str) -> None:
        if local != "svg" or space not in {SVG, ""}:
            raise ValueError(say("it is XML, but no SVG"))
        # A drawing without a namespace, which browsers show as bare XML, gets one when it is written anew.
        self._space = space

    def _may_draw(self, space: str, local: str) -> bool:
        """Return whether an element belongs to a drawing; report it where that matters."""
        if self._sheet is not None:
            self._leave_out(say("the element <{local}> in a style sheet", local=_short(local)))
        elif space in ACTIVE_NAMESPACES:
            self._leave_out(
                say(
                    "the element <{local}> of {active_namespaces}",
                    local=_short(local),
                    active_namespaces=ACTIVE_NAMESPACES[space],
                )
            )
        elif space == self._space and local in ELEMENTS:
            return True
        elif space == self._space and local not in UNSEEN_ELEMENTS:
            self._leave_out(say("the element <{local}>", local=_short(local)))
        return False

    def _write_start(self, local: str, attributes: dict[str, str]) -> None:
        written = "".join(f' {key}="{escape(value, _QUOTES)}"' for key, value in attributes.items())
        if self._depth == 1:
            self._root = attributes
            # The tag begins with what is written last, when it is known which names it must declare.
            self._out.write(written)
        else:
            self._write(f"<{local}{written}")
        self._unclosed = True
        self._open.append(local)
        self._weight.begin(attributes.get("id", ""), _references(attributes))
        if local == "style":
            self._sheet, self._sheet_at = [], self._place_after_tag()

    def _end(self, _name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._skipped:
            if depth == self._skipped:
                self._skipped = 0
            return
        if self._sheet is not None:
            self._end_sheet("".join(self._sheet))
        self._weight.end()
        name = self._open.pop()
        if self._unclosed:
            self._unclosed = False
            self._out.write("/>")
        else:
            self._out.write(f"</{name}>")

    def _write(self, text: str) -> None:
        if self._unclosed:
            self._unclosed = False
            self._out.write(">")
        self._out.write(text)

    def _end_sheet(self, text: str) -> None:
        first, start = self._sheet_at

        def report(what: str, line: int, column: int) -> None:
            self._leave_out(what, (first + line - 1, column + (start - 1 if line == 1 else 0)))

        self._sheet = None
        self._write(escape(self._styles.sheet(text, report)))

    def _text(self, text: str) -> None:
        if self._skipped:
            return
        if self._sheet is None:
            self._write(escape(text))
        else:
            self._sheet.append(text)

    # ------------------------------------------------------------ attributes

    def _attributes(self, local: str, pairs: Iterator[tuple[str, str]]) -> dict[str, str] | None:
        """Return the attributes of an element, written anew; None where it is nothing without them."""
        found: dict[str, str] = {}
        for key, value in pairs:
            name = _attribute_name(key)
            written = self._attribute(local, name, value) if name else ""
            if written:
                found[name] = written
        if local in ANIMATIONS and found.get("attributeName", "") == "" and local != "animateMotion":
            self._leave_out(say("the element <{local}>, which changes what must not change", local=local))
            return None
        if local in _PICTURES and not {"href", "xlink:href"} & found.keys():
            return None
        self._links = self._links or "xlink:href" in found
        return found

    def _attribute(self, local: str, name: str, value: str) -> str:
        """Return the *value* of an attribute, written anew; empty where the attribute is left out."""
        if name in {"href", "xlink:href"}:
            return self._reference(local, value)
        if name == "style":
            return self._styles.declarations(value, lambda what, _line, _column: self._leave_out(what))
        if local in ANIMATIONS and name in ANIMATION_ATTRIBUTES:
            found = self._animated(name, value)
            if value and not found and name != "attributeName":
                self._leave_out(say("the value of the attribute {name}", name=name))
            return found
        if name in PLAIN_ATTRIBUTES or name.startswith("aria-"):
            return value
        if name in STYLE_ATTRIBUTES:
            return self._styled(name, value)
        if name not in QUIET_ATTRIBUTES and not name.startswith("data-"):
            self._leave_out(say("the attribute {name}", name=_short(name)))
        return ""

    def _styled(self, name: str, value: str) -> str:
        found = self._styles.value(value)
        if not found and value.strip():
            self._leave_out(say("the value of the attribute {name}", name=name))
        return found

    def _reference(self, local: str, value: str) -> str:
        found = part_of_itself(value)
        if not found and local in _PICTURES:
            found = self._carried(value)
        # An empty address is left by editors, and leads nowhere.
        if not found and normalised(value) not in {"", "#"}:
            self._leave_out(say("the address of <{local}>", local=local))
        return found

    def _carried(self, address: str) -> str:
        found, pixels = carried_picture(address)
        self._pixels += pixels
        # A few bytes may be a picture of millions of pixels, and a drawing may carry hundreds of them.
        return found if self._pixels <= MOST_PIXELS else ""

    def _animated(self, name: str, value: str) -> str:
        """Return an attribute of an animation, which may only change what draws, into what draws."""
        if name == "attributeName":
            # <animate attributeName="href" values="javascript:…"> would change a link after it was judged.
            return value if value in ANIMATABLE else ""
        if name not in _VALUES:
            return "" if _NO_TIME.search(value) else value
        parts = [self._styles.value(part) for part in value.split(";")]
        harmless = all(found or not part.strip() for found, part in zip(parts, value.split(";"), strict=True))
        return ";".join(parts) if harmless else ""

    # ------------------------------------------------------------ what is left out

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _place_after_tag(self) -> tuple[int, int]:
        """Return where the tag that has just been read ends, in encodings that contain ASCII."""
        line, column = self._place()
        start = self._parser.CurrentByteIndex
        tag = self._data[start : self._data.find(b">", start) + 1]
        lines = tag.count(b"\n")
        return line + lines, len(tag) - tag.rfind(b"\n") if lines else column + len(tag)

    def _leave_out(self, what: str, place: tuple[int, int] | None = None) -> None:
        if what in self._found or len(self._found) < _LISTED:
            self._found.setdefault(what, LeftOut(what, *(place or self._place())))
            self._times[what] += 1


def _refuse_declaration(*_: object) -> int:
    raise ValueError(say("it is an SVG with declarations or entities of its own"))


def _attribute_name(key: str) -> str:
    """Return the name under which an attribute is judged; empty for what only editors read."""
    space, _, local = key.rpartition(" ")
    if space == XLINK:
        return "xlink:href" if local == "href" else ""
    if space == XML:
        return f"xml:{local}"
    return f"{ACTIVE_NAMESPACES[space]}:{local}" if space in ACTIVE_NAMESPACES else local if not space else ""


def _references(attributes: dict[str, str]) -> list[str]:
    """Return the ids that *attributes*, written anew, refer to."""
    links = (attributes[key][1:] for key in ("href", "xlink:href") if attributes.get(key, "").startswith("#"))
    values = (value for value in attributes.values() if "url(" in value)
    return [*links, *(found for value in values for found in REFERENCE.findall(value))]


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:40]}…"
