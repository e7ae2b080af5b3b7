"""What pages are rendered with: a theme's templates and words, and where its static files are.

A context is a value: it crosses to another process, and two are the same if their digests are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from timeline_gen.keys import digest_of, key_of
from timeline_gen.model.settings import Language
from timeline_gen.text.plurals import Catalogue


@dataclass(frozen=True, slots=True, eq=False)
class RenderContext:
    """The means of rendering every page of one build."""

    templates: Mapping[str, str]
    """Sources by name; a template that another theme of the chain hides is found as ``theme/name``."""
    languages: Mapping[str, Language]
    catalogues: Mapping[str, Catalogue]
    """The theme's words by language; what one lacks is in English."""
    assets: Mapping[str, str]
    """The address of each static file inside the site: ``almanac.css`` → ``assets/almanac.3f2a9c.css``."""
    origins: Mapping[str, PurePosixPath]
    """The file that each template comes from, for messages."""
    digest: bytes
    settings: Mapping[str, object] = field(default_factory=dict)
    """What the themes have under ``settings``; a theme's own values come before those of one it extends."""
    fonts: Mapping[str, bytes] = field(default_factory=dict)
    """What pictures for links are drawn with, by language; under ``""`` what serves any other."""
    codes: Mapping[str, bytes] = field(default_factory=dict)
    """The templates compiled, as ``codes_of`` gave them; no part of the digest, as they follow from the
    templates."""
    trusted: bool = True
    """Whether the templates are trusted; those that are not are rendered in a sandbox."""
    file_links: bool = False
    """Whether links to pages name their files; this is no concern of the templates, nor of the digest."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RenderContext) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def make_context(
    templates: Mapping[str, str],
    languages: Iterable[Language],
    *,
    catalogues: Mapping[str, Catalogue],
    assets: Mapping[str, str],
    origins: Mapping[str, PurePosixPath] | None = None,
    settings: Mapping[str, object] | None = None,
) -> RenderContext:
    """Return the context of *templates* and *assets* for pages in *languages*, worded by *catalogues*."""
    by_code = {language.code: language for language in languages}
    words = {code: catalogues.get(code) or Catalogue(code) for code in by_code}
    parts = (
        sorted(templates.items()),
        tuple(by_code.values()),
        [(code, *catalogue.parts()) for code, catalogue in words.items()],
        sorted(assets.items()),
        settings or {},
    )
    return RenderContext(
        templates=templates,
        languages=by_code,
        catalogues=words,
        assets=assets,
        origins=origins or {},
        settings=settings or {},
        digest=key_of(*parts),
    )


def without_trust(context: RenderContext) -> RenderContext:
    """Return *context* for the sandbox; its pages are other ones, even where their bytes are the same."""
    digest = digest_of(context.digest, b"not trusted")
    return replace(context, trusted=False, codes={}, digest=digest)
