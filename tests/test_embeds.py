"""What readers take along: pages for frames on other sites, and how an event is cited."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.pages.embed import FEW

EVENTS = (
    (
        "{id: cup, date: 2022-11-20/2022-12-18, status: denied, people: [Ann],"
        r""" title: 'Cup & "saucer": 100% {true}_~^\'}"""
    ),
    "{id: 'قمة', date: 2017~, title: Summit, status: reported}",
)
SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://records.org/a/\nlanguages: [ar, en]\n"
    "publisher: {en: The desk}\nembeds: [timeline, entities, events]\n"
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site of two events."""
    files = {"content/articles/one.en.md": article("One", *EVENTS)}
    root = write_site(tmp_path_factory.mktemp("site"), files, settings=SETTINGS)
    build(root, Options(jobs=1))
    return root / "output"


def page(output: Path, address: str) -> str:
    """Return the page at *address*."""
    return (output / address / "index.html").read_text("utf-8")


def frame(output: Path, address: str) -> str:
    """Return the page for frames at *address*, without its ending."""
    return (output / f"{address}.html").read_text("utf-8")


class Text(HTMLParser):
    """Collects the text of each element of the class ``copy``, as a reader marks and copies it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        if "copy" in (dict(attrs).get("class") or "").split():
            self._inside = tag
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._inside:
            self.found[-1] += data


TITLE = 'Cup & "saucer": 100% {true}_~^\\'


def test_citation(output: Path) -> None:
    """An event's page says how it is cited, as text that needs no script to be copied."""
    plain, bibtex, _ = Text(page(output, "en/events/cup")).found

    assert plain == (
        f"“{TITLE}” (20 November – 18 December 2022). Record, 6 December 2021."
        " https://records.org/a/en/events/cup/"
    )
    assert bibtex.splitlines() == [
        "@misc{cup,",
        "  author = {{The desk}},",
        r"  title = {{Cup \& \"saucer\": 100\% \textbraceleft{}true\textbraceright{}\_".replace('\\"', '"')
        + r"\textasciitilde{}\textasciicircum{}\textbackslash{}}},",
        "  howpublished = {Record},",
        "  year = {2021},",
        "  month = dec,",
        "  url = {https://records.org/a/en/events/cup/},",
        "  note = {20 November – 18 December 2022},",
        "  language = {en}",
        "}",
    ]


def test_citation_in_arabic(output: Path) -> None:
    """A citation is in the words of the page's language; the title keeps its own."""
    plain, bibtex, _ = Text(page(output, "ar/events/قمة")).found

    assert plain.startswith("«Summit» (نحو عام 2017). سجل، 6 ديسمبر 2021.")
    assert re.match(r"@misc\{event-[0-9a-f]{8},\n", bibtex)
    assert "language = {en}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")


@pytest.mark.parametrize(
    ("shown", "framed", "height"),
    [
        ("en/events/cup", "en/embed/events/cup", 320),
        ("ar/people/ann", "ar/embed/people/ann", 560),
        ("ar", "ar/embed/timeline", 560),
    ],
)
def test_snippet(output: Path, shown: str, framed: str, height: int) -> None:
    """A page gives what shows it elsewhere: a frame with the address of a page that exists, and a title."""
    *_, code = Text(page(output, shown)).found

    assert code.startswith(f'<iframe src="https://records.org/a/{framed}.html" title="')
    assert f'height="{height}" loading="lazy"></iframe>' in code
    assert (output / f"{framed}.html").is_file()


def test_title_in_a_snippet(output: Path) -> None:
    """A title with quotes does not break out of the frame's."""
    *_, code = Text(page(output, "en/events/cup")).found

    (title,) = re.findall(r'title="([^"]*)"', code)
    assert unescape(title) == TITLE


@pytest.mark.parametrize("framed", ["en/embed/events/cup", "ar/embed/people/ann", "ar/embed/timeline"])
def test_frame(output: Path, framed: str) -> None:
    """A page for frames tells its height, opens links beside, and leaves search engines to the whole."""
    html = frame(output, framed)

    assert re.findall(r"<script[^>]*assets/(\w+)", html) == ["embed"]
    assert html.count("<script") == 1
    assert '<base target="_blank">' in html
    assert html.index("<base") < html.index("<link")
    assert '<meta name="robots" content="noindex">' in html
    whole = framed.replace("/embed/timeline", "").replace("/embed", "")
    assert f'<link rel="canonical" href="https://records.org/a/{whole}/">' in html
    assert f'href="{"../" * framed.count("/")}{whole}/"' in html


def test_what_a_frame_says(output: Path) -> None:
    """A frame says the status of what it shows, and the language of a text that is not the page's."""
    event, timeline = frame(output, "ar/embed/events/cup"), frame(output, "ar/embed/timeline")

    assert 'class="status status-denied"' in event
    assert '<bdi lang="en" dir="ltr">' in event.partition("<h1>")[2].partition("</h1>")[0]
    assert 'class="status status-denied"' in timeline
    assert 'class="status status-reported"' in timeline


def test_not_in_the_sitemap(output: Path) -> None:
    """Search engines are not led to frames."""
    assert "/embed/" not in (output / "sitemap.xml").read_text("utf-8")


def test_long_timeline(tmp_path: Path) -> None:
    """Of a long timeline a frame shows the most important events, in their order, and leads to the whole."""
    many = (
        f"{{id: e{number}, date: {1800 + number}, title: E{number}, importance: {5 if number > 100 else 3}}}"
        for number in range(FEW + 20)
    )
    write_site(tmp_path, {"content/articles/one.en.md": article("One", *many)})

    build(tmp_path, Options(jobs=1))

    html = frame(tmp_path / "output", "en/embed/timeline")
    shown = re.findall(r"events/e(\d+)/", html.partition("<ol")[2])
    assert shown == [*map(str, range(81)), *map(str, range(101, 120))]
    assert "120 events" in html
