"""A name in the letters of another language than the page's: its direction is true, and so is its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

EVENT = "{id: signed, date: 1901, title: Signed, people: [لينا]}"


def built(root: Path, languages: str) -> str:
    """Return the page of the person whom an English article names in Arabic letters."""
    settings = f"title: Record\nurl: https://records.org/\nlanguages: [{languages}]\n"
    write_site(root, {"content/articles/first.en.md": article("First", EVENT)}, settings=settings)
    build(root, Options(jobs=1))
    return (root / "output" / "en/people/لينا/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("languages", "lang"), [("en, ar", "ar"), ("en, de", "und")])
def test_heading(tmp_path: Path, languages: str, lang: str) -> None:
    """The heading begins where the page's own do, and its name runs from right to left."""
    assert f'<h1><bdi lang="{lang}" dir="rtl">لينا</bdi></h1>' in built(tmp_path, languages)
