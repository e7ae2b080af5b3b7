"""Conversion between the decimal digits of several scripts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SYSTEMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "latn": "0123456789",
        "arab": "٠١٢٣٤٥٦٧٨٩",
        "arabext": "۰۱۲۳۴۵۶۷۸۹",
        "beng": "০১২৩৪৫৬৭৮৯",
        "deva": "०१२३४५६७८९",
    }
)
"""Decimal digits from 0 to 9 by their CLDR name: Latin, Arabic-Indic, Persian, Bengali, Devanagari."""

_TO_LATIN: Final = {
    ord(digit): str(value)
    for name, digits in SYSTEMS.items()
    if name != "latn"
    for value, digit in enumerate(digits)
}
_FROM_LATIN: Final = {name: str.maketrans(SYSTEMS["latn"], digits) for name, digits in SYSTEMS.items()}


def to_latin(text: str) -> str:
    """Return *text* with all of its digits as Latin ones."""
    return text if text.isascii() else text.translate(_TO_LATIN)


def to_digits(text: str, system: str) -> str:
    """Return *text* with its Latin digits written in *system*, one of :data:`SYSTEMS`."""
    return text if system == "latn" else text.translate(_FROM_LATIN[system])
