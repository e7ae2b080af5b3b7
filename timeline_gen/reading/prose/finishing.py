"""Clean HTML with the prefixes and markers that pages resolve: of ids, links and files of the site."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from timeline_gen.errors import Level
from timeline_gen.messages import say
from timeline_gen.model.assets import Asset
from timeline_gen.model.links import TextLink
from timeline_gen.model.texts import Position
from timeline_gen.reading.assets.finding import (
    PLAYED,
    SHOWN,
    find_asset,
    is_elsewhere,
    note_missing_alt,
    resolve,
)
from timeline_gen.reading.assets.kinds import BROKEN, FILM, PICTURE, REFUSED, label_of
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.cleaning import link_fault
from timeline_gen.reading.prose.heading_ids import own_id
from timeline_gen.reading.prose.link_faults import check_name
from timeline_gen.reading.prose.locating import Locator
from timeline_gen.reading.prose.text_links import LinkBase, is_own, link_key, own_heading, without_names

FILE_MARKER: Final = "site:"
ABOUT_FILE: Final = "data-file"
"""The attribute of a link to a file that holds its kind and its size in bytes; pages word them."""
HAS_WEBP: Final = ' data-webp=""'
"""What marks the tag of a picture that is offered as WebP, too, behind its height."""
_MARKED: Final = re.compile(r"<(img|a|[a-z][a-z0-9]*(?=[^>]* (?:id|cite)=))\b([^>]*)>")
_PAIR: Final = re.compile(r'([a-z-]+)="([^"]*)"')


@dataclass(slots=True)
class Finishing:
    """What is at hand while the clean HTML of one text is finished."""

    diagnostics: Diagnostics
    locator: Locator
    assets: Mapping[PurePosixPath, Asset]
    base: LinkBase
    line: bool = False
    """Whether the text is a line, which has no headings of its own."""
    ids: Counter[str] = field(default_factory=Counter)
    links: list[TextLink] = field(default_factory=list)
    headings: list[tuple[str, Position]] = field(default_factory=list)
    """The ids that links inside the text lead to, each with its place."""
    used: dict[PurePosixPath, Asset] = field(default_factory=dict)


def finish(markup: str, finishing: Finishing) -> str:
    """Put prefixes and markers into *markup*, which is clean, so that ``>`` occurs only after tags."""
    if "<a" not in markup and "<img" not in markup and " id=" not in markup and " cite=" not in markup:
        return markup
    finished = _MARKED.sub(lambda found: _finished_tag(found, finishing), markup)
    return without_names(finished) if finishing.links else finished


def _finished_tag(found: re.Match[str], finishing: Finishing) -> str:
    """Return one opening tag as the site needs it."""
    tag = found[1]
    # Python-Markdown leaves title="" at the links back from footnotes, once its English words are out.
    attributes = {name: value for name, value in _PAIR.findall(found[2]) if value or name != "title"}
    if "id" in attributes:
        attributes["id"] = _own_id(attributes["id"], finishing)
    if tag == "img":
        return _picture(attributes, finishing)
    if is_own(attributes.get("cite", "")):
        _note_cite(attributes.pop("cite"), finishing)
    return _opening(tag, _linked(attributes, finishing) if tag == "a" else attributes)


def _linked(attributes: dict[str, str], finishing: Finishing) -> dict[str, str]:
    """Return the *attributes* of a link, with the marker of its target."""
    href = html.unescape(attributes.get("href", ""))
    if href == "#":  # the top of the page
        return attributes
    if href.startswith("#"):
        return _within(href[1:], attributes, finishing)
    if fault := link_fault(href):
        position = finishing.locator.next(href, attributes["href"])
        finishing.diagnostics.add("TG402", fault[0], position, fault[1])
        return attributes
    if (asset := _linked_asset(href, finishing)) is not None:
        return _to_asset(href, asset, attributes, finishing)
    key = _key(href, finishing)
    if not key:
        return attributes
    kept = _KEPT_ON_LINKS if is_own(href) else attributes.keys() - {"href"}
    return {"href": html.escape(key)} | {name: value for name, value in attributes.items() if name in kept}


def _linked_asset(href: str, finishing: Finishing) -> Asset | None:
    """Return the file next to the text that the link *href* leads to; None where that is anything else."""
    name = unicodedata.normalize("NFC", unquote(href.partition("#")[0]))
    if not name or name.startswith("/") or is_elsewhere(href):
        return None
    return finishing.assets.get(resolve(finishing.diagnostics.path.parent, name))


def _to_asset(href: str, asset: Asset, attributes: dict[str, str], finishing: Finishing) -> dict[str, str]:
    """Return the *attributes* of the link *href* to *asset*, without an address if that is not published."""
    if asset.kind in {REFUSED, BROKEN}:
        position = finishing.locator.next(href)
        find_asset(
            unquote(href.partition("#")[0]), position, finishing.diagnostics, finishing.assets, kinds=SHOWN
        )
        return {name: value for name, value in attributes.items() if name != "href"}
    finishing.used[asset.path] = asset
    return attributes | _asset_link(asset, "".join(href.partition("#")[1:]))


def _asset_link(asset: Asset, fragment: str = "") -> dict[str, str]:
    """Return the attributes of a link to *asset*, or to a *fragment* of it, such as ``#page=3`` of a PDF.

    What a page shows of it is among them, unless it is a picture.
    """
    about = {} if asset.kind == PICTURE else {ABOUT_FILE: f"{label_of(asset.path)} {asset.size}"}
    return {"href": f"{FILE_MARKER}{html.escape(f'{asset.address}{fragment}')}", **about}


_KEPT_ON_LINKS: Final = frozenset({"title", "lang", "dir"})


def _within(anchor: str, attributes: dict[str, str], finishing: Finishing) -> dict[str, str]:
    """Return the *attributes* of a link to the id *anchor* of the text itself; a line has none of its own."""
    # By its class this is a link that the library made, and so is what it leads to.
    if role := _FOOTNOTE_ROLES.get(attributes.get("class", "")):
        return attributes | {"href": f"#{html.escape(own_id(anchor))}", "role": role}
    # A summary is shown on other pages than its own, where the id does not exist.
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


def _own_id(value: str, finishing: Finishing) -> str:
    """Return the id *value* with its prefix; the second of two equal ones gets a number and a problem."""
    finishing.ids[value] += 1
    count = finishing.ids[value]
    if count == 1:
        return own_id(value)
    message = say(
        "the id {value!r} is twice in this text, and links to it find the first one only", value=value
    )
    position = finishing.locator.next(html.unescape(value))
    finishing.diagnostics.add(
        "TG410", message, position, say("give one of the two another id"), level=Level.WARNING
    )
    return f"{own_id(value)}-{count}"


def _key(href: str, finishing: Finishing) -> str:
    """Note where the link *href* leads, and return its key; empty where it leads out of the site."""
    try:
        key = link_key(href, finishing.base)
    except ValueError as error:
        hint = say("link to a file in content/articles, events or pages, by its path from this file")
        message = say(
            "{href!r} leads to {error}, which is no article and no page of the site", href=href, error=error
        )
        finishing.diagnostics.add("TG526", message, finishing.locator.next(href), hint)
        return ""
    if key:
        position = finishing.locator.next(href)
        if not is_own(href) or check_name(key, position, finishing.diagnostics):
            finishing.links.append(TextLink(key, position, href))
    return key


def _note_cite(cite: str, finishing: Finishing) -> None:
    """Note that a quotation names something of the site as its source."""
    position = finishing.locator.next(html.unescape(cite))
    message = say("the attribute 'cite' was removed, because no reader sees where it leads")
    finishing.diagnostics.add("TG401", message, position, say("link to it in the text"), level=Level.WARNING)


def _nameless(alt: str, finishing: Finishing) -> str:
    """Note a picture without an address, and return its text *alt*, which is shown in its place."""
    finishing.diagnostics.add(
        "TG403",
        say("this picture has no address"),
        finishing.locator.next(f"![{alt}]"),
        say("write the name of its file: ![words](bridge.jpg)"),
    )
    return html.escape(alt)


_KEPT_ON_PICTURES: Final = frozenset({"id", "class", "title", "lang", "dir"})


def _picture(attributes: dict[str, str], finishing: Finishing) -> str:
    """Return the tag of a picture, with its size and its address in the site."""
    if "src" not in attributes:  # it was taken out, and that has been noted
        return attributes.get("alt", "")
    typed = html.unescape(attributes["src"])
    if not typed.strip():
        return _nameless(html.unescape(attributes.get("alt", "")), finishing)
    position = finishing.locator.next(typed)
    asset = find_asset(unquote(typed), position, finishing.diagnostics, finishing.assets, kinds=PLAYED)
    if asset is not None and asset.kind != PICTURE:
        finishing.used[asset.path] = asset
        return _player(asset, attributes.get("alt", ""))
    if not attributes.get("alt", "").strip():
        note_missing_alt(finishing.diagnostics, position)
    if asset is None:
        return html.escape(html.unescape(attributes.get("alt", "")))
    finishing.used[asset.path] = asset
    kept = {name: value for name, value in attributes.items() if name in _KEPT_ON_PICTURES}
    return _opening(
        "img",
        {
            "src": f"{FILE_MARKER}{html.escape(str(asset.address))}",
            "alt": attributes.get("alt", ""),
            # The size is that of the file, not what its author typed, so that no line moves when it comes.
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
