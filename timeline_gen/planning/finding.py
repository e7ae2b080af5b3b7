"""What the search and the axis of a timeline know: a script's data, loaded when a reader asks for it.

A script and no JSON: pages opened from a folder can load scripts and nothing else. Its name carries no
hash of its content, because every page that names it would change with every event.

Texts are folded here, into the keys of :func:`~timeline_gen.text.folding.search_keys`; what a reader
types is folded in the page, by the same tables, which travel with the data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from timeline_gen.collecting.chronicle import Brief, Event, Face
from timeline_gen.dates.phrasebook import voices
from timeline_gen.model import Body, Edge, Entity, Era, Kind, Texts
from timeline_gen.planning import addresses
from timeline_gen.planning.cards import date_view, rich, stamp_view
from timeline_gen.planning.file_views import FinderView
from timeline_gen.planning.grouping import bucket_of
from timeline_gen.planning.pages import Page, Together
from timeline_gen.planning.site import Site
from timeline_gen.text.digits import SYSTEMS
from timeline_gen.text.folding import LETTERS, SIGNS, search_keys

STATUSES: Final = ("", "confirmed", "reported", "disputed", "denied")
SPAN: Final = 1
UNSURE: Final = 2
GOING_ON: Final = 4


def finder(page: Page, site: Site, _: Body) -> FinderView:
    """Return what can be found in the page's language: events, articles, names and eras."""
    lang, shows = page.lang, page.shows
    entities = [(key, entity) for key, named in shows.together for entity, _ in named]
    places = {entity.id: number for number, (_, entity) in enumerate(entities)}
    return FinderView(
        data={
            **_language(lang, site),
            "names": [_name(key, entity, lang, site) for key, entity in entities],
            "eras": [_era(era, lang, site) for era in shows.span.eras],
            "statuses": STATUSES,
        },
        events=tuple(_event(event, places, page, site) for event in shows.events),
        articles=tuple(_article(brief, lang, site) for brief in shows.stories),
    )


def named_in(events: Iterable[Event], site: Site) -> Together:
    """Return what *events* name, by taxonomy and id, with how often.

    The order is not that of the events: a row tells what it names by number, and stays as it is when
    another event comes or goes.
    """
    found: dict[str, dict[str, Entity]] = {taxonomy.key: {} for taxonomy in site.settings.taxonomies}
    counts: Counter[str] = Counter()
    for event in events:
        for named in event.named:
            for entity in named.entities:
                found[named.taxonomy][entity.id] = entity
                counts[entity.id] += 1
    return tuple(
        (key, tuple((inside[name], counts[name]) for name in sorted(inside))) for key, inside in found.items()
    )


def _language(lang: str, site: Site) -> dict[str, object]:
    """Return how the script words dates and folds what is typed."""
    language = site.languages[lang]
    short = voices(language)[1]
    return {
        "lang": lang,
        "months": short.months,
        "before": short.before,
        "after": short.after,
        "digits": SYSTEMS[language.digits],
        "letters": "".join(f"{letter}{plain}\n" for letter, plain in LETTERS.items()),
        "signs": SIGNS,
    }


def _name(taxonomy: str, entity: Entity, lang: str, site: Site) -> list[object]:
    """Return an entity: its taxonomy, its name, the language of that where it is another, and its keys."""
    words = site.words(entity.names, lang) if entity.names else None
    shown = words.text if words else entity.id
    foreign = words.lang if words and words.lang != lang else ""
    return [taxonomy, entity.id, shown, foreign, _keys((*entity.names.values(), *entity.other_names))]


def _era(era: Era, lang: str, site: Site) -> list[object]:
    """Return an era: its id, its name, the language of that where it is another, and its days."""
    words = site.words(era.names, lang)
    return [era.id, words.text, words.lang if words.lang != lang else "", era.when.lo, era.when.hi]


def _event(event: Event, places: Mapping[str, int], page: Page, site: Site) -> list[object]:
    """Return an event as a row: id, title, its language where it is another, date, days, what it is."""
    lang = page.lang
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
        [places[entity.id] for named in event.named for entity in named.entities],
        _year(event) if page.shows.span.years else "",
        _keys(_texts(event.titles, event.summaries, lang, site)),
    ]


def _marks(event: Face) -> int:
    happened = event.when
    marks = UNSURE if any(mark in happened.edtf for mark in "~?%") else 0
    if happened.kind is Kind.SPAN:
        marks |= SPAN | (GOING_ON if happened.end.edge is Edge.OPEN else 0)
    return marks


def _year(event: Face) -> str:
    bucket = bucket_of(event.when)
    return bucket.year if bucket else ""


def _article(brief: Brief, lang: str, site: Site) -> list[object]:
    """Return an article as a row: address, title, its language where it is another, day, keys."""
    title = site.words(brief.titles, lang)
    day = stamp_view(brief.published, site.languages[lang], site)
    return [
        addresses.article(title.lang, brief.slug),
        title.text,
        title.lang if title.lang != lang else "",
        day.short if day else "",
        _keys(_texts(brief.titles, brief.summaries, lang, site)),
    ]


def _texts(titles: Texts, summaries: Mapping[str, tuple[str, str]], lang: str, site: Site) -> Iterator[str]:
    """Yield what one looks for: titles in all languages, since names are typed in any, and the summary."""
    yield from titles.values()
    if summary := rich(summaries, lang, site):
        yield summary.text


def _keys(texts: Iterable[str]) -> str:
    """Return the search keys of *texts*, each behind a space, and one space at the end."""
    keys = dict.fromkeys(key for text in texts for key in search_keys(text))
    return f" {' '.join(keys)} " if keys else ""
