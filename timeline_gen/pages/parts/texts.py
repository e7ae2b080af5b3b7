"""Texts of articles and pages, as the page that shows them has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.model.bodies import Body
from timeline_gen.model.links import LinkTarget
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.links import resolved
from timeline_gen.pages.parts.widths import with_widths
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.events import summary_card
from timeline_gen.reading.prose.finishing import HAS_WEBP
from timeline_gen.rendering.view_models import EventCard

_SITE_FILE: Final = re.compile(r'(?P<tag><(?:img|video|audio)) src="site:')


def resolved_body(html: str, page: TemplatePage, targets: Iterable[LinkTarget], own: str = "") -> str:
    """Return the text *html* with its links, which lead to *targets*, and its pictures as *page* shows them.

    It is in the language *own*, else in that of the page.
    """
    root = addresses.root_of(page.address())
    linked = resolved(html, targets, page.lang, page.site, own)
    return with_files(with_widths(linked, root), root)


def with_files(html: str, root: str) -> str:
    """Return *html* with the addresses of its pictures, films and sounds, which follow *root*."""
    html = html.replace(HAS_WEBP, "")
    return _SITE_FILE.sub(lambda found: f'{found["tag"]} src="{escape(root)}', html)


def linked_events(
    body: Body, targets: Iterable[LinkTarget], events: Iterable[EventSummary], lang: str, site: SiteContext
) -> tuple[EventCard, ...]:
    """Return those of *events* that *body* links to, each once, as found in *targets*."""
    names = {target.key: target.name for target in targets if target.kind == "event"}
    known = {event.id: event for event in events}
    linked = dict.fromkeys(names[link.to] for link in body.links if link.to in names)
    return tuple(summary_card(known[name], lang, site) for name in linked if name in known)
