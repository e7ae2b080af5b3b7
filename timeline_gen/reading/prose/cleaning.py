"""The one door to nh3: HTML that comes out of Markdown is made safe, and what is lost by it is reported.

Content is not trusted: no script, no style, no frame, no address but of the web and of mail. Directions,
languages, machine-readable dates, classes and ids are kept, which the library would take out by default.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

import nh3

from timeline_gen.messages import say

SITE_SCHEMES: Final = frozenset({"event", "article", "page", "entity"})
"""The schemes of links to what the site holds; the page that shows the text puts an address in its place."""

SCHEMES: Final = frozenset({"http", "https", "mailto"}) | SITE_SCHEMES

# The page has its own h1 and its own landmarks; image maps and the rest are of no use, or long obsolete.
_LEFT_OUT: Final = {
    "h1",
    "nav",
    "header",
    "footer",
    "hgroup",
    "area",
    "map",
    "center",
    "strike",
    "tt",
    "acronym",
}
TAGS: Final = frozenset(nh3.ALLOWED_TAGS - _LEFT_OUT | {"section"})

INLINE_TAGS: Final = frozenset(
    (
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins",
        "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub",
        "sup", "time", "u", "var", "wbr",
    )
)  # fmt: skip
"""The tags allowed in a text of one line."""

ATTRIBUTES: Final = {
    # No style: with it a link could be laid over the whole page.
    "*": {"dir", "lang", "title", "class", "id"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
"""What each element keeps."""

_ADDRESSES: Final = {"href", "src", "cite"}
# Of other elements the words inside stay; what is in these is code, and no reader's text.
_GONE_WITH_CONTENT: Final = {"script", "style"}
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_IGNORED: Final = re.compile(r"[\x00-\x20\u200b-\u200f\ufeff]+")
"""What browsers skip inside an address, and so hides its scheme from the eye."""


def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        attributes=ATTRIBUTES,
        url_schemes=set(SCHEMES),
        # The library's own rel="noopener" guards nothing here: no link keeps a target, so none opens a
        # window.
        link_rel=None,
        clean_content_tags=_GONE_WITH_CONTENT,
    )


# Made once: to hand over the rules takes ten times as long as to clean a line.
_BLOCKS, _LINE = _cleaner(TAGS), _cleaner(INLINE_TAGS)
_EMPTY_HEAD: Final = re.compile(r"<th([^<>]*)></th>")
_BETWEEN_LINES: Final = re.compile(r"(?:\s*</?(?:br|div|h[1-6]|li|p)\b[^<>]*>)+\s*", re.IGNORECASE)


def clean(html: str) -> str:
    """Return *html* with nothing left in it that could do harm; well-formed, ``<`` and ``>`` only as tags."""
    cleaned = _BLOCKS.clean(html)
    # The corner of a table heads nothing: an empty header has no meaning (WCAG 2.2, 1.3.1).
    return _EMPTY_HEAD.sub(r"<td\1></td>", cleaned) if "></th>" in cleaned else cleaned


def clean_line(html: str) -> str:
    """Return *html* as :func:`clean` does, without anything that does not fit into a line.

    A space takes the place of line breaks and of what begins or ends a block, so that words stay apart.
    """
    return _LINE.clean(_BETWEEN_LINES.sub(" ", html).strip())


def as_browsers_read(address: str) -> str:
    r"""Return *address* as a browser takes it (WHATWG URL, 4.4).

    White space and control characters around it and tabs and line ends inside it are gone, and up to its
    query each ``\\`` is a ``/`` where it leads to the web.
    """
    plain = _BREAKS.sub("", address.strip(_AROUND))
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in {"http", "https"}:
        return plain
    path, mark, rest = _QUERY.match(plain).groups()  # type: ignore[union-attr]  # it matches any text
    return f"{path.replace(chr(92), '/')}{mark}{rest}"


def link_fault(address: str) -> tuple[str, str] | None:
    """Return what is wrong with the host that the link *address* leads to, and what to write; or None."""
    read = as_browsers_read(address)
    # A site that is read from a folder would look for such a link on the disk (file://example.org).
    if read.startswith("//"):
        return say("the link {address!r} names no scheme", address=address), say(
            "write https:{read}", read=read
        )
    web = _WEB.match(read)
    if not web:
        return None
    if web["slashes"] != "//" or "\\" in address.partition("?")[0].partition("#")[0]:
        message = say("browsers read the link {address!r} in another way than it is written", address=address)
        return message, say("write {scheme}://{read}", scheme=web["scheme"], read=read[web.end() :])
    host = read[web.end() :]
    # https://example.org@evil.test/ shows a known name and leads to another host (RFC 3986, 7.6).
    if "@" in (authority := _AUTHORITY.match(host)[0]):  # type: ignore[index]  # it matches any text
        message = say("the link {address!r} holds a user name or a password", address=address)
        return message, say(
            "write {scheme}://{host}", scheme=web["scheme"], host=host[authority.rindex("@") + 1 :]
        )
    return None


_AROUND: Final = "".join(map(chr, range(0x21)))
_BREAKS: Final = re.compile(r"[\t\n\r]")
_QUERY: Final = re.compile(r"([^?#]*)([?#]?)(.*)", re.DOTALL)
_WEB: Final = re.compile(r"(?P<scheme>https?):(?P<slashes>/*)", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"[^/?#]*")


def unsafe_scheme(address: str) -> str:
    """Return the scheme of *address* where links may not lead there; otherwise an empty string."""
    found = _SCHEME.match(_IGNORED.sub("", address))
    scheme = found[1].lower() if found else ""
    return "" if scheme in SCHEMES else scheme


class Removed(NamedTuple):
    """Something that cleaning takes out of an author's HTML."""

    tag: str
    """The opening tag, as typed."""
    name: str
    """The element's name."""
    code: str
    what: str
    hint: str


