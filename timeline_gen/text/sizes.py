"""The sizes of files in words: ``1.2 MB``, in decimal units (IEC 80000-13), as the CLDR writes them."""

from __future__ import annotations

from typing import Final

from timeline_gen.model.settings import Language
from timeline_gen.text.cldr import file_size
from timeline_gen.text.digits import to_digits

_KILO: Final = 1_000
_MEGA: Final = 1_000_000
_TENS: Final = 10_000_000


def size_text(size: int, language: Language) -> str:
    """Return *size*, in bytes, rounded as readers want it, in *language*; nothing is less than 1 kB."""
    if size < _MEGA - _KILO // 2:
        value, unit = float(max(1, round(size / _KILO))), "kilobyte"
    else:
        value, unit = round(size / _MEGA, 1 if size < _TENS else 0), "megabyte"
    number = int(value) if value.is_integer() else value
    return to_digits(file_size(number, unit, language.code, language.digits), language.digits)
