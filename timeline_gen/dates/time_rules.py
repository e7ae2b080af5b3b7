"""A time of day: "at 6:07 pm", «الساعة 18:07», "18 h 07", with or without an offset from UTC."""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.grammar import Parse, needing
from timeline_gen.dates.number_rules import number

_HALVES: Final = {"am": 0, "pm": 12, "noon": 9, "night": 18}
"""The hour at which the twelve hours begin that each role tells of: 11 about noon is not 23."""


@needing("colon", "hours", "dot", *_HALVES)
def time_of_day(parse: Parse, pos: int) -> tuple[str, int] | None:
    """Read a time of day as ``18:07``, with seconds and offset where they are said."""
    at = parse.skip(pos, "clock", "comma", "in", most=3)
    found = number(parse, at)
    if found is None or found[0].width > 2:
        return None
    hour, end = found[0].value, found[1]
    minutes, end = _minutes(parse, end, spoken=parse.has(at - 1, "clock"))
    half, end = _half_of_day(parse, end)
    if not minutes and not half:
        return None
    hour = _whole_hour(hour, half)
    if not 0 <= hour <= 23:
        return None
    offset, end = _offset(parse, parse.skip(end, "clock", most=1))
    return f"{hour:02}{minutes or ':00'}{offset}", end


def _minutes(parse: Parse, pos: int, *, spoken: bool) -> tuple[str, int]:
    """Return minutes and seconds as ``:07`` or ``:07:30``; empty where only an hour is said."""
    text, end = "", pos
    while parse.has(end, "colon", "hours") or (
        parse.has(end, "dot") and not text and _dotted(parse, end, spoken)
    ):
        value, token = parse.number(end + 1, "digits"), end + 1
        if value is None or len(parse.tokens[token].text) != 2 or value > 59:
            return (":00", end + 1) if not text and parse.has(end, "hours") else (text, end)
        text, end = f"{text}:{value:02}", token + 1
        if len(text) == 6:
            break
    return text, end


def _dotted(parse: Parse, pos: int, spoken: bool) -> bool:  # noqa: FBT001  # said once, two lines above
    """Return whether the full stop at *pos* parts hours from minutes, as in "6.07 pm", not day from month."""
    return spoken or parse.has(pos + 2, *_HALVES)


def _half_of_day(parse: Parse, pos: int) -> tuple[str, int]:
    half = parse.which(pos, tuple(_HALVES))
    return half, pos + 1 if half else pos


def _whole_hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour if half != "am" else -1
    if half == "night" and hour == 12:
        return -1  # the midnight at the day's beginning, or the one at its end
    first = _HALVES[half]
    return (first + (hour - first) % 12) % 24


def _offset(parse: Parse, pos: int) -> tuple[str, int]:
    """Return an offset from UTC as ``Z`` or ``+03:00``."""
    zone = parse.tag(pos, "zone")
    at = pos + 1 if zone is not None else pos
    sign = "+" if parse.has(at, "plus") else "-" if parse.tight(at, "dash") else ""
    hours = parse.number(at + 1, "digits") if sign else None
    if hours is None or hours > 15:
        return (str(zone), at) if zone is not None else ("", pos)
    minutes, end = 0, at + 2
    if parse.has(end, "colon") and (value := parse.number(end + 1, "digits")) is not None and value < 60:
        minutes, end = value, end + 2
    return f"{sign}{hours:02}:{minutes:02}", end
