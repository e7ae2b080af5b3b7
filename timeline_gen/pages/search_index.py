"""What the search and the axis of a timeline know: scripts with data, loaded when a reader asks for them.

Scripts and no JSON: pages opened from a folder can load scripts and nothing else. The head, whose name every
page knows, lists parts, which are named by what they hold; none is longer than a reader can wait for, and a
search needs few of them, however long the timeline is: lists of words by their first letters, and what is
shown and counted by the order of the list.

Texts are folded here, into the words of :func:`~timeline_gen.text.search_words.search_words`; what a
reader types is folded in the page, by the same tables, which travel with the head.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Final

from timeline_gen.collecting.timeline import ArticleSummary, Event
from timeline_gen.dates.wording import styles
from timeline_gen.dates.words import searched_words
from timeline_gen.keys import key_of
from timeline_gen.model.bodies import Body
from timeline_gen.model.dates import DateKind
from timeline_gen.model.entities import Entity, Era
from timeline_gen.pages.page import NO_BODIES, Bodies, FilePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.chapters import newest_first
from timeline_gen.pages.parts.grouping import grouped
from timeline_gen.pages.search.posting_lists import word_parts
from timeline_gen.pages.search.row_parts import column_parts, id_parts, name_parts, shown_parts
from timeline_gen.pages.search.rows import (
    NUMBERED_STATUSES,
    EventRow,
    FoundPage,
    article_row,
    era_row,
    event_row,
    name_row,
    page_row,
)
from timeline_gen.pages.site import SiteContext
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.search.number_texts import runs_text
from timeline_gen.rendering.search.parts import Parts, SearchFiles, search_files, search_script
from timeline_gen.text.digits import SYSTEMS
from timeline_gen.text.folding import LETTERS, SIGNS, fold
from timeline_gen.text.search_words import ELIDED, JOINING

FILE: Final = "find.js"
PARTS: Final = "find/"
_NO_TEXT: Final = Body("", "")

EventRows = Mapping[bytes, EventRow]
"""Events as the search knows them, by the hash of what that follows from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex(FilePage):
    """What can be found in a language: events, articles, plain pages, names and eras."""

    events: tuple[Event, ...]
    articles: tuple[ArticleSummary, ...]
    plain_pages: tuple[FoundPage, ...]
    names: tuple[tuple[str, Entity], ...]
    """What the events name, each with its taxonomy."""
    eras: tuple[Era, ...]
    own_texts: Mapping[str, str]
    """The hashes of the texts of events' own files, by event."""
    split_by_year: bool
    """Whether the timeline has a page for each year."""
    site: SiteContext

    group = "search files"
    many = True

    def address(self) -> str:
        """Return the address of the head."""
        return f"{addresses.home(self.lang)}{FILE}"

    @property
    def folder(self) -> str:
        """Return the folder of the parts."""
        return f"{addresses.home(self.lang)}{PARTS}"

    def texts(self) -> tuple[str, ...]:
        """Return the hashes of the texts of events' own files."""
        return tuple(dict.fromkeys(self.own_texts.values()))

    def written(self, context: RenderContext) -> bytes:
        """Return head and parts as one script, without texts of events."""
        return self.written_with(context, NO_BODIES)

    def written_with(self, _context: RenderContext, bodies: Bodies, /) -> bytes:
        """Return head and parts as one script."""
        return search_script(*self._data(self.rows(bodies)))

    def files(self, rows: EventRows) -> SearchFiles:
        """Return the head and the parts, made of *rows*."""
        return search_files(*self._data(rows))

    @property
    def row_context(self) -> bytes:
        """Return the hash of what each row is made from besides its event."""
        return key_of(self.lang, self.site)

    def rows(self, bodies: Bodies, known: EventRows | None = None) -> EventRows:
        """Return what the search knows of each event; what is *known* of the same context is taken over."""
        known, found = known or {}, {}
        for event in self.events:
            name = self._row_name(event)
            row = known.get(name)
            text = bodies.get(self.own_texts.get(event.id, ""), _NO_TEXT).text
            # A row is made of its event and text only, whose hashes are its name: so it is taken over as it
            # is.
            found[name] = row or event_row(event, text, self.lang, self.site)
        return found

    def cost(self) -> int:
        """Return about how many things it holds: a row is short."""
        return len(self.events) // 5

    def _row_name(self, event: Event) -> bytes:
        return event.digest + self.own_texts.get(event.id, "").encode()

    def _data(self, rows: EventRows) -> tuple[dict[str, object], Parts]:
        """Return the head, and the parts that it lists."""
        lang, site, parts = self.lang, self.site, Parts()
        events = [rows[self._row_name(event)] for event in listed(self.events, newest=site.newest_first)]
        names = [name_row(taxonomy, entity, lang, site) for taxonomy, entity in self.names]
        articles = [article_row(article, lang, site) for article in self.articles]
        articles += [page_row(page, lang, site) for page in self.plain_pages]
        words = ((row.words for row in listed) for listed in (events, names, articles))
        head = {
            **_language(lang, site),
            "eras": [era_row(era, lang, site) for era in self.eras],
            "statuses": NUMBERED_STATUSES,
            "used": sorted({row.status for row in events} - {0}),
            "totals": [len(events), len(names), len(articles)],
            "pages": len(self.plain_pages),
            "taxonomies": [
                [key, len(list(group))] for key, group in groupby(names, lambda row: row.taxonomy)
            ],
            "years": runs_text(row.year for row in events) if self.split_by_year else "",
            **word_parts([list(kind) for kind in words], parts),
            "rows": shown_parts(events, parts),
            "articles": shown_parts(articles, parts),
            "names": name_parts(names, events, parts),
            "columns": column_parts(events, parts),
            "ids": id_parts(events, parts) if self.split_by_year else "",
        }
        return head, parts


def listed(events: Iterable[Event], *, newest: bool) -> list[Event]:
    """Return *events* in the order of the list on any of their pages, which numbers them for the search."""
    given = list(events)
    under = grouped(event for event in given if event.when.kind is not DateKind.UNDATED)
    if newest:
        under = newest_first(under)
    dated = chain.from_iterable(inside for _, inside in under)
    undated = (event for event in given if event.when.kind is DateKind.UNDATED)
    return [event for event in (*dated, *undated) if isinstance(event, Event)]


def names_in(events: Iterable[Event], taxonomies: Iterable[str]) -> tuple[tuple[str, Entity], ...]:
    """Return what *events* name, by taxonomy and id."""
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
            # Where two languages write one word, that of the site's first language counts.
            found.setdefault(fold(name), meaning)
    return dict(sorted(found.items()))
