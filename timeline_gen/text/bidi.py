"""Directions in plain text without markup: titles, alt texts, feeds.

The Unicode Bidirectional Algorithm (UAX #9) orders characters on the screen. A fragment whose
direction differs from its surroundings is put between an isolate and a pop, so that
numbers and brackets keep their places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

_LRI, _RLI, _FSI, _PDI = "\u2066", "\u2067", "\u2068", "\u2069"
_PDF = "\u202c"
_OPENERS: Final = {"ltr": _LRI, "rtl": _RLI, "": _FSI}
_EMBEDDINGS: Final = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES: Final = frozenset((_LRI, _RLI, _FSI))
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_CONTROL: Final = re.compile("[\u202a-\u202e\u2066-\u2069\n\r\x1c-\x1e\x85\u2029]")
"""Embeddings, overrides, isolates and their ends; and what ends a paragraph, which ends them all."""


def isolate(text: str, direction: str = "") -> str:
    """Return *text* isolated from what surrounds it.

    *direction* is ``ltr``, ``rtl``, or empty to let the first strong letter decide. Unbalanced controls in
    *text* are left out: they would act beyond it.
    """
    if not text:
        return ""
    if _CONTROL.search(text):
        wrong = set(unbalanced(text))
        text = "".join(letter for offset, letter in enumerate(text) if offset not in wrong)
    return f"{_OPENERS[direction]}{text}{_PDI}"


def direction_of(text: str) -> str:
    """Return ``rtl`` or ``ltr``, by the first strong letter of *text*; empty if there is none."""
    # As rules P2 and P3 of UAX #9 do for a paragraph, but letters inside isolates count, too.
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    strong = next((kind for kind in kinds if kind in _STRONG), "")
    return _STRONG.get(strong, "")


_RTL: Final = (
    "\u0590-\u05ff\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u08c9"
    "\ufb1d-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc\U00010800-\U00010d23\U00010e80-\U00010eff\U0001e800-\U0001eeff"
)
"""Letters that run from right to left (Bidi_Class R and AL), as the inside of a class of a pattern."""
STRONG: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {"ltr": re.compile(rf"(?![{_RTL}])[^\W\d_]"), "rtl": re.compile(f"[{_RTL}]")}
)
"""A letter of each direction."""
_AFTER: Final = re.compile(r"[\d+#%°′″*’]+(?![^\W_])")
_CLOSERS: Final = {")": "(", "]": "[", "»": "«", "”": "“", '"': '"'}


def runs_against(text: str, direction: str) -> Iterator[tuple[int, int]]:
    """Yield where each run of letters that run against *direction* begins and ends in *text*.

    A run goes from its first letter to the last one before a letter of *direction*; digits and signs that
    adhere to it, and the brackets that close what it opens, belong to it.
    """
    against = STRONG["rtl" if direction == "ltr" else "ltr"]
    along = STRONG[direction]
    position = 0
    while first := against.search(text, position):
        stop = along.search(text, first.end())
        limit = stop.start() if stop else len(text)
        last = max(found.end() for found in against.finditer(text, first.start(), limit))
        if adhering := _AFTER.match(text, last, limit):
            last = adhering.end()
        # Of "Reuters (UK)" the bracket belongs to the name, in which it was opened.
        while last < limit and (opener := _CLOSERS.get(text[last])) and opener in text[first.start() : last]:
            last += 1
        begin = _first_of(text, first.start(), position)
        # Of «Port Ferries Ltd.» the full stop is the name's: nothing else is quoted.
        if (
            begin
            and text[last : last + 1] == "."
            and _CLOSERS.get(text[last + 1 : last + 2]) == text[begin - 1]
        ):
            last += 1
        yield begin, last
        position = max(limit, last)


def _first_of(text: str, start: int, least: int) -> int:
    """Return where the run whose first letter is at *start* begins, with digits that adhere to it."""
    begin = start
    while begin > least and text[begin - 1] in "0123456789.@#$€£":
        begin -= 1
    return begin if begin == least or not text[begin - 1].isalnum() else start


def block_direction(text: str, direction: str) -> str:
    """Return the direction of *text* as a block: *direction*, unless all its letters run the other way."""
    other = "rtl" if direction == "ltr" else "ltr"
    return other if STRONG[other].search(text) and not STRONG[direction].search(text) else direction


def unbalanced(text: str) -> tuple[int, ...]:
    """Return the offsets in *text* of bidi controls that open without end or end without opening."""
    wrong: list[int] = []
    opened: list[int] = []
    for match in _CONTROL.finditer(text):
        control, offset = match.group(), match.start()
        if control in _EMBEDDINGS or control in _ISOLATES:
            opened.append(offset)
        elif control == _PDF:
            _close_embedding(text, offset, opened, wrong)
        elif control == _PDI:
            _close_isolate(text, offset, opened, wrong)
        else:
            # The end of a paragraph ends all embeddings and isolates (UAX #9, X8).
            wrong += opened
            opened.clear()
    return tuple(sorted(wrong + opened))


def _close_embedding(text: str, offset: int, opened: list[int], wrong: list[int]) -> None:
    # Inside an isolate a PDF ends nothing that was opened before it (UAX #9, X7).
    if opened and text[opened[-1]] in _EMBEDDINGS:
        opened.pop()
    else:
        wrong.append(offset)


def _close_isolate(text: str, offset: int, opened: list[int], wrong: list[int]) -> None:
    # The end of an isolate ends the embeddings inside it too (UAX #9, X6a).
    start = next((i for i in reversed(range(len(opened))) if text[opened[i]] in _ISOLATES), None)
    if start is None:
        wrong.append(offset)
        return
    wrong += opened[start + 1 :]
    del opened[start:]
