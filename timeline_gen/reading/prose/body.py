"""Markdown bodies and summaries into clean HTML, with what is wrong in them at its place.

What a page must still put right is in the HTML as markers: ``<a href="event:ID">`` for a link to an event and
so on (:mod:`timeline_gen.reading.prose.text_links`), ``src="site:PATH"`` for a file of the site. Ids get a
prefix, so that no text can take the id of a part of the page. Nothing is read from the disk: pictures come
measured.
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
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body, Heading
from timeline_gen.model.links import TextLink
from timeline_gen.model.texts import Spot
from timeline_gen.reading.assets.finding import (
    PLAYED,
    SHOWN,
    find_asset,
    note_missing_alt,
    resolve,
)
from timeline_gen.reading.assets.kinds import BROKEN, FILM, PICTURE, REFUSED, label_of
from timeline_gen.reading.front_matter.notes import Diagnostics
from timeline_gen.reading.prose import commonmark, markup
from timeline_gen.reading.prose.admonitions import with_admonitions, with_tasks
from timeline_gen.reading.prose.cleaning import clean, clean_line, link_fault, removed, unsafe_scheme
from timeline_gen.reading.prose.code_classes import with_classes
from timeline_gen.reading.prose.directions import directed
from timeline_gen.reading.prose.foreign_marks import note_foreign_marks
from timeline_gen.reading.prose.heading_ids import own_id
from timeline_gen.reading.prose.line_faults import note_blocks, note_unfit
from timeline_gen.reading.prose.link_faults import check_name, note_headings
from timeline_gen.reading.prose.locating import Locator
from timeline_gen.reading.prose.markup import Converted
from timeline_gen.reading.prose.repetition import MAX_COST, cost_of, too_much
from timeline_gen.reading.prose.text_links import LinkBase, is_own, link_key, own_heading, without_names
from timeline_gen.reading.prose.typesetting import typeset
from timeline_gen.text.typography import TYPED

FILE_MARKER: Final = "site:"
ABOUT_FILE: Final = "data-file"
"""The attribute of a link to a file that holds its kind and its size in bytes; pages word them."""

HAS_WEBP: Final = ' data-webp=""'
"""What marks the tag of a picture that is offered as WebP, too, behind its height."""

_EMPTY: Final = Body("", "")
_NO_ASSETS: Final[Mapping[PurePosixPath, Asset]] = {}
_ENGINES: Final = {
    "markdown": (markup.convert, markup.convert_line),
    "commonmark": (commonmark.convert, commonmark.convert_line),
}
"""What converts whole bodies, and single lines, by the names that settings give them."""
_ADDRESSES: Final = (re.compile(r'href="([^"]*)"'), re.compile(r'src="([^"]*)"'))
"""Two patterns, because one with a choice at its start is ten times as slow."""

_ATTRIBUTE_LIST: Final = re.compile(r"\{:?([^{}\n]*)\}")
_LISTED_ATTRIBUTE: Final = re.compile(r"(?<![\w:.-])([A-Za-z_:][\w:.-]*)=")
_MARKED: Final = re.compile(r"<(img|a|[a-z][a-z0-9]*(?=[^>]* (?:id|cite)=))\b([^>]*)>")
_PAIR: Final = re.compile(r'([a-z-]+)="([^"]*)"')
_HEADING: Final = re.compile(r'<h([2-6])[^>]*? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_BREAKING: Final = re.compile("[^\\S\u00a0\u2007\u202f]+")
_INLINE_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time"
    r"|u|var|wbr)\b[^>]*>"
)
_TAG: Final = re.compile(r"<[^>]*>")
_FOOTNOTE_MARK: Final = re.compile(
    r'<sup[^>]*><a[^>]*class="footnote-ref"[^>]*>[^<]*</a></sup>|<a[^>]*class="footnote-backref"[^>]*>[^<]*</a>'
)
_NOT_PLAIN: Final = re.compile(r"[`*_\[\]<>&\\!{}^~|]")


@dataclass(slots=True)
class _Finishing:
    """What is at hand while the clean HTML of one text is finished."""

    notes: Diagnostics
    locator: Locator
    assets: Mapping[PurePosixPath, Asset]
    base: LinkBase
    line: bool = False
    """Whether the text is a line, which has no headings of its own."""
    ids: Counter[str] = field(default_factory=Counter)
    links: list[TextLink] = field(default_factory=list)
    headings: list[tuple[str, Spot]] = field(default_factory=list)
    """The ids that links inside the text lead to, each with its place."""
    used: dict[PurePosixPath, Asset] = field(default_factory=dict)


def parse_body(
    text: str,
    *,
    first_line: int,
    path: PurePosixPath,
    assets: Mapping[PurePosixPath, Asset],
    engine: str = "markdown",
    address: str = "",
    direction: str = "",
    typography: str = "",
) -> tuple[Body, tuple[Problem, ...]]:
    """Turn the Markdown *text*, which begins on *first_line* of the file *path*, into a clean body.

    *assets* are the files that the text may show, by their paths in the site's folder; *address* is that
    of the page that shows it, relative to the root of the site. Marks are set as the language *typography*
    sets them, where it is given.
    """
    notes = Diagnostics(path)
    locator = Locator(text, first_line)
    converted = _convert(text, notes, locator, _ENGINES[engine][0])
    if converted is None:
        return _EMPTY, tuple(notes.problems)
    _report_raw(converted, notes, locator)
    _report_attributes(text, notes, locator)
    note_foreign_marks(text, locator, notes)
    finishing = _Finishing(notes, locator, assets, LinkBase(path, address))
    boxed = with_admonitions(clean(converted.html), address.partition("/")[0])
    finished = _finish(with_tasks(boxed), finishing)
    note_headings(finishing.headings, {*map(html.unescape, finishing.ids)}, notes)
    if typography:
        finished = typeset(finished, typography, notes, locator.spot(0))
    if direction:
        finished = directed(finished, direction)
    body = Body(
        with_classes(finished),
        plain_text(finished),
        tuple(Heading(int(m[1]), html.unescape(m[2]), plain_text(m[3])) for m in _HEADING.finditer(finished)),
        tuple(finishing.links),
        tuple(finishing.used.values()),
        tuple(map(html.unescape, finishing.ids)),
    )
    return body, tuple(notes.problems)


@dataclass(frozen=True, slots=True)
class RichLine:
    """A text of one line, such as a summary: clean HTML without a paragraph around it, and plain text."""

    html: str = ""
    text: str = ""
    links: tuple[TextLink, ...] = ()
    assets: tuple[Asset, ...] = ()
    """The files that it links to."""

    @property
    def markup(self) -> str:
        """Return the HTML where it says more than the plain text; else nothing."""
        return self.html if self.html != html.escape(self.text, quote=False) else ""


def parse_line(
    text: str,
    notes: Diagnostics,
    spot: Spot,
    *,
    engine: str = "markdown",
    address: str = "",
    direction: str = "",
    typography: str = "",
    at: Callable[[int], Spot] | None = None,
    assets: Mapping[PurePosixPath, Asset] = _NO_ASSETS,
) -> RichLine:
    """Turn the inline Markdown *text*, which begins at *spot*, into one line; problems go into *notes*.

    *address* is that of the page to which its relative links are relative; *at* gives the place of a
    character of the text, where that is known; *assets* are the files that it may link to.
    """
    whole = _in_one_line(text)
    note_blocks(whole, notes, spot)
    if not _NOT_PLAIN.search(whole) and "://" not in whole:
        plain = html.escape(whole, quote=False)
        if typography and TYPED.search(plain):
            plain = typeset(plain, typography, notes, spot)
            whole = plain_text(plain)
        return RichLine(directed(plain, direction) if direction else plain, whole)
    if not _afford(whole, notes, spot):
        return RichLine()
    place = at if at and whole == text else lambda _: spot
    locator = Locator(whole, 1)
    mine = Diagnostics(notes.path)
    converted = _convert(whole, mine, locator, _ENGINES[engine][1])
    if converted is None:
        notes.problems += _at(mine, place)
        return RichLine()
    _report_raw(converted, mine, locator)
    note_unfit(converted.html, mine, locator)
    finishing = _Finishing(mine, locator, assets, LinkBase(notes.path, address), line=True)
    finished = _finish(clean_line(converted.html), finishing)
    if typography:
        finished = typeset(finished, typography, notes, spot)
    if direction:
        finished = directed(finished, direction)
    notes.problems += _at(mine, place)
    links = tuple(link._replace(spot=place(link.spot[1] - 1)) for link in finishing.links)
    return RichLine(finished, plain_text(finished), links, tuple(finishing.used.values()))


def _afford(text: str, notes: Diagnostics, spot: Spot) -> bool:
    """Tell whether *text* can be read, too, after all other texts of its file; note the first that cannot."""
    before = notes.spent
    notes.spent += cost_of(text)
    if before <= MAX_COST < notes.spent:
        message = say("the texts of this file, up to this one, repeat '[' more often than can be read")
        hint = say("put a backslash before brackets that mean nothing")
        notes.add("TG405", message, spot, hint)
    return notes.spent <= MAX_COST


def plain_text(markup: str) -> str:
    """Return the text of *markup*, clean HTML, with single spaces and without the marks of footnotes."""
    if "footnote" in markup:
        markup = _FOOTNOTE_MARK.sub("", markup)
    return _in_one_line(html.unescape(_TAG.sub(" ", _INLINE_TAG.sub("", markup))))


def _in_one_line(text: str) -> str:
    """Return *text* with each run of white space as one space, but for spaces at which no line breaks."""
    return _BREAKING.sub(" ", text).strip()


def _at(notes: Diagnostics, place: Callable[[int], Spot]) -> list[Problem]:
    """Return the problems of *notes*, which are those of a line; *place* gives the place of a character."""
    moved = Diagnostics(notes.path)
    for problem in notes.problems:
        spot = place(problem.place.column - 1)
        moved.add(problem.code, problem.message, spot, problem.hint, level=problem.level)
    return moved.problems


def _convert(
    text: str, notes: Diagnostics, locator: Locator, convert: Callable[[str], Converted]
) -> Converted | None:
    """Let *convert* have *text*, unless it would take too long, or is nested too deep to be read."""
    if found := too_much(text):
        notes.add(found.code, found.message, locator.spot(found.start), found.hint)
        return None
    try:
        return convert(text)
    except RecursionError:
        hint = say("take lists, quotations and elements out of one another")
        notes.add("TG406", say("the text is nested deeper than can be read"), locator.spot(0), hint)
        return None


def _report_raw(converted: Converted, notes: Diagnostics, locator: Locator) -> None:
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
            message = say("the link was removed, because no text may link to '{scheme}:'", scheme=scheme)
            notes.add(
                "TG402", message, locator.next(typed, address, scheme), say("link to a web page, https://…")
            )


def _addresses(markup: str) -> list[str]:
    """Return what the links and pictures in *markup* lead to, as written there."""
    return [address for pattern in _ADDRESSES for address in pattern.findall(markup)]


def _spellings(tag: str, name: str) -> tuple[str, str]:
    """Return how an opening *tag* may stand in the source: as it was kept, or just beginning alike."""
    return tag, f"<{name}"


def _report_attributes(text: str, notes: Diagnostics, locator: Locator) -> None:
    """Note attributes in ``{: …}`` that cleaning takes out."""
    if "{" not in text:
        return
    for block in _ATTRIBUTE_LIST.finditer(locator.bare):
        noted: set[str] = set()
        for attribute in _LISTED_ATTRIBUTE.finditer(block[1]):
            if attribute[1].lower() not in _LISTABLE and attribute[1] not in noted:
                noted.add(attribute[1])
                spot = locator.spot(block.start(1) + attribute.start())
                message = say("the attribute {attribute!r} was removed", attribute=attribute[1])
                hint = say("those that stay are {listable}", listable=", ".join(sorted(_LISTABLE)))
                notes.add("TG401", message, spot, hint, level=Level.WARNING)


_LISTABLE: Final = frozenset({"class", "dir", "hreflang", "id", "lang", "title"})


def _finish(markup: str, finishing: _Finishing) -> str:
    """Put prefixes and markers into *markup*, which is clean, so that ``>`` stands nowhere but after tags."""
    if "<a" not in markup and "<img" not in markup and " id=" not in markup and " cite=" not in markup:
        return markup
    finished = _MARKED.sub(lambda found: _finished_tag(found, finishing), markup)
    return without_names(finished) if finishing.links else finished


def _finished_tag(found: re.Match[str], finishing: _Finishing) -> str:
    """Return one opening tag as the site needs it."""
    tag = found[1]
    attributes = {name: value for name, value in _PAIR.findall(found[2]) if value or name != "title"}
    if "id" in attributes:
        attributes["id"] = _own_id(attributes["id"], finishing)
    if tag == "img":
        return _picture(attributes, finishing)
    if is_own(attributes.get("cite", "")):
        _note_cite(attributes.pop("cite"), finishing)
    return _opening(tag, _linked(attributes, finishing) if tag == "a" else attributes)


def _linked(attributes: dict[str, str], finishing: _Finishing) -> dict[str, str]:
    """Return the *attributes* of a link, with the marker of its target."""
    href = html.unescape(attributes.get("href", ""))
    if href == "#":  # the top of the page
        return attributes
    if href.startswith("#"):
        return _within(href[1:], attributes, finishing)
    if fault := link_fault(href):
        spot = finishing.locator.next(href, attributes["href"])
        finishing.notes.add("TG402", fault[0], spot, fault[1])
        return attributes
    if (asset := _linked_asset(href, finishing)) is not None:
        return _to_asset(href, asset, attributes, finishing)
    key = _key(href, finishing)
    if not key:
        return attributes
    kept = _KEPT_ON_LINKS if is_own(href) else attributes.keys() - {"href"}
    return {"href": html.escape(key)} | {name: value for name, value in attributes.items() if name in kept}


def _linked_asset(href: str, finishing: _Finishing) -> Asset | None:
    """Return the file next to the text that the link *href* leads to; None where that is anything else."""
    if not finishing.assets or href.startswith("/"):
        return None
    name = unicodedata.normalize("NFC", unquote(href.partition("#")[0]))
    return finishing.assets.get(resolve(finishing.notes.path.parent, name))


def _to_asset(href: str, asset: Asset, attributes: dict[str, str], finishing: _Finishing) -> dict[str, str]:
    """Return the *attributes* of the link *href* to *asset*, without an address if that is not published."""
    if asset.kind in {REFUSED, BROKEN}:
        spot = finishing.locator.next(href)
        find_asset(unquote(href.partition("#")[0]), spot, finishing.notes, finishing.assets, kinds=SHOWN)
        return {name: value for name, value in attributes.items() if name != "href"}
    finishing.used[asset.path] = asset
    return attributes | _asset_link(asset, "".join(href.partition("#")[1:]))


def _asset_link(asset: Asset, fragment: str = "") -> dict[str, str]:
    """Return the attributes of a link to *asset*, or to a *fragment* of it, such as ``#page=3`` of a PDF.

    What a page says of it is among them, unless it is a picture.
    """
    about = {} if asset.kind == PICTURE else {ABOUT_FILE: f"{label_of(asset.path)} {asset.size}"}
    return {"href": f"{FILE_MARKER}{html.escape(f'{asset.address}{fragment}')}", **about}


_KEPT_ON_LINKS: Final = frozenset({"title", "lang", "dir"})


def _within(anchor: str, attributes: dict[str, str], finishing: _Finishing) -> dict[str, str]:
    """Return the *attributes* of a link to the id *anchor* of the text itself; a line has none of its own."""
    if role := _FOOTNOTE_ROLES.get(attributes.get("class", "")):
        return attributes | {"href": f"#{html.escape(own_id(anchor))}", "role": role}
    if finishing.line:
        key = own_heading(anchor, finishing.base)
        finishing.links.append(TextLink(key, finishing.locator.next(f"#{anchor}"), f"#{anchor}"))
        return attributes | {"href": html.escape(key)}
    finishing.headings.append((anchor, finishing.locator.next(f"#{anchor}")))
    return attributes | {"href": f"#{html.escape(own_id(anchor))}"}


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
        return own_id(value)
    message = say(
        "the id {value!r} stands twice in this text, and links to it find the first one only", value=value
    )
    spot = finishing.locator.next(html.unescape(value))
    finishing.notes.add("TG410", message, spot, say("give one of the two another id"), level=Level.WARNING)
    return f"{own_id(value)}-{count}"


def _key(href: str, finishing: _Finishing) -> str:
    """Note where the link *href* leads, and return its key; empty where it leads out of the site."""
    try:
        key = link_key(href, finishing.base)
    except ValueError as error:
        hint = say("link to a file in content/articles, events or pages, by its path from this file")
        message = say(
            "{href!r} leads to {error}, which is no article and no page of the site", href=href, error=error
        )
        finishing.notes.add("TG526", message, finishing.locator.next(href), hint)
        return ""
    if key:
        spot = finishing.locator.next(href)
        if not is_own(href) or check_name(key, spot, finishing.notes):
            finishing.links.append(TextLink(key, spot, href))
    return key


def _note_cite(cite: str, finishing: _Finishing) -> None:
    """Note that a quotation names something of the site as its source."""
    spot = finishing.locator.next(html.unescape(cite))
    message = say("the attribute 'cite' was removed, because no reader sees where it leads")
    finishing.notes.add("TG401", message, spot, say("link to it in the text"), level=Level.WARNING)


_KEPT_ON_PICTURES: Final = frozenset({"id", "class", "title", "lang", "dir"})


def _picture(attributes: dict[str, str], finishing: _Finishing) -> str:
    """Return the tag of a picture, with its size and its address in the site."""
    if "src" not in attributes:  # it was taken out, and that has been noted
        return attributes.get("alt", "")
    typed = html.unescape(attributes["src"])
    spot = finishing.locator.next(typed)
    asset = find_asset(unquote(typed), spot, finishing.notes, finishing.assets, kinds=PLAYED)
    if asset is not None and asset.kind != PICTURE:
        finishing.used[asset.path] = asset
        return _player(asset, attributes.get("alt", ""))
    if not attributes.get("alt", "").strip():
        note_missing_alt(finishing.notes, spot)
    if asset is None:
        return html.escape(html.unescape(attributes.get("alt", "")))
    finishing.used[asset.path] = asset
    kept = {name: value for name, value in attributes.items() if name in _KEPT_ON_PICTURES}
    return _opening(
        "img",
        {
            "src": f"{FILE_MARKER}{html.escape(str(asset.address))}",
            "alt": attributes.get("alt", ""),
            "width": str(asset.width),
            "height": str(asset.height),
            **({"data-webp": ""} if asset.has_webp else {}),
            "loading": "lazy",
            **kept,
        },
    )


def _player(asset: Asset, name: str) -> str:
    """Return what plays *asset*, a film or a sound called *name*, and a link to it."""
    tag, size = "audio", {}
    if asset.kind == FILM:
        tag, size = "video", {"width": str(asset.width), "height": str(asset.height)}
    source = f"{FILE_MARKER}{html.escape(str(asset.address))}"
    label = {"aria-label": name} if name.strip() else {}
    player = _opening(tag, {"src": source, "controls": "", "preload": "metadata", **size, **label})
    link = _opening("a", _asset_link(asset))
    return f"{player}</{tag}> {link}{name.strip() or html.escape(asset.path.name)}</a>"
