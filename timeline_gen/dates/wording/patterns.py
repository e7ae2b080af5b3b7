"""The style of each language: words and patterns for dates, from the table ``[wording]`` of its files.

``words/und.toml`` explains the keys. Names of months come from the CLDR, those of the Hijri calendar from the
words that are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from timeline_gen.dates.words import WORDING, Table, lexicon, tables_of
from timeline_gen.model.settings import Language
from timeline_gen.text import cldr
from timeline_gen.text.digits import to_digits

FORMS: Final = ("long", "short", "spoken")

_FIELD: Final = re.compile(r"\{(\w+)\}")
_NUMBER_FIRST: Final = re.compile(r"\{d\}\.?")
"""A date that begins with its day: "5." of "5. Juni 2017"."""


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a language in one of three forms: long, short or spoken."""

    code: str
    patterns: Mapping[str, str]
    months: tuple[str, ...]
    months_alone: tuple[str, ...]
    """The months without a day, where the language has other forms of them: Russian «май» for «3 мая»."""
    hijri_months: tuple[str, ...]
    """Empty where the language has no second calendar."""
    ordinals: tuple[str, ...]
    ordinals_alone: tuple[str, ...]
    ordinal_forms: Mapping[str, str]
    """Patterns by the CLDR's category of an ordinal number."""
    decades: tuple[str, ...]
    millennia: tuple[str, ...]
    before: str
    """The pattern of a year before the year 1."""
    after: str
    """The pattern of a year after that, where it has fewer than four digits or more."""
    century_before: str
    """The pattern of a century before the year 1."""
    century_after: str
    """The pattern of a century after that, where another before it is named too."""
    first_day: str
    digits: str
    thousands: str
    """The separator of groups of three digits."""
    seasons: str
    """The hemisphere of seasons that name none: ``north`` or ``south``."""
    second_calendar: bool
    """Whether the Hijri day follows the Gregorian day in brackets."""
    forms: tuple[str, ...]
    """The forms that a date has within a phrase: ``within``; the first replaces those that are missing."""
    contracted: Mapping[tuple[str, str], str]
    """Two words that are contracted where a phrase meets a date: "de" and "le" to "du"."""
    elided: Mapping[str, str]
    """A ``word``, the letters ``before`` which it is elided, and its form there (``as``): "de" and "d’"."""
    crossing: bool = False
    """Whether every year has its era, because a span begins before the year 1 and ends after it."""

    def pick(self, name: str, shape: str) -> str:
        """Return the pattern *name* as it is for dates of *shape*."""
        return self.patterns.get(f"{name}_{shape}") or self.patterns[name]

    def within(self, text: str, names: Sequence[str], fields: Mapping[str, object]) -> Mapping[str, str]:
        """Return *text* in each form: by the pattern of the first of *names* that has one.

        The patterns have *text* as ``{date}``, and *fields*.
        """
        found: dict[str, str] = {}
        for form in self.forms:
            patterns = (self.patterns.get(f"{name}_{form}") for name in names)
            pattern = next(filter(None, patterns), "{date}" if form == self.forms[0] else "")
            if pattern in ("", "{date}"):
                found[form] = text if pattern else found[self.forms[0]]
            else:
                found[form] = self.fill(pattern, {**fields, "date": text})
        return found

    def fill(self, pattern: str, fields: Mapping[str, object]) -> str:
        """Return *pattern* with its *fields*, contracted and elided where they meet what is before them."""
        if not (self.contracted or self.elided["word"]):
            return pattern.format_map(fields)
        return "".join(
            part
            for literal, field in parts(pattern)
            for part in (self.joined(literal, str(fields[field])) if field else (literal,))
        )

    def joined(self, literal: str, following: str) -> tuple[str, str]:
        """Return *literal* and what is *following* it as they are written next to each other."""
        for (first, second), both in self.contracted.items():
            # Only a whole word is contracted, and not one that ends like it.
            if following.startswith(second) and re.search(rf"\b{re.escape(first)}$", literal):
                return literal.removesuffix(first) + both, following.removeprefix(second)
        return self.elide(literal, following), following

    def number(self, value: int) -> str:
        """Return *value* in figures; from five of them on the thousands are set apart."""
        return f"{value:,}".replace(",", self.thousands) if value > 9999 else str(value)

    def era(self, year: int) -> str:
        """Return the pattern of the era that the astronomical *year* is written with; empty without one."""
        if year <= 0:
            return self.before
        # Three figures or five could be anything but a year: "in 642", "in 12,000".
        return "" if 999 < year < 10_000 and not self.crossing else self.after

    def in_era(self, text: str, year: int) -> str:
        """Return *text*, a period that holds *year*, with its era where it needs one."""
        if year <= 0:
            return self.century_before.format(y=text)
        return self.century_after.format(y=text) if self.crossing else text

    def year(self, year: int) -> str:
        """Return the astronomical *year*, 0 being 1 BCE, with its era where it needs one."""
        number = self.number(year if year > 0 else 1 - year)
        era = self.era(year)
        return era.format(y=number) if era else number

    def nth(self, number: int, *, alone: bool = False) -> str:
        """Return *number* as an ordinal; *alone* if no word before it governs it."""
        words = self.ordinals_alone if alone else self.ordinals
        if number <= len(words):
            return words[number - 1]
        forms = self.ordinal_forms
        return forms.get(cldr.ordinal_category(number, self.code), forms["other"]).format(n=number)

    def elide(self, literal: str, following: str) -> str:
        """Return *literal* as it is written before *following*: "d’" for "de " before "avril"."""
        word, letters = self.elided["word"], self.elided["before"]
        if not word or not literal.endswith(word) or following[:1] not in letters:
            return literal
        return literal.removesuffix(word) + self.elided["as"]

    def in_digits(self, text: str) -> str:
        """Return *text* with its digits as the site writes them in this language."""
        return to_digits(text, self.digits)


