"""Texts as pages show them, in the language of the page or in the first that has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from timeline_gen.model.links import LinkTarget
from timeline_gen.model.texts import Texts
from timeline_gen.pages.parts.links import resolved
from timeline_gen.pages.site import SiteContext, best
from timeline_gen.reading.prose.plain_text import plain_text
from timeline_gen.rendering.layout import Rich, Words
from timeline_gen.text.bidi import block_direction


def rich_text(
    texts: Mapping[str, tuple[str, str]], lang: str, site: SiteContext, targets: Iterable[LinkTarget] = ()
) -> Rich | None:
    """Return the one of *texts*, HTML and plain, in *lang*, else in the first language that has it.

    There is none where the site hides what a language lacks. *targets* are what the links in them lead to.
    """
    if not texts or (site.hides and lang not in texts):
        return None
    found = best(texts, lang, site.languages)
    html, text = texts[found]
    shown = resolved(html, targets, lang, site, found)
    return Rich(shown, text, found, block_direction(text, site.languages[found].direction))


def rich_line(texts: Texts, lang: str, site: SiteContext, targets: Iterable[LinkTarget]) -> Rich | None:
    """Return the one of *texts*, lines of HTML, in *lang*, else in the first language that has it."""
    if not texts:
        return None
    found = best(texts, lang, site.languages)
    language = site.languages.get(found) or site.languages[lang]
    html = resolved(texts[found], targets, lang, site, language.code)
    return Rich(html, plain_text(html), language.code, language.direction)


def fallback_language(words: Words, lang: str, site: SiteContext) -> str:
    """Return the name of the language of *words* where that is not *lang*, else an empty text."""
    return "" if words.lang == lang else site.languages[words.lang].name


def summary_language(summary: Rich | None, title: Words, lang: str, site: SiteContext) -> str:
    """Return the name of the language of *summary* where neither *title* nor the page has it, else ""."""
    return site.languages[summary.lang].name if summary and summary.lang not in {title.lang, lang} else ""
