"""The quick Markdown engine: what it makes is what the default engine makes, and just as clean."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_kit import article, write_site
from test_prose import BRACKETS, HOSTILE, OTHERS, PATH, PICTURES, PIECES, TAGS, harm_in

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Problem
from timeline_gen.model.bodies import Body
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose import commonmark
from timeline_gen.reading.prose.body import parse_body, parse_line
from timeline_gen.reading.settings import parse_settings

SAMPLES = (Path(__file__).parent / "data" / "markdown.txt").read_text("utf-8").split("\n%%\n")
BLOCKS = "blockquote|dd|details|div|dl|dt|h[2-6]|hr|li|ol|p|pre|table|tbody|td|th|thead|tr|ul"
BETWEEN = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")

TAG, PART = re.compile(r"<[^>]*>"), re.compile(r'[^\s"]+(?:"[^"]*")?')


def read(text: str, engine: str) -> tuple[Body, tuple[Problem, ...]]:
    """Return the body of *text* as *engine* reads it, and what is wrong with it."""
    return parse_body(text, first_line=1, path=PATH, assets=PICTURES, engine=engine)


def seen(html: str) -> str:
    """Return *html* without what no reader sees: white space between blocks, the order of attributes."""
    return TAG.sub(lambda tag: " ".join(sorted(PART.findall(tag[0]))), BETWEEN.sub(r"\1", html))


@pytest.mark.parametrize("text", SAMPLES, ids=lambda text: text[:30])
def test_same_as_the_default(text: str) -> None:
    """What authors write comes out alike, with the same headings, links, pictures and problems."""
    one, told = read(text, "markdown")
    other, told_too = read(text, "commonmark")

    assert seen(other.html) == seen(one.html)
    assert (other.headings, other.links, other.assets) == (
        one.headings,
        one.links,
        one.assets,
    )
    assert other.text == one.text
    assert told_too == told


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Text:\n- a\n- b", "<p>Text:</p><ul><li>a</li><li>b</li></ul>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("*[AB]: abbr\n\nAB", "<p>*[AB]: abbr</p><p>AB</p>"),
        ("[a](<event:b>)", '<p><a href="event:b">a</a></p>'),
        ("# a\n\n> # b", '<h2 id="a">a</h2><blockquote><h2 id="b">b</h2></blockquote>'),
        ("<div>\n\n*a*\n\n</div>", "<div><p><em>a</em></p></div>"),
    ],
)
def test_where_it_differs(text: str, html: str) -> None:
    """What the documentation says of its own ways holds."""
    assert seen(read(text, "commonmark")[0].html) == seen(html)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:40])
def test_hostile_texts(text: str) -> None:
    """Of a text that was written to do harm nothing harmful is left; its author is told, or sees it."""
    body, problems = read(text, "commonmark")

    assert harm_in(body.html) == []
    assert problems or "&lt;" in body.html


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_does_harm(text: str) -> None:
    """Whatever is thrown together, nothing harmful comes out."""
    assert harm_in(read(text, "commonmark")[0].html) == []
    assert harm_in(parse_line(text, Diagnostics(PATH), (1, 1), engine="commonmark").html) == []


DEEP = ["1. " * 100_000, "*" * 20_000 + "a" + "*" * 20_000, "> - " * 60]
MANY = ["# a\n" * 20_000, "x[^1]\n\n" * 20_000 + "[^1]: y", "a\n: b\n" * 20_000]


@pytest.mark.parametrize("text", [*BRACKETS, *TAGS, *OTHERS, *DEEP, *MANY], ids=lambda text: text[:6])
def test_repetition_ends(text: str) -> None:
    """A text that repeats one mark without end is read or refused, and no worker falls over it."""
    body, problems = read(text, "commonmark")

    assert body.html or problems


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Short *Markdown*.", "Short <em>Markdown</em>."),
        ("# no heading *x*", "# no heading <em>x</em>"),
        ("- no list *x*", "- no list <em>x</em>"),
        ("> no quotation _x_", "&gt; no quotation <em>x</em>"),
        ("*first* word", "<em>first</em> word"),
        ("[a]: b *x*", "[a]: b <em>x</em>"),
        ("[a](event:b)", '<a href="event:b">a</a>'),
        ("[^1] `x`", "[^1] <code>x</code>"),
        ("<div>a</div>", "a"),
    ],
)
def test_line(text: str, html: str) -> None:
    """A summary is one line, whatever mark it begins with, as it is with the default engine."""
    lines = [
        parse_line(text, Diagnostics(PATH), (1, 1), engine=name).html for name in ("commonmark", "markdown")
    ]

    assert lines == [html, html]


def test_a_site_that_chooses_it(tmp_path: Path) -> None:
    """A site is built with the engine that its settings name, and built anew when they name another."""
    files = {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E}", body="*[A]: Abc\n\nA")}
    named = "title: X\nurl: https://records.org/\nlanguages: [en]\nmarkdown: {engine: %s}\n"
    page = tmp_path / "output" / "en" / "articles" / "a" / "index.html"
    shown = []

    for engine in ("markdown", "commonmark"):
        build(write_site(tmp_path, files, settings=named % engine), Options(jobs=1))
        shown.append("<abbr" in page.read_text("utf-8"))

    assert shown == [True, False]


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its package is missing, the settings that name it are a problem at their own place."""
    monkeypatch.setattr(commonmark, "INSTALLED", False)
    text = "title: X\nurl: https://records.org/\nlanguages: [en]\nmarkdown: {engine: commonmark}\n"

    found, problems = parse_settings(Source(PurePosixPath("site.yaml"), text.encode()))

    assert found is None
    assert [(problem.code, problem.place.line) for problem in problems] == [("TG312", 4)]
    assert "timeline-gen[fast]" in problems[0].hint
