"""What is not inert in a built site: an examination that shares nothing with the program that built it.

Every file is read as what its name says. Whatever is not known to be inert is a finding, so that a case
fails where a hole may be, not only where one is shown to be. Pictures are examined elsewhere.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from xml.parsers import expat

OWN = "https://example.org"
"""The address of the site."""

_DROPPED = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_RASTER = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp|avif)[;,]", re.IGNORECASE)
_BLANKS = "".join(map(chr, range(33)))


def normal(address: str) -> str:
    """Return *address* as browsers see it (WHATWG URL): no tabs, no line breaks, no blanks around it."""
    return _DROPPED.sub("", address.strip(_BLANKS))


def away(address: str) -> str:
    """Return what is wrong with loading *address*, or nothing if it is in the site."""
    address = normal(address)
    flat = address.replace("\\", "/")
    if flat.startswith("//"):
        return "another host, without a scheme"
    found = _SCHEME.match(address)
    if not found or address == OWN or address.startswith((f"{OWN}/", f"{OWN}#")):
        return ""
    return f"the scheme {found[1].lower()}:"


def unsafe_link(address: str) -> str:
    """Return what is wrong with a link that readers click on, or nothing."""
    address = normal(address)
    found = _SCHEME.match(address)
    if found:
        scheme = found[1].lower()
        return "" if scheme in {"http", "https", "mailto", "geo", "tel", "event"} else f"the scheme {scheme}:"
    return "another host, without a scheme" if address.replace("\\", "/").startswith("//") else ""


# ---------------------------------------------------------------- styles

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\n\r\f])|(.))", re.DOTALL)
_URL = re.compile(r"(?:url|src)\(\s*(\"[^\"]*\"|'[^']*'|[^)]*)", re.IGNORECASE)
_STRINGS_LOAD = re.compile(r"(?:image-set|image|cross-fade|paint|element)\([^)]*[\"']", re.IGNORECASE)
_NAMESPACE = re.compile(r"@namespace[^;]*;", re.IGNORECASE)


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        code = int(found[1], 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if found[2] else found[3]


def style_findings(text: str) -> Iterator[str]:
    """Yield what the style *text* asks of other hosts; files of the site itself are fine."""
    bare = {_ESCAPE.sub(_unescaped, _COMMENT.sub(by, text)) for by in ("", " ")} | {
        _ESCAPE.sub(_unescaped, text)
    }
    if any(re.search(r"@\s*import", seen, re.IGNORECASE) for seen in bare):
        yield "a style imports"
    if any(
        re.search(r"expression\s*\(|-moz-binding|(?<![-\w])behavior\s*:", seen, re.IGNORECASE)
        for seen in bare
    ):
        yield "a style acts"
    if any(_STRINGS_LOAD.search(seen) for seen in bare):
        yield "a style loads a picture named in a string"
    for found in _URL.finditer(_NAMESPACE.sub("", _ESCAPE.sub(_unescaped, text))):
        address = normal(found[1].strip().strip("\"'"))
        fine = _RASTER.match(address) or re.match(r"data:(font|application/(x-)?font)", address)
        if away(address) and not fine:
            yield f"a style loads {address[:60]!r}"


# ---------------------------------------------------------------- pages

_NEVER = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "portal",
        "math",
        "foreignobject",
        "animate",
        "set",
        "template",
        "noembed",
        "noframes",
        "plaintext",
        "xmp",
        "isindex",
        "marquee",
        "bgsound",
        "layer",
    ]
)
_LOADING = frozenset(
    (
        "src",
        "poster",
        "background",
        "data",
        "lowsrc",
        "dynsrc",
        "manifest",
        "archive",
        "code",
        "codebase",
        "classid",
    )
)
_LEADING = frozenset(("href", "cite", "action", "formaction", "longdesc", "usemap", "profile", "ping"))
_LOADED_LINKS = frozenset(
    ("stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest", "dns-prefetch", "preconnect")
)
_OWN_SCRIPTS = re.compile(r"(?:^|/)(?:assets/[\w.-]+|find)\.js$")


class _Page(HTMLParser):
    """Collects the findings of one page, or of a piece of one."""

    def __init__(self, *, piece: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.piece = piece
        self.found: list[str] = []
        self._script: list[str] | None = None
        self._style: list[str] | None = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        wrong = [*self._element(tag, values)]
        for key, value in values.items():
            wrong += _attribute(tag, key, value, values)
        self.found += (f"<{tag}>: {what}"[:200] for what in wrong)

    def _element(self, tag: str, values: Mapping[str, str]) -> Iterator[str]:
        if tag in _NEVER:
            yield "no page has one"
        if tag == "script":
            yield from self._begin_script(values)
        if tag == "style":
            self._style = []
        if tag == "base" and set(values) != {"target"}:
            yield "moves the page's addresses"
        if tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
            address = values.get("content", "").partition("=")[2].strip(" '\"")
            if away(address):
                yield f"leads on to {address!r}"
        if tag == "form" and values.get("action") and away(values["action"]):
            yield "sends away"

    def _begin_script(self, values: Mapping[str, str]) -> Iterator[str]:
        if self.piece:
            yield "is in a piece of HTML"
        elif "src" in values:
            if away(values["src"]) or not _OWN_SCRIPTS.search(values["src"]):
                yield f"loads {values['src']!r}"
        elif values.get("type") != "application/ld+json":
            yield "runs a script that is in the page itself"
        else:
            self._script = []

    def handle_data(self, data: str) -> None:
        for kept in (self._script, self._style):
            if kept is not None:
                kept.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            text, self._script = "".join(self._script), None
            try:
                json.loads(text)
            except ValueError as error:
                self.found.append(f"structured data: {error}")
            if re.search(r"<(?:!--|/?script)", text, re.IGNORECASE):
                self.found.append("structured data can be left")
        if tag == "style" and self._style is not None:
            self.found += style_findings("".join(self._style))
            self._style = None


def _attribute(tag: str, key: str, value: str, values: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the attribute *key* of an element *tag*, which has all *values*."""
    local = key.rpartition(":")[2]
    if local.startswith("on") or local in {"srcdoc", "formaction"}:
        yield f"acts: {key}"
    elif local == "style":
        yield from style_findings(value)
    elif local in {"srcset", "imagesrcset"}:
        yield from (
            f"loads {each.strip()!r}" for each in value.split(",") if away(each.strip().split(" ")[0])
        )
    elif local in _LOADING and tag != "data":
        inline = tag == "img" and _RASTER.match(normal(value))
        if away(value) and not inline and not key.startswith("data-"):
            yield f"loads {value!r}: {away(value)}"
    elif local in _LEADING:
        loading = tag == "link" and _LOADED_LINKS & set(values.get("rel", "").lower().split())
        if wrong := away(value) if loading or tag in {"image", "use"} else unsafe_link(value):
            yield f"{key}={value!r}: {wrong}"


