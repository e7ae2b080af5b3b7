"""Days, months and years of a calendar, in words and in figures, in the orders that languages use.

"Tuesday 6 June 2017", "November 21st, 2022", «الخامس من حزيران 1967», "21/11/2022", "2019-Aug-01".
"""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.dates.grammar import Parse, first_of, rule
from timeline_gen.dates.loose import GREGORIAN, HIJRI, Loose
from timeline_gen.dates.number_rules import number
from timeline_gen.dates.problems import DateError
from timeline_gen.dates.toward_rules import relative_month, relative_year, toward

_ERAS = ("bce", "ce", "ah", "bh")
LONGEST_YEAR = 12


@rule
def year(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a year: four figures, fewer with "year" or an era beside it, or number words."""
    at = parse.skip(pos, "year", most=2)
    marked = at > pos
    era, at = _era(parse, at)
    found = number(parse, at)
    if found is None or found[0].ordinal:
        return None
    own, end = found
    if not era:
        era, end = _era(parse, end)
    if own.width > LONGEST_YEAR or not _is_year(own.value, own.width, marked=marked, era=era):
        return None
    calendar = HIJRI if era in ("ah", "bh") else GREGORIAN if era else ""
    return Loose(year=year_text(own.value, era), era=era, calendar=calendar, start=parse.place(pos)), end


def year_text(value: int, era: str) -> str:
    """Return the year *value* of an *era* as EDTF writes it; Hijri years are plain numbers."""
    if era in ("ah", "bh"):
        return str(value if era == "ah" else 1 - value)
    if era == "bce":
        return f"-{value - 1:04}" if value > 1 else "0000"
    return f"{value:04}"


@rule
def month(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a month, also by two names that agree: «تشرين الأول/أكتوبر», «تشرين الثاني (نوفمبر)»."""
    at = parse.skip(pos, "month_word", most=1)
    own = _month_name(parse, at)
    if own is None:
        return None
    calendar, value = own
    end = at + 1
    bracket = parse.has(end, "open")
    if _month_name(parse, end) == own:
        end += 1
    elif (bracket or parse.has(end, "slash", "dash")) and (other := _month_name(parse, end + 1)):
        closed = not bracket or parse.has(end + 2, "close")
        if other == own and closed:
            end += 3 if bracket else 2
        elif closed and other[0] == calendar and not parse.has(end, "dash"):
            raise DateError(
                "the two names of the month are not of the same month",
                "write two names of one month, or a range: October – November 2019",
                parse.place(at),
                code="TG209",
            )
    return Loose(month=value, calendar=calendar, start=parse.place(pos)), end


@rule
def day(parse: Parse, pos: int) -> tuple[int, int] | None:
    """Read the number of a day, 1 to 31; not the year of "October '19"."""
    found = number(parse, pos)
    if found is None or not 1 <= found[0].value <= 31 or found[0].width > 2:
        return None
    if parse.has(pos, "short"):
        raise DateError(
            f"the year “'{parse.tokens[pos].text}” has only two figures",
            "write all four, or a day without the apostrophe: October 2019, 19 October",
            parse.place(pos),
            code="TG202",
        )
    return found[0].value, found[1]


@rule
def calendar_date(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a day, a month or a year, with its weekday before or after it."""
    weekday, at = _weekday_before(parse, pos)
    found = first_of(parse, at, _numeric, _day_month, _month_day, _year_month, _month_year)
    if found is None:
        return None if weekday is not None or _is_round(parse, pos) else year(parse, pos)
    date, end = found
    if weekday is None and (date.day or date.numeric):
        weekday, end = _weekday_after(parse, end)
    if weekday is None and date.start == parse.place(pos):
        return date, end
    return replace(date, weekday=weekday, start=parse.place(pos)), end


def between_parts(parse: Parse, pos: int) -> int:
    """Return the position after what stands between the parts of a date: a comma, "of", a tight hyphen."""
    for _ in range(3):
        if not (parse.has(pos, "comma", "of", "in", "slash", "dot") or parse.tight(pos, "dash")):
            break
        pos += 1
    return pos


def _era(parse: Parse, pos: int) -> tuple[str, int]:
    era = parse.which(pos, _ERAS)
    return era, pos + 1 if era else pos


def _is_year(value: int, width: int, *, marked: bool, era: str) -> bool:
    if era:
        return value > 0
    if marked:
        return width in (3, 4) or (width == 0 and value >= 100)
    return width == 4 or (width == 0 and value >= 1000)


def _is_round(parse: Parse, pos: int) -> bool:
    """Return whether only "two thousand" stands at *pos*: the year, or the ten or hundred years after it."""
    found = number(parse, pos)
    return found is not None and found[0].width == 0 and found[0].value % 1000 == 0


def _month_name(parse: Parse, pos: int) -> tuple[str, int] | None:
    for tag, calendar in (("month", GREGORIAN), ("hijri_month", HIJRI)):
        if value := parse.number(pos, tag):
            return calendar, value
    return None


def _with_year(parse: Parse, pos: int, date: Loose) -> tuple[Loose, int]:
    """Return *date* with the year, or "last", that follows at *pos*, if any does."""
    at = between_parts(parse, pos)
    if (beside := relative_year(parse, at)) is not None:
        return replace(date, shift=beside[0].shift), beside[1]
    if (own := toward(parse, pos)) and date.month:
        return replace(date, toward=own), pos + 1
    found = year(parse, at)
    if found is None or (found[0].calendar == HIJRI and date.calendar == GREGORIAN):
        return date, pos
    own_year, end = found
    # The era decides the calendar of a numeric date; a Hijri month needs no era.
    calendar = date.calendar or own_year.calendar
    return replace(date, year=own_year.year, era=own_year.era, calendar=calendar), end


def _day_month(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    own = day(parse, pos)
    if own is None:
        return None
    at = between_parts(parse, own[1])
    if (beside := relative_month(parse, at)) is not None:
        return replace(beside[0], day=own[0]), beside[1]
    found = month(parse, at)
    return _with_year(parse, found[1], replace(found[0], day=own[0])) if found else None


def _month_day(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    found = month(parse, pos)
    own = found and day(parse, between_parts(parse, found[1]))
    if not own or not found:
        return None
    return _with_year(parse, own[1], replace(found[0], day=own[0]))


def _month_year(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    if own := toward(parse, pos):
        found = month(parse, pos + 1)
        return (replace(found[0], toward=own), found[1]) if found else None
    found = month(parse, pos)
    return _with_year(parse, found[1], found[0]) if found else None


def _year_month(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    own = year(parse, pos)
    found = own and month(parse, between_parts(parse, own[1]))
    if not own or not found:
        return None
    date, end = found
    if own[0].calendar == HIJRI and date.calendar == GREGORIAN:
        return None
    date = replace(date, year=own[0].year, era=own[0].era)
    own_day = day(parse, between_parts(parse, end))
    return (replace(date, day=own_day[0]), own_day[1]) if own_day else (date, end)


def _numeric(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read a date in figures: 21/11/2022, 2022/11/21, 2022-11, 21/11; which number is the day shows later."""
    mark, figures, end = _figures_at(parse, pos)
    if not mark:
        return _spaced(parse, pos)
    if any(width not in (1, 2, 4) or not value for value, width in figures):
        return None
    date = _figured([value for value, _ in figures], tuple(width == 4 for _, width in figures), mark)
    return _era_after(parse, end, date) if date else None


def _figured(values: list[int], years: tuple[bool, ...], mark: str) -> Loose | None:
    """Return the date of two or three *values*, of which those are *years* that have four figures."""
    if years == (False, False, True):
        return Loose(numeric=(values[0], values[1]), year=f"{values[2]:04}")
    if years == (False, True) and 1 <= values[0] <= 12:
        return Loose(month=values[0], year=f"{values[1]:04}")
    if years == (True, False, False) and 1 <= values[1] <= 12:
        return Loose(year=f"{values[0]:04}", month=values[1], day=values[2])
    # 1985-4 is more likely a slip than a month, 5-7 a range; with a slash both are dates; 2010-12 is EDTF.
    if years == (True, False) and 1 <= values[1] <= 12 and mark in ("slash", "hyphen"):
        return Loose(year=f"{values[0]:04}", month=values[1])
    return Loose(numeric=(values[0], values[1])) if years == (False, False) and mark == "slash" else None


def _figures_at(parse: Parse, pos: int) -> tuple[str, list[tuple[int, int]], int]:
    """Return two or three numbers that one mark parts, with that mark and the position after them.

    The year may stand after a comma: 08/12,2015.
    """
    mark = parse.which(pos + 1, ("slash", "dash", "dot"))
    first, second = _figures(parse, pos), _figures(parse, pos + 2)
    if not mark or first is None or second is None or (mark == "dash" and parse.tokens[pos + 1].loose):
        return "", [], pos
    third = _figures(parse, pos + 4) if parse.has(pos + 3, mark, "comma") else None
    if third is None or (parse.has(pos + 3, "comma") and third[1] != 4):
        mark = "hyphen" if parse.has(pos + 1, "hyphen") and second[1] == 2 else mark
        return mark, [first, second], pos + 3
    if mark == "dash" and parse.tokens[pos + 3].loose:
        return mark, [first, second], pos + 3
    return mark, [first, second, third], pos + 5


def _spaced(parse: Parse, pos: int) -> tuple[Loose, int] | None:
    """Read 2016 10 16."""
    figures = [_figures(parse, pos + index) for index in range(3)]
    if None in figures or [own[1] for own in figures if own] != [4, 2, 2]:
        return None
    values = [own[0] for own in figures if own]
    if not 1 <= values[1] <= 12:
        return None
    return Loose(year=f"{values[0]:04}", month=values[1], day=values[2]), pos + 3


def _era_after(parse: Parse, pos: int, date: Loose) -> tuple[Loose, int]:
    """Return *date* in the calendar that a sign after its year names: 12/3/1443 هـ."""
    era, end = _era(parse, pos)
    if era in ("ah", "ce") and date.year:
        calendar = HIJRI if era == "ah" else GREGORIAN
        return replace(date, era=era, calendar=calendar, year=year_text(int(date.year), era)), end
    return date, pos


def _figures(parse: Parse, pos: int) -> tuple[int, int] | None:
    value = parse.number(pos, "digits")
    return None if value is None else (value, len(parse.tokens[pos].text))


def _weekday_before(parse: Parse, pos: int) -> tuple[int | None, int]:
    at = parse.skip(pos, "day", most=1)
    value = parse.number(at, "weekday")
    if value is None:
        return None, at
    return value, parse.skip(at + 1, "comma", "of", "in", "equals")


def _weekday_after(parse: Parse, pos: int) -> tuple[int | None, int]:
    bracket = parse.has(pos, "open")
    at = parse.skip(pos, "comma", "open", "day", most=2)
    value = parse.number(at, "weekday")
    if value is None or (bracket and not parse.has(at + 1, "close")):
        return None, pos
    return value, at + 2 if bracket else at + 1
