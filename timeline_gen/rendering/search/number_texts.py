"""Numbers as short texts of 64 signs, which a script reads quickly and gzip makes small.

A number is written in digits of five bits, the lowest first; a digit with the sixth bit set has more behind
it. A set of numbers is written by the gaps between them or, where it is dense, as a bitmap behind ``!``: so
none takes more than a sixth of *total* signs, or little more.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from typing import Final

_DIGITS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE: Final = 32
_BITS: Final = 6
"""Bits of a sign."""
_SHORT: Final = tuple(_DIGITS[:_BASE])
UNKNOWN: Final = "~"
"""In place of a number that is not known."""


def number_text(number: int) -> str:
    """Return *number*, which is not negative, as a text."""
    if number < _BASE:
        return _SHORT[number]
    found: list[str] = []
    while number >= _BASE:
        found.append(_DIGITS[number % _BASE + _BASE])
        number //= _BASE
    found.append(_SHORT[number])
    return "".join(found)


def signed_text(number: int) -> str:
    """Return *number*, of either sign, as a text: 0, -1, 1, -2 … are written as 0, 1, 2, 3 …."""
    return number_text(2 * number if number >= 0 else -2 * number - 1)


def set_text(numbers: Sequence[int], total: int) -> str:
    """Return *numbers*, which are distinct, in order and less than *total*, as a text."""
    # A gap takes a sign of six bits at least, a place in the bitmap one bit.
    if len(numbers) * _BITS > total:
        return f"!{_bitmap(numbers)}"
    found: list[str] = []
    last = -1
    for number in numbers:
        gap = number - last - 1
        found.append(_SHORT[gap] if gap < _BASE else number_text(gap))
        last = number
    return "".join(found)


def _bitmap(numbers: Iterable[int]) -> str:
    places = list(numbers)
    bits = bytearray(places[-1] // 8 + 1 if places else 0)
    for number in places:
        bits[number >> 3] |= 1 << (number & 7)
    return urlsafe_b64encode(bits).decode("ascii").rstrip("=")


def runs_text(values: Iterable[str]) -> str:
    """Return *values* as runs of equal ones: each with its length, ``1990:40 1991:38``."""
    runs: list[list[object]] = []
    for value in values:
        if runs and runs[-1][0] == value:
            runs[-1][1] = int(str(runs[-1][1])) + 1
        else:
            runs.append([value, 1])
    return " ".join(f"{value}:{count}" for value, count in runs)
