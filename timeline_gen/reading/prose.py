"""Markdown bodies and summaries into clean HTML, with what is wrong in them at its place.

What a page must still put right stands in the HTML as markers: ``<a href="event:ID">`` for a link to an
event, ``src="site:PATH"`` for a file of the site. Ids get a prefix, so that no text can take the id of a
part of the page. Nothing is read from the disk: pictures come measured.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from timeline_gen.errors import Level, Problem
from timeline_gen.model import Body, Heading, Picture, Spot
from timeline_gen.reading import commonmark, markup
from timeline_gen.reading.cleaning import EVENT_SCHEME, clean, clean_line, removed, unsafe_scheme
from timeline_gen.reading.locating import Locator
from timeline_gen.reading.markup import Converted
from timeline_gen.reading.notes import Notes
from timeline_gen.reading.repetition import too_much
from timeline_gen.schema import nearest
from timeline_gen.text.slugs import slug_fault, slugify

ID_PREFIX: Final = "text-"
FILE_MARKER: Final = "site:"

_EMPTY: Final = Body("", "")
_ENGINES: Final = {
    "markdown": (markup.convert, markup.convert_line),
    "commonmark": (commonmark.convert, commonmark.convert_line),
}
"""What converts whole bodies, and single lines, by the names that settings give them."""
_ADDRESSES: Final = (re.compile(r'href="([^"]*)"'), re.compile(r'src="([^"]*)"'))
"""Two patterns, because one with a choice at its start is ten times as slow."""

_ATTRIBUTE_LIST: Final = re.compile(r"\{:?[ ]*([^{}\n]*)\}")
_LISTED_ATTRIBUTE: Final = re.compile(r"(?<![\w-])([A-Za-z_:][\w:.-]*)=")
_MARKED: Final = re.compile(r"<(img|a|[a-z][a-z0-9]*(?=[^>]* id=))\b([^>]*)>")
_PAIR: Final = re.compile(r'([a-z-]+)="([^"]*)"')
_HEADING: Final = re.compile(r'<h([2-6])[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time"
    r"|u|var|wbr)\b[^>]*>"
)
_TAG: Final = re.compile(r"<[^>]*>")
_FOOTNOTE_MARK: Final = re.compile(
    r'<sup[^>]*><a[^>]*class="footnote-ref"[^>]*>.*?</a></sup>|<a[^>]*class="footnote-backref".*?</a>'
)
_NOT_PLAIN: Final = re.compile(r"[`*_\[\]<>&\\!{}^~|]")


@dataclass(slots=True)
class _Finishing:
    """What is at hand while the clean HTML of one text is finished."""

    notes: Notes
    locator: Locator
    pictures: Mapping[PurePosixPath, Picture]
    ids: Counter[str] = field(default_factory=Counter)
    events: list[tuple[str, Spot]] = field(default_factory=list)
    used: dict[PurePosixPath, Picture] = field(default_factory=dict)


def parse_body(
    text: str,
    *,
    first_line: int,
    path: PurePosixPath,
    pictures: Mapping[PurePosixPath, Picture],
    engine: str = "markdown",
) -> tuple[Body, tuple[Problem, ...]]:
    """Turn the Markdown *text*, which begins on *first_line* of the file *path*, into a clean body.

    *pictures* are the pictures that the text may show, by their paths in the site's folder.
    """
    notes = Notes(path)
    locator = Locator(text, first_line)
    converted = _convert(text, notes, locator, _ENGINES[engine][0])
    if converted is None:
        return _EMPTY, tuple(notes.problems)
    _report_raw(converted, notes, locator)
    _report_attributes(text, notes, locator)
    finishing = _Finishing(notes, locator, pictures)
    finished = _finish(clean(converted.html), finishing)
    body = Body(
        finished,
        plain_text(finished),
        tuple(Heading(int(m[1]), html.unescape(m[2]), plain_text(m[3])) for m in _HEADING.finditer(finished)),
        tuple(finishing.events),
        tuple(finishing.used.values()),
    )
    return body, tuple(notes.problems)


@dataclass(frozen=True, slots=True)
class Line:
    """A text of one line, such as a summary: clean HTML without a paragraph around it, and plain text."""

    html: str = ""
    text: str = ""
    event_links: tuple[tuple[str, Spot], ...] = ()


def parse_line(text: str, notes: Notes, spot: Spot, *, engine: str = "markdown") -> Line:
    """Turn the inline Markdown *text*, which begins at *spot*, into one line; problems go into *notes*."""
    text = " ".join(text.split())
    if not _NOT_PLAIN.search(text):
        return Line(html.escape(text, quote=False), text)
    locator = Locator(text, spot[0])
    mine = Notes(notes.path)
    converted = _convert(text, mine, locator, _ENGINES[engine][1])
    if converted is None:
        notes.problems += _at(mine, spot)
        return Line()
    _report_raw(converted, mine, locator)
    finishing = _Finishing(mine, locator, {})
    finished = _finish(clean_line(converted.html), finishing)
    notes.problems += _at(mine, spot)
    return Line(finished, plain_text(finished), tuple((event, spot) for event, _ in finishing.events))


def plain_text(markup: str) -> str:
    """Return the text of *markup*, clean HTML, with single spaces and without the marks of footnotes."""
    if "footnote" in markup:
        markup = _FOOTNOTE_MARK.sub("", markup)
    return " ".join(html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", markup))).split())


def _at(notes: Notes, spot: Spot) -> list[Problem]:
    """Return the problems of *notes*, all at *spot*: inside a folded scalar places are not known."""
    moved = Notes(notes.path)
    for problem in notes.problems:
        moved.add(problem.code, problem.message, spot, problem.hint, level=problem.level)
    return moved.problems


def _convert(
    text: str, notes: Notes, locator: Locator, convert: Callable[[str], Converted]
) -> Converted | None:
    """Let *convert* have *text*, unless it would take too long, or is nested too deep to be read."""
    if found := too_much(text):
        notes.add(found.code, found.message, locator.spot(found.start), found.hint)
        return None
    try:
        return convert(text)
    except RecursionError:
        hint = "take lists, quotations and elements out of one another"
        notes.add("TG406", "the text is nested deeper than can be read", locator.spot(0), hint)
        return None


def _report_raw(converted: Converted, notes: Notes, locator: Locator) -> None:
    """Note what cleaning takes out of the author's own HTML, and links that lead where none may lead."""
    reported: set[str] = set()
    for raw in converted.raw:
        for tag, faults in groupby(removed(raw), key=lambda one: (one.tag, one.name)):
            spot = locator.next(*_spellings(*tag))
            for fault in faults:
                level = Level.WARNING if fault.code == "TG401" else Level.ERROR
                notes.add(fault.code, fault.what, spot, fault.hint, level=level)
        reported.update(_addresses(raw))
    for address in _addresses(converted.html):
        typed = html.unescape(address)
        if (scheme := unsafe_scheme(typed)) and address not in reported:
            message = f"the link was removed, because no text may link to '{scheme}:'"
            notes.add("TG402", message, locator.next(typed, address, scheme), "link to a web page, https://…")


