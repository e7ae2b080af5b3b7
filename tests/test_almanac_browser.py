"""The almanac theme as a browser draws it: order on the screen, sizes, and what the keyboard reaches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import views_factory as factory
from almanac_kit import almanac, assets
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

NAMES = [name for name, _ in factory.full_views("en") if name != "404.html"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one full page of each kind in each language."""
    folder = tmp_path_factory.mktemp("almanac")
    files = {one.path: one.data or b"" for one in assets().outputs}
    for lang in factory.LANGUAGES:
        files |= {name: factory.rendered(view, almanac()) for name, view in factory.full_views(lang)}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def opened(browser: Browser, url: str, width: int = 1280) -> Page:
    """Return the page at *url* in a window of *width* pixels."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(url)
    return page


def across(page: Page, selector: str, *words: str) -> list[float]:
    """Return how far from the left each of *words* begins, in the first *selector* that holds them all."""
    found: Any = page.evaluate(
        """([selector, words]) => {
            for (const element of document.querySelectorAll(selector)) {
                if (!words.every(word => element.textContent.includes(word))) continue;
                const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
                while (texts.nextNode()) nodes.push(texts.currentNode);
                const boxes = words.map(word => {
                    const node = nodes.find(one => one.data.includes(word)), range = document.createRange();
                    range.setStart(node, node.data.indexOf(word));
                    range.setEnd(node, node.data.indexOf(word) + word.length);
                    return range.getBoundingClientRect();
                });
                const lines = new Set(boxes.map(box => Math.round(box.bottom / 12)));
                if (lines.size === 1) return boxes.map(box => box.left);
            }
            return [];
        }""",
        [selector, list(words)],
    )
    return [float(left) for left in found]


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_order_of_a_span(browser: Browser, site: Path, lang: str) -> None:
    """A span begins where one begins to read, and inside each end the day comes before the month."""
    page = opened(browser, (site / lang / "corrections/index.html").as_uri())
    months = {"ar": ("نوفمبر", "ديسمبر"), "en": ("November", "December")}[lang]

    places = across(page, ".change .date", "20 ", months[0], "–", "18", months[1], "2022")

    assert len(places) == 6
    assert places == sorted(places, reverse=lang == "ar")


def test_latin_name_in_arabic(browser: Browser, site: Path) -> None:
    """A title that ends with a mark in another direction keeps the mark at its own end."""
    page = opened(browser, (site / "ar/articles/article/index.html").as_uri())

    first, last = across(page, ".source a", "Qatar", "!")

    assert first < last


@pytest.mark.parametrize("lang", factory.LANGUAGES)
def test_no_sideways_scroll(browser: Browser, site: Path, lang: str) -> None:
    """No kind of page is wider than the screen, in either language."""
    page = browser.new_page()
    wide: dict[tuple[str, int], int] = {}

    for name in NAMES:
        page.goto((site / name.replace("en/", f"{lang}/", 1)).as_uri())
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            wide[name, width] = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )

    assert {view: over for view, over in wide.items() if over > 0} == {}


def test_targets(browser: Browser, site: Path) -> None:
    """A finger hits every link but those in a sentence, and on a map with its list (WCAG 2.2, 2.5.8)."""
    page = browser.new_page(viewport={"width": 320, "height": 900})
    small: dict[str, list[str]] = {}

    for name in NAMES:
        page.goto((site / name.replace("en/", "ar/", 1)).as_uri())
        small[name] = page.evaluate(
            """Array.from(document.querySelectorAll("a:not(.skip, [aria-hidden] *)"))
                .filter(link => link.getClientRects().length)
                .filter(link => !link.closest("p:not(.brand, .label), .prose, figcaption"))
                .filter(link => link.getBoundingClientRect().height < 23.99)
                .map(link => link.outerHTML)"""
        )

    assert {name: links for name, links in small.items() if links} == {}


def test_skip_link(browser: Browser, site: Path) -> None:
    """The first thing that the keyboard reaches is the way past the menu, and then it is seen."""
    page = opened(browser, (site / "ar/index.html").as_uri())

    page.keyboard.press("Tab")

    seen = page.evaluate(
        """(() => {
            const box = document.activeElement.getBoundingClientRect();
            const style = getComputedStyle(document.activeElement);
            const edge = Math.round(innerWidth - box.right);
            return [document.activeElement.className, box.width > 50, style.clipPath, edge];
        })()"""
    )
    assert seen == ["skip", True, "none", 0]


def test_lost_address(browser: Browser, site: Path) -> None:
    """The page for lost addresses shows the language that the address begins with, alone."""
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(path=site / found(route.request.url, site)))

    page.goto("https://example.org/en/events/lost/")

    expect(page.locator("section:visible")).to_have_count(1)
    assert page.locator("section:visible").get_attribute("lang") == "en"
    assert page.title() == "There is no such page"
    assert page.evaluate("document.documentElement.dir") == "ltr"


def found(url: str, site: Path) -> str:
    """Return the file of *site* that a host serves at *url*."""
    path = url.removeprefix("https://example.org/")
    return path if (site / path).is_file() else "404.html"
