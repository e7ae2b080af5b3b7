"""The example of a rich site, ``examples/canal``: it builds clean, and opens with its story."""

from __future__ import annotations

import gzip
import re
import runpy
import shutil
from pathlib import Path
from typing import Literal

import pytest
from page_probes import CONTRASTS, OVERLAPS, STARTS
from playwright.sync_api import Browser, Page, expect

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.errors import Level

CANAL = Path(__file__).parents[1] / "examples" / "canal"
BROADSHEET = Path(__file__).parents[1] / "themes" / "broadsheet" / "static" / "broadsheet.css"
DISPUTED = {
    "canal-closed-1967": ("1967-06-05", "1967-06-06"),
    "company-founded": ("1858-12-15", "1858-12-20"),
}
KINDS = (
    "",
    "events/opening/",
    "events/canal-closed-1967/",
    "events/aida/",
    "articles/ten-years-of-digging/",
    "articles/",
    "people/",
    "people/ferdinand-de-lesseps/",
    "places/port-said/",
    "map/",
    "corrections/",
    "about/",
)
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
SPACED += "p {margin-block-end: 2em !important}"
"""Text spacing that a page must bear (WCAG 2.2, 1.4.12)."""


@pytest.fixture(scope="module")
def canal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """Build a copy of the example; give its output and the report."""
    root = shutil.copytree(
        CANAL,
        tmp_path_factory.mktemp("canal") / "site",
        ignore=shutil.ignore_patterns("output", ".timeline-gen"),
    )
    return root / "output", build(root, Options(jobs=1))


def test_clean(canal: tuple[Path, Report]) -> None:
    """The example has no problem but the disagreements that it shows, which are settled."""
    _, report = canal

    assert {problem.level for problem in report.problems} == {Level.INFO}
    assert sorted(problem.code for problem in report.problems) == ["TG313", "TG504", "TG504", "TG504"]
    assert (report.articles, report.languages, report.events) == (9, 2, 60)


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("event", DISPUTED)
def test_disagreement_is_shown(canal: tuple[Path, Report], lang: str, event: str) -> None:
    """Where sources differ, the page of the event has both dates, and a mark says that they differ."""
    page = (canal[0] / lang / "events" / event / "index.html").read_text("utf-8")

    assert [f'data-edtf="{date}"' in page for date in DISPUTED[event]] == [True, True]
    assert 'class="entry telling contradicts"' in page


def test_pictures_are_those_of_the_script() -> None:
    """Each picture is what ``draw.py`` draws."""
    script = runpy.run_path(str(CANAL / "draw.py"))
    files = {
        path.relative_to(CANAL / "content"): path.read_text("utf-8")
        for path in CANAL.rglob("content/**/*.svg")
    }

    assert files == {Path(f"{name}.svg"): script["drawn"](name) for name in script["PICTURES"]}


def opened(browser: Browser, canal: tuple[Path, Report], address: str, width: int, height: int = 740) -> Page:
    """Return a page of the example."""
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.goto((canal[0] / address / "index.html").as_uri())
    return page


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_first_screen(browser: Browser, canal: tuple[Path, Report], lang: str) -> None:
    """A desk shows title, pictures and axis at once, a phone an event and the beginning of the axis."""
    page = opened(browser, canal, lang, 1280, 800)
    ends = page.locator("h1, .cover img, .card .title, .axis-picture:not(.away)").evaluate_all(
        "parts => parts.map(part => part.getBoundingClientRect().bottom)"
    )
    assert max(ends) <= 800
    labels, overlaps = page.evaluate(OVERLAPS)
    assert labels > 20
    assert overlaps == []

    page.set_viewport_size({"width": 360, "height": 740})
    card = page.locator(".card .title").first.bounding_box()
    axis = page.locator("nav.axis").bounding_box()
    assert card
    assert axis
    assert card["y"] + card["height"] < 640
    assert axis["y"] < 700
    assert page.locator(".axis-picture:not(.away) .name.lines:visible").count() >= 6
    assert page.evaluate(OVERLAPS)[1] == []


@pytest.mark.browser
def test_print(browser: Browser, canal: tuple[Path, Report]) -> None:
    """The sixty events are printed on at most 12 pages, in both themes."""
    page = opened(browser, canal, "ar", 1280)
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    page.add_style_tag(path=str(BROADSHEET))
    columns = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))

    assert 6 < sheets <= 12
    assert 6 < columns <= 12


