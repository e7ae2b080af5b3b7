"""Days and times of publication."""

from __future__ import annotations

import pytest

from timeline_gen.model.events import Stamp
from timeline_gen.reading.stamps import read_stamp

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("1970-01-01", Stamp("1970-01-01", 0, 0)),
        ("2021-12-06", Stamp("2021-12-06", 18967, 18967 * DAY)),
        ("٢٠٢١-١٢-٠٦", Stamp("2021-12-06", 18967, 18967 * DAY)),
        (" 2021-12-06 ", Stamp("2021-12-06", 18967, 18967 * DAY)),
        ("1969-12-31T23:00Z", Stamp("1969-12-31T23:00:00+00:00", -1, -3600)),
        ("2021-12-06T01:30+03:00", Stamp("2021-12-06T01:30:00+03:00", 18967, 18966 * DAY + 81_000)),
        ("2021-12-06 01:30:05 +0300", Stamp("2021-12-06T01:30:05+03:00", 18967, 18966 * DAY + 81_005)),
    ],
)
def test_stamps(text: str, stamp: Stamp) -> None:
    """A day is the author's own, wherever UTC is by then; its second is everyone's."""
    assert read_stamp(text) == stamp


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "neither a day"),
        ("2021", "neither a day"),
        ("6 December 2021", "neither a day"),
        ("2021-02-29", "no such day"),
        ("2021-13-01", "no such day"),
        ("0000-01-01", "no such day"),
        ("2021-12-06T09:30", "offset"),
        ("2021-12-06T25:00Z", "no such time"),
        ("2021-12-06T09:30+29:00", "no such time"),
    ],
)
def test_what_is_no_stamp(text: str, why: str) -> None:
    """What is no day, or half a time, is refused with the reason."""
    with pytest.raises(ValueError, match=why):
        read_stamp(text)
