"""Languages for which the theme has no words: English, marked as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.rendering.fallback_words import with_languages, words_of
from timeline_gen.text.plurals import Catalogue

ENGLISH = Catalogue("en", messages={("status", "denied"): ("Denied",), ("", "By %(who)s"): ("From %(who)s",)})
PERSIAN = Catalogue("fa", messages={("", "Events"): ("رویدادها",)}, fallback=ENGLISH)
SPAN = '<span lang="en" dir="ltr">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>{denied}</p>", f"<p>{SPAN}Denied</span></p>"),
        ("<p>{own}</p>", "<p>رویدادها</p>"),
        ("<p>{by}</p>", f'<p>{SPAN}From <span lang="fa" dir="rtl">مینا</span></span></p>'),
        ('<nav aria-label="{denied}"><b>{unknown}</b></nav>', '<nav aria-label="Denied"><b>ships</b></nav>'),
        ("<a title='{by} >'>x</a>", "<a title='From مینا >'>x</a>"),
        ("<option>{denied}</option>", '<option lang="en" dir="ltr">Denied</option>'),
        ('<option value="a>b">{denied}</option>', '<option value="a>b" lang="en" dir="ltr">Denied</option>'),
        ("<title>{denied} {by}</title>", "<title>Denied From مینا</title>"),
        ("<script>{denied}<p></script>{denied}", f"<script>Denied<p></script>{SPAN}Denied</span>"),
        ("<!-- it's --><p>{denied}</p>", f"<!-- it's --><p>{SPAN}Denied</span></p>"),
    ],
)
def test_english_words_are_marked(html: str, expected: str) -> None:
    """Words are in an element with their language, and plain where there can be none."""
    words = words_of(PERSIAN)
    filled = html.format(
        denied=words.pgettext("status", "denied"),
        own=words.gettext("Events"),
        by=words.gettext("By %(who)s") % {"who": "مینا"},
        unknown=words.pgettext("section", "ships"),
    )

    assert with_languages(filled, "fa", "rtl") == expected


def test_a_site_in_such_a_language(tmp_path: Path) -> None:
    """Pages, feeds and the page of what is gone have no raw keys, and English only as English."""
    event = "{id: opening, date: 2020, title: گشایش, status: denied, people: [مینا]}"
    write_site(
        tmp_path,
        {"content/articles/a.fa.md": article("گشایش", event)},
        settings="title: رویدادها\nurl: https://records.org/\nlanguages: [fa]\nredirects: {/fa/old/: gone}\n",
    )

    report = build(tmp_path, Options(jobs=1))

    home = (tmp_path / "output/fa/index.html").read_text("utf-8")
    assert f'<a href="../fa/people/">{SPAN}People</span></a>' in home
    assert f"{SPAN}denied</span>" in home
    assert "denied:denied" in home
    assert 'aria-label="Main menu"' in home
    feed = (tmp_path / "output/fa/events.xml").read_text("utf-8")
    assert 'label="denied"' in feed
    assert "&lt;span lang=&quot;en&quot; dir=&quot;ltr&quot;&gt;denied" in feed
    gone = (tmp_path / "output/fa/old/index.html").read_text("utf-8")
    assert f"<h1>{SPAN}What was here has been removed</span></h1>" in gone
    assert not any(mark in home + feed + gone for mark in "\ufdd0\ufdd1\ufdd2\ufdd3")
    assert [problem.code for problem in report.problems] == ["TG709"]
