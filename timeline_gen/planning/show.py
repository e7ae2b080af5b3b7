"""A page's view: the finished value that its template draws, made from the nouns that the page holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from timeline_gen.collecting.chronicle import Event, Face, Told
from timeline_gen.dates.edtf import when
from timeline_gen.model import Article, Body, Entity, Era, Kind
from timeline_gen.planning import addresses, feeds, linked, records
from timeline_gen.planning.axis import axis_of
from timeline_gen.planning.calendars import calendar
from timeline_gen.planning.cards import (
    article_card,
    correction_view,
    date_view,
    entity_link,
    event_card,
    face_card,
    media_view,
    name_lists,
    rich,
    source_view,
    stamp_view,
)
from timeline_gen.planning.citing import citation
from timeline_gen.planning.drawn import drawn
from timeline_gen.planning.finding import finder
from timeline_gen.planning.framed import embed, snippet
from timeline_gen.planning.grouping import MONTH, Bucket, first_day, grouped, year_after
from timeline_gen.planning.heads import head_of
from timeline_gen.planning.pages import Mark, Page, PageKind, Span
from timeline_gen.planning.parts import (
    DateView,
    EraView,
    EventCard,
    Group,
    MediaView,
    NameList,
    Snippet,
    TellingView,
    TimelineBody,
    YearLink,
)
from timeline_gen.planning.redirects import redirect_view
from timeline_gen.planning.site import Site
from timeline_gen.planning.surroundings import DataLinks, Link, Words
from timeline_gen.planning.timelines import mark_of
from timeline_gen.planning.views import (
    ArticlesView,
    ArticleView,
    ChoiceView,
    CorrectionsView,
    EntitiesView,
    EntityView,
    EventView,
    NotFoundView,
    PlainView,
    TimelineView,
    View,
)
from timeline_gen.planning.widths import with_widths
from timeline_gen.planning.withheld import without_links
from timeline_gen.text.folding import fold


def view_of(page: Page, site: Site, body: Body | None = None) -> View:
    """Return the view of *page*; *body* is the text that it shows, if it shows one."""
    return _VIEWS[page.kind](page, site, body or _NO_BODY)


_NO_BODY: Final = Body("", "")


def _choice(page: Page, site: Site, _: Body) -> ChoiceView:
    titles = tuple(site.frames[lang].site_title for lang, _address in page.elsewhere)
    return ChoiceView(head_of(page, site), titles)


def _not_found(page: Page, site: Site, _: Body) -> NotFoundView:
    return NotFoundView(feeds.rooted(head_of(page, site), site), tuple(site.frames.values()))


# ---------------------------------------------------------------- timelines


def _timeline(page: Page, site: Site, _: Body) -> TimelineView:
    lang, entity = page.lang, page.shows.entity
    year = _year(page.shows.span, lang, site)
    about = entity_link(entity, lang, site).words if entity else None
    title = Words(year.text, lang, site.languages[lang].direction) if year else about
    thing = linked.collection_data(entity, page, site) if entity else linked.timeline_data(page, site)
    return TimelineView(
        frame=site.frames[lang],
        head=head_of(page, site, title, thing=thing),
        timeline=timeline_body(page.shows.span, records.home_of(page), lang, site),
        year=year,
        about=about,
        snippet=_snippet(page, site) if page.shows.span.total and not year else None,
    )


def _snippet(page: Page, site: Site) -> Snippet:
    entity = page.shows.entity
    title = entity_link(entity, page.lang, site).words if entity else site.frames[page.lang].site_title
    return snippet(records.home_of(page), title, page.lang, site, one=False)


def timeline_body(span: Span, home: str, lang: str, site: Site) -> TimelineBody:
    """Return a stretch of a timeline, whose whole stands at *home*, as pages in *lang* show it."""

    def card(event: Face, lang: str, site: Site) -> EventCard:
        return event_card(event, lang, site) if isinstance(event, Event) else face_card(event, lang, site)

    dated = [event for event in span.events if event.when.kind is not Kind.UNDATED]
    undated = [event for event in span.events if event.when.kind is Kind.UNDATED]
    under = grouped(dated)
    return TimelineBody(
        groups=tuple(
            Group(
                id=f"y{bucket.edtf}" if bucket.edtf else f"d{bucket.lo}",
                heading=date_view(when(bucket.edtf), site.languages[lang], site) if bucket.edtf else None,
                level=3 if bucket.width == MONTH else 2,
                events=tuple(card(event, lang, site) for event in events),
            )
            for bucket, events in under
        ),
        undated=tuple(card(event, lang, site) for event in undated),
        continuing=tuple(card(event, lang, site) for event in span.continuing),
        years=tuple(
            YearLink(f"{home}{year}/", date_view(when(year), site.languages[lang], site), count)
            for year, count in span.years
        ),
        eras=tuple(_era(era, lang, site) for era in span.eras),
        total=span.total,
        home=home,
        axis=axis_of(
            _marks(span), _doors(span, home, [bucket for bucket, _ in under]), span.eras, lang, site
        ),
    )


def _marks(span: Span) -> tuple[Mark, ...]:
    if not span.year:
        return span.outline or tuple(mark_of(event) for event in span.events)
    lo, hi = first_day(span.year), first_day(year_after(span.year)) - 1
    return tuple(_within(mark_of(event), lo, hi) for event in (*span.events, *span.continuing))


def _within(mark: Mark, lo: int, hi: int) -> Mark:
    """Return *mark* as far as it lies between the days *lo* and *hi*."""
    start = mark.lo if mark.lo is None else max(mark.lo, lo)
    end = mark.hi if mark.hi is None else min(mark.hi, hi)
    if mark.going_on:
        return mark._replace(lo=start, hi=hi)
    return mark._replace(lo=start, hi=end)


def _doors(span: Span, home: str, headings: Iterable[Bucket]) -> list[tuple[int, str]]:
    """Return where the axis leads, by first day: to *headings* of the page, or to the pages of years."""
    if span.outline:
        return sorted((first_day(year), f"{home}{year}/") for year, _ in span.years)
    return sorted((bucket.lo, f"#y{bucket.edtf}") for bucket in headings if bucket.edtf)


def _year(span: Span, lang: str, site: Site) -> DateView | None:
    return date_view(when(span.year), site.languages[lang], site) if span.year else None


def _era(era: Era, lang: str, site: Site) -> EraView:
    return EraView(
        id=era.id,
        name=site.words(era.names, lang),
        date=date_view(era.when, site.languages[lang], site),
        text=site.words(era.text, lang) if era.text else None,
        lo=era.when.lo,
        hi=era.when.hi,
    )


def _entity(page: Page, site: Site, _: Body) -> EntityView:
    entity, lang, shows = page.shows.entity, page.lang, page.shows
    if entity is None:
        raise TypeError("a page of an entity shows one")
    name = entity_link(entity, lang, site).words
    year = _year(shows.span, lang, site)
    home = addresses.entity(lang, shows.taxonomy, entity.id)
    title = Words(f"{name.text} – {year.text}", name.lang, name.direction) if year else name
    text = site.words(entity.text, lang) if entity.text else None
    thing = linked.collection_data(entity, page, site)
    return EntityView(
        frame=site.frames[lang],
        head=head_of(page, site, title, text.text if text else "", thing=thing),
        taxonomy=site.section(shows.taxonomy, lang),
        index=addresses.taxonomy(lang, shows.taxonomy),
        name=name,
        other_names=tuple(_other_names(entity, name, site)),
        text=text,
        wikidata=entity.wikidata,
        website=entity.website,
        coordinates=entity.coordinates,
        timeline=timeline_body(shows.span, home, lang, site),
        year=year,
        together=tuple(_together(key, ranked, lang, site) for key, ranked in shows.together),
        articles=tuple(article_card(brief, lang, site) for brief in shows.stories),
        files=_files(home) if shows.span.total and not year else None,
        snippet=snippet(home, name, lang, site, one=False) if shows.span.total and not year else None,
    )


def _together(key: str, ranked: Iterable[tuple[Entity, int]], lang: str, site: Site) -> NameList:
    links = (entity_link(other, lang, site, count=count) for other, count in ranked)
    return NameList(site.section(key, lang), tuple(links))


def _files(home: str) -> DataLinks:
    """Return where the data of the timeline at *home* stand."""
    kinds = (PageKind.EVENTS_FEED, PageKind.CALENDAR, PageKind.EVENTS_DATA, PageKind.EVENTS_TABLE)
    return DataLinks(*(f"{home}{kind.value}" for kind in kinds))


def _other_names(entity: Entity, shown: Words, site: Site) -> Iterable[Words]:
    for lang, name in entity.names.items():
        if name != shown.text and lang in site.languages:
            yield Words(name, lang, site.languages[lang].direction)


# ---------------------------------------------------------------- events and articles


def _event(page: Page, site: Site, _: Body) -> EventView:
    event, lang = page.shows.event, page.lang
    if event is None:
        raise TypeError("a page of an event shows one")
    card = event_card(event, lang, site)
    described = card.summary.text if card.summary else card.date.text
    thing = linked.event_data(event, card, page, site)
    return EventView(
        frame=site.frames[lang],
        head=head_of(page, site, card.title, described, thing=thing, media=card.media),
        event=card,
        tellings=tuple(
            _telling(told, number, event, lang, site) for number, told in enumerate(event.tellings)
        ),
        corrections=tuple(correction_view(one, lang, site) for one in event.corrections),
        mentions=tuple(article_card(brief, lang, site) for brief in event.mentions),
        before=event_link(page.shows.before, lang, site),
        after=event_link(page.shows.after, lang, site),
        citation=citation(event, card, lang, site),
        snippet=snippet(card.href, card.title, lang, site, one=True),
    )


def _telling(told: Told, number: int, event: Event, lang: str, site: Site) -> TellingView:
    corrected = next((one.brief for one in event.tellings if one.brief.slug == told.corrects), None)
    return TellingView(
        article=article_card(told.brief, lang, site),
        title=site.words(told.titles, lang) if told.titles else None,
        date=date_view(told.when, site.languages[lang], site),
        standing=told.standing.value,
        leading=number == 0,
        status=told.status,
        sources=tuple(source_view(source, lang, site) for source in told.sources),
        corrects=article_card(corrected, lang, site) if corrected else None,
    )


def event_link(event: Face | None, lang: str, site: Site) -> Link | None:
    """Return the link to the page of *event* in *lang*."""
    return Link(addresses.event(lang, event.id), site.words(event.titles, lang)) if event else None


def _article(page: Page, site: Site, body: Body) -> ArticleView:
    story, lang = page.shows.story, page.lang
    if story is None:
        raise TypeError("a page of an article shows one")
    article, language = story.versions[lang], site.languages[lang]
    title = Words(article.title, lang, language.direction)
    events = {event.id: event for event in page.shows.faces}
    told = [events[name] for name in story.events if name in events]
    summary = rich({lang: (article.summary, article.summary_text)}, lang, site) if article.summary else None
    cards = tuple(face_card(event, lang, site) for event in sorted(told, key=lambda one: one.sort_key))
    media = _first_picture(article, lang, site)
    thing = linked.article_data(story, page.shows.corrections, cards, page, site)
    return ArticleView(
        frame=site.frames[lang],
        head=head_of(page, site, title, article.summary_text, thing=thing, media=media),
        title=title,
        summary=summary,
        body=_resolved(body.html, page, events),
        headings=body.headings,
        published=stamp_view(story.brief.published, language, site),
        updated=stamp_view(article.updated, language, site),
        authors=tuple(entity_link(author, lang, site) for author in story.authors),
        source=source_view(story.source, lang, site) if story.source else None,
        names=name_lists(story.named, lang, site),
        events=cards,
        corrections=tuple(correction_view(one, lang, site) for one in page.shows.corrections),
        linked=_linked(body, events, lang, site),
        draft=article.draft,
    )


def _linked(body: Body, events: Mapping[str, Face], lang: str, site: Site) -> tuple[EventCard, ...]:
    """Return the events that *body* links to, each once."""
    names = dict.fromkeys(name for name, _ in body.event_links)
    return tuple(face_card(events[name], lang, site) for name in names if name in events)


def _first_picture(article: Article, lang: str, site: Site) -> MediaView | None:
    """Return the first picture of the site among those of the events that *article* tells."""
    found = (media_view({lang: one.media}, lang, site) for one in article.events if one.media)
    return next((media for media in found if media and media.href), None)


def _plain(page: Page, site: Site, body: Body) -> PlainView:
    plain, lang = page.shows.plain, page.lang
    if plain is None:
        raise TypeError("a plain page shows one")
    text = plain.versions[lang]
    title = Words(text.title, lang, site.languages[lang].direction)
    events = {event.id: event for event in page.shows.faces}
    return PlainView(
        frame=site.frames[lang],
        head=head_of(page, site, title, text.summary_text),
        title=title,
        body=_resolved(body.html, page, events),
        headings=body.headings,
        linked=_linked(body, events, lang, site),
        draft=text.draft,
    )


_EVENT_LINK: Final = re.compile(r'<a href="event:(?P<id>[^"]+)"(?P<rest>[^>]*)>(?P<text>.*?)</a>', re.DOTALL)
_SITE_FILE: Final = re.compile(r'(?P<key>src|href)="site:')


def _resolved(html: str, page: Page, events: Mapping[str, Face]) -> str:
    """Return a body with its links to events and its pictures resolved; a held event's link is plain text."""
    root = addresses.root_of(page.address)

    def link(match: re.Match[str]) -> str:
        if match["id"] not in events:
            return match["text"]
        href = root + addresses.event(page.lang, match["id"])
        return f'<a href="{href}" class="event-link"{match["rest"]}>{match["text"]}</a>'

    linked_html = _EVENT_LINK.sub(link, html)
    shown = _SITE_FILE.sub(rf'\g<key>="{root}', with_widths(linked_html, root))
    return without_links(shown, page.address, page.shows.withheld)


