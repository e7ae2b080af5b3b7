"""Time zones by the names of IANA's database (``Asia/Qatar``): the only module that imports tzdata.

The rules come from the package tzdata and never from the machine, so that the same content gives the same
bytes everywhere.
"""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import tzdata

from timeline_gen.messages import say
from timeline_gen.text.suggestions import nearest


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset((files(tzdata) / "zones").read_text("utf-8").split())


def near_zone(name: str) -> str:
    """Return the zone whose city is most like that of *name*, which is no zone; empty where none is.

    Of the rest of a name little follows: Asia/Doha is more like Asia/Dhaka than like Asia/Qatar.
    """
    cities = {zone.rpartition("/")[2]: zone for zone in sorted(zone_names()) if _has_a_city(zone)}
    return cities.get(nearest(name.rpartition("/")[2], cities), "")


def _has_a_city(zone: str) -> bool:
    # In Etc/GMT+3 the sign is turned round (POSIX): an author of GMT+3 means the other side of the Earth.
    return "/" in zone and not zone.startswith("Etc/")


def in_zone(local: datetime, name: str) -> datetime:
    """Return the moment that clocks in the zone *name* show as *local*, with its offset from UTC.

    Raises ``ValueError`` where clocks skipped that time, or showed it twice.
    """
    zone = _zone(name)
    # PEP 495: the offsets of the two folds differ only where clocks were moved; back, if the first is larger.
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None:
        raise ValueError(say("the zone {name} has no offset then", name=name))
    if first > second:
        raise ValueError(
            say(
                "clocks in {name} showed this time twice on that day, so that it needs its offset from UTC",
                name=name,
            )
        )
    if first < second:
        raise ValueError(say("clocks in {name} skipped this time on that day", name=name))
    return datetime.fromisoformat(local.replace(tzinfo=zone).isoformat())


@cache
def _zone(name: str) -> ZoneInfo:
    data = files(tzdata).joinpath("zoneinfo", *name.split("/")).read_bytes()
    return ZoneInfo.from_file(io.BytesIO(data), name)
