"""How a date is read, for people and for spreadsheets: the facts, without a terminal.

``timeline-gen date`` prints what stands here; a whole table can be checked before it becomes a site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from timeline_gen.dates.days import iso_day
from timeline_gen.dates.hijri import hijri_civil
from timeline_gen.dates.reading import DateError, read
from timeline_gen.dates.wording import word
from timeline_gen.model import Bound, Kind, Language, When
from timeline_gen.text.languages import language

Row: TypeAlias = dict[str, str | None]

_COMMON: Final = "en"
"""The language of what names none."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one text is read, or why it is not."""

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


def explain(  # noqa: PLR0913  # all that a reading depends on, by name
    text: str,
    *,
    languages: tuple[Language, ...],
    lang: str = "",
    words: tuple[str, ...] | None = None,
    on: int | None = None,
    day_order: str = "",
    seasons: str = "north",
    calendar: str = "",
) -> Explanation:
    """Return how *text* is read, and worded in each of *languages*; the rest as :func:`read` takes it.

    *words* are the codes of the languages whose words are tried after those of *lang*: without it those
    of *languages*, where it is empty all that there are.
    """
    codes = tuple(own.code for own in languages) if words is None else words
    try:
        date = read(
            text, lang=lang, languages=codes, on=on, day_order=day_order, seasons=seasons, calendar=calendar
        )
    except DateError as error:
        return Explanation(text, problem=error)
    return Explanation(
        text=text,
        when=date,
        lo=_day(date.lo, date.start),
        hi=_day(date.hi, date.end),
        precision=_precision(date),
        wording=MappingProxyType({own.code: word(date, own, seasons=seasons).text for own in languages}),
        hijri=_hijri(date),
    )


def batch_row(text: str, lang: str, on: int | None, *, day_order: str = "", seasons: str = "north") -> Row:
    """Return how one line of a table is read: its *text*, language and article's day number *on*.

    The keys are ``text``, ``edtf``, ``lo``, ``hi``, ``precision``, ``wording`` and ``problem``; what there
    is not is None. The wording is in *lang*; without one the words of all languages are read, and worded
    in English.
    """
    try:
        own = language(lang or _COMMON)
    except ValueError as error:
        return _row(text, problem=f"TG201: {error}")
    found = explain(text, languages=(own,), lang=lang, words=(), on=on, day_order=day_order, seasons=seasons)
    if found.when is None or found.problem is not None:
        return _row(text, problem=_said(found.problem))
    return _row(
        text,
        edtf=found.when.edtf,
        lo=found.lo,
        hi=found.hi,
        precision=found.precision,
        wording=found.wording[own.code],
    )


def _said(problem: DateError | None) -> str:
    return f"{problem.code}: {problem.message}; {problem.hint}" if problem else ""


def _row(text: str, **known: str | None) -> Row:
    keys = ("edtf", "lo", "hi", "precision", "wording", "problem")
    return {"text": text, **{key: known.get(key) for key in keys}}


def _day(number: int | None, bound: Bound) -> str:
    return iso_day(number) if number is not None else bound.edge.value


def _precision(date: When) -> str:
    if date.kind is Kind.UNDATED:
        return "any"
    ends = [bound.precision.name.lower() for bound in (date.start, date.end) if bound.lo is not None]
    return "/".join(dict.fromkeys(ends)) or "any"


def _hijri(date: When) -> str:
    if date.lo is None or date.hi is None:
        return ""
    days = (hijri_civil(number) for number in dict.fromkeys((date.lo, date.hi)))
    return "/".join(
        f"{'~' if day.approximate else ''}{day.year:04}-{day.month:02}-{day.day:02}" for day in days
    )
