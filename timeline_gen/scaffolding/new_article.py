"""A new article: one file for each language of the site, as a draft that builds clean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from timeline_gen.errors import ContentError, UsageError
from timeline_gen.model import Settings
from timeline_gen.reading.load import ARTICLES, load_settings
from timeline_gen.reading.settings import parse_settings
from timeline_gen.text.slugs import slug_fault, slugify

_FALLBACK: Final = "en"
"""The language of the file for a language that has none of its own."""


def new_article(
    root: Path, slug: str, langs: Sequence[str] = (), *, today: date | None = None
) -> tuple[Path, ...]:
    """Write a draft called *slug* in each of *langs*, else of the languages of the site in *root*.

    The version in the site's own language holds the facts, dated *today*. Returns the files written;
    raises ``UsageError`` where the slug is none, a language is not the site's, or a file is there already.
    """
    settings = _settings(root)
    _check_slug(slug)
    chosen = _chosen(settings, langs)
    day = today or date.today()  # noqa: DTZ011 - the author's own day
    texts = {
        root / ARTICLES / f"{slug}.{lang}.md": _text(slug, lang, day, first=lang == chosen[0])
        for lang in chosen
    }
    for path in texts:
        if path.exists():
            name = path.relative_to(root)
            raise UsageError(f"there is an article {name} already", hint="choose another slug")
    try:
        (root / ARTICLES).mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{root / ARTICLES} cannot be written: {error.strerror}") from error
    return tuple(texts)


def _settings(root: Path) -> Settings:
    settings, problems = parse_settings(load_settings(root))
    if settings is None:
        raise ContentError(problems)
    return settings


def _check_slug(slug: str) -> None:
    fault = slug_fault(slug)
    if fault:
        better = slugify(slug)
        raise UsageError(f"the slug {slug!r} {fault}", hint=f"write {better!r}" if better else "")


def _chosen(settings: Settings, langs: Sequence[str]) -> tuple[str, ...]:
    """Return *langs*, or all languages of the site, in the site's order."""
    known = tuple(language.code for language in settings.languages)
    for lang in langs:
        if lang not in known:
            raise UsageError(
                f"this site has no language {lang!r}", hint=f"its languages are {', '.join(known)}"
            )
    return tuple(lang for lang in known if lang in langs) if langs else known


def _text(slug: str, lang: str, today: date, *, first: bool) -> str:
    folder = files("timeline_gen.scaffolding") / "article"
    kind = "first" if first else "other"
    found = folder / f"{kind}.{lang}.md"
    if not found.is_file():
        found = folder / f"{kind}.{_FALLBACK}.md"
    return Template(found.read_text(encoding="utf-8")).substitute(slug=slug, date=today.isoformat())
