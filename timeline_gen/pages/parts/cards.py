"""Events and articles as lists show them, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from typing import Final, TypeVar

from timeline_gen.collecting.timeline import (
    ArticleLabel,
    ArticleSummary,
    Correction,
    Event,
    EventSummary,
    Named,
    PicturedSummary,
)
from timeline_gen.dates import edtf
from timeline_gen.dates.phrases import DateError, read
from timeline_gen.dates.wording import word
from timeline_gen.model.assets import Media
from timeline_gen.model.dates import DateKind, When
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.model.links import LinkTarget
from timeline_gen.model.settings import Language
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.files import file_view, file_views
from timeline_gen.pages.parts.links import event_address, resolved
from timeline_gen.pages.parts.memoize import memoize
from timeline_gen.pages.parts.players import embed_of
from timeline_gen.pages.parts.widths import shown_size, webp_widths, widths_of
from timeline_gen.pages.site import SiteContext, best
from timeline_gen.reading.prose.plain_text import plain_text
from timeline_gen.rendering.layout import Link, Rich, Words
from timeline_gen.rendering.view_models import (
    ArticleCard,
    CaptionsView,
    CorrectionView,
    DateView,
    EventCard,
    MediaView,
    NameList,
    SourceView,
)
from timeline_gen.text.bidi import block_direction
from timeline_gen.text.languages import direction

Key = TypeVar("Key")
Value = TypeVar("Value")

_KEPT: Final = 40_000
_dates: Final[dict[tuple[str, str, bool, str, str, str, bytes], DateView]] = {}
_cards: Final[dict[tuple[str, bytes, str, bytes], EventCard]] = {}
"""Many pages show the same dates and events: each is worded once in a process, and stays one value."""


def _keep(kept: dict[Key, Value], key: Key, value: Value) -> None:
    """Put *value* among those that are *kept*; when they are very many, all are forgotten."""
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def date_view(when: When, language: Language, site: SiteContext, texts: Texts | None = None) -> DateView:
    """Return *when* as it is shown in *language*, in the author's own words where *texts* has them."""
    key = (when.edtf, when.time, when.beyond, when.calendar, when.day_part, language.code, site.digest)
    plain = _dates.get(key)
    if plain is None:
        worded = word(when, language, seasons=site.seasons)
        plain = DateView(worded.long, worded.text, worded.short, worded.spoken, when.edtf, None)
        _keep(_dates, key, plain)
    # Another language's words would tell less than our own wording in this one.
    return (
        replace(plain, instead=site.words(texts, language.code))
        if texts and language.code in texts
        else plain
    )


def stamp_view(stamp: Stamp | None, language: Language, site: SiteContext) -> DateView | None:
    """Return the day of *stamp* as it is shown in *language*."""
    return date_view(edtf.when(stamp.text[:10]), language, site) if stamp else None


@memoize
def event_card(event: Event, lang: str, site: SiteContext) -> EventCard:
    """Return *event* as pages in *lang* show it with all that belongs to it."""
    shown = media_views(event.media, lang, site, event.targets)
    return replace(
        summary_card(event.summary, lang, site),
        sources=tuple(source_view(source, lang, site) for source in event.sources),
        names=name_lists(event.named, lang, site),
        media=shown[0] if shown else None,
        gallery=shown[1:],
        files=file_views(event.files, lang, site),
        articles=tuple(
            article_card(telling.article, lang, site)
            for telling in event.tellings
            if not telling.article.event
        ),
        accent=_accent(event, site),
        extra=event.extra,
    )


def _accent(event: Event, site: SiteContext) -> int:
    """Return the number of the first of the site's accents that *event* bears, by what it names; or 0."""
    if not site.accents:
        return 0
    names = {entity.id for named in event.named for entity in named.entities}
    return next((number for number, name in enumerate(site.accents, 1) if name in names), 0)


