"""Fenced blocks of code in a Markdown text (CommonMark 0.31.2, section 4.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_INDENTED: Final = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")
# What follows a fence of backticks holds none: such a line is code within a paragraph.
_AT_MARGIN: Final = re.compile(r"(`{3,}(?=[^`\n]*$)|~{3,})(.*)")
_WORDS: Final = re.compile(r"[^\n]")


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return *text* with a space for each character in *spans*, which are in order; lines stay."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (text[at:start], _WORDS.sub(" ", text[start:end]))
        at = end
    return "".join((*parts, text[at:]))


def fenced(text: str) -> Iterator[tuple[int, int]]:
    """Yield where fenced blocks begin and end; one that is not closed goes on to the end."""
    return ((start, end) for start, end, _ in _spans(text, _INDENTED))


def without_fenced(text: str) -> str:
    """Return *text* with a space for each character of its fenced code that begins at the margin.

    What a fence holds that is never closed is no code here: a text might be hidden behind it.
    """
    if "```" not in text and "~~~" not in text:
        return text
    return blanked(text, ((start, end) for start, end, closed in _spans(text, _AT_MARGIN) if closed))


def _spans(text: str, fence: re.Pattern[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield where blocks between lines of *fence* begin and end, and whether they are closed."""
    at, begun, marks = 0, -1, ""
    for line in text.splitlines(keepends=True):
        found = fence.match(line)
        if found and begun < 0:
            begun, marks = at, found[1]
        # A fence is closed by at least as many of its marks, with nothing after them.
        elif found and found[1].startswith(marks) and not found[2].strip():
            yield begun, at + len(line), True
            begun = -1
        at += len(line)
    if begun >= 0:
        yield begun, len(text), False
