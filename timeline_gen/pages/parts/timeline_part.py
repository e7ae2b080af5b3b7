"""A timeline, or one year of it, as a page shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple, TypeAlias

from timeline_gen.collecting.timeline import Event, EventSummary
from timeline_gen.dates.days import civil, day_number
from timeline_gen.dates.edtf import when
from timeline_gen.keys import Noun
from timeline_gen.model.assets import Media
from timeline_gen.model.dates import DateKind, Edge
from timeline_gen.model.entities import Era
from timeline_gen.pages.axis.axis import AxisLink, Mark, axis_of, link_within, shown
from timeline_gen.pages.axis.groups import Groups, group_of
from timeline_gen.pages.parts.chapters import Heading, chapters, newest_first, sizes
from timeline_gen.pages.parts.grouping import MONTH, Bucket, bucket_of, first_day, grouped, year_after
from timeline_gen.pages.parts.highlights import highlights
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.pages.view_models.events import event_card, summary_card
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.pages.view_models.text import rich_line
from timeline_gen.rendering.layout import Rich
from timeline_gen.rendering.view_models import DateView, EraView, EventCard, Group, TimelineBody, YearLink

Cards: TypeAlias = Callable[[Iterable[EventSummary]], tuple[EventCard, ...]]
"""Makes the cards of events in a language."""


class YearCount(NamedTuple):
    """A year that has a page of its own."""

    year: str
    events: int | None
    """How many events it has; None on the page of one year, which shows that year only."""


@dataclass(frozen=True, slots=True)
class TimelinePart(Noun):
    """All of a timeline, or one year."""

    events: tuple[EventSummary, ...] = ()
    """Whole events on the site's own timeline, their summaries elsewhere."""
    continuing: tuple[EventSummary, ...] = ()
    """Spans that began before the year and go on in it."""
    years: tuple[YearCount, ...] = ()
    """The years that have pages of their own."""
    eras: tuple[Era, ...] = ()
    total: int = 0
    """How many events the timeline has, or the year."""
    year: str = ""
    highlights: tuple[EventSummary, ...] = ()
    """The events that a timeline opens with whose events are on pages of their own, by year."""
    outline: tuple[Mark, ...] = ()
    """Every event of a timeline whose events are on pages of their own, by year."""
    groups: Groups = ()
    """What the events are in rows by on the axis."""
    pictures: Mapping[str, Mapping[str, Media]] = field(default_factory=dict)
    """What events that it opens with are pictured by that have no picture of their own, by event."""

    @property
    def opening(self) -> tuple[EventSummary, ...]:
        """Return the events that it opens with."""
        return () if self.year else self.highlights or highlights(self.events)


def pictured(part: TimelinePart, images: Mapping[str, Mapping[str, Media]]) -> TimelinePart:
    """Return *part* with pictures for what it opens with; *images* are those of articles, by slug."""
    pictures: dict[str, Mapping[str, Media]] = {}
    for event in part.opening if images else ():
        if isinstance(event, Event) and not _has_picture(event):
            found = (images.get(telling.article.slug) for telling in event.tellings)
            if image := next(filter(None, found), None):
                pictures[event.id] = image
    return replace(part, pictures=pictures) if pictures else part


def _has_picture(event: Event) -> bool:
    return any(media[0].picture or media[0].poster for media in event.media.values())


def mark_of(event: EventSummary, groups: Groups = ()) -> Mark:
    """Return *event* as an axis draws it that has a row for each of *groups*."""
    happened = event.when
    span = happened.kind is DateKind.SPAN
    going_on = span and happened.end.edge is Edge.OPEN
    bucket = None if event.has_page else bucket_of(happened)
    return Mark(
        happened.lo,
        happened.hi,
        span,
        event.importance,
        going_on,
        event.id,
        event.titles,
        event.has_page,
        bucket.year if bucket else "",
        group_of(event, groups),
    )


def outline_of(events: Sequence[EventSummary], groups: Groups = ()) -> tuple[Mark, ...]:
    """Return *events* as an axis draws them; those that it only counts have no names."""
    marks = [mark_of(event, groups) for event in events]
    dated = [mark for mark in marks if mark.lo is not None or mark.hi is not None]
    named = {mark.id for mark in shown(dated)}
    return tuple(mark if mark.id in named else mark._replace(id="", titles=None, year="") for mark in marks)


def year_view(year: str, lang: str, site: SiteContext) -> DateView | None:
    """Return *year* in words; None where it is empty."""
    return date_view(when(year), site.languages[lang], site) if year else None


