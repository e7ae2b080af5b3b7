"""The axis of a timeline: what it draws, and where its cells lead."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.collecting.chronicle import Chronicle
from timeline_gen.dates.days import day_number
from timeline_gen.dates.edtf import when
from timeline_gen.model import Edge, Era, Kind, Settings
from timeline_gen.planning.axis import FEW, NARROW, axis_of
from timeline_gen.planning.pages import Mark
from timeline_gen.planning.parts import AxisView
from timeline_gen.planning.site import Site, make_site
from timeline_gen.text.languages import language


def site() -> Site:
    """Return a site in Arabic and English without content."""
    given = Settings({"en": "x", "ar": "x"}, "https://example.org/", (language("ar"), language("en")))
    return make_site(given, Chronicle((), (), (), (), frozenset()))[0]


def mark(edtf: str, importance: int = 3) -> Mark:
    """Return the event at *edtf* as an axis draws it."""
    date = when(edtf)
    span = date.kind is Kind.SPAN
    return Mark(date.lo, date.hi, span, importance, span and date.end.edge is Edge.OPEN)


def drawn(*dates: str, lang: str = "en", doors: tuple[tuple[int, str], ...] = ()) -> AxisView:
    """Return the axis of events at *dates*."""
    axis = axis_of([mark(date) for date in dates], doors, (), lang, site())
    assert axis
    return axis


def test_too_little() -> None:
    """One event, or none with a date, needs no axis."""
    assert axis_of([mark("2019")], (), (), "en", site()) is None
    assert axis_of([Mark(None, None, False, 3, False)] * 2, (), (), "en", site()) is None


def test_mirrored() -> None:
    """In Arabic time runs from right to left."""
    english, arabic = drawn("2017-01-01", "2020-12-31"), drawn("2017-01-01", "2020-12-31", lang="ar")

    assert [cell.label for cell in english.cells] == ["2017", "2018", "2019", "2020"]
    assert [cell.left for cell in english.cells] == sorted(cell.left for cell in english.cells)
    assert [round(100 - one.left - one.width, 1) for one in arabic.cells] == [
        round(one.left, 1) for one in english.cells
    ]


def test_precision() -> None:
    """What is known to the year is a bar with soft ends as wide as the year; a day is a dot."""
    axis = drawn("2017", "2019-05-05", "2018-01/2018-06", "2020/..", "../2020-02")

    assert [(bar.soft, round(bar.width)) for bar in axis.bars] == [("right", 25), ("both", 25), ("", 12)]
    assert len(axis.dots) == 2
    assert axis.density == ""


def test_many() -> None:
    """Of many events the axis shows how dense they are, and those of importance."""
    marks = [mark(f"{1900 + number}-05-05", 5 if number == 7 else 3) for number in range(FEW + 1)]

    axis = axis_of(marks, (), (), "en", site())

    assert axis
    assert axis.density.startswith("M0 100V")
    assert [dot.importance for dot in axis.dots] == [5]


def test_any_years() -> None:
    """However far apart its events are, an axis has few cells."""
    axis = drawn("Y-999999999999999999E18", "Y999999999999999999E18")

    assert 1 < len(axis.cells) <= NARROW


def test_doors() -> None:
    """A cell leads to the first place within it, and nowhere if there is none."""
    doors = ((day_number(2017), "#y2017"), (day_number(2019, 10), "#y2019-10"), (day_number(2019, 11), "#z"))
    axis = drawn("2017-03", "2020-03", doors=doors)

    assert [cell.href for cell in axis.cells] == ["#y2017", "", "#y2019-10", ""]


def test_months() -> None:
    """Few years are divided into months, where there is room for their names."""
    axis = drawn("2019-03-01", "2019-10-04")

    assert [cell.label for cell in axis.cells] == ["2019"]
    assert [cell.label for cell in axis.fine_cells][:3] == ["Jan", "Feb", "Mar"]


def test_eras() -> None:
    """Eras lie behind the events as far as these reach."""
    era = Era("war", {"en": "War"}, when("2010/2018"))
    axis = axis_of([mark("2017-01-01"), mark("2020-12-31")], (), (era,), "en", site())

    assert axis
    assert [(band.left, round(band.width), band.name.text) for band in axis.bands] == [(0.0, 50, "War")]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_rows_of_eras(lang: str) -> None:
    """Eras that follow one another lie in one row, whichever way time runs; an overlapping one lies below."""
    spans = ("2010/2012", "2013/2014", "2014-06/2016", "2017/2019")
    eras = [Era(span, {lang: span}, when(span)) for span in spans]
    axis = axis_of([mark("2010-01-01"), mark("2020-12-31")], (), eras, lang, site())

    assert axis
    assert [band.row for band in axis.bands] == [0, 0, 1, 0]


@settings(max_examples=80, deadline=None)
@given(st.integers(-4000, 2500), st.integers(0, 6000), st.sampled_from(["ar", "en"]))
def test_cells(first: int, years: int, lang: str) -> None:
    """Cells lie side by side over the whole span, each wide enough for a finger on a phone."""
    days = [Mark(day_number(year), day_number(year), False, 3, False) for year in (first, first + years)]
    axis = axis_of(days, (), (), lang, site())

    assert axis
    assert 1 <= len(axis.cells) <= NARROW
    assert all(cell.width * 2.88 >= 24 for cell in axis.cells)
    for cells in (axis.cells, axis.fine_cells):
        assert abs(sum(cell.width for cell in cells) - 100) < 0.5
        assert len(cells) <= 24
