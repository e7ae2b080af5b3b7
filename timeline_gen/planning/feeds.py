"""What machines read: feeds and the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.collecting.chronicle import Brief, Event
from timeline_gen.model import Body
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import correction_view, date_view, entity_link, rich
from timeline_gen.planning.file_views import (
    FeedEntry,
    FeedEvent,
    FeedView,
    RobotsView,
    SitemapEntry,
    SitemapsView,
    SitemapView,
)
from timeline_gen.planning.heads import alternates_of
from timeline_gen.planning.keeping import kept
from timeline_gen.planning.moments import NEVER, moment
from timeline_gen.planning.pages import Page
from timeline_gen.planning.records import home_of
from timeline_gen.planning.site import Site
from timeline_gen.planning.surroundings import Head

NEWEST: Final = 100
"""How many entries a feed has."""


def rooted(head: Head, site: Site) -> Head:
    """Return *head* with links from the host's root: hosts serve the page at any depth.

    It claims no versions in other languages: it holds them all.
    """
    return replace(head, root=urlsplit(site.settings.url).path or "/", noindex=True, alternates=())


def articles_feed(page: Page, site: Site, _: Body) -> FeedView:
    """Return the feed of articles in the page's language, newest first."""
    told: dict[str, list[Event]] = {}
    for event in page.shows.events:
        for telling in event.tellings:
            told.setdefault(telling.brief.slug, []).append(event)
    entries = tuple(
        _article_entry(brief, told.get(brief.slug, ()), page.lang, site) for brief in page.shows.stories
    )
    return _feed(page, entries, addresses.articles(page.lang), site)


def events_feed(page: Page, site: Site, _: Body) -> FeedView:
    """Return the feed of the events of a timeline, those that were first told last at the top."""
    entries = tuple(_event_entry(event, page.lang, site) for event in page.shows.events)
    return _feed(page, entries, home_of(page), site)


def newest_told(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return those of *events* that were first told last, newest first."""
    told = sorted(events, key=lambda event: (-_published(first_brief(event)), event.id))
    return tuple(told[:NEWEST])


def first_brief(event: Event) -> Brief:
    """Return the article that told *event* first."""
    if len(event.tellings) == 1:
        return event.tellings[0].brief
    return min((told.brief for told in event.tellings), key=lambda brief: (_published(brief), brief.slug))


def newest_brief(event: Event) -> Brief:
    """Return the article, of those that tell *event*, that was last touched."""
    return max((told.brief for told in event.tellings), key=lambda brief: (brief.stamp, brief.slug))


def _published(brief: Brief) -> int:
    return brief.published.second if brief.published else 0


def _feed(page: Page, entries: tuple[FeedEntry, ...], shown_at: str, site: Site) -> FeedView:
    frame, url = site.frames[page.lang], site.settings.url
    own = addresses.absolute(url, page.address)
    entity = page.shows.entity
    return FeedView(
        id=own,
        title=entity_link(entity, page.lang, site).words if entity else frame.site_title,
        subtitle=frame.site_title if entity else frame.site_description,
        self_url=own,
        page_url=addresses.absolute(url, shown_at),
        updated=max((entry.updated for entry in entries), key=datetime.fromisoformat, default=NEVER),
        author=frame.publisher.text if frame.publisher else frame.site_title.text,
        entries=entries,
        lang=page.lang,
    )


def _article_entry(brief: Brief, events: Sequence[Event], lang: str, site: Site) -> FeedEntry:
    """Return the entry of an article; a correction made of it, or by it, is news of it."""
    url = addresses.absolute(site.settings.url, addresses.article(lang, brief.slug))
    corrections = [
        one
        for event in events
        for one in event.corrections
        if brief.slug in {one.by.slug, one.corrected.slug}
    ]
    last = max((brief, *(one.by for one in corrections)), key=lambda one: one.stamp)
    return FeedEntry(
        id=url,
        title=site.words(brief.titles, lang),
        url=url,
        published=moment(brief.published),
        updated=moment(last.last),
        summary=rich(brief.summaries, lang, site),
        authors=(),
        corrections=tuple(correction_view(one, lang, site) for one in corrections),
        events=tuple(
            FeedEvent(
                site.words(event.titles, lang),
                addresses.absolute(site.settings.url, addresses.event(lang, event.id)),
                date_view(event.when, site.languages[lang], site, event.date_texts),
                event.status,
            )
            for event in events
        ),
    )


@kept
def _event_entry(event: Event, lang: str, site: Site) -> FeedEntry:
    url = addresses.absolute(site.settings.url, addresses.event(lang, event.id))
    return FeedEntry(
        id=url,
        title=site.words(event.titles, lang),
        url=url,
        published=moment(first_brief(event).published),
        updated=moment(newest_brief(event).last),
        summary=rich(event.summaries, lang, site),
        authors=(),
        date=date_view(event.when, site.languages[lang], site, event.date_texts),
        status=event.status,
        corrections=tuple(correction_view(one, lang, site) for one in event.corrections),
    )


# ---------------------------------------------------------------- the sitemap


def sitemap(page: Page, site: Site, _: Body) -> SitemapView:
    """Return every address that search engines may list."""
    url = site.settings.url
    return SitemapView(
        tuple(
            SitemapEntry(
                url=addresses.absolute(url, listed.address),
                alternates=alternates_of(listed.alternates, listed.default, url),
                changed=listed.changed,
            )
            for listed in page.shows.sitemap
        )
    )


def sitemaps(page: Page, site: Site, _: Body) -> SitemapsView:
    """Return the parts of a sitemap that is too long for one file."""
    url = site.settings.url
    return SitemapsView(
        tuple((addresses.absolute(url, part.address), part.changed) for part in page.shows.sitemap)
    )


def robots(_page: Page, site: Site, _: Body) -> RobotsView:
    """Return where the sitemap stands."""
    return RobotsView(addresses.absolute(site.settings.url, "sitemap.xml"))
