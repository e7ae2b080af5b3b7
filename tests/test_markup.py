"""Markdown into HTML: the quick way gives what the library gives."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline_gen.reading.prose import markup
from timeline_gen.reading.prose.list_layout import laid_out
from timeline_gen.reading.prose.markup import convert, convert_line

SLOW = markup._configured()
"""A converter that tries everything, as the library comes."""

MARKS = ["*", "**", "_", "`", "``", "[", "]", "(", ")", "![", "<", ">", "&", "&amp;", "\\", "\\*", "'", '"']
BREAKS = ["\n", "\n\n", "  \n", " ", "    "]
BLOCKS = ["# ", "- ", "1. ", "> ", "| ", "a|b\n-|-\nc|d", "{: .x }", "~~~", "```", "term\n: def"]
HTML = ["<b>", "</b>", "<div>", "</div>", '<div markdown="1">', "<!-- x -->", "<a@b.org>", "<https://x.org>"]
WORDS = ["word", "كلمة", "event:x", "[x]: http://x.org", "*[AB]: abbr", "AB", "[^1]", "[^1]: note"]
PIECES = st.sampled_from([*MARKS, *BREAKS, *BLOCKS, *HTML, *WORDS])


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
@example("*\n ")
@example("*[AB]: abbr\n\nAB *AB* `AB`")
@example("[a][b] ![c][d] [e]\n\n[b]: x\n[d]: y\n[e]: z")
def test_quick_is_the_same(text: str) -> None:
    """Whatever the text, skipping patterns that cannot match changes nothing."""
    SLOW.reset()

    assert convert(text).html == SLOW.convert(laid_out(text.expandtabs(4)))


def test_headings_begin_at_two() -> None:
    """The page's title is its only first heading, so a body's highest ones become second ones."""
    assert "<h2" in convert("# A\n\n## B").html
    assert "<h3" in convert("# A\n\n## B").html
    assert "<h2" in convert("### A").html
    assert "<h3" in convert("## A\n\n### B").html


def test_heading_ids_in_arabic() -> None:
    """A heading's address is made of its own words, in its own script, and does not change with others."""
    assert 'id="سنوات-التحضير"' in convert("## سنوات التحضير").html
    assert 'id="section"' in convert("## ؟!").html


def test_equal_headings() -> None:
    """Two headings of one wording get different ids."""
    html = convert("## A\n\n## A").html

    assert 'id="a"' in html
    assert 'id="a-1"' in html


def test_cells_follow_the_direction() -> None:
    """A colon at the start of a table's column means the start of the line, right or left."""
    html = convert("a|b|c\n:-|:-:|-:\n1|2|3").html

    assert '<th class="align-start">a</th>' in html
    assert '<td class="align-center">2</td>' in html
    assert '<td class="align-end">3</td>' in html


def test_footnotes_speak_no_language() -> None:
    """A footnote's way back carries no English title into an Arabic page."""
    html = convert("نص[^1]\n\n[^1]: حاشية").html

    assert "Jump" not in html
    assert 'class="footnote-backref"' in html


def test_raw_html_is_told() -> None:
    """What the author wrote as HTML is known, in whichever way the library keeps it."""
    text = 'A <b onclick="x">b</b>.\n\n<script>x</script>\n\n<div markdown="1" style="y">*z*</div>'
    raw = "".join(convert(text).raw)

    assert 'onclick="x"' in raw
    assert "<script>" in raw
    assert 'style="y"' in raw


def test_code_is_no_raw_html() -> None:
    """An example of HTML in a block of code is text."""
    assert convert("```html\n<script>\n```\n\n    <script>\n\n`<script>`").raw == ()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("a *b* c", "a <em>b</em> c"),
        ("# no heading", "# no heading"),
        ("1. no list", "1. no list"),
        ("[a](event:b)", '<a href="event:b">a</a>'),
        ("a & b < c", "a &amp; b &lt; c"),
        ("x <b>y</b>", "x <b>y</b>"),
        ("a {: .b }", "a {: .b }"),
    ],
)
def test_line(text: str, html: str) -> None:
    """A line knows emphasis, links and code, and no blocks."""
    assert convert_line(text).html == html


def test_recovers() -> None:
    """After a text that is nested too deep, the next one is read as if nothing had been."""
    with pytest.raises(RecursionError):
        convert("".join(" " * 4 * depth + "- a\n" for depth in range(400)))

    assert convert("*a*").html == "<p><em>a</em></p>"


@pytest.mark.parametrize("text", ["<![x[ a", "> <![CDAT[ a\n> b", "`<![x[`\n\n<![x["])
def test_sections_that_are_none(text: str) -> None:
    """What begins like a CDATA section and is none is text, as in CommonMark."""
    assert "&lt;![" in convert(text).html