def page_findings(text: str, *, piece: bool = False) -> list[str]:
    """Return what is not inert in the page *text*."""
    reader = _Page(piece=piece)
    reader.feed(text)
    reader.close()
    return reader.found


# ---------------------------------------------------------------- data

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_ICS_NAMES = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "NAME",
        "X-WR-CALNAME",
        "DESCRIPTION",
        "URL",
        "SOURCE",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
        "UID",
        "DTSTAMP",
        "CREATED",
        "LAST-MODIFIED",
        "SEQUENCE",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "LOCATION",
        "CATEGORIES",
        "STATUS",
        "X-STATUS",
        "TRANSP",
        "X-EDTF",
        "GEO",
        "COLOR",
        "IMAGE",
        "ATTACH",
        "CLASS",
        "CONTACT",
        "COMMENT",
        "RELATED-TO",
        "X-WR-CALDESC",
        "X-DATE-TEXT",
    ]
)
_ATOM = frozenset(
    [
        "feed",
        "id",
        "title",
        "subtitle",
        "link",
        "updated",
        "author",
        "name",
        "uri",
        "email",
        "entry",
        "published",
        "summary",
        "content",
        "category",
        "rights",
        "source",
        "contributor",
        "logo",
        "icon",
        "generator",
    ]
)


def table_findings(text: str) -> Iterator[str]:
    """Yield what a spreadsheet would make of the table *text* that it must not."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"a row has {len(row)} cells, the first {len(rows[0])}"
        for cell in row:
            if cell.startswith(_FORMULA):
                yield f"a cell is a formula: {cell[:40]!r}"


def calendar_findings(data: bytes) -> Iterator[str]:
    """Yield what is in the calendar *data* that no event put there."""
    text = data.decode()
    if re.search(r"(?<!\r)\n|\r(?!\n)", text):
        yield "a lone line break"
    stack: list[str] = []
    for line in text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n"):
        if not line:
            continue
        name = re.match(r"[A-Z0-9-]+", line)
        if not name or name[0] not in _ICS_NAMES:
            yield f"a line of its own: {line[:60]!r}"
        elif name[0] == "BEGIN":
            stack.append(line[6:])
            if line[6:] not in {"VCALENDAR", "VEVENT"} or len(stack) > 2:
                yield f"a part of its own: {line[:60]!r}"
        elif name[0] == "END" and (not stack or stack.pop() != line[4:]):
            yield "its parts are not closed in turn"
    if stack:
        yield "a part is not closed"
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        yield "a line is longer than 75 octets"


_XHTML = "http://www.w3.org/1999/xhtml"
_SPACES = frozenset({"http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9", _XHTML})


class _Feed:
    """Collects the findings of a feed or a sitemap while expat reads it."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._texts: list[list[str]] = []
        self._kinds: list[str] = []

    def start(self, name: str, attrs: dict[str, str]) -> None:
        """Begin an element."""
        space, _, local = name.rpartition(" ")
        if space not in _SPACES:
            self.found.append(f"an element of another kind: {name}")
        if "Atom" in space and local not in _ATOM:
            self.found.append(f"an unknown element: {local}")
        self._kinds.append(attrs.get("type", ""))
        self._texts.append([])
        if unsafe_link(attrs.get("href", "")):
            self.found.append(f"href={attrs['href']!r}")

    def end(self, _name: str) -> None:
        """End an element."""
        text, kind = "".join(self._texts.pop()), self._kinds.pop()
        if kind == "html":
            self.found += page_findings(text, piece=True)

    def text(self, data: str) -> None:
        """Take in text."""
        if self._texts:
            self._texts[-1].append(data)

    def doctype(self, *_: object) -> None:
        """Note a document type."""
        self.found.append("a document type")


