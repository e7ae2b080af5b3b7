"""Events and articles as lists show them, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, TypeVar

from timeline_gen.collecting.chronicle import Brief, Correction, Event, Face, Named
from timeline_gen.dates import edtf
from timeline_gen.dates.reading import DateError, read
from timeline_gen.dates.wording import word
from timeline_gen.model import Citation, Entity, Kind, Language, Media, Stamp, Texts, When
from timeline_gen.planning import addresses
from timeline_gen.planning.embeds import embed_of
from timeline_gen.planning.keeping import kept_of
from timeline_gen.planning.parts import (
    ArticleCard,
    CorrectionView,
    DateView,
    EventCard,
    MediaView,
    NameList,
    SourceView,
)
from timeline_gen.planning.site import Site, best
from timeline_gen.planning.surroundings import Link, Rich, Words
from timeline_gen.planning.widths import shown_size, widths_of
from timeline_gen.text.languages import direction

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEPT: Final = 40_000
_dates: Final[dict[tuple[str, str, bool, str, bytes], DateView]] = {}
_cards: Final[dict[tuple[str, bytes, str, bytes], EventCard]] = {}
"""Many pages show the same dates and events: each is worded once in a process, and stays one value."""


def _keep(kept: dict[Key, Value], key: Key, value: Value) -> None:
    """Put *value* among those that are *kept*; when they are very many, all are forgotten."""
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def date_view(when: When, language: Language, site: Site, texts: Texts | None = None) -> DateView:
    """Return *when* as it is shown in *language*, in the author's own words where *texts* has them."""
    key = (when.edtf, when.time, when.beyond, language.code, site.digest)
    plain = _dates.get(key)
    if plain is None:
        worded = word(when, language, seasons=site.settings.seasons)
        plain = DateView(worded.long, worded.text, worded.short, worded.spoken, when.edtf, None)
        _keep(_dates, key, plain)
    # Another language's words would tell less than our own wording in this one.
    return (
        replace(plain, instead=site.words(texts, language.code))
        if texts and language.code in texts
        else plain
    )


def stamp_view(stamp: Stamp | None, language: Language, site: Site) -> DateView | None:
    """Return the day of *stamp* as it is shown in *language*."""
    return date_view(edtf.when(stamp.text[:10]), language, site) if stamp else None


@kept_of
def event_card(event: Event, lang: str, site: Site) -> EventCard:
    """Return *event* as pages in *lang* show it with all that belongs to it."""
    return replace(
        face_card(event, lang, site),
        sources=tuple(source_view(source, lang, site) for source in event.sources),
        names=name_lists(event.named, lang, site),
        media=media_view(event.media, lang, site),
        articles=tuple(article_card(told.brief, lang, site) for told in event.tellings),
        accent=_accent(event, site),
    )


def _accent(event: Event, site: Site) -> int:
    """Return the number of the first of the site's accents that *event* bears, by what it names; or 0."""
    if not site.settings.accents:
        return 0
    names = {entity.id for named in event.named for entity in named.entities}
    return next((number for number, name in enumerate(site.settings.accents, 1) if name in names), 0)


def face_card(event: Face, lang: str, site: Site) -> EventCard:
    """Return *event* as lists in *lang* show it."""
    key = (event.id, event.digest, lang, site.digest)
    card = _cards.get(key)
    if card is None:
        card = _face_card(event, lang, site)
        _keep(_cards, key, card)
    return card


def _face_card(event: Face, lang: str, site: Site) -> EventCard:
    title, summary = site.words(event.titles, lang), rich(event.summaries, lang, site)
    return EventCard(
        id=event.id,
        href=addresses.event(lang, event.id),
        title=title,
        date=date_view(event.when, site.languages[lang], site, event.date_texts),
        summary=summary,
        status=event.status,
        importance=event.importance,
        sources=(),
        names=(),
        media=None,
        articles=(),
        contested=event.contested,
        corrected=event.corrected,
        draft=event.draft,
        fallback=_own_name(title, lang, site),
        borrowed=_borrowed(summary, title, lang, site),
        span=event.when.kind is Kind.SPAN,
        lo=event.when.lo,
        hi=event.when.hi,
    )


def article_card(brief: Brief, lang: str, site: Site, *, summary: bool = False) -> ArticleCard:
    """Return the article *brief* as lists in *lang* show it; it leads to a language that the article has."""
    card = _article_card(brief, lang, site)
    if not summary:
        return card
    text = rich(brief.summaries, lang, site)
    return replace(card, summary=text, borrowed=_borrowed(text, card.title, lang, site))


