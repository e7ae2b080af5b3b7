"""How wide and how high an SVG is drawn (SVG 2, 7.2 and 8.2): by its lengths, else by its view box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from timeline_gen.messages import say

LARGEST: Final = 100_000
"""Pixels; no screen and no browser draws more."""

_LONGEST: Final = 200
"""Characters of a length or a view box; nothing longer is read."""
# Possessive, and with two digits of an exponent: no text makes the pattern slow or the number infinite.
_DIGITS: Final = r"(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:e[+-]?[0-9]{1,2}(?![0-9]))?"
_LENGTH: Final = re.compile(rf"\s*+\+?({_DIGITS})(px|pt|pc|mm|cm|in|q)?\s*+", re.IGNORECASE | re.ASCII)
_NUMBER: Final = re.compile(rf"[-+]?{_DIGITS}", re.IGNORECASE | re.ASCII)
_PIXELS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
}


def drawing_size(attributes: Mapping[str, str]) -> tuple[int, int]:
    """Return width and height, in pixels, of a drawing whose outermost element has these *attributes*.

    Raises ValueError where they do not give it, or where it is beyond all bounds.
    """
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    if not width or not height:
        box = _box(attributes.get("viewBox", ""))
        if box is None:
            raise ValueError(say("it is an SVG that names neither its width and height nor a viewBox"))
        if width:
            height = width * box[1] / box[0]
        elif height:
            width = height * box[0] / box[1]
        else:
            width, height = box
    # The side that was worked out from the view box may be beyond all bounds, too.
    if max(width, height) > LARGEST or min(width, height) * LARGEST < 1:
        raise ValueError(
            say("it is an SVG that is not between 1 and {largest} pixels wide and high", largest=LARGEST)
        )
    return max(1, round(width)), max(1, round(height))


def _pixels(length: str) -> float:
    """Return a CSS *length* in pixels; 0 where it is none, or relative."""
    found = _LENGTH.fullmatch(length) if len(length) <= _LONGEST else None
    return float(found[1]) * _PIXELS[(found[2] or "").lower()] if found else 0.0


def _box(text: str) -> tuple[float, float] | None:
    """Return width and height of a view box; None where it is none."""
    parts = re.split(r"[\s,]+", text.strip()) if len(text) <= _LONGEST else []
    if len(parts) != 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    width, height = float(parts[2]), float(parts[3])
    return (width, height) if width > 0 and height > 0 else None
