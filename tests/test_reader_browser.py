"""What a script adds for a reader: folders without a server, glimpses of events, one's place, media."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

SITE = 'title: {ar: س, en: S}\nurl: "https://example.org/"\nlanguages: [en, ar]\n'
ARTICLE = """---
title: The bridge
date: 2020-05-01
people: [Amina Haddad]
events:
  - {id: begun, date: 1990, title: The bridge is begun, summary: With a *feast*.}
  - id: opened
    date: 1995-05
    title: The bridge is opened
    media: {src: "https://www.youtube.com/watch?v=dQw4w9WgXcQ", alt: The opening}
  - {id: closed, date: 2001-02-03, title: The bridge is closed}
---
In the first year [it was begun](event:begun), with a feast.

%s

Then [it was opened](event:opened).

%s

At last [it was closed](event:closed).

%s
"""
ARABIC = """---
title: الجسر
events: [{id: begun, title: بدء بناء الجسر}]
---
[بدأ](event:begun) البناء.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with one article."""
    root = tmp_path_factory.mktemp("bridge")
    articles = root / "content" / "articles"
    articles.mkdir(parents=True)
    (root / "site.yaml").write_text(SITE, "utf-8")
    filler = "\n\n".join(["Some more words on what happened there, and why. " * 12] * 6)
    (articles / "bridge.en.md").write_text(ARTICLE % (filler, filler, filler), "utf-8")
    (articles / "bridge.ar.md").write_text(ARABIC, "utf-8")
    build(root, Options(jobs=1))
    return root / "output"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a page that must not fail."""
    context = browser.new_context(viewport={"width": 1400, "height": 700})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def test_folders(page: Page, site: Path) -> None:
    """Opened from a folder, every link leads to a page and none to a list of files."""
    page.goto((site / "index.html").as_uri())
    page.locator(".doors a").first.click()
    page.wait_for_url("**/en/index.html")

    page.locator(".entries .title a").first.click()
    page.wait_for_url("**/en/events/begun/index.html")
    page.locator(".languages a").first.click()
    page.wait_for_url("**/ar/events/begun/index.html")
    page.locator(".menu a").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/people/index.html")


def test_glimpse(page: Page, site: Path) -> None:
    """A link to an event shows, pointed at or reached by keyboard, its date, title and summary."""
    page.goto((site / "en/articles/bridge/index.html").as_uri())
    glimpse = page.locator("#glimpse-begun")
    expect(glimpse).not_to_be_visible()

    page.locator(".event-link").first.hover()
    expect(glimpse).to_be_visible()
    assert glimpse.inner_text().split("\n")[0] == "1990"
    assert "With a feast." in glimpse.inner_text()
    glimpse.hover()
    page.wait_for_timeout(300)
    expect(glimpse).to_be_visible()
    page.keyboard.press("Escape")
    expect(glimpse).to_be_hidden()

    page.locator(".event-link").first.focus()
    expect(glimpse).to_be_visible()
    assert page.locator(".event-link").first.get_attribute("aria-describedby") == "glimpse-begun"


def test_place(page: Page, site: Path) -> None:
    """The article's timeline stays in sight and marks the event that was read of last."""
    page.goto((site / "en/articles/bridge/index.html").as_uri())
    current = page.locator('.brief [aria-current="location"]')
    expect(current).to_have_text(["The bridge is begun"])

    page.evaluate("document.querySelectorAll('.event-link')[1].scrollIntoView({block: 'start'})")

    expect(current).to_have_text(["The bridge is opened"])
    expect(current).to_be_in_viewport()


def test_media(page: Page, site: Path) -> None:
    """A film asks nobody before it is clicked, then the address that tells its host least."""
    asked: list[str] = []
    page.on("request", lambda request: asked.extend([request.url] if "http" in request.url[:4] else []))
    page.goto((site / "en/events/opened/index.html").as_uri())
    facade = page.locator("a.facade")
    assert "Video from youtube.com" in facade.inner_text()
    assert facade.get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert asked == []

    with page.expect_request(re.compile("^https:")):
        facade.click()

    frame = page.locator("iframe.player")
    assert frame.get_attribute("title") == "The opening"
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
