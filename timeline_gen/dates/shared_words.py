"""What the two ends of a span share, said once: "21 November – 18 December 2022", "500–400 BCE"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline_gen.dates.date_words import Phrase, day_of_month, html_date, like_a_day
from timeline_gen.dates.edtf_ast import Date, Range
from timeline_gen.dates.phrasebook import Voice


def shared_phrases(start: Date, end: Date, voice: Voice) -> tuple[Phrase, Phrase, bool] | None:
    """Return both ends of a span with what they share only once; None where they share nothing.

    The third value tells whether the dash between them stands without spaces.
    """
    if start == end or not (_plain(start) and _plain(end)):
        return None
    if not start.month and not end.month:
        return _years(start, end, voice)
    if start.year != end.year or not (start.month and end.month):
        return None
    return _within_year(start, end, voice)


def shared_members(members: Sequence[Date | Range], voice: Voice) -> tuple[Phrase, ...] | None:
    """Return days of one month, or months of one year, so that the last alone names that; else None."""
    dates = [member for member in members if isinstance(member, Date) and _plain(member) and member.month]
    first = dates[0] if dates else None
    if first is None or len(dates) < len(members) or len({(date.year, bool(date.day)) for date in dates}) > 1:
        return None
    if not first.day and not like_a_day(int(first.year)):
        names, shape = ("start_month", "end_month"), "month"
    elif first.day and len({date.month for date in dates}) == 1 and _alone_before(voice):
        names, shape = ("start_in_month", "end_in_month"), "day"
    else:
        return None
    start, end = names
    return (
        *(_phrase(start, date, shape, voice) for date in dates[:-1]),
        _phrase(end, dates[-1], shape, voice),
    )


def _alone_before(voice: Voice) -> bool:
    """Return whether days before the last are bare numbers: "5, 6 or 7 June"."""
    return voice.patterns["start_in_month"] == "{d}" and not voice.beside


def _plain(date: Date) -> bool:
    written = date.year + date.month + date.day
    return not (
        date.qualifier or "X" in written or date.grouping or date.time or date.significant is not None
    )


def _within_year(start: Date, end: Date, voice: Voice) -> tuple[Phrase, Phrase, bool] | None:
    """Return two days or two months of one year."""
    if not start.day and not end.day:
        if like_a_day(int(start.year)):
            return None
        names = "start_month", "end_month"
        tight = " " not in voice.months[int(start.month) - 1] + voice.months[int(end.month) - 1]
    elif start.day and end.day and start.month == end.month and not voice.beside:
        names, tight = ("start_in_month", "end_in_month"), _meet(voice)
    elif start.day and end.day:
        names, tight = ("start_in_year", "end_in_year"), False
    else:
        return None
    shape = "day" if start.day else "month"
    return _phrase(names[0], start, shape, voice), _phrase(names[1], end, shape, voice), tight


def _meet(voice: Voice) -> bool:
    """Return whether the numbers of two days in one month stand side by side: "5–7 June", "June 5–7"."""
    return voice.patterns["start_in_month"].endswith("{d}") and voice.patterns["end_in_month"].startswith(
        "{d}"
    )


def _phrase(name: str, date: Date, shape: str, voice: Voice) -> Phrase:
    fields: Mapping[str, object] = {
        "d": day_of_month(date, voice) if date.day else "",
        "m": voice.months[int(date.month) - 1],
        "n": int(date.month),
        "y": voice.year(int(date.year)),
    }
    text = voice.patterns[name].format(**fields)
    pattern = voice.patterns.get(f"{name}_within")
    return Phrase(text, pattern.format(**fields) if pattern else text, shape, html_date(date))


def _years(start: Date, end: Date, voice: Voice) -> tuple[Phrase, Phrase, bool] | None:
    """Return two years of one era, which only the second names."""
    first, last = start.known_year or 0, end.known_year or 0
    era = voice.era(last)
    if not era.startswith("{y}") or voice.era(first) != era or like_a_day(first) or like_a_day(last):
        return None
    bare = voice.number(first if first > 0 else 1 - first)
    return _year(bare, start, voice), _year(voice.year(last), end, voice), True


def _year(text: str, date: Date, voice: Voice) -> Phrase:
    within = voice.pick("year", "within")
    return Phrase(voice.patterns["year"].format(y=text), within.format(y=text), "year", html_date(date))
