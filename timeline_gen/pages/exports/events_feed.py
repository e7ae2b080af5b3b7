"""``events.xml``: the events of a timeline that were first reported last, as an Atom feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from timeline_gen.collecting.timeline import Correction, Event, EventSummary
from timeline_gen.keys import Noun
from timeline_gen.model.assets import Asset, Attachment, Media
from timeline_gen.model.events import Stamp
from timeline_gen.pages.page import NO_BODIES, Bodies, FilePage
from timeline_gen.pages.parts.data_exports import FEED, TimelineFile
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.pages.parts.event_text import EventText, fed_text, text_hashes
from timeline_gen.pages.parts.feeds import FeedTitles, enclosures, feed_of, feed_summary, titled
from timeline_gen.pages.parts.links import event_url
from timeline_gen.pages.parts.memoize import memoize_by_digest
from timeline_gen.pages.parts.tellings import first_article, newest_article
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.articles import correction_view
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.feeds import FeedEntry, write_feed


@dataclass(frozen=True, slots=True)
class ReportedEvent(Noun):
    """An event as a feed shows it."""

    event: EventSummary
    published: Stamp | None
    """When an article first reported it."""
    updated: Stamp | None
    """When one last did."""
    corrections: tuple[Correction, ...]
    picture: Media | None = None
    """The first of its pictures."""
    played: tuple[Asset, ...] = ()
    """Its films and sounds."""
    files: Mapping[str, tuple[Attachment, ...]] = field(default_factory=dict)
    """What it offers, by the language of its titles."""


def reported(event: Event) -> ReportedEvent:
    """Return what a feed shows of *event*."""
    first, last = first_article(event).published, newest_article(event).last
    media = next(iter(event.media.values()), ())
    # Feeds show no texts of it, so that these are no part of what an entry is made from.
    pictures = (Media("", picture=medium.picture) for medium in media if medium.picture)
    picture, played = next(pictures, None), tuple(medium.file for medium in media if medium.file)
    return ReportedEvent(event.summary, first, last, event.corrections, picture, played, event.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsFeed(TimelineFile, FilePage):
    """The feed of the events of a timeline, those that were first reported last at the top."""

    events: tuple[ReportedEvent, ...]
    texts_of: Mapping[str, EventText] = field(default_factory=dict)
    """The texts of events' own files, by event."""
    feed: FeedTitles

    file_name = FEED
    group = "feeds"
    many = True

    def texts(self) -> tuple[str, ...]:
        """Return the hashes of the texts of events' own files."""
        return text_hashes(self.texts_of)

    def written(self, context: RenderContext) -> bytes:
        """Return the feed without these texts."""
        return self.written_with(context, NO_BODIES)

    def written_with(self, context: RenderContext, bodies: Bodies) -> bytes:
        """Return the feed."""
        entries = tuple(self._whole_entry(event, bodies) for event in self.events)
        return write_feed(feed_of(self, self.home(), entries, self.feed, self.site.url), context)

    def _whole_entry(self, reported: ReportedEvent, bodies: Bodies) -> FeedEntry:
        entry = _entry(reported, self.lang, self.site)
        text = fed_text(self.texts_of.get(reported.event.id), bodies, self.lang, self.site)
        return replace(entry, text=text) if text else entry

    def cost(self) -> int:
        """Return about how many things it shows; most entries are made for several feeds."""
        return len(self.events) // 5


@memoize_by_digest
def _entry(reported: ReportedEvent, lang: str, site: SiteContext) -> FeedEntry:
    event = reported.event
    url = event_url(event, lang, site)
    offered = [*((asset, "") for asset in reported.played), *titled(reported.files, lang, site)]
    return FeedEntry(
        # Addresses stay, as the ids of entries must (RFC 4287, 4.2.6).
        id=url,
        title=site.words(event.titles, lang),
        url=url,
        published=date_time(reported.published),
        updated=date_time(reported.updated),
        summary=feed_summary(event, lang, site),
        authors=(),
        enclosures=enclosures(reported.picture, offered, site),
        date=date_view(event.when, site.languages[lang], site, event.date_texts),
        status=event.status,
        corrections=tuple(correction_view(each, lang, site) for each in reported.corrections),
    )