@kept_of
def _article_card(brief: Brief, lang: str, site: Site) -> ArticleCard:
    title = site.words(brief.titles, lang)
    return ArticleCard(
        href=addresses.article(title.lang, brief.slug),
        title=title,
        summary=None,
        published=stamp_view(brief.published, site.languages[lang], site),
        fallback=_own_name(title, lang, site),
        draft=title.lang in brief.drafts,
    )


def correction_view(correction: Correction, lang: str, site: Site) -> CorrectionView:
    """Return *correction* as pages in *lang* show it."""
    language = site.languages[lang]
    return CorrectionView(
        event=Link(addresses.event(lang, correction.event), site.words(correction.titles, lang)),
        date=stamp_view(correction.by.last, language, site),
        was=date_view(correction.was, language, site),
        now=date_view(correction.now, language, site),
        changed=correction.changes_date,
        by=article_card(correction.by, lang, site),
        corrected=article_card(correction.corrected, lang, site),
    )


def _own_name(words: Words, lang: str, site: Site) -> str:
    return "" if words.lang == lang else site.languages[words.lang].name


def _borrowed(summary: Rich | None, title: Words, lang: str, site: Site) -> str:
    return site.languages[summary.lang].name if summary and summary.lang not in {title.lang, lang} else ""


def rich(texts: Mapping[str, tuple[str, str]], lang: str, site: Site) -> Rich | None:
    """Return the one of *texts*, HTML and plain, in *lang*, else in the first language that has it.

    There is none where the site hides what a language lacks.
    """
    if not texts or (site.hides and lang not in texts):
        return None
    found = best(texts, lang, site.settings)
    html, text = texts[found]
    return Rich(html, text, found, site.languages[found].direction)


def entity_link(entity: Entity, lang: str, site: Site, *, count: int = 0) -> Link:
    """Return the link to the page of *entity* in *lang*, with how often that is meant."""
    link = _entity_link(entity, lang, site)
    return replace(link, count=count) if count else link


@kept_of
def _entity_link(entity: Entity, lang: str, site: Site) -> Link:
    key = next((one.key for one in site.settings.taxonomies if one.kind == entity.kind), "")
    words = site.words(entity.names, lang) if entity.names else Words(entity.id, lang, "ltr")
    return Link(addresses.entity(lang, key, entity.id) if key else "", words)


def name_lists(named: tuple[Named, ...], lang: str, site: Site) -> tuple[NameList, ...]:
    """Return what *named* says as lists of links, one for each taxonomy."""

    def links(entities: tuple[Entity, ...]) -> tuple[Link, ...]:
        return tuple(entity_link(entity, lang, site) for entity in entities)

    return tuple(NameList(site.section(one.taxonomy, lang), links(one.entities)) for one in named)


@kept_of
def source_view(source: Citation, lang: str, site: Site) -> SourceView:
    """Return *source* as pages in *lang* show it."""
    own = site.languages[lang]
    return SourceView(
        name=source.name,
        title=source.title,
        author=source.author,
        url=source.url,
        date=source.date,
        dated=_readable(source.date, own, site),
        page=source.page,
        lang=source.language or lang,
        direction=_direction(source.language) if source.language else "auto",
        archive_ref=source.archive_ref,
        quote=source.quote,
        accessed=_readable(source.accessed, own, site),
        archive=source.archive,
    )


def _direction(code: str) -> str:
    try:
        return direction(code)
    except ValueError:
        return "auto"


def _readable(text: str, language: Language, site: Site) -> DateView | None:
    if not text:
        return None
    try:
        return date_view(read(text), language, site)
    except DateError:
        return None


def media_view(media: Mapping[str, Media], lang: str, site: Site) -> MediaView | None:
    """Return the one of *media* whose texts are in *lang*, else in the first language that has them."""
    if not media:
        return None
    found = best(media, lang, site.settings)
    one, language = media[found], site.languages.get(found) or site.languages[lang]
    picture = one.picture
    embed = None if picture else embed_of(one.src)
    about = (picture.address, picture.width, picture.height) if picture else None
    width, height = shown_size(*about) if about else (0, 0)
    return MediaView(
        href=str(picture.address) if picture else "",
        url="" if picture else one.src,
        width=width,
        height=height,
        alt=one.alt,
        caption=one.caption,
        credit=one.credit,
        lang=language.code,
        direction=language.direction,
        player=embed.kind if embed else "",
        player_url=embed.url if embed else "",
        host=embed.host if embed else "",
        widths=widths_of(*about) if about else (),
    )
