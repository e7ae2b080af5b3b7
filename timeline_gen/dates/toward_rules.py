"""Last, this and next: what lies beside the article's own month, year or century."""

from __future__ import annotations

from timeline_gen.dates.grammar import Parse, needing, rule
from timeline_gen.dates.loose import Loose

_TOWARD = {"last": -1, "this": 0, "next": 1, "coming": 1}
_SHIFTED_UNITS = ("week", "month", "quarter", "year", "decade", "century")


def toward(parse: Parse, pos: int) -> str:
    """Return ``last``, ``next``, ``coming`` or ``this`` where such a word stands at *pos*, else nothing."""
    return parse.which(pos, ("last", "next", "coming", "this"))


@needing("unit")
def relative_unit(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a whole unit beside the article's own: "last year", «الشهر المقبل», "this quarter"."""
    if own := toward(parse, pos):
        unit, end = parse.tag(pos + 1, "unit"), pos + 2
    else:
        unit, own = parse.tag(pos, "unit"), toward(parse, pos + 1)
        end = pos + 2
    if unit not in _SHIFTED_UNITS or not own:
        return None
    return Loose(shift=(str(unit), _TOWARD[own]), start=parse.place(pos)), end


@rule
def relative_year(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "last year", "this year", "next year"."""
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "year" else None


@rule
def relative_month(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "last month", "this month", «الشهر الجاري»."""
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "month" else None
