"""When something was published or changed, as machines write it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from timeline_gen.dates.days import civil
from timeline_gen.model.events import Stamp

# An entry of Atom must have a moment at which it was updated (RFC 4287, 4.1.2).
NEVER: Final = "1970-01-01T00:00:00Z"
_DAY: Final = 86_400


def date_time(stamp: Stamp | None) -> str:
    """Return *stamp* as an RFC 3339 date-time; a day means its first second in UTC."""
    if stamp is None:
        return NEVER
    return stamp.text if "T" in stamp.text else f"{stamp.text}T00:00:00Z"


def utc_date_time(stamp: Stamp | None) -> str:
    """Return *stamp* as iCalendar writes a moment in UTC, ``20211206T000000Z`` (RFC 5545, 3.3.5, form 2).

    Without a stamp the text is empty.
    """
    if stamp is None:
        return ""
    days, seconds = divmod(stamp.second, _DAY)
    year, month, day = civil(days)
    hour, rest = divmod(seconds, 3600)
    return f"{year:04}{month:02}{day:02}T{hour:02}{rest // 60:02}{rest % 60:02}Z"


def newest_day(stamps: Iterable[Stamp | None]) -> str:
    """Return the newest day of *stamps*, ISO 8601, or an empty text."""
    known = (stamp for stamp in stamps if stamp)
    newest = max(known, key=lambda stamp: (stamp.second, stamp.text), default=None)
    return newest.text[:10] if newest else ""
