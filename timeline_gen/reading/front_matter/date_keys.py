"""Keys whose values are dates, which YAML would take for lists, mappings or directives."""

from __future__ import annotations

import re
from typing import Final

DATE_KEYS: Final = frozenset({"date", "sort_date", "updated", "accessed", "embargo"})
"""Keys under which ``[1667, 1668]`` and ``{1960, 1961-12}`` are EDTF sets, not lists or mappings."""
_PERCENT: Final = re.compile(rf"(?m)((?:^|[\s{{,])(?:{'|'.join(sorted(DATE_KEYS))})[ \t]*:[ \t]+)%")
"""An EDTF date that begins with ``%``, which YAML allows at the start of no unquoted text."""
_STAND_INS: Final = tuple(map(chr, range(0xF700, 0xF780)))
"""Private-use characters, one of which replaces such a ``%`` while YAML is parsed."""


def without_leading_percents(text: str) -> tuple[str, str]:
    """Put a character of the same width in place of each ``%`` that begins a date; return that, too."""
    if "%" not in text or not _PERCENT.search(text):
        return text, ""
    stand_in = next(char for char in _STAND_INS if char not in text)
    return _PERCENT.sub(rf"\1{stand_in}", text), stand_in
