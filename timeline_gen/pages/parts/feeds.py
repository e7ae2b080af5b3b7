"""What the feeds of articles and of events have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from timeline_gen.collecting.timeline import ArticleSummary, EventSummary
from timeline_gen.model.assets import Asset, Attachment, Media
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import NEVER
from timeline_gen.pages.parts.links import absolute
from timeline_gen.pages.site import SiteContext, best
from timeline_gen.pages.view_models.text import rich_text
from timeline_gen.reading.assets.kinds import PICTURE
from timeline_gen.rendering.feeds import Enclosure, FeedEntry, FeedView
from timeline_gen.rendering.layout import Rich, Words


class FeedTitles(NamedTuple):
    """Title and description of a feed."""

    title: Words
    subtitle: Words | None
    author: str


def feed_of(
    page: Page, shown_at: str, entries: tuple[FeedEntry, ...], titles: FeedTitles, site_url: str
) -> FeedView:
    """Return the feed *page* of *entries*, which the page at *shown_at* shows."""
    own = addresses.absolute(site_url, page.address())
    return FeedView(
        id=own,
        title=titles.title,
        subtitle=titles.subtitle,
        self_url=own,
        page_url=addresses.absolute(site_url, shown_at),
        updated=max((entry.updated for entry in entries), key=datetime.fromisoformat, default=NEVER),
        author=titles.author,
        entries=entries,
        lang=page.lang,
    )


def enclosures(
    media: Media | None, offered: Iterable[tuple[Asset, str]], site: SiteContext
) -> tuple[Enclosure, ...]:
    """Return the picture *media*, if it is of the site, and what is *offered* with its title, each once."""
    found: dict[str, Enclosure] = {}
    if media and media.picture:
        address = str(media.picture.address)
        found[address] = Enclosure(addresses.absolute(site.url, address))
    for asset, title in offered:
        url = addresses.absolute(site.url, str(asset.address))
        found.setdefault(
            str(asset.address), Enclosure(url, asset.size if asset.kind != PICTURE else 0, title)
        )
    return tuple(found.values())


def titled(
    files: Mapping[str, tuple[Attachment, ...]], lang: str, site: SiteContext
) -> list[tuple[Asset, str]]:
    """Return those of *files* whose titles are in *lang*, else in the first language that has them."""
    return [(file.asset, file.title) for file in files[best(files, lang, site.languages)]] if files else []


def feed_summary(noun: ArticleSummary | EventSummary, lang: str, site: SiteContext) -> Rich | None:
    """Return the summary of *noun*, with links that lead to the site from anywhere."""
    text = rich_text(noun.summaries, lang, site, noun.targets)
    return replace(text, html=absolute(text.html, site.url)) if text else None
