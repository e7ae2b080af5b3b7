"""A text of Markdown without what no reader takes for its words: code and comments.

Each step goes through the text once, whatever is in it: marks that nothing closes cost no more than others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

_FENCE: Final = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")
_RUN: Final = re.compile("`+")
_WORDS: Final = re.compile(r"[^\n]")


def without_code(text: str) -> str:
    """Return *text* with spaces in place of fenced blocks, passages of code and comments; lines stay."""
    for spans in (_fenced, _comments, _passages):
        text = _blanked(text, spans(text))
    return text


def _blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (text[at:start], _WORDS.sub(" ", text[start:end]))
        at = end
    return "".join((*parts, text[at:]))


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Yield where fenced blocks begin and end; one that is not closed goes on to the end (CommonMark 4.5)."""
    at, begun, fence = 0, -1, ""
    for line in text.splitlines(keepends=True):
        found = _FENCE.match(line)
        if found and begun < 0:
            begun, fence = at, found[1]
        elif found and found[1].startswith(fence) and not found[2].strip():
            yield begun, at + len(line)
            begun = -1
        at += len(line)
    if begun >= 0:
        yield begun, len(text)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        if end < 0:
            return
        yield start, end + 3
        start = text.find("<!--", end)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield where passages between marks of one length begin and end, inside a paragraph (CommonMark 6.1)."""
    at = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        yield from ((at + start, at + end) for start, end in _in_paragraph(paragraph))
        at += len(paragraph)


def _in_paragraph(paragraph: str) -> Iterator[tuple[int, int]]:
    runs = [match.span() for match in _RUN.finditer(paragraph)]
    places: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        places[end - start].append(start)
    at = 0
    for start, end in runs:
        same = places[end - start]
        closing = bisect_right(same, start)
        if start >= at and closing < len(same):
            at = same[closing] + end - start
            yield start, at
