"""The axis of a timeline: what it draws, what it names, and where it leads."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.collecting.timeline import Timeline
from timeline_gen.dates.days import civil, day_number, iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.model.dates import DateKind, Edge
from timeline_gen.model.entities import Era
from timeline_gen.model.settings import Settings
from timeline_gen.pages.axis.axis import FEW, SHOWN, AxisLink, Mark, axis_of
from timeline_gen.pages.site import SiteContext, make_site
from timeline_gen.pages.view_models.dates import date_view
from timeline_gen.rendering.axis_views import AxisView
from timeline_gen.rendering.view_models import EraView
from timeline_gen.text.languages import language


def site() -> SiteContext:
    """Return a site in Arabic and English without content."""
    given = Settings({"en": "x", "ar": "x"}, "https://example.org/", (language("ar"), language("en")))
    return make_site(given, Timeline((), (), (), (), frozenset()))[0].context


def mark(edtf: str, importance: int = 3, title: str = "An event") -> Mark:
    """Return the event at *edtf* as an axis draws it."""
    date = when(edtf)
    span = date.kind is DateKind.SPAN
    going_on = span and date.end.edge is Edge.OPEN
    return Mark(date.lo, date.hi, span, importance, going_on, edtf, {"en": title, "ar": title})


def era(edtf: str, name: str, lang: str = "en") -> EraView:
    """Return the era called *name*."""
    date, context = when(edtf), site()
    shown = date_view(date, context.languages[lang], context)
    words = context.words(Era(name, {lang: name}, date).names, lang)
    return EraView(name, words, shown, None, date.lo, date.hi, f"#era-{name}")


def drawn(*dates: str, lang: str = "en", links: tuple[AxisLink, ...] = ()) -> AxisView:
    """Return the axis of events at *dates*."""
    axis = axis_of([mark(date) for date in dates], links, (), lang, site())
    assert axis
    return axis


def test_too_little() -> None:
    """One event, or none with a date, needs no axis."""
    assert axis_of([mark("2019")], (), (), "en", site()) is None
    assert axis_of([Mark(None, None, False, 3, False)] * 2, (), (), "en", site()) is None


def test_mirrored() -> None:
    """In Arabic time runs from right to left."""
    english, arabic = drawn("2017-01-01", "2020-12-31"), drawn("2017-01-01", "2020-12-31", lang="ar")

    assert {"2017", "2018", "2019", "2020"} <= {tick.label for tick in english.fine_ticks}
    assert [tick.left for tick in english.fine_ticks] == sorted(tick.left for tick in english.fine_ticks)
    places = {tick.label: tick.left for tick in english.fine_ticks}
    assert {tick.label: round(100 - tick.left, 1) for tick in arabic.fine_ticks if tick.label in places} == {
        str(year): round(places[str(year)], 1) for year in range(2017, 2021)
    }


def test_precision() -> None:
    """What is known to the year is a bar with soft ends as wide as the year; a day is a dot."""
    axis = drawn("2017", "2019-05-05", "2018-01/2018-06", "2020/..", "../2020-02")

    bars = [(one.soft, round(one.width)) for one in axis.marks if one.width]
    assert bars == [("both", 25), ("", 12), ("right", 25)]
    assert sum(not one.width for one in axis.marks) == 2
    assert axis.density == ""


def test_many() -> None:
    """Of many events the axis shows how dense they are, and the most important."""
    marks = [mark(f"{1900 + number}-05-05", 5 if number == 7 else 3) for number in range(FEW + 1)]

    axis = axis_of(marks, (), (), "en", site())

    assert axis
    assert axis.density.startswith("M0 100V")
    assert axis.weighty.count("V100H") > axis.density.count("V100H")
    assert len(axis.marks) == SHOWN
    assert [one.importance for one in axis.marks].count(5) == 1


def test_any_years() -> None:
    """However far apart its events are, an axis has few ticks."""
    axis = drawn("Y-999999999999999999E18", "Y999999999999999999E18")

    assert 1 <= len(axis.fine_ticks) <= 20


def test_links() -> None:
    """A tick leads to the first place between it and the next, and nowhere if there is none."""
    links = ((day_number(2017), "#y2017"), (day_number(2019, 10), "#y2019-10"), (day_number(2019, 11), "#z"))
    axis = drawn("2017-03", "2020-03", links=links)

    leads = {tick.href: tick.label for tick in axis.fine_ticks}
    assert leads.keys() == {"#y2017", "#y2019-10", ""}
    assert leads["#y2019-10"] == "Oct"


@pytest.mark.parametrize(
    ("dates", "lo", "hi", "first", "last"),
    [
        (("2022-06-21", "2023-09-01"), "2022-01-01", "2023-12-31", "2022", "2023"),
        (("2022-11-21", "2023-06-01"), "2022-11-01", "2023-06-30", "Nov 2022", "Jun 2023"),
        (("2022-02-21", "2022-12-18"), "2022-01-01", "2022-12-31", "2022", "2022"),
        (("2022-11-05", "2022-12-18"), "2022-11-01", "2022-12-31", "Nov 2022", "Dec 2022"),
        (("2022-12-30", "2023-02-14"), "2022-12-01", "2023-02-28", "Dec 2022", "Feb 2023"),
        (("2022-11-21", "2022-11-30"), "2022-11-21", "2022-11-30", "21 Nov 2022", "30 Nov 2022"),
        (("2022-11-21", "2022-11-21"), "2022-11-18", "2022-11-24", "18 Nov 2022", "24 Nov 2022"),
        (("-0002-12-31", "0001-01-01"), "-0002-01-01", "0001-12-31", "3 BCE", "1 CE"),
        (("2022", "2022-03"), "2022-01-01", "2022-12-31", "2022", "2022"),
    ],
)
def test_short_spans(dates: tuple[str, str], lo: str, hi: str, first: str, last: str) -> None:
    """Events of some weeks or days take the axis, and not a corner of a whole year."""
    axis = drawn(*dates)

    assert (iso_day(axis.lo), iso_day(axis.hi), axis.first, axis.last) == (lo, hi, first, last)


def test_days() -> None:
    """A week has a tick for each day where there is room, and some days are left out where there is not."""
    axis = drawn("2022-11-28", "2022-12-04")

    assert [tick.label for tick in axis.fine_ticks][:4] == ["28 Nov", "29 Nov", "30 Nov", "1 Dec"]
    assert len(axis.fine_ticks) == 7
    assert 1 < len(axis.ticks) < 7
    arabic = drawn("2022-11-28", "2022-12-04", lang="ar")
    assert arabic.fine_ticks[0].label == "28 نوفمبر"


def test_months() -> None:
    """Few years are divided into months, where there is room for their names."""
    axis = drawn("2019-03-01", "2019-10-04")

    assert len(axis.ticks) < len(axis.fine_ticks)
    assert [tick.label for tick in axis.fine_ticks if tick.anchor == "middle"][:3] == ["Feb", "Mar", "Apr"]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (("-1762", "-1203"), {"1700 BCE", "1500 BCE", "1300 BCE"}),
        (("-0030", "0040"), {"20 BCE", "20 CE"}),
        (("1799", "2024"), {"1800", "1900", "2000"}),
    ],
)
def test_round(dates: tuple[str, str], labels: set[str]) -> None:
    """Ticks are round as readers count years, before our era too."""
    assert labels <= {tick.label for tick in drawn(*dates).fine_ticks}


def test_eras() -> None:
    """Eras are over the events as far as these reach, and lead to their chapters."""
    axis = axis_of([mark("2017-01-01"), mark("2020-12-31")], (), [era("2010/2018", "War")], "en", site())

    assert axis
    assert [(one.left, round(one.width), one.name.text, one.href) for one in axis.bands] == [
        (0.0, 50, "War", "#era-War")
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_rows_of_eras(lang: str) -> None:
    """Eras that follow one another lie in one row, whichever way time runs; an overlapping one lies below."""
    spans = ("2010/2012", "2013/2014", "2014-06/2016", "2017/2019")
    eras = [era(span, span, lang) for span in spans]
    axis = axis_of([mark("2010-01-01"), mark("2020-12-31")], (), eras, lang, site())

    assert axis
    assert [band.row for band in axis.bands] == [0, 0, 1, 0]


OUTLIERS = {
    "one long ago": ("-1870",),
    "one to come": ("2999",),
    "several, far apart": ("-3000", "-2000", "-1000", "0001", "1000"),
    "both ends": ("-0700", "3100"),
}


@pytest.mark.parametrize("outliers", OUTLIERS.values(), ids=OUTLIERS.keys())
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_outliers(outliers: tuple[str, ...], lang: str) -> None:
    """Events far from all others do not squeeze these: nine tenths have three fifths of the width."""
    dates = [f"{1800 + number * 220 // 59}-05-05" for number in range(60)]
    places = sorted(one.left + one.width / 2 for one in drawn(*outliers, *dates, lang=lang).marks)

    size = -(-9 * len(places) // 10)
    assert min(last - first for first, last in zip(places, places[size - 1 :], strict=False)) >= 60
    assert drawn(*outliers, *dates, lang=lang).folds


def test_an_island_has_its_year() -> None:
    """An event beyond a fold is not without a year."""
    axis = drawn("-1869", *(f"{year}" for year in range(1850, 1880)))

    assert len(axis.folds) == 1
    assert "1870 BCE" in {tick.label for tick in (*axis.ticks,)}


@pytest.mark.parametrize("dates", [("2017", "2019", "2022"), tuple(f"{year}" for year in range(1900, 1960))])
def test_nothing_to_fold(dates: tuple[str, ...]) -> None:
    """Where events are spread, time runs evenly."""
    assert drawn(*dates).folds == ()


def edges(at: float, size: float, anchor: str, width: float) -> tuple[float, float]:
    """Return where a label is on an axis of this *width*, from the side on which time begins."""
    left = at * width - {"middle": size / 2, "start": 0.0, "end": size}[anchor]
    return left, left + size


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(-4000, 2500), min_size=2, max_size=40),
    st.sampled_from(["ar", "en"]),
    st.integers(18, 90),
)
def test_ticks_never_overlap(years: list[int], lang: str, width: int) -> None:
    """At any width, of whatever years, the labels of ticks are apart, and inside the axis."""
    days = [Mark(day_number(year), day_number(year), False, 3, False) for year in years]
    axis = axis_of(days, (), (), lang, site())

    assert axis
    ticks = axis.ticks if width < 44 else axis.fine_ticks
    places = [1 - tick.left / 100 if lang == "ar" else tick.left / 100 for tick in ticks]
    spots = [edges(at, tick.size, tick.anchor, width) for at, tick in zip(places, ticks, strict=True)]
    assert ticks
    assert all(before[1] < after[0] for before, after in pairwise(spots))
    assert all(left > -0.01 and right < width + 0.01 for left, right in spots)
    if max(years) > min(years):
        assert civil(axis.lo)[0] == min(years)
