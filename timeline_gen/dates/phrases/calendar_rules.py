"""Days, months and years of a calendar, in words and in figures, in the orders that languages use.

"Tuesday 6 June 2017", "November 21st, 2022", «الخامس من حزيران 1967», "21/11/2022", "2019-Aug-01".
"""

from __future__ import annotations

from dataclasses import replace

from timeline_gen.dates.calendars import (
    ERAS,
    GREGORIAN,
    HIJRI,
    JALALI,
    OWN_YEARS,
    DateError,
    PartialDate,
    check_slashed_month,
    year_text,
)
from timeline_gen.dates.phrases.number_rules import Number, number
from timeline_gen.dates.phrases.packrat import Match, Parse, first_of, rule
from timeline_gen.dates.phrases.relative_unit_rules import direction, relative_month, relative_year
from timeline_gen.dates.words import fold
from timeline_gen.messages import say

_MONTHS = (("month", GREGORIAN), ("hijri_month", HIJRI), ("jalali_month", JALALI))
_DOUBTS = ("circa", "tilde", "uncertain")
"""Words next to which three figures are a year, and not any number."""
_COUNTED_ERAS = ("ah", "bh")
"""The eras whose years have ordinals: "the second year of the Hijra"."""
LONGEST_YEAR = 12
_DECEMBER = 12
_YEAR_FIGURES = 4