def timeline_body(
    part: TimelinePart, home: str, lang: str, site: SiteContext, texts: Mapping[str, Rich] | None = None
) -> TimelineBody:
    """Return *part* of the timeline at *home* as pages in *lang* show it.

    *texts* are those of events' own files that it shows, by event.
    """
    cards = partial(_cards, lang=lang, site=site, texts=texts or {})
    dated = [event for event in part.events if event.when.kind is not DateKind.UNDATED]
    undated = [event for event in part.events if event.when.kind is DateKind.UNDATED]
    under = grouped(dated)
    if site.newest_first:
        under = newest_first(under)
    groups = tuple(_groups(part, under, cards, lang, site))
    links = _axis_links(part, home, [bucket for bucket, _ in under])
    eras = tuple(_eras(part, groups, links, lang, site))
    years = tuple(
        YearLink(f"{home}{year}/", date_view(when(year), site.languages[lang], site), count)
        for year, count in part.years
    )
    earlier, later = _around(part.year, [year for year, _ in part.years], years)
    return TimelineBody(
        groups=groups,
        undated=cards(undated),
        continuing=cards(part.continuing),
        years=years[::-1] if site.newest_first else years,
        eras=eras,
        total=part.total,
        home=home,
        axis=axis_of(_marks(part), links, eras, lang, site, groups=part.groups),
        highlights=_highlights(part, lang, site),
        earlier=earlier,
        later=later,
    )


def _around(
    year: str, names: Sequence[str], links: Sequence[YearLink]
) -> tuple[YearLink | None, YearLink | None]:
    """Return those of *links*, to the years *names*, that are next to *year*, earlier and later."""
    if year not in names:
        return None, None
    at = names.index(year)
    return links[at - 1] if at else None, links[at + 1] if at + 1 < len(links) else None


def _groups(
    part: TimelinePart, under: Sequence[Heading], cards: Cards, lang: str, site: SiteContext
) -> Iterator[Group]:
    """Yield the headings *under* which the events of *part* are, in their order."""
    begun, language = chapters(part.eras, under), site.languages[lang]
    for number, ((bucket, events), size) in enumerate(zip(under, sizes(under), strict=True)):
        yield Group(
            id=f"y{bucket.edtf}" if bucket.edtf else f"d{bucket.lo}",
            heading=date_view(when(bucket.edtf), language, site) if bucket.edtf else None,
            level=3 if bucket.width == MONTH else 2,
            events=cards(events),
            size=size,
            chapters=tuple(_era(era, f"#era-{era.id}", lang, site) for era in begun.get(number, ())),
        )


def _highlights(part: TimelinePart, lang: str, site: SiteContext) -> tuple[EventCard, ...]:
    cards = tuple(
        replace(card, media=media_view(part.pictures[card.id], lang, site))
        if card.id in part.pictures
        else card
        for card in _cards(part.opening, lang, site, {})
    )
    return cards[::-1] if site.newest_first else cards


def _eras(
    part: TimelinePart, groups: Sequence[Group], links: Sequence[AxisLink], lang: str, site: SiteContext
) -> Iterator[EraView]:
    """Yield the eras, each with where it begins: its chapter, or the page of its first year."""
    begun = {era.id for group in groups for era in group.chapters}
    for era in part.eras:
        lo, hi = era.when.lo, era.when.hi
        # Links begin with their years: an era that begins in June leads to the page of that year, too.
        first = links[0][0] if lo is None and links else day_number(civil(lo or 0)[0])
        page = link_within(links, first, hi) if part.outline else ""
        yield _era(era, f"#era-{era.id}" if era.id in begun else page, lang, site)


def _cards(
    events: Iterable[EventSummary], lang: str, site: SiteContext, texts: Mapping[str, Rich]
) -> tuple[EventCard, ...]:
    cards = [
        event_card(event, lang, site) if isinstance(event, Event) else summary_card(event, lang, site)
        for event in events
    ]
    if texts:
        cards = [replace(card, text=texts[card.id]) if card.id in texts else card for card in cards]
    return tuple(cards)


def _marks(part: TimelinePart) -> tuple[Mark, ...]:
    if not part.year:
        return part.outline or tuple(mark_of(event, part.groups) for event in part.events)
    lo, hi = first_day(part.year), first_day(year_after(part.year)) - 1
    return tuple(_within(mark_of(event, part.groups), lo, hi) for event in (*part.events, *part.continuing))


def _within(mark: Mark, lo: int, hi: int) -> Mark:
    """Return *mark* as far as it lies between the days *lo* and *hi*."""
    start = mark.lo if mark.lo is None else max(mark.lo, lo)
    end = mark.hi if mark.hi is None else min(mark.hi, hi)
    if mark.going_on:
        return mark._replace(lo=start, hi=hi)
    return mark._replace(lo=start, hi=end)


def _axis_links(part: TimelinePart, home: str, headings: Iterable[Bucket]) -> list[AxisLink]:
    """Return where the axis leads, by first day: to *headings* of the page, or to the pages of years."""
    if part.outline:
        return sorted((first_day(year), f"{home}{year}/") for year, _ in part.years)
    return sorted((bucket.lo, f"#y{bucket.edtf}") for bucket in headings if bucket.edtf)


def _era(era: Era, href: str, lang: str, site: SiteContext) -> EraView:
    return EraView(
        id=era.id,
        name=site.words(era.names, lang),
        date=date_view(era.when, site.languages[lang], site),
        text=rich_line(era.text, lang, site, era.targets),
        lo=era.when.lo,
        hi=era.when.hi,
        href=href,
    )
