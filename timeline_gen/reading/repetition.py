"""What a Markdown text may not repeat without end, because reading it would take minutes.

Several of the library's patterns look to the end of the paragraph for what closes each mark, so that the
time grows with the square of their number: 20,000 open brackets take more than a minute. The limits lie
far above what texts need and keep every body below two seconds.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MAX_LENGTH: Final = 400_000
"""Characters of one body; a thick novel has about a million."""

_MAX_TAGS: Final = 3_000
_MAX_ABBREVIATIONS: Final = 500
_MAX_BRACKETS_SQUARED: Final = 4_000_000
"""The sum over all paragraphs: 2,000 brackets in one, or 100 in each of 400."""

_MAX_DEPTH: Final = 50
_DEEP: Final = re.compile(
    rf"^(?:(?:[ ]{{0,3}}>){{{_MAX_DEPTH}}}|[ ]{{{4 * _MAX_DEPTH}}}|\t{{{_MAX_DEPTH}}})", re.MULTILINE
)
"""A line that stands in so many quotations or lists; the library takes four spaces for each list."""

_WIDE: Final = " " * 4 * _MAX_DEPTH
_PARAGRAPH_BREAK: Final = re.compile(r"\n[ \t]*\n")


class TooMuch(NamedTuple):
    """What there is too much of, and where in the text that begins."""

    code: str
    start: int
    message: str
    hint: str


def too_much(text: str) -> TooMuch | None:
    """Return what *text* has too much of to be read in good time, or None."""
    if len(text) > MAX_LENGTH:
        message = f"the text is {len(text):,} characters long, and the limit is {MAX_LENGTH:,}"
        return TooMuch("TG405", 0, message, "split it into several articles")
    if (_WIDE in text or "\t" in text or ">" in text) and (deep := _DEEP.search(text)):
        message = f"the text is nested more than {_MAX_DEPTH} deep here"
        return TooMuch("TG406", deep.start(), message, "take lists and quotations out of one another")
    if text.count("<") > _MAX_TAGS:
        return _repeated(text, "<", _MAX_TAGS)
    if text.count("*[") > _MAX_ABBREVIATIONS:
        return _repeated(text, "*[", _MAX_ABBREVIATIONS)
    brackets = text.count("[")
    if brackets * brackets > _MAX_BRACKETS_SQUARED and _cost(text) > _MAX_BRACKETS_SQUARED:
        return _repeated(text, "[", brackets)
    return None


def _cost(text: str) -> int:
    """Return what the brackets of *text* cost together; those of different paragraphs do not meet."""
    return sum(paragraph.count("[") ** 2 for paragraph in _PARAGRAPH_BREAK.split(text))


def _repeated(text: str, mark: str, count: int) -> TooMuch:
    message = f"{mark!r} stands here more often than {count:,} times, or too often in one paragraph"
    return TooMuch(
        "TG405",
        text.find(mark),
        message,
        "divide the paragraph, or put a backslash before marks that mean nothing",
    )
