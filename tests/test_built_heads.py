"""What whole sites say of themselves to machines: when they changed, and what stands in for what."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.workspace import open_workspace
from timeline_gen.pages.plain_page import PlainPage

ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return the built site of two articles: the one with the later words for its moment is the older."""
    root = write_site(
        tmp_path,
        {
            "content/articles/old.en.md": article(
                "Old", "{id: e, date: 2019, title: E}", date="2021-12-07T01:00+03:00"
            ),
            "content/articles/new.en.md": article(
                "New", "{id: e, date: 2019, title: E}", date="2021-12-06T23:30Z"
            ),
        },
    )
    build(root, Options(jobs=1))
    return root / "output"


@pytest.mark.parametrize("name", ["feed.xml", "events.xml"])
def test_a_feed_is_as_new_as_its_newest_entry(output: Path, name: str) -> None:
    """Moments are compared, not their texts, which begin with the day of wherever they were written."""
    root = ET.fromstring((output / "en" / name).read_bytes())  # noqa: S314 - our own

    assert root.findtext("a:updated", "", ATOM) == "2021-12-06T23:30:00+00:00"


def test_the_page_of_lost_addresses_is_a_version_of_nothing(output: Path) -> None:
    """404.html holds every language, is not to be listed, and claims no other page as its translation."""
    html = (output / "404.html").read_text(encoding="utf-8")

    assert 'name="robots" content="noindex"' in html
    assert 'rel="alternate" hreflang' not in html


@pytest.mark.parametrize(
    ("summary", "shown"), [("word " * 60, f"{'word ' * 39}word…"), ("水" * 250, f"{'水' * 200}…")]
)
def test_descriptions_are_cut(tmp_path: Path, summary: str, shown: str) -> None:
    """A long description ends behind a word, or after as many letters where no spaces are between words."""
    page = f"---\ntitle: A\nsummary: {summary.strip()}\n---\nText.\n"
    root = write_site(tmp_path, {"content/pages/about.en.md": page})
    with open_workspace(root, Options()) as site:
        (head,) = (page.view().head for page in plan_site(site).pages if isinstance(page, PlainPage))

    assert head.description == shown
