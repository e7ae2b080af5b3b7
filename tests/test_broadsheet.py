"""The theme broadsheet: what it changes of the almanac, and how little that takes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Level

ROOT = Path(__file__).parents[1]
THEME = ROOT / "themes" / "broadsheet"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample site in the dress of the broadsheet."""
    root = tmp_path_factory.mktemp("broadsheet")
    shutil.copytree(ROOT / "content", root / "content")
    settings = (ROOT / "site.yaml").read_text("utf-8")
    (root / "site.yaml").write_text(settings.replace("theme: almanac", "theme: broadsheet"), "utf-8")
    report = build(root, Options(jobs=1))
    assert [problem for problem in report.problems if problem.level > Level.INFO] == []
    return root / "output"


def test_small() -> None:
    """A theme that inherits needs six files at most."""
    files = [path.relative_to(THEME).as_posix() for path in THEME.rglob("*") if path.is_file()]

    assert len(files) <= 6
    assert "extends: almanac" in (THEME / "theme.yaml").read_text("utf-8")
    assert {"static/broadsheet.css", "templates/event.html", "templates/base.html"} <= set(files)


def test_every_page_wears_it(output: Path) -> None:
    """Every page links its stylesheet behind the almanac's."""
    for page in output.rglob("*.html"):
        sheets = re.findall(r'assets/(\w+)\.\w+\.css"', page.read_text("utf-8"))

        assert [name for name in sheets if name != "faces"][:2] == ["almanac", "broadsheet"], page


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_report(output: Path, lang: str) -> None:
    """An event's page is a report: each account with its day, its article, its date and its source."""
    page = (output / lang / "events" / "world-cup-2022" / "index.html").read_text("utf-8")

    assert '<article class="report">' in page
    assert page.count('class="account ') == 2
    assert 'data-edtf="2022-11-21/2022-12-18"' in page
    assert "Intelligence Online" in page


def test_knows_no_left() -> None:
    """Its stylesheet knows no left and right, so that it serves both directions."""
    style = re.sub(r"/\*.*?\*/", "", (THEME / "static/broadsheet.css").read_text("utf-8"), flags=re.DOTALL)

    assert re.findall(r"\b(?:left|right)\b", style) == []
