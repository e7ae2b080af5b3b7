"""Cache keys: what each page of a site is made from. A page whose key is unchanged is not made again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from timeline_gen.keys import content_hash, key_of
from timeline_gen.pages.page import Page, TemplatePage
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.templates.dependencies import template_digest


def page_keys_of(pages: Sequence[Page], context: RenderContext) -> dict[str, str]:
    """Return what *pages* are made from (all that they show, template and words), by path, in their order."""
    fingerprints = {kind: fingerprint_of(kind, context) for kind in {type(page) for page in pages}}
    return {page.file: page.key.hex() + fingerprints[type(page)] for page in pages}


def fingerprint_of(kind: type[Page], context: RenderContext) -> str:
    """Return a hash of all that a *kind* of page is made from besides what it shows.

    It is short, since it is part of every key: it only has to differ from the one before.
    """
    chooses = issubclass(kind, TemplatePage) and kind.chooses_template
    fonts = sorted(context.fonts.items()) if kind.has_fonts else ()
    whole = key_of(
        context.digest if chooses else template_digest(context, kind.template),
        words_digest(context),
        context.trusted,
        context.file_links,
        [(lang, content_hash(font)) for lang, font in fonts],
    )
    return whole[:8].hex()


@lru_cache(maxsize=4)
def words_digest(context: RenderContext) -> bytes:
    """Return the hash of what every template may ask for besides its view."""
    words = [(lang, *catalogue.parts()) for lang, catalogue in sorted(context.catalogues.items())]
    return key_of(words, sorted(context.assets.items()), sorted(context.languages.items()))