@rule
def year(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a year: four figures, fewer next to "year" or an era, or number words."""
    at = parse.skip(pos, "year", most=2)
    marked = at > pos
    # "AD 680" has its era first; "680 AD" is asked for below.
    era, at = _era(parse, at)
    found = number(parse, at)
    if found is None:
        return None
    figure, end = found
    if figure.ordinal and not marked:
        # "The second year of the Hijra"
        marked, end = parse.has(end, "year"), end + 1
    if not era:
        era, end = _era_after_year(parse, end, figure)
    if figure.ordinal and not (marked and era in _COUNTED_ERAS):
        return None
    # A word of doubt makes a year of three figures: "c. 642", "767?". A bare "642" may be a decade.
    doubted = figure.width == 3 and (parse.has(pos - 1, *_DOUBTS) or parse.has(end, "question"))
    if figure.width > LONGEST_YEAR or not _is_year(figure, marked=marked or doubted, era=era):
        return None
    return PartialDate(
        year=year_text(figure.value, era),
        era=era,
        named=marked,
        calendar=ERAS.get(era, ""),
        start=parse.place(pos),
    ), end


@rule
def month(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a month, also by two names that agree: «تشرين الأول/أكتوبر», «تشرين الثاني (نوفمبر)»."""
    at = parse.skip(pos, "month_word", most=1)
    name = _month_name(parse, at)
    if name is None:
        return None
    calendar, value = name
    end = parse.skip(at + 1, "month_word", most=1)
    bracket = parse.has(end, "open")
    if _month_name(parse, end) == name:
        end += 1
    elif (bracket or parse.has(end, "slash", "dash")) and (other := _month_name(parse, end + 1)):
        closed = not bracket or parse.has(end + 2, "close")
        if other == name and closed:
            end += 3 if bracket else 2
        elif closed and other[0] == calendar and not parse.has(end, "dash"):
            raise _two_months(parse, at, end + 1)
    return PartialDate(month=value, calendar=calendar, start=parse.place(pos)), end


def _two_months(parse: Parse, first: int, second: int) -> DateError:
    """Return the problem of "May/June 2019", whose tokens are at *first* and *second*."""
    letters = parse.lexicon.vocabulary.letters
    written = {fold(name, letters): name for names in parse.lexicon.months.values() for name in names}
    # «تشرين الثاني (أكتوبر)» ends with November, whatever came first; "December/January" crosses New Year.
    forwards = sorted((first, second), key=lambda pos: (_month_name(parse, pos) or ("", 0))[1])
    ends = (first, second) if _crosses_year(parse, first, second) else forwards
    typed = (parse.tokens[pos].text for pos in ends)
    start, end = (written.get(text, text.title()) for text in typed)
    return DateError(
        say("the two names of the month are not of the same month"),
        say("write two names of one month, or a span: {start} – {end} 2019", start=start, end=end),
        parse.place(first),
        code="TG209",
    )


def _crosses_year(parse: Parse, first: int, second: int) -> bool:
    return parse.number(first, "month") == _DECEMBER and parse.number(second, "month") == 1


@rule
def day(parse: Parse, pos: int) -> Match[int]:
    """Read the number of a day, 1 to 31; not the year of "October '19"."""
    found = number(parse, pos)
    if found is None or not 1 <= found[0].value <= 31 or found[0].width > 2:
        return None
    if parse.has(pos, "short"):
        raise DateError(
            say("the year “'{text}” has only two figures", text=parse.tokens[pos].text),
            say("write all four, or a day without the apostrophe: October 2019, 19 October"),
            parse.place(pos),
            code="TG202",
        )
    return found[0].value, found[1]


@rule
def calendar_date(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a day, a month or a year, with its weekday before or after it."""
    weekday, at = _weekday_before(parse, pos)
    # The longer forms come first: _month_year() reads "May" of "May 2nd 2018", and stops there.
    found = first_of(parse, at, _numeric, _day_month, _month_day, _year_month, _month_year)
    if found is None:
        return None if weekday is not None or _is_round(parse, pos) else year(parse, pos)
    date, end = found
    if weekday is None and (date.day or date.numeric):
        weekday, end = weekday_after(parse, end)
    if weekday is None and date.start == parse.place(pos):
        return date, end
    return replace(date, weekday=weekday, start=parse.place(pos)), end


def between_parts(parse: Parse, pos: int) -> int:
    """Return the position after the link between the parts of a date: a comma, "of", a tight hyphen."""
    limit = pos + 3
    while pos < limit and (parse.has(pos, "comma", "of", "in", "slash", "dot") or parse.tight(pos, "dash")):
        if parse.has(pos, "year"):
            # Persian «سال» announces the year as well.
            break
        pos += 1
    return pos


def _era(parse: Parse, pos: int) -> tuple[str, int]:
    era = parse.which(pos, ERAS)
    return era, pos + 1 if era else pos


def _era_after_year(parse: Parse, pos: int, figure: Number) -> tuple[str, int]:
    """Read the era after a year: the H of "1440 H" as well, but not that of "2020 H1"."""
    if figure.width in (3, 4) and parse.has(pos, "ah_sign") and not parse.has(pos + 1, "digits"):
        return "ah", pos + 1
    return _era(parse, pos)


def _is_year(figure: Number, *, marked: bool, era: str) -> bool:
    if era:
        return figure.value > 0
    least = 3 if marked else 4
    return figure.width in (least, 4) or (figure.width == 0 and figure.value >= 10 ** (least - 1))


def _is_round(parse: Parse, pos: int) -> bool:
    """Return whether just "two thousand" is at *pos*: the year, or the ten or hundred years after it."""
    found = number(parse, pos)
    return found is not None and found[0].width == 0 and found[0].value % 1000 == 0


def _month_name(parse: Parse, pos: int) -> Match[str]:
    for tag, calendar in _MONTHS:
        if value := parse.number(pos, tag):
            return calendar, value
    return None


def _with_year(parse: Parse, pos: int, date: PartialDate) -> tuple[PartialDate, int]:
    """Return *date* with the year, or "last", that follows at *pos*, if any does."""
    at = between_parts(parse, pos)
    if (relative := relative_year(parse, at)) is not None:
        return replace(date, shift=relative[0].shift), relative[1]
    if (side := direction(parse, pos)) and date.month:
        return replace(date, direction=side), pos + 1
    found = year(parse, at) or _small_year(parse, at)
    if found is None or (found[0].calendar in OWN_YEARS and date.calendar not in ("", found[0].calendar)):
        return date, pos
    own_year, end = found
    # The era decides the calendar of a numeric date; a Hijri month needs no era.
    calendar = date.calendar or own_year.calendar
    return replace(date, year=own_year.year, era=own_year.era, calendar=calendar), end


def _small_year(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read the 680 of "10 October 680": after a month, three figures are a year."""
    value = parse.number(pos, "digits")
    if value is None or len(parse.tokens[pos].text) != 3 or value < 100:
        return None
    return PartialDate(year=f"{value:04}"), pos + 1


def _day_month(parse: Parse, pos: int) -> Match[PartialDate]:
    if (found_day := day(parse, pos)) is None:
        return None
    at = between_parts(parse, found_day[1])
    if (relative := relative_month(parse, at)) is not None:
        return replace(relative[0], day=found_day[0]), relative[1]
    found = month(parse, at)
    return _with_year(parse, found[1], replace(found[0], day=found_day[0])) if found else None


def _month_day(parse: Parse, pos: int) -> Match[PartialDate]:
    if not (found := month(parse, pos)) or not (found_day := day(parse, between_parts(parse, found[1]))):
        return None
    after_day = found_day[1]
    date, end = _with_year(parse, after_day, replace(found[0], day=found_day[0]))
    if end == after_day and (parse.tight(found[1], "dash") or not parse.lexicon.month_first):
        check_two_figures(parse, after_day - 1)
    return date, end


def check_two_figures(parse: Parse, pos: int) -> None:
    """Refuse the 15 of "Nov-15" and of "13-NOV-15", which is a year as often as a day."""
    if parse.number(pos, "digits") is not None and len(parse.tokens[pos].text) == 2:
        raise two_figures(parse, pos)


def two_figures(parse: Parse, pos: int) -> DateError:
    """Return the problem of the two figures at *pos*, which may be a year."""
    text = parse.tokens[pos].text
    return DateError(
        say("“{text}” may be a year of which only two figures are written", text=text),
        say(
            "write all four figures of a year: 19{text} or 20{text}; a day before its month, or "
            "with its year",
            text=text,
        ),
        parse.place(pos),
        code="TG202",
    )


def _month_year(parse: Parse, pos: int) -> Match[PartialDate]:
    side = direction(parse, pos)
    if not (found := month(parse, pos + 1 if side else pos)):
        return None
    return (replace(found[0], direction=side), found[1]) if side else _with_year(parse, found[1], found[0])


def _year_month(parse: Parse, pos: int) -> Match[PartialDate]:
    if not (found_year := year(parse, pos)):
        return None
    whole, at = found_year
    found = month(parse, between_parts(parse, at))
    if not found or (whole.calendar in OWN_YEARS and found[0].calendar not in ("", whole.calendar)):
        return None
    date, end = replace(found[0], year=whole.year, era=whole.era), found[1]
    found_day = day(parse, between_parts(parse, end))
    return (replace(date, day=found_day[0]), found_day[1]) if found_day else (date, end)


def _numeric(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read a date in figures: 21/11/2022, 2022/11/21, 2022-11, 21/11; which number is the day shows later."""
    mark, figures, end = _figures_at(parse, pos)
    if not mark:
        return _spaced(parse, pos)
    if any(width not in (1, 2, 4) or not value for value, width in figures):
        return None
    date = _figured(figures, mark, parse.place(pos))
    return _era_after(parse, end, date) if date else None


def _figured(numbers: list[tuple[int, int]], mark: str, offset: int) -> PartialDate | None:
    """Return the date of two or three *numbers*, each with how many figures it has; four make a year."""
    values, years = [value for value, _ in numbers], tuple(width == 4 for _, width in numbers)
    figures = numbers[1][1]
    if years == (False, False, True):
        return PartialDate(numeric=(values[0], values[1]), year=f"{values[2]:04}")
    if years == (False, True) and 1 <= values[0] <= 12:
        return PartialDate(month=values[0], year=f"{values[1]:04}")
    if years == (True, False, False) and 1 <= values[1] <= 12:
        return PartialDate(year=f"{values[0]:04}", month=values[1], day=values[2])
    # 1985-4 is more likely a slip than a month, 5-7 a range; with a slash both are dates; 2010-12 is EDTF.
    if years == (True, False) and 1 <= values[1] <= 12 and mark in ("slash", "hyphen"):
        if mark == "slash":
            check_slashed_month(values[0], values[1], figures, offset)
        return PartialDate(year=f"{values[0]:04}", month=values[1])
    return (
        PartialDate(numeric=(values[0], values[1])) if years == (False, False) and mark == "slash" else None
    )


def _figures_at(parse: Parse, pos: int) -> tuple[str, list[tuple[int, int]], int]:
    """Return two or three numbers with the same mark between them, that mark, and the position after them.

    A comma may precede the year: 08/12,2015.
    """
    mark = parse.which(pos + 1, ("slash", "dash", "dot"))
    first, second = _figures(parse, pos), _figures(parse, pos + 2)
    if not mark or first is None or second is None:
        return "", [], pos
    if mark == "dash" and parse.tokens[pos + 1].loose:
        return _loose_figures(parse, pos)
    third = _figures(parse, pos + 4) if parse.has(pos + 3, mark, "comma") else None
    # A comma may part nothing but the year from the day: 08/12,2015.
    if third is None or (parse.has(pos + 3, "comma") and third[1] != 4):
        # Two figures after a hyphen are a month as in EDTF; after a dash they are a year.
        mark = "hyphen" if parse.has(pos + 1, "hyphen") and second[1] == 2 else mark
        return mark, [first, second], pos + 3
    if mark == "dash" and parse.tokens[pos + 3].loose:
        return mark, [first, second], pos + 3
    return mark, [first, second, third], pos + 5


def _loose_figures(parse: Parse, pos: int) -> tuple[str, list[tuple[int, int]], int]:
    """Read "23 - 5 - 2019", which is no span as it has three numbers and a whole year at its end."""
    figures = [_figures(parse, pos + step) for step in (0, 2, 4)]
    known = [each for each in figures if each is not None]
    widths = [width for _, width in known]
    if len(known) < len(figures) or widths[2] != _YEAR_FIGURES or max(widths[:2]) > 2:
        return "", [], pos
    return ("dash", known, pos + 5) if parse.has(pos + 3, "dash") else ("", [], pos)


def _spaced(parse: Parse, pos: int) -> Match[PartialDate]:
    """Read 2016 10 16."""
    figures = [_figures(parse, pos + index) or (0, 0) for index in range(3)]
    if parse.has(pos, "counted") and parse.has(pos + 1, "counted"):
        # German "3. 5. 2019"
        date = _figured(figures, "dot", parse.place(pos)) if figures[2][1] == _YEAR_FIGURES else None
        return (date, pos + 3) if date else None
    (year_value, _), (month_value, _), (day_value, _) = figures
    if [width for _, width in figures] != [4, 2, 2] or not 1 <= month_value <= 12:
        return None
    return PartialDate(year=f"{year_value:04}", month=month_value, day=day_value), pos + 3


def _era_after(parse: Parse, pos: int, date: PartialDate) -> tuple[PartialDate, int]:
    """Return *date* in the calendar that a sign after its year names: 12/3/1443 هـ."""
    era, end = _era(parse, pos)
    if era in ("ah", "sh", "ce") and date.year:
        return replace(date, era=era, calendar=ERAS[era], year=year_text(int(date.year), era)), end
    return date, pos


def _figures(parse: Parse, pos: int) -> Match[int]:
    value = parse.number(pos, "digits")
    return None if value is None else (value, len(parse.tokens[pos].text))


def _weekday_before(parse: Parse, pos: int) -> tuple[int | None, int]:
    at = parse.skip(pos, "day", most=1)
    value = parse.number(at, "weekday")
    if value is None:
        return None, at
    return value, parse.skip(at + 1, "comma", "of", "in", "equals")


def weekday_after(parse: Parse, pos: int) -> tuple[int | None, int]:
    """Return the weekday that follows a day: "6 June 2017 (Tuesday)"."""
    bracket = parse.has(pos, "open")
    at = parse.skip(pos, "comma", "open", "day", most=2)
    value = parse.number(at, "weekday")
    if value is None or (bracket and not parse.has(at + 1, "close")):
        return None, pos
    return value, at + 2 if bracket else at + 1