def _addresses(markup: str) -> list[str]:
    """Return what the links and pictures in *markup* lead to, as written there."""
    return [address for pattern in _ADDRESSES for address in pattern.findall(markup)]


def _spellings(tag: str, name: str) -> tuple[str, str]:
    """Return how an opening *tag* may stand in the source: as it was kept, or just beginning alike."""
    return tag, f"<{name}"


def _report_attributes(text: str, notes: Notes, locator: Locator) -> None:
    """Note attributes in ``{: …}`` that cleaning takes out."""
    if "{" not in text:
        return
    for block in _ATTRIBUTE_LIST.finditer(locator.bare):
        for attribute in _LISTED_ATTRIBUTE.finditer(block[1]):
            if attribute[1].lower() not in _LISTABLE:
                spot = locator.spot(block.start(1) + attribute.start())
                message = f"the attribute {attribute[1]!r} was removed"
                hint = f"those that stay are {', '.join(sorted(_LISTABLE))}"
                notes.add("TG401", message, spot, hint, level=Level.WARNING)


_LISTABLE: Final = frozenset({"class", "dir", "hreflang", "id", "lang", "title"})


def _finish(markup: str, finishing: _Finishing) -> str:
    """Put prefixes and markers into *markup*, which is clean, so that ``>`` stands nowhere but after tags."""
    if "<a" not in markup and "<img" not in markup and " id=" not in markup:
        return markup
    return _MARKED.sub(lambda found: _finished_tag(found, finishing), markup)


def _finished_tag(found: re.Match[str], finishing: _Finishing) -> str:
    """Return one opening tag as the site needs it."""
    tag = found[1]
    attributes = {name: value for name, value in _PAIR.findall(found[2]) if value or name != "title"}
    if "id" in attributes:
        attributes["id"] = _own_id(attributes["id"], finishing)
    if tag == "img":
        return _picture(attributes, finishing)
    href = attributes.get("href", "")
    if tag == "a" and href.startswith("#"):
        attributes["href"] = f"#{ID_PREFIX}{href[1:]}"
        if role := _FOOTNOTE_ROLES.get(attributes.get("class", "")):
            attributes["role"] = role
    elif href.startswith(f"{EVENT_SCHEME}:"):
        attributes = {"href": _event(href, finishing)} | {
            key: value for key, value in attributes.items() if key in {"title", "lang", "dir"}
        }
    elif href.startswith("//"):
        spot = finishing.locator.next(html.unescape(href))
        finishing.notes.add("TG402", f"the link {href!r} names no scheme", spot, f"write https:{href}")
    return _opening(tag, attributes)


