"""Bodies and summaries: what a reader gets, what cannot get in, and what the author is told."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline_gen.errors import Problem
from timeline_gen.model.assets import Asset
from timeline_gen.model.bodies import Body, Heading
from timeline_gen.model.links import TextLink
from timeline_gen.reading.assets.finding import resolve
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.prose.body import parse_body, parse_line
from timeline_gen.reading.prose.plain_text import plain_text

PATH = PurePosixPath("content/articles/a.en.md")
STADIUM = Asset(PATH.parent / "stadium.jpg", PurePosixPath("media/stadium.0123.jpg"), width=640, height=480)
INSIDE = Asset(PATH.parent / "img" / "صورة.png", PurePosixPath("media/صورة.4567.png"), width=10, height=20)
PICTURES = {picture.path: picture for picture in (STADIUM, INSIDE)}
ALLOWED = frozenset(["http", "https", "mailto", "event", "article", "page", "entity", "path", "site"])
HOSTILE = (Path(__file__).parent / "data" / "hostile.txt").read_text("utf-8").split("\n%%\n")


def read(text: str, first_line: int = 1) -> tuple[Body, list[str]]:
    """Return the body of *text*, and each problem as ``line:column code``."""
    body, problems = parse_body(
        text, first_line=first_line, path=PATH, assets=PICTURES, address="en/articles/a/"
    )
    return body, [spelled(problem) for problem in problems]


def spelled(problem: Problem) -> str:
    """Return where *problem* stands, and its code."""
    return f"{problem.place.line}:{problem.place.column} {problem.code}"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One *two*.", "<p>One <em>two</em>.</p>"),
        ("[a](event:b)", '<p><a href="event:b">a</a></p>'),
        ('[a](event:b "t")', '<p><a href="event:b" title="t">a</a></p>'),
        ('<a class="x" href="event:b">a</a>', '<p><a href="event:b">a</a></p>'),
        ("[a](event:قمة)", '<p><a href="event:قمة">a</a></p>'),
        ("[a](event:%D9%82%D9%85%D8%A9)", '<p><a href="event:قمة">a</a></p>'),
        ("[a](https://example.org/?a=1&b=2)", '<p><a href="https://example.org/?a=1&amp;b=2">a</a></p>'),
        ("[a](#b)\n\n## B", '<p><a href="#b">a</a></p>\n<h2 id="b">B</h2>'),
        ("[a](../b/)", '<p><a href="path:en/articles/b/">a</a></p>'),
        ("## A", '<h2 id="a">A</h2>'),
        ("## A {: #b }", '<h2 id="b">A</h2>'),
        ('<time datetime="2017">x</time>', '<p><time datetime="2017">x</time></p>'),
        ('<bdo dir="rtl" lang="ar">x</bdo>', '<p><bdo dir="rtl" lang="ar">x</bdo></p>'),
        ("<details open><summary>a</summary>b</details>", '<details open=""><summary>a</summary>b</details>'),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("`{{ x }} {% y %}`", "<p><code>{{ x }} {% y %}</code></p>"),
    ],
)
def test_what_stays(text: str, html: str) -> None:
    """Emphasis, links, languages, directions and machine-readable dates reach the reader as written."""
    body, problems = read(text)

    assert body.html == html
    assert problems == []


def test_picture() -> None:
    """A picture beside the article gets its address in the site, its size, and waits until it is seen."""
    body, problems = read('Text ![A stadium](stadium.jpg "At night") and ![صورة](img/صورة.png).')

    assert problems == []
    assert (
        '<img src="site:media/stadium.0123.jpg" alt="A stadium" width="640" height="480" loading="lazy"'
        ' title="At night">'
    ) in body.html
    assert 'width="10" height="20"' in body.html
    assert body.assets == (STADIUM, INSIDE)


def test_picture_as_html() -> None:
    """A picture written as HTML is treated like one written as Markdown."""
    body, problems = read(
        '<figure><img src="stadium.jpg" alt="A" width="5"><figcaption>B</figcaption></figure>'
    )

    assert problems == []
    assert 'src="site:media/stadium.0123.jpg"' in body.html
    assert 'width="640"' in body.html


def test_picture_by_encoded_name() -> None:
    """A name that an editor has percent-encoded is the same name."""
    assert read("![a](img/%D8%B5%D9%88%D8%B1%D8%A9.png)")[0].assets == (INSIDE,)


def test_table_and_footnote() -> None:
    """Tables keep their alignment as classes; footnotes are told apart for screen readers."""
    body, problems = read("|a|b|\n|:-|-:|\n|1|2|\n\nText[^1].\n\n[^1]: Note.")

    assert problems == []
    assert '<th class="align-start">a</th>' in body.html
    assert '<td class="align-end">2</td>' in body.html
    assert 'href="#fn:1" role="doc-noteref"' in body.html
    assert 'id="fn:1"' in body.html
    assert 'href="#fnref:1" role="doc-backlink"' in body.html
    assert body.text == "a b 1 2 Text. Note."


def test_headings() -> None:
    """The headings of a body are known by level, address and words."""
    body, _ = read("# One *two*\n\ntext\n\n## ثلاثة & more\n")

    assert body.headings == (
        Heading(2, "one-two", "One two"),
        Heading(3, "ثلاثة--more", "ثلاثة & more"),
    )


def test_plain_text() -> None:
    """The text for search has no marks, and no words that run together or fall apart."""
    assert plain_text("<p>one<em>two</em></p><ul><li>a &amp; b</li><li>c</li></ul>") == "onetwo a & b c"


def test_links_know_their_places() -> None:
    """Every link to an event is listed with its place in the file; code shows links without being one."""
    body, problems = read(
        "`[x](event:one)`\n\nA [x](event:one)\nb [y](event:one) [z][r].\n\n[r]: event:two\n", 5
    )

    assert problems == []
    assert [link[:2] for link in body.links] == [
        ("event:one", (7, 7)),
        ("event:one", (8, 7)),
        ("event:two", (10, 6)),
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("one\n\ntwo <script>x</script>", ["3:5 TG401"]),
        ("`<script>` and <script>x</script>", ["1:16 TG401"]),
        ("```\n<script>\n```\n\n<script>x</script>", ["5:1 TG401"]),
        ("<!-- <script> -->\n\n<script>x</script>", ["3:1 TG401"]),
        ('<p>a\n  <b onclick="x">b</b></p>', ["2:3 TG401"]),
        ('<div markdown="1" onclick="x">\n*b*\n</div>', ["1:1 TG401"]),
        ("<iframe src=x></iframe>", ["1:1 TG401"]),
        ("<iframe src=x></iframe> <iframe src=x></iframe>", ["1:1 TG401", "1:25 TG401"]),
        ('<a href="javascript:x">a</a>', ["1:1 TG402"]),
        ("[a](javascript:x) [b](javascript:x)", ["1:5 TG402", "1:23 TG402"]),
        ("[a][b]\n\n[b]: javascript:x", ["3:6 TG402"]),
        ("<javascript:x>", ["1:1 TG401"]),
        ("[a](file:///etc/passwd)", ["1:5 TG402"]),
        ("[a](//example.org)", ["1:5 TG402"]),
        ("![a](https://example.org/a.png)", ["1:6 TG408"]),
        ("![a](data:image/png;base64,AAAA)", ["1:6 TG402"]),
        ("![a](../../../etc/passwd)", ["1:6 TG403"]),
        ("![](stadium.jpg)", ["1:5 TG404"]),
        ("*a*{: style=x }", ["1:7 TG401"]),
        ('<p id="a">b</p>\n\n## A', ["1:8 TG410"]),
        ("[a](event:)", ["1:5 TG409"]),
        ("[a](event:../x)", ["1:5 TG409"]),
    ],
)
def test_what_the_author_is_told(text: str, problems: list[str]) -> None:
    """What does not reach the reader is told, at its own place in the file."""
    assert read(text)[1] == problems


FORBIDDEN = frozenset(
    ("script", "style", "iframe", "object", "embed", "svg", "math", "base", "link", "meta", "form")
)
SCHEMES = frozenset(("http", "https", "mailto", "event", "site"))


class _Checker(HTMLParser):
    """Finds what must never stand in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "math",
            "base",
            "link",
            "meta",
            "form",
        }:
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc", "formaction", "srcset"}:
                self.found.append(name)
            scheme = re.match(r"[\s\x00-\x20]*([a-z][a-z0-9+.-]*):", value or "", re.IGNORECASE)
            if name in {"href", "src"} and scheme and scheme[1] not in ALLOWED:
                self.found.append(f"{name}={value}")


