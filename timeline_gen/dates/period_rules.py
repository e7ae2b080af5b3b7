"""What is wider than a month or has no name in the calendar: seasons, quarters, decades, centuries, parts.

"the 1990s", «تسعينيات القرن الماضي», "Q3 2019", «الربع الثالث من عام 2018», "early 2020", "XIXe siècle".
"""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.dates.calendar_rules import between_parts, calendar_date, month, year
from timeline_gen.dates.grammar import Parse, first_of, needing
from timeline_gen.dates.loose import GREGORIAN, HIJRI, Loose
from timeline_gen.dates.number_rules import number
from timeline_gen.dates.parts import QUARTERS, THIRDS, Part
from timeline_gen.dates.problems import DateError
from timeline_gen.dates.toward_rules import relative_unit, relative_year, toward

_FIRST_QUARTER = 33
_FIRST_THIRD = 37


@needing("century", "millennium")
def century(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a century or a millennium: "the 19th century", «القرن الثالث الهجري», "the 2nd millennium BC"."""
    found = number(parse, pos)
    if found is not None:
        own, at = found
        at = at + 1 if parse.tight(at, "dash") else at
        unit = _unit_role(parse, at)
        end = at + 1
    else:
        unit = _unit_role(parse, pos)
        numbered = number(parse, pos + 1) if unit else None
        if numbered is None:
            return None
        own, end = numbered
    if not unit or not 1 <= own.value <= (99 if unit == "century" else 10):
        return None
    era = parse.which(end, ("bce", "ce", "ah"))
    end += 1 if era else 0
    sign = "-" if era == "bce" else ""
    text = f"{own.value - 1:02}XX" if unit == "century" else f"{own.value - 1}XXX"
    calendar = HIJRI if era == "ah" else GREGORIAN
    return Loose(year=sign + text, era=era, calendar=calendar, start=parse.place(pos)), end


@needing("decade", "decade_prefix", "decade_of", "decade_suffix")
def decade(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a decade: "the 1990s", «تسعينيات القرن العشرين», "les années 1990", "the nineties"."""
    at = parse.skip(pos, "decade_prefix", "of", most=3)
    prefixed = at > pos and parse.has(pos, "decade_prefix")
    found = (
        _named_decade(parse, at)
        or _decade_of_century(parse, pos)
        or _counted_decade(parse, at, prefixed=prefixed)
    )
    if found is None:
        return None
    return replace(found[0], start=parse.place(pos)), found[1]


@needing("season")
def season(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a season with its year: "summer 2017", "winter 2010-11", «الصيف الماضي»."""
    at = pos
    own = toward(parse, at)
    at += 1 if own else 0
    if (code := parse.number(at, "season")) is not None:
        date, end = Loose(month=code, toward=own, start=parse.place(pos)), at + 1
        if own:
            return date, end
        if own := toward(parse, end):
            return replace(date, toward=own), end + 1
        found = year(parse, between_parts(parse, end)) or relative_year(parse, between_parts(parse, end))
        if found is None:
            return date, end
        end = _second_year(parse, found[1], found[0].year, code)
        return replace(found[0], month=code, start=parse.place(pos)), end
    whole = year(parse, pos)
    code = parse.number(between_parts(parse, whole[1]), "season") if whole else None
    if whole is None or code is None:
        return None
    return replace(whole[0], month=code), between_parts(parse, whole[1]) + 1


@needing("some_day", "some_month")
def masked(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a day or a month that nobody knows: "a day in April 1985", «أحد أشهر عام 2004»."""
    kind = "day" if parse.has(pos, "some_day") else "month" if parse.has(pos, "some_month") else ""
    found = calendar_date(parse, parse.skip(pos + 1, "of", "in")) if kind else None
    if found is None or found[0].day or found[0].numeric or (kind == "month" and found[0].month):
        return None
    return replace(found[0], masked=kind, start=parse.place(pos)), found[1]


@needing("third", "quarter")
def piece(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a third or a quarter of a century: "the last quarter of the 19th century"."""
    for count, own in ((THIRDS, _third_at(parse, pos)), (QUARTERS, _quarter_at(parse, pos))):
        found = _century_at(parse, between_parts(parse, own[1])) if own else None
        if own and found:
            return replace(found[0], part=count[own[0] - 1], start=parse.place(pos)), found[1]
    return None


@needing("third", "quarter")
def quarter(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a quarter: "Q3 2019", "2016 Q3", "the third quarter of 2018", «الربع الثالث من عام 2018»."""
    third = _third_at(parse, pos)
    if third is not None and (found := _year_after(parse, third[1])) is not None:
        return replace(found[0], month=_FIRST_THIRD + third[0] - 1, start=parse.place(pos)), found[1]
    own = _quarter_at(parse, pos)
    if own is not None:
        found = _year_after(parse, own[1])
        if found is None and _is_final(parse, pos):
            return None
        date, end = found or (Loose(), own[1])
        return replace(date, month=_FIRST_QUARTER + own[0] - 1, start=parse.place(pos)), end
    whole = year(parse, pos)
    own = _ordinal_of(parse, between_parts(parse, whole[1]), "quarter", 4) if whole else None
    if whole is None or own is None:
        return None
    return replace(whole[0], month=_FIRST_QUARTER + own[0] - 1), own[1]


@needing("part", "half")
def part(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a third or a half of something: "early 2020", "mid-March 2011", "the first half of the 1990s"."""
    name = parse.tag(pos, "part")
    if name is not None:
        own, at = Part(str(name)), pos + 1
        at = at + 1 if parse.tight(at, "dash") else at
    else:
        half = _ordinal_of(parse, pos, "half", 2) or _final_of(parse, pos, "half", 2)
        if half is None:
            return _year_half(parse, pos)
        own, at = (Part.FIRST_HALF, Part.SECOND_HALF)[half[0] - 1], half[1]
    found = first_of(
        parse, parse.skip(at, "of", "in", "comma"), relative_unit, decade, century, _month_or_year
    )
    if found is None or found[0].day or found[0].numeric or found[0].month > 12:
        return None
    return replace(found[0], part=own, start=parse.place(pos)), found[1]


def _month_or_year(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    return calendar_date(parse, pos) if month(parse, pos) or year(parse, pos) or toward(parse, pos) else None


def _unit_role(parse: Parse, pos: int) -> str:
    return parse.which(pos, ("century", "millennium"))


def _named_decade(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "nineties", with or without its century: «تسعينيات القرن الماضي», "nineteen-nineties"."""
    stem, at = "", pos
    if (found := number(parse, pos)) is not None and 10 <= found[0].value <= 99 and not found[0].ordinal:
        stem, at = f"{found[0].value:02}", found[1]
        at = at + 1 if parse.tight(at, "dash") else at
    value = parse.number(at, "decade")
    if value is None:
        return None
    if stem:
        return Loose(year=f"{stem}{value // 10}X"), at + 1
    whole = first_of(parse, parse.skip(at + 1, "of", "in"), century, relative_unit)
    if whole is None:
        return Loose(decade=value), at + 1
    date, end = whole
    if date.shift:
        return (replace(date, decade=value), end) if date.shift[0] == "century" else None
    if date.year.startswith("-") or not date.year.endswith("XX") or date.calendar == HIJRI:
        return None
    return replace(date, year=f"{date.year[:2]}{value // 10}X"), end


def _decade_of_century(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "the first decade of the 21st century", «العقد الثاني من القرن العشرين»."""
    own = _ordinal_of(parse, pos, "decade_of", 10)
    whole = first_of(parse, parse.skip(own[1], "of", "in"), century, relative_unit) if own else None
    if own is None or whole is None or whole[0].calendar == HIJRI or whole[0].era == "bce":
        return None
    date, end = whole
    if date.shift:
        return (replace(date, decade=own[0] * 10 - 10), end) if date.shift[0] == "century" else None
    return (replace(date, year=f"{date.year[:2]}{own[0] - 1}X"), end) if date.year.endswith("XX") else None


def _counted_decade(parse: Parse, pos: int, *, prefixed: bool) -> tuple[Loose, int] | None:
    """Read "1990s"; after a word for decade the number alone: "années 1990"."""
    value = parse.number(pos, "digits")
    if value is None or value % 10 or len(parse.tokens[pos].text) not in (2, 4):
        return None
    suffixed = parse.has(pos + 1, "decade_suffix")
    end = pos + 2 if suffixed else pos + 1
    if not (suffixed or prefixed):
        return None
    if prefixed and parse.has(end, "dash") and parse.number(end + 1, "digits") == value + 9:
        end += 2
    marked = parse.has(end, "decade_marker")
    if len(parse.tokens[pos].text) == 2:
        return Loose(decade=value), end
    if value % 100 == 0 and value < 2000 and not (prefixed or marked):
        raise DateError(
            f"“{value}s” may be a decade or a century",
            f"write {value // 100}XX for the century, {value // 10}X for the ten years",
            parse.place(pos),
            code="TG213",
        )
    return Loose(year=f"{value:04}"[:-1] + "X"), end + 1 if marked else end


def _second_year(parse: Parse, pos: int, text: str, code: int) -> int:
    """Return the position after the second year of "winter 2010-11", or *pos* where there is none."""
    value = parse.number(pos + 1, "digits")
    if not parse.tight(pos, "dash", "slash") or value is None or code not in (21, 22, 24):
        return pos
    return pos + 2 if text.isdigit() and value in (int(text) + 1, (int(text) + 1) % 100) else pos


def _ordinal_of(parse: Parse, pos: int, role: str, most: int) -> tuple[int, int] | None:
    """Read "third quarter", "Q3", «الربع الثالث»: a number from 1 to *most* beside the word of a *role*."""
    found = number(parse, pos)
    if found is not None and parse.has(found[1], role):
        own, end = found[0], found[1] + 1
        fits = own.ordinal or own.width == 0
    elif parse.has(pos, role):
        found = number(parse, pos + 1)
        if found is None:
            return None
        own, end = found
        fits = own.ordinal or own.width == 1
    else:
        return None
    return (own.value, end) if fits and 1 <= own.value <= most else None


def _final_of(parse: Parse, pos: int, role: str, most: int) -> tuple[int, int] | None:
    """Read "last quarter", «الربع الأخير»: the last of *most*, if what it belongs to follows."""
    return (
        (most, pos + 2) if _is_final(parse, pos) and parse.has(pos, role) + parse.has(pos + 1, role) else None
    )


def _is_final(parse: Parse, pos: int) -> bool:
    return parse.has(pos, "final") or parse.has(pos + 1, "final")


def _year_after(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    at = between_parts(parse, pos)
    return year(parse, at) or relative_year(parse, at)


def _third_at(parse: Parse, pos: int) -> tuple[int, int] | None:
    if parse.tag(pos, "part") == Part.MID.value and parse.has(pos + 1, "third"):
        return 2, pos + 2
    return _ordinal_of(parse, pos, "third", 3) or _final_of(parse, pos, "third", 3)


def _quarter_at(parse: Parse, pos: int) -> tuple[int, int] | None:
    return _ordinal_of(parse, pos, "quarter", 4) or _final_of(parse, pos, "quarter", 4)


def _century_at(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    if (found := century(parse, pos)) is not None:
        return found if found[0].year.count("X") == 2 else None
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "century" else None


def _year_half(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read "2016 H2"."""
    whole = year(parse, pos)
    half = _ordinal_of(parse, between_parts(parse, whole[1]), "half", 2) if whole else None
    if whole is None or half is None:
        return None
    return replace(whole[0], part=(Part.FIRST_HALF, Part.SECOND_HALF)[half[0] - 1]), half[1]
