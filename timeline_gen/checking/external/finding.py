"""The links to other sites in the content, each with the places where it is written.

They are looked for in the sources, not in pages: what a template adds is not the author's to mend, and a
place in a source is exact. What is held back from readers is left out: to ask a host for a page reveals that
host of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.parse.content import Content
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.collecting.embargoes import release
from timeline_gen.errors import Place
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Settings
from timeline_gen.model.texts import Position
from timeline_gen.reading.disk.contents import Contents, map_of, survey
from timeline_gen.reading.disk.files import Found, read
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.halves import split
from timeline_gen.reading.front_matter.matter import read_map
from timeline_gen.reading.front_matter.yaml_nodes import YamlList, YamlMap, YamlNode, YamlText
from timeline_gen.reading.prose.without_code import without_code
from timeline_gen.reading.site_paths import DATA_FILES
from timeline_gen.reading.table_columns import read_table_map
from timeline_gen.reading.table_rows import MAX_TABLE_BYTES, read_records

_ADDRESS: Final = re.compile(r"""https?://[^\s<>"'`|\u00ab\u00bb\u201c\u201d\u2018\u2019]+""", re.IGNORECASE)
_LAST: Final = ".,;:!?*_~\\\u2026\u060c\u061b\u061f"
"""What ends a sentence and no address, Arabic signs included."""
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_NO_LINKS: Final = frozenset({"extra", "publish", "policy", "url"})
"""Keys of ``site.yaml`` under which an address is no link; of other files ``extra`` only."""


@dataclass(frozen=True, slots=True)
class OutsideLinks:
    """The links of a site to others."""

    settings: Settings
    places: Mapping[str, tuple[Place, ...]]
    """Where each address is written, in the order of reading; addresses as they were typed."""


def outside_links(root: Path, *, drafts: bool, now: int | None) -> OutsideLinks:
    """Return the links to other sites in what readers of the site in the folder *root* may see.

    Raises ``ContentError`` where the settings have errors, ``UsageError`` where there is no site.
    """
    options = Options(drafts=drafts, now=now, command="timeline-gen check", lock_timeout=LOCK_TIMEOUT)
    with open_workspace(root, options) as site, workers(site):
        settings, content = read_site(site)
        moment = site.now
    contents, _ = survey(root)
    found: dict[str, list[Place]] = {}
    own = urlsplit(settings.url).netloc.lower()
    for place, address in _written(root, contents, settings, _Shown(content, drafts=drafts, now=moment)):
        if urlsplit(address).netloc.lower() != own:
            found.setdefault(address, []).append(place)
    return OutsideLinks(settings, {address: tuple(sorted(places)) for address, places in found.items()})


class _Shown:
    """What readers may see of the files of the content."""

    def __init__(self, content: Content, *, drafts: bool, now: int) -> None:
        read_articles = content.collected.articles
        live = release(read_articles, drafts=drafts, now=now).articles
        self.paths = {article.path for article in live}
        self.paths |= {page.path for page in content.collected.plain_pages if drafts or not page.draft}
        live_tellings = {(article.path, telling.event) for article in live for telling in article.events}
        every = {(article.path, telling.event) for article in read_articles for telling in article.events}
        self.held = every - live_tellings
        """Events that are held back in a file, by its path."""
        self.held_addresses = _cited(read_articles) - _cited(live)
        """Addresses that only what is held back cites; in a table this is all that is known."""


def _cited(articles: Iterable[ArticleVersion]) -> set[str]:
    """Return the addresses of the sources and media of *articles*."""
    found: set[str] = set()
    for article in articles:
        sources = [article.source] if article.source else []
        for telling in article.events:
            sources += (source for source in telling.sources or () if not isinstance(source, str))
            found |= {media.src for media in telling.media}
        found |= {address for source in sources for address in (source.url, source.archive)}
    return found


def _written(
    root: Path, contents: Contents, settings: Settings, shown: _Shown
) -> Iterator[tuple[Place, str]]:
    """Yield each address in the files of the site, with its place."""
    for found in (*contents.articles, *contents.pages):
        if found.path in shown.paths:
            held = {event for path, event in shown.held if path == found.path}
            yield from _in_text(_source(root, found), held)
    for name in DATA_FILES:
        if name in contents.data:
            yield from _in_yaml(_source(root, contents.data[name]))
    for found in contents.tables:
        if found.path in shown.paths:
            table = _source(root, found, MAX_TABLE_BYTES + 1)
            cells = _in_table(table, _separator(root, found, contents, settings))
            yield from ((place, address) for place, address in cells if address not in shown.held_addresses)
    yield from _in_yaml(load_settings(root), leaving=_NO_LINKS)


