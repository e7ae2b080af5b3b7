"""A timeline of ten thousand events, read with JavaScript off, by keyboard and without motion."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_kit import build_some

from timeline_gen.pages.search_index import SearchIndex
from timeline_gen.pages.timeline import TimelinePage

pytestmark = pytest.mark.browser

NUMBER = 10_000
YEARS = 40


def front(start: int, stop: int) -> str:
    """Return an article that tells the events from *start* to *stop*."""
    told = [
        {
            "id": f"event-{number}",
            "date": f"{1980 + number % YEARS}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "title": f"Event number {number}",
        }
        for number in range(start, stop)
    ]
    return f"---\ntitle: Article {start}\ndate: 2021-01-01\nevents: {json.dumps(told)}\n---\nText.\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the timeline of ten thousand events, as a build makes it, without the pages of each event."""
    root = tmp_path_factory.mktemp("long")
    articles = root / "content" / "articles"
    articles.mkdir(parents=True)
    (root / "site.yaml").write_text('title: Long\nurl: "https://example.org/"\nlanguages: [en]\n', "utf-8")
    for start in range(0, NUMBER, 100):
        (articles / f"article-{start}.en.md").write_text(front(start, start + 100), "utf-8")
    return build_some(root, TimelinePage, SearchIndex)


def test_every_event_once(site: Path) -> None:
    """Each of the events stands on the page of its year, once, with its date and a link."""
    entry = re.compile(r'<li id="e-(event-\d+)">')
    found = Counter(
        name for page in (site / "en").rglob("index.html") for name in entry.findall(page.read_text("utf-8"))
    )

    assert len(found) == NUMBER
    assert set(found.values()) == {1}


def test_without_script(browser: Browser, site: Path) -> None:
    """With JavaScript off the overview leads to every year, each year shows its events and leads on."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto((site / "en" / "index.html").as_uri())

    years = page.locator(".years a")
    hrefs = [link.get_attribute("href") or "" for link in years.all()]
    assert len(hrefs) == YEARS
    assert sum(int(text) for text in page.locator(".years .count").all_inner_texts()) == NUMBER
    for href in hrefs:
        assert (site / "en" / href / "index.html").is_file()
    assert page.locator(".axis-picture a:visible").count() > 4
    expect(page.locator("main :is(button, input, select):visible")).to_have_count(0)

    page.goto((site / "en" / hrefs[3] / "index.html").as_uri())
    expect(page.locator("h1")).to_have_text("1983", use_inner_text=True)
    expect(page.locator('li[id^="e-"]:visible')).to_have_count(NUMBER // YEARS)
    first = page.locator('li[id^="e-"]').first
    assert "1983" in first.locator(".date").first.inner_text()
    assert first.locator(".title a").get_attribute("href")
    expect(page.locator(".years a")).to_have_count(YEARS + 1)
    expect(page.locator('.years a[aria-current="page"]')).to_have_text("1983", use_inner_text=True)
    context.close()


def test_keyboard_alone(browser: Browser, site: Path) -> None:
    """Whatever a mouse can do on the timeline, the keyboard does: reach, search, zoom, move, follow."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "en" / "index.html").as_uri())
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").focus()
    page.wait_for_function("window.timelineView.data()")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert left_out(page) == []

    page.locator(".axis-stage").focus()
    for key, sign in (("+", "from="), ("+", "from="), ("ArrowRight", "from="), ("-", "from="), ("Home", "")):
        before = page.evaluate("location.href")
        page.keyboard.press(key)
        page.wait_for_function("before => location.href !== before", arg=before)
        after = page.evaluate("location.hash")
        assert sign in after
        assert sign or not after

    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").focus()
    page.keyboard.type("number 77 ")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results li")
    expect(page.locator(".results li")).to_have_count(1)
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.results') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/2017/**")
    expect(page.locator("#e-event-77")).to_be_visible()
    page.close()


def left_out(page: Page) -> list[str]:
    """Return what a mouse can use on *page* and the Tab key does not reach."""
    page.evaluate(
        """() => {
            const usable = "a[href], button:enabled, input, select, summary, .axis-stage";
            window.usable = new Set(Array.from(document.querySelectorAll(usable)).filter(one =>
                one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length));
            document.body.addEventListener("focusin", event => window.usable.delete(event.target));
        }"""
    )
    for _ in range(int(page.evaluate("window.usable.size")) + 5):
        page.keyboard.press("Tab")
    return [str(one) for one in page.evaluate("Array.from(window.usable, one => one.outerHTML)")]


def test_without_motion(browser: Browser, site: Path) -> None:
    """Who asks for less motion gets none: nothing slides, fades or scrolls by itself."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto((site / "en" / "index.html").as_uri())
    page.locator(".finder").wait_for()

    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill("number 77")
    page.wait_for_selector(".results li")
    moving = page.evaluate(
        """() => [document.getAnimations().length, getComputedStyle(document.documentElement).scrollBehavior,
            ...Array.from(document.querySelectorAll("*"), one => getComputedStyle(one))
                .filter(style => /[1-9]/.test(style.transitionDuration + style.animationDuration))
                .map(style => style.transitionProperty)]"""
    )
    assert moving == [0, "auto"]
    page.close()
