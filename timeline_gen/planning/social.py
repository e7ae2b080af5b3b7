"""How a link to a page is shown elsewhere: OpenGraph and Twitter cards."""

from __future__ import annotations

from typing import Final

from timeline_gen.planning import addresses
from timeline_gen.planning.moments import moment
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.planning.parts import MediaView
from timeline_gen.planning.site import Site
from timeline_gen.planning.surroundings import SocialCard, Words

_NOT_SHOWN: Final = frozenset({PageKind.NOT_FOUND, PageKind.CHOICE, PageKind.REDIRECT})
_DRAWN: Final = frozenset({PageKind.TIMELINE, PageKind.EVENT, PageKind.ARTICLE, PageKind.ENTITY})
CARD_SIZE: Final = (1200, 630)
_VECTOR: Final = ".svg"
"""Pictures of this kind are not shown by any of those who show cards."""


def card_of(
    page: Page, site: Site, title: Words | None, description: str, media: MediaView | None = None
) -> SocialCard | None:
    """Return how a link to *page*, called *title*, is shown elsewhere, or like the site.

    Where no picture is drawn for it, *media* is shown, if that is a picture of the site.
    """
    if page.kind in _NOT_SHOWN:
        return None
    frame, story, event = site.frames[page.lang], page.shows.story, page.shows.event
    about = frame.site_description.text if frame.site_description else ""
    last = story.brief.last if story else None
    if event:
        last = max((told.brief for told in event.tellings), key=lambda brief: brief.stamp).last
    drawn = has_cards(site) and page.kind in _DRAWN and not page.shows.span.year
    named = (title or frame.site_title).text
    image, width, height, alt = "", 0, 0, ""
    if drawn:
        (width, height), alt = CARD_SIZE, named
        image = addresses.absolute(site.settings.url, f"{page.address}{PageKind.CARD.value}")
    elif media and _is_shown(media):
        width, height, alt = media.width, media.height, media.alt
        image = addresses.absolute(site.settings.url, media.href)
    return SocialCard(
        kind="article" if story or event else "website",
        title=named,
        description=description or about,
        locale=_locale(page.lang),
        locales=tuple(_locale(lang) for lang, _ in page.alternates if lang != page.lang),
        published=moment(story.brief.published) if story and story.brief.published else "",
        changed=moment(last) if last else "",
        image=image,
        width=width,
        height=height,
        alt=alt,
    )


def has_cards(site: Site) -> bool:
    """Tell whether pictures are drawn for links: where ``fonts:`` names a file for them."""
    return "card" in site.settings.fonts


def _locale(lang: str) -> str:
    """Return *lang* as OpenGraph writes locales."""
    return lang.replace("-", "_")


def _is_shown(media: MediaView) -> bool:
    return bool(media.href) and not media.href.endswith(_VECTOR)
