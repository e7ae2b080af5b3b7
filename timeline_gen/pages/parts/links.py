"""Links in texts, and to events, resolved: the one place that knows where they lead on a page of a language.

A link leads to the version in the page's language, else to the first that exists, and then shows in which
language that is. What is held back is plain text. Links inside the site begin with a marker, in whose
place comes what leads from a page to the site's root, or the address of the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.collecting.link_targets import PLACE
from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.settings import Language
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.grouping import bucket_of
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.files import saved_as
from timeline_gen.reading.prose.finishing import ABOUT_FILE
from timeline_gen.reading.prose.heading_ids import own_id
from timeline_gen.rendering.site_links import OPENING
from timeline_gen.text.content_types import type_of
from timeline_gen.text.sizes import size_text

_LINK: Final = re.compile(
    r'<a href="(?P<key>(?:event|article|page|entity|path):[^"]*)"(?P<rest>[^>]*)>(?P<text>.*?)</a>', re.DOTALL
)
_FILE: Final = re.compile(
    rf'{OPENING}(?P<address>[^"]*)"(?P<before>[^>]*?) {ABOUT_FILE}="(?P<about>[^"]*)"(?P<rest>[^>]*)>'
    r"(?P<text>.*?)</a>",
    re.DOTALL,
)
_HIDDEN: Final = "…"
"""In place of an autolink to what is held back, whose text is its target."""


def resolved(html: str, targets: Iterable[LinkTarget], lang: str, site: SiteContext, own: str = "") -> str:
    """Return *html*, a text in the language *own*, with its links as a page in *lang* has them.

    *targets* are those of its links, by their keys; without *own* the text is in the language of the page.
    """
    if '<a href="' not in html:
        return html
    html = _with_files(html, site.languages.get(own or lang) or site.languages[lang])
    known = {target.key: target for target in targets}
    written = site.languages.get(own or lang)

    def link(match: re.Match[str]) -> str:
        key = unescape(match["key"])
        target = known.get(key)
        if target is None or not target.langs:
            return match["text"] or _HIDDEN
        return _link(target, lang, site.home, rest=match["rest"], text=match["text"], written=written)

    return _LINK.sub(link, html)


def _with_files(html: str, language: Language) -> str:
    """Return *html* with the kind and the size of each file after the link to it, in *language*."""

    def link(match: re.Match[str]) -> str:
        address = PurePosixPath(unescape(match["address"]).partition("#")[0])
        label, size = match["about"].split()
        name, kind = saved_as(address), type_of(str(address)).partition(";")[0]
        saved = f' download="{escape(name)}"' if name else ""
        opening = f'{OPENING}{match["address"]}"{match["before"]} type="{kind}"{saved}{match["rest"]}>'
        worded = f'<bdi dir="{language.direction}">{size_text(int(size), language)}</bdi>'
        about = f'<span class="about-file">(<bdi>{label}</bdi>&nbsp;· {worded})</span>'
        return f"{opening}{match['text']}</a> {about}"

    return _FILE.sub(link, html) if f" {ABOUT_FILE}=" in html else html


def absolute(html: str, url: str) -> str:
    """Return *html* with its resolved links as addresses of the site at *url*."""
    opening = re.escape(OPENING)

    def link(match: re.Match[str]) -> str:
        path, mark, fragment = unescape(match[1]).partition("#")
        return f'<a href="{escape(addresses.absolute(url, path) + mark + fragment)}"'

    return re.sub(rf'{opening}([^"]*)"', link, html)


def address_of(target: LinkTarget, lang: str, at_home: str) -> str:
    """Return the address of *target* in *lang*, with what follows it; *at_home* is the site's home."""
    fragment = target.tail.partition("#")[2]
    tail = target.tail
    # An event's page shows the text of another language where it has none in its own.
    if fragment and target.anchored and (lang in target.anchored or target.kind == "event"):
        tail = tail.replace(f"#{fragment}", f"#{own_id(fragment)}")
    if target.kind == "event" and target.section == PLACE:
        return addresses.place(addresses.timeline(lang, at_home), target.name)
    return _place(target, lang, at_home) + tail


def _place(target: LinkTarget, lang: str, at_home: str) -> str:
    match target.kind:
        case "event":
            return addresses.event(lang, target.name)
        case "article":
            return addresses.article(lang, target.name)
        case "page":
            return addresses.plain_page(lang, target.name, at_home)
        case "entity":
            return addresses.entity(lang, target.section, target.name)
        case "list":
            articles = target.name == f"{addresses.ARTICLES}/"
            return addresses.articles(lang, at_home) if articles else f"{addresses.home(lang)}{target.name}"
        case _:
            return target.name


def _link(
    target: LinkTarget, lang: str, at_home: str, *, rest: str, text: str, written: Language | None
) -> str:
    found = lang if lang in target.langs else target.langs[0]
    kind = ' class="event-link"' if target.kind == "event" and " class=" not in rest else ""
    foreign = "" if found == lang or " hreflang=" in rest else f' hreflang="{found}"'
    inside = text or escape(target.name)
    if found != lang and " lang=" not in rest:
        # The link is to a page in another language; its words are in the text's own.
        foreign += f' lang="{found}"'
        if written and written.code != found:
            inside = f'<span lang="{written.code}" dir="{written.direction}">{inside}</span>'
    href = escape(address_of(target, found, at_home))
    return f'{OPENING}{href}"{kind}{rest}{foreign}>{inside}</a>'


def event_address(event: EventSummary, lang: str, site: SiteContext) -> str:
    """Return the address inside the site that links in *lang* to *event* lead to."""
    if event.has_page:
        return addresses.event(lang, event.id)
    bucket = bucket_of(event.when) if lang in site.year_pages else None
    return addresses.place(addresses.timeline(lang, site.home, bucket.year if bucket else ""), event.id)


def event_url(event: EventSummary, lang: str, site: SiteContext) -> str:
    """Return the same as an address of the web."""
    return addresses.absolute(site.url, event_address(event, lang, site))