@cache
def styles(language: Language, seasons: str = "north") -> tuple[Style, Style, Style]:
    """Return how *language* words dates: long, short and spoken.

    *seasons* is the hemisphere, ``north`` or ``south``, of seasons that name none.
    """
    book = tables_of(language.code, language.words)[WORDING]
    long, short, spoken = (_style(language, book, form, seasons) for form in FORMS)
    return long, short, spoken


@cache
def parts(pattern: str) -> tuple[tuple[str, str], ...]:
    """Return *pattern* as pairs of plain text and the name of the field after it; the last may be empty."""
    pieces = _FIELD.split(pattern)
    return tuple(zip(pieces[::2], [*pieces[1::2], ""], strict=True))


def _style(language: Language, book: Table, form: str, seasons: str) -> Style:
    code = language.code
    hijri_months = lexicon(code, language.words).hijri_months
    before, after, *of_centuries = _eras(language, book, form)
    ordinals = tuple(book["ordinals"])
    months = _months(language, book, form)
    return Style(
        code=code,
        patterns=_patterns(code, book, form),
        months=months,
        months_alone=_months_alone(language, book, form) or months,
        hijri_months=hijri_months,
        ordinals=ordinals,
        ordinals_alone=tuple(book["ordinals_alone"]) or ordinals,
        ordinal_forms=book["ordinal"],
        decades=tuple(book["decades"]),
        millennia=tuple(book["millennia"]),
        before=before,
        after=after,
        century_before=of_centuries[0],
        century_after=of_centuries[1],
        first_day=book["first_day"],
        digits=language.digits,
        thousands=book["thousands"].get(language.digits) or cldr.group_sign(code, language.digits),
        seasons=seasons,
        second_calendar=bool(hijri_months) and language.calendar == "hijri" and form != "short",
        forms=tuple(book["forms"]),
        contracted={_seam(key): both for key, both in book["contracted"].items()},
        elided=book["elided"],
    )


def _seam(words: str) -> tuple[str, str]:
    first, _, second = words.partition(" ")
    return f"{first} ", second


def _patterns(code: str, book: Table, form: str) -> Mapping[str, str]:
    patterns: dict[str, str] = {**book["long"], **book[form]}
    usual = cldr.date_patterns(code)
    for key, pattern in {**usual, **_shortened(usual)}.items():
        # What a file of words leaves empty is worded as the CLDR has it.
        patterns[key] = patterns[key] or pattern
    for key in ("year_small", "month_small", "decade_first"):
        patterns[key] = patterns[key] or patterns[key.partition("_")[0]]
    patterns["between_in_month"] = patterns["between_in_month"] or patterns["start_in_month"]
    return patterns


def _shortened(usual: Mapping[str, str]) -> dict[str, str]:
    """Return the patterns of ends that share a year, where the year comes last in the language."""
    day, month, day_month = usual["day"], usual["month"], usual["day_month"]
    first = day_month if day.startswith(day_month) else day
    number = _NUMBER_FIRST.match(day)
    patterns = {"start_in_month": number[0] if number else first, "start_in_year": first}
    patterns["start_month"] = "{m}" if month.startswith("{m}") else month
    return patterns | {"end_in_month": day, "end_in_year": day, "end_month": month}


def _eras(language: Language, book: Table, form: str) -> tuple[str, str, str, str]:
    """Return the patterns of eras: of years before the year 1 and after it, of centuries before and after."""
    eras = book["styles"].get(language.eras) or book["styles"].get(book["eras"])
    if eras is None:
        names = (f"{{y}} {name}" for name in cldr.era_names(language.code))
        eras = dict(zip(("before", "after"), names, strict=True))
    before = eras.get(f"{form}_before", eras["before"])
    after = eras.get(f"{form}_after", eras["after"])
    return before, after, eras.get("century_before", before), eras.get("century_after", after)


def _months(language: Language, book: Table, form: str) -> tuple[str, ...]:
    families, double = book["families"], book["double"]
    short = form == "short"
    if language.months != "double" or not {double["first"], double["second"]} <= families.keys():
        code = families.get(language.months, families.get("", language.code))
        return cldr.month_names(code, short=short and book["short_months"])
    first = cldr.month_names(families[double["first"]])
    second = cldr.month_names(families[double["second"]])
    return first if short else _doubled(first, second, double["pattern"])


def _months_alone(language: Language, book: Table, form: str) -> tuple[str, ...]:
    """Return the months as they are without a day; empty where the words of the language settle them."""
    families = book["families"]
    if families or not cldr.has_standalone_months(language.code):
        return ()
    return cldr.standalone_months(language.code, short=form == "short" and book["short_months"])


def _doubled(first: Sequence[str], second: Sequence[str], pattern: str) -> tuple[str, ...]:
    pairs = zip(first, second, strict=True)
    return tuple(one if one == two else pattern.format(first=one, second=two) for one, two in pairs)
