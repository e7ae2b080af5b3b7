"""The text of an event's own file, as pages, feeds and files of one timeline show it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from timeline_gen.model.bodies import Body
from timeline_gen.model.links import LinkTarget
from timeline_gen.pages.page import Bodies, TemplatePage
from timeline_gen.pages.parts.links import absolute, resolved
from timeline_gen.pages.parts.texts import resolved_body, with_files
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.layout import Rich


class EventText(NamedTuple):
    """A text that is kept apart, in the language it is written in."""

    body: str
    """Its hash."""
    lang: str
    targets: tuple[LinkTarget, ...]
    """Where its links lead."""


_TAG: Final = re.compile(r"<[a-z][^<>]*>")
_ID: Final = re.compile(r'(?P<before>\s(?:id="|href="#))(?P<id>[^"]*)"')


def shown_text(text: EventText | None, bodies: Bodies, page: TemplatePage) -> Rich | None:
    """Return *text*, which *bodies* has, as *page* shows it; None where it is not lent, or empty."""
    body = bodies.get(text.body) if text else None
    if text is None or body is None:
        return None
    return _rich(resolved_body(body.html, page, text.targets, text.lang), body, text, page.site)


def shown_texts(texts: Mapping[str, EventText], bodies: Bodies, page: TemplatePage) -> dict[str, Rich]:
    """Return *texts*, by event, as one *page* shows all of them: with ids that are no other text's."""
    found = ((event, shown_text(text, bodies, page)) for event, text in texts.items())
    return {event: replace(text, html=_with_ids(text.html, event)) for event, text in found if text}


def fed_text(text: EventText | None, bodies: Bodies, lang: str, site: SiteContext) -> Rich | None:
    """Return *text* as a feed in *lang* shows it: its links and pictures lead to the site from anywhere."""
    body = bodies.get(text.body) if text else None
    if text is None or body is None:
        return None
    html = absolute(resolved(body.html, text.targets, lang, site, text.lang), site.url)
    return _rich(with_files(html, site.url), body, text, site)


def text_hashes(texts: Mapping[str, EventText]) -> tuple[str, ...]:
    """Return the hashes of *texts*, each once."""
    return tuple(dict.fromkeys(text.body for text in texts.values()))


def _rich(html: str, body: Body, text: EventText, site: SiteContext) -> Rich:
    return Rich(html, body.text, text.lang, site.languages[text.lang].direction)


def _with_ids(html: str, event: str) -> str:
    """Return *html* with the *event* and a colon, which no id of an event has, ahead of all ids and links."""

    def own(match: re.Match[str]) -> str:
        return f'{match["before"]}text-{event}:{match["id"]}"'

    return _TAG.sub(lambda tag: _ID.sub(own, tag[0]), html)
