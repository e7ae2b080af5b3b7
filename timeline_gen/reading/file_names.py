"""The slug and language in a content file's name: ``<slug>.<language>.md``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Problem
from timeline_gen.messages import listed, say
from timeline_gen.model.settings import Settings
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.text.slugs import slug_fault, slugify
from timeline_gen.text.suggestions import nearest


def slug_and_language(path: PurePosixPath, settings: Settings, diagnostics: Diagnostics) -> tuple[str, str]:
    """Return the slug and the language in the name of *path*; problems go into *diagnostics*."""
    codes = [language.code for language in settings.languages]
    slug, _, code = path.name.removesuffix(".md").rpartition(".")
    if not slug:
        hint = say("name it {code}.{codes}.md", code=code, codes=codes[0])
        diagnostics.add(
            "TG109",
            say("the file's name does not say its language: it must be <slug>.<language>.md"),
            hint=hint,
        )
        return code, codes[0]
    # canal.zh-hant.md and canal.zh-Hant.md are one language: codes ignore case (RFC 5646, 2.1.1).
    lang = next((known for known in codes if known.casefold() == code.casefold()), "")
    if not lang:
        meant = nearest(code, codes)
        hint = say(
            "name it {slug}.{meant}.md, or add {code!r} to 'languages:' in site.yaml",
            slug=slug,
            meant=meant or codes[0],
            code=code,
        )
        diagnostics.add(
            "TG110",
            say(
                "{code!r} is not one of the site's languages, which are {codes}",
                code=code,
                codes=", ".join(codes),
            ),
            hint=hint,
        )
        lang = meant or codes[0]
    if fault := slug_fault(slug):
        hint = say("name it {slug}.{lang}.md", slug=slugify(slug) or "some-words", lang=lang)
        diagnostics.add(
            "TG111",
            say("{slug!r} cannot be part of an address: it {fault}", slug=slug, fault=fault),
            hint=hint,
        )
    return slug, lang


_NEW_NAME: Final = re.compile(r"\bname it ((.+)\.\w[\w-]*\.md)\b")


def safe_hints(
    problems: Iterable[Problem], taken: Collection[PurePosixPath], settings: Settings
) -> Iterator[Problem]:
    """Yield *problems*; where a hint would give a file a name that is *taken*, with another hint.

    An author who follows a hint must not overwrite the file of another text.
    """
    codes = [language.code for language in settings.languages]
    for problem in problems:
        named = _NEW_NAME.search(problem.hint)
        folder = problem.place.path.parent
        if named is None or folder / named[1] not in taken:
            yield problem
            continue
        free = [name for code in codes if folder / (name := f"{named[2]}.{code}.md") not in taken]
        hint = say("{named} is there already: give this file another slug, or join the two", named=named[1])
        if free:
            hint = say(
                "name it {free}, by its language; {named} is there already",
                free=listed(free, "{start} or {end}"),
                named=named[1],
            )
        yield replace(problem, hint=hint)