# ---------------------------------------------------------------- lists


def _articles(page: Page, site: Site, _: Body) -> ArticlesView:
    cards = (article_card(brief, page.lang, site, summary=True) for brief in page.shows.stories)
    return ArticlesView(site.frames[page.lang], head_of(page, site), tuple(cards))


def _entities(page: Page, site: Site, _: Body) -> EntitiesView:
    links = (entity_link(entity, page.lang, site, count=count) for entity, count in page.shows.entities)
    ordered = sorted(links, key=lambda link: (fold(link.words.text), link.href))
    section = site.section(page.shows.taxonomy, page.lang)
    head = head_of(page, site, section.words)
    return EntitiesView(site.frames[page.lang], head, section, tuple(ordered))


def _corrections(page: Page, site: Site, _: Body) -> CorrectionsView:
    found = sorted(page.shows.corrections, key=lambda one: (-one.by.stamp, one.event, one.by.slug))
    views = tuple(correction_view(one, page.lang, site) for one in found)
    return CorrectionsView(site.frames[page.lang], head_of(page, site), views)


_VIEWS: Final[Mapping[PageKind, Callable[[Page, Site, Body], View]]] = {
    PageKind.CHOICE: _choice,
    PageKind.NOT_FOUND: _not_found,
    PageKind.TIMELINE: _timeline,
    PageKind.EVENT: _event,
    PageKind.ARTICLE: _article,
    PageKind.PLAIN: _plain,
    PageKind.ARTICLES: _articles,
    PageKind.ENTITIES: _entities,
    PageKind.ENTITY: _entity,
    PageKind.CORRECTIONS: _corrections,
    PageKind.EMBED: embed,
    PageKind.CARD: drawn,
    PageKind.FEED: feeds.articles_feed,
    PageKind.EVENTS_FEED: feeds.events_feed,
    PageKind.EVENTS_DATA: records.events_data,
    PageKind.EVENTS_TABLE: records.events_table,
    PageKind.EVENTS_SCHEMA: records.events_schema,
    PageKind.CALENDAR: calendar,
    PageKind.FINDER: finder,
    PageKind.SITEMAP: feeds.sitemap,
    PageKind.SITEMAPS: feeds.sitemaps,
    PageKind.ROBOTS: feeds.robots,
    PageKind.REDIRECT: redirect_view,
}
