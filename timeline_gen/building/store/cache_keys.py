"""Cache keys: what each page of a site is made from. A page whose key is unchanged is not made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from timeline_gen.keys import content_hash, key_of
from timeline_gen.pages.page import Page, TemplatePage
from timeline_gen.rendering.context import RenderContext
from timeline_gen.rendering.dependencies import template_digest


@dataclass(frozen=True, slots=True)
class PageKeys:
    """Pages with their keys."""

    pages: Sequence[Page]
    fingerprints: Mapping[type[Page], str]
    """What a key holds besides the page's own part, by kind of page: its template and words."""
    paths: tuple[str, ...]
    keys: tuple[str, ...]
    """Both in the order of the pages."""


def page_keys_of(pages: Sequence[Page], context: RenderContext, before: PageKeys | None = None) -> PageKeys:
    """Return *pages* with the keys of what they are made from: all that they show, template and words.

    What was known *before* of the same pages is not worked out again.
    """
    fingerprints = {kind: fingerprint_of(kind, context) for kind in {type(page) for page in pages}}
    if before and before.fingerprints == fingerprints and len(before.pages) == len(pages):
        pairs = enumerate(zip(pages, before.pages, strict=True))
        changed = [place for place, (page, old) in pairs if page is not old]
        paths, keys = list(before.paths), list(before.keys)
    else:
        changed = list(range(len(pages)))
        paths, keys = [""] * len(pages), [""] * len(pages)
    for place in changed:
        page = pages[place]
        paths[place], keys[place] = page.file, page.key.hex() + fingerprints[type(page)]
    return PageKeys(pages, fingerprints, tuple(paths), tuple(keys))


def fingerprint_of(kind: type[Page], context: RenderContext) -> str:
    """Return a hash of all that a *kind* of page is made from besides what it shows.

    It is short, since it is part of every key: it only has to differ from the one before.
    """
    chooses = issubclass(kind, TemplatePage) and kind.chooses_template
    fonts = [(lang, content_hash(font)) for lang, font in sorted(context.fonts.items())]
    whole = key_of(
        context.digest if chooses else template_digest(context, kind.template),
        words_digest(context),
        context.trusted,
        context.file_links,
        fonts if kind.has_fonts else (),
    )
    return whole[:8].hex()


@lru_cache(maxsize=4)
def words_digest(context: RenderContext) -> str:
    """Return the hash of what every template may ask for besides its view."""
    words = [(lang, *one.parts()) for lang, one in sorted(context.catalogues.items())]
    said = repr((words, sorted(context.assets.items()), sorted(context.languages.items())))
    return blake2b(said.encode(), digest_size=16).hexdigest()
