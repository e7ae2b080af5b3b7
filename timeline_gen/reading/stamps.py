"""Days and times of publication: ISO 8601, a day, or a day with a time, whose offset may be the site's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from timeline_gen.messages import say
from timeline_gen.model.events import Stamp
from timeline_gen.text.digits import to_latin
from timeline_gen.text.zones import in_zone

_FORM: Final = re.compile(
    r"""
    (?P<day> \d{4}-\d\d-\d\d )                     # 2021-12-06
    (?: [T\ ] (?P<time> \d\d:\d\d (?: :\d\d )? )   # T09:30, T09:30:15
        (?: [.,] \d+ )?                           # .000, which editors add
        \ ? (?P<offset> Z | [+-]\d\d:?\d\d )? )?   # +03:00
    """,
    re.VERBOSE,
)
_EPOCH: Final = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY: Final = 86_400


def read_stamp(text: str, zone: str = "") -> Stamp:
    """Read *text*, a day or a day with time and offset (ISO 8601); raise ValueError saying what is wrong.

    A time without an offset is that of the time zone *zone*, where one is given. Fractions of a second are
    dropped.
    """
    found = _FORM.fullmatch(to_latin(text).strip())
    if not found:
        raise ValueError(say("it is neither a day nor a day with time and offset"))
    day, time, offset = found.group("day", "time", "offset")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError(say("there is no such day in the calendar")) from None
    number = on.toordinal() - _EPOCH
    if not time:
        return Stamp(day, number, number * _SECONDS_A_DAY)
    if not offset and not zone:
        raise ValueError(say("a time of day needs its offset from UTC, or the site a 'timezone:'"))
    return _with_time(f"{day}T{time}{offset or ''}", number, zone)


def midnight(stamp: Stamp, zone: str) -> Stamp:
    """Return the moment at which the day of *stamp* begins in the time zone *zone*."""
    return _with_time(f"{stamp.text}T00:00", stamp.day, zone)


def _with_time(text: str, day: int, zone: str) -> Stamp:
    """Return the stamp of *text*, a day with time and offset, or with a time in *zone*.

    *day* is the author's, wherever UTC is.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(say("there is no such time of day or offset")) from None
    if moment.tzinfo is None:
        moment = in_zone(moment, zone)
    try:
        in_utc = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(say("in UTC it lies outside the years 1 to 9999")) from None
    second = int((in_utc - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return Stamp(moment.isoformat(), day, second)
