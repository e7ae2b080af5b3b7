"""Data of the Unicode CLDR, and catalogues of gettext: the only module that imports Babel.

Four faults of Babel are corrected here. Some stand-alone month names are of another calendar or country
(:func:`standalone_months`). Its gettext rule for Arabic swaps the last two forms: rules are made from the
CLDR instead. Its reader of catalogues counts lines from 0. It matches codes of locales loosely: here a code
is right or refused.
"""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import parse_pattern
from babel.localedata import locale_identifiers
from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError
from babel.messages.pofile import read_po as read_catalogue
from babel.plural import to_gettext
from babel.units import format_unit

from timeline_gen.messages import say

_FIELD: Final = re.compile(r"%\((?P<letters>\w+)\)s")
_FIELD_NAMES: Final = {"d": "d", "M": "m", "L": "m", "y": "y"}


@cache
def _locale(code: str) -> Locale:
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(_refusal(code)) from error
    # Babel takes "EN" and "en-Latn" for "en", and "iw" for "he-IL": a language would have several codes.
    if str(locale).replace("_", "-") != code:
        raise ValueError(_refusal(code))
    return locale


_DIVIDED: Final = re.compile(r"[\s,;،؛]+")


def _refusal(code: str) -> str:
    parts = _DIVIDED.split(code.strip())
    if len(parts) > 1:
        codes = ", ".join(parts)
        return say(
            "{code!r} is not the code of a language; divide codes by commas: {codes}", code=code, codes=codes
        )
    known = {name.replace("_", "-") for name in locale_identifiers()}
    by_lower = {name.lower(): name for name in known} | _english_names()
    wanted = code.replace("_", "-").lower()
    found = by_lower.get(wanted) or by_lower.get(wanted.partition("-")[0])
    close = [found] if found else difflib.get_close_matches(wanted, sorted(known), n=1)
    advice = say("; write {close!r}", close=close[0]) if close else ""
    return say("{code!r} is not the code of a known language{advice}", code=code, advice=advice)


def _english_names() -> dict[str, str]:
    names: Mapping[str, str] = Locale("en").languages
    return {name.lower(): code.replace("_", "-") for code, name in names.items()}


def own_name(code: str) -> str:
    """Return the name of the language *code* in itself; raise ValueError where it is unknown."""
    name = _locale(code).get_display_name() or code
    return name[0].upper() + name[1:]


def direction(code: str) -> str:
    """Return ``rtl`` or ``ltr`` for the language *code*; raise ValueError where it is unknown."""
    return "rtl" if _locale(code).text_direction == "rtl" else "ltr"


def number_system(code: str) -> str:
    """Return which digits the language *code* usually has: ``latn``, ``arab``, ``arabext``."""
    return str(_locale(code).default_numbering_system)


@cache
def file_size(value: float, unit: str, code: str, digits: str) -> str:
    """Return *value* in ``kilobyte`` or ``megabyte``, worded in the language *code*, with its *digits*."""
    return format_unit(value, f"digital-{unit}", "short", locale=_locale(code), numbering_system=digits)


@cache
def month_names(code: str, *, short: bool = False) -> tuple[str, ...]:
    """Return the twelve names of months in the language *code* as they are within a date."""
    names = _locale(code).months["format"]["abbreviated" if short else "wide"]
    return tuple(str(names[number]) for number in range(1, 13))


@cache
def standalone_months(code: str, *, short: bool = False) -> tuple[str, ...]:
    """Return the names of months in the language *code* as they are without a day: Russian «октябрь».

    Babel gives the names of another calendar or country for some languages: those begin otherwise than the
    names within a date, which are returned in their place.
    """
    within = month_names(code, short=short)
    names = _locale(code).months["stand-alone"]["abbreviated" if short else "wide"]
    standalone = tuple(str(names[number]) for number in range(1, 13))
    initials = zip(within, standalone, strict=True)
    return standalone if all(name[:1].lower() == other[:1].lower() for name, other in initials) else within


@cache
def has_standalone_months(code: str) -> bool:
    """Return whether a month and its year are written with the month's name that has no day."""
    return "LLL" in str(_locale(code).datetime_skeletons.get("yMMMM", ""))


@cache
def weekday_names(code: str, *, short: bool = False) -> tuple[str, ...]:
    """Return the seven names of weekdays in the language *code*, Monday first."""
    names = _locale(code).days["format"]["abbreviated" if short else "wide"]
    return tuple(str(names[number]) for number in range(7))


@cache
def figure_order(code: str) -> str:
    """Return ``dmy`` or ``mdy``, the order of a date in figures in the language *code*; empty if neither."""
    pattern = str(_locale(code).date_formats["short"].pattern)
    order = "".join(dict.fromkeys(re.findall("[dMy]", pattern))).lower()
    return order if order in {"dmy", "mdy"} else ""


@cache
def group_sign(code: str, digits: str = "latn") -> str:
    """Return what the language *code* puts between thousands in the *digits* of a number system."""
    symbols = _locale(code).number_symbols
    return str((symbols.get(digits) or symbols["latn"]).get("group", ","))


