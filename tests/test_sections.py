"""A site's own ways of listing events, by the names that the site gives them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

SETTINGS = """
title: {ar: سجل, en: Record}
url: https://records.org/
languages: [ar, en]
taxonomies:
  people: person
  ships: {kind: ship, name: {ar: السفن, en: "Ships & boats"}}
  courts: {kind: court, name: {ar: المحاكم}}
  notes: note
"""
EVENT = "{id: e, date: 2020, title: E, ships: [Argo], courts: [Hague], people: [Jason], notes: [n]}"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site that lists ships and courts, too."""
    root = tmp_path_factory.mktemp("sections")
    files = {"content/articles/a.en.md": article("A", EVENT)}
    build(write_site(root, files, settings=SETTINGS), Options(jobs=1))
    return root / "output"


def page(output: Path, address: str) -> str:
    """Return the text of the page at *address*."""
    return (output / address / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "wording"),
    [
        ("en", '<a href="../en/ships/">Ships &amp; boats</a>'),
        ("ar", '<a href="../ar/ships/">السفن</a>'),
        ("en", '<a href="../en/courts/" lang="ar" dir="rtl">المحاكم</a>'),
        ("en", '<span class="choice-name">Ships &amp; boats</span>'),
        ("en", '<span class="choice-name" lang="ar" dir="rtl">المحاكم</span>'),
        ("en/ships", "<h1>Ships &amp; boats</h1>"),
        ("en/ships", "<title>Ships &amp; boats – "),
        ("ar/ships", "<h1>السفن</h1>"),
        ("en/courts", '<h1><bdi lang="ar" dir="rtl">المحاكم</bdi></h1>'),
        ("en/ships/argo", '<a href="../../../en/ships/">Ships &amp; boats</a></p>'),
        ("en/events/e", "<dt>Ships &amp; boats</dt>"),
        ("en/people/jason", "<dt>Ships &amp; boats</dt>"),
        ("en/people", "<h1>People</h1>"),
        ("en/notes", "<h1>notes</h1>"),
    ],
)
def test_names_of_taxonomies(output: Path, address: str, wording: str) -> None:
    """Menus, headings, filters and lists call a taxonomy as site.yaml does, in the reader's language."""
    assert wording in page(output, address)


def test_the_way_down_is_named(output: Path) -> None:
    """Search engines read the taxonomy's name in the way from the timeline down to an entity."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(output, "ar/ships/argo"))
    assert found is not None

    assert '"name":"السفن"' in json.dumps(json.loads(found[1]), ensure_ascii=False, separators=(",", ":"))
