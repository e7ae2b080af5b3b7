"""What machines read: feeds, the data of all events, the sitemap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.collecting.chronicle import Brief, Event, Told
from timeline_gen.dates.days import iso_day
from timeline_gen.model import Body, Bound, Citation, Edge, Stamp
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import date_view, rich
from timeline_gen.planning.heads import alternates_of
from timeline_gen.planning.pages import Page
from timeline_gen.planning.site import Site
from timeline_gen.planning.views import (
    EventsDataView,
    FeedEntry,
    FeedView,
    Head,
    RobotsView,
    SitemapEntry,
    SitemapView,
)

NEWEST: Final = 100
"""How many entries a feed has."""
_NEVER: Final = "1970-01-01T00:00:00Z"


def rooted(head: Head, site: Site) -> Head:
    """Return *head* with links from the host's root: hosts serve the page at any depth."""
    return replace(head, root=urlsplit(site.settings.url).path or "/", noindex=True)


def articles_feed(page: Page, site: Site, _: Body) -> FeedView:
    """Return the feed of articles in the page's language, newest first."""
    entries = tuple(_article_entry(brief, page.lang, site) for brief in page.shows.stories)
    return _feed(page, entries, addresses.articles(page.lang), site)


def events_feed(page: Page, site: Site, _: Body) -> FeedView:
    """Return the feed of events, in the order in which they were first told, newest first."""
    entries = tuple(_event_entry(_first(event), event, page.lang, site) for event in page.shows.events)
    return _feed(page, entries, addresses.timeline(page.lang), site)


def newest_told(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return those of *events* that were first told last, newest first."""
    told = sorted(events, key=lambda event: (-_published(_first(event)), event.id))
    return tuple(told[:NEWEST])


def _first(event: Event) -> Brief:
    return min((told.brief for told in event.tellings), key=lambda brief: (_published(brief), brief.slug))


def _published(brief: Brief) -> int:
    return brief.published.second if brief.published else 0


def _feed(page: Page, entries: tuple[FeedEntry, ...], shown_at: str, site: Site) -> FeedView:
    frame, url = site.frames[page.lang], site.settings.url
    own = addresses.absolute(url, page.address)
    return FeedView(
        id=own,
        title=frame.site_title,
        subtitle=frame.site_description,
        self_url=own,
        page_url=addresses.absolute(url, shown_at),
        updated=max((entry.updated for entry in entries), default=_NEVER),
        author=frame.publisher.text if frame.publisher else frame.site_title.text,
        entries=entries,
    )


def _article_entry(brief: Brief, lang: str, site: Site) -> FeedEntry:
    url = addresses.absolute(site.settings.url, addresses.article(lang, brief.slug))
    return FeedEntry(
        id=url,
        title=site.words(brief.titles, lang),
        url=url,
        published=_moment(brief.published),
        updated=_moment(brief.last),
        summary=rich(brief.summaries, lang, site),
        authors=(),
    )


def _event_entry(first: Brief, event: Event, lang: str, site: Site) -> FeedEntry:
    url = addresses.absolute(site.settings.url, addresses.event(lang, event.id))
    newest = max((told.brief for told in event.tellings), key=lambda brief: brief.stamp)
    return FeedEntry(
        id=url,
        title=site.words(event.titles, lang),
        url=url,
        published=_moment(first.published),
        updated=_moment(newest.last),
        summary=rich(event.summaries, lang, site),
        authors=(),
        date=date_view(event.when, site.languages[lang], site, event.date_texts),
        corrections=tuple(
            (
                _moment(one.by.last),
                date_view(one.was, site.languages[lang], site),
                date_view(one.now, site.languages[lang], site),
            )
            for one in event.corrections
        ),
    )


def _moment(stamp: Stamp | None) -> str:
    """Return *stamp* as an RFC 3339 date-time; a day stands for its first second in UTC."""
    if stamp is None:
        return _NEVER
    return stamp.text if "T" in stamp.text else f"{stamp.text}T00:00:00Z"


# ---------------------------------------------------------------- events.json


def events_data(page: Page, site: Site, _: Body) -> EventsDataView:
    """Return all events of the page's language as data."""
    frame = site.frames[page.lang]
    return EventsDataView(
        lang=page.lang,
        site=frame.site_title.text,
        url=addresses.absolute(site.settings.url, addresses.timeline(page.lang)),
        licence=site.settings.licence,
        events=tuple(_event_data(event, page.lang, site) for event in page.shows.events),
    )


def _event_data(event: Event, lang: str, site: Site) -> Mapping[str, object]:
    title = site.words(event.titles, lang)
    summary = rich(event.summaries, lang, site)
    shown = date_view(event.when, site.languages[lang], site, event.date_texts)
    data: dict[str, object] = {
        "id": event.id,
        "url": addresses.absolute(site.settings.url, addresses.event(lang, event.id)),
        "title": title.text,
        "lang": title.lang,
        "date": event.when.edtf or None,
        "date_text": shown.instead.text if shown.instead else shown.text,
        "earliest": day_text(event.when.start, event.when.lo),
        "latest": day_text(event.when.end, event.when.hi),
        "summary": summary.text if summary else None,
        "summary_lang": summary.lang if summary else None,
        "status": event.status or None,
        "importance": event.importance,
    }
    data |= {
        named.taxonomy: [
            {"id": entity.id, "name": site.words(entity.names, lang).text} for entity in named.entities
        ]
        for named in event.named
    }
    data["tellings"] = [_telling_data(told, lang, site) for told in event.tellings]
    if event.corrections:
        data["corrections"] = [
            {"date": _moment(one.by.last), "was": one.was.edtf, "now": one.now.edtf, "by": one.by.slug}
            for one in event.corrections
        ]
    return {key: value for key, value in data.items() if value is not None}


def _telling_data(told: Told, lang: str, site: Site) -> dict[str, object]:
    title = site.words(told.brief.titles, lang)
    data: dict[str, object] = {
        "article": addresses.absolute(site.settings.url, addresses.article(title.lang, told.brief.slug)),
        "date": told.when.edtf,
        "standing": told.standing.value,
        "status": told.status,
        "sources": [_citation_data(source) for source in told.sources],
        "corrects": told.corrects,
    }
    return {key: value for key, value in data.items() if value}


def _citation_data(source: Citation) -> dict[str, str]:
    names = Citation.__dataclass_fields__
    return {name: value for name in names if (value := getattr(source, name))}


def day_text(bound: Bound, day: int | None) -> str:
    """Return *day* as an ISO day with any number of year digits; ``open`` or ``unknown`` without one."""
    if day is None:
        return "open" if bound.edge is Edge.OPEN else "unknown"
    return iso_day(day)


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


def robots(_page: Page, site: Site, _: Body) -> RobotsView:
    """Return where the sitemap stands."""
    return RobotsView(addresses.absolute(site.settings.url, "sitemap.xml"))
