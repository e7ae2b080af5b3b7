"""The events of a timeline as entries of a calendar: full days, as iCalendar knows them (RFC 5545).

A calendar holds days of the years 1 to 9999 and nothing vague. An event is entered on all days on which it
may have happened, where these are a year or less; a span on all days from its first to its last. Left out
is what a calendar could only falsify: events before the year 1, without a known beginning, without a
date, and known less well than to the year. Of a span that goes on, only its beginning is entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from timeline_gen.collecting.timeline import Event, NamedEntities
from timeline_gen.dates.days import day_number
from timeline_gen.model.dates import Bound, DateKind, Precision, When
from timeline_gen.pages.page import ChunkedPage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.data_exports import CALENDAR, TimelineFile
from timeline_gen.pages.parts.date_times import utc_date_time
from timeline_gen.pages.parts.links import event_url
from timeline_gen.pages.parts.tellings import first_article, newest_article
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.articles import correction_view
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.pages.view_models.text import rich_text
from timeline_gen.rendering.calendars import CalendarEntry, CalendarView, calendar_chunks
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.layout import Words

_FIRST: Final = day_number(1)
_LAST: Final = day_number(9999, 12, 31)
_PLACE: Final = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventsCalendar(TimelineFile, ChunkedPage):
    """The events of a timeline as a calendar."""

    events: tuple[Event, ...]
    site_title: Words
    site_description: Words | None

    file_name = CALENDAR
    group = "calendars"
    many = True
    around = frozenset({"entity", "taxonomy", "site_title", "site_description"})

    def chunks(self, context: RenderContext) -> Chunked:
        """Return the calendar, a chunk for each event."""
        url, lang, site = self.site.url, self.lang, self.site
        view = CalendarView(
            lang=lang,
            name=entity_link(self.entity, lang, site).words if self.entity else self.site_title,
            site=self.site_title,
            description=self.site_description,
            url=addresses.absolute(url, self.address()),
            page_url=addresses.absolute(url, self.home()),
            events=tuple(tuple(entries_of(event, lang, site)) for event in self.events),
        )
        return calendar_chunks(view, context)


def days_of(when: When) -> tuple[int, int] | None:
    """Return the first and last day of *when* in a calendar; None where it has no place there."""
    first, last = when.start, when.end
    lo = first.lo
    hi = last.hi if last.hi is not None else first.hi
    if lo is None or hi is None or not _FIRST <= lo <= hi <= _LAST:
        return None
    return None if _vague(first) or _vague(last) else (lo, hi)


def _vague(bound: Bound) -> bool:
    """Return whether *bound* is known less well than to the year."""
    if bound.lo is None or bound.hi is None:
        return False
    return bound.precision > Precision.YEAR or bound.hi - bound.lo > 366


def entries_of(event: Event, lang: str, site: SiteContext) -> Iterator[CalendarEntry]:
    """Yield the entry of *event* in the words of *lang*, if a calendar has a place for it.

    There is one for each member of a set of dates on all of which it happened.
    """
    dates = event.when.members if event.when.kind is DateKind.ALL else (event.when,)
    host = urlsplit(site.url).netloc
    for number, when in enumerate(dates, 1):
        days = days_of(when)
        if days:
            part = f"/{number}" if len(dates) > 1 else ""
            # Calendars know an entry again by its UID (RFC 5545, 3.8.4.7), which neither title nor date may
            # change.
            yield _entry(event, f"{event.id}{part}@{host}", days, lang, site)


def _entry(event: Event, uid: str, days: tuple[int, int], lang: str, site: SiteContext) -> CalendarEntry:
    language = site.languages[lang]
    named = {taxonomy.key: taxonomy.kind for taxonomy in site.taxonomies}
    places = [names for names in event.named if named.get(names.taxonomy) == _PLACE]
    located = [entity.coordinates for place in places for entity in place.entities if entity.coordinates]
    return CalendarEntry(
        uid=uid,
        url=event_url(event, lang, site),
        title=site.words(event.titles, lang),
        first=days[0],
        last=days[1],
        date=date_view(event.when, language, site, event.date_texts),
        summary=rich_text(event.summaries, lang, site, event.targets),
        status=event.status,
        places=_names(places, lang, site),
        categories=_names([names for names in event.named if names not in places], lang, site),
        # GEO has a single position (RFC 5545, 3.8.1.6), and of several places none is right.
        coordinates=located[0] if len(located) == 1 else None,
        created=utc_date_time(first_article(event).published),
        changed=utc_date_time(newest_article(event).last),
        corrections=tuple(correction_view(correction, lang, site) for correction in event.corrections),
    )


def _names(named: list[NamedEntities], lang: str, site: SiteContext) -> tuple[Words, ...]:
    return tuple(entity_link(entity, lang, site).words for names in named for entity in names.entities)
