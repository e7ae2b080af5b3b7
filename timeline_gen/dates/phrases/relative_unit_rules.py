"""Last, this and next: the months, years and centuries around the day of the article."""

from __future__ import annotations

from timeline_gen.dates.calendars import PartialDate
from timeline_gen.dates.phrases.packrat import Match, Parse, needing, rule

_DIRECTIONS = {"last": -1, "this": 0, "next": 1, "coming": 1}
_SHIFTED_UNITS = ("week", "month", "quarter", "year", "decade", "century")


def direction(parse: Parse, pos: int) -> str:
    """Return ``last``, ``next``, ``coming`` or ``this`` if such a word is at *pos*, else nothing."""
    return parse.which(pos, ("last", "next", "coming", "this"))


@needing("unit")
def relative_unit(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a unit next to that of the article: "last year", «الشهر المقبل», "this quarter"."""
    if side := direction(parse, pos):
        unit, end = parse.tag(pos + 1, "unit"), pos + 2
    else:
        unit, side = parse.tag(pos, "unit"), direction(parse, pos + 1)
        end = pos + 2
    if unit not in _SHIFTED_UNITS or not side:
        return None
    return PartialDate(shift=(str(unit), _DIRECTIONS[side]), start=parse.place(pos)), end


@rule
def relative_year(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "last year", "this year", "next year"."""
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "year" else None


@rule
def relative_month(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "last month", "this month", «الشهر الجاري»."""
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "month" else None
