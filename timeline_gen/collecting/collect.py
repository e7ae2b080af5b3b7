"""The stage collect: versions into the one timeline that the site shows.

The result depends only on what the articles state, never on the order of files, keys or articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.collecting.articles import assemble, pair
from timeline_gen.collecting.context import CollectContext
from timeline_gen.collecting.dead_links import KnownTargets, link_problems
from timeline_gen.collecting.directory import build_directory
from timeline_gen.collecting.earlier_ids import Earlier, earlier_ids
from timeline_gen.collecting.embargoes import release
from timeline_gen.collecting.facts import position_of_item
from timeline_gen.collecting.link_targets import LinkTargets, SiteTexts, find_targets, keys_of
from timeline_gen.collecting.mentions import Naming, article_namings, site_namings
from timeline_gen.collecting.merging import merge
from timeline_gen.collecting.tellings import MergedTelling
from timeline_gen.collecting.timeline import Article, Event, Timeline, TranslatedPage
from timeline_gen.collecting.unpublished import dated_ahead, drafts_throughout, next_date
from timeline_gen.dates.order import sort_key
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.articles import ArticleVersion, PageVersion, is_row
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import Citation
from timeline_gen.model.links import TextLink
from timeline_gen.model.settings import Settings
from timeline_gen.text.suggestions import nearest

ENTITIES: Final = PurePosixPath("content/entities.yaml")
ERAS: Final = PurePosixPath("content/eras.yaml")


@dataclass(frozen=True, slots=True)
class ParsedContent:
    """Everything that was read, before it is brought together."""

    articles: tuple[ArticleVersion, ...]
    plain_pages: tuple[PageVersion, ...] = ()
    entities: tuple[Entity, ...] = ()
    eras: tuple[Era, ...] = ()
    sources: Mapping[str, Citation] = field(default_factory=dict)


def collect(
    read: ParsedContent, settings: Settings, *, now: int, drafts: bool = False
) -> tuple[Timeline, tuple[Problem, ...]]:
    """Return the timeline of all that was *read*, and what is wrong with it.

    Drafts, what is under embargo at the second *now* (since 1970, UTC), and the events that only they
    date, are left out unless *drafts* is set.
    """
    released = release(read.articles, drafts=drafts, now=now)
    versions, held = released.articles, released.held
    slugs, problems = pair(versions, settings)
    directory, unclear = build_directory(
        read.entities, _namings(versions, settings), settings.taxonomies, settings.languages
    )
    kinds = {taxonomy.key: taxonomy.kind for taxonomy in settings.taxonomies}
    plain_pages, doubled = _plain_pages(read.plain_pages, settings, drafts=drafts)
    targets = _targets(
        read,
        SiteTexts(slugs, {plain_page.slug: plain_page.versions for plain_page in plain_pages}, directory),
        settings,
    )
    context = CollectContext(settings, directory, read.sources, kinds, targets)
    articles, tellings, wrong = _assembled(slugs, context)
    orphaned = _orphaned(slugs, released.withheld)
    hidden = frozenset(slug for _, slug in released.withheld) - slugs.keys()
    events, merged = _events(tellings, settings, held, hidden)
    texts: list[ArticleVersion | PageVersion] = [*versions]
    texts += (page for plain in plain_pages for page in plain.versions.values())
    broken = _broken_references(texts, read, targets, held)
    timeline = Timeline(
        events=events,
        articles=tuple(
            sorted((article for article in articles if not article.label.event), key=_newest_first)
        ),
        plain_pages=plain_pages,
        eras=_eras(read.eras, targets),
        held=frozenset(held),
        targets=targets,
        withheld=released.withheld,
        withheld_pages=frozenset(page.slug for page in read.plain_pages)
        - {plain.slug for plain in plain_pages},
        listed=frozenset(entity.id for entity in read.entities),
        next_embargo=released.next_embargo,
        next_note=next_date(versions, now),
        event_files=_event_files(articles, events),
        rows=tuple(article for article in articles if is_row(article.slug)),
    )
    return timeline, (
        *problems,
        *unclear,
        *wrong,
        *orphaned,
        *merged,
        *doubled,
        *broken,
        *_accepted_in_vain(settings, {event.id for event in events}, held),
        *dated_ahead(versions, now),
        *(() if drafts else drafts_throughout(read.articles)),
    )


def former_ids(
    read: ParsedContent, settings: Settings, *, drafts: bool = False, now: int = 0
) -> tuple[Earlier, ...]:
    """Return what of all that was *read* an earlier version gave other ids, as :func:`collect` sees it."""
    articles = release(read.articles, drafts=drafts, now=now).articles
    namings = _namings(articles, settings)
    directory, _ = build_directory(read.entities, namings, settings.taxonomies, settings.languages)
    return tuple(earlier_ids(read.entities, namings, directory, settings.taxonomies))


def _namings(articles: Sequence[ArticleVersion], settings: Settings) -> tuple[Naming, ...]:
    """Return all places at which the settings and *articles* give names."""
    return (*site_namings(settings), *article_namings(articles, settings))


def _event_files(articles: Iterable[Article], events: Iterable[Event]) -> dict[str, Article]:
    """Return the files that *events* have of their own, which are among *articles*, by event."""
    known = {event.id for event in events}
    files = (article for article in articles if not is_row(article.slug))
    return {article.label.event: article for article in files if article.label.event in known}


def _assembled(
    slugs: Mapping[str, Mapping[str, ArticleVersion]], context: CollectContext
) -> tuple[list[Article], list[MergedTelling], list[Problem]]:
    articles: list[Article] = []
    tellings: list[MergedTelling] = []
    problems: list[Problem] = []
    for versions in slugs.values():
        article, merged, wrong = assemble(versions, context)
        articles.append(article)
        tellings.extend(merged)
        problems.extend(wrong)
    return articles, tellings, problems


def _events(
    tellings: Sequence[MergedTelling], settings: Settings, held: Mapping[str, str], hidden: Collection[str]
) -> tuple[tuple[Event, ...], list[Problem]]:
    by_event: dict[str, list[MergedTelling]] = {}
    for telling in tellings:
        by_event.setdefault(telling.event, []).append(telling)
    events: list[Event] = []
    undated: list[MergedTelling] = []
    problems: list[Problem] = []
    for every in by_event.values():
        dated = [telling for telling in every if telling.when]
        mentions = [telling for telling in every if not telling.when]
        if not dated:
            undated += mentions
            continue
        event, wrong = merge(dated, mentions, settings, hidden)
        events.append(event)
        problems.extend(wrong)
        if not event.titles:
            problems.append(_untitled(dated[0]))
    known = [event.id for event in events]
    problems.extend(_undated(telling, held, known) for telling in undated)
    return tuple(sorted(events, key=_place_in_time)), problems


def _place_in_time(event: Event) -> tuple[object, ...]:
    return (event.when.kind is DateKind.UNDATED, *event.sort_key)


def _newest_first(article: Article) -> tuple[int, str]:
    published = article.label.published
    return (-published.second if published else 0, article.slug)


def _plain_pages(
    pages: Iterable[PageVersion], settings: Settings, *, drafts: bool
) -> tuple[tuple[TranslatedPage, ...], list[Problem]]:
    rank = {language.code: number for number, language in enumerate(settings.languages)}
    slugs: dict[str, dict[str, PageVersion]] = {}
    problems: list[Problem] = []
    for page in sorted(pages, key=lambda page: (page.slug, rank[page.lang], page.path)):
        if page.draft and not drafts:
            continue
        versions = slugs.setdefault(page.slug, {})
        if first := versions.get(page.lang):
            problems.append(_page_twice(first, page))
        else:
            versions[page.lang] = page
    plain_pages = (TranslatedPage(slug, versions) for slug, versions in slugs.items())
    return tuple(plain_pages), problems


def _orphaned(
    slugs: Mapping[str, Mapping[str, ArticleVersion]], withheld: Collection[tuple[str, str]]
) -> Iterable[Problem]:
    """Yield a problem for each article whose original is no other version, nor one held back."""
    for slug, versions in slugs.items():
        for lang, article in versions.items():
            original = article.translation_of[0] if article.translation_of else ""
            there = (original in versions or (original, slug) in withheld) and original != lang
            if original and not there:
                yield _no_original(article, original, versions)


def _accepted_in_vain(
    settings: Settings, known: Collection[str], held: Mapping[str, str]
) -> Iterable[Problem]:
    """Yield a problem for each event that ``accept:`` names and no article has."""
    for number, event in enumerate(settings.accepted):
        if event in known or event in held:
            continue
        yield Problem(
            "TG520",
            say("'accept' names the event {event!r}, which no article tells", event=event),
            Place(PurePosixPath("site.yaml"), *position_of_item(settings.positions, "accept", number)),
            say("write the id of an event that articles disagree about, or remove the entry"),
            Level.WARNING,
            about=event,
        )


def _eras(eras: Iterable[Era], targets: LinkTargets) -> tuple[Era, ...]:
    linked = (replace(era, targets=targets.of(keys_of(era.links))) if era.links else era for era in eras)
    return tuple(sorted(linked, key=lambda era: sort_key(era.when, order=None, event=era.id)))


def _targets(read: ParsedContent, live: SiteTexts, settings: Settings) -> LinkTargets:
    """Return what links in all that was *read* lead to, of which readers may see what is *live*."""
    slugs, _ = pair(read.articles, settings)
    plain_pages: dict[str, dict[str, PageVersion]] = {}
    for page in read.plain_pages:
        plain_pages.setdefault(page.slug, {}).setdefault(page.lang, page)
    counts = [
        sum(map(len, texts.values())) for texts in (slugs, plain_pages, live.articles, live.plain_pages)
    ]
    if counts[:2] == counts[2:] and all(
        live.articles[slug][lang] is article
        for slug, versions in slugs.items()
        for lang, article in versions.items()
    ):
        wanted = any(link.to.startswith(("entity:", "path:")) for link in _links(read))
        return find_targets(live, live, settings, entities=wanted)
    namings = (*site_namings(settings), *article_namings(read.articles, settings))
    directory, _ = build_directory(read.entities, namings, settings.taxonomies, settings.languages)
    return find_targets(SiteTexts(slugs, plain_pages, directory), live, settings)


def _links(read: ParsedContent) -> Iterator[TextLink]:
    nouns: tuple[Iterable[ArticleVersion | PageVersion | Entity | Era], ...] = (
        read.articles,
        read.plain_pages,
        read.entities,
        read.eras,
    )
    for noun in chain.from_iterable(nouns):
        yield from noun.links


def _broken_references(
    texts: Iterable[ArticleVersion | PageVersion],
    read: ParsedContent,
    targets: LinkTargets,
    held: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield what is wrong with the links of *texts* and of the data files that were *read*."""
    known = KnownTargets(targets, held, frozenset(entity.id for entity in read.entities))
    for path, links in (*((text.path, text.links) for text in texts), *data_links(read)):
        yield from link_problems(path, links, known)


