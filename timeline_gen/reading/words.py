"""A site's own words for dates: ``words/<code>.toml``, checked and given to the languages of the site."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline_gen.dates.words import check_words
from timeline_gen.errors import Level, Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Language, Settings
from timeline_gen.reading.front_matter.decoding import decode
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.text.languages import primary


def parse_words(source: Source) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of *source*, a file of words; None where it has an error."""
    diagnostics = Diagnostics(source.path)
    text, problems = decode(source)
    diagnostics.problems += problems
    for fault in check_words(text, source.path.stem) if text is not None else ():
        diagnostics.add(fault.code, fault.message, (fault.line, fault.column), fault.hint)
    return (None if diagnostics.broken else text), diagnostics.sorted()


def with_words(settings: Settings, sources: Iterable[Source]) -> tuple[Settings, tuple[Problem, ...]]:
    """Return *settings* with the words of *sources* in their languages, and what is wrong with the files.

    A language has the files of its own code and of the language that it is a variety of.
    """
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    codes = {name for own in settings.languages for name in _names(own)}
    for source in sources:
        text, wrong = parse_words(source)
        problems += wrong
        if source.path.stem not in codes:
            problems.append(_unused(source, settings))
        elif text is not None:
            texts[source.path.stem] = text
    languages = tuple(
        replace(own, words=tuple(texts[name] for name in _names(own) if name in texts))
        for own in settings.languages
    )
    return replace(settings, languages=languages), tuple(problems)


def _names(language: Language) -> tuple[str, ...]:
    """Return the names of the files that *language* may have, the general one first."""
    return tuple(dict.fromkeys((primary(language.code), language.code)))


def _unused(source: Source, settings: Settings) -> Problem:
    diagnostics = Diagnostics(source.path)
    codes = ", ".join(own.code for own in settings.languages)
    message = say(
        "{stem!r} is not one of the site's languages, and nothing reads this file", stem=source.path.stem
    )
    diagnostics.add(
        "TG228", message, hint=say("name it by one of: {codes}", codes=codes), level=Level.WARNING
    )
    return diagnostics.problems[0]
