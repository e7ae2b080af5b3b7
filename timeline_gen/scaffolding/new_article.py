"""New articles, events and pages: one file for each language of the site, which builds clean."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final

from timeline_gen.errors import ContentError, UsageError
from timeline_gen.messages import say
from timeline_gen.model.settings import Settings
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.settings import parse_settings
from timeline_gen.reading.site_paths import ARTICLES, EVENTS, PAGES
from timeline_gen.scaffolding.files import write_files
from timeline_gen.text.slugs import slug_fault, slugify

_FALLBACK: Final = "en"
"""The language of the file for a language that has none of its own."""
_TITLE: Final = re.compile(r"^title: .*$", re.MULTILINE)


def new_article(
    root: Path, slug: str, langs: Sequence[str] = (), *, title: str = "", today: date | None = None
) -> tuple[Path, ...]:
    """Write a draft called *slug* in each of *langs*, else of the languages of the site in *root*.

    The first of them holds the *title*, and the facts, dated *today*. Returns the files written; raises
    ``UsageError`` where the slug is none, a language is not the site's, or a file is there already.
    """
    day = (today or datetime.now().astimezone().date()).isoformat()
    chosen = _checked(root, slug, langs)
    texts = {
        lang: _filled("first" if lang == chosen[0] else "other", lang, slug=slug, date=day) for lang in chosen
    }
    return write_versions(root, ARTICLES, slug, _titled(texts, title))


def new_event(
    root: Path, event: str, langs: Sequence[str] = (), *, title: str = "", today: date | None = None
) -> tuple[Path, ...]:
    """Write a file of its own for the *event* in each of *langs*, else of the languages of the site.

    Everything else is as with :func:`new_article`.
    """
    day = (today or datetime.now().astimezone().date()).isoformat()
    chosen = _checked(root, event, langs)
    texts = {
        lang: _filled("event" if lang == chosen[0] else "event-other", lang, slug=event, date=day)
        for lang in chosen
    }
    return write_versions(root, EVENTS, event, _titled(texts, title))


def new_page(root: Path, slug: str, langs: Sequence[str] = (), *, title: str = "") -> tuple[Path, ...]:
    """Write a plain page called *slug* in each of *langs*, else of the languages of the site in *root*.

    *title* is that of the first language; a version that has only the title of the sample is a draft.
    Returns the files written; raises ``UsageError`` as :func:`new_article` does.
    """
    texts = {lang: _filled("page", lang, slug=slug) for lang in _checked(root, slug, langs)}
    titled = _titled(texts, title)
    ready = {
        lang: text if text != texts[lang] else text.replace("---\n", "---\ndraft: true\n", 1)
        for lang, text in titled.items()
    }
    return write_versions(root, PAGES, slug, ready)


def _checked(root: Path, slug: str, langs: Sequence[str]) -> tuple[str, ...]:
    """Return the languages to write *slug* in; raise UsageError where it cannot be written."""
    settings = site_settings(root)
    check_slug(slug, settings)
    return _chosen(settings, langs)


def _titled(texts: dict[str, str], title: str) -> dict[str, str]:
    """Return *texts*, by language, with *title* in the place of the first one's, unless it is empty."""
    first = next(iter(texts))
    line = f"title: {json.dumps(title, ensure_ascii=False)}"
    # A function, since re.sub() would read the backslashes of a title as its own.
    return texts | {first: _TITLE.sub(lambda _: line, texts[first], count=1)} if title else texts


def write_versions(
    root: Path, folder: PurePosixPath, slug: str, texts: Mapping[str, str]
) -> tuple[Path, ...]:
    """Write *texts*, by language, into *folder* of the site in *root*; return their files."""
    named = [(f"{slug}.{lang}.md", text) for lang, text in texts.items()]
    for name, _ in named:
        if (root / folder / name).exists():
            raise UsageError(
                say("there is {folder} already", folder=folder / name), hint=say("choose another slug")
            )
    return write_files(root / folder, named)


def site_settings(root: Path) -> Settings:
    """Return the settings of the site in *root*; raise ContentError where they have errors."""
    settings, problems = parse_settings(load_settings(root))
    if settings is None:
        raise ContentError(problems)
    return settings


def check_slug(slug: str, settings: Settings) -> None:
    """Raise UsageError where *slug* is none."""
    fault = slug_fault(slug)
    if fault:
        better = slugify(slug)
        raise UsageError(
            say("the slug {slug!r} {fault}", slug=slug, fault=fault),
            hint=say("write {better!r}", better=better) if better else "",
        )
    bare, _, ending = slug.rpartition(".")
    if bare and ending in {language.code for language in settings.languages}:
        raise UsageError(
            say("{slug!r} ends with a language, which is put behind the name by itself", slug=slug),
            hint=say("write {bare}, or {bare} --lang {lang}", bare=bare, lang=ending),
        )


def _chosen(settings: Settings, langs: Sequence[str]) -> tuple[str, ...]:
    """Return *langs*, or all languages of the site, in the site's order."""
    known = tuple(language.code for language in settings.languages)
    for lang in langs:
        check_language(settings, lang)
    return tuple(lang for lang in known if lang in langs) if langs else known


def check_language(settings: Settings, lang: str) -> None:
    """Raise UsageError where *lang* is none of the site's languages."""
    known = tuple(language.code for language in settings.languages)
    if lang not in known:
        raise UsageError(
            say("this site has no language {lang!r}", lang=lang),
            hint=say("its languages are {known}", known=", ".join(known)),
        )


def _filled(kind: str, lang: str, **values: str) -> str:
    """Return the text to begin a file of *kind* with in *lang*, with *values* filled in."""
    folder = files("timeline_gen.scaffolding") / "texts"
    found = folder / f"{kind}.{lang.partition('-')[0]}.md"
    if not found.is_file():
        found = folder / f"{kind}.{_FALLBACK}.md"
    return Template(found.read_text(encoding="utf-8")).substitute(values)