def data_links(read: ParsedContent) -> Iterator[tuple[PurePosixPath, tuple[TextLink, ...]]]:
    """Yield the links in the texts of the entities and the eras that were *read*, with their files."""
    yield from ((ENTITIES, entity.links) for entity in read.entities if entity.links)
    yield from ((ERAS, era.links) for era in read.eras if era.links)


def _no_original(article: ArticleVersion, original: str, versions: Mapping[str, ArticleVersion]) -> Problem:
    others = [lang for lang in versions if lang != article.lang]
    said = (
        say("names this very version")
        if original == article.lang
        else say("names a version in {original!r}", original=original)
    )
    return Problem(
        "TG518",
        say(
            "'translation_of' {said}, and there is no such original of {slug!r}", said=said, slug=article.slug
        ),
        Place(article.path, *article.positions.get("translation_of", (1, 1))),
        say("write the language of another version: {others}", others=", ".join(others))
        if others
        else say("remove the key"),
        about=original,
    )


def _undated(telling: MergedTelling, held: Mapping[str, str], known: Iterable[str]) -> Problem:
    if telling.event in held:
        return _is_held(telling.event, held[telling.event], telling.place)
    near = nearest(telling.event, known)
    meant = say("did you mean {near!r}?", near=near) if near else say("check the id")
    return Problem(
        "TG502",
        say("no article gives the event {event!r} a date", event=telling.event)
        + (say(", nor does this file") if telling.article.event else ""),
        telling.place,
        say("add 'date:' here, or 'date: unknown' if it is not known; or {meant}", meant=meant),
        about=telling.event,
    )


def _is_held(event: str, reason: str, place: Place) -> Problem:
    return Problem(
        "TG513",
        say(
            "the event {event!r} is held back: {reason}; readers see no link to it",
            event=event,
            reason=reason,
        ),
        place,
        level=Level.INFO,
    )


def _untitled(telling: MergedTelling) -> Problem:
    return Problem(
        "TG515",
        say("the event {event!r} has no title in any language", event=telling.event),
        telling.place,
        say("add 'title:' to it"),
    )


def _page_twice(first: PageVersion, second: PageVersion) -> Problem:
    return Problem(
        "TG516",
        say(
            "a second page with the slug {slug!r} in {lang!r}; the first is {path}",
            slug=second.slug,
            lang=second.lang,
            path=first.path,
        ),
        Place(second.path),
        say("give one of the two files another name"),
        related=(Place(first.path),),
    )
