"""What the dates of a range lend each other: "5-7 June 2017", "44-40 BC", "June or July 1967"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_gen.dates.calendars import (
    ERAS,
    GREGORIAN,
    JULIAN,
    OWN_YEARS,
    DateError,
    PartialDate,
    days_of,
    edtf_year,
    lacks_year,
    own_years,
    year_text,
)
from timeline_gen.dates.phrases.twins import resolve_date
from timeline_gen.dates.reading_context import ReadingContext
from timeline_gen.messages import say

_TURN: Final = 10
"""The short years before which a century may have turned, at most as many years after the first: 1899–01."""


def infer_range(
    start: PartialDate, end: PartialDate, context: ReadingContext
) -> tuple[PartialDate, PartialDate]:
    """Return *start* and *end* complete: each lends the other what it lacks. Raises :class:`DateError`."""
    start, end = _share(start, end)
    # The end with the year comes first: its year may change when its calendar is converted.
    if lacks_year(start) and end.year:
        end = resolve_date(end, context)
        return _borrowed(start, end, context, is_start=True), end
    start = resolve_date(start, context)
    if lacks_year(end):
        return start, _borrowed(end, start, context, is_start=False)
    return start, resolve_date(end, context)


def in_year_of(date: PartialDate, lender: PartialDate, context: ReadingContext) -> PartialDate:
    """Return *date*, which lacks a year, complete in the year of *lender*; of another calendar near it."""
    dated = with_year_of(date, lender)
    # A year of another calendar cannot be lent: the nearest such date is meant.
    if not dated.year:
        context = replace(context, on=days_of(lender, context.seasons).lo)
    return replace(resolve_date(dated, context), relative=False)


def with_year_of(date: PartialDate, other: PartialDate) -> PartialDate:
    """Return *date* in the year of *other*, if they are of one calendar."""
    if own_years(date) != own_years(other):
        return date
    return replace(date, year=other.year, era=other.era)


def _borrowed(
    partial: PartialDate, lender: PartialDate, context: ReadingContext, *, is_start: bool
) -> PartialDate:
    """Return *partial* in the *lender*'s year, or in the adjacent year if the span crosses New Year.

    Within a month no span does: "7-5 October" is a slip, not a span of nearly a year.
    """
    date = in_year_of(replace(partial, weekday=None), lender, context)
    start, end = (date, lender) if is_start else (lender, date)
    backwards = days_of(start, context.seasons).lo > days_of(end, context.seasons).hi
    if backwards and start.month != end.month and date.year.isdigit():
        year = int(date.year) + (-1 if is_start else 1)
        date = replace(date, year=str(year) if date.calendar in OWN_YEARS else edtf_year(year))
    # The weekday is checked last, when the year is known.
    return resolve_date(replace(date, weekday=partial.weekday), context)


def _share(start: PartialDate, end: PartialDate) -> tuple[PartialDate, PartialDate]:
    """Return both ends with the months and eras of each other: "5-7 June", "44-40 BC", "1914-18"."""
    start = in_century_before(numbered(start, end, last=False), end)
    start = century_in_era(start, end)
    end = in_century_of(numbered(end, start, last=True), start)
    if start.whole_year and end.whole_year:
        end = _lengthened(end, start)
        if not start.era and start.year.isdigit():
            start = in_era_of(start, end)
        # "AD 964 – 1067": an era before the first year holds for both; after "44 BC" it is not meant.
        elif not end.era and end.year.isdigit() and start.era == "ce":
            end = in_era_of(end, start)
    # "25 October – 3 November 1917 O.S.": the style after the last day holds for both.
    if end.calendar == JULIAN and start.calendar in ("", GREGORIAN):
        start = replace(start, calendar=JULIAN)
    if not start.calendar and end.calendar in OWN_YEARS and not start.year:
        start = replace(start, calendar=end.calendar)
    return start, end


def in_century_of(date: PartialDate, before: PartialDate) -> PartialDate:
    """Return *date*, a decade without its century, in the century of the decade *before* it: "1850s–60s"."""
    stem = before.year.removesuffix("X")
    if date.decade is None or date.shift or len(stem) != 3 or not stem.isdigit():
        return date
    decade = int(stem[:2]) * 10 + date.decade // 10
    return replace(date, decade=None, year=f"{decade if decade > int(stem) else decade + 10:03}X")


def in_century_before(date: PartialDate, after: PartialDate) -> PartialDate:
    """Return *date*, a decade without its century, in that of the decade *after* it, or before it."""
    stem = after.year.removesuffix("X")
    if date.decade is None or date.shift or not stem.isdigit() or len(after.year) != len(stem) + 1:
        return date
    decade = int(stem) // 10 * 10 + date.decade // 10
    decade -= 10 if decade > int(stem) else 0
    # Years of the Hijri calendars are plain numbers.
    year = f"{decade}X" if after.calendar in OWN_YEARS else f"{decade:03}X"
    return replace(date, decade=None, year=year, era=after.era, calendar=date.calendar or after.calendar)


def century_in_era(date: PartialDate, after: PartialDate) -> PartialDate:
    """Return *date*, a century without an era, in that of the century *after* it: "the 3rd to the 4th AH"."""
    centuries = all(
        each.year.endswith("XX") and each.year[:-2].lstrip("-").isdigit() for each in (date, after)
    )
    if not centuries or date.era or after.era in ("", "ce"):
        return date
    sign = "-" if after.era == "bce" else ""
    return replace(date, year=f"{sign}{date.year}", era=after.era, calendar=after.calendar)


def _lengthened(end: PartialDate, start: PartialDate) -> PartialDate:
    """Return *end* with the century of *start*: the 41 of «1340–41 هـ»."""
    # An era makes a whole year of two figures: of "1340–41 AD" that year is read as AD 41 at first.
    short = end.year.isdigit() and end.era not in ("", "bce", "bh") and 10 <= int(end.year) <= 99
    if not (short and start.year.isdigit() and int(start.year) >= 1000):
        return end
    return replace(end, year=year_text(int(start.year) // 100 * 100 + int(end.year), end.era))


def in_era_of(date: PartialDate, other: PartialDate) -> PartialDate:
    """Return *date*, a year without an era, in that of the *other* one: "44-40 BC"."""
    if other.era not in ERAS:
        return date
    year = year_text(int(date.year), other.era)
    return replace(date, year=year, era=other.era, calendar=other.calendar)


def _short_year(value: int, figures: int, start: int) -> int | None:
    """Return the year that the last figures of "1914–18", "1861–5" or "1899–01" mean after *start*."""
    if figures == 1:
        return start // 10 * 10 + value
    year = start // 100 * 100 + value
    # Neither in this century nor within ten years of its end: "1950–05" is no span.
    if figures == 2 and value < _TURN and year < start <= year + 100 - _TURN:
        return None
    if figures == 2 and value < _TURN and year < start:
        year += 100
    return year if figures == 2 or (figures == 0 and _TURN <= value <= 99) else None


def numbered(date: PartialDate, other: PartialDate, *, last: bool) -> PartialDate:
    """Return *date*, a bare number, as the day or the year that *other* shows it to be."""
    if (value := date.number) is None:
        return date
    if date.month or (other.day and other.month):
        if not 1 <= value <= 31:
            raise DateError(
                say("there is no day {value}", value=value),
                say("write a day from 1 to 31"),
                date.start,
                code="TG202",
            )
        lender = date if date.month else other
        return replace(date, number=None, day=value, month=lender.month, calendar=lender.calendar)
    year = _numbered_year(value, date.figures, other, last=last) if other.whole_year else None
    if year is None:
        raise DateError(
            say("{value} by itself is not a date", value=value),
            say("write a year in four figures: 2017"),
            date.start,
        )
    return replace(date, number=None, year=year, era=other.era, calendar=other.calendar or date.calendar)


def _numbered_year(value: int, figures: int, other: PartialDate, *, last: bool) -> str | None:
    """Return *value*, a number of so many *figures*, as a year or century like *other*, if it can be."""
    if other.year.endswith("XX"):
        sign = "-" if other.year.startswith("-") else ""
        return f"{sign}{value - 1:02}XX" if 1 <= value <= 99 else None
    if "X" in other.year:
        return None
    shortened = last and len(other.year) == 4 and other.year.isdigit()
    short = _short_year(value, figures, int(other.year)) if shortened else None
    if other.era in ERAS:
        lengthened = short if figures and other.era in ("ah", "ce", "sh") else None
        return year_text(lengthened or value, other.era)
    return None if short is None else f"{short:04}"
