"""Workbooks (``.xlsx``) as rows of text; the one door to openpyxl, the extra ``tables``."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from importlib import import_module
from typing import Final, Protocol

from timeline_gen.messages import say

MAX_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes of all that a workbook holds, once it is unpacked."""
_MOST_ROWS: Final = 1_048_576
"""As many as Excel has; the number of a row is the file's own word, and may be any."""
_MOST_CELLS: Final = 20_000_000
"""Of all rows, those that are empty included: each row reaches as far as its last cell."""
_NO_FIELDS: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].')
"""What a number format has besides its fields: quoted and escaped text, conditions and colours, fill."""
_ERRORS: Final = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


class WorkbookError(Exception):
    """A workbook cannot be read, or a cell holds no value."""

    def __init__(self, code: str, message: str, hint: str, row: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
        self.row, self.column = row, column


def read_workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of each row of the first sheet in *data* that has any; raise WorkbookError.

    What a workbook of a few bytes can cost is bounded only in part here: who reads one that is not trusted
    does so in a process that can be ended.
    """
    with warnings.catch_warnings():
        # What is odd about a workbook and does no harm is no news for authors.
        warnings.simplefilter("ignore")
        try:
            yield from _rows(_first_sheet(data))
        except (WorkbookError, MemoryError):
            raise
        except Exception as error:  # openpyxl trusts what it reads, and raises whatever it meets
            raise _unreadable() from error


class _Cell(Protocol):
    """A cell; openpyxl carries no types."""

    value: object
    data_type: str
    number_format: str


class _Sheet(Protocol):
    """A sheet of a workbook."""

    def reset_dimensions(self) -> None: ...
    def iter_rows(self) -> Iterable[Sequence[_Cell]]: ...


def _rows(sheet: _Sheet) -> Iterator[tuple[int, list[str]]]:
    # A file may claim to have millions of cells; each row is as long as its last one.
    sheet.reset_dimensions()
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row)
        if number > _MOST_ROWS or cells > _MOST_CELLS:
            limit = (
                say("{most_rows:,} rows", most_rows=_MOST_ROWS)
                if number > _MOST_ROWS
                else say("{most_cells:,} cells", most_cells=_MOST_CELLS)
            )
            hint = say("delete the rows and columns below and behind the table, or save it as 'CSV UTF-8'")
            raise WorkbookError(
                "TG107",
                say("the sheet reaches further than {limit}", limit=limit),
                hint,
                min(number, _MOST_ROWS),
            )
        if row:
            yield number, [_text(cell, number, place) for place, cell in enumerate(row, 1)]


def _first_sheet(data: bytes) -> _Sheet:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        hint = say("pip install 'timeline-gen[tables]', or save the table as 'CSV UTF-8'")
        raise WorkbookError(
            "TG142", say("reading .xlsx files takes openpyxl, which is not installed"), hint
        ) from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # These sizes are the file's own word; what they hide is ended from outside, with the process.
        size = sum(info.file_size for info in archive.infolist())
    if size > MAX_UNPACKED:
        message = say(
            "the workbook holds {size:,} bytes once it is unpacked; the limit is {max_unpacked:,}",
            size=size,
            max_unpacked=MAX_UNPACKED,
        )
        raise WorkbookError("TG107", message, say("save the table as 'CSV UTF-8'"))
    sheet: _Sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0]
    return sheet


def _unreadable() -> WorkbookError:
    return WorkbookError(
        "TG141",
        say("this is no workbook that can be read"),
        say("open it and save it again as .xlsx, or as 'CSV UTF-8'"),
    )


def _text(cell: _Cell, row: int, column: int) -> str:
    """Return the value of *cell* as it would be typed; raise WorkbookError for a formula or an error."""
    value = cell.value
    if cell.data_type in {"f", "e"} or (isinstance(value, str) and value in _ERRORS):
        what = say("a formula") if cell.data_type == "f" else say("the error {value!r}", value=value)
        message = say(
            "row {row:,}, column {column}: the cell holds {what}, and here its value is needed",
            row=row,
            column=column,
            what=what,
        )
        hint = say("copy the cells and paste them as values (in Excel: Paste Special, Values)")
        raise WorkbookError("TG139", message, hint, row, column)
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return _shown_date(value, cell.number_format)
    if isinstance(value, time):
        return value.isoformat()
    # Excel knows only floating numbers: a year typed as 1914 may come as 1914.0.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown_date(value: date, number_format: str) -> str:
    """Return *value* as exactly as it is shown: typed "May 2019" is 1 May in a cell that shows no day.

    What has another day than the first was typed with it, and keeps it.
    """
    day = value.isoformat()[:10]
    shown = _NO_FIELDS.sub("", number_format.lower())
    if "y" not in shown or "d" in shown or "h" in shown or not day.endswith("-01"):
        return day
    if "m" in shown:
        return day[:-3]
    return day[:4] if day.endswith("-01-01") else day
