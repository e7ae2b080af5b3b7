"""Directions in plain text, where no markup can keep fragments apart: titles, alt texts, feeds.

The Unicode Bidirectional Algorithm (UAX #9) orders characters on the screen. A fragment whose
direction differs from its surroundings is put between an isolate and a pop, so that neither moves
the other's numbers and brackets.
"""

from __future__ import annotations

import re
import unicodedata
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

    *direction* is ``ltr``, ``rtl``, or empty to let the first strong letter decide. Controls in
    *text* that are not balanced are left out: they would reach beyond it.
    """
    if not text:
        return ""
    if _CONTROL.search(text):
        wrong = set(unbalanced(text))
        text = "".join(letter for offset, letter in enumerate(text) if offset not in wrong)
    return f"{_OPENERS[direction]}{text}{_PDI}"


def direction_of(text: str) -> str:
    """Return ``rtl`` or ``ltr``, as the first strong letter of *text* says; empty where it has none."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    strong = next((kind for kind in kinds if kind in _STRONG), "")
    return _STRONG.get(strong, "")


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
            wrong += opened
            opened.clear()
    return tuple(sorted(wrong + opened))


def _close_embedding(text: str, offset: int, opened: list[int], wrong: list[int]) -> None:
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
