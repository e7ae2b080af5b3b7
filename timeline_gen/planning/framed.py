"""Pages to stand in frames on other sites: an event, or a timeline, with what leads to the whole of it.

They are made for readers of those sites, not for search engines. A long timeline is shown by its most
important events: a frame is no place for a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from typing import Final

from timeline_gen.collecting.chronicle import Chronicle, Event, Face, Faces
from timeline_gen.model import Body, digest_of
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import entity_link, event_card, face_card
from timeline_gen.planning.heads import framed_head
from timeline_gen.planning.pages import Page, PageKind, Shows, Span
from timeline_gen.planning.parts import Snippet
from timeline_gen.planning.records import home_of
from timeline_gen.planning.site import Site
from timeline_gen.planning.surroundings import Words
from timeline_gen.planning.things import Shown, Thing, alike, pages_of, speaking, visible
from timeline_gen.planning.timelines import Cast
from timeline_gen.planning.views import EmbedView

FEW: Final = 100
"""How many events a frame shows at most."""
_HEIGHTS: Final = {True: 320, False: 560}
"""How high a frame is to be, in pixels: of an event, and of a timeline."""


def embed_pages(chronicle: Chronicle, faces: Faces, casts: Sequence[Cast], site: Site) -> Iterator[Page]:
    """Yield a page for frames of every event and every timeline of the site."""
    yield from _timeline_pages(tuple(faces.values()), site, Shows(), addresses.timeline)
    for one in casts:
        if one.events:
            about = Shows(entity=one.entity, taxonomy=one.taxonomy)
            home = partial(addresses.entity, key=one.taxonomy, entity_id=one.entity.id)
            yield from _timeline_pages(one.events, site, about, home)
    for event in chronicle.events:
        yield from _event_pages(event, site)


def _event_pages(event: Event, site: Site) -> Iterator[Page]:
    langs = tuple([lang for lang in site.languages if lang in event.titles or not site.hides])
    shown = (Shows(event=event), (event.digest,), "")

    home = partial(addresses.event, event_id=event.id)
    yield from pages_of(Thing(PageKind.EMBED, partial(_framed, home), langs, langs), site, lambda _: shown)


def _timeline_pages(
    events: Sequence[Face], site: Site, about: Shows, home: Callable[[str], str]
) -> Iterator[Page]:
    langs = speaking(events, site) if about.entity else tuple(site.languages)

    def shown(lang: str) -> Shown:
        inside = visible(events, lang, site)
        span = Span(events=most_important(inside), total=len(inside))
        digests = [event.digest + event.id.encode() for event in span.events]
        said = repr((about.entity and about.entity.digest, span.total)).encode()
        return about._replace(span=span), (said, digest_of(*digests)), ""

    yield from pages_of(Thing(PageKind.EMBED, partial(_framed, home), langs, langs), site, alike(shown, site))


def most_important(events: Sequence[Face]) -> tuple[Face, ...]:
    """Return the most important of *events*, at most :data:`FEW`, in their order."""
    ranked = sorted(range(len(events)), key=lambda number: (-events[number].importance, number))
    return tuple(events[number] for number in sorted(ranked[:FEW]))


def embed(page: Page, site: Site, _: Body) -> EmbedView:
    """Return the page that shows an event or a timeline in a frame."""
    lang, event, span = page.lang, page.shows.event, page.shows.span
    home = _home(page)
    card = event_card(event, lang, site) if event else None
    title = card.title if card else _title(page, site)
    return EmbedView(
        frame=site.frames[lang],
        head=framed_head(page, site, title if card or page.shows.entity else None, home),
        title=title,
        home=home,
        event=card,
        events=tuple(face_card(one, lang, site) for one in span.events),
        total=span.total,
    )


def _title(page: Page, site: Site) -> Words:
    entity = page.shows.entity
    return entity_link(entity, page.lang, site).words if entity else site.frames[page.lang].site_title


def _framed(home: Callable[[str], str], lang: str) -> str:
    """Return where what stands at *home* has its page for frames."""
    return embed_address(home(lang), lang)


def embed_address(home: str, lang: str) -> str:
    """Return the address of the page for frames of what stands at *home*, in *lang*.

    It has no folder of its own, as nobody types it: every event has one, and folders take room and time.
    """
    return f"{lang}/embed/{home.removeprefix(f'{lang}/').rstrip('/') or 'timeline'}.html"


def _home(page: Page) -> str:
    """Return the address of what the page for frames shows."""
    if page.shows.event:
        return addresses.event(page.lang, page.shows.event.id)
    return home_of(page)


def snippet(home: str, title: Words, lang: str, site: Site, *, one: bool) -> Snippet:
    """Return what others copy to show what stands at *home*: *one* event, or a timeline."""
    url = addresses.absolute(site.settings.url, embed_address(home, lang))
    code = (
        f'<iframe src="{escape(url)}" title="{escape(title.text)}" lang="{title.lang}" width="100%"'
        f' height="{_HEIGHTS[one]}" loading="lazy"></iframe>'
    )
    return Snippet(url, code)
