"""Articles and corrections as lists show them, in one language."""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.collecting.timeline import ArticleLabel, ArticleSummary, Correction
from timeline_gen.pages.parts import addresses
from timeline_gen.pages.parts.memoize import memoize
from timeline_gen.pages.site import SiteContext
from timeline_gen.pages.view_models.dates import date_view, stamp_view
from timeline_gen.pages.view_models.media import media_view
from timeline_gen.pages.view_models.text import fallback_language, rich_text, summary_language
from timeline_gen.rendering.layout import Link
from timeline_gen.rendering.view_models import ArticleCard, CorrectionView


def article_summary_card(article: ArticleSummary, lang: str, site: SiteContext) -> ArticleCard:
    """Return *article* as lists in *lang* show it with its summary."""
    card, text = article_card(article, lang, site), rich_text(article.summaries, lang, site, article.targets)
    borrowed, image = summary_language(text, card.title, lang, site), media_view(article.image, lang, site)
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
        fallback=fallback_language(title, lang, site),
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
