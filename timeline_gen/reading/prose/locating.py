"""The positions of parts of a Markdown source, found again by their text.

Python-Markdown keeps no positions. What a problem names was written somewhere, though, and each
occurrence is found in turn; code and comments, in which the same text means nothing, are looked past.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Final

from timeline_gen.model.texts import Position

_OPENING: Final = re.compile(
    r"""
      ^ (?P<fence> [ ]{0,3} (?: `{3,} | ~{3,} ) )    # a fenced block of code
    | (?<! [`\\] ) (?P<ticks> `+ )                   # code inside a line
    | (?P<comment> <!-- )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CLOSING_FENCE: Final = re.compile(r"^[ ]{0,3}(?:`{3,}|~{3,})[`~]*[ ]*$", re.MULTILINE)
_TICKS: Final = re.compile(r"`+")
_NOT_LINE_END: Final = re.compile(r"[^\n]+")

_LINE_END: Final = re.compile("\n")
_OBJECT: Final = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER, which is no letter, no space and no mark of Markdown."""


class Locator:
    """Finds pieces of one Markdown text, each time the next occurrence."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text = text
        self.first_line = first_line
        self._passed: Counter[str] = Counter()

    @cached_property
    def _line_starts(self) -> list[int]:
        """The index of the first character of each line."""
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def bare(self) -> str:
        """The text with code and comments blanked out, of the same length.

        Code inside a line leaves a sign and no spaces: what is next to it is neither indented nor apart.
        """
        if "`" not in self.text and "<!--" not in self.text and "~~~" not in self.text:
            return self.text
        pieces: list[str] = []
        end = 0
        for start, stop, sign in _meaningless(self.text):
            blank = _NOT_LINE_END.sub(partial(_blank, sign=sign), self.text[start:stop])
            pieces += (self.text[end:start], blank)
            end = stop
        return "".join((*pieces, self.text[end:]))

    def next(self, *spellings: str) -> Position:
        """Return where the next occurrence of a piece begins, which is written in one of *spellings*.

        The first spelling that is found counts; where none is, that is the start of the text.
        """
        for piece in spellings:
            index = self.bare.find(piece, self._passed[piece]) if piece else -1
            # What is not found now is not found later: the rest need not be searched again.
            self._passed[piece] = index + len(piece) if index >= 0 else len(self.bare)
            if index >= 0:
                return self.position(index)
        return (self.first_line, 1)

    def position(self, index: int) -> Position:
        """Return the line and the column, in the file, of the character at *index* of the text."""
        line = bisect_right(self._line_starts, index)
        return line + self.first_line - 1, index - self._line_starts[line - 1] + 1


def _blank(found: re.Match[str], *, sign: str) -> str:
    return sign * len(found[0])


def _meaningless(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where code and comments begin and end in *text*, and the sign that stands for each character.

    What closes each mark is looked up in lists that are made once: a pattern that looked for it behind
    each mark would need time that grows with the square of their number.
    """
    closings = _Closings(text)
    position = 0
    while found := _OPENING.search(text, position):
        end = closings.after(found)
        position = found.end() if end is None else end
        if end is not None:
            yield found.start(), end, _OBJECT if found["ticks"] else " "


class _Closings:
    """What closes code and comments in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ticks: dict[int, list[int]] = {}
        for run in _TICKS.finditer(text):
            self._ticks.setdefault(len(run[0]), []).append(run.start())
        self._fences = list(_CLOSING_FENCE.finditer(text))
        self._starts = [fence.start() for fence in self._fences]
        self._open: set[tuple[str, str]] = set()
        """The marks, each as one of three kinds, that nothing closes from some place on."""

    def after(self, opening: re.Match[str]) -> int | None:
        """Return where what *opening* begins has its end, or None where nothing closes it."""
        marks = opening[0].lstrip(" ")
        if opening["comment"]:
            return self._known("comment", marks, opening.end(), self._comment_end)
        if opening["fence"]:
            end = self._known("fence", opening[0], opening.end(), self._fence_end)
            # Backticks at the beginning of a line that open no block may enclose a passage: ```a``` b.
            if end is not None or marks[0] == "~":
                return end
        return self._known("code", marks, opening.end(), self._code_end)

    def _known(self, kind: str, marks: str, start: int, find: Callable[[str, int], int | None]) -> int | None:
        if (kind, marks) in self._open:
            return None
        end = find(marks, start)
        if end is None:
            self._open.add((kind, marks))
        return end

    def _comment_end(self, _marks: str, start: int) -> int | None:
        found = self._text.find("-->", start)
        return found + 3 if found >= 0 else None

    def _code_end(self, marks: str, start: int) -> int | None:
        runs = self._ticks[len(marks)]
        number = bisect_left(runs, start)
        return runs[number] + len(marks) if number < len(runs) else None

    def _fence_end(self, marks: str, start: int) -> int | None:
        for number in range(bisect_left(self._starts, start), len(self._fences)):
            if self._fences[number][0].startswith(marks):
                return self._fences[number].end()
        return None
