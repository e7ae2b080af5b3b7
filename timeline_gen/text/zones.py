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


@cache
def zone_names() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset((files(tzdata) / "zones").read_text("utf-8").split())


def in_zone(local: datetime, name: str) -> datetime:
    """Return the moment that clocks in the zone *name* show as *local*, with its offset from UTC.

    Raises ``ValueError`` where clocks skipped that time, or showed it twice.
    """
    zone = _zone(name)
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None:
        raise ValueError(f"the zone {name} has no offset then")
    if first > second:
        raise ValueError(
            f"clocks in {name} showed this time twice on that day, so that it needs its offset from UTC"
        )
    if first < second:
        raise ValueError(f"clocks in {name} skipped this time on that day")
    return datetime.fromisoformat(local.replace(tzinfo=zone).isoformat())


@cache
def _zone(name: str) -> ZoneInfo:
    data = files(tzdata).joinpath("zoneinfo", *name.split("/")).read_bytes()
    return ZoneInfo.from_file(io.BytesIO(data), name)
