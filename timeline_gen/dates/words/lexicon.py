"""The words of dates in each language, made of its tables (``words/*.toml``).

The lexicons that are shipped are constants; those of a site are made from values. A language needs a file
and no Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from timeline_gen.dates.words.tables import LANGUAGES, Table, tables_of
from timeline_gen.dates.words.vocabulary import Letters, Tags, Vocabulary, Words, fold

_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_NUMBERED: Final = {
    "cardinals": "cardinal",
    "scales": "scale",
    "ordinals": "ordinal",
    "decades": "decade",
    "shifts": "shift",
    "months_spelled": "month",
    "hijri_spelled": "hijri_month",
    "jalali_spelled": "jalali_month",
    "deep": "deep",
}
"""Tables from a number to its words, and the tag of those words."""
_VALUED: Final = {
    "parts": "part",
    "day_parts": "day_part",
    "units": "unit",
    "units_two": "unit_two",
    "feasts": "feast",
    "zones": "zone",
}
"""Tables from a name to its words, and the tag of those words."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a language puts its number words together."""

    pairs: bool = False
    """"nineteen seventy-eight" is 1978."""
    units_first: bool = False
    """«ثمانية وسبعون»: the unit precedes the ten."""
    vigesimal: bool = False
    """"soixante-dix": sixty and ten."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    code: str
    vocabulary: Vocabulary
    numbers: NumberStyle
    months: Mapping[str, tuple[str, ...]]
    """The names of the twelve months by family, as an editor writes them."""
    hijri_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""
    month_first: bool = False
    """Whether a day may follow its month: "June 6"."""
    weekend: tuple[int, ...] = ()
    """The days of a weekend, where all who write the language have the same: 0 is Monday."""
    order: str = ""
    """The order of figures, unless the site sets it: ``dmy``, ``mdy``, or empty to refuse such a date."""
    some_time: str = ""
    """The words that make one date of a span, as in "some time between"; empty where there are none."""


@cache
def lexicon(code: str, site_files: tuple[str, ...] = ()) -> Lexicon:
    """Return the words of the language *code* (BCP 47); *site_files* are a site's files for it, as text."""
    return build_lexicon(code, tables_of(code, site_files))


def build_lexicon(code: str, tables: Table) -> Lexicon:
    """Return the words of the language *code* from its *tables*, as ``words/README.md`` describes them."""
    spelling = tables.get("letters", {})
    letters = Letters(tables.get("letters_same", {}), spelling.get("drop", ""))
    numbers = dict(tables.get("numbers", {}))
    roman = numbers.pop("roman", False)
    endings = tuple(fold(word, letters) for word in tables.get("roles", {}).get("ordinal_suffix", ()))
    vocabulary = Vocabulary(
        entries=_entries(tables, letters),
        attached=tuple((fold(word, letters), role) for word, role in tables.get("attached", {}).items()),
        letters=letters,
        dashes=spelling.get("dash", ""),
        ordinal_mark=spelling.get("ordinal", ""),
        thousands=spelling.get("thousands", ""),
        roman=endings if roman else None,
    )
    return Lexicon(
        code=code,
        vocabulary=vocabulary,
        numbers=NumberStyle(**numbers),
        months=_families(tables.get("months", {})),
        hijri_months=tuple(tables.get("hijri", {}).get("months", ())),
        weekdays=tuple(tables.get("weekdays", {}).get("names", ())),
        month_first=tables.get("figures", {}).get("month_first", False),
        weekend=tuple(number - 1 for number in tables.get("weekend", {}).get("days", ())),
        order=tables.get("figures", {}).get("order", ""),
        some_time=next(iter(tables.get("roles", {}).get("some_time", ())), ""),
    )


def _families(table: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({family: tuple(names) for family, names in table.items()})


def _entries(tables: Table, letters: Letters) -> Mapping[str, tuple[tuple[Words, Tags], ...]]:
    """Return all words of *tables* by their first word, the longest first."""
    tags: dict[Words, dict[str, int | str]] = defaultdict(dict)
    for text, tag, value in _words(tables):
        words = tuple(fold(text, letters).split())
        if words:
            tags[words].setdefault(tag, value)
    by_first: dict[str, list[tuple[Words, Tags]]] = defaultdict(list)
    # The tokenizer takes the first entry that fits, which has to be the longest.
    for words, meanings in sorted(tags.items(), key=lambda item: -len(item[0])):
        by_first[words[0]].append((words[1:], meanings))
    return MappingProxyType({first: tuple(entries) for first, entries in by_first.items()})


def _words(tables: Table) -> Iterator[tuple[str, str, int | str]]:
    """Yield every word of *tables* with its tag and value."""
    for table in ("months", "months_short"):
        for names in tables.get(table, {}).values():
            yield from _counted(names, "month", 1)
    for table in ("hijri", "jalali"):
        yield from _counted(tables.get(table, {}).get("months", ()), f"{table}_month", 1)
    for names in tables.get("weekdays", {}).values():
        yield from _counted(names, "weekday", 0)
    for number, texts in tables.get("weekdays_spelled", {}).items():
        yield from ((text, "weekday", int(number) - 1) for text in texts)
    for table, tag in _NUMBERED.items():
        for number, texts in tables.get(table, {}).items():
            yield from ((text, tag, int(number)) for text in texts)
    for season, texts in tables.get("seasons", {}).items():
        yield from ((text, "season", _SEASONS[season]) for text in texts)
    yield from _named(tables)


def _counted(names: Iterable[str], tag: str, first: int) -> Iterator[tuple[str, str, int | str]]:
    return ((name, tag, number) for number, name in enumerate(names, first))


def _named(tables: Table) -> Iterator[tuple[str, str, int | str]]:
    for table, tag in _VALUED.items():
        for value, texts in tables.get(table, {}).items():
            yield from ((text, tag, value) for text in texts)
    for role, texts in tables.get("roles", {}).items():
        yield from ((text, role, 0) for text in texts)


LEXICONS: Final[Mapping[str, Lexicon]] = MappingProxyType({code: lexicon(code) for code in LANGUAGES})
"""The words of each language that has a file, by its code, in the order of the codes."""


_SEARCHED: Final = {"month": "m", "hijri_month": "h", "decade": "d"}
_MOST_WORDS: Final = 3
"""Words of one name at most."""
_LEAST_LETTERS: Final = 3
"""Letters of a name of one word at least: shorter ones are abbreviations that mean much else."""


@cache
def searched_words(code: str, site_files: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return what the names of months and decades in the language *code* mean.

    ``m7`` is July, ``h9`` Ramadan, ``d50`` the fifties of any century. *site_files* are a site's files of
    words for the language.
    """
    found: dict[str, str] = {}
    for first, entries in lexicon(code, site_files).vocabulary.entries.items():
        for rest, tags in entries:
            words = (first, *rest)
            name = " ".join(words)
            if len(words) > _MOST_WORDS or len(name) < _LEAST_LETTERS or any(map(str.isdigit, name)):
                continue
            for tag, sign in _SEARCHED.items():
                if tag in tags:
                    found.setdefault(name, f"{sign}{tags[tag]}")
    return MappingProxyType(found)
