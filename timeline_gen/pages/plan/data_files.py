"""Files for machines: feeds, calendars and data of the site's timeline, and of each entity's.

An entity has them where it is named by as many events as the settings ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from timeline_gen.collecting.timeline import Article, ArticleSummary, Event, Timeline
from timeline_gen.model.entities import Entity, Era
from timeline_gen.pages.articles_feed import ArticlesFeed, ReportingArticle
from timeline_gen.pages.exports.events_calendar import EventsCalendar
from timeline_gen.pages.exports.events_data import EventsDataFile
from timeline_gen.pages.exports.events_feed import EventsFeed, ReportedEvent, reported
from timeline_gen.pages.exports.events_geojson import EventsGeojsonFile, located
from timeline_gen.pages.exports.events_schema import EventsSchemaFile
from timeline_gen.pages.exports.events_table import EventsTableFile
from timeline_gen.pages.page import Page
from timeline_gen.pages.parts.event_text import EventText
from timeline_gen.pages.parts.feeds import FeedTitles
from timeline_gen.pages.parts.tellings import NEWEST, newest_events
from timeline_gen.pages.plan.event_files import EventFiles
from timeline_gen.pages.plan.optional_files import has_data
from timeline_gen.pages.plan.timelines import EntityListing, is_long
from timeline_gen.pages.plan.versions import like, visible
from timeline_gen.pages.search.rows import FoundPage
from timeline_gen.pages.search_index import SearchIndex, names_in
from timeline_gen.pages.site import SETTINGS, Site
from timeline_gen.pages.view_models.entities import entity_link


def data_files(
    timeline: Timeline, listings: Sequence[EntityListing], files: EventFiles, site: Site
) -> Iterator[Page]:
    """Yield every file for machines of the site that shows *timeline* and names *listings*.

    *files* are those that events have of their own.
    """
    for lang in site.languages:
        yield _articles_feed(timeline, lang, site)
    for lang in site.languages:
        versions = (
            article.summary.without_image
            for article in timeline.articles
            if not site.hides or lang in article.versions
        )
        shown = visible(timeline.events, lang, site)
        texts = files.among((event.id for event in shown), lang)
        pages = _found_pages(timeline, lang, site)
        yield search_index(shown, versions, texts, lang, site, eras=timeline.eras, plain_pages=pages)
    reports: dict[str, ReportedEvent] = {}
    yield from _timeline_files(timeline.events, site, None, reports, files)
    events = {event.id: event for event in timeline.events}
    for listing in listings:
        inside = [events[summary.id] for summary in listing.events]
        if has_data(len(inside), site):
            yield from _timeline_files(inside, site, listing, reports, files)
    yield EventsSchemaFile(
        lang=next(iter(site.languages)),
        url=site.settings.url,
        taxonomies=tuple(taxonomy.key for taxonomy in site.settings.taxonomies),
    )


def _articles_feed(timeline: Timeline, lang: str, site: Site) -> ArticlesFeed:
    articles = [article for article in timeline.articles if lang in article.versions][:NEWEST]
    names = {event for article in articles for event in article.events}
    by_article: dict[str, list[Event]] = {}
    for event in visible((event for event in timeline.events if event.id in names), lang, site):
        for telling in event.tellings:
            by_article.setdefault(telling.article.slug, []).append(event)
    versions = (_reporting(article, by_article.get(article.slug, ())) for article in articles)
    return ArticlesFeed(
        lang=lang, articles=tuple(versions), site=site.context, feed=_titles(None, lang, site)
    )


def _reporting(article: Article, events: Sequence[Event]) -> ReportingArticle:
    version = article.summary
    corrections = (correction for event in events for correction in event.corrections)
    own = tuple(
        correction
        for correction in corrections
        if version.slug in {correction.by.slug, correction.corrected.slug}
    )
    return ReportingArticle(version, tuple(event.summary for event in events), own, article.files)


def _found_pages(timeline: Timeline, lang: str, site: Site) -> tuple[FoundPage, ...]:
    """Return the plain pages that a search in *lang* finds."""
    return tuple(
        FoundPage(
            plain.slug,
            {code: page.title for code, page in plain.versions.items()},
            {code: page.summary_text for code, page in plain.versions.items() if page.summary_text},
        )
        for plain in sorted(timeline.plain_pages, key=lambda plain: plain.slug)
        if not site.hides or lang in plain.versions
    )


def search_index(
    events: tuple[Event, ...],
    articles: Iterable[ArticleSummary],
    texts: Mapping[str, EventText],
    lang: str,
    site: Site,
    *,
    eras: tuple[Era, ...] = (),
    plain_pages: tuple[FoundPage, ...] = (),
) -> SearchIndex:
    """Return the data of the search for *events*, *articles* and *plain_pages* in *lang*, and of the axis.

    *texts* are those of events' own files, by event.
    """
    names = names_in(events, (taxonomy.key for taxonomy in site.settings.taxonomies))
    return SearchIndex(
        lang=lang,
        events=events,
        articles=tuple(articles),
        plain_pages=plain_pages,
        names=names,
        eras=eras,
        own_texts={event: text.body for event, text in texts.items()},
        split_by_year=is_long(events),
        site=site.context,
    )


def _timeline_files(
    events: Sequence[Event],
    site: Site,
    listing: EntityListing | None,
    reports: dict[str, ReportedEvent],
    files: EventFiles,
) -> Iterator[Page]:
    """Yield the files of the timeline of *events*: that of the site, or of an entity.

    What feeds show of events is put into *reports*, as many feeds show the same ones.
    """
    langs = tuple(site.languages)
    if listing:
        langs = tuple(lang for lang in langs if has_data(len(visible(events, lang, site)), site))
    shown = {lang: visible(events, lang, site) for lang in dict.fromkeys(like(lang, site) for lang in langs)}
    entity, taxonomy, origin = (
        (listing.entity, listing.taxonomy, listing.origin) if listing else (None, "", SETTINGS)
    )
    about: dict[str, Any] = {"entity": entity, "taxonomy": taxonomy, "origin": origin, "site": site.context}
    for lang in langs:
        yield EventsDataFile(
            lang=lang,
            events=shown[like(lang, site)],
            site_title=site.layouts[lang].site_title.text,
            licence=site.settings.licence,
            **about,
        )
    for lang in langs:
        yield EventsTableFile(lang=lang, events=shown[like(lang, site)], **about)
    for lang in langs:
        on_map = tuple(event for event in shown[like(lang, site)] if located(event))
        if on_map:
            yield EventsGeojsonFile(lang=lang, events=on_map, **about)
    for lang in langs:
        layout = site.layouts[lang]
        yield EventsCalendar(
            lang=lang,
            events=shown[like(lang, site)],
            site_title=layout.site_title,
            site_description=layout.site_description,
            **about,
        )
    newest = {
        lang: tuple([_reported(event, reports) for event in newest_events(inside)])
        for lang, inside in shown.items()
    }
    for lang in langs:
        inside = newest[like(lang, site)]
        yield EventsFeed(
            lang=lang,
            events=inside,
            texts_of=files.among((reported.event.id for reported in inside), lang),
            feed=_titles(entity, lang, site),
            **about,
        )


def _reported(event: Event, known: dict[str, ReportedEvent]) -> ReportedEvent:
    if event.id not in known:
        known[event.id] = reported(event)
    return known[event.id]


def _titles(entity: Entity | None, lang: str, site: Site) -> FeedTitles:
    """Return the titles of the feed of the timeline of *entity*, or of the site."""
    layout = site.layouts[lang]
    author = (layout.publisher or layout.site_title).text
    if entity:
        return FeedTitles(entity_link(entity, lang, site.context).words, layout.site_title, author)
    return FeedTitles(layout.site_title, layout.site_description, author)
