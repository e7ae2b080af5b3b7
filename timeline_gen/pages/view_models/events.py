"""Events as lists show them, in one language."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.collecting.timeline import Event, EventSummary, PicturedSummary
from timeline_gen.model.dates import DateKind
from timeline_gen.pages.parts.links import event_address
from timeline_gen.pages.parts.memoize import memoize, remember
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.articles import article_card
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.pages.view_models.entities import name_lists
from timeline_gen.pages.view_models.files import file_views
from timeline_gen.pages.view_models.media import media_view, media_views
from timeline_gen.pages.view_models.sources import source_view
from timeline_gen.pages.view_models.text import fallback_language, rich_text, summary_language
from timeline_gen.pages.view_models.text_facts import labelled, text_facts
from timeline_gen.rendering.view_models import EventCard

_cards: Final[dict[tuple[str, bytes, str, bytes], EventCard]] = {}
"""Many pages show the same events: the card of each is made once in a process."""


@memoize
def event_card(event: Event, lang: str, site: SiteContext) -> EventCard:
    """Return *event* as pages in *lang* show it with all that belongs to it."""
    shown = media_views(event.media, lang, site, event.targets)
    return replace(
        summary_card(event.summary, lang, site),
        sources=tuple(source_view(source, lang, site) for source in event.sources),
        names=(*name_lists(event.named, lang, site), *labelled(text_facts(event.labelled, lang, site))),
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
        remember(_cards, key, card)
    return card


def _summary_card(event: EventSummary, lang: str, site: SiteContext) -> EventCard:
    title, summary = site.words(event.titles, lang), rich_text(event.summaries, lang, site, event.targets)
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
        fallback=fallback_language(title, lang, site),
        borrowed=summary_language(summary, title, lang, site),
        span=event.when.kind is DateKind.SPAN,
        lo=event.when.lo,
        hi=event.when.hi,
    )
