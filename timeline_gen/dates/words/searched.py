"""Words of dates that readers look for: months of all families, months of the Hijri year, decades."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from timeline_gen.dates.words.lexicon import lexicon

_SEARCHED: Final = {"month": "m", "hijri_month": "h", "decade": "d"}
_MOST: Final = 3
"""Words of one name at most."""
_LEAST: Final = 3
"""Letters of a name of one word at least: shorter ones are abbreviations that mean much else."""


@cache
def searched_words(code: str, site_files: tuple[str, ...] = ()) -> Mapping[str, str]:
    """Return what the names of months and decades in the language *code* stand for.

    ``m7`` is July, ``h9`` Ramadan, ``d50`` the fifties of any century. *site_files* are a site's files of
    words for the language.
    """
    found: dict[str, str] = {}
    for first, entries in lexicon(code, site_files).vocabulary.entries.items():
        for rest, tags in entries:
            words = (first, *rest)
            name = " ".join(words)
            if len(words) > _MOST or len(name) < _LEAST or any(map(str.isdigit, name)):
                continue
            for tag, sign in _SEARCHED.items():
                if tag in tags:
                    found.setdefault(name, f"{sign}{tags[tag]}")
    return MappingProxyType(found)
