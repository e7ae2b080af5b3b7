"""The words and patterns in which each language words dates, from its file in ``wording/``.

``und.toml`` explains the files. A language's file is laid over it, a region's file over the language's.
Names of months come from the CLDR, those of the Hijri calendar from the words that are read (``words/``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, TypeAlias

from timeline_gen.dates.lexicon import lexicon
from timeline_gen.model import Language
from timeline_gen.text import cldr
from timeline_gen.text.digits import to_digits

FORMS: Final = ("long", "short", "spoken")

_Book: TypeAlias = Mapping[str, Any]
_FOLDER: Final = resources.files("timeline_gen.dates").joinpath("wording")
_FIELD: Final = re.compile(r"\{(\w+)\}")


def _read_books() -> Mapping[str, _Book]:
    files = (file for file in _FOLDER.iterdir() if file.name.endswith(".toml"))
    return {file.name.removesuffix(".toml"): tomllib.loads(_text(file.name)) for file in files}


def _text(name: str) -> str:
    return resources.files("timeline_gen.dates").joinpath("wording", name).read_text(encoding="utf-8")


_BOOKS: Final = _read_books()


@dataclass(frozen=True, slots=True)
class Voice:
    """How a language words dates in one form: the long, the short or the spoken one."""

    code: str
    patterns: Mapping[str, str]
    months: tuple[str, ...]
    hijri_months: tuple[str, ...]
    """Empty where the language has no second calendar."""
    ordinals: tuple[str, ...]
    ordinals_alone: tuple[str, ...]
    ordinal_forms: Mapping[str, str]
    """Patterns by the CLDR's category of an ordinal number."""
    decades: tuple[str, ...]
    millennia: tuple[str, ...]
    before: str
    """The pattern of a year, or a century, before the year 1."""
    after: str
    """The pattern of a year after that, where it has fewer than four digits or more."""
    first_day: str
    digits: str
    thousands: str
    """What stands between groups of three digits."""
    seasons: str
    """For which hemisphere a season stands that names none: ``north`` or ``south``."""
    beside: bool
    """Whether a second calendar stands beside the Gregorian one."""
    elided: Mapping[str, str]
    """A ``word`` that is written otherwise (``as``) ``before`` some letters: "de" and "d’"."""

    def pick(self, name: str, shape: str) -> str:
        """Return the pattern *name* as it is for dates of *shape*."""
        return self.patterns.get(f"{name}_{shape}") or self.patterns[name]

    def number(self, value: int) -> str:
        """Return *value* in figures; from five of them on the thousands are set apart."""
        return f"{value:,}".replace(",", self.thousands) if value > 9999 else str(value)

    def era(self, year: int) -> str:
        """Return the pattern of the era that the astronomical *year* is written with; empty without one."""
        if year <= 0:
            return self.before
        return "" if 999 < year < 10_000 else self.after

    def year(self, year: int) -> str:
        """Return the astronomical *year*, 0 being 1 BCE, with its era where it needs one."""
        number = self.number(year if year > 0 else 1 - year)
        era = self.era(year)
        return era.format(y=number) if era else number

    def nth(self, number: int, *, alone: bool = False) -> str:
        """Return *number* as an ordinal; *alone* where nothing before it governs it."""
        words = self.ordinals_alone if alone else self.ordinals
        if number <= len(words):
            return words[number - 1]
        forms = self.ordinal_forms
        return forms.get(cldr.ordinal_category(number, self.code), forms["other"]).format(n=number)

    def elide(self, literal: str, following: str) -> str:
        """Return *literal* as it is written before *following*: "d’" for "de " before "avril"."""
        word, letters = self.elided["word"], self.elided["before"]
        if not word or not literal.endswith(word) or following[0] not in letters:
            return literal
        return literal.removesuffix(word) + self.elided["as"]

    def in_digits(self, text: str) -> str:
        """Return *text* with its digits as the site writes them in this language."""
        return to_digits(text, self.digits)