_FOOTNOTE_ROLES: Final = {"footnote-ref": "doc-noteref", "footnote-backref": "doc-backlink"}
"""By the classes that the library gives them (DPUB-ARIA 1.1)."""


def _opening(tag: str, attributes: Mapping[str, str]) -> str:
    """Return an opening tag; the values of *attributes* are escaped already."""
    pairs = (f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{''.join(pairs)}>"


def _own_id(value: str, finishing: _Finishing) -> str:
    """Return the id *value* with its prefix; the second of two equal ones gets a number and a problem."""
    finishing.ids[value] += 1
    count = finishing.ids[value]
    if count == 1:
        return ID_PREFIX + value
    message = f"the id {value!r} stands twice in this text, and links to it find the first one only"
    spot = finishing.locator.next(html.unescape(value))
    finishing.notes.add("TG410", message, spot, "give one of the two another id", level=Level.WARNING)
    return f"{ID_PREFIX}{value}-{count}"


def _event(href: str, finishing: _Finishing) -> str:
    """Note that the text links to the event of *href*, and return the marker for it."""
    typed = unquote(html.unescape(href))
    event = unicodedata.normalize("NFC", typed.removeprefix(f"{EVENT_SCHEME}:"))
    spot = finishing.locator.next(html.unescape(href))
    if fault := slug_fault(event):
        hint = f"write [text](event:{slugify(event) or 'the-id'})"
        finishing.notes.add("TG409", f"{event!r} is no event's id: it {fault}", spot, hint)
    else:
        finishing.events.append((event, spot))
    return f"{EVENT_SCHEME}:{html.escape(event)}"


_KEPT_ON_PICTURES: Final = frozenset({"id", "class", "title", "lang", "dir"})


def _picture(attributes: dict[str, str], finishing: _Finishing) -> str:
    """Return the tag of a picture, with its size and its address in the site."""
    if "src" not in attributes:  # it was taken out, and that has been noted
        return attributes.get("alt", "")
    typed = html.unescape(attributes["src"])
    spot = finishing.locator.next(typed)
    picture = find_picture(unquote(typed), spot, finishing.notes, finishing.pictures)
    if not attributes.get("alt", "").strip():
        note_missing_alt(finishing.notes, spot)
    if picture is None:
        return html.escape(html.unescape(attributes.get("alt", "")))
    finishing.used[picture.path] = picture
    kept = {name: value for name, value in attributes.items() if name in _KEPT_ON_PICTURES}
    return _opening(
        "img",
        {
            "src": f"{FILE_MARKER}{html.escape(str(picture.address))}",
            "alt": attributes.get("alt", ""),
            "width": str(picture.width),
            "height": str(picture.height),
            "loading": "lazy",
            **kept,
        },
    )


def find_picture(
    name: str, spot: Spot, notes: Notes, pictures: Mapping[PurePosixPath, Picture]
) -> Picture | None:
    """Return the picture that a text calls *name*, relative to its own file; None after noting why not."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", name):
        hint = "put the file beside the article and write ![what it shows](file.jpg)"
        notes.add("TG408", f"{name!r} lies on another host, which no page of the site may ask", spot, hint)
        return None
    path = resolve(notes.path.parent, unicodedata.normalize("NFC", name))
    if path in pictures:
        return pictures[path]
    beside = {str(other.relative_to(path.parent)): other for other in pictures if other.parent == path.parent}
    near = nearest(path.name, beside)
    hint = f"did you mean '{near}'?" if near else f"put the file into the folder {path.parent}"
    notes.add("TG403", f"there is no picture {name!r} that can be read beside this file", spot, hint)
    return None


def note_missing_alt(notes: Notes, spot: Spot) -> None:
    """Note that the picture at *spot* has no description."""
    hint = "write ![what it shows](file.jpg), or 'alt:' under 'media:'"
    message = "the picture has no description, so that who cannot see it learns nothing of it"
    notes.add("TG404", message, spot, hint, level=Level.WARNING)


def resolve(folder: PurePosixPath, name: str) -> PurePosixPath:
    """Return the path of *name*, relative to *folder*, with ``.`` and ``..`` taken out of it."""
    parts = list(folder.parts)
    for part in PurePosixPath(name).parts:
        if part == "..":
            parts = parts[:-1]
        elif part != "/":
            parts.append(part)
    return PurePosixPath(*parts)
