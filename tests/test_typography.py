"""Quotation marks, ellipses and dashes as a language sets them; the rest stays as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Level
from timeline_gen.reading.prose.typesetting import typeset_markup
from timeline_gen.text.typography import applied, edits


def typeset(text: str, lang: str) -> str:
    """Return the plain *text* as the language *lang* sets it."""
    return applied(text, edits(text, lang))


@pytest.mark.parametrize(
    ("lang", "typed", "expected"),
    [
        ("en", 'He said "so" -- and left...', "He said “so”\xa0– and left…"),
        ("en", "\"They said 'so'.\"", "“They said ‘so’.”"),
        ("en", "don't, the '90s, James' hat", "don’t, the ’90s, James' hat"),
        ("en", "word--word, 1939--45, a --- b", "word—word, 1939–45, a\xa0— b"),
        ("en-GB", 'a "b" - c', "a “b”\xa0– c"),
        ("ar", 'قال ("نعم") - ثم سكت ، وعاد ...', "قال («نعم»)\xa0– ثم سكت\xa0، وعاد\xa0…"),
        ("ar", "« كلمة »", "«\xa0كلمة\xa0»"),
        ("fr", 'Il dit "oui" : non !', "Il dit «\u202foui\u202f»\u202f: non\u202f!"),
        ("de", "\"Ja, 'klar'\"", "„Ja, ‚klar‘“"),
        ("ru", 'Он - "сам"', "Он\xa0— «сам»"),
        # What can be meant in two ways.
        ("en", 'a 5" pipe', 'a 5" pipe'),
        ("en", '"one and "two"', '"one and "two"'),
        ("en", "5 - 3 = 2, 2019-20, 1.....2", "5 - 3 = 2, 2019-20, 1.....2"),
        ("en", "Nothing “typed” here – at all…", "Nothing “typed” here – at all…"),
    ],
)
def test_marks(lang: str, typed: str, expected: str) -> None:
    """Each language has its own marks; no line begins with a dash or with what ends a clause."""
    assert typeset(typed, lang) == expected
    assert typeset(expected, lang) == expected


@pytest.mark.parametrize(
    ("markup", "expected", "count"),
    [
        (
            '<p>"<em>One</em>", "<a href="x">two</a>".</p>',
            '<p>“<em>One</em>”, “<a href="x">two</a>”.</p>',
            4,
        ),
        ('<p>One, <a href="event:x"></a>.</p>', '<p>One, <a href="event:x"></a>.</p>', 0),
        ('<p>"One</p><p>two"</p>', '<p>"One</p><p>two"</p>', 0),
        ('<p>"<code>"x"...</code>"</p><pre>"y"</pre>', '<p>“<code>"x"...</code>”</p><pre>"y"</pre>', 2),
        ('<p>It\'s <span lang="ar">"x"</span>...</p>', '<p>It’s <span lang="ar">"x"</span>…</p>', 1),
        ('<ul><li>a - b</li></ul><p>&lt; " &amp;</p>', '<ul><li>a\xa0– b</li></ul><p>&lt; " &amp;</p>', 1),
    ],
)
def test_marks_in_html(markup: str, expected: str, count: int) -> None:
    """Marks pair across elements of one block; code and texts in other languages are left alone."""
    assert typeset_markup(markup, "en") == (expected, count)


@given(st.text(alphabet="ab1 \"'.-،»«(),<>&;\n", max_size=60), st.sampled_from(["en", "ar", "fr", "sv"]))
def test_only_marks_change(text: str, lang: str) -> None:
    """Letters and figures stay, in their order, whatever is typed."""
    assert [one for one in typeset(text, lang) if one.isalnum()] == [one for one in text if one.isalnum()]


def test_reported_and_off(tmp_path: Path) -> None:
    """What was set is a note at its text; a site may keep its texts as they are typed."""
    text = article("A", body='He said "yes".', more="summary: So it's - done\n")
    root = write_site(tmp_path, {"content/articles/a.en.md": text}, settings=SETTINGS)
    page = root / "output" / "en" / "articles" / "a" / "index.html"

    report = build(root, Options(jobs=1))
    notes = [(one.code, one.level, one.place.line) for one in report.problems if one.code == "TG439"]
    assert notes == [("TG439", Level.INFO, 4), ("TG439", Level.INFO, 6)]
    assert "He said “yes”." in page.read_text("utf-8")
    assert "So it’s\xa0– done" in page.read_text("utf-8")

    write_site(root, {}, settings=SETTINGS + "markdown: {typography: false}\n")
    assert [one.code for one in build(root, Options(jobs=1)).problems if one.code == "TG439"] == []
    assert 'He said "yes".' in page.read_text("utf-8")
