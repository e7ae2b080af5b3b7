"""A text of Markdown without what no reader takes for its words: code and comments.

Each step goes through the text once, whatever is in it: marks that nothing closes cost no more than others.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from timeline_gen.text.fences import blanked, fenced

_RUN: Final = re.compile("`+")


def without_code(text: str) -> str:
    """Return *text* with spaces in place of fenced blocks, passages of code and comments; lines stay."""
    # In this order: a fence hides comments, and both hide backticks.
    for spans in (fenced, _comments, _passages):
        text = blanked(text, spans(text))
    return text


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
