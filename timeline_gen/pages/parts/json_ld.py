"""What pages give search engines: the nouns of schema.org, ready to be written as JSON-LD.

A date is given as exactly as it is known, in the forms of ISO 8601 that have just that precision, or not
at all: there is no form for "about 2017", so that is given in words (``disambiguatingDescription``). An event
that is denied is no ``Event``: the status of its page is what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from timeline_gen.collecting.timeline import Correction, Event, NamedEntities
from timeline_gen.dates.days import civil, month_length
from timeline_gen.model.assets import Media
from timeline_gen.model.dates import Bound, DateKind, Edge, Precision, Qualifier, When
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.date_times import date_time
from timeline_gen.pages.parts.memoize import memoize
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.pages.view_models.entities import entity_link
from timeline_gen.rendering.layout import Layout, Words
from timeline_gen.rendering.view_models import ArticleCard, EventCard, FileView, MediaView

Data: TypeAlias = dict[str, object]

_TYPES: Final = {"person": "Person", "place": "Place", "organization": "Organization"}
"""By kind of entity; any other is a ``Thing``."""
_WIKIDATA: Final = "https://www.wikidata.org/entity/"


def known(**fields: object) -> Data:
    """Return those of *fields* that are not empty; a leading underscore means ``@``."""
    return {
        f"@{key[1:]}" if key[0] == "_" else key: value
        for key, value in fields.items()
        if value not in ("", None, [])
    }


def in_language(words: Words | None, lang: str) -> object:
    """Return *words* as JSON-LD has them on a page in *lang*: with their language, where it is another."""
    if words is None:
        return None
    return words.text if words.lang == lang else {"@value": words.text, "@language": words.lang}


def event_data(event: Event, card: EventCard, page: TemplatePage) -> Data:
    """Return the page of *event*, which is shown as *card*, and the event, unless it is denied."""
    site, lang = page.site, page.lang
    url = addresses.absolute(site.url, page.address())
    summary = card.summary
    description = in_language(Words(summary.text, summary.lang, summary.direction), lang) if summary else None
    named = {names.taxonomy: names for names in event.named}
    places = [taxonomy.key for taxonomy in site.taxonomies if taxonomy.kind == "place"]
    happening = known(
        _type="Event",
        _id=f"{url}#event",
        url=url,
        name=in_language(card.title, lang),
        description=description,
        disambiguatingDescription=card.date.instead.text if card.date.instead else card.date.text,
        **exact_dates(event.when),
        location=[*_entities((named[key] for key in places if key in named), lang, site)],
        about=[*_entities((names for names in event.named if names.taxonomy not in places), lang, site)],
        image=picture_data(card.media.still if card.media else None, site),
        associatedMedia=[*_files((card.media, *card.gallery), card.files, site)],
        subjectOf=[_article(article, lang, site) for article in card.articles],
    )
    return known(
        _type="WebPage",
        _id=url,
        url=url,
        name=in_language(card.title, lang),
        inLanguage=lang,
        isPartOf=_site(page.layout, lang, site),
        creativeWorkStatus=event.status,
        correction=[*_corrections(event.corrections, lang, site)],
        # Search engines would list as an event what did not happen.
        mainEntity=happening if event.status != "denied" else None,
    )


def exact_dates(when: When) -> dict[str, str]:
    """Return ``startDate`` and ``endDate`` of *when* where ISO 8601 can write them, else nothing."""
    if when.beyond or when.members or when.kind in {DateKind.ALL, DateKind.UNDATED}:
        return {}
    start = _iso(when.start)
    if not start:
        return {}
    if when.kind is DateKind.POINT:
        return {"startDate": f"{start}T{when.time}" if when.time else start}
    end = _iso(when.end)
    if not end and when.end.edge is Edge.KNOWN:
        return {}
    return {"startDate": start, "endDate": end} if end else {"startDate": start}


def _iso(bound: Bound) -> str:
    """Return *bound* as a day, month or year from the year 1 to 9999; empty where it is none of these."""
    # schema.org takes dates of ISO 8601, which has no sign for what is approximate or uncertain.
    if bound.lo is None or bound.hi is None or bound.qualifier is not Qualifier.NONE:
        return ""
    (year, month, day), last = civil(bound.lo), civil(bound.hi)
    if not 1 <= year <= 9999 or bound.edge is not Edge.KNOWN:
        return ""
    if bound.precision is Precision.DAY and bound.lo == bound.hi:
        return f"{year:04}-{month:02}-{day:02}"
    if bound.precision is Precision.MONTH and last == (year, month, month_length(year, month)):
        return f"{year:04}-{month:02}"
    return f"{year:04}" if bound.precision is Precision.YEAR and last == (year, 12, 31) else ""


def _entities(named: Iterable[NamedEntities], lang: str, site: SiteContext) -> Iterator[Data]:
    for names in named:
        for entity in names.entities:
            yield entity_data(entity, lang, site)


@memoize
def entity_data(entity: Entity, lang: str, site: SiteContext) -> Data:
    """Return *entity* as a person, place, organization or other thing."""
    link = entity_link(entity, lang, site)
    point = entity.coordinates
    return known(
        _type=_TYPES.get(entity.kind, "Thing"),
        name=in_language(link.words, lang),
        url=addresses.absolute(site.url, link.href) if link.href else "",
        sameAs=[*filter(None, (entity.wikidata and f"{_WIKIDATA}{entity.wikidata}", entity.website))],
        geo=known(_type="GeoCoordinates", latitude=point[0], longitude=point[1]) if point else None,
    )


def picture_data(media: MediaView | None, site: SiteContext) -> str:
    """Return the absolute address of the picture *media*, or an empty text."""
    return addresses.absolute(site.url, media.href) if media and media.href else ""


def _files(media: Iterable[MediaView | None], files: Iterable[FileView], site: SiteContext) -> Iterator[Data]:
    """Yield the films, sounds and documents of the site among *media*, and *files*, each once."""
    found = [
        *((medium.file, _MEDIA_TYPES.get(medium.player, "")) for medium in media if medium and medium.file)
    ]
    found += ((file, "") for file in files)
    seen: set[str] = set()
    for file, kind in found:
        if file.href not in seen:
            seen.add(file.href)
            yield known(
                _type=kind or "MediaObject",
                name=file.title.text,
                contentUrl=addresses.absolute(site.url, file.href),
                encodingFormat=file.type,
            )


_MEDIA_TYPES: Final = {"film": "VideoObject", "audio": "AudioObject"}


def _article(card: ArticleCard, lang: str, site: SiteContext) -> Data:
    url = addresses.absolute(site.url, card.href)
    return known(_type="NewsArticle", url=url, headline=in_language(card.title, lang))


def _corrections(corrections: Iterable[Correction], lang: str, site: SiteContext) -> Iterator[Data]:
    """Yield each correction: when it was made, by which article, and from what to what."""
    language = site.languages[lang]
    for correction in corrections:
        found = site.words(correction.by.titles, lang).lang
        was, now = (
            date_view(correction.was, language, site).text,
            date_view(correction.now, language, site).text,
        )
        yield known(
            _type="CorrectionComment",
            text=f"{was} → {now}" if correction.changes_date else now,
            dateCreated=date_time(correction.by.last) if correction.by.last else "",
            url=addresses.absolute(site.url, addresses.text(found, correction.by.slug)),
        )


@memoize
def _site(layout: Layout, lang: str, site: SiteContext) -> Data:
    home = addresses.absolute(site.url, addresses.home(lang))
    return known(_type="WebSite", _id=home, url=home, name=in_language(layout.site_title, lang))


# ---------------------------------------------------------------- articles, entities, the timeline


class ArticleFacts(NamedTuple):
    """What an article's page gives machines."""

    title: str
    description: str
    published: Stamp | None
    last: Stamp | None
    """When any of its versions was last touched."""
    authors: tuple[Entity, ...]
    source: Citation | None
    named: tuple[NamedEntities, ...]
    media: tuple[Media, ...]
    """Its own, and those of the events that it reports, in its own order."""
    files: tuple[FileView, ...]


