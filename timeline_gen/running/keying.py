"""Keys of pages: what each file of a site is made from. A page whose key stands need not be rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from timeline_gen.model import content_hash
from timeline_gen.planning.pages import Page, PageKind
from timeline_gen.rendering.dependencies import template_digest
from timeline_gen.rendering.kit import Kit


@dataclass(frozen=True, slots=True)
class Keyed:
    """Pages with their keys."""

    pages: Sequence[Page]
    rest: Mapping[PageKind, str]
    """What a key holds beside the page's own part, by kind of page: its template and words."""
    paths: tuple[str, ...]
    keys: tuple[str, ...]
    """Both in the order of the pages."""


def keyed(pages: Sequence[Page], kit: Kit, before: Keyed | None = None) -> Keyed:
    """Return *pages* with the keys of what they are made from: view, template and words.

    What was known *before* of the same pages is not worked out again.
    """
    words = words_digest(kit)
    kinds = {page.kind for page in pages}
    rest = {kind: _short(template_digest(kit, kind.value), words.encode()) for kind in kinds}
    if before and before.rest == rest and len(before.pages) == len(pages):
        pairs = enumerate(zip(pages, before.pages, strict=True))
        changed = [place for place, (page, old) in pairs if page is not old]
        paths, keys = list(before.paths), list(before.keys)
    else:
        changed = list(range(len(pages)))
        paths, keys = [""] * len(pages), [""] * len(pages)
    for place in changed:
        page = pages[place]
        paths[place], keys[place] = page.file, page.key.hex() + rest[page.kind]
    return Keyed(pages, rest, tuple(paths), tuple(keys))


def _short(*parts: bytes) -> str:
    """Return a hash of *parts* that tells what is from what was: there is one of it in every key."""
    return blake2b(b"\0".join(parts), digest_size=8).hexdigest()


@lru_cache(maxsize=4)
def words_digest(kit: Kit) -> str:
    """Return the hash of what every template may ask for beside its view."""
    words = [(lang, one.plural, sorted(one.messages.items())) for lang, one in sorted(kit.catalogues.items())]
    fonts = [(lang, content_hash(font)) for lang, font in sorted(kit.fonts.items())]
    said = repr((words, fonts, sorted(kit.assets.items()), sorted(kit.languages.items())))
    return blake2b(said.encode(), digest_size=16).hexdigest()
