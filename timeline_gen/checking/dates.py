"""How dates are read, for ``timeline-gen date``, with the settings of the current folder's site, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.building.options import LOCK_TIMEOUT, Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.site_settings import settings_of
from timeline_gen.building.stages import read_site, workers
from timeline_gen.building.workspace import open_workspace
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.explain import DateExplanation, Row, batch_row, explain
from timeline_gen.dates.words import LEXICONS
from timeline_gen.errors import ContentError, Place, UsageError
from timeline_gen.messages import Message, say
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.files import Source
from timeline_gen.model.settings import Language, Settings
from timeline_gen.reading.site_paths import SETTINGS
from timeline_gen.reading.words import parse_words
from timeline_gen.text.languages import language

_COLUMNS: Final = 3
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
PRECISIONS: Final[Mapping[str, Message]] = {
    "day": say("day"),
    "month": say("month"),
    "quarter": say("quarter"),
    "season": say("season"),
    "part": say("part"),
    "year": say("year"),
    "decade": say("decade"),
    "century": say("century"),
    "millennium": say("millennium"),
    "any": say("any"),
}
DAY_PARTS: Final[Mapping[str, Message]] = {
    "early_hours": say("early hours"),
    "dawn": say("dawn"),
    "morning": say("morning"),
    "noon": say("noon"),
    "afternoon": say("afternoon"),
    "evening": say("evening"),
    "night": say("night"),
    "midnight": say("midnight"),
}


@dataclass(frozen=True, slots=True)
class Explained:
    """What to print of a date: names and values, and whether it could be read."""

    lines: tuple[tuple[str, str], ...]
    fine: bool


def explained(
    phrase: str, root: Path, *, lang: str = "", day: str = "", words: Language | None = None
) -> Explained:
    """Return how *phrase* is read, in *lang* or any language, for an article of the ISO *day*, or of today.

    Without *lang* the words of all languages are tried, and what may be a year of two calendars is decided by
    the letters and digits of the phrase, else by the site's own language. *words* is the only language, where
    a file of words is tried.
    Raises ``UsageError`` where *lang* or *day* is no language or day.
    """
    settings = _settings(root)
    languages = settings.languages if settings else tuple(language(code) for code in LEXICONS)
    if words:
        languages, lang = (words,), words.code
    found = explain(
        phrase,
        languages=languages,
        lang=_known(lang) or _likely(phrase, settings),
        words=None if settings or words else (),
        on=_day(day) or today(),
        day_order=settings.day_order if settings else "",
        seasons=settings.seasons if settings else "north",
    )
    return Explained(tuple(_lines(found, languages)), fine=found.problem is None)


def _likely(phrase: str, settings: Settings | None) -> str:
    """Return the language in which *phrase* may be: that of the site, or Arabic by its letters and digits."""
    own = settings.languages if settings else ()
    if _ARABIC.search(phrase):
        return next((known.code for known in own if known.direction == "rtl"), "ar")
    return own[0].code if own and not any(map(str.isalpha, phrase)) else ""


def words_checked(path: Path) -> Language:
    """Return the language of the file of words at *path*, with these words; its name is the language's code.

    Raises ``ContentError`` where something is wrong with the file, ``UsageError`` where it is of no language.
    """
    try:
        source = Source(PurePosixPath(path), path.read_bytes())
    except OSError as error:
        raise UsageError(
            say("{path} cannot be read: {strerror}", path=path, strerror=error.strerror),
            say("name a file such as words/tr.toml"),
        ) from error
    code = _known(path.stem)
    text, problems = parse_words(source)
    if problems or text is None:
        raise ContentError(problems)
    return replace(language(code), words=(text,))


def _precision(names: str) -> Message:
    """Return the *names* of precisions, of which there are two where the ends of a span have others."""
    start, slash, end = names.partition("/")
    return PRECISIONS[start] + slash + PRECISIONS[end] if end else PRECISIONS[start]


def _lines(found: DateExplanation, languages: tuple[Language, ...]) -> Iterator[tuple[str, str]]:
    yield say("text"), found.text
    if found.problem is not None or found.when is None:
        if found.problem is not None:
            yield (
                say("problem"),
                say("{code}: {message}", code=found.problem.code, message=found.problem.message),
            )
            yield say("hint"), found.problem.hint
        return
    yield "EDTF", found.when.edtf or say("none: the date is unknown")
    yield say("from"), found.lo
    yield say("to"), found.hi
    yield say("precision"), _precision(found.precision)
    if found.when.time:
        yield say("time"), found.when.time
    if found.when.day_part:
        yield say("part of day"), DAY_PARTS[found.when.day_part]
    for warning in found.warnings:
        yield say("warning"), say("{code}: {message}", code=warning.code, message=warning.message)
        yield say("hint"), warning.hint
    for note in found.notes:
        yield say("note"), say("{code}: {message}", code=note.code, message=note.message)
        yield say("hint"), note.hint
    for own in languages:
        yield own.code, found.wording[own.code]
    if found.hijri:
        yield say("Hijri"), found.hijri


def rows(lines: Iterable[str], root: Path, words: Language | None = None) -> Iterator[Row]:
    """Yield how each of *lines* is read: text, language and ISO day, divided by tabs; the last two may lack.

    A line whose language or day is wrong has that as its problem; none stops the others. *words* is the
    language of the lines that name none, where a file of words is tried.
    """
    settings = _settings(root)
    languages = (*((words,) if words else ()), *(settings.languages if settings else ()))
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
        code = lang.strip() or (words.code if words else "")
        yield batch_row(phrase, code, on, day_order=order, seasons=seasons, languages=languages)


def _settings(root: Path) -> Settings | None:
    if not (root / SETTINGS).exists():
        return None
    return settings_of(root, Options(), Problems())


def today() -> int:
    """Return the number of the present day, by the clock and zone of this machine."""
    return parse_iso_day(datetime.now().astimezone().date().isoformat())


def _known(lang: str) -> str:
    if lang:
        try:
            language(lang)
        except ValueError as error:
            raise UsageError(str(error), say("write a language's code, such as ar or en")) from error
    return lang


def _day(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return parse_iso_day(text.strip())
    except ValueError as error:
        raise UsageError(say("{text!r} is no day", text=text), say("write it as 2021-12-06")) from error


# ---------------------------------------------------------------- dates read against their article's day


@dataclass(frozen=True, slots=True, order=True)
class RelativeReading:
    """A phrase that means another day in another article."""

    place: Place
    text: str
    edtf: str
    on: str
    """The article's day (ISO 8601)."""


def relative_readings(root: Path) -> tuple[RelativeReading, ...]:
    """Return every date of the site in the folder *root* that was read against its article's day.

    Raises ``ContentError`` where the content has errors.
    """
    options = Options(command="timeline-gen check --dates", lock_timeout=LOCK_TIMEOUT)
    with open_workspace(root, options) as site, workers(site):
        _, content = read_site(site)
        site.problems.stop()
    return tuple(sorted(reading for article in content.collected.articles for reading in _readings(article)))


def _readings(article: ArticleVersion) -> Iterator[RelativeReading]:
    day = article.published.text[:10] if article.published else ""
    for telling in article.events:
        for key, when in (("date", telling.when), ("sort_date", telling.sort_date)):
            if when and when.relative:
                place = Place(article.path, *telling.positions.get(key, (1, 1)))
                yield RelativeReading(place, when.source, when.edtf, day)
