"""The pages of events and articles, and plain pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from timeline_gen.collecting.link_targets import LinkTargets, keys_of
from timeline_gen.collecting.timeline import (
    Article,
    Correction,
    Event,
    EventSummaries,
    EventSummary,
    Timeline,
    TranslatedPage,
)
from timeline_gen.errors import Place
from timeline_gen.model.dates import DateKind
from timeline_gen.model.links import LinkTarget
from timeline_gen.pages.article import ArticlePage
from timeline_gen.pages.event import EventLabel, EventPage, event_label
from timeline_gen.pages.page import Versions
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.plain_page import PlainPage
from timeline_gen.pages.plan.event_files import EventFiles
from timeline_gen.pages.plan.optional_files import has_embed
from timeline_gen.pages.plan.related import Related
from timeline_gen.pages.plan.versions import distinct, like, versions_of, visible
from timeline_gen.pages.site import Site


def event_pages(
    timeline: Timeline, summaries: EventSummaries, files: EventFiles, site: Site
) -> Iterator[EventPage]:
    """Yield the pages of each event of *timeline*; *files* are those that events have of their own."""
    paged = [event for event in summaries.values() if event.has_page]
    rows = {lang: visible(paged, lang, site) for lang in distinct(site)}
    places = {lang: {event.id: number for number, event in enumerate(row)} for lang, row in rows.items()}
    embedded = has_embed("events", site)
    for event in timeline.events:
        if not event.has_page:
            continue
        has = tuple([lang for lang in site.languages if lang in event.titles])
        langs = has if site.hides else tuple(site.languages)
        address = partial(addresses.event, event_id=event.id)
        authors, updated = files.byline(event.id)
        for lang, versions in versions_of(site, address, langs, has):
            row, at = rows[like(lang, site)], places[like(lang, site)][event.id]
            yield EventPage(
                **site.shared(lang),
                versions=versions,
                origin=event.place,
                event=event,
                before=_label(row, at - 1),
                after=_label(row, at + 1),
                embedded=embedded,
                text=files.text(event.id, lang),
                authors=authors,
                updated=updated,
            )


def _label(events: Sequence[EventSummary], number: int) -> EventLabel | None:
    return event_label(events[number]) if 0 <= number < len(events) else None


def article_pages(
    timeline: Timeline, summaries: EventSummaries, site: Site, among: Sequence[Article] | None = None
) -> Iterator[ArticlePage]:
    """Yield the pages of the articles of *timeline*, which nothing but these shows the bodies of.

    What is related to them is looked for *among* all articles of the site, else among these.
    """
    related = Related(timeline.articles if among is None else among)
    events = {event.id: event for event in timeline.events}
    for article in timeline.articles:
        address = partial(addresses.article, slug=article.slug)
        instead = partial(_address_of_event, article, events, site)
        for lang, versions in versions_of(site, address, tuple(article.versions), instead=instead):
            targets = timeline.targets.of(keys_of(article.versions[lang].links))
            known = _among((*article.events, *_event_names(targets)), summaries, lang, site)
            corrections = tuple(_corrections(article, known, events))
            page = _article_page(
                article, lang, site, versions=versions, targets=targets, known=known, corrections=corrections
            )
            yield replace(page, related=related.to(article, lang, site))


def _article_page(
    article: Article,
    lang: str,
    site: Site,
    *,
    versions: Versions,
    targets: tuple[LinkTarget, ...],
    known: tuple[EventSummary, ...],
    corrections: tuple[Correction, ...],
) -> ArticlePage:
    version, own = article.versions[lang], {*article.events}
    linked = {*_event_names(targets)}
    return ArticlePage(
        **site.shared(lang),
        versions=versions,
        origin=Place(version.path),
        body=version.body_hash,
        slug=article.slug,
        title=version.title,
        summary=article.summary.summaries[lang] if version.summary else None,
        description=version.summary_text,
        published=article.label.published,
        updated=version.updated,
        last=article.label.last,
        authors=article.authors,
        source=article.source,
        named=article.named,
        media=tuple(medium for telling in version.events for medium in telling.media),
        events=tuple(sorted((event for event in known if event.id in own), key=lambda item: item.sort_key)),
        linked=tuple(event for event in known if event.id in linked),
        corrections=corrections,
        targets=targets,
        summary_targets=article.summary.targets,
        draft=version.draft,
        extra=version.extra,
        image=article.summary.image,
        files=article.files,
    )


def _event_names(targets: Iterable[LinkTarget]) -> Iterator[str]:
    return (target.name for target in targets if target.kind == "event")


def _address_of_event(article: Article, events: Mapping[str, Event], site: Site, lang: str) -> str:
    """Return where the earliest event of *article* that has a page in *lang* is, else the timeline."""
    own = (events[name] for name in article.events if name in events)
    shown = [event for event in own if event.has_page and (lang in event.titles or not site.hides)]
    if not shown:
        return addresses.timeline(lang, site.context.home)
    first = min(shown, key=lambda event: (event.when.kind is DateKind.UNDATED, *event.sort_key))
    return addresses.event(lang, first.id)


def _corrections(
    article: Article, known: Iterable[EventSummary], events: Mapping[str, Event]
) -> Iterator[Correction]:
    """Yield the corrections of events *known* on its page that *article* makes, or that are made of it."""
    shown = {event.id for event in known}
    for name in article.events:
        if name in shown:
            for correction in events[name].corrections:
                if article.slug in {correction.by.slug, correction.corrected.slug}:
                    yield correction


def _among(names: Iterable[str], events: EventSummaries, lang: str, site: Site) -> tuple[EventSummary, ...]:
    """Return those of *events* that *names* name and the site shows in *lang*, each once."""
    return visible((events[name] for name in dict.fromkeys(names) if name in events), lang, site)


def plain_pages(timeline: Timeline, summaries: EventSummaries, site: Site) -> Iterator[PlainPage]:
    """Yield the plain pages of *timeline*."""
    for plain in timeline.plain_pages:
        address = partial(addresses.plain_page, slug=plain.slug, at_home=site.context.home)
        default = "" if site.context.home == f"page:{plain.slug}" else None
        for lang, versions in versions_of(site, address, tuple(plain.versions), default=default):
            yield _plain_page(
                plain, lang, site, versions=versions, known=timeline.targets, summaries=summaries
            )


def _plain_page(
    plain: TranslatedPage,
    lang: str,
    site: Site,
    *,
    versions: Versions,
    known: LinkTargets,
    summaries: EventSummaries,
) -> PlainPage:
    text = plain.versions[lang]
    targets = known.of(keys_of(text.links))
    return PlainPage(
        **site.shared(lang),
        versions=versions,
        origin=Place(text.path),
        body=text.body_hash,
        slug=plain.slug,
        title=text.title,
        description=text.summary_text,
        linked=_among(_event_names(targets), summaries, lang, site),
        targets=targets,
        draft=text.draft,
        extra=text.extra,
        own_template=text.template or _template_of(plain, site),
    )


def _template_of(plain: TranslatedPage, site: Site) -> str:
    """Return the template that the first version of *plain* that names one names."""
    versions = (plain.versions[lang] for lang in site.languages if lang in plain.versions)
    return next((text.template for text in versions if text.template), "")
