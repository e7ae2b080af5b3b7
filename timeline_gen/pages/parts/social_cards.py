"""How a link to a page is shown elsewhere: OpenGraph and Twitter cards."""

from __future__ import annotations

from typing import Final, NamedTuple

from timeline_gen.model.events import Stamp
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.rendering.layout import SocialCard, Words
from timeline_gen.rendering.view_models import MediaView

IMAGE: Final = "card.png"
"""The name of the file with the picture that is drawn for links to a page, in the page's folder."""
IMAGE_SIZE: Final = (1200, 630)
_VECTOR: Final = ".svg"
"""Pictures of this kind are not shown by any of those who show cards."""


class Social(NamedTuple):
    """What a page adds to its social card."""

    kind: str = "website"
    published: Stamp | None = None
    changed: Stamp | None = None
    drawn: bool = False
    """Whether pages of this kind have a picture drawn for links to them, where the site has such."""


def social_card(
    page: TemplatePage, social: Social, title: Words | None, description: str, media: MediaView | None = None
) -> SocialCard:
    """Return how a link to *page*, called *title*, is shown elsewhere, or like the site.

    Where no picture is drawn for it, *media* is shown, if that is a picture of the site.
    """
    layout, url = page.layout, page.site.url
    about = layout.site_description.text if layout.site_description else ""
    named = (title or layout.site_title).text
    image, width, height, alt = "", 0, 0, ""
    if social.drawn and page.head.social_images:
        (width, height), alt = IMAGE_SIZE, named
        image = addresses.absolute(url, f"{page.address()}{IMAGE}")
    elif media and _is_shown(media):
        width, height, alt = media.width, media.height, media.alt
        image = addresses.absolute(url, media.href)
    return SocialCard(
        kind=social.kind,
        title=named,
        description=description or about,
        locale=_locale(page.lang),
        locales=tuple(_locale(lang) for lang, _ in page.versions.alternates if lang != page.lang),
        published=date_time(social.published) if social.published else "",
        changed=date_time(social.changed) if social.changed else "",
        image=image,
        width=width,
        height=height,
        alt=alt,
    )


def _locale(lang: str) -> str:
    """Return *lang* as OpenGraph writes locales."""
    return lang.replace("-", "_")


def _is_shown(media: MediaView) -> bool:
    return bool(media.href) and not media.href.endswith(_VECTOR)
