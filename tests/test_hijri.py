"""The Hijri calendar: Umm al-Qura where it is published, the tabular one elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.dates.calendars.hijri import hijri_civil, hijri_day_number, hijri_month_length
from timeline_gen.dates.days import day_number, iso_day


@pytest.mark.parametrize(
    ("hijri", "day"),
    [
        ((1443, 3, 12), "2021-10-18"),
        ((1400, 1, 1), "1979-11-20"),
        ((1445, 1, 1), "2023-07-19"),
        ((1343, 1, 1), "1924-08-01"),
        ((1500, 12, 30), "2077-11-16"),
        ((1, 1, 1), "0622-07-19"),
        ((61, 1, 10), "0680-10-13"),
    ],
)
def test_known_days(hijri: tuple[int, int, int], day: str) -> None:
    """Days that newspapers and histories tell, on both sides of the published calendar."""
    assert iso_day(hijri_day_number(*hijri)) == day


@given(st.integers(day_number(300), day_number(3000)))
@settings(max_examples=500, deadline=None)
def test_every_day_is_found_again(number: int) -> None:
    """Both ways lead to the same day, and only the tabular calendar is approximate."""
    day = hijri_civil(number)

    assert hijri_day_number(day.year, day.month, day.day) == number
    assert day.approximate == (not 1343 <= day.year <= 1500)
    assert 1 <= day.day <= hijri_month_length(day.year, day.month)


@pytest.mark.parametrize("hijri", [(1443, 13, 1), (1443, 0, 1), (1443, 3, 31), (1443, 3, 0), (100, 2, 30)])
def test_days_that_do_not_exist_are_refused(hijri: tuple[int, int, int]) -> None:
    """A month has 29 or 30 days, a year twelve months."""
    with pytest.raises(ValueError, match="there is no day"):
        hijri_day_number(*hijri)
