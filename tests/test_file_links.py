"""Links of a site that is opened from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.rendering.site_links import to_files

CASES = {
    '<a href="../people/">x</a>': '<a href="../people/index.html">x</a>',
    '<a href="./">x</a>': '<a href="./index.html">x</a>',
    '<a id="x" href="2019/#e-x" dir="rtl">x</a>': '<a id="x" href="2019/index.html#e-x" dir="rtl">x</a>',
    '<a href="#y2019">x</a>': '<a href="#y2019">x</a>',
    '<a href="https://example.org/">x</a>': '<a href="https://example.org/">x</a>',
    '<a href="/x/">x</a>': '<a href="/x/">x</a>',
    '<a href="feed.xml">x</a>': '<a href="feed.xml">x</a>',
    '<link href="../">': '<link href="../">',
    '<code>&lt;a href="../"&gt;</code>': '<code>&lt;a href="../"&gt;</code>',
    '<meta http-equiv="refresh" content="0; url=../new/">': (
        '<meta http-equiv="refresh" content="0; url=../new/index.html">'
    ),
}
SITE = 'title: T\nurl: "https://example.org/"\nlanguages: [en, ar]\n'
ARTICLE = "---\ntitle: A\ndate: 2020-01-01\nevents: [{id: x, date: 2019, title: X}]\n---\n[x](event:x)\n"


@pytest.mark.parametrize("html", CASES)
def test_links(html: str) -> None:
    """What leads to a folder of the site leads to the page in it; all else stays."""
    assert to_files(html.encode()).decode() == CASES[html]


def test_build(tmp_path: Path) -> None:
    """A site built so has no link to a folder; built again without, it has no other."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "site.yaml").write_text(SITE, "utf-8")
    (tmp_path / "content/articles/a.en.md").write_text(ARTICLE, "utf-8")

    build(tmp_path, Options(jobs=1, links="files"))
    linked = (tmp_path / "output/en/articles/a/index.html").read_text("utf-8")
    build(tmp_path, Options(jobs=1))
    plain = (tmp_path / "output/en/articles/a/index.html").read_text("utf-8")

    assert 'href="../../../en/events/x/index.html"' in linked
    assert 'href="../../../en/events/x/"' in plain
    assert linked != plain
