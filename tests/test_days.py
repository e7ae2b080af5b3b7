"""Days as integers agree with ``datetime`` wherever it reaches, and are exact beyond."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.dates.calendars.julian import julian_civil, julian_day_number
from timeline_gen.dates.days import civil, day_number, iso_day, month_length, parse_iso_day, weekday

UNIX = date(1970, 1, 1).toordinal()
FAR = st.integers(-(10**14), 10**14)


def test_days_that_datetime_knows_have_the_same_numbers() -> None:
    """The days at both ends and in the middle of each month of the years 1 to 9999 are as in ``datetime``."""
    ordinal = date.min.toordinal()
    for year in range(1, 10_000):
        for month in range(1, 13):
            first = ordinal - UNIX
            for day in (1, 2, 15, month_length(year, month) - 1, month_length(year, month)):
                number = day_number(year, month, day)
                assert number == first + day - 1
                assert civil(number) == (year, month, day)
            ordinal += month_length(year, month)

    assert ordinal == date.max.toordinal() + 1


def test_month_lengths_agree_with_datetime() -> None:
    """The first of each month follows the last of the month before."""
    for year in (1, 4, 100, 400, 1900, 2000, 2023, 2024, 9998):
        for month in range(1, 12):
            first, following = date(year, month, 1), date(year, month + 1, 1)

            assert month_length(year, month) == (following - first).days


@pytest.mark.parametrize("year", [170_000_002, -170_000_002, 10**12, -(10**12), 0, -1, 10_000])
def test_years_of_any_size_are_exact(year: int) -> None:
    """Deep time keeps its days: the year after begins 365 or 366 days later."""
    start, after = day_number(year), day_number(year + 1)

    assert civil(start) == (year, 1, 1)
    assert civil(after - 1) == (year, 12, 31)
    assert after - start == (366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365)


@given(FAR)
@settings(max_examples=300, deadline=None)
def test_a_day_is_found_again_in_both_calendars(number: int) -> None:
    """Day numbers, Gregorian and Julian dates are each other's inverse."""
    assert day_number(*civil(number)) == number
    assert julian_day_number(*julian_civil(number)) == number
    assert parse_iso_day(iso_day(number)) == number


@given(FAR)
@settings(max_examples=100, deadline=None)
def test_days_follow_each_other(number: int) -> None:
    """The next number is the next day of the calendar, and of the week."""
    year, month, day = civil(number)
    following = civil(number + 1)

    assert following in ((year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1))
    assert weekday(number + 1) == (weekday(number) + 1) % 7


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1582, 10, 5), (1582, 10, 15)),
        ((1917, 10, 25), (1917, 11, 7)),
        ((622, 7, 16), (622, 7, 19)),
        ((-43, 3, 15), (-43, 3, 13)),
        ((1900, 2, 29), (1900, 3, 13)),
    ],
)
def test_julian_days_are_those_of_history(julian: tuple[int, ...], gregorian: tuple[int, ...]) -> None:
    """The October Revolution began on 25 October in Russia, on 7 November elsewhere."""
    assert julian_day_number(*julian) == day_number(*gregorian)


def test_weekdays_count_from_monday() -> None:
    """6 December 2021 was a Monday."""
    assert weekday(day_number(2021, 12, 6)) == 0
    assert weekday(day_number(2021, 12, 5)) == 6


@pytest.mark.parametrize("text", ["2021-02-30", "2021-13-01", "2021-1-1", "x", "", "2021-12-06T18:07"])
def test_what_is_no_iso_day_is_refused(text: str) -> None:
    """Only whole days of the calendar are read."""
    with pytest.raises(ValueError, match="is not"):
        parse_iso_day(text)
