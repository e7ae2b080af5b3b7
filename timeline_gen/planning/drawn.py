"""Pictures that are drawn for links to pages, where ``fonts:`` names a font for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from timeline_gen.collecting.chronicle import Chronicle
from timeline_gen.model import Body
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import date_view, entity_link, stamp_view
from timeline_gen.planning.file_views import CardView
from timeline_gen.planning.pages import Page, PageKind, Shows
from timeline_gen.planning.parts import DateView
from timeline_gen.planning.site import Site
from timeline_gen.planning.social import has_cards
from timeline_gen.planning.surroundings import Words
from timeline_gen.planning.things import Thing, pages_of, speaking
from timeline_gen.planning.timelines import Cast

_COLOURS: Final = {"paper": "#fbf7ef", "ink": "#211d18", "accent": "#a3271a"}
_PLAIN_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
"""Others, such as ``oklch()``, only browsers can draw."""


def drawn_pages(chronicle: Chronicle, casts: Sequence[Cast], site: Site) -> Iterator[Page]:
    """Yield a picture for each timeline, event and article of the site, if it has a font for them."""
    if not has_cards(site):
        return
    everywhere = tuple(site.languages)
    yield from _drawn(addresses.timeline, everywhere, site, Shows(), b"")
    for event in chronicle.events:
        home = partial(addresses.event, event_id=event.id)
        yield from _drawn(home, speaking([event], site), site, Shows(event=event), event.digest)
    for story in chronicle.stories:
        home = partial(addresses.article, slug=story.slug)
        yield from _drawn(home, tuple(story.versions), site, Shows(story=story), story.digest)
    for one in casts:
        home = partial(addresses.entity, key=one.taxonomy, entity_id=one.entity.id)
        shows = Shows(entity=one.entity, taxonomy=one.taxonomy)
        langs = speaking(one.events, site) if one.events else ()
        yield from _drawn(home, langs, site, shows, one.entity.digest)


def _drawn(
    home: Callable[[str], str], langs: tuple[str, ...], site: Site, shows: Shows, digest: bytes
) -> Iterator[Page]:
    def shown(_: str) -> tuple[Shows, Iterable[bytes], str]:
        return shows, (digest,), ""

    def address(lang: str) -> str:
        return f"{home(lang)}{PageKind.CARD.value}"

    yield from pages_of(Thing(PageKind.CARD, address, langs, langs), site, shown)


def drawn(page: Page, site: Site, _: Body) -> CardView:
    """Return what the picture for links to a page shows."""
    title, label, foot = _said(page, site)
    colours = {name: _colour(name, site) for name in _COLOURS}
    return CardView(title, label, foot, **colours)


def _said(page: Page, site: Site) -> tuple[Words, Words | None, Words | None]:
    """Return the title of what the picture stands for, what stands above it, and what at its foot."""
    shows, lang, frame = page.shows, page.lang, site.frames[page.lang]
    language = site.languages[lang]
    if shows.event:
        when = date_view(shows.event.when, language, site, shows.event.date_texts)
        return site.words(shows.event.titles, lang), _words(when, lang, site), frame.site_title
    if shows.story:
        day = stamp_view(shows.story.brief.published, language, site)
        label = _words(day, lang, site) if day else None
        return site.words(shows.story.brief.titles, lang), label, frame.site_title
    if shows.entity:
        return entity_link(shows.entity, lang, site).words, None, frame.site_title
    return frame.site_title, None, frame.site_description


def _words(date: DateView, lang: str, site: Site) -> Words:
    return date.instead or Words(date.text, lang, site.languages[lang].direction)


def _colour(name: str, site: Site) -> str:
    own = site.settings.colours.get(name, "")
    return own if _PLAIN_COLOUR.fullmatch(own) else _COLOURS[name]
