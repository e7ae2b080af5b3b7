"""The words of each language as tables: the files that are shipped, and those of a site over them.

A file of words (``words/<code>.toml``) holds the words that are read; its table ``[wording]`` holds how dates
are worded. ``und.toml`` is under every language, a language's file under those of its regions. A language
that no shipped file gives names of months has the names and the order of figures that the CLDR knows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from timeline_gen.text import cldr
from timeline_gen.text.languages import primary

Table: TypeAlias = Mapping[str, Any]
"""A table of TOML."""
Tables: TypeAlias = Mapping[str, Table]
"""A file of words, or several of them laid over each other."""

UNDETERMINED: Final = "und"
"""The code of the file that is under every language."""
WORDING: Final = "wording"
"""The table with the wording of dates; all other tables are for reading."""
_WHOLE: Final = frozenset({"months", "months_short", "hijri", "weekdays", WORDING})
"""Tables whose lists replace those below them; all other lists are added to."""
_FORMS: Final = "forms"
_FIELD: Final = re.compile(r"\{\w+\}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_ATTACHED: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\{m\}")


SHIPPED: Final[Mapping[str, Tables]] = MappingProxyType(
    {
        entry.name.removesuffix(".toml"): tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(files("timeline_gen.dates.words").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
)
"""The files of words that the program has, by code."""

LANGUAGES: Final = tuple(code for code in SHIPPED if "-" not in code and code != UNDETERMINED)
"""The codes of the languages that have a file, in order."""


@cache
def tables_of(code: str, site_files: tuple[str, ...] = ()) -> Tables:
    """Return the words of the language *code*; *site_files* are a site's files for it, the general first.

    Raises ``tomllib.TOMLDecodeError`` where one of *site_files* is not TOML.
    """
    base = primary(code)
    shipped = [SHIPPED[name] for name in dict.fromkeys((base, code)) if name in SHIPPED]
    below = shipped if "months" in SHIPPED.get(base, {}) else [_cldr_tables(code), *shipped]
    return laid_over([SHIPPED[UNDETERMINED], *below, *(tomllib.loads(text) for text in site_files)])


def laid_over(layers: Iterable[Tables]) -> Tables:
    """Return *layers*, the lowest first, as one: words are added, names and patterns replaced."""
    whole: dict[str, Any] = {}
    for layer in layers:
        for name, table in layer.items():
            whole[name] = _over(whole.get(name), table, added=name not in _WHOLE)
    return MappingProxyType(whole)


def _over(below: object, above: object, *, added: bool) -> object:
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        changed = {key: _over(below.get(key), value, added=added) for key, value in above.items()}
        if isinstance(forms := below.get(_FORMS), list):
            # The patterns below use their forms, so all are kept; the first is the default form.
            changed[_FORMS] = list(dict.fromkeys((*forms, *above.get(_FORMS, ()))))
        return {**below, **changed}
    if added and isinstance(below, list) and isinstance(above, list):
        # The first name of a list is the one that an editor writes: that of the upper file.
        return list(dict.fromkeys((*above, *below)))
    return above


@cache
def _cldr_tables(code: str) -> Tables:
    """Return what the CLDR knows of the language *code*; nothing where it does not know the language."""
    try:
        months = cldr.month_names(code)
    except ValueError:
        return {}
    # A dotless i is a letter of Turkish and Azerbaijani; typed in capitals it is an i.
    return {
        "months": {"common": list(months)},
        "months_short": {"common": list(cldr.month_names(code, short=True))},
        "months_spelled": {
            str(number): [name] for number, name in enumerate(cldr.standalone_months(code), 1)
        },
        "weekdays": {
            "names": list(cldr.weekday_names(code)),
            "short": list(cldr.weekday_names(code, short=True)),
        },
        "figures": {"order": cldr.figure_order(code)},
        "roles": {"of": _words_between(code), "ending": _words_after_year(code)},
        "letters_same": {"ı": "i"},
        "attached": _attached_to_months(code),
    }


def _words_between(code: str) -> list[str]:
    """Return the words that are between the parts of a date in the language *code*: "5 de junio de 2017"."""
    patterns = cldr.date_patterns(code)
    texts = (_FIELD.sub(" ", patterns[name]) for name in ("day", "month", "day_month"))
    return list(dict.fromkeys(word for text in texts for word in _WORD.findall(text)))


def _words_after_year(code: str) -> list[str]:
    """Return the words that a date ends with after its year in the language *code*, as in Russian."""
    patterns = cldr.date_patterns(code)
    ends = (patterns[name].rpartition("{y}")[2] for name in ("day", "month"))
    return list(dict.fromkeys(word for end in ends if "{" not in end for word in _WORD.findall(end)))


def _attached_to_months(code: str) -> dict[str, str]:
    """Return what a month is joined to in the language *code*, with its role: Hebrew «3 במאי»."""
    return dict.fromkeys(_ATTACHED.findall(cldr.date_patterns(code)["day"]), "of")
