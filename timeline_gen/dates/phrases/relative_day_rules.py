"""Days relative to the day of the article: "yesterday", "three days ago", «الثلاثاء الماضي»."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import PartialDate
from timeline_gen.dates.phrases.calendar_rules import calendar_date, weekday_after
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, first_of, rule
from timeline_gen.dates.phrases.relative_unit_rules import direction

_MOST_YEARS: Final = 1000


@rule
def relative_day(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a day, or several weeks, counted from the article's day."""
    if (days := parse.number(pos, "shift")) is not None:
        if days == 0 and (nth := number(parse, pos + 1)) and nth[0].ordinal and parse.may("feast"):
            # «اليوم الثاني من عيد الأضحى» is no day of the article.
            return None
        return _named_too(parse, PartialDate(shift=("day", days), start=parse.place(pos)), pos + 1)
    return first_of(parse, pos, _counted, _part_of_today, _weekday)


def _part_of_today(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "this morning", «هذا المساء»."""
    name = parse.tag(pos + 1, "day_part") if parse.has(pos, "this") else None
    if name is None:
        return None
    return PartialDate(shift=("day", 0), day_part=str(name), start=parse.place(pos)), pos + 2


def _named_too(parse: Parse, date: PartialDate, pos: int) -> tuple[PartialDate, int]:
    """Return *date* with its weekday or its own day, where they follow: «أمس الأحد», "today, 6 December"."""
    at = parse.skip(pos, "comma", "open", most=1)
    found = calendar_date(parse, at)
    if found is not None and found[0].day and not found[0].shift:
        closed = parse.has(pos, "open")
        if not closed or parse.has(found[1], "close"):
            return replace(found[0], shift=date.shift, start=date.start), found[1] + closed
    weekday, end = weekday_after(parse, pos)
    return (date, pos) if weekday is None else (replace(date, weekday=weekday), end)


def _counted(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "three days ago", «قبل يومين», "two weeks from now"."""
    sign = -1 if parse.has(pos, "ago_before") else 1 if parse.has(pos, "ahead_before") else 0
    found = _count(parse, pos + 1 if sign else pos)
    if found is None:
        return None
    count, unit, end = found
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    after = -1 if parse.has(end, "ago") else 1 if parse.has(end, "ahead") else 0
    if after and sign in (0, after):
        sign, end = after, end + 1
    # Thousands of years are counted back from the reader's day, not from the article's.
    if not sign or (unit == "year" and count >= _MOST_YEARS):
        return None
    return PartialDate(shift=(unit, sign * count), direction="counted", start=parse.place(pos)), end


def _count(parse: Parse, pos: int) -> tuple[int, str, int] | None:
    """Read "three days", «يومين»: how many of which unit."""
    if (unit := parse.tag(pos, "unit_two")) is not None:
        return 2, str(unit), pos + 1
    found = number(parse, pos)
    if found is None:
        # «قبل عام», "a year ago": the count is 1
        at = parse.skip(pos, "one", most=1)
        unit = parse.tag(at, "unit") if at > pos or parse.has(pos - 1, "ago_before", "ahead_before") else None
        return (1, str(unit), at + 1) if unit is not None else None
    unit = parse.tag(found[1], "unit")
    return (found[0].value, str(unit), found[1] + 1) if unit is not None else None


def _weekday(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "last Tuesday", «يوم الثلاثاء الماضي»."""
    at = parse.skip(pos, "day", most=1)
    side = direction(parse, at)
    at += 1 if side else 0
    value = parse.number(at, "weekday")
    if value is None:
        return None
    end = at + 1
    if not side:
        side = direction(parse, end)
        end += 1 if side else 0
    if not side or side == "this":
        return None
    return PartialDate(weekday=value, direction=side, start=parse.place(pos)), end
