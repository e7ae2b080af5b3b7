"""Tables of events as records: CSV and TSV here, workbooks through :mod:`timeline_gen.reading.workbooks`.

A record keeps the number of its row, as a spreadsheet counts it, and its line in the file, which is another
one where a cell holds a line break.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from timeline_gen.errors import Problem
from timeline_gen.messages import say
from timeline_gen.model.files import Source
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.decoding import decode, without_refused
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.workbooks import WorkbookError, read_workbook

SUFFIXES: Final = (".csv", ".tsv", ".xlsx")
"""How the names of tables end."""
MAX_TABLE_BYTES: Final = 64 * 1024 * 1024
"""Of one table."""
_LONGEST_CELL: Final = 100_000
"""Characters of a cell, far beyond what any key takes."""
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": say("vertical bars"), ",": "commas"}


class TableRecord(NamedTuple):
    """A row that is not empty."""

    number: int
    """As a spreadsheet counts it: the first row has the names of the columns."""
    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Return whether all cells are empty."""
        return not any(self.cells)


def read_records(source: Source, separator: str, diagnostics: Diagnostics) -> Iterator[TableRecord]:
    """Yield the rows of the table in *source*, the names of its columns first; blank rows are left out.

    *separator* is that of its map, or empty for the one that the ending of its name means. What is wrong is
    put into *diagnostics*, and the table ends there.
    """
    if source.path.suffix == ".xlsx":
        yield from _from_workbook(source, diagnostics)
        return
    text, problems = decode(source, MAX_TABLE_BYTES)
    # Excel marks its UTF-8 files with a byte order mark, and cannot be asked not to.
    diagnostics.problems += (_of_table(problem) for problem in problems if problem.code != "TG103")
    if text is None or diagnostics.broken:
        return
    chosen = separator or ("\t" if source.path.suffix == ".tsv" else ",")
    if not _is_separated(text, chosen, diagnostics):
        return
    yield from _from_text(text, chosen, diagnostics)


def _of_table(problem: Problem) -> Problem:
    """Return *problem*, with what to do in a spreadsheet where that is the way to mend it."""
    if problem.code != "TG101":
        return problem
    return replace(problem, hint=say("save it as 'CSV UTF-8' (in Excel: File, Save As), or as .xlsx"))


def _is_separated(text: str, separator: str, diagnostics: Diagnostics) -> bool:
    """Return whether the first line of *text* is divided by the *separator*; if by another one, note that."""
    first = text.lstrip("\n").partition("\n")[0]
    if separator in first:
        return True
    other = next((mark for mark in _SEPARATORS if mark != separator and mark in first), "")
    if not other:
        return True
    message = say(
        "the columns are divided by {separators}, and here {separators_2} are needed",
        separators=_SEPARATORS[other],
        separators_2=_SEPARATORS[separator],
    )
    hint = say(
        "export it with {separators}, or write separator: {other!r} into its map",
        separators=_SEPARATORS[separator],
        other=other,
    )
    diagnostics.add("TG134", message, (1, first.index(other) + 1), hint)
    return False


def _from_text(text: str, separator: str, diagnostics: Diagnostics) -> Iterator[TableRecord]:
    # A quotation mark that nothing closes takes in the rest of the table: the limit names its row instead.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number, line = 0, 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            diagnostics.add(*_unreadable(number + 1, str(error), line))
            return
        if cells is None:
            return
        number += 1
        record = TableRecord(number, line, tuple(map(_cell, cells)))
        # A cell may hold line ends, so a row begins behind the last line of the one before.
        line = reader.line_num + 1
        if number == 1 or not record.is_blank:
            yield record


def _unreadable(number: int, error: str, line: int) -> tuple[str, str, Position, str]:
    """Return the problem that the row *number*, from *line* on, cannot be read: *error* has csv's words."""
    hint = say('put a cell with quotation marks in it between quotation marks, and double those: "a ""b"""')
    if "field larger than" in error:
        error = say("a cell in it has more than {longest_cell:,} characters", longest_cell=_LONGEST_CELL)
        hint = say("write less there; if it is short, a quotation mark before it is not closed")
    elif "unexpected end" in error:
        error = say("a quotation mark in it is never closed")
    return "TG141", say("row {number:,} cannot be read: {error}", number=number, error=error), (line, 1), hint


def _from_workbook(source: Source, diagnostics: Diagnostics) -> Iterator[TableRecord]:
    try:
        for number, cells in read_workbook(source.data):
            clean = (_clean(text, (number, place), diagnostics) for place, text in enumerate(cells, 1))
            record = TableRecord(number, number, tuple(map(_cell, clean)))
            if number == 1 or not record.is_blank:
                yield record
    except WorkbookError as error:
        diagnostics.add(error.code, error.message, (error.row, error.column), error.hint)


def _clean(text: str, position: Position, diagnostics: Diagnostics) -> str:
    """Return *text* of the cell at *position* as a text file may hold it; note what it may not."""
    clean, wrong = without_refused(text.replace("\r\n", "\n"))
    for fault in wrong:
        message = say(
            "row {spot:,}, column {spot_2}: {message}",
            spot=position[0],
            spot_2=position[1],
            message=fault.message,
        )
        diagnostics.add(fault.code, message, position, fault.hint)
    return clean


def _cell(text: str) -> str:
    stripped = text.strip()
    return stripped if stripped.isascii() else unicodedata.normalize("NFC", stripped)
