"""A line of a drawn picture as runs, each in a font that has its letters: no letter becomes an empty box.

Fonts are tried in their order. Each run goes to Raqm as it is; runs are put in their order here (UAX #9,
rule L2, with the two levels that a title has).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from timeline_gen.rendering.pictures import missing_letters
from timeline_gen.text.bidi import block_direction

_WORDS: Final = re.compile(r"\s+|\S+")


class Run(NamedTuple):
    """Letters that follow one another and are drawn with the same font."""

    text: str
    font: bytes
    direction: str


def undrawn(text: str, fonts: Sequence[bytes]) -> str:
    """Return the letters of *text* that none of *fonts* has."""
    for font in fonts:
        text = missing_letters(font, text)
    return text


def runs_of(text: str, direction: str, fonts: Sequence[bytes]) -> list[Run]:
    """Return *text* as runs, in the order in which they are from the side where *direction* begins.

    Letters that none of *fonts* has are left out.
    """
    # Raqm orders a text of mixed directions by itself as long as one font has all of it.
    if not missing_letters(fonts[0], text):
        return [Run(text, fonts[0], direction)]
    runs: list[Run] = []
    for word in _WORDS.findall(text):
        if word.isspace() and runs and runs[-1].text[-1:].isspace():
            continue  # what was between the spaces is left out
        for part in _of_word(word, direction, fonts):
            if runs and runs[-1][1:] == part[1:]:
                runs[-1] = part._replace(text=runs[-1].text + part.text)
            else:
                runs.append(part)
    return list(_ordered(_joined(runs), direction))


def _of_word(word: str, direction: str, fonts: Sequence[bytes]) -> Iterator[Run]:
    """Yield *word* in the first font that has all of it, else each letter in the first that has that."""
    if word.isspace():
        yield Run(word, fonts[0], direction)
        return
    whole = next((font for font in fonts if not missing_letters(font, word)), None)
    if whole is not None:
        yield Run(word, whole, block_direction(word, direction))
        return
    for font, letters in groupby(word, lambda letter: _font_of(letter, fonts)):
        if font is not None:
            part = "".join(letters)
            yield Run(part, font, block_direction(part, direction))


def _font_of(letter: str, fonts: Sequence[bytes]) -> bytes | None:
    return next((font for font in fonts if not missing_letters(font, letter)), None)


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Return *runs*, a space between two of the same kind being a part of them."""
    joined: list[Run] = []
    for number, run in enumerate(runs):
        after = runs[number + 1] if number + 1 < len(runs) else run
        kind = after[1:] if run.text.isspace() else run[1:]
        if joined and joined[-1][1:] == kind:
            joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _ordered(runs: Sequence[Run], direction: str) -> Iterator[Run]:
    """Yield *runs* in visual order: a run of the other direction is read from its other end."""
    inside: list[Run] = []
    for run in runs:
        if run.direction != direction or (inside and run.text.isspace()):
            inside.append(run)
            continue
        yield from _turned(inside)
        inside = []
        yield run
    yield from _turned(inside)


def _turned(runs: Sequence[Run]) -> list[Run]:
    """Return *runs* from the last to the first; spaces at their end belong to what follows."""
    end = len(runs)
    while end and runs[end - 1].text.isspace():
        end -= 1
    return [*reversed(runs[:end]), *runs[end:]]