@pytest.mark.browser
def test_reflow_and_line_starts(browser: Browser, canal: tuple[Path, Report]) -> None:
    """At 320 pixels with text spacing no page is wider than the screen, and lines begin as they should."""
    page = opened(browser, canal, "ar", 320)
    for kind in KINDS:
        page.goto((canal[0] / "ar" / kind / "index.html").as_uri())
        page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, kind
        assert page.evaluate(STARTS) == [], kind


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_weight_of_the_first_view(canal: tuple[Path, Report], lang: str) -> None:
    """The timeline with its styles and scripts, compressed as servers send them, is at most 60 KB."""
    page = canal[0] / lang / "index.html"
    text = page.read_text("utf-8")
    named = re.findall(r'<link rel="stylesheet" href="([^"]*)"|<script src="([^"]*)"', text)
    files = [page, *((page.parent / (style or script)) for style, script in named)]

    assert len(files) > 6
    assert sum(len(gzip.compress(file.read_bytes(), 6)) for file in files) <= 60_000


def test_each_picture_has_words(canal: tuple[Path, Report]) -> None:
    """In each language every picture of an event's page says what it shows."""
    for lang in ("ar", "en"):
        pages = [path.read_text("utf-8") for path in (canal[0] / lang / "events").rglob("index.html")]
        found = [alt for page in pages for alt in re.findall(r'<img [^>]*alt="([^"]*)"', page)]
        assert len(found) > 8
        assert all(found)


ROWS_DRAWN = """selector => Object.fromEntries(
    [...document.querySelectorAll(selector + ' a.mark')].map(mark => [
        mark.getAttribute('href').match(/(?:events[/]|#e-)([^/]*)/)[1],
        mark.getAttribute('class').replace(/mark|weight-\\d/g, '').trim(),
    ]))"""


@pytest.mark.browser
def test_the_first_touch(browser: Browser, canal: tuple[Path, Report]) -> None:
    """A finger on a mark shows the date of the event, its title and its picture."""
    page = browser.new_context(viewport={"width": 360, "height": 1200}, has_touch=True).new_page()
    page.goto((canal[0] / "en" / "index.html").as_uri())
    box = page.locator('a.mark[href*="/opening/"] .dot circle').last.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    card = page.locator(".axis-card")
    card.locator(".when").wait_for()

    expect(card.locator(".when")).to_have_text("17–20 Nov 1869", use_inner_text=True)
    expect(card.locator(".title")).to_have_text("The Suez Canal opens", use_inner_text=True)
    expect(card.locator("img")).to_have_count(1)


@pytest.mark.browser
def test_rows_of_the_axis(browser: Browser, canal: tuple[Path, Report]) -> None:
    """The picture and the axis that moves have each event in one row, named where it has room."""
    page = opened(browser, canal, "ar", 1280, 800)
    still = page.evaluate(ROWS_DRAWN, ".axis-picture:not(.live)")
    page.evaluate("location.hash = 'from=1850&to=1900'")
    page.wait_for_function(
        "document.querySelector('.axis-picture.live:not(.away) a.mark[href]')"
        " && !document.querySelector('.axis-picture.live a.mark:not([href])')"
    )
    moved = page.evaluate(ROWS_DRAWN, ".axis-picture.live")

    assert len(still) == 60
    assert 20 < len(moved) < 60
    assert moved == {event: still[event] for event in moved}
    assert page.evaluate(OVERLAPS)[1] == []
    expect(page.locator(".axis-picture.live text.group")).to_have_count(5)


SURFACES: tuple[tuple[Literal["light", "dark"], Literal["screen", "print"]], ...] = (
    ("light", "screen"),
    ("dark", "screen"),
    ("light", "print"),
)


@pytest.mark.browser
def test_colours_of_rows(browser: Browser, canal: tuple[Path, Report]) -> None:
    """Marks and names of all rows are told from the paper by day, by night and in print, in both themes."""
    for theme in ("almanac", "broadsheet"):
        page = opened(browser, canal, "en", 1280, 800)
        if theme == "broadsheet":
            page.add_style_tag(path=str(BROADSHEET))
        for scheme, media in SURFACES:
            page.emulate_media(color_scheme=scheme, media=media)
            least = page.evaluate(CONTRASTS)
            assert min(ratio for kind, ratio in least.items() if "group" in kind) >= 4.5
            assert {kind: ratio for kind, ratio in least.items() if ratio < 3} == {}, (theme, scheme, media)
