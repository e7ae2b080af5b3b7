"""The ends of a span and the members of a set, with shared parts named only once.

"21 November – 18 December 2022", "500–400 BCE", "18th–19th centuries", "5 or 7 June 2017".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from timeline_gen.dates.edtf import Date, Range
from timeline_gen.dates.wording.patterns import Style
from timeline_gen.dates.wording.single_dates import (
    DateWords,
    date_phrase,
    day_of_month,
    html_date,
    like_a_day,
    worded,
)


def shared_phrases(start: Date, end: Date, style: Style) -> tuple[DateWords, DateWords, bool] | None:
    """Return both ends of a span with what they share only once; None where they share nothing.

    The third value is whether the dash between them has no spaces around it.
    """
    if start == end or _is_qualified(start) or _is_qualified(end):
        return None
    if not start.month and not end.month:
        return _years(start, end, style) if _plain(start) and _plain(end) else _periods(start, end, style)
    if start.year != end.year or not (_plain(start) and _plain(end) and start.month and end.month):
        return None
    return _within_year(start, end, style)


def shared_members(
    members: Sequence[Date | Range], style: Style, *, one_of: bool
) -> tuple[DateWords, ...] | None:
    """Return the *members* of a set so that what they share is named once, at the last; None if nothing is.

    Those are days of one month or of one year, months of one year, decades or centuries of one era.
    """
    dates = [member for member in members if isinstance(member, Date) and not _is_qualified(member)]
    if not dates or len(dates) < len(members):
        return None
    if not any(date.month for date in dates):
        return _periods_among(dates, style, one_of=one_of)
    if not all(_plain(date) for date in dates) or not _equally_fine(dates):
        return None
    names = _names_among(dates, style)
    if not names:
        return None
    first, between, last = names
    shape = "day" if dates[0].day else "month"
    return (
        _phrase(first, dates[0], shape, style),
        *(_phrase(between, date, shape, style) for date in dates[1:-1]),
        _phrase(last, dates[-1], shape, style),
    )


def _equally_fine(dates: Sequence[Date]) -> bool:
    """Return whether *dates* are of one year, and equally fine."""
    return len({(date.year, bool(date.month), bool(date.day)) for date in dates}) == 1


def _names_among(dates: Sequence[Date], style: Style) -> tuple[str, str, str] | None:
    """Return the patterns of the first, the middle and the last of *dates*, which are of one year."""
    if not dates[0].day:
        # After the name of a month so small a year would be read as a day: "March and April 5".
        if like_a_day(dates[0].known_year or 0):
            return None
        return "start_month", "start_month", "end_month"
    # Each day has the other calendar in brackets after it, so that no month can be shared.
    if style.second_calendar:
        return None
    if len({date.month for date in dates}) == 1:
        return "start_in_month", "between_in_month", "end_in_month"
    return "start_in_year", "start_in_year", "end_in_year"


def _is_qualified(date: Date) -> bool:
    return bool(date.qualifier) or date.significant is not None or bool(date.time)


def _plain(date: Date) -> bool:
    return not (_is_qualified(date) or "X" in date.year + date.month + date.day or date.grouping)


# ---------------------------------------------------------------- days and months


def _within_year(start: Date, end: Date, style: Style) -> tuple[DateWords, DateWords, bool] | None:
    """Return two days or two months of one year."""
    if not start.day and not end.day:
        if like_a_day(start.known_year or 0):
            return None
        names = "start_month", "end_month"
        tight = " " not in style.months_alone[int(start.month) - 1] + style.months_alone[int(end.month) - 1]
    elif start.day and end.day and start.month == end.month and not style.second_calendar:
        names, tight = ("start_in_month", "end_in_month"), _meet(style)
    elif start.day and end.day:
        names, tight = ("start_in_year", "end_in_year"), False
    else:
        return None
    shape = "day" if start.day else "month"
    return _phrase(names[0], start, shape, style), _phrase(names[1], end, shape, style), tight


def _meet(style: Style) -> bool:
    """Return whether the numbers of two days in one month are next to each other: "5–7 June", "June 5–7"."""
    first, last = style.patterns["start_in_month"], style.patterns["end_in_month"]
    return first.endswith(("{d}", "{d}.")) and last.startswith("{d}")


def _phrase(name: str, date: Date, shape: str, style: Style) -> DateWords:
    fields: Mapping[str, object] = {
        "d": day_of_month(date, style) if date.day else "",
        "m": (style.months if date.day else style.months_alone)[int(date.month) - 1],
        "n": int(date.month),
        "y": style.year(date.known_year or 0),
    }
    return worded(name, shape, style, html=html_date(date), **fields)


# ---------------------------------------------------------------- years, decades, centuries


def _years(start: Date, end: Date, style: Style) -> tuple[DateWords, DateWords, bool] | None:
    """Return two years of one era, which only the second names."""
    first, last = start.known_year or 0, end.known_year or 0
    era = style.era(last)
    # An era before its year, "AD 64", cannot be written once behind both.
    if not era.startswith("{y}") or style.era(first) != era or like_a_day(first) or like_a_day(last):
        return None
    bare = style.number(first if first > 0 else 1 - first)
    return _year(bare, start, style), _year(style.year(last), end, style), True


def _year(text: str, date: Date, style: Style) -> DateWords:
    return worded("year", "year", style, html=html_date(date), y=text)


def _periods(start: Date, end: Date, style: Style) -> tuple[DateWords, DateWords, bool] | None:
    """Return two decades, centuries or millennia of one era, whose kind and era only the second names."""
    first, last = date_phrase(start, style), date_phrase(end, style)
    names = f"{first.shape}_start", f"{first.shape}_end"
    if not _alike([start, end], [first, last]) or names[0] not in style.patterns:
        return None
    phrases = [_period(name, date, style) for name, date in zip(names, (start, end), strict=True)]
    return phrases[0], phrases[1], not any(" " in phrase.text for phrase in phrases[:1])


def _periods_among(dates: Sequence[Date], style: Style, *, one_of: bool) -> tuple[DateWords, ...] | None:
    phrases = [date_phrase(date, style) for date in dates]
    item, last = f"{phrases[0].shape}_item", f"{phrases[0].shape}_last"
    small = any(like_a_day(date.known_year or 99) for date in dates)
    if small or not _alike(dates, phrases) or item not in style.patterns:
        return None
    last = f"{last}_one" if one_of and f"{last}_one" in style.patterns else last
    return (*(_period(item, date, style) for date in dates[:-1]), _period(last, dates[-1], style))


def _alike(dates: Sequence[Date], phrases: Sequence[DateWords]) -> bool:
    """Return whether *dates* are periods of one kind and era that *phrases* give in full."""
    eras = {date.year.startswith("-") for date in dates}
    shapes = {phrase.shape for phrase in phrases}
    return len(eras) == len(shapes) == 1 and all(phrase.exact for phrase in phrases)


def _period(name: str, date: Date, style: Style) -> DateWords:
    """Return the period *date* in the pattern *name*: "18th", "19th centuries"."""
    shape, patterns = date_phrase(date, style).shape, dict(style.patterns)
    patterns[shape] = style.patterns[name]
    patterns |= {f"{shape}_{form}": style.patterns.get(f"{name}_{form}", "{date}") for form in style.forms}
    period_style = replace(style, patterns=patterns, decades=())
    if name.endswith(("_start", "_item")):
        period_style = replace(period_style, century_before="{y}", century_after="{y}")
    return date_phrase(date, period_style)