def removed(raw: str) -> tuple[Removed, ...]:
    """Return what :func:`clean` takes out of *raw*, a piece of HTML as its author wrote it."""
    try:
        return _judged(raw)
    except AssertionError:
        # Python's HTML parser fails at sections such as <![x[, which are no elements.
        return _judged(raw.replace("<![", "&lt;!["))


def _judged(raw: str) -> tuple[Removed, ...]:
    judge = _Judge()
    judge.feed(raw)
    judge.close()
    return tuple(judge.found)


class _Judge(HTMLParser):
    """Reads HTML and notes what is not allowed; it changes nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Removed] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        typed = self.get_starttag_text() or ""
        faults = _attributes(tag, attrs) if tag in TAGS else (("TG401", *_element(tag)),)
        self.found += (Removed(typed, tag, *fault) for fault in faults)


def _element(tag: str) -> tuple[str, str]:
    """Return what becomes of the element *tag*, and what to write instead."""
    if tag in _GONE_WITH_CONTENT:
        return (
            say("<{tag}> and everything inside it was removed", tag=tag),
            say("themes hold scripts and styles, articles do not"),
        )
    hint = (
        say("write '## ' before the heading")
        if tag == "h1"
        else say("write Markdown, or an element that only marks up text")
    )
    return say("<{tag}> was removed, because it is not allowed in a text", tag=tag), hint


def _attributes(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[tuple[str, str, str]]:
    """Yield the code, the message and the hint for what is wrong with the *attributes* of a *tag*."""
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set())
    first: dict[str, str | None] = {}
    for name, value in attributes:
        # Of an attribute that is there twice the first counts (HTML, 13.2.5.33).
        first.setdefault(name, value)  # as browsers do
    for name, value in first.items():
        if name not in allowed:
            message = say("the attribute {name!r} of <{tag}> was removed", name=name, tag=tag)
            yield "TG401", message, _INSTEAD.get(name, say("leave it out"))
        elif name in _ADDRESSES and (scheme := unsafe_scheme(value or "")):
            yield (
                "TG402",
                say("the link was removed, because no text may link to '{scheme}:'", scheme=scheme),
                _TO_THE_WEB,
            )


_TO_THE_WEB: Final = say("link to a web page, https://…")

_INSTEAD: Final = {
    "align": say('write class="align-start", "align-center" or "align-end"'),
    "style": say("write class=…, and let the theme say what it looks like"),
    "target": say("leave it out: readers choose where a link opens"),
    "markdown": say("leave it out, or put a blank line around the element"),
}
