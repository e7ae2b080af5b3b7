"""How much work a file may be to read: judged at a glance, bounded, and explained where it was too much.

The libraries that read YAML and Markdown need time that grows with the square, or worse, of some marks that
a text repeats. What a glance finds harmless is read at once; all else is read by a process that can be
ended (:mod:`timeline_gen.building.workers.guarded`).
"""

from __future__ import annotations

import string
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.decoding import spot_of
from timeline_gen.reading.prose.code_classes import may_have_code

_WORDS: Final = bytes(
    byte for byte in range(256) if byte > 0x7F or chr(byte) in string.ascii_letters + string.digits + " \n"
)
"""What ordinary text consists of; letters of other scripts are all of bytes above 127."""

_FEW_MARKS: Final = 400
_DENSITY: Final = 6
"""In ordinary Markdown, front matter included, every tenth character is a mark."""
_LIGHT_BYTES: Final = 40_000
_MANY_MARKS: Final = 1_500
_FEW_BRACKETS: Final = 400
_FEW_TAGS: Final = 200
"""Fewer than of other marks, as what is read for each grows with its own square."""

_BASE_SECONDS: Final = 0.8
_SECONDS_PER_BYTE: Final = 6e-6
"""Texts full of tables and links need a fifth of that on a slow machine of today, plain ones a hundredth."""

_WINDOW: Final = 256
_NAMES: Final = {" ": say("a space"), "\n": say("the end of a line"), "\t": say("a tab")}


def is_light(data: bytes) -> bool:
    """Return whether a file with these *data* is read in good time, whatever it holds."""
    # How long a lexer of Pygments takes depends on its rules, not on marks that could be counted.
    if len(data) > _LIGHT_BYTES or may_have_code(data):
        return False
    marks = len(data.translate(None, _WORDS))
    if marks > max(_FEW_MARKS, min(len(data) // _DENSITY, _MANY_MARKS)):
        return False
    return data.count(b"[") <= _FEW_BRACKETS and data.count(b"<") <= _FEW_TAGS


def allowed_seconds(data: bytes) -> float:
    """Return how many seconds of CPU time reading a file with these *data* may take."""
    return _BASE_SECONDS + _SECONDS_PER_BYTE * len(data)


def overrun(source: Source) -> Problem:
    """Return the problem that reading *source* took too long, at the place of what it repeats most."""
    text = source.data.decode(errors="replace").replace("\r\n", "\n")
    mark, count, start = most_repeated(text)
    message = say("reading this file takes too long, and it was given up")
    if count:
        message += say(
            ": {get} is repeated {count:,} times, most densely from here on",
            get=_NAMES.get(mark, repr(mark)),
            count=count,
        )
    hint = say(
        "divide what is here into several paragraphs or articles, or leave out marks that mean nothing"
    )
    return Problem("TG128", message, Place(source.path, *spot_of(text, start)), hint)


def most_repeated(text: str) -> tuple[str, int, int]:
    """Return the mark that *text* repeats most, how often, and where it begins to be densest."""
    # Spaces separate whatever is repeated, so that there are as many of them.
    mark = max((*string.punctuation, *_NAMES), key=lambda mark: text.count(mark) / (1 + 3 * mark.isspace()))
    counts = [text.count(mark, start, start + _WINDOW) for start in range(0, len(text), _WINDOW)]
    dense = next((number for number, count in enumerate(counts) if 2 * count > max(counts)), 0)
    found = max(text.find(mark, dense * _WINDOW), 0)
    line = text.rfind("\n", 0, found) + 1
    return mark, sum(counts), text.find(mark, line) if sum(counts) else 0