@cache
def era_names(code: str) -> tuple[str, str]:
    """Return the abbreviations of "before Christ" and "anno Domini" in the language *code*."""
    names = _locale(code).eras["abbreviated"]
    return str(names[0]), str(names[1])


@cache
def date_patterns(code: str) -> Mapping[str, str]:
    """Return the order of a date's parts in the language *code*, by what the date has.

    The keys are ``day`` (day, month and year), ``month`` (month and year) and ``day_month``;
    the values are templates with ``{d}``, ``{y}``, and ``{m}`` for a month's name or ``{n}`` for its number.
    """
    locale = _locale(code)
    skeletons = locale.datetime_skeletons
    day = _template(str(locale.date_formats["long"].pattern))
    found = {
        "day": day,
        "month": _template(str(skeletons.get("yMMMM") or skeletons.get("yMMM") or "MMMM y")),
        "day_month": _template(str(skeletons.get("MMMMd") or skeletons.get("MMMd") or "d MMMM")),
    }
    return MappingProxyType(found)


def _template(pattern: str) -> str:
    # Babel turns a pattern into a %-format: "%(d)s de %(MMMM)s" out of "d 'de' MMMM".
    text = str(parse_pattern(pattern).format)
    return " ".join(_FIELD.sub(_field, text).split())


def _field(match: re.Match[str]) -> str:
    letters = match["letters"]
    name = "n" if letters in {"M", "MM", "L", "LL"} else _FIELD_NAMES.get(letters[0], "")
    return f"{{{name}}}" if name else ""


def ordinal_category(number: int, code: str) -> str:
    """Return the ordinal category of *number* in the language *code*: English 1, 21 are ``one``."""
    return _locale(code).ordinal_form(number)


@cache
def plural_expression(code: str) -> str:
    """Return the C expression that picks a plural form in the language *code*, in the CLDR's order."""
    return to_gettext(_locale(code).plural_form).partition("plural=")[2].rstrip(";")


@cache
def place_names(code: str) -> tuple[str, ...]:
    """Return the names of countries, and of the cities of time zones, in the language *code*."""
    locale = _locale(code)
    countries = (name for territory, name in locale.territories.items() if territory.isalpha())
    return (*countries, *(zone["city"] for zone in locale.time_zones.values() if "city" in zone))


@dataclass(frozen=True, slots=True)
class PoMessage:
    """One message of a catalogue."""

    context: str
    singular: str
    plural: str
    """Empty where the message has no plural."""
    forms: tuple[str, ...]
    line: int


class CatalogueError(ValueError):
    """A catalogue cannot be read; :attr:`line` counts from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        self.line = line
        super().__init__(message)


_SLIPS: Final = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What Babel raises for an unknown language, character set or date."""


def read_po(data: bytes, code: str) -> tuple[tuple[PoMessage, ...], str]:
    """Read the ``.po`` file *data* of the language *code*: its messages, and its plural expression.

    Fuzzy and untranslated messages are left out. Raises CatalogueError.
    """
    try:
        text = data.decode("utf-8-sig")
        _refuse_open_strings(text)
        catalogue = read_catalogue(io.StringIO(text), locale=_locale(code), abort_invalid=True)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(say("the catalogue is not UTF-8 text"), line) from error
    except PoFileError as error:
        raise CatalogueError(
            say("the catalogue is not in the .po format of gettext"), error.lineno + 1
        ) from error
    except CatalogueError:
        raise
    except _SLIPS as error:
        raise CatalogueError(
            say("the header of the catalogue cannot be read: {error}", error=error)
        ) from error
    messages = tuple(_message(message) for message in catalogue if _counts(message))
    return messages, str(catalogue.plural_expr) if "Plural-Forms:" in text else plural_expression(code)


_PO_LINE: Final = re.compile(
    r"""
    \s* (?: \#.*                               # a comment
        | (?: (?: msgctxt | msgid | msgid_plural | msgstr (?: \[[0-9]+\] )? ) \s* )?
          " (?: [^"\\] | \\. )* " \s*        # a string, with its keyword or without
    )?
    """,
    re.VERBOSE,
)


def _refuse_open_strings(text: str) -> None:
    """Raise CatalogueError where a line of *text* has a syntax error: Babel skips such lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _PO_LINE.fullmatch(line):
            fault = say('a line of the catalogue is no comment and no keyword with text in "…"')
            if '"' in line and not _CLOSED.search(line):
                fault = say('a text in quotes is not closed: a " is missing at its end')
            raise CatalogueError(fault, number)


_CLOSED: Final = re.compile(r'"(?:[^"\\]|\\.)*"\s*$')


def _counts(message: Message) -> bool:
    return bool(message.id) and not message.fuzzy and all(_texts(message.string))


def _message(message: Message) -> PoMessage:
    singular, *plural = _texts(message.id)
    return PoMessage(
        context=message.context or "",
        singular=singular,
        plural="".join(plural),
        forms=_texts(message.string),
        line=message.lineno or 1,
    )


def _texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str) or value is None else tuple(value)
