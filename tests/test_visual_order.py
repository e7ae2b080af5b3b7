"""Where letters stand on the screen: dates, ranges, titles in two scripts and numbers, in both directions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from site_kit import article, write_site

from timeline_gen.pipeline import build
from timeline_gen.running.options import Options

pytestmark = pytest.mark.browser

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
EVENTS = {
    "span": ("2022-11-20/2022-12-18", "The cup", "الكأس"),
    "days": ("2022-11-03/2022-11-18", "A visit", "زيارة"),
    "years": ("1990/1995", "A war", "حرب"),
    "about": ("2001-05~", "A letter", "رسالة"),
    "ancient": ("-0043", "A murder", "اغتيال"),
    "latin": ("2017", "Qatar Airways flies", "وصول وفد من Qatar Airways إلى أنقرة"),
    "arabic": ("2018", "The daily الشرق الأوسط prints 12 pages", "الصحيفة تطبع 12 صفحة"),
    "numbers": ("2019", "Between 100 and 250 men", "بين 100 و 250 جنديا"),
    "end": ("2020", "Who wrote Al-Watan?", "من كتب Al-Watan؟"),
}
"""Events with a date and with a title in each language."""

# Each run of letters or digits of one element: its text, its left edge, and whether it reads to the right.
RUNS = r"""
element => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), runs = [];
    while (texts.nextNode()) {
        const node = texts.currentNode, range = document.createRange();
        if (node.parentElement.closest(".unseen")) continue;
        const left = (from, to) => {
            range.setStart(node, from);
            range.setEnd(node, to);
            return range.getBoundingClientRect();
        };
        for (const match of node.data.matchAll(/[\p{L}\p{M}]+|\p{N}+|[–?؟]/gu)) {
            const from = match.index, to = from + match[0].length, box = left(from, to);
            if (!box.width) continue;
            const rightwards = to - from < 2 || left(from, from + 1).left < left(to - 1, to).left;
            runs.push([match[0], box.left, rightwards]);
        }
    }
    return runs;
}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site whose events have all kinds of dates and titles."""
    english = [
        f'{{id: {name}, date: "{date}", title: "{title}"}}' for name, (date, title, _) in EVENTS.items()
    ]
    arabic = [f'{{id: {name}, title: "{title}"}}' for name, (_, _, title) in EVENTS.items()]
    only = '{id: only, date: 2021, title: "Only here: 3 men of AFP"}'
    files = {
        "content/articles/all.en.md": article("All", *english, only),
        "content/articles/all.ar.md": article("الكل", *arabic, date=""),
    }
    settings = "title: {ar: سجل, en: Record}\nurl: https://example.org/\nlanguages: [en, ar]\n"
    root = write_site(tmp_path_factory.mktemp("order"), files, settings=settings)
    build(root, Options(jobs=1))
    return root / "output"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Lend the system's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing; `make test` installs it or says how"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(browser: Browser, site: Path) -> dict[str, Page]:
    """Return the timeline of each language, with each title and date on one line."""
    opened = {}
    for lang in ("ar", "en"):
        opened[lang] = browser.new_page(viewport={"width": 1400, "height": 900})
        opened[lang].goto((site / lang / "index.html").as_uri())
        opened[lang].add_style_tag(content=".date, .title { white-space: nowrap }")
    return opened


def across(page: Page, selector: str) -> str:
    """Return what *selector* shows, run by run from the left edge of the screen to the right.

    Letters and digits must stand in each run as their script has them.
    """
    runs = page.locator(selector).first.evaluate(RUNS)
    assert runs
    for text, _, rightwards in runs:
        assert rightwards or "\u0600" <= text[0] <= "\u06ff", text
        assert not (rightwards and len(text) > 1 and "\u0620" <= text[0] <= "\u064a"), text
    return " ".join(run[0] for run in sorted(runs, key=lambda run: run[1]))


@pytest.mark.parametrize(
    ("lang", "event", "shown"),
    [
        ("en", "span", "20 November – 18 December 2022"),
        ("ar", "span", "2022 ديسمبر 18 – نوفمبر 20"),
        ("en", "days", "3 – 18 November 2022"),
        ("ar", "days", "2022 نوفمبر 18 – 3"),
        ("en", "years", "1990 – 1995"),
        ("ar", "years", "1995 – 1990"),
        ("en", "about", "c May 2001"),
        ("ar", "about", "2001 مايو نحو"),
        ("en", "ancient", "44 BCE"),
        ("ar", "ancient", "م ق 44"),
    ],
)
def test_dates(pages: dict[str, Page], lang: str, event: str, shown: str) -> None:
    """Dates and ranges stand as one reads: the beginning first, the day before the month."""
    assert across(pages[lang], f"#e-{event} .date") == shown


@pytest.mark.parametrize(
    ("lang", "event", "shown"),
    [
        ("ar", "latin", "أنقرة إلى Qatar Airways من وفد وصول"),
        ("en", "latin", "Qatar Airways flies"),
        ("en", "arabic", "The daily الأوسط الشرق prints 12 pages"),
        ("ar", "arabic", "صفحة 12 تطبع الصحيفة"),
        ("en", "numbers", "Between 100 and 250 men"),
        ("ar", "numbers", "جنديا 250 و 100 بين"),
        ("en", "end", "Who wrote Al Watan ?"),
        ("ar", "end", "؟ Al Watan كتب من"),
    ],
)
def test_titles(pages: dict[str, Page], lang: str, event: str, shown: str) -> None:
    """A title in two scripts reads as its own language does; numbers and marks stay where they belong."""
    assert across(pages[lang], f"#e-{event} .title") == shown


def test_title_of_another_language(pages: dict[str, Page]) -> None:
    """A title that is missing in a language keeps, shown in another one, its own order."""
    assert across(pages["ar"], "#e-only .title") == "Only here 3 men of AFP"


@pytest.mark.parametrize(("lang", "shown"), [("en", "Events shown 1 of 10"), ("ar", "10 من 1")])
def test_counts(pages: dict[str, Page], lang: str, shown: str) -> None:
    """What the search found is counted first, then all there are."""
    page = pages[lang]
    page.locator("#find-q").fill("qatar airways")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    line = across(page, ".finder .shown")
    page.locator(".finder [type=reset]").click()

    assert shown in line


def test_sides(pages: dict[str, Page]) -> None:
    """In Arabic the dates stand at the right of the titles, in English at their left."""
    for lang, right in (("ar", True), ("en", False)):
        date = pages[lang].locator("#e-span .date").first.bounding_box()
        title = pages[lang].locator("#e-span .title").first.bounding_box()
        assert date
        assert title
        assert (date["x"] > title["x"]) == right
