"""The layout of an axis: the build and a browser work out one table (``docs/axis.md``)."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from timeline_gen.pages.axis.labels import (
    GAP,
    NARROW,
    WIDE,
    Placed,
    Wanted,
    broken,
    extended,
    place,
    room,
    shortened,
    stacked,
    text_size,
)
from timeline_gen.pages.axis.names import TitledMark, names_in_a_line
from timeline_gen.pages.axis.scale import Scale
from timeline_gen.pages.axis.ticks import rounds, years_from
from timeline_gen.pages.parts.highlights import spread

TABLE: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "data" / "axis_layout.json").read_text("utf-8")
)
SCRIPT = Path(__file__).parents[1] / "themes" / "almanac" / "static" / "axis-layout.js"


def placed_by(case: dict[str, Any]) -> list[Placed]:
    """Return where the labels of *case* are placed."""
    labels = [Wanted(*label) for label in case["labels"]]
    return place(labels, case["rows"], case["widths"], case["ranks"], stems=case["stems"])


def extended_by(case: dict[str, Any]) -> dict[int, float]:
    """Return which labels of *case* have room for more where they are placed, and from which width on."""
    labels = [Wanted(*label) for label in case["labels"]]
    return extended(labels, case["sizes"], place(labels, 3, case["widths"]), case["widths"])


def test_build() -> None:
    """The build works out the table."""
    for case in TABLE["scale"]:
        scale = Scale(case["lo"], case["hi"], mirrored=False, folds=tuple(map(tuple, case["folds"])))
        assert [[day, round(scale.along(day), 6)] for day, _ in case["along"]] == case["along"]
    for case in TABLE["place"]:
        assert [list(one) for one in placed_by(case)] == case["placed"]
    for case in TABLE["extended"]:
        assert [list(item) for item in extended_by(case).items()] == case["extended"]
    for case in TABLE["stacked"]:
        assert stacked(case["places"], case["width"], case["size"], case["most"]) == case["levels"]
    for case in TABLE["years"]:
        found = islice(years_from(case["first"], case["step"]), len(case["years"]))
        assert list(found) == case["years"]
    for case in TABLE["broken"]:
        assert list(broken(case["text"], case["most"], len)) == case["lines"]
    for case in TABLE["room"]:
        assert room(case["marks"], case["size"], case["width"]) == case["behind"]
    for case in TABLE["round"]:
        assert next(number for number in rounds() if number >= case["least"]) == case["step"]


@pytest.mark.browser
def test_browser(browser: Browser) -> None:
    """A browser works out the same table."""
    page = browser.new_page()
    page.add_script_tag(path=str(SCRIPT))

    found = page.evaluate(
        """table => {
            const layout = window.axisLayout, round = value => Math.round(value * 1e6) / 1e6;
            return {
                scale: table.scale.map(one => {
                    const scale = layout.scale(one.lo, one.hi, one.folds);
                    return one.along.map(([day]) => [day, round(scale.along(day))]);
                }),
                back: table.scale.every(one => {
                    const scale = layout.scale(one.lo, one.hi, one.folds);
                    return one.along.every(([day]) => Math.abs(scale.dayAt(scale.along(day)) - day) < 0.01);
                }),
                place: table.place.map(one =>
                    layout.place(one.labels, one.rows, one.widths, one.stems, one.ranks.length && one.ranks)
                        .map(spot => [spot.number, spot.row, spot.anchor, spot.width])),
                extended: table.extended.map(one => {
                    const placed = layout.place(one.labels, 3, one.widths, true);
                    return layout.extended(one.labels, one.sizes, placed, one.widths);
                }),
                stacked: table.stacked.map(one => layout.stacked(one.places, one.width, one.size, one.most)),
                broken: table.broken.map(one => layout.broken(one.text, one.most, text => text.length)),
                room: table.room.map(one => layout.room(one.marks, one.size, one.width)),
                years: table.years.map(one => layout.years(one.first, one.last, one.step)),
                round: table.round.map(one => layout.round(one.least)),
            };
        }""",
        TABLE,
    )

    assert found["scale"] == [case["along"] for case in TABLE["scale"]]
    assert found["back"]
    assert found["place"] == [case["placed"] for case in TABLE["place"]]
    assert found["extended"] == [case["extended"] for case in TABLE["extended"]]
    assert found["stacked"] == [case["levels"] for case in TABLE["stacked"]]
    assert found["broken"] == [case["lines"] for case in TABLE["broken"]]
    assert found["room"] == [case["behind"] for case in TABLE["room"]]
    assert found["years"] == [case["years"] for case in TABLE["years"]]
    assert found["round"] == [case["step"] for case in TABLE["round"]]


LABELS = st.lists(st.tuples(st.floats(0, 1), st.floats(1, 11)), max_size=30)


@settings(max_examples=60, deadline=None)
@given(LABELS, st.integers(18, 120))
def test_apart_at_any_width(labels: list[tuple[float, float]], width: int) -> None:
    """At every width the names that are shown there are apart and inside, and cross no stem of another."""
    wanted = [Wanted(*label) for label in labels]
    shown = [one for one in place(wanted, 3, (*NARROW, *WIDE)) if one.width <= width]

    assert_apart(shown, wanted, width)


@settings(max_examples=60, deadline=None)
@given(LABELS, st.data(), st.integers(44, 120))
def test_whole_names_are_apart(labels: list[tuple[float, float]], data: st.DataObject, width: int) -> None:
    """At every width names are apart where those that have room for more are longer."""
    wanted = [Wanted(*label) for label in labels]
    sizes = [size + data.draw(st.floats(0, 12)) for _, size in labels]
    placed = place(wanted, 3, WIDE)
    whole = extended(wanted, sizes, placed)
    now = [
        label._replace(size=sizes[number]) if whole.get(number, 1000) <= width else label
        for number, label in enumerate(wanted)
    ]

    assert_apart([spot for spot in placed if spot.width <= width], now, width)


def assert_apart(shown: list[Placed], wanted: list[Wanted], width: int) -> None:
    """Hold the labels that are *shown* at *width* to be apart and inside, and off the stems of others."""
    spans = {one: edges(one, wanted, width) for one in shown}
    assert all(left > -1e-6 and right < width + 1e-6 for left, right in spans.values())
    for one in shown:
        for other in shown:
            if one == other:
                continue
            left, right = spans[one]
            if one.row == other.row:
                assert right + GAP <= spans[other][0] + 1e-6 or spans[other][1] + GAP <= left + 1e-6
            elif one.row < other.row:
                at = wanted[other.number].at * width
                assert at < left or at > right


def edges(spot: Placed, labels: list[Wanted], width: float) -> tuple[float, float]:
    """Return where *spot* begins and ends."""
    at, size = labels[spot.number]
    left = at * width - {"middle": size / 2, "start": 0.0, "end": size}[spot.anchor]
    return left, left + size


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("The war", "The war"),
        ("Bonaparte’s engineers survey the isthmus of Suez", "Bonaparte’s…"),
        ("مهندسو بونابرت يمسحون برزخ السويس كله", "مهندسو بونابرت يمسحون…"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", "Pneumonoultram…"),
    ],
)
def test_names_are_cut_at_words(title: str, short: str) -> None:
    """A long title is cut behind a word; only a word that is too long itself is cut within."""
    assert shortened(title) == short or title.startswith(shortened(title).removesuffix("…"))
    assert text_size(shortened(title)) < 13
    assert " …" not in shortened(title)


def test_a_long_name_is_whole_where_it_has_room() -> None:
    """A name is cut only where there is no room for it, and whole on an axis that is wide enough."""
    titles = (
        "The World Cup in Spain",
        "The World Cup in the United States",
        "The World Cup in South Korea",
        "The Confederation of African Football names the referees of the final",
    )
    marks = [TitledMark(at, title) for at, title in zip((0.1, 0.45, 0.52, 0.9), titles, strict=True)]
    names = names_in_a_line(marks, spread([3] * 4, 4))

    shown = [(names[number].text, names[number].whole, names[number].whole_width) for number in range(4)]
    assert shown == [
        (titles[0], "", 0),
        ("The World Cup in the…", titles[1], 60),
        (titles[2], "", 0),
        ("The Confederation of…", "", 0),
    ]
