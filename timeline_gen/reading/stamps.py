"""Days and times of publication: ISO 8601, a day, or a day with time and offset."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from timeline_gen.model import Stamp
from timeline_gen.text.digits import to_latin

_FORM: Final = re.compile(
    r"""
    (?P<day> \d{4}-\d\d-\d\d )                     # 2021-12-06
    (?: [T\ ] (?P<time> \d\d:\d\d (?: :\d\d )? )   # T09:30, T09:30:15
        \ ? (?P<offset> Z | [+-]\d\d:?\d\d )? )?   # +03:00
    """,
    re.VERBOSE,
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY: Final = 86_400


def read_stamp(text: str) -> Stamp:
    """Read *text*, a day or a day with time and offset (ISO 8601); raise ValueError saying what is wrong."""
    found = _FORM.fullmatch(to_latin(text).strip())
    if not found:
        raise ValueError("it is neither a day nor a day with time and offset")
    day, time, offset = found.group("day", "time", "offset")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError("there is no such day in the calendar") from None
    number = on.toordinal() - _EPOCH
    if not time:
        return Stamp(day, number, number * _SECONDS_A_DAY)
    if not offset:
        raise ValueError("a time of day needs its offset from UTC")
    return _with_time(f"{day}T{time}{offset}", number)


def _with_time(text: str, day: int) -> Stamp:
    """Return the stamp of *text*, a day with time and offset; *day* is the author's, wherever UTC is."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such time of day or offset") from None
    second = int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return Stamp(moment.isoformat(), day, second)
