"""Periods that are longer than a month, or parts of one: seasons, quarters, decades, centuries, parts.

"the 1990s", «تسعينيات القرن الماضي», "Q3 2019", «الربع الثالث من عام 2018», "early 2020", "XIXe siècle".
"""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.dates.calendars import (
    ERAS,
    GREGORIAN,
    OWN_YEARS,
    DateError,
    PartialDate,
)
from timeline_gen.dates.edtf import HALVES, QUARTERS, THIRDS, PeriodPart
from timeline_gen.dates.phrases.calendar_rules import between_parts, calendar_date, month, year
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, first_of, needing
from timeline_gen.dates.phrases.relative_unit_rules import direction, relative_unit, relative_year
from timeline_gen.messages import say

_FIRST_QUARTER = 33
_FIRST_THIRD = 37
_UNITS = ("century", "millennium")
CENTURY_ERAS = ("bce", "ce", "ah", "sh")


@needing(*_UNITS)
def century(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a century or a millennium: "the 19th century", «القرن الثالث الهجري», "the 2nd millennium BC"."""
    # «الألف الثالث» is the third thousand years: the word is a number, too.
    unit_first = parse.has(pos, *_UNITS) and parse.number(pos + 1, "ordinal") is not None
    if not unit_first and (found := number(parse, pos)) is not None:
        ordinal, at = found
        at = at + 1 if parse.tight(at, "dash") else at
        unit, end = parse.which(at, _UNITS), at + 1
    else:
        unit = parse.which(pos, _UNITS)
        if (found := number(parse, pos + 1) if unit else None) is None:
            return None
        ordinal, end = found
    if not unit or not 1 <= ordinal.value <= (99 if unit == "century" else 10):
        return None
    era = parse.which(end, CENTURY_ERAS)
    end += 1 if era else 0
    return century_of(ordinal.value, unit, era, parse.place(pos)), end


def century_of(ordinal: int, unit: str, era: str, start: int) -> PartialDate:
    """Return the century or millennium with the number *ordinal* in an *era*; *unit* is which of the two."""
    sign = "-" if era == "bce" else ""
    text = f"{ordinal - 1:02}XX" if unit == "century" else f"{ordinal - 1}XXX"
    return PartialDate(year=sign + text, era=era, calendar=ERAS.get(era, GREGORIAN), start=start)


@needing("decade", "decade_prefix", "decade_of", "decade_suffix")
def decade(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a decade: "the 1990s", «تسعينيات القرن العشرين», "les années 1990", "the nineties"."""
    at = parse.skip(pos, "decade_prefix", "of", most=3)
    prefixed = at > pos and parse.has(pos, "decade_prefix")
    found = (
        _named_decade(parse, at)
        or _decade_of_century(parse, pos)
        or counted_decade(parse, at, prefixed=prefixed)
    )
    if found is None:
        return None
    date, end = _decade_era(parse, found[1], found[0])
    return replace(date, start=parse.place(pos)), end


def _decade_era(parse: Parse, pos: int, date: PartialDate) -> tuple[PartialDate, int]:
    """Return the *date* of a decade in the calendar of the era after it: "the 1360s SH"."""
    era = parse.which(pos, ("ce", "ah", "sh"))
    if not era or date.shift or date.year[-2:] == "XX":
        return date, pos
    year = date.year if era == "ce" else date.year.lstrip("0")
    return replace(date, year=year, era=era, calendar=ERAS[era]), pos + 1


@needing("season")
def season(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a season with its year: "summer 2017", "winter 2010-11", «الصيف الماضي»."""
    side = direction(parse, pos)
    at = pos + 1 if side else pos
    if (code := parse.number(at, "season")) is not None:
        end = at + 1
        if not side and (side := direction(parse, end)):
            end += 1
        date = PartialDate(month=code, direction=side, start=parse.place(pos))
        if side:
            return date, end
        found = year(parse, between_parts(parse, end)) or relative_year(parse, between_parts(parse, end))
        if found is None:
            return date, end
        end = _second_year(parse, found[1], found[0].year)
        return replace(found[0], month=code, across=end > found[1], start=parse.place(pos)), end
    whole = year(parse, pos)
    code = parse.number(between_parts(parse, whole[1]), "season") if whole else None
    # French "de 1000 au printemps 1001" is a span.
    if whole is None or code is None or parse.has(whole[1], "to"):
        return None
    return replace(whole[0], month=code), between_parts(parse, whole[1]) + 1


@needing("some_day", "some_month")
def masked(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read an unknown day or month of a known period: "a day in April 1985", «أحد أشهر عام 2004»."""
    kind = say("day") if parse.has(pos, "some_day") else say("month") if parse.has(pos, "some_month") else ""
    found = calendar_date(parse, parse.skip(pos + 1, "of", "in")) if kind else None
    if found is None or found[0].day or found[0].numeric or (kind == "month" and found[0].month):
        return None
    return replace(found[0], masked=kind, start=parse.place(pos)), found[1]


@needing("third", "quarter")
def piece(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a third or a quarter of a century: "the last quarter of the 19th century"."""
    for count, ordinal in ((THIRDS, _third_at(parse, pos)), (QUARTERS, _quarter_at(parse, pos))):
        found = _century_at(parse, between_parts(parse, ordinal[1])) if ordinal else None
        if ordinal and found:
            return replace(found[0], part=count[ordinal[0] - 1], start=parse.place(pos)), found[1]
    return None


@needing("third", "quarter")
def quarter(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a quarter: "Q3 2019", "2016 Q3", "the third quarter of 2018", «الربع الثالث من عام 2018»."""
    third = _third_at(parse, pos)
    if third is not None and (found := _year_after(parse, third[1])) is not None:
        return replace(found[0], month=_FIRST_THIRD + third[0] - 1, start=parse.place(pos)), found[1]
    ordinal = _quarter_at(parse, pos)
    if ordinal is not None:
        found = _year_after(parse, ordinal[1])
        # "last quarter" without a year is the one before the article's, which relative_unit() reads.
        if found is None and _is_final(parse, pos):
            return None
        # The year may be that of the other end: "from Q1 to Q3 2019".
        date, end = found or (PartialDate(), ordinal[1])
        return replace(date, month=_FIRST_QUARTER + ordinal[0] - 1, start=parse.place(pos)), end
    whole = year(parse, pos)
    ordinal = _ordinal_of(parse, between_parts(parse, whole[1]), "quarter", 4) if whole else None
    if whole is None or ordinal is None:
        return None
    return replace(whole[0], month=_FIRST_QUARTER + ordinal[0] - 1), ordinal[1]


@needing("part", "half")
def part(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a third or a half of something: "early 2020", "mid-March 2011", "the first half of the 1990s"."""
    name = parse.tag(pos, "part")
    last: PeriodPart | None = None
    if name is not None:
        first = PeriodPart(str(name))
        last, at = _last_part(parse, pos + 1, first)
        at = at + 1 if parse.tight(at, "dash") else at
    else:
        half = _ordinal_of(parse, pos, "half", 2) or _final_of(parse, pos, "half", 2)
        if half is None:
            return _year_half(parse, pos)
        first, at = HALVES[half[0] - 1], half[1]
    found = first_of(
        parse, parse.skip(at, "of", "in", "comma"), relative_unit, decade, century, _month_or_year
    )
    if found is None or found[0].day or found[0].numeric or found[0].month > 12:
        return None
    return replace(found[0], part=first, part_end=last, start=parse.place(pos)), found[1]


def _month_or_year(parse: Parse, pos: int) -> Match[PartialDate]:
    return (
        calendar_date(parse, pos) if month(parse, pos) or year(parse, pos) or direction(parse, pos) else None
    )


def _named_decade(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "nineties", with or without its century: «تسعينيات القرن الماضي», "nineteen-nineties"."""
    stem, at = "", pos
    if (found := number(parse, pos)) is not None and 10 <= found[0].value <= 99 and not found[0].ordinal:
        stem, at = f"{found[0].value:02}", found[1]
        at = at + 1 if parse.tight(at, "dash") else at
    value = parse.number(at, "decade")
    if value is None:
        return None
    if stem:
        return PartialDate(year=f"{stem}{value // 10}X"), at + 1
    whole = first_of(parse, parse.skip(at + 1, "of", "in"), century, relative_unit)
    if whole is None:
        return PartialDate(decade=value), at + 1
    date, end = whole
    if date.shift:
        return (replace(date, decade=value), end) if date.shift[0] == "century" else None
    if date.year.startswith("-") or not date.year.endswith("XX"):
        return None
    stem = date.year[:2] if date.calendar not in OWN_YEARS else date.year[:2].lstrip("0")
    return replace(date, year=f"{stem}{value // 10}X"), end


def _decade_of_century(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "the first decade of the 21st century", «العقد الثاني من القرن العشرين»."""
    ordinal = _ordinal_of(parse, pos, "decade_of", 10) or _final_of(parse, pos, "decade_of", 10)
    whole = first_of(parse, parse.skip(ordinal[1], "of", "in"), century, relative_unit) if ordinal else None
    if ordinal is None or whole is None or whole[0].calendar in OWN_YEARS or whole[0].era == "bce":
        return None
    date, end = whole
    if date.shift:
        return (replace(date, decade=ordinal[0] * 10 - 10), end) if date.shift[0] == "century" else None
    return (
        (replace(date, year=f"{date.year[:2]}{ordinal[0] - 1}X"), end) if date.year.endswith("XX") else None
    )


def counted_decade(parse: Parse, pos: int, *, prefixed: bool) -> Match[PartialDate]:
    """Read "1990s"; after a word for decade just the number: "années 1990"."""
    value = parse.number(pos, "digits")
    if prefixed and value is None and (found := number(parse, pos)) and found[0].value in range(20, 100, 10):
        # "les années trente"
        return PartialDate(decade=found[0].value), found[1]
    if value is None or value % 10 or len(parse.tokens[pos].text) not in (2, 4):
        return None
    suffixed = parse.has(pos + 1, "decade_suffix")
    end = pos + 2 if suffixed else pos + 1
    if not (suffixed or prefixed):
        return None
    # "les années 1990-1999" is the decade, written out.
    if prefixed and parse.has(end, "dash") and parse.number(end + 1, "digits") == value + 9:
        end += 2
    marked = parse.has(end, "decade_marker")
    if len(parse.tokens[pos].text) == 2:
        return PartialDate(decade=value), end
    # "the 1900s" is a century as often as ten years; "the 2000s" are hardly ever the century.
    if value % 100 == 0 and value < 2000 and not (prefixed or marked):
        raise DateError(
            say("“{value}s” may be a decade or a century", value=value),
            say(
                "write {value}XX for the century, {value_2}X for the ten years",
                value=value // 100,
                value_2=value // 10,
            ),
            parse.place(pos),
            code="TG213",
        )
    return PartialDate(year=f"{value:04}"[:-1] + "X"), end + 1 if marked else end


def _last_part(parse: Parse, pos: int, first: PeriodPart) -> tuple[PeriodPart | None, int]:
    """Read the "-to-late" of "mid-to-late 1990s"; without one, nothing and *pos*."""
    at = pos + 1 if parse.tight(pos, "dash") else pos
    at = at + 1 if parse.has(at, "to") else at
    at = at + 1 if at > pos and parse.tight(at, "dash") else at
    name = parse.tag(at, "part") if at > pos else None
    if name is None:
        return None, pos
    last = PeriodPart(str(name))
    # EDTF has no set that ends before it begins: "late-to-mid 1990s" stays unread.
    return (last, at + 1) if THIRDS.index(first) < THIRDS.index(last) else (None, pos)


def _second_year(parse: Parse, pos: int, text: str) -> int:
    """Return the position after the second year of "winter 2010-11", or *pos* where there is none."""
    value = parse.number(pos + 1, "digits")
    if not parse.tight(pos, "dash", "slash") or value is None or not text.isdigit():
        return pos
    # A season ends in the next year at most: the 12 of "winter 2010-12" is left for other rules.
    last = str(int(text) + 1)
    return pos + 2 if parse.tokens[pos + 1].text in (last, last[-2:], last[-1:]) else pos


def _ordinal_of(parse: Parse, pos: int, role: str, most: int) -> Match[int]:
    """Read "third quarter", "Q3", «الربع الثالث»: a number from 1 to *most* next to a word of a *role*."""
    found = number(parse, pos)
    if found is not None and parse.has(found[1], role):
        ordinal, end = found[0], found[1] + 1
        # "3Q 2019" is written together.
        joined = parse.tokens[found[1]].start == parse.tokens[pos].start + 1
        fits = ordinal.ordinal or ordinal.width == 0 or (ordinal.width == 1 and joined)
    elif parse.has(pos, role):
        found = number(parse, pos + 1)
        if found is None:
            return None
        ordinal, end = found
        fits = ordinal.ordinal or ordinal.width == 1
    else:
        return None
    return (ordinal.value, end) if fits and 1 <= ordinal.value <= most else None


def _final_of(parse: Parse, pos: int, role: str, most: int) -> Match[int]:
    """Read "last quarter", «الربع الأخير»: the last of *most*, if what it belongs to follows."""
    return (
        (most, pos + 2)
        if _is_final(parse, pos) and (parse.has(pos, role) or parse.has(pos + 1, role))
        else None
    )


def _is_final(parse: Parse, pos: int) -> bool:
    return parse.has(pos, "final") or parse.has(pos + 1, "final")


def _year_after(parse: Parse, pos: int) -> Match[PartialDate]:
    at = between_parts(parse, pos)
    return year(parse, at) or relative_year(parse, at)


def _third_at(parse: Parse, pos: int) -> Match[int]:
    if parse.tag(pos, "part") == PeriodPart.MID.value and parse.has(pos + 1, "third"):
        return 2, pos + 2
    return _ordinal_of(parse, pos, "third", 3) or _final_of(parse, pos, "third", 3)


def _quarter_at(parse: Parse, pos: int) -> Match[int]:
    return _ordinal_of(parse, pos, "quarter", 4) or _final_of(parse, pos, "quarter", 4)


def _century_at(parse: Parse, pos: int) -> Match[PartialDate]:
    if (found := century(parse, pos)) is not None:
        return found if found[0].year.count("X") == 2 else None
    found = relative_unit(parse, pos)
    return found if found and found[0].shift and found[0].shift[0] == "century" else None


def _year_half(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read "2016 H2"."""
    whole = year(parse, pos)
    half = _ordinal_of(parse, between_parts(parse, whole[1]), "half", 2) if whole else None
    if whole is None or half is None:
        return None
    return replace(whole[0], part=HALVES[half[0] - 1]), half[1]


# ---------------------------------------------------------------- years that a catalogue leaves unfinished


@needing("dash")
def unfinished(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a year that lacks its last digits: "189-" is the 1890s, "18--" the years 1800 to 1899."""
    if parse.number(pos, "digits") is None or not parse.tight(pos + 1, "dash"):
        return None
    digits, dashes = parse.tokens[pos].text, parse.tokens[pos + 1].text
    missing = 4 - len(digits)
    after = parse.tokens[pos + 2 : pos + 3]
    # In "476–800" the dash joins two years; only at the end of a date it is a missing digit.
    closed = not after or not {"question", "close", "comma"}.isdisjoint(after[0].tags)
    if missing not in (1, 2) or len(dashes) != missing or not closed:
        return None
    if parse.tokens[pos + 1].start != parse.tokens[pos].start + len(digits):
        return None
    return PartialDate(year=digits + "X" * missing, start=parse.place(pos)), pos + 2
