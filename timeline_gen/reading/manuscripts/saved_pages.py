"""Saved pages as manuscripts: their words without what surrounds them, and their metadata.

Nothing of a page is run or loaded, and what comes out is plain text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final

from timeline_gen.reading.manuscripts.manuscript import Manuscript, Passage, one_line
from timeline_gen.reading.manuscripts.texts import escaped

_SKIPPED: Final = frozenset(
    ["script", "style", "nav", "footer", "aside", "form", "noscript", "svg", "figure", "button", "iframe"]
) | {"template", "select", "math", "object"}
_BLOCKS: Final = frozenset(
    ["p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td"]
) | {"th", "dd", "dt", "pre", "header", "br", "hr", "ul", "ol", "table"}
_MAIN: Final = frozenset({"article", "main"})
_VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_NAMES: Final = {
    "title": ("og:title", "twitter:title", "title"),
    "date": ("article:published_time", "datepublished", "date", "dc.date", "pubdate", "parsely-pub-date"),
    "author": ("author", "article:author", "dc.creator"),
    "summary": ("og:description", "description"),
    "site": ("og:site_name", "application-name"),
    "url": ("canonical", "og:url"),
}
"""Where pages keep these, the most reliable first."""
_SHORTEST: Final = 200
"""Letters of a main part that is believed to be the text."""


def charset_of(data: bytes) -> str:
    """Return the encoding that a page names for itself, in small letters; ``utf-8`` where it names none."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii").lower() if found else "utf-8"


def read_page(text: str) -> Manuscript:
    """Return the manuscript in the page *text*."""
    reader = _PageReader()
    # Python's parser fails at sections such as <![x[.
    reader.feed(text.replace("<![", "&lt;!["))
    reader.close()
    blocks = tuple(reader.blocks())
    known = {
        name: next((reader.known[key] for key in keys if reader.known.get(key)), "")
        for name, keys in _NAMES.items()
    }
    title = known["title"] or next((words for _, tag, words in blocks if tag == "h1"), "")
    return Manuscript(
        body="\n\n".join(_as_markdown(tag, words) for _, tag, words in blocks if words != title) + "\n",
        passages=tuple(Passage(line, words) for line, _, words in blocks),
        title=title,
        lang=reader.lang,
        date=known["date"],
        authors=(known["author"],) if known["author"] and "://" not in known["author"] else (),
        summary=known["summary"],
        source_name=known["site"],
        source_url=known["url"] if known["url"].startswith(("https://", "http://")) else "",
    )


def _as_markdown(tag: str, words: str) -> str:
    if re.fullmatch(r"h[1-6]", tag):
        return f"## {escaped(words)}"
    mark = {"li": "- ", "blockquote": "> "}.get(tag, "")
    return mark + escaped(words)


class _PageReader(HTMLParser):
    """Collects blocks of text, with the element that each is in, and the metadata of the head."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.known: dict[str, str] = {}
        self._blocks: list[tuple[int, str, str, bool]] = []
        self._words: list[str] = []
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()
        """How many elements of each name are open."""
        self._tag, self._line = "p", 1
        self._keeping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        self._learn(tag, given)
        if tag in _BLOCKS:
            self._end_block()
            self._tag, self._line = tag, self.getpos()[0]
        if tag not in _VOID:
            self._open.append(tag)
            self._counts[tag] += 1
        is_data = tag == "script" and given.get("type") == "application/ld+json"
        # Drawings within a page have titles of their own.
        self._keeping = "ld" if is_data else "title" if tag == "title" and not self._counts["svg"] else ""

    def handle_endtag(self, tag: str) -> None:
        """End an element, and all that were not ended in it."""
        self._keeping = ""
        if tag in _BLOCKS:
            self._end_block()
            self._tag, self._line = "p", self.getpos()[0]
        # An end tag without a beginning would close all that is open.
        while self._counts[tag] and (last := self._open.pop()):
            self._counts[last] -= 1
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep what readers see."""
        if self._keeping == "ld":
            self._learn_data(data)
        elif self._keeping == "title":
            self.known.setdefault("title", one_line(data))
        elif not self._is_skipped and not self._counts["head"]:
            self._words.append(data)

    def blocks(self) -> Iterator[tuple[int, str, str]]:
        """Yield line, element and words of each block of the main part, or of all where there is none."""
        self._end_block()
        inner = [block for block in self._blocks if block[3]]
        # A main part of a few words is a teaser, or is filled by a script.
        chosen = inner if sum(len(block[2]) for block in inner) >= _SHORTEST else self._blocks
        yield from ((line, tag, words) for line, tag, words, _ in chosen)

    @property
    def _is_skipped(self) -> bool:
        return any(self._counts[tag] for tag in _SKIPPED)

    def _end_block(self) -> None:
        words = one_line("".join(self._words))
        self._words.clear()
        if words:
            self._blocks.append((self._line, self._tag, words, any(self._counts[tag] for tag in _MAIN)))

    def _learn(self, tag: str, given: dict[str, str]) -> None:
        """Keep the metadata in an element of the head."""
        if tag == "html":
            self.lang = given.get("lang", "")
        elif tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            self._keep(name, given.get("content", ""))
        elif tag == "link" and given.get("rel") == "canonical":
            self._keep("canonical", given.get("href", ""))
        elif tag == "time" and "datetime" in given and not self._is_skipped:
            self._keep("date", given["datetime"])

    def _keep(self, name: str, value: str) -> None:
        if name and one_line(value):
            self.known.setdefault(name, one_line(value))

    def _learn_data(self, data: str) -> None:
        """Keep the metadata in JSON-LD."""
        try:
            found = json.loads(data)
        except (ValueError, RecursionError):
            return
        items = (
            found
            if isinstance(found, list)
            else found.get("@graph", [found])
            if isinstance(found, dict)
            else []
        )
        for item in items if isinstance(items, list) else ():
            published = item.get("datePublished") if isinstance(item, dict) else None
            if isinstance(published, str):
                self._keep("datepublished", published)
