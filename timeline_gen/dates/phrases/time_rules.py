"""A time of day: "at 6:07 pm", «الساعة 18:07», "18 h 07", with or without an offset from UTC."""

from __future__ import annotations

from typing import Final

from timeline_gen.dates.calendars import DateError
from timeline_gen.dates.phrases.number_rules import number
from timeline_gen.dates.phrases.packrat import Match, Parse, needing
from timeline_gen.messages import say

_HALVES: Final = {"am": 0, "pm": 12, "noon": 9, "night": 18}
"""The first of the twelve hours of each role: 11 with "noon" is not 23."""
_NAMED_MINUTES: Final = {"half_past": ":30", "quarter_past": ":15", "third_past": ":20"}
"""«الساعة الثانية والنصف»: minutes that have a word of their own."""
_UNCLEAR: Final = "?"
"""The offset of a zone whose name several zones have, or that changed in history."""
_LOCAL: Final = "local"
_WIDEST: Final = 15


@needing("colon", "hours", "dot", *_HALVES, *_NAMED_MINUTES)
def time_of_day(parse: Parse, pos: int) -> Match[str]:
    """Read a time of day as ``18:07``, with seconds and offset if they are given."""
    at = parse.skip(pos, "clock", "comma", "in", most=3)
    found = number(parse, at)
    if found is None or found[0].width > 2:
        return None
    hour, end = found[0].value, found[1]
    minutes, end = _minutes(parse, end, spoken=parse.has(at - 1, "clock"))
    half, end = _half_of_day(parse, parse.skip(end, "clock", most=1))
    if not minutes and not half:
        return None
    hour = whole_hour(hour, half)
    if not 0 <= hour <= 23:
        return None
    clock = f"{hour:02}{minutes or ':00'}"
    end = parse.skip(end, "clock", most=1)
    zone, end = offset(parse, parse.skip(end, "comma", most=1), end, clock=clock)
    return f"{clock}{zone}", end


def _minutes(parse: Parse, pos: int, *, spoken: bool) -> tuple[str, int]:
    """Return minutes and seconds as ``:07`` or ``:07:30``; empty if there is just an hour."""
    text, end = "", pos
    if named := parse.which(pos, _NAMED_MINUTES):
        return _NAMED_MINUTES[named], pos + 1
    while parse.has(end, "colon", "hours") or (
        parse.has(end, "dot") and not text and _dotted(parse, end, spoken=spoken)
    ):
        value, token = parse.number(end + 1, "digits"), end + 1
        if value is None or len(parse.tokens[token].text) != 2 or value > 59:
            return (":00", end + 1) if not text and parse.has(end, "hours") else (text, end)
        text, end = f"{text}:{value:02}", token + 1
        if len(text) == 6:
            break
    return text, end


def _dotted(parse: Parse, pos: int, *, spoken: bool) -> bool:
    """Return whether the full stop at *pos* parts hours from minutes, as in "6.07 pm", not day from month."""
    return spoken or parse.has(pos + 2, *_HALVES)


def _half_of_day(parse: Parse, pos: int) -> tuple[str, int]:
    at = parse.skip(pos, "of", "in", most=1)
    half = parse.which(at, _HALVES)
    return half, at + 1 if half else pos


def whole_hour(hour: int, half: str) -> int:
    """Return the *hour*, 1 to 12, on the 24-hour clock in a *half* of the day; -1 if it is outside."""
    if not half or hour > 12:
        # "16:30 in the afternoon" is on the 24-hour clock already; "16:30 am" contradicts itself.
        return hour if half != "am" else -1
    if half == "night" and hour == 12:
        return -1  # midnight is at the beginning of a day and at its end
    # The twelve hours from the first on: "11 at night" is 23:00, "1 at night" 01:00.
    first = _HALVES[half]
    return (first + (hour - first) % 12) % 24


def offset(parse: Parse, pos: int, without: int, *, clock: str) -> tuple[str, int]:
    """Return an offset from UTC at *pos* as ``Z`` or ``+03:00``, with the position after it.

    Where there is none the position is *without*. Of 10:00-12:00, the time at *clock*, the second part
    may be a later time as well: it is no offset without a zone before it.
    """
    zone = parse.tag(pos, "zone")
    if zone == _UNCLEAR:
        raise DateError(
            say("the time zone “{text}” has several offsets from UTC", text=parse.tokens[pos].text),
            say("write the offset that is meant: 18:07+03:00, or 18:07 UTC"),
            parse.place(pos),
            code="TG221",
        )
    if zone not in (None, "Z"):
        return ("" if zone == _LOCAL else str(zone)), pos + 1
    at = pos + 1 if zone is not None else pos
    sign = "+" if parse.has(at, "plus") else "-" if parse.tight(at, "dash") else ""
    found = _hours_and_minutes(parse, at + 1) if sign else None
    if found is None:
        return (str(zone), at) if zone is not None else ("", without)
    hours, minutes, end = found
    plain = f"{hours:02}:{minutes:02}"
    if zone is None and sign == "-" and plain > clock[:5] and len(parse.tokens[at + 1].text) < 4:
        return "", without
    return sign + plain, end


def _hours_and_minutes(parse: Parse, pos: int) -> tuple[int, int, int] | None:
    """Read the 3, 03:00 or 0300 of an offset."""
    value = parse.number(pos, "digits")
    if value is None:
        return None
    if len(parse.tokens[pos].text) == 4:
        hours, minutes = divmod(value, 100)
        return (hours, minutes, pos + 1) if hours <= _WIDEST and minutes < 60 else None
    if value > _WIDEST:
        return None
    if (
        parse.has(pos + 1, "colon")
        and (minute := parse.number(pos + 2, "digits")) is not None
        and minute < 60
    ):
        return value, minute, pos + 3
    return value, 0, pos + 1


# ---------------------------------------------------------------- parts of a day

_HALF_OF_PART: Final = {
    "dawn": "am",
    "early_hours": "am",
    "morning": "am",
    "noon": "noon",
    "afternoon": "pm",
    "evening": "pm",
    "night": "night",
}
"""The half of the day of an hour that is given with each part."""
_LATE_HOURS: Final = {
    "dawn": range(0),
    "early_hours": range(0),
    "morning": range(0),
    "noon": range(13, 15),
    "afternoon": range(13, 20),
    "evening": range(15, 24),
    "night": range(17, 24),
}
"""The hours after 12 that each part may have. «مساء» begins early: 15:00 is in it."""


def day_part(parse: Parse, pos: int) -> tuple[str, int]:
    """Return the part of the day named at *pos* and the position after it; empty where none is."""
    named = parse.tag(pos, "day_part")
    return (str(named), pos + 1) if named is not None else ("", pos)


def hour_within(named: str, time: str) -> str | None:
    """Return *time*, ``06:30``, as it is in the part of the day *named*; None where it cannot be in it.

    «صباح الثلاثاء … الساعة 6:30» is 06:30, "the evening of … at 6:30" is 18:30.
    """
    half = _HALF_OF_PART.get(named, "")
    hour = int(time[:2])
    if not half or hour == 0:
        return time
    if hour > 12:
        return time if hour in _LATE_HOURS[named] else None
    hour = whole_hour(hour, half)
    return f"{hour:02}{time[2:]}" if 0 <= hour <= 23 else None
