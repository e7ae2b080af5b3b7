"""The documentation as a site of its own: it is whole, in both languages, and its texts can be searched."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docs_kit import assembled

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """Return the documentation, assembled and built, and what was reported."""
    root = assembled(tmp_path_factory.mktemp("documentation") / "site")
    return root, build(root, Options(jobs=1))


def test_no_problem(site: tuple[Path, Report]) -> None:
    """Every link, heading, picture and entry of the menu is there, and nothing is left to mend."""
    _, report = site

    assert [str(problem) for problem in report.problems] == []


def test_every_page_is_in_it(site: tuple[Path, Report]) -> None:
    """Each file of the documentation is a page of its language, whose links lead to pages."""
    root, _ = site
    folders = {DOCS: "", DOCS / "how-to": "how-to-", DOCS / "problems": ""}
    files = [(path, prefix) for folder, prefix in folders.items() for path in folder.glob("*.md")]
    assert len(files) > 30

    for path, prefix in files:
        name, _, lang = path.stem.partition(".")
        place = "" if path.parent == DOCS and name == "index" else f"{prefix}{name.lower()}/"
        text = (root / "output" / (lang or "en") / place / "index.html").read_text("utf-8")
        assert f'dir="{"rtl" if lang == "ar" else "ltr"}">' in text[:200]
        assert re.findall(r'href="[^":]+\.md[#"]', text) == [], path


def test_history_is_a_timeline(site: tuple[Path, Report]) -> None:
    """What changed the program is on a timeline, in both languages."""
    root, _ = site
    events = {
        lang: json.loads((root / "output" / lang / "events.json").read_text("utf-8")) for lang in ("ar", "en")
    }

    assert len(events["en"]["events"]) > 10
    assert len(events["ar"]["events"]) == len(events["en"]["events"])