def article_data(
    facts: ArticleFacts, corrections: Iterable[Correction], events: Iterable[EventCard], page: TemplatePage
) -> Data:
    """Return the article of *page*, with the *events* that it reports."""
    site, lang = page.site, page.lang
    url = addresses.absolute(site.url, page.address())
    pictures = dict.fromkeys(str(medium.picture.address) for medium in facts.media if medium.picture)
    return known(
        _type="NewsArticle",
        _id=url,
        url=url,
        mainEntityOfPage=url,
        headline=facts.title,
        description=facts.description,
        inLanguage=lang,
        datePublished=facts.published.text if facts.published else "",
        dateModified=facts.last.text if facts.last else "",
        author=[entity_data(author, lang, site) for author in facts.authors],
        publisher=_publisher(page.layout, site),
        image=[addresses.absolute(site.url, picture) for picture in pictures],
        associatedMedia=[*_files((), facts.files, site)],
        isBasedOn=_source(facts.source) if facts.source else None,
        about=[*_entities(facts.named, lang, site)],
        mentions=[_event_link(card, lang, site) for card in events],
        correction=[*_corrections(corrections, lang, site)],
        isPartOf=_site(page.layout, lang, site),
    )


def _event_link(card: EventCard, lang: str, site: SiteContext) -> Data:
    url = addresses.absolute(site.url, card.href)
    return known(_id=f"{url}#event", url=url, name=in_language(card.title, lang))


def _publisher(layout: Layout, site: SiteContext) -> Data:
    logo = addresses.absolute(site.url, layout.logo) if layout.logo else ""
    name = in_language(layout.publisher or layout.site_title, layout.lang)
    return known(_type="Organization", name=name, logo=logo)


def _source(source: Citation) -> Data:
    return known(
        _type="CreativeWork",
        name=source.title or source.name,
        url=source.url,
        author=source.author,
        inLanguage=source.language,
        datePublished=source.date,
    )


def timeline_data(page: TemplatePage, cover: MediaView | None = None) -> Data:
    """Return the site as the page of its timeline in a language shows it, with its *cover*."""
    layout, lang = page.layout, page.lang
    about = in_language(layout.site_description, lang)
    return {
        **_site(layout, lang, page.site),
        **known(
            inLanguage=lang,
            description=about,
            image=picture_data(cover, page.site),
            publisher=_publisher(layout, page.site),
        ),
    }


def collection_data(entity: Entity, page: TemplatePage, image: MediaView | None = None) -> Data:
    """Return the page of the timeline of *entity*, which shows its *image*."""
    site, lang = page.site, page.lang
    url = addresses.absolute(site.url, page.address())
    about: Mapping[str, object] = entity_data(entity, lang, site)
    if image:
        about = {**about, "image": picture_data(image, site)}
    return known(
        _type="CollectionPage",
        _id=url,
        url=url,
        name=about["name"],
        inLanguage=lang,
        about=about,
        isPartOf=_site(page.layout, lang, site),
    )
