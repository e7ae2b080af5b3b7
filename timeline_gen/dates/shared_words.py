"""What the two ends of a span share, said once: "21 November – 18 December 2022", "500–400 BCE"."""

from __future__ import annotations

from collections.abc import Mapping

from timeline_gen.dates.date_words import Phrase, day_of_month, html_date
from timeline_gen.dates.edtf_ast import Date
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


def _plain(date: Date) -> bool:
    written = date.year + date.month + date.day
    return not (
        date.qualifier or "X" in written or date.grouping or date.time or date.significant is not None
    )


def _within_year(start: Date, end: Date, voice: Voice) -> tuple[Phrase, Phrase, bool] | None:
    """Return two days or two months of one year."""
    if not start.day and not end.day:
        names = "start_month", "end_month"
        tight = " " not in voice.months[int(start.month) - 1] + voice.months[int(end.month) - 1]
    elif start.day and end.day and start.month == end.month:
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
    texts = voice.year(first), voice.year(last)
    bare = str(1 - first if first <= 0 else first)
    era = voice.before if first <= 0 else voice.after
    one_era = (first <= 0) == (last <= 0) and str(last) != texts[1] and texts[0] != str(first)
    if not one_era or not era.startswith("{y}"):
        return None
    patterns = voice.patterns
    within = patterns.get("year_within", "{y}")
    return (
        Phrase(patterns["year"].format(y=bare), within.format(y=bare), "year", html_date(start)),
        Phrase(patterns["year"].format(y=texts[1]), within.format(y=texts[1]), "year", html_date(end)),
        True,
    )