def summary_card(event: EventSummary, lang: str, site: SiteContext) -> EventCard:
    """Return *event* as lists in *lang* show it."""
    key = (event.id, event.digest, lang, site.digest)
    card = _cards.get(key)
    if card is None:
        card = _summary_card(event, lang, site)
        _keep(_cards, key, card)
    return card


def _summary_card(event: EventSummary, lang: str, site: SiteContext) -> EventCard:
    title, summary = site.words(event.titles, lang), rich(event.summaries, lang, site, event.targets)
    return EventCard(
        id=event.id,
        href=event_address(event, lang, site),
        title=title,
        date=date_view(event.when, site.languages[lang], site, event.date_texts),
        summary=summary,
        status=event.status,
        importance=event.importance,
        sources=(),
        names=(),
        media=media_view(event.media, lang, site, event.targets)
        if isinstance(event, PicturedSummary)
        else None,
        articles=(),
        contested=event.contested,
        corrected=event.corrected,
        draft=event.draft,
        fallback=_own_name(title, lang, site),
        borrowed=_borrowed(summary, title, lang, site),
        span=event.when.kind is DateKind.SPAN,
        lo=event.when.lo,
        hi=event.when.hi,
    )


def article_summary_card(article: ArticleSummary, lang: str, site: SiteContext) -> ArticleCard:
    """Return *article* as lists in *lang* show it with its summary."""
    card, text = article_card(article, lang, site), rich(article.summaries, lang, site, article.targets)
    borrowed, image = _borrowed(text, card.title, lang, site), media_view(article.image, lang, site)
    return replace(card, summary=text, borrowed=borrowed, image=image)


@memoize
def article_card(article: ArticleLabel, lang: str, site: SiteContext) -> ArticleCard:
    """Return *article* as lists in *lang* show it; it leads to a language that the article has."""
    title = site.words(article.titles, lang)
    # An event has a page in each language, unless the site leaves out what a language lacks.
    shown_in = lang if article.event and not site.hides else title.lang
    return ArticleCard(
        href=addresses.text(shown_in, article.slug),
        title=title,
        summary=None,
        published=stamp_view(article.published, site.languages[lang], site),
        fallback=_own_name(title, lang, site),
        draft=title.lang in article.drafts,
    )


def correction_view(correction: Correction, lang: str, site: SiteContext) -> CorrectionView:
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


def _own_name(words: Words, lang: str, site: SiteContext) -> str:
    return "" if words.lang == lang else site.languages[words.lang].name


def _borrowed(summary: Rich | None, title: Words, lang: str, site: SiteContext) -> str:
    return site.languages[summary.lang].name if summary and summary.lang not in {title.lang, lang} else ""


