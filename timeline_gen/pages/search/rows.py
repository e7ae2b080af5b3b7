"""What the search knows of an event, a name and an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from timeline_gen.collecting.timeline import ArticleSummary, Event, EventSummary
from timeline_gen.model.dates import DateKind, Edge
from timeline_gen.model.entities import Entity, Era
from timeline_gen.model.events import STATUSES
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.grouping import bucket_of
from timeline_gen.pages.search.date_keys import date_keys
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view, stamp_view
from timeline_gen.pages.view_models.text import rich_text
from timeline_gen.pages.view_models.text_facts import text_facts
from timeline_gen.text.search_words import search_words

NUMBERED_STATUSES: Final = ("", *STATUSES)
"""The data give the number of a status among these; the first is that of none."""
SPAN: Final = 1
UNSURE: Final = 2
GOING_ON: Final = 4


class FoundPage(NamedTuple):
    """A plain page in all its languages, as the search knows it."""

    slug: str
    titles: Texts
    summaries: Texts


class EventRow(NamedTuple):
    """An event as the search knows it."""

    shown: tuple[str, str, str, str]
    """Its id, title, the language of that where it is another, and its date in words."""
    lo: int | None
    hi: int | None
    marks: int
    weight: int
    status: int
    names: tuple[str, ...]
    """What it names, each as ``taxonomy/id``."""
    year: str
    """The year that its place on a long timeline is in; empty where that is wider."""
    words: tuple[str, ...]
    """The words and keys by which it is found."""


class NameRow(NamedTuple):
    """An entity that events name."""

    taxonomy: str
    shown: tuple[str, str, str]
    """Its id, its name, and the language of that where it is another."""
    words: tuple[str, ...]


class ArticleRow(NamedTuple):
    """An article."""

    shown: tuple[str, str, str, str]
    """Its address, title, the language of that where it is another, and the day of it in words."""
    words: tuple[str, ...]


def event_row(event: Event, text: str, lang: str, site: SiteContext) -> EventRow:
    """Return *event* in *lang*; *text* is that of its own file."""
    title = site.words(event.titles, lang)
    date = date_view(event.when, site.languages[lang], site, event.date_texts)
    names = [(named.taxonomy, entity) for named in event.named for entity in named.entities]
    texts = (*_texts(event.titles, event.summaries, lang, site), *_sources(event), *_spellings(names), text)
    texts += tuple(words.text for words in text_facts(event.labelled, lang, site).values())
    status = NUMBERED_STATUSES.index(event.status) if event.status in NUMBERED_STATUSES else 0
    keys = tuple(f"{taxonomy}/{entity.id}" for taxonomy, entity in names)
    return EventRow(
        shown=(
            event.id,
            title.text,
            title.lang if title.lang != lang else "",
            date.instead.text if date.instead else date.short,
        ),
        lo=event.when.lo,
        hi=event.when.hi,
        marks=_marks(event),
        weight=event.importance,
        status=status,
        names=keys,
        year=_year(event),
        words=(*words_of(texts), *date_keys(event.when), f"=s{status}", *(f"={key}" for key in keys)),
    )


def name_row(taxonomy: str, entity: Entity, lang: str, site: SiteContext) -> NameRow:
    """Return an *entity* of *taxonomy* in *lang*."""
    words = site.words(entity.names, lang) if entity.names else None
    shown = words.text if words else entity.id
    foreign = words.lang if words and words.lang != lang else ""
    found = words_of((*entity.names.values(), *entity.other_names))
    return NameRow(taxonomy, (entity.id, shown, foreign), (*found, f"={taxonomy}/{entity.id}"))


def article_row(article: ArticleSummary, lang: str, site: SiteContext) -> ArticleRow:
    """Return an *article* in *lang*."""
    title = site.words(article.titles, lang)
    day = stamp_view(article.published, site.languages[lang], site)
    address = addresses.article(title.lang, article.slug)
    shown = (address, title.text, title.lang if title.lang != lang else "", day.short if day else "")
    return ArticleRow(shown, words_of(_texts(article.titles, article.summaries, lang, site)))


def page_row(page: FoundPage, lang: str, site: SiteContext) -> ArticleRow:
    """Return a plain *page* in *lang*."""
    title = site.words(page.titles, lang)
    shown = (
        addresses.plain_page(title.lang, page.slug, site.home),
        title.text,
        title.lang if title.lang != lang else "",
        "",
    )
    return ArticleRow(shown, words_of((*page.titles.values(), page.summaries.get(title.lang, ""))))


def era_row(era: Era, lang: str, site: SiteContext) -> list[object]:
    """Return an *era*: its id, its name, the language of that where it is another, and its days."""
    words = site.words(era.names, lang)
    return [era.id, words.text, words.lang if words.lang != lang else "", era.when.lo, era.when.hi]


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words by which *texts* are found, each once."""
    return tuple(dict.fromkeys(word for text in texts for word in search_words(text)))


def _spellings(names: Iterable[tuple[str, Entity]]) -> Iterator[str]:
    for _, entity in names:
        yield from (entity.names.values() if entity.names else (entity.id,))
        yield from entity.other_names


def _sources(event: Event) -> Iterator[str]:
    """Yield what the sources of *event* are called."""
    for source in event.sources:
        yield from (source.name, source.title, source.author)


def _marks(event: EventSummary) -> int:
    happened = event.when
    marks = UNSURE if any(mark in happened.edtf for mark in "~?%") else 0
    if happened.kind is DateKind.SPAN:
        marks |= SPAN | (GOING_ON if happened.end.edge is Edge.OPEN else 0)
    return marks


def _year(event: EventSummary) -> str:
    bucket = bucket_of(event.when)
    return bucket.year if bucket else ""


def _texts(
    titles: Texts, summaries: Mapping[str, tuple[str, str]], lang: str, site: SiteContext
) -> Iterator[str]:
    """Yield what is looked for: titles in all languages, since names are typed in any, and the summary."""
    yield from titles.values()
    if summary := rich_text(summaries, lang, site):
        yield summary.text
