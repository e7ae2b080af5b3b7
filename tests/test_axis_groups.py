"""Rows of the axis: which groups there are, which events are in them, and what a reader sees of that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_kit import SETTINGS, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import ContentError

ROWS = SETTINGS + "timeline: {rows: tags}\n"
HEAD = "id,date,title,tags\n"


def axis_of(root: Path, rows: str, settings: str = ROWS) -> str:
    """Build a site of events, *rows* of a table, in *root*; return the axis of its timeline in English."""
    write_site(root, {"content/events/all.csv": HEAD + rows}, settings=settings)
    build(root, Options(jobs=1))
    page = (root / "output" / "en" / "index.html").read_text("utf-8")
    return page.partition('<nav class="axis"')[2].partition("</nav>")[0]


def legend_of(axis: str) -> list[tuple[str, str, int]]:
    """Return the groups of an axis: class, taxonomy and id, and how many events they have."""
    item = r'<li class="\s*([^"]*)" data-id="([^"]*)">.*?"count">(\d+)</span>'
    item = r'<li class="\s*([^"]*)" data-id="([^"]*)">.*?"count">(\d+)</span>'
    found = re.findall(item, axis)
    return [(name, key, int(count)) for name, key, count in found]


def group_of(axis: str, event: str) -> str:
    """Return the class of the row that *event* is in."""
    found = re.search(rf'<a class="mark weight-\d ([^"]*)" href="[^"]*/{event}/[^"]*"', axis)
    return found[1] if found else ""


def test_groups(tmp_path: Path) -> None:
    """What most events name comes first; an event is in the row of its first tag with one, or the last."""
    axis = axis_of(tmp_path, "a,1900,A,sea; war\nb,1910,B,war; sea\nc,1920,C,war\nd,1930,D,\n")

    assert legend_of(axis) == [
        ("group-1", "tags/war", 2),
        ("group-2", "tags/sea", 1),
        ("group-0", "", 1),
    ]
    assert [group_of(axis, event) for event in "abcd"] == ["group-2", "group-1", "group-1", "group-0"]
    assert "Other events" in axis


def test_own_colours_come_first(tmp_path: Path) -> None:
    """Groups with colours of their own are ahead, in the order of the settings."""
    settings = ROWS + 'accents: {sea: "#005f73", law: "#9b2226"}\n'
    axis = axis_of(tmp_path, "a,1900,A,war\nb,1910,B,war\nc,1920,C,law\nd,1930,D,sea\n", settings)

    assert legend_of(axis) == [
        ("group-own accent-1", "tags/sea", 1),
        ("group-own accent-2", "tags/law", 1),
        ("group-3", "tags/war", 2),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a,1900,A,war\nb,1910,B,war\n", 0),
        ("a,1900,A,\nb,1910,B,\n", 0),
        ("a,1900,A,war\nb,1910,B,\n", 2),
        ("".join(f"e{number},{1900 + number},E,tag-{number}\n" for number in range(9)), 7),
    ],
)
def test_how_many_rows(tmp_path: Path, rows: str, expected: int) -> None:
    """One group needs no row of its own; of many, six have one, and the others share the last."""
    assert len(legend_of(axis_of(tmp_path, rows))) == expected


def test_many_events(tmp_path: Path) -> None:
    """Where there are many events, each row has a histogram, and the most important are marks."""
    tags = ("sea", "war", "war") * 30
    rows = "".join(f"e{number},{1800 + number},E,{tag}\n" for number, tag in enumerate(tags))
    axis = axis_of(tmp_path, rows)

    assert axis.count('<path class="density" ') == 2
    assert legend_of(axis) == [("group-1", "tags/war", 60), ("group-2", "tags/sea", 30)]
    assert len(re.findall(r'<a class="mark ', axis)) == 40


def test_unknown_taxonomy(tmp_path: Path) -> None:
    """A taxonomy that the site does not have is named, with the one that was probably meant."""
    write_site(tmp_path, {}, settings=SETTINGS + "timeline: {rows: tag}\n")

    with pytest.raises(ContentError) as error:
        build(tmp_path, Options(jobs=1))

    problem = next(one for one in error.value.problems if one.code == "TG304")
    assert (problem.place.line, problem.place.column) == (4, 18)
    assert problem.hint == "did you mean 'tags'?"


@pytest.mark.parametrize("change", ["tags", "name", "order"])
def test_incremental_builds(tmp_path: Path, change: str) -> None:
    """After a change of what events name, or of its name, a site is what a clean build makes of it."""
    entities = "war: {kind: tag, name: {en: War, ar: حرب}}\n"
    rows = "a,1900,A,sea\nb,1910,B,war\nc,1920,C,war\n"
    files = {"content/entities.yaml": entities, "content/events/all.csv": HEAD + rows}
    write_site(tmp_path, files, settings=ROWS)
    build(tmp_path, Options(jobs=1))
    files["content/events/all.csv"] = HEAD + (rows.replace("C,war", "C,sea") if change == "tags" else rows)
    files["content/entities.yaml"] = entities.replace("War", "Wars") if change == "name" else entities
    write_site(tmp_path, files, settings=ROWS.replace("tags", "places") if change == "order" else ROWS)
    build(tmp_path, Options(jobs=1))
    build(tmp_path, Options(jobs=1, output="clean"))

    for page in (tmp_path / "clean").rglob("*.html"):
        assert page.read_bytes() == (tmp_path / "output" / page.relative_to(tmp_path / "clean")).read_bytes()