def _source(root: Path, found: Found, limit: int = 0) -> Source:
    source, _ = read(root, found, limit) if limit else read(root, found)
    return source or Source(found.path, b"")


def _in_text(source: Source, held: Collection[str]) -> Iterator[tuple[Place, str]]:
    """Yield the addresses in front matter and body of *source*, but for those of the events *held*."""
    halves, _ = split(source)
    if halves is None:
        return
    tree = read_map(halves.matter, Diagnostics(source.path), first_line=halves.matter_line)
    if tree is not None:
        yield from _in_map(tree, source.path, held=held)
    for number, line in enumerate(without_code(halves.body).split("\n"), halves.body_line):
        yield from ((Place(source.path, number, at + 1), address) for at, address in addresses_in(line))


def _in_yaml(source: Source, leaving: Collection[str] = ()) -> Iterator[tuple[Place, str]]:
    text = source.data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    tree = read_map(text, Diagnostics(source.path))
    if tree is not None:
        yield from _in_map(tree, source.path, leaving=leaving)


def _in_map(
    tree: YamlMap, path: PurePosixPath, *, held: Collection[str] = (), leaving: Collection[str] = ()
) -> Iterator[tuple[Place, str]]:
    for key, node in tree.entries.items():
        if key in leaving or key == "extra":
            continue
        items = node.items if isinstance(node, YamlList) and key == "events" else (node,)
        for item in items:
            if not (held and isinstance(item, YamlMap) and _id(item) in held):
                yield from ((Place(path, *spot), address) for spot, address in _in_node(item))


def _id(event: YamlMap) -> str:
    node = event.entries.get("id")
    return node.value if isinstance(node, YamlText) else ""


def _in_node(node: YamlNode) -> Iterator[tuple[Position, str]]:
    if isinstance(node, YamlText):
        yield from ((node.position(at), address) for at, address in addresses_in(node.value))
    elif isinstance(node, YamlList):
        for item in node.items:
            yield from _in_node(item)
    else:
        for key, inner in node.entries.items():
            if key != "extra":
                yield from _in_node(inner)


def _separator(root: Path, table: Found, contents: Contents, settings: Settings) -> str:
    """Return what divides the columns of *table*, if its map names it."""
    found = map_of(table, contents)
    table_map = read_table_map(_source(root, found), settings)[0] if found else None
    return table_map.separator if table_map else ""


def _in_table(source: Source, separator: str) -> Iterator[tuple[Place, str]]:
    """Yield the addresses in the cells of the table *source*; the place is row and column."""
    for record in read_records(source, separator, Diagnostics(source.path)):
        for column, cell in enumerate(record.cells, 1):
            for _, address in addresses_in(cell):
                yield Place(source.path, record.number, column), address


def addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield each web address in the line *text*, with where it begins."""
    at = 0
    while match := _ADDRESS.search(text, at):
        address = _without_end(match[0])
        at = match.start() + max(len(address), len("http://"))
        if host_of(address):
            yield match.start(), unescape(_ESCAPED.sub(r"\1", address))


def _without_end(address: str) -> str:
    """Return *address* without signs of the sentence, or brackets of the link, that it is in."""
    while address:
        last = address[-1]
        opening = _BRACKETS.get(last, "")
        if last in _LAST or (opening and address.count(last) > address.count(opening)):
            address = address[:-1]
        elif not opening or address.count(last) <= address.count(opening):
            # A bracket in the middle that nothing opened ends the link: [a](https://a.org/) and more.
            cut = _unopened(address)
            if cut == len(address):
                return address
            address = address[:cut]
    return address


def _unopened(address: str) -> int:
    """Return where the first closing bracket is that none opened; the length of *address* without one."""
    depth = dict.fromkeys(_BRACKETS.values(), 0)
    for at, sign in enumerate(address):
        if sign in depth:
            depth[sign] += 1
        elif sign in _BRACKETS:
            depth[_BRACKETS[sign]] -= 1
            if depth[_BRACKETS[sign]] < 0:
                return at
    return len(address)


def host_of(address: str) -> str:
    """Return the host of *address*; empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
