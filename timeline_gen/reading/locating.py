"""Where something stands in a Markdown source, found again by its text.

Python-Markdown keeps no places. What a problem speaks of was written somewhere, though, and each
occurrence is found in turn; code and comments, in which the same text means nothing, are looked past.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import Final

from timeline_gen.model import Spot
from timeline_gen.reading.decoding import spot_of

_MEANS_NOTHING: Final = re.compile(
    r"""
      ^(?P<fence> [ ]{0,3} (?: `{3,} | ~{3,} ) ) .*? ^(?P=fence) [`~]* [ ]* $   # a fenced block of code
    | (?<! [`\\] ) (?P<ticks> `+ ) (?! ` ) .*? (?<! ` ) (?P=ticks) (?! ` )      # code inside a line
    | <!-- .*? -->                                                            # a comment
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


class Locator:
    """Finds pieces of one Markdown text, each time the next occurrence."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self._passed: Counter[str] = Counter()

    @cached_property
    def bare(self) -> str:
        """The text with code and comments blanked out, of the same length."""
        if "`" not in self.text and "<!--" not in self.text and "~~~" not in self.text:
            return self.text
        return _MEANS_NOTHING.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), self.text)

    def next(self, *spellings: str) -> Spot:
        """Return where the next occurrence of a piece begins, which is written in one of *spellings*.

        The first spelling that is found counts; where none is, that is the start of the text.
        """
        for piece in spellings:
            index = self.bare.find(piece, self._passed[piece]) if piece else -1
            if index >= 0:
                self._passed[piece] = index + len(piece)
                return self.spot(index)
        return (self.first_line, 1)

    def spot(self, index: int) -> Spot:
        """Return the line and the column, in the file, of the character at *index* of the text."""
        line, column = spot_of(self.text, index)
        return line + self.first_line - 1, column