def harm_in(html: str) -> list[str]:
    """Return what could do harm in *html*."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    return checker.found


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:40])
def test_hostile_texts(text: str) -> None:
    """Of a text that was written to do harm nothing harmful is left, and its author is told of it."""
    body, problems = read(text)

    assert harm_in(body.html) == []
    assert problems != []


HTML = [
    "<",
    ">",
    "</",
    "<b",
    "<svg/onload=x>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<style>",
    "<math>",
    "<a href='",
]
ATTRIBUTES = [
    "img src=x onerror=y",
    "style=x",
    "id=x",
    "{: onclick=x }",
    '<div markdown="1">',
    "javascript:",
    "data:",
]
MARKS = [
    "[a](",
    ")",
    "'",
    '"',
    "&#106;",
    "\n",
    "`",
    "![",
    "]",
    " ",
    "a",
    "event:",
    "\n\n",
    "    ",
    "%0a",
    "\\",
    "#",
]
PIECES = st.sampled_from([*HTML, *ATTRIBUTES, *MARKS, "script", "javascript:", "<a href='"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_does_harm(text: str) -> None:
    """Whatever is thrown together, nothing harmful comes out."""
    assert harm_in(read(text)[0].html) == []


BRACKETS = ["[" * 20_000, "![](" * 10_000, "[a](" * 10_000, "\\[" * 20_000]
TAGS = ["<a " * 5_000, "<div>" * 50_000, "&" * 50_000]
OTHERS = ["> " * 50_000, "*[a]: b\n" * 2_000, "x" * 500_000, "*a " * 20_000, "`" * 20_000]


@pytest.mark.parametrize("text", [*BRACKETS, *TAGS, *OTHERS], ids=lambda text: text[:6])
def test_repetition_ends(text: str) -> None:
    """A text that repeats one mark without end is read or refused, and keeps no build busy."""
    body, problems = read(text)

    assert body.html or problems


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        ("", "", ""),
        ("Plain words.", "Plain words.", "Plain words."),
        ("Two\n  lines", "Two lines", "Two lines"),
        ("a & b", "a &amp; b", "a & b"),
        ("Short *Markdown*.", "Short <em>Markdown</em>.", "Short Markdown."),
        ("# no heading", "# no heading", "# no heading"),
        ("- no list", "- no list", "- no list"),
        ("![a](stadium.jpg)", "", ""),
        ("<div>a</div>", "a", "a"),
        ("«كلام» `code`", "«كلام» <code>code</code>", "«كلام» code"),
    ],
)
def test_line(text: str, html: str, plain: str) -> None:
    """A summary is one line: clean HTML without blocks, and the same as plain text."""
    line = parse_line(text, Diagnostics(PATH), (3, 10))

    assert (line.html, line.text) == (html, plain)


def test_line_tells_its_own_place() -> None:
    """What is wrong in a summary stands where the summary begins."""
    notes = Diagnostics(PATH)
    line = parse_line("A <script>x</script> [b](event:c d) [e](event:f)", notes, (3, 10))

    assert [spelled(problem) for problem in notes.problems] == ["3:10 TG401", "3:10 TG409"]
    assert line.links == (TextLink("event:f", (3, 10), "event:f"),)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.png", "content/articles/a.png"),
        ("./a.png", "content/articles/a.png"),
        ("img/a.png", "content/articles/img/a.png"),
        ("../a.png", "content/a.png"),
        ("../../../../a.png", "a.png"),
        ("/a.png", "content/articles/a.png"),
    ],
)
def test_resolve(name: str, path: str) -> None:
    """A file's name is looked for beside the text, and never outside the site."""
    assert resolve(PATH.parent, name) == PurePosixPath(path)