@cache
def voices(language: Language, seasons: str = "north") -> tuple[Voice, Voice, Voice]:
    """Return how *language* words dates: long, short and spoken.

    *seasons* is the hemisphere, ``north`` or ``south``, of seasons that name none.
    """
    book = _book(language.code)
    long, short, spoken = (_voice(language, book, form, seasons) for form in FORMS)
    return long, short, spoken


@cache
def parts(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return *pattern* as pairs of plain text and the name of the field after it; the last may be empty."""
    pieces = _FIELD.split(pattern)
    return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


@cache
def _book(code: str) -> _Book:
    book: dict[str, Any] = {}
    for name in ("und", code.partition("-")[0], code):
        layer = _BOOKS.get(name, {})
        book |= {key: _laid_over(book.get(key), value) for key, value in layer.items()}
    return book


def _laid_over(below: object, above: object) -> object:
    return {**below, **above} if isinstance(below, dict) and isinstance(above, dict) else above


def _voice(language: Language, book: _Book, form: str, seasons: str) -> Voice:
    code = language.code
    words = lexicon(code)
    hijri_months = words.hijri_months if words else ()
    before, after = _eras(language, book, form)
    ordinals = tuple(book["ordinals"])
    return Voice(
        code=code,
        patterns=_patterns(code, book, form),
        months=_months(language, book, form),
        hijri_months=hijri_months,
        ordinals=ordinals,
        ordinals_alone=tuple(book["ordinals_alone"]) or ordinals,
        ordinal_forms=book["ordinal"],
        decades=tuple(book["decades"]),
        millennia=tuple(book["millennia"]),
        before=before,
        after=after,
        first_day=book["first_day"],
        digits=language.digits,
        thousands=book["thousands"].get(language.digits, ""),
        seasons=seasons,
        beside=bool(hijri_months) and language.calendar == "hijri" and form != "short",
        elided=book["elided"],
    )


def _patterns(code: str, book: _Book, form: str) -> Mapping[str, str]:
    patterns: dict[str, str] = {**book["long"], **book[form]}
    usual = cldr.date_patterns(code)
    for key, pattern in {**usual, **_shortened(usual)}.items():
        patterns[key] = patterns[key] or pattern
    for key in ("year_small", "month_small", "decade_first"):
        patterns[key] = patterns[key] or patterns[key.partition("_")[0]]
    return patterns


def _shortened(usual: Mapping[str, str]) -> dict[str, str]:
    """Return the patterns of ends that share a year, where the year comes last in the language."""
    day, month, day_month = usual["day"], usual["month"], usual["day_month"]
    patterns = dict.fromkeys(
        ("start_in_month", "start_in_year"), day_month if day.startswith(day_month) else day
    )
    patterns["start_month"] = "{m}" if month.startswith("{m}") else month
    return patterns | {"end_in_month": day, "end_in_year": day, "end_month": month}


def _eras(language: Language, book: _Book, form: str) -> tuple[str, str]:
    styles = book["styles"]
    style = styles.get(language.eras) or styles.get(book["eras"])
    if style is None:
        before, after = cldr.era_names(language.code)
        return f"{{y}} {before}", f"{{y}} {after}"
    before, after = style["before"], style["after"]
    return style.get(f"{form}_before", before), style.get(f"{form}_after", after)


def _months(language: Language, book: _Book, form: str) -> tuple[str, ...]:
    families, double = book["families"], book["double"]
    short = form == "short"
    if language.months != "double" or not double["first"]:
        code = families.get(language.months, families.get("", language.code))
        return cldr.month_names(code, short=short and book["short_months"])
    first = cldr.month_names(families[double["first"]])
    second = cldr.month_names(families[double["second"]])
    return first if short else _doubled(first, second, double["pattern"])


def _doubled(first: Sequence[str], second: Sequence[str], pattern: str) -> tuple[str, ...]:
    pairs = zip(first, second, strict=True)
    return tuple(one if one == two else pattern.format(first=one, second=two) for one, two in pairs)
