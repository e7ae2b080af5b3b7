"""How a date is read, for people and for spreadsheets: the facts, without a terminal.

``timeline-gen date`` prints these facts; a whole table can be checked before it becomes a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from timeline_gen.dates.calendars import hijri_civil
from timeline_gen.dates.days import iso_day
from timeline_gen.dates.phrases import DateError, read_with_warnings
from timeline_gen.dates.wording import word
from timeline_gen.model.dates import Bound, DateKind, When
from timeline_gen.model.settings import Language
from timeline_gen.text.languages import language

Row: TypeAlias = dict[str, str | None]

_COMMON: Final = "en"
"""The language of a line that names none."""


@dataclass(frozen=True, slots=True)
class DateExplanation:
    """How a text is read, or why it is not."""

    text: str
    when: When | None = None
    lo: str = ""
    """The first possible day as an ISO day, ``open`` or ``unknown``."""
    hi: str = ""
    precision: str = ""
    """``day``, ``month`` …; of a span that of its start and its end, ``month/day``, where they differ."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """The long form by language."""
    hijri: str = ""
    """The Hijri day or days as ``1443-03-12``, after ``~`` where it is approximate; empty if unbounded."""
    problem: DateError | None = None
    warnings: tuple[DateError, ...] = ()
    notes: tuple[DateError, ...] = ()


def explain(
    text: str,
    *,
    languages: tuple[Language, ...],
    lang: str = "",
    words: tuple[str, ...] | None = None,
    on: int | None = None,
    day_order: str = "",
    seasons: str = "north",
    calendar: str = "",
) -> DateExplanation:
    """Return how *text* is read, and worded in each of *languages*; the rest as :func:`read` takes it.

    *words* are the codes of the languages whose words are tried after those of *lang*: without it those
    of *languages*, where it is empty all that there are.
    """
    codes = tuple(known.code for known in languages) if words is None else words
    try:
        found = read_with_warnings(
            text,
            lang=lang,
            languages=codes,
            on=on,
            day_order=day_order,
            seasons=seasons,
            calendar=calendar,
            words={known.code: known.words for known in languages},
        )
    except DateError as error:
        return DateExplanation(text, problem=error)
    date = found.when
    return DateExplanation(
        text=text,
        when=date,
        lo=_day(date.lo, date.start),
        hi=_day(date.hi, date.end),
        precision=_precision(date),
        wording=MappingProxyType(
            {known.code: word(date, known, seasons=seasons).text for known in languages}
        ),
        hijri=_hijri(date),
        warnings=found.warnings,
        notes=found.notes,
    )


def batch_row(
    text: str,
    lang: str,
    on: int | None,
    *,
    day_order: str = "",
    seasons: str = "north",
    languages: Iterable[Language] = (),
) -> Row:
    """Return how a line of a table is read: its *text*, language and article's day number *on*.

    The keys are ``text``, ``edtf``, ``lo``, ``hi``, ``precision``, ``wording`` and ``problem``; a missing
    value is None; a reading with a warning has the key ``warning`` too. The wording is in *lang*, as it is
    among the site's *languages* if it is; without one the words of all languages are read, and worded in
    English.
    """
    try:
        code = lang or _COMMON
        worded_in = next((known for known in languages if known.code == code), None) or language(code)
    except ValueError as error:
        return _row(text, problem=f"TG201: {error}")
    found = explain(
        text, languages=(worded_in,), lang=lang, words=(), on=on, day_order=day_order, seasons=seasons
    )
    if found.when is None or found.problem is not None:
        return _row(text, problem=_problem_text(found.problem))
    row = _row(
        text,
        edtf=found.when.edtf,
        lo=found.lo,
        hi=found.hi,
        precision=found.precision,
        wording=found.wording[code],
    )
    if found.warnings:
        row["warning"] = " ".join(_problem_text(warning) for warning in found.warnings)
    return row


def _problem_text(problem: DateError | None) -> str:
    return f"{problem.code}: {problem.message}; {problem.hint}" if problem else ""


def _row(text: str, **known: str | None) -> Row:
    keys = ("edtf", "lo", "hi", "precision", "wording", "problem")
    return {"text": text, **{key: known.get(key) for key in keys}}


def _day(number: int | None, bound: Bound) -> str:
    return iso_day(number) if number is not None else bound.edge.value


def _precision(date: When) -> str:
    if date.kind is DateKind.UNDATED:
        return "any"
    ends = [bound.precision.name.lower() for bound in (date.start, date.end) if bound.lo is not None]
    return "/".join(dict.fromkeys(ends)) or "any"


def _hijri(date: When) -> str:
    if date.lo is None or date.hi is None:
        return ""
    # Of a single day both bounds are the same, and it is written once.
    days = (hijri_civil(number) for number in dict.fromkeys((date.lo, date.hi)))
    return "/".join(
        f"{'~' if day.approximate else ''}{day.year:04}-{day.month:02}-{day.day:02}" for day in days
    )
