"""What a timeline opens with, the order of its list, and its chapters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.pages.parts.highlights import spread

DATES = ("1950", "1950-03-05", "1950-03-09", "1950-11-02", "1962", "1975-04-01", "199X", "2003-05")
ERAS = """\
war:
  name: {ar: الحرب, en: War}
  date: 1955/1976
late:
  name: {ar: متأخر, en: Late}
  date: 2000/..
"""


def front(root: Path, *, settings: str = "", lang: str = "en") -> str:
    """Return the first page of a site with events at :data:`DATES`."""
    events = (f"{{id: e{number}, title: T{number}, date: '{date}'}}" for number, date in enumerate(DATES))
    files = {"content/articles/a.en.md": article("A", *events), "content/eras.yaml": ERAS}
    build(write_site(root, files, settings=SETTINGS + settings), Options(jobs=1))
    return (root / "output" / lang / "index.html").read_text("utf-8")


def listed(page: str) -> list[str]:
    """Return the events of the list, and what is over them, in the order of the page."""
    return re.findall(r'id="((?:e-e|y|era-)[^"]+)"', page)


def test_oldest_first(tmp_path: Path) -> None:
    """A list runs from the earliest event to the latest, and an era opens where its first event is."""
    assert listed(front(tmp_path)) == [
        *("y1950", "e-e0", "y1950-03", "e-e1", "e-e2", "y1950-11", "e-e3"),
        *("era-war", "y1962", "e-e4", "y1975", "y1975-04", "e-e5"),
        *("y199X", "e-e6", "era-late", "y2003", "y2003-05", "e-e7"),
    ]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_newest_first(tmp_path: Path, lang: str) -> None:
    """A list may run from the latest event to the earliest; a year stays ahead of its months."""
    page = front(tmp_path, settings="timeline: {order: newest}\n", lang=lang)

    assert listed(page) == [
        *("era-late", "y2003", "y2003-05", "e-e7", "y199X", "e-e6"),
        *("era-war", "y1975", "y1975-04", "e-e5", "y1962", "e-e4"),
        *("y1950", "e-e0", "y1950-11", "e-e3", "y1950-03", "e-e2", "e-e1"),
    ]


def test_order_is_followed_by_the_next_build(tmp_path: Path) -> None:
    """A changed order is seen by an incremental build, which equals a clean one."""
    front(tmp_path / "one")
    changed = front(tmp_path / "one", settings="timeline: {order: newest}\n")

    assert changed == front(tmp_path / "two", settings="timeline: {order: newest}\n")


def test_a_date_once(tmp_path: Path) -> None:
    """An event that is the only one of its year is no year of its own to the eye; one of several is."""
    singles = re.findall(r'class="year single" id="([^"]+)"', front(tmp_path))

    assert singles == ["y1962", "y1975", "y199X", "y2003"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=60), st.integers(1, 12))
def test_importance_first(importances: list[int], room: int) -> None:
    """What is chosen is never less important than what is left out."""
    chosen = spread(importances, room)
    left = set(range(len(importances))) - set(chosen)

    assert len(chosen) == len(set(chosen)) == min(room, len(importances))
    assert not left or min(importances[one] for one in chosen) >= max(importances[one] for one in left)


def test_spread() -> None:
    """Among equals the chosen ones come from all of the time."""
    assert sorted(spread([3] * 61, 5)) == [0, 15, 30, 45, 60]
    assert sorted(spread([3, 5, 3, 3, 5, 3, 3, 3, 3], 3)) == [1, 4, 8]
