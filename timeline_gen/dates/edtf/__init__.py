"""EDTF, levels 0 to 2 (ISO 8601-2:2019): its nodes, its parser and writer, and the days that it means.

:func:`parse` reads text, :func:`write` writes it back in its canonical form, :func:`bounds` computes the
first and the last day, and :func:`when` makes the value that the rest of the program uses.
"""

from timeline_gen.dates.edtf.day_bounds import bounds, date_bound, neighbour, year_range
from timeline_gen.dates.edtf.evaluate import when
from timeline_gen.dates.edtf.nodes import Choice, Date, Edtf, EdtfError, Interval, Range, Set, write
from timeline_gen.dates.edtf.parser import parse
from timeline_gen.dates.edtf.parts import HALVES, QUARTERS, THIRDS, PeriodPart, part_date, part_of, part_set

__all__ = [
    "HALVES",
    "QUARTERS",
    "THIRDS",
    "Choice",
    "Date",
    "Edtf",
    "EdtfError",
    "Interval",
    "PeriodPart",
    "Range",
    "Set",
    "bounds",
    "date_bound",
    "neighbour",
    "parse",
    "part_date",
    "part_of",
    "part_set",
    "when",
    "write",
    "year_range",
]
