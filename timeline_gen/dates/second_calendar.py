"""The second calendar beside the first: "6 December 2021 (2 Jumada al-Ula 1443 AH)".

Only known and certain days have one: a month or a year of one calendar is none of the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.hijri import LAST_YEAR, HijriDay, hijri_civil
from timeline_gen.dates.phrasebook import Voice, parts
from timeline_gen.model import Piece


def with_hijri(pieces: Sequence[Piece], voice: Voice) -> tuple[Piece, ...]:
    """Return *pieces* with the Hijri day in brackets after each that is a known day."""
    days = [_hijri_day(piece.datetime) for piece in pieces]
    both: list[Piece] = []
    for index, (piece, day) in enumerate(zip(pieces, days, strict=True)):
        if day is None:
            both.append(piece)
            continue
        # The year is said once, at the last of the days that share it.
        later = next((other for other in days[index + 1 :] if other), None)
        both += _beside(piece, _text(day, voice, short=later is not None and later.year == day.year), voice)
    return tuple(both)


def hijri_beside(text: str, html_day: str, voice: Voice) -> str:
    """Return the *text* of a day with its Hijri day in brackets; *html_day* is the day as HTML has it."""
    day = _hijri_day(html_day)
    return voice.patterns["beside"].format(date=text, other=_text(day, voice, short=False)) if day else text


def _hijri_day(date: str) -> HijriDay | None:
    """Return the Hijri day of *date*, if that is an ISO day from 1 AH to the end of the published tables.

    A day with a time of day has its Hijri day before the time already.
    """
    if date.count("-") < 2 or "T" in date:
        return None
    day = hijri_civil(parse_iso_day(date))
    return day if 0 < day.year <= LAST_YEAR else None


def _text(day: HijriDay, voice: Voice, *, short: bool) -> str:
    patterns = voice.patterns
    name = "hijri_start" if short else "hijri"
    text = patterns[name].format(d=day.day, m=voice.hijri_months[day.month - 1], y=day.year)
    return patterns["circa_hijri"].format(other=text) if day.approximate else text


def _beside(piece: Piece, other: str, voice: Voice) -> list[Piece]:
    fields = {"date": piece, "other": Piece(other, end=True)}
    both: list[Piece] = []
    for literal, field in parts(voice.patterns["beside"]):
        if literal:
            both.append(Piece(literal))
        if field:
            both.append(fields[field])
    return both
