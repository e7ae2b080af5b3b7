"""Former addresses: of events, articles and pages that were renamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.store.fingerprint import program_fingerprint
from timeline_gen.checking.check import check
from timeline_gen.checking.clean_build import compare_with_clean
from timeline_gen.errors import ContentError
from timeline_gen.writing.cache import Cache
from timeline_gen.writing.manifest import load_manifest

SITE = 'title: T\nurl: "https://records.org/sub/"\nlanguages: [en, ar]\n'
ARTICLE = """---
title: "Quays & \\"piers\\""
date: 2020-01-01
aliases: [piers, رصيف]
events:
  - {id: built, date: 2019, title: Built, aliases: [begun]}
---
Body.
"""
PAGE = "---\ntitle: About\naliases: [info]\n---\nBody.\n"


def site(folder: Path, article: str = ARTICLE) -> Path:
    """Make a site in *folder* in which things have moved."""
    for name in ("articles", "pages"):
        (folder / "content" / name).mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (folder / "content" / "articles" / "quays.en.md").write_text(article, "utf-8")
    (folder / "content" / "pages" / "about.en.md").write_text(PAGE, "utf-8")
    return folder


def test_pages_lead_on(tmp_path: Path) -> None:
    """Whoever follows an old link is led to the present page, with or without a host that helps."""
    root = site(tmp_path)

    build(root, Options(jobs=1))

    text = (root / "output" / "en" / "articles" / "piers" / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../../en/articles/quays/">' in text
    assert '<link rel="canonical" href="https://records.org/sub/en/articles/quays/">' in text
    assert "Quays &amp; &quot;piers&quot;" in text
    assert "piers/" not in (root / "output" / "sitemap.xml").read_text("utf-8")


def test_each_language_has_them(tmp_path: Path) -> None:
    """An event has a page in every language, and so have its former ids; an article has its own languages."""
    root = site(tmp_path)

    build(root, Options(jobs=1))

    found = {
        path.parent.relative_to(root / "output").as_posix() for path in root.rglob("output/**/index.html")
    }
    assert {"en/events/begun", "ar/events/begun", "en/articles/رصيف", "en/info"} <= found
    assert "ar/articles/piers" not in found
    assert 'dir="rtl"' in (root / "output" / "ar" / "events" / "begun" / "index.html").read_text("utf-8")


def test_made_anew_with_the_settings(tmp_path: Path) -> None:
    """What a redirect says follows the settings and options, as every page does."""
    root = site(tmp_path / "site")
    build(root, Options(jobs=1))
    (root / "site.yaml").write_text(SITE.replace("[en, ar]", "[ar, en]"), "utf-8")

    for options in (Options(jobs=1), Options(jobs=1, links="files")):
        build(root, options)
        assert compare_with_clean(root, options).differing == ()


def test_links_of_redirects_are_sound(tmp_path: Path) -> None:
    """The check finds nothing wrong with pages that lead on."""
    assert [problem.message for problem in check(site(tmp_path), jobs=1)] == []


def test_publisher_knows_them(tmp_path: Path) -> None:
    """What has moved is kept with the facts of the build, for hosts that redirect by themselves."""
    root = site(tmp_path)
    build(root, Options(jobs=1))

    with Cache.open(root / ".timeline-gen" / "cache.sqlite", program_fingerprint()) as cache:
        redirects = dict(load_manifest(cache, "output").facts.redirects)
    assert redirects["en/articles/piers/"] == "en/articles/quays/"
    assert redirects["ar/events/begun/"] == "ar/events/built/"
    assert redirects["en/info/"] == "en/about/"


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (ARTICLE.replace("[begun]", "[built]"), "the former name 'built' of the event 'built'"),
        (ARTICLE.replace("[piers, رصيف]", "[quays]"), "the former name 'quays' of the article 'quays'"),
    ],
)
def test_former_name_that_is_taken(tmp_path: Path, article: str, said: str) -> None:
    """A former name whose address something else has is refused, with both names and the place."""
    with pytest.raises(ContentError) as caught:
        build(site(tmp_path, article), Options(jobs=1))

    problem = caught.value.problems[0]
    assert problem.code == "TG601"
    assert said in problem.message
    assert problem.place.line > 1
