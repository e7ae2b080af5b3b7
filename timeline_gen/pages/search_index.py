"""What the search and the axis of a timeline know: a script's data, loaded when a reader asks for it.

A script and no JSON: pages opened from a folder can load scripts and nothing else. Its name carries no
hash of its content, because every page that names it would change with every event.

Texts are folded here, into the words of :func:`~timeline_gen.text.search_words.search_words`; what a
reader types is folded in the page, by the same tables, which travel with the data. Dates take no words: the
page knows the days of each event, and the names of months and decades.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from timeline_gen.collecting.chronicle import ArticleSummary, Event, EventSummary
from timeline_gen.dates.wording import styles
from timeline_gen.dates.words import searched_words
from timeline_gen.model import Edge, Entity, Era, Kind, Texts
from timeline_gen.pages.page import ChunkedPage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.cards import date_view, rich, stamp_view
from timeline_gen.pages.parts.grouping import bucket_of
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.chunks import Chunked
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.exports import SearchIndexView, search_index_chunks
from timeline_gen.text.digits import SYSTEMS
from timeline_gen.text.folding import LETTERS, SIGNS, fold
from timeline_gen.text.search_words import ELIDED, JOINING, search_words

FILE: Final = "find.js"
STATUSES: Final = ("", "confirmed", "reported", "disputed", "denied", "planned")
SPAN: Final = 1
UNSURE: Final = 2
GOING_ON: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex(ChunkedPage):
    """What can be found in a language: events, articles, names and eras."""

    events: tuple[Event, ...]
    articles: tuple[ArticleSummary, ...]
    names: tuple[tuple[str, Entity], ...]
    """What the events name, each with its taxonomy."""
    numbered: tuple[str, ...]
    """The same by taxonomy and id: a row gives what it names by number."""
    eras: tuple[Era, ...]
    split_by_year: bool
    """Whether the timeline has a page for each year, so that rows say which."""
    site: SiteContext

    group = "search files"
    many = True
    chunked = ("events", "articles")
    around = frozenset({"names", "eras"})

    def address(self) -> str:
        """Return the address of the script."""
        return f"{addresses.home(self.lang)}{FILE}"

    def chunks(self, _context: RenderContext) -> Chunked:
        """Return the script, a row for each event and each article."""
        lang, site = self.lang, self.site
        numbers = {name: number for number, name in enumerate(self.numbered)}
        return search_index_chunks(
            SearchIndexView(
                data={
                    **_language(lang, site),
                    "names": [_name(key, entity, lang, site) for key, entity in self.names],
                    "eras": [_era(era, lang, site) for era in self.eras],
                    "statuses": STATUSES,
                },
                events=tuple(_event(event, numbers, self) for event in self.events),
                articles=tuple(_article(article, lang, site) for article in self.articles),
            )
        )


def names_in(events: Iterable[Event], taxonomies: Iterable[str]) -> tuple[tuple[str, Entity], ...]:
    """Return what *events* name, by taxonomy and id.

    The order is not that of the events: a row gives what it names by number, and stays as it is when
    another event comes or goes.
    """
    found: dict[str, dict[str, Entity]] = {key: {} for key in taxonomies}
    for event in events:
        for named in event.named:
            for entity in named.entities:
                found[named.taxonomy][entity.id] = entity
    return tuple((key, inside[name]) for key, inside in found.items() for name in sorted(inside))


def _language(lang: str, site: SiteContext) -> dict[str, object]:
    """Return how the script words dates and folds what is typed."""
    language = site.languages[lang]
    short = styles(language)[1]
    return {
        "lang": lang,
        "months": short.months,
        "before": short.before,
        "after": short.after,
        "digits": SYSTEMS[language.digits],
        "letters": "".join(f"{letter}{plain}\n" for letter, plain in LETTERS.items()),
        "signs": SIGNS,
        "languages": list(site.languages),
        "elided": ELIDED,
        "joining": JOINING,
        "dates": _date_words(site),
    }


def _date_words(site: SiteContext) -> dict[str, str]:
    """Return what the names of months and decades stand for, in all languages of the site."""
    found: dict[str, str] = {}
    for language in site.languages.values():
        for name, meaning in searched_words(language.code, language.words).items():
            found.setdefault(fold(name), meaning)
    return dict(sorted(found.items()))


def _name(taxonomy: str, entity: Entity, lang: str, site: SiteContext) -> list[object]:
    """Return an entity: its taxonomy, its name, the language of that where it is another, and its words."""
    words = site.words(entity.names, lang) if entity.names else None
    shown = words.text if words else entity.id
    foreign = words.lang if words and words.lang != lang else ""
    return [taxonomy, entity.id, shown, foreign, _words((*entity.names.values(), *entity.other_names))]


def _era(era: Era, lang: str, site: SiteContext) -> list[object]:
    """Return an era: its id, its name, the language of that where it is another, and its days."""
    words = site.words(era.names, lang)
    return [era.id, words.text, words.lang if words.lang != lang else "", era.when.lo, era.when.hi]


def _event(event: Event, numbers: Mapping[str, int], page: SearchIndex) -> list[object]:
    """Return an event as a row: id, title, its language where it is another, date, days, what it is."""
    lang, site = page.lang, page.site
    title = site.words(event.titles, lang)
    shown = date_view(event.when, site.languages[lang], site, event.date_texts)
    return [
        event.id,
        title.text,
        title.lang if title.lang != lang else "",
        shown.instead.text if shown.instead else shown.short,
        event.when.lo,
        event.when.hi,
        _marks(event),
        event.importance,
        STATUSES.index(event.status) if event.status in STATUSES else 0,
        [numbers[f"{named.taxonomy}/{entity.id}"] for named in event.named for entity in named.entities],
        _year(event) if page.split_by_year else "",
        _words((*_texts(event.titles, event.summaries, lang, site), *_sources(event))),
    ]


def _sources(event: Event) -> Iterator[str]:
    """Yield what the sources of *event* are called."""
    for source in event.sources:
        yield from (source.name, source.title, source.author)


def _marks(event: EventSummary) -> int:
    happened = event.when
    marks = UNSURE if any(mark in happened.edtf for mark in "~?%") else 0
    if happened.kind is Kind.SPAN:
        marks |= SPAN | (GOING_ON if happened.end.edge is Edge.OPEN else 0)
    return marks


def _year(event: EventSummary) -> str:
    bucket = bucket_of(event.when)
    return bucket.year if bucket else ""


def _article(article: ArticleSummary, lang: str, site: SiteContext) -> list[object]:
    """Return an article as a row: address, title, its language where it is another, day, words."""
    title = site.words(article.titles, lang)
    day = stamp_view(article.published, site.languages[lang], site)
    return [
        addresses.article(title.lang, article.slug),
        title.text,
        title.lang if title.lang != lang else "",
        day.short if day else "",
        _words(_texts(article.titles, article.summaries, lang, site)),
    ]


def _texts(
    titles: Texts, summaries: Mapping[str, tuple[str, str]], lang: str, site: SiteContext
) -> Iterator[str]:
    """Yield what one looks for: titles in all languages, since names are typed in any, and the summary."""
    yield from titles.values()
    if summary := rich(summaries, lang, site):
        yield summary.text


def _words(texts: Iterable[str]) -> str:
    """Return the words by which *texts* are found, each once."""
    return " ".join(dict.fromkeys(word for text in texts for word in search_words(text)))
