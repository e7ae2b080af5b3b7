"""Running text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_END: Final = re.compile(r"""[.!?؟…]+["'”’»)\]]*(?=\s)|[؛](?=\s)|\n\s*\n|\Z""")
_SHORT: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sen|Rep|Gov|No|Nos|Vol|pp?|vs|cf|ca?|approx|etc|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|janv|févr|avr|juil|sept|oct|nov|déc|bzw|Nr|Hr|Fr"
    r"|[A-Z]|[A-Z]\.[A-Z])|\b(?:i\.e|e\.g|z\.B|d\.h|a\.m|p\.m|B\.C|A\.D)|\bد|\bأ|\bم|\bق\.?\s?م|\bهـ)\Z",
)
_NEAR: Final = 24
"""Letters before and after an end that are looked at."""
_ORDINAL: Final = re.compile(r"(?<!\d)\d{1,2}\Z")


class Sentence(NamedTuple):
    """A sentence, with its place in the text."""

    start: int
    text: str
    """On one line."""


def split_sentences(text: str, *, ordinal_mark: str = "") -> Iterator[Sentence]:
    """Yield the sentences of *text*; blank lines part them, too.

    *ordinal_mark* is the sign that makes an ordinal of a number, which ends no sentence: "am 5. Juni".
    """
    start = 0
    for match in _END.finditer(text):
        if _goes_on(text, start, match, ordinal_mark):
            continue
        piece = text[start : match.end()]
        shown = " ".join(piece.split())
        if shown:
            yield Sentence(start + len(piece) - len(piece.lstrip()), shown)
        start = match.end()


def _goes_on(text: str, start: int, match: re.Match[str], ordinal_mark: str) -> bool:
    """Return whether the sentence goes on after *match*, by what is before and after it."""
    before = text[max(start, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR].lstrip()[:1]
    # A blank line and the end of the text end a sentence, whatever is next to them.
    if not match[0].strip():
        return False
    # No sentence begins with a small letter: the stop was that of an abbreviation.
    if after.islower():
        return True
    is_ordinal = ordinal_mark == "." and bool(_ORDINAL.search(before))
    return match[0].startswith(".") and (is_ordinal or bool(_SHORT.search(before)))
