"""What a reader of another site sees of a frame that this program's snippet makes there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"
    "embeds: [timeline, events]\n"
)
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="600"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site of thirty events, the first with a tall picture."""
    events = [f"{{id: n-{number}, date: {1980 + number}, title: حدث {number}}}" for number in range(1, 30)]
    events.insert(0, "{id: n-0, date: 1980, title: حدث أول, media: {src: a.svg, alt: سدّ}}")
    files = {"content/articles/story.ar.md": article("القصة", *events), "content/articles/a.svg": PICTURE}
    root = write_site(tmp_path_factory.mktemp("frames"), files, settings=SETTINGS)
    build(root, Options(jobs=1))
    return root / "output"


def framed(browser: Browser, built: Path, shown: str, *, script: bool = True) -> Page:
    """Return a page of another site with the snippet that the page *shown* offers."""
    html = (built / shown / "index.html").read_text("utf-8")
    (snippet,) = re.findall(r"<code>(&lt;iframe.*?)</code>", html, re.DOTALL)
    page = browser.new_context(java_script_enabled=script).new_page()

    def answer(route: Route) -> None:
        if route.request.url.startswith("https://records.org/"):
            return route.fulfill(path=built / route.request.url.removeprefix("https://records.org/"))
        return route.fulfill(
            content_type="text/html; charset=utf-8", body=f"<!doctype html>{unescape(snippet)}"
        )

    page.route("**", answer)
    page.goto("https://newspaper.test/")
    return page


HEIGHT = "document.querySelector('iframe').offsetHeight"


def test_a_frame_is_as_high_as_its_page(browser: Browser, built: Path) -> None:
    """An event with a tall picture is seen whole; a timeline has its axis and scrolls from some height on."""
    page = framed(browser, built, "ar/events/n-0")
    page.wait_for_function(f"{HEIGHT} > 700")
    frame = page.frames[1]
    expect(frame.locator(".picture img")).to_have_count(1)
    page.wait_for_function(f"{HEIGHT} < 1500")
    assert frame.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.context.close()

    page = framed(browser, built, "ar")
    page.wait_for_function(f"Math.abs({HEIGHT} - 902) < 6")
    expect(page.frames[1].locator(".axis a.mark")).to_have_count(30)
    page.context.close()


def test_a_frame_without_scripts(browser: Browser, built: Path) -> None:
    """Where no script runs, a frame has a fixed height."""
    page = framed(browser, built, "ar", script=False)

    box = page.locator("iframe").bounding_box()
    assert box
    assert 550 < box["height"] < 570
    page.context.close()
