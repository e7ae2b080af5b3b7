"""Every link and anchor inside the built site: does it lead to something?

The pages are read as a browser reads them, from their bytes; nothing is fetched, and links to other hosts
are not followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from timeline_gen.messages import say
from timeline_gen.reading.prose.heading_ids import own_id

_LINKS: Final = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src", "iframe": "src"}


@dataclass(frozen=True, slots=True)
class Anchors:
    """What one page offers to links, and where its own lead."""

    ids: frozenset[str]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere."""

    page: PurePosixPath
    link: str
    target: str
    """Where it leads, from the top of the site."""
    reason: str


class _AnchorParser(HTMLParser):
    """Collects ids and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.links: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if identity := given.get("id"):
            self.ids.add(identity)
        target = given.get(_LINKS.get(tag, ""))
        if target is not None and not (tag == "link" and given.get("rel") in {"alternate", "canonical"}):
            self.links[target] = None


def read_anchors(html: str) -> Anchors:
    """Return the ids that *html* has, and the links in it, each once."""
    reader = _AnchorParser()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # Python's HTML parser fails at sections such as <![x[, which a theme may hold.
        reader = _AnchorParser()
        reader.feed(html.replace("<![", "&lt;!["))
        reader.close()
    return Anchors(frozenset(reader.ids), tuple(reader.links))


def broken_links(
    pages: Mapping[PurePosixPath, Anchors], files: Iterable[PurePosixPath], base: str
) -> tuple[Broken, ...]:
    """Return the links of *pages* that lead to none of *files*, or to an id that their target lacks.

    *base* is the path of the site's address, from which ``404.html`` links.
    """
    there = {*files}
    found: list[Broken] = []
    for page, anchors in pages.items():
        for link in anchors.links:
            reason = _fault(page, link, pages, there, base)
            if reason:
                found.append(Broken(page, link, _target_text(page, link, base), reason))
    return tuple(found)


def _fault(
    page: PurePosixPath,
    link: str,
    pages: Mapping[PurePosixPath, Anchors],
    files: set[PurePosixPath],
    base: str,
) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = _target(page, unquote(parts.path), base)
    if target is None:
        return say("it leads out of the site")
    if target not in files:
        return say("there is no such page or file")
    fragment = unquote(parts.fragment)
    if fragment.startswith("fnref:"):
        return ""  # the way back from a footnote that nothing calls, which is reported in the text
    if fragment and target in pages and fragment not in pages[target].ids:
        near = own_id(fragment)
        instead = say("; write #{near}", near=near) if near in pages[target].ids else ""
        return say("that page has no anchor {fragment!r}{instead}", fragment=fragment, instead=instead)
    return ""


def _target_text(page: PurePosixPath, link: str, base: str) -> str:
    parts = urlsplit(link)
    return f"{_target(page, unquote(parts.path), base) or link}#{parts.fragment}"


def _target(page: PurePosixPath, path: str, base: str) -> PurePosixPath | None:
    """Return the file that *path* means on *page*; None where it leads out of the site."""
    if not path:
        return page
    if path.startswith("/"):
        if not path.startswith(base):
            return None
        joined = path.removeprefix(base)
    else:
        joined = posixpath.join(str(page.parent), path)
    whole = posixpath.normpath(joined) if joined else "."
    if whole.startswith(".."):
        return None
    return PurePosixPath(whole, "index.html") if path.endswith("/") or whole == "." else PurePosixPath(whole)
