"""How dates are read, for ``timeline-gen date``: with the settings of the site one stands in, if any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.explain import Explanation, Row, batch_row, explain
from timeline_gen.dates.lexicon import LEXICONS
from timeline_gen.errors import UsageError
from timeline_gen.model import Language, Settings
from timeline_gen.reading.load import SETTINGS
from timeline_gen.running.options import Options
from timeline_gen.running.problems import Problems
from timeline_gen.running.site_settings import settings_of
from timeline_gen.text.languages import language

_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class Explained:
    """What to print of a date: names and values, and whether it could be read."""

    lines: tuple[tuple[str, str], ...]
    fine: bool


def explained(phrase: str, root: Path, *, lang: str = "", day: str = "") -> Explained:
    """Return how *phrase* is read, in *lang* or any language, for an article of the ISO *day*.

    Raises ``UsageError`` where *lang* or *day* is no language or day.
    """
    settings = _settings(root)
    languages = settings.languages if settings else tuple(language(code) for code in LEXICONS)
    found = explain(
        phrase,
        languages=languages,
        lang=_known(lang),
        words=() if settings is None else None,
        on=_day(day),
        day_order=settings.day_order if settings else "",
        seasons=settings.seasons if settings else "north",
    )
    return Explained(tuple(_lines(found, languages)), fine=found.problem is None)


def _lines(found: Explanation, languages: tuple[Language, ...]) -> Iterator[tuple[str, str]]:
    yield "text", found.text
    if found.problem is not None or found.when is None:
        if found.problem is not None:
            yield "problem", f"{found.problem.code}: {found.problem.message}"
            yield "hint", found.problem.hint
        return
    yield "EDTF", found.when.edtf or "none: the date is unknown"
    yield "from", found.lo
    yield "to", found.hi
    yield "precision", found.precision
    if found.when.time:
        yield "time", found.when.time
    for own in languages:
        yield own.code, found.wording[own.code]
    if found.hijri:
        yield "Hijri", found.hijri


def rows(lines: Iterable[str], root: Path) -> Iterator[Row]:
    """Yield how each of *lines* is read: text, language and ISO day, divided by tabs; the last two may lack.

    A line whose language or day is wrong has that as its problem; none stops the others.
    """
    settings = _settings(root)
    order, seasons = (settings.day_order, settings.seasons) if settings else ("", "north")
    for line in lines:
        text = line.rstrip("\r\n")
        if not text.strip():
            continue
        phrase, lang, day = (*text.split("\t"), "", "")[:_COLUMNS]
        try:
            on = _day(day)
        except UsageError as error:
            keys = ("edtf", "lo", "hi", "precision", "wording")
            yield {"text": phrase, **dict.fromkeys(keys), "problem": f"TG201: {error}"}
            continue
        yield batch_row(phrase, lang.strip(), on, day_order=order, seasons=seasons)


def _settings(root: Path) -> Settings | None:
    if not (root / SETTINGS).exists():
        return None
    return settings_of(root, Options(), Problems())


def _known(lang: str) -> str:
    if lang:
        try:
            language(lang)
        except ValueError as error:
            raise UsageError(str(error), "write a language's code, such as ar or en") from error
    return lang


def _day(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return parse_iso_day(text.strip())
    except ValueError as error:
        raise UsageError(f"{text!r} is no day", "write it as 2021-12-06") from error
