"""The lines of content files that problems are in, for those who look at a terminal."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import Final

from timeline_gen.errors import Place, Problem

_MOST: Final = 4 * 1024 * 1024
"""Bytes of a file that is looked into."""
_TABLES: Final = frozenset({".csv", ".tsv"})
_DIVIDERS: Final = "\t;,|"
_WHOLE_FILES: Final = frozenset(
    {
        "TG101",
        "TG102",
        "TG103",
        "TG107",
        "TG108",
        "TG109",
        "TG110",
        "TG111",
        "TG112",
        "TG114",
        "TG128",
        "TG501",
        "TG516",
    }
)
"""Codes of what is wrong with a file or its name, not with a line of it."""
_START: Final = (1, 1)


class SourceLines:
    """Looks lines up in the files of one site."""

    def __init__(self, root: Path) -> None:
        self._lines = lru_cache(maxsize=64)(lambda path: _read(root, path))

    def of(self, problem: Problem) -> tuple[str, int] | None:
        """Return the line that *problem* is in, and which character of it (from 0); None where none helps."""
        whole = problem.code in _WHOLE_FILES or (problem.code >= "TG6" and _is_start(problem.place))
        return None if whole else self.at(problem.place)

    def related(self, place: Place) -> tuple[str, int] | None:
        """Return the line at *place*, which a problem is related to; None where a whole file is."""
        return None if _is_start(place) else self.at(place)

    def at(self, place: Place) -> tuple[str, int] | None:
        """Return the line at *place*, and which character of it (from 0); None where there is none."""
        lines = self._lines(place.path)
        if not 0 < place.line <= len(lines):
            return None
        line, column = lines[place.line - 1], place.column - 1
        if place.path.suffix in _TABLES:
            column = _start_of_cell(line, column, lines[0])
        return (line, column) if line.strip() and column <= len(line) else None


def _is_start(place: Place) -> bool:
    return (place.line, place.column) == _START


def _start_of_cell(line: str, number: int, first: str) -> int:
    """Return where the cell *number* (from 0) of *line* begins, in a table whose first line is *first*."""
    divider = max(_DIVIDERS, key=first.count)
    quoted, seen = False, 0
    for index, letter in enumerate(line):
        if seen == number and not quoted:
            return index
        quoted ^= letter == '"'
        seen += letter == divider and not quoted
    return len(line)


def _read(root: Path, path: PurePosixPath) -> tuple[str, ...]:
    """Return the lines of a text in the folder *root*, as the columns of problems count them."""
    file = root / path
    try:
        # No line of a file outside of the site is printed, wherever a link leads.
        if path.is_absolute() or ".." in path.parts or not S_ISREG(file.lstat().st_mode):
            return ()
        with file.open("rb") as stream:
            text = stream.read(_MOST).decode("utf-8-sig")
    except (OSError, ValueError):
        return ()
    return tuple(text.replace("\r\n", "\n").split("\n"))
