"""What a Markdown text may not repeat without end, because reading it would take minutes.

Several of the library's patterns look to the end of the paragraph for what closes each mark, so that the
time grows with the square of their number: 20,000 open brackets take more than a minute. The limits lie
far above what texts need. What is slow below them is ended from outside
(:mod:`timeline_gen.reading.parse_limits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.text.fences import without_fenced

MAX_LENGTH: Final = 400_000
"""Characters of one body; a thick novel has about a million."""

MAX_COST: Final = 4_000_000
"""The sum over all paragraphs of the square of their brackets: 2,000 in one, or 100 in each of 400."""

_MOST: Final = {"<": 3_000, "*[": 500, "![": 3_000, "](": 10_000}
"""How many tags, abbreviations, pictures and links a text may have."""

_MARKS: Final = (*"`\\[*_&<{=\"'", "  \n")
"""Marks that are looked at one by one, each with what is behind it; the last of them breaks a line."""
_MAX_MARKS: Final = 20_000
"""Of all kinds, in one paragraph; the square of that is the limit of the sum over all paragraphs."""

_MAX_DEPTH: Final = 50
_DEEP: Final = re.compile(
    rf"^(?:(?:[ ]{{0,3}}(?:>|[*+-][ ])){{{_MAX_DEPTH}}}|[ ]{{{4 * _MAX_DEPTH}}}|\t{{{_MAX_DEPTH}}})",
    re.MULTILINE,
)
"""A line in so many quotations or lists; the library takes four spaces for each list."""

_WIDE: Final = " " * 4 * _MAX_DEPTH
_NESTING: Final = ("\t", ">", "- - ", "* * ", "+ + ", "-  ", "*  ", "+  ")
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
        message = say(
            "the text is {text:,} characters long, and the limit is {max_length:,}",
            text=len(text),
            max_length=MAX_LENGTH,
        )
        return TooMuch("TG405", 0, message, say("split it into several articles"))
    if (_WIDE in text or any(mark in text for mark in _NESTING)) and (
        # Code may be indented as deep as its author likes; to look past it costs more than the first search.
        deep := _DEEP.search(without_fenced(text)) if _DEEP.search(text) else None
    ):
        message = say("the text is nested more than {max_depth} deep here", max_depth=_MAX_DEPTH)
        return TooMuch("TG406", deep.start(), message, say("take lists and quotations out of one another"))
    if many := next((mark for mark, most in _MOST.items() if text.count(mark) > most), None):
        return _repeated(text, many)
    if cost_of(text) > MAX_COST:
        return _repeated(text, "[")
    # A text holds no more marks than characters.
    return _too_many_marks(text) if len(text) > _MAX_MARKS else None


def cost_of(text: str) -> int:
    """Return what the brackets of *text* cost together; those of different paragraphs do not meet."""
    brackets = text.count("[")
    # Nearly every text: too few to be worth taking its paragraphs apart.
    if brackets < 2 or brackets * brackets <= MAX_COST // 1_000:
        return brackets * brackets
    return sum(paragraph.count("[") ** 2 for _, paragraph in _paragraphs(text))


def _too_many_marks(text: str) -> TooMuch | None:
    """Return the mark of which the paragraph with most marks has most, if all are too many."""
    if sum(map(text.count, _MARKS)) <= _MAX_MARKS:
        return None
    counts = [(sum(map(each.count, _MARKS)), start, each) for start, each in _paragraphs(text)]
    if sum(count * count for count, _, _ in counts) <= _MAX_MARKS * _MAX_MARKS:
        return None
    _, start, worst = max(counts)
    mark = max(_MARKS, key=worst.count)
    return _repeated(worst, mark)._replace(start=start + worst.find(mark))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of *text*, each with the place where it begins."""
    start = 0
    for found in _PARAGRAPH_BREAK.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def _repeated(text: str, mark: str) -> TooMuch:
    shown = say("a line break") if mark == _MARKS[-1] else repr(mark)
    message = say(
        "{shown} is repeated {count:,} times from here on, more often than can be read",
        shown=shown,
        count=text.count(mark),
    )
    hint = say("divide the paragraph, or put a backslash before marks that mean nothing")
    return TooMuch("TG405", text.find(mark), message, hint)
