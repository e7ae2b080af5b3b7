"""What to write instead of figures that are no EDTF: as other programs write dates, or with a slip."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from timeline_gen.dates.days import day_number, iso_day, month_length
from timeline_gen.messages import Message, say

_Hint: TypeAlias = Callable[[re.Match[str]], Message | None]

_SPREADSHEET: Final = day_number(1899, 12, 30)
"""Day 0 of the serial numbers of spreadsheets, as they count from 1 March 1900 on."""
_SERIALS: Final = range(18_264, 73_051)
"""Serial numbers of the years 1950 to 2099."""
_SECONDS: Final = range(10**9, 4 * 10**9)
"""Seconds since 1970, from 2001 to 2096."""
_DAY_SECONDS: Final = 86_400


def hint_for(text: str) -> Message:
    """Return what to write instead of *text*, which is no EDTF."""
    found = (hint(match) for pattern, hint in _HINTS if (match := pattern.fullmatch(text)))
    known = next((message for message in found if message), None)
    return known or say("write 2017, 2019-10, 2022-11-21 or 2022-11-21/2022-12-18")


def _filled(template: Message) -> _Hint:
    return lambda match: template.filled(text=match[0])


def _day(match: re.Match[str]) -> Message | None:
    """Return the day that "20190503" or "2019:05:03" is."""
    year, month, day = (int(part) for part in match.groups()[:3])
    if not (1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        return None
    written = f"{iso_day(day_number(year, month, day))}{_clock(match)}"
    return say("put hyphens between year, month and day: {written}", written=written)


def _clock(match: re.Match[str]) -> str:
    """Return the time of "20190503T143015Z" as EDTF writes it."""
    named = match.groupdict()
    return "T{hour}:{minute}:{second}{zone}".format(**named) if named else ""


def _month(match: re.Match[str]) -> Message | None:
    """Return the month that "2019.10" or "2019.5" may be, or the year of "2019.0"."""
    value = int(match[2])
    if value == 0:
        return say("write {written}", written=match[1])
    return say("write {written} for the month", written=f"{match[1]}-{value:02}") if value <= 12 else None


def _long(match: re.Match[str]) -> Message | None:
    """Return the month, the serial number of a spreadsheet or the seconds that a long number may be."""
    value = int(match[0])
    long = say("years of more than four digits begin with Y: Y{text}", text=match[0])
    if len(match[0]) == 6 and 1 <= value % 100 <= 12:
        return say(
            "write {written} for the month; {long}", written=f"{match[0][:4]}-{match[0][4:]}", long=long
        )
    day = _serial_day(value)
    if day is None:
        return None
    return say("write the day, {day}, if a program counts days or seconds so; {long}", day=day, long=long)


def _serial_day(value: int) -> str | None:
    if value in _SERIALS:
        return iso_day(_SPREADSHEET + value)
    # JavaScript counts in milliseconds, which have 13 digits since 2001.
    seconds = value // 1000 if value >= 10**12 else value
    return iso_day(seconds // _DAY_SECONDS) if seconds in _SECONDS else None


def _serial_with_time(match: re.Match[str]) -> Message | None:
    day = _serial_day(int(match[1]))
    return say("write the day, {day}, if a program counts days so", day=day) if day else None


_HINTS: Final[tuple[tuple[re.Pattern[str], _Hint], ...]] = tuple(
    (re.compile(pattern, re.ASCII), hint)
    for pattern, hint in (
        (r"-\d{1,3}", _filled(say("write 44 BCE, or -0043: 1 BCE is the year 0000"))),
        (r"0{1,3}", _filled(say("there is no year 0: before 1 CE is 1 BCE, which EDTF writes as 0000"))),
        (r"-?\d\d", _filled(say("a century is {text}XX, a year has four digits"))),
        (r"-?\d\d\d", _filled(say("a decade is {text}X, a year has four digits: 0{text}"))),
        (r"(\d{4})(\d\d)(\d\d)", _day),
        (r"(\d{4}):(\d\d):(\d\d)", _day),
        (
            r"(\d{4})(\d\d)(\d\d)T(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?P<zone>Z?)",
            _day,
        ),
        (
            r"-?\d{8}",
            lambda _: say("put hyphens between year, month and day: {written}", written="1985-04-12"),
        ),
        (r"\d{5,13}", _long),
        (r"-?\d{5,}", _filled(say("years of more than four digits begin with Y: Y{text}"))),
        (r"(\d{4})\.(\d{1,2})", _month),
        (r"(\d{5})\.\d+", _serial_with_time),
        (r"\d{1,2}:\d\d(:\d\d)?", _filled(say("a time of day needs its day: 2021-12-06T18:07"))),
        (r"\d{4}-\d(-\d\d?)?|\d{4}-\d\d-\d", _filled(say("months and days have two digits: 1985-04-02"))),
        (r".*(\?~|~\?)", _filled(say("uncertain and approximate together is %"))),
        (r".*\d[uU].*", _filled(say("an unspecified digit is a capital X"))),
        (r"y-?\d+", _filled(say("the Y before a long year is a capital letter"))),
        (
            r"(open|unknown)/.*|.*/(open|unknown)",
            _filled(say("an open end is .., an unknown end is left empty")),
        ),
    )
)
