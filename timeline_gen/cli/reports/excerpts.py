"""A line of a content file, as a terminal shows it, with a mark under what is wrong in it.

Columns of a file are characters, and those of a terminal are cells: a tab fills several, a letter of Chinese
two, a vowel sign none. Terminals differ in whether they reorder text that runs from right to left. So a line
that has such text is isolated (UAX #9, FSI … PDI), and the mark covers a whole run of it, which has the same
cells in either order; where no cells are certain, the mark names what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from unicodedata import bidirectional, category, combining, east_asian_width

from timeline_gen.cli.language import word
from timeline_gen.cli.reports.words import FSI, PDI
from timeline_gen.messages import say

_RIGHT: Final = frozenset({"R", "AL", "AN"})
_STRONG: Final = frozenset({"L", *_RIGHT})
_STEERING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
"""Marks that reorder or break what follows them; in a source line they are shown, not obeyed."""
_TAB: Final = 4
_LEAST: Final = 20
"""Cells of a line that are shown, however narrow the terminal is."""
_FAR: Final = 1_000
"""Letters of a line that are looked at on either side of what is marked."""
_SECRET: Final = re.compile(r"(?<=://)[^/\s@\"']+(?=@)")
"""A user name or a password in an address."""

_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_LINK: Final = re.compile(r"!?\[[^\]]*\]\([^)\s]*\)")
_BLOCK_VALUE: Final = re.compile(r"(?:(?!\s#).)+")
_FLOW_VALUE: Final = re.compile(r"[^,}\]]+")
_WORD: Final = re.compile(r"[^\s,;:()\[\]{}\"']+")
_TARGET: Final = re.compile(r"[^)\s]+")
_IN_LIST: Final = re.compile(r":\s+\[(?:[^\]]*,)?\s*$")
_AFTER_KEY: Final = re.compile(r":\s+$")


class Cell(NamedTuple):
    """A character of the source as it is shown."""

    shown: str
    width: int


class Excerpt(NamedTuple):
    """A source line and what is put below it, both ready to be printed."""

    line: str
    mark: str


def extent(line: str, start: int) -> int:
    """Return the end of what begins at *start* of *line*: a value, a link, a word, or one character."""
    quoted = _QUOTED.match(line, start) or _LINK.match(line, start)
    if quoted:
        return quoted.end()
    before = line[:start]
    if line.startswith("#", start):
        return len(line.rstrip())
    if before.endswith("]("):
        pattern = _TARGET
    elif _IN_LIST.search(before):
        pattern = _FLOW_VALUE
    elif _AFTER_KEY.search(before):
        pattern = _FLOW_VALUE if set(before) & set("{[") else _BLOCK_VALUE
    else:
        pattern = _WORD
    found = pattern.match(line, start)
    return start + max(1, len(found[0].rstrip())) if found else start + 1


def excerpt(line: str, start: int, width: int, emphasis: Callable[[str], str] = str) -> Excerpt:
    """Return *line*, cut to *width* cells, with a mark under what begins at the character *start*.

    *emphasis* sets off what is marked, where colours are wanted.
    """
    start = min(start, len(line))
    skipped = max(0, start - _FAR)
    # A line may be a megabyte long, and each of its letters is looked at.
    line, start, goes_on = line[skipped : start + _FAR], start - skipped, len(line) > start + _FAR
    end = min(max(extent(line, start), start + 1), max(len(line), start + 1))
    cells = list(_cells(line))
    first, last = _window([cell.width for cell in cells], start, end, max(width, _LEAST))
    shown, end = line[first:last], min(end, last)
    text = _joined(cells[first:start]) + emphasis(_joined(cells[start:end])) + _joined(cells[end:last])
    ahead, behind = "…" if first or skipped else "", "…" if last < len(line) or goes_on else ""
    marked, name = _marked(shown, start - first, end - first)
    label = f" {isolated(_joined(cells[start:end]))}" if name else ""
    if not marked:
        return Excerpt(f"{ahead}{FSI}{text}{PDI}{behind}", f"{word(say('^ here:'))}{label}")
    left, right = marked
    blank = " " * (len(ahead) + _total(cells[first : first + left]))
    carets = "^" * max(1, _total(cells[first + left : first + right]))
    whole = f"{FSI}{text}{PDI}" if _has_right(shown) else text
    return Excerpt(f"{ahead}{whole}{behind}", f"{blank}{carets}{label}")


def isolated(text: str) -> str:
    """Return *text*; where it runs from right to left somewhere, isolated from what surrounds it."""
    return f"{FSI}{text}{PDI}" if _has_right(text) else text


def _cells(line: str) -> Iterator[Cell]:
    """Yield each character of *line* as it is shown: tabs as spaces, what steers a terminal as an escape."""
    hidden = {index for found in _SECRET.finditer(line) for index in range(*found.span())}
    at = 0
    for index, letter in enumerate(line):
        cell = Cell("•", 1) if index in hidden else _cell(letter, at)
        at += cell.width
        yield cell


def _cell(letter: str, at: int) -> Cell:
    if letter == "\t":
        width = _TAB - at % _TAB
        return Cell(" " * width, width)
    kind = category(letter)
    if kind in {"Cc", "Cs", "Co", "Cn"} or _STEERING.match(letter):
        escape = ascii(letter)[1:-1]
        return Cell(escape, len(escape))
    if kind in {"Mn", "Me", "Cf"} or combining(letter):
        return Cell(letter, 0)
    return Cell(letter, 2 if east_asian_width(letter) in "WF" else 1)


def _joined(cells: list[Cell]) -> str:
    return "".join(cell.shown for cell in cells)


def _total(cells: list[Cell]) -> int:
    return sum(cell.width for cell in cells)


def _window(widths: list[int], start: int, end: int, most: int) -> tuple[int, int]:
    """Return which characters, of these *widths*, are shown where all do not fit into *most* cells."""
    if sum(widths) <= most:
        return 0, len(widths)
    room = most - 2  # for the ellipses
    first, used = start, 0
    while first and used + widths[first - 1] <= room // 3:
        first -= 1
        used += widths[first]
    last = first
    used = 0
    while last < len(widths) and used + widths[last] <= room:
        used += widths[last]
        last += 1
    while first and used + widths[first - 1] <= room:
        first -= 1
        used += widths[first]
    return first, max(last, min(end, start + 1))


def _has_right(text: str) -> bool:
    return not text.isascii() and any(bidirectional(letter) in _RIGHT for letter in text)


def _marked(line: str, start: int, end: int) -> tuple[tuple[int, int] | None, bool]:
    """Return which characters of *line* the mark is under, and whether it must name those it means.

    None where their cells depend on the terminal.
    """
    if not _has_right(line):
        return (start, end), False
    strong = next(kind for letter in line if (kind := bidirectional(letter)) in _STRONG)
    if strong != "L":
        return None, True
    wider = (start, end)
    for run in _right_runs(line):
        if run[0] < end and start < run[1]:
            wider = min(wider[0], run[0]), max(wider[1], run[1])
    return wider, wider != (start, end)


def _right_runs(line: str) -> Iterator[tuple[int, int]]:
    """Yield where *line*, whose direction is left to right, runs the other way."""
    begun = last = -1
    for index, letter in enumerate(line):
        kind = bidirectional(letter)
        if kind in _RIGHT:
            begun = index if begun < 0 else begun
            last = index
        elif kind == "L" and begun >= 0:
            yield begun, last + 1
            begun = -1
        elif begun >= 0 and kind in {"EN", "NSM"}:
            last = index
    if begun >= 0:
        yield begun, last + 1
