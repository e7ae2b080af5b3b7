"""Headings of a timeline: as wide as what is known, ahead of what lies inside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from timeline_gen.collecting.timeline import EventSummary
from timeline_gen.dates.edtf import when
from timeline_gen.dates.order import sort_key
from timeline_gen.model.dates import DateKind
from timeline_gen.pages.parts.grouping import bucket_of, by_year, continuing, first_day, grouped


def face(edtf: str, name: str = "") -> EventSummary:
    """Return an event dated *edtf*."""
    date = when(edtf)
    key = sort_key(date, order=None, event=name or edtf)
    whole = {"contested": False, "corrected": False, "draft": False, "sort_key": key}
    return EventSummary(name or edtf, date, {"en": edtf}, {}, {}, "", 3, **whole)  # type: ignore[arg-type]


def in_order(*dates: str) -> list[EventSummary]:
    """Return events dated *dates*, in order."""
    return sorted((face(date) for date in dates), key=lambda one: one.sort_key)


@pytest.mark.parametrize(
    ("edtf", "heading"),
    [
        ("2019-10-06", "2019-10"),
        ("2019-10", "2019-10"),
        ("2019-10-06T18:07", "2019-10"),
        ("2019", "2019"),
        ("2019-22", "2019"),
        ("2010-24", "2010"),
        ("2019-33", "2019"),
        ("[2020-01..2020-04]", "2020"),
        ("[2016-10-02..2017-01-28]", "2016"),
        ("[2016,2017]", "201X"),
        ("2019-10-05/2019-11-02", "2019-10"),
        ("2019/2021", "2019"),
        ("../2010", "2010"),
        ("/2022-11-19", "2022-11"),
        ("2014/..", "2014"),
        ("201X", "201X"),
        ("19XX", "19XX"),
        ("[1667,1668]", "166X"),
        ("-0043", "-0043"),
        ("-0043-03-15", "-0043-03"),
        ("-004X", "-004X"),
        ("-01XX", "-01XX"),
        ("0000", "0000"),
        ("1XXX", ""),
        ("XXXX", ""),
        ("[..1984]", ""),
        ("Y170000002", "Y170000002"),
        ("Y-12000/Y-10500", "Y-12000"),
    ],
)
def test_heading(edtf: str, heading: str) -> None:
    """An event stands under the narrowest of month, year, decade and century that holds what is known."""
    bucket = bucket_of(when(edtf))

    assert bucket is not None
    assert bucket.edtf == heading


def test_no_heading_without_a_date() -> None:
    """An undated event stands under no heading."""
    assert bucket_of(replace(when("2019"), kind=DateKind.UNDATED)) is None


def test_wide_headings_come_first() -> None:
    """A century stands ahead of its decades, those ahead of their years, these ahead of their months."""
    events = in_order("1900-01-01", "1900", "190X", "19XX", "1900-01", "1901-05", "1900-22")

    found = [(bucket.edtf, [event.id for event in inside]) for bucket, inside in grouped(events)]

    assert found == [
        ("19XX", ["19XX"]),
        ("190X", ["190X"]),
        ("1900", ["1900", "1900-22"]),
        ("1900-01", ["1900-01", "1900-01-01"]),
        ("1901", []),
        ("1901-05", ["1901-05"]),
    ]


def test_years_of_a_long_timeline() -> None:
    """Split by year, each event stands in its year, and what is known less well in none."""
    years, wide = by_year(in_order("2019-10-06", "2019", "201X", "2020/2021"))

    assert {year: [event.id for event in inside] for year, inside in years.items()} == {
        "2019": ["2019", "2019-10-06"],
        "2020": ["2020/2021"],
    }
    assert [event.id for event in wide] == ["201X"]


def test_spans_go_on() -> None:
    """A span is repeated in each year that it reaches into, and in no other."""
    events = in_order("1914-07/1918-11", "1916/..", "1915-02/1915-03", "/1917", "1915")
    years = {year: first_day(year) for year in ("1914", "1915", "1918", "1919")}

    found = {year: [event.id for event in inside] for year, inside in continuing(events, years).items()}

    assert found == {
        "1915": ["1914-07/1918-11"],
        "1918": ["1914-07/1918-11", "1916/.."],
        "1919": ["1916/.."],
    }
