"""Days told from the article's own day: "yesterday", "three days ago", «الثلاثاء الماضي»."""

from __future__ import annotations

from timeline_gen.dates.grammar import Parse, first_of, rule
from timeline_gen.dates.loose import Loose
from timeline_gen.dates.number_rules import number
from timeline_gen.dates.toward_rules import toward


@rule
def relative_day(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a day, or several weeks, counted from the article's day."""
    if (days := parse.number(pos, "shift")) is not None:
        return Loose(shift=("day", days), start=parse.place(pos)), pos + 1
    return first_of(parse, pos, _counted, _weekday)


def _counted(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "three days ago", «قبل يومين», "two weeks from now"."""
    sign = -1 if parse.has(pos, "ago_before") else 1 if parse.has(pos, "ahead_before") else 0
    found = _count(parse, pos + 1 if sign else pos)
    if found is None:
        return None
    count, unit, end = found
    after = -1 if parse.has(end, "ago") else 1 if parse.has(end, "ahead") else 0
    if after and sign in (0, after):
        sign, end = after, end + 1
    if not sign:
        return None
    return Loose(shift=(unit, sign * count), toward="counted", start=parse.place(pos)), end


def _count(parse: Parse, pos: int) -> tuple[int, str, int] | None:
    """Read "three days", «يومين»: how many of which unit."""
    if (unit := parse.tag(pos, "unit_two")) is not None:
        return 2, str(unit), pos + 1
    found = number(parse, pos)
    if found is None:
        # «قبل عام», "a year ago": one of it
        at = parse.skip(pos, "one", most=1)
        unit = parse.tag(at, "unit") if at > pos or parse.has(pos - 1, "ago_before", "ahead_before") else None
        return (1, str(unit), at + 1) if unit is not None else None
    unit = parse.tag(found[1], "unit")
    return (found[0].value, str(unit), found[1] + 1) if unit is not None else None


def _weekday(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "last Tuesday", «يوم الثلاثاء الماضي»."""
    at = parse.skip(pos, "day", most=1)
    own = toward(parse, at)
    at += 1 if own else 0
    value = parse.number(at, "weekday")
    if value is None:
        return None
    end = at + 1
    if not own:
        own = toward(parse, end)
        end += 1 if own else 0
    if not own or own == "this":
        return None
    return Loose(weekday=value, toward=own, start=parse.place(pos)), end