def feed_findings(data: bytes) -> list[str]:
    """Return what is in the feed or sitemap *data* that must not be there."""
    feed = _Feed()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = feed.start, feed.end
    parser.CharacterDataHandler = feed.text
    parser.StartDoctypeDeclHandler = feed.doctype
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        feed.found.append(f"it is not well-formed: {error}")
    return feed.found


_SECRETS = (b"root:x:0:0", b"CANARY-OUTSIDE")


def findings(output: Path) -> list[str]:
    """Return what is not inert in the site in the folder *output*, each with its file."""
    result: list[str] = []
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_symlink():
            result.append(f"{name}: a link")
        elif path.is_file():
            result += (f"{name}: {each}" for each in _of(*_kind(name), path.read_bytes()))
    return result


def _kind(name: str) -> tuple[str, bool]:
    """Return how the *name* of a file ends, and whether it has data of the search."""
    return PurePosixPath(name).suffix.lower(), name.endswith("find.js") or "/find/" in name


@cache
def _of(suffix: str, is_search: bool, data: bytes) -> tuple[str, ...]:
    """Return the findings of one file; most files of a case are those of the others."""
    return tuple(_found(suffix, data, is_search=is_search))


def _found(suffix: str, data: bytes, *, is_search: bool) -> Iterator[str]:
    if any(secret in data for secret in _SECRETS):
        yield "it tells what is outside the site"
    if suffix == ".html":
        yield from page_findings(data.decode())
    elif suffix == ".json":
        json.loads(data)
    elif suffix == ".csv":
        yield from table_findings(data.decode())
    elif suffix == ".ics":
        yield from calendar_findings(data)
    elif suffix == ".xml":
        yield from feed_findings(data)
    elif suffix == ".css":
        yield from style_findings(data.decode())
    elif is_search:
        for line in filter(None, data.decode().split("\n")):
            found = re.fullmatch(r'(?:window\.timelineData|timelineParts\["\w+"\])=(.*);', line)
            if found:
                json.loads(found[1])
            elif line != "window.timelineParts=window.timelineParts||{};":
                yield "the data of the search are no assignment"
