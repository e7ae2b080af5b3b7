"""From EDTF to the date that the rest of the program knows."""

from __future__ import annotations

from functools import lru_cache

from timeline_gen.dates.edtf.day_bounds import bounds, date_bound, range_bound
from timeline_gen.dates.edtf.nodes import Choice, Date, Edtf, Interval, Range, Set, write
from timeline_gen.dates.edtf.parser import parse
from timeline_gen.model.dates import DateKind, When


def when(edtf: Edtf | str, *, source: str = "", seasons: str = "north") -> When:
    """Return the date that *edtf*, text or nodes, means; *source* is what the author typed.

    A one-of set is a point, whose members are the days it may be; an interval is a span.
    Raises :class:`EdtfError`.
    """
    if isinstance(edtf, str):
        return _when(edtf, source, seasons)
    return _meant(edtf, source, seasons)


@lru_cache(maxsize=32_768)
def _when(edtf: str, source: str, seasons: str) -> When:
    return _meant(parse(edtf), source, seasons)


def _meant(ast: Edtf, source: str, seasons: str) -> When:
    start, end = bounds(ast, seasons=seasons)
    text = write(ast)
    if isinstance(ast, Date):
        return When(source or text, text, DateKind.POINT, start, end, (), ast.time)
    if isinstance(ast, Interval):
        return When(source or text, text, DateKind.SPAN, start, end)
    kind = DateKind.POINT if ast.choice is Choice.ONE else DateKind.ALL
    members = tuple(_member(member, ast.choice, seasons) for member in ast.members)
    return When(source or text, text, kind, start, end, members)


def _member(member: Date | Range, choice: Choice, seasons: str) -> When:
    """Return one member of a set; a range is a set of its own, without members."""
    if isinstance(member, Date):
        bound, text = date_bound(member, seasons), write(member)
        return When(text, text, DateKind.POINT, bound, bound)
    text = write(Set(choice, (member,)))
    # One date of the range has one bound; all of its dates have a first and a last one.
    if choice is Choice.ONE:
        bound = range_bound(member, seasons)
        return When(text, text, DateKind.POINT, bound, bound)
    start, end = bounds(Set(choice, (member,)), seasons=seasons)
    return When(text, text, DateKind.ALL, start, end)
