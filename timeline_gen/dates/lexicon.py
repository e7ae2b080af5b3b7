"""The words of dates in each language, read once from the tables beside this module (``words/*.toml``).

They are constants of the program, like its code; whoever adds a language adds one file and no Python.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from timeline_gen.dates.tokens import Letters, Tags, Vocabulary, Words, fold

_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_NUMBERED: Final = {
    "cardinals": "cardinal",
    "scales": "scale",
    "ordinals": "ordinal",
    "decades": "decade",
    "shifts": "shift",
    "months_spelled": "month",
    "hijri_spelled": "hijri_month",
}
"""Tables from a number to its words, and the tag of those words."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a language puts its number words together."""

    pairs: bool = False
    """"nineteen seventy-eight" is 1978."""
    units_first: bool = False
    """«ثمانية وسبعون»: the unit stands before the ten."""
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
    months_short: Mapping[str, tuple[str, ...]]
    hijri_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    """Monday first."""


def lexicon(code: str) -> Lexicon | None:
    """Return the words of the language *code* (BCP 47), of its base language, or None."""
    return LEXICONS.get(code) or LEXICONS.get(code.split("-", maxsplit=1)[0].casefold())


def build_lexicon(code: str, tables: Mapping[str, Any]) -> Lexicon:
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
        roman=endings if roman else None,
    )
    return Lexicon(
        code=code,
        vocabulary=vocabulary,
        numbers=NumberStyle(**numbers),
        months=_families(tables.get("months", {})),
        months_short=_families(tables.get("months_short", {})),
        hijri_months=tuple(tables.get("hijri", {}).get("months", ())),
        weekdays=tuple(tables.get("weekdays", {}).get("names", ())),
    )


def _families(table: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({family: tuple(names) for family, names in table.items()})


def _entries(tables: Mapping[str, Any], letters: Letters) -> Mapping[str, tuple[tuple[Words, Tags], ...]]:
    """Return all words of *tables* by their first word, the longest first."""
    tags: dict[Words, dict[str, int | str]] = defaultdict(dict)
    for text, tag, value in _words(tables):
        words = tuple(fold(text, letters).split())
        if words:
            tags[words].setdefault(tag, value)
    by_first: dict[str, list[tuple[Words, Tags]]] = defaultdict(list)
    for words, own in sorted(tags.items(), key=lambda item: -len(item[0])):
        by_first[words[0]].append((words[1:], own))
    return MappingProxyType({first: tuple(entries) for first, entries in by_first.items()})


def _words(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int | str]]:
    """Yield every word of *tables* with its tag and value."""
    for table in ("months", "months_short"):
        for names in tables.get(table, {}).values():
            yield from _counted(names, "month", 1)
    yield from _counted(tables.get("hijri", {}).get("months", ()), "hijri_month", 1)
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


def _named(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, int | str]]:
    for table, tag in (("parts", "part"), ("units", "unit"), ("units_two", "unit_two"), ("zones", "zone")):
        for value, texts in tables.get(table, {}).items():
            yield from ((text, tag, value) for text in texts)
    for role, texts in tables.get("roles", {}).items():
        yield from ((text, role, 0) for text in texts)


def _load() -> Iterator[tuple[str, Lexicon]]:
    folder = files("timeline_gen.dates") / "words"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            code = file.name.removesuffix(".toml")
            yield code, build_lexicon(code, tomllib.loads(file.read_text(encoding="utf-8")))


LEXICONS: Final[Mapping[str, Lexicon]] = MappingProxyType(dict(_load()))
"""The words of each language by its code, in the order of the codes."""

NEUTRAL: Final = build_lexicon("", {})
"""No words at all: reads what is written in figures only."""