def rich(
    texts: Mapping[str, tuple[str, str]], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> Rich | None:
    """Return the one of *texts*, HTML and plain, in *lang*, else in the first language that has it.

    There is none where the site hides what a language lacks. *targets* say where the links in them lead.
    """
    if not texts or (site.hides and lang not in texts):
        return None
    found = best(texts, lang, site.languages)
    html, text = texts[found]
    shown = resolved(html, targets, lang, site, found)
    return Rich(shown, text, found, block_direction(text, site.languages[found].direction))


def line(texts: Texts, lang: str, site: SiteContext, targets: Iterable[LinkTarget]) -> Rich | None:
    """Return the one of *texts*, lines of HTML, in *lang*, else in the first language that has it."""
    if not texts:
        return None
    found = best(texts, lang, site.languages)
    language = site.languages.get(found) or site.languages[lang]
    html = resolved(texts[found], targets, lang, site, language.code)
    return Rich(html, plain_text(html), language.code, language.direction)


def entity_link(entity: Entity, lang: str, site: SiteContext, *, count: int = 0) -> Link:
    """Return the link to the page of *entity* in *lang*, with how often that is meant."""
    link = _entity_link(entity, lang, site)
    return replace(link, count=count) if count else link


@memoize
def _entity_link(entity: Entity, lang: str, site: SiteContext) -> Link:
    key = next((one.key for one in site.taxonomies if one.kind == entity.kind), "")
    words = site.words(entity.names, lang) if entity.names else Words(entity.id, lang, "ltr")
    return Link(addresses.entity(lang, key, entity.id) if key else "", words)


def name_lists(named: tuple[Named, ...], lang: str, site: SiteContext) -> tuple[NameList, ...]:
    """Return what *named* says as lists of links, one for each taxonomy."""

    def links(entities: tuple[Entity, ...]) -> tuple[Link, ...]:
        return tuple(entity_link(entity, lang, site) for entity in entities)

    return tuple(NameList(site.section(one.taxonomy, lang), links(one.entities)) for one in named)


@memoize
def source_view(source: Citation, lang: str, site: SiteContext) -> SourceView:
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


def _readable(text: str, language: Language, site: SiteContext) -> DateView | None:
    if not text:
        return None
    try:
        return date_view(read(text), language, site)
    except DateError:
        return None


def media_view(
    media: Mapping[str, Media], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> MediaView | None:
    """Return the one of *media* whose texts are in *lang*, else in the first language that has them.

    *targets* say where the links in these lead.
    """
    if not media:
        return None
    found = best(media, lang, site.languages)
    return _medium_view(media[found], found, lang, site, targets)


def media_views(
    media: Mapping[str, tuple[Media, ...]], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> tuple[MediaView, ...]:
    """Return those of *media* whose texts are in *lang*, else in the first language that has them."""
    if not media:
        return ()
    found = best(media, lang, site.languages)
    return tuple(_medium_view(one, found, lang, site, targets) for one in media[found])


def _medium_view(
    one: Media, found: str, lang: str, site: SiteContext, targets: Iterable[LinkTarget]
) -> MediaView:
    """Return *one*, whose texts are in the language *found*."""
    language = site.languages.get(found) or site.languages[lang]
    spoken = site.languages.get(one.transcript_lang) or language
    picture = one.picture
    about = (picture.address, picture.width, picture.height) if picture else None
    width, height = shown_size(*about) if about else (0, 0)
    caption, credit = (
        resolved(html or escape(text, quote=False), targets, lang, site, language.code)
        for html, text in ((one.caption_html, one.caption), (one.credit_html, one.credit))
    )
    view = MediaView(
        href=str(picture.address) if picture else "",
        url="" if picture else one.src,
        width=width,
        height=height,
        alt=one.alt,
        caption=one.caption,
        credit=one.credit,
        lang=language.code,
        direction=language.direction,
        widths=widths_of(*about) if about else (),
        webp=webp_widths(*about) if about and picture and picture.has_webp else (),
        caption_html=caption,
        credit_html=credit,
        transcript=resolved(one.transcript, targets, lang, site, spoken.code),
        transcript_lang=spoken.code,
        transcript_direction=spoken.direction,
        transcript_file=file_view(one.transcript_file, None, site.languages[lang])
        if one.transcript_file
        else None,
    )
    return view if picture else _played(view, one, lang, site)


def _played(view: MediaView, one: Media, lang: str, site: SiteContext) -> MediaView:
    """Return the *view* of *one*, which is no picture, with what plays it."""
    if one.file is None:
        embed = embed_of(one.src)
        return replace(view, player=embed.kind, player_url=embed.url, host=embed.host) if embed else view
    title = Words(view.alt, view.lang, view.direction) if view.alt else None
    return replace(
        view,
        url="",
        player=one.file.kind,
        width=one.file.width,
        height=one.file.height,
        file=file_view(one.file, title, site.languages[lang]),
        poster=_medium_view(Media("", one.alt, picture=one.poster), view.lang, lang, site, ())
        if one.poster
        else None,
        captions=tuple(
            CaptionsView(str(asset.address), code, site.languages[code].name)
            for code, asset in one.captions.items()
            if code in site.languages
        ),
    )
