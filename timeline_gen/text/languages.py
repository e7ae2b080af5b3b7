"""Languages: direction, own name, and the usual months and digits of dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Final, TypedDict, Unpack

from timeline_gen.model.settings import Language
from timeline_gen.text import cldr
from timeline_gen.text.digits import SYSTEMS

_FAMILIES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    resources.files("timeline_gen.text").joinpath("families.toml").read_text(encoding="utf-8")
)
# July has another name in each family of Arabic months, as September has not.
_JULY = 6


class LanguageOptions(TypedDict, total=False):
    """What a site may set of a language; see :class:`Language`."""

    name: str
    months: str
    digits: str
    calendar: str
    eras: str


def language(code: str, **settings: Unpack[LanguageOptions]) -> Language:
    """Return the language *code* (BCP 47) as the CLDR knows it, with *settings* in place of its own.

    Raises ValueError, with a suggestion, where no such language is known, and TypeError for a
    setting that :class:`Language` does not have.
    """
    return replace(_usual(code), **settings)


@cache
def _usual(code: str) -> Language:
    digits = cldr.number_system(code)
    return Language(
        code=code,
        direction=cldr.direction(code),
        name=cldr.own_name(code),
        months=_FAMILIES.get(primary(code), {}).get(cldr.month_names(code)[_JULY], ""),
        digits=digits if digits in SYSTEMS else "latn",
    )


@cache
def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` for the language *code*; raise ValueError where it is unknown."""
    return cldr.direction(code)


def primary(code: str) -> str:
    """Return the language itself of *code*, without script and region: ``ar`` of ``ar-SY``."""
    return code.partition("-")[0]
