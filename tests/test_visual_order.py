"""Where letters stand on the screen: dates, ranges, titles in two scripts and numbers, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

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
    settings = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [en, ar]\n"
    root = write_site(tmp_path_factory.mktemp("order"), files, settings=settings)
    build(root, Options(jobs=1))
    return root / "output"


def timeline(browser: Browser, site: Path, lang: str) -> Page:
    """Return the timeline in *lang*, with each title and date on one line."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto((site / lang / "index.html").as_uri())
    page.add_style_tag(content=".date, .title { white-space: nowrap }")
    return page


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


DATES = {
    "en": {
        "span": "20 November – 18 December 2022",
        "days": "3 – 18 November 2022",
        "years": "1990 – 1995",
        "about": "c May 2001",
        "ancient": "44 BCE",
    },
    "ar": {
        "span": "2022 ديسمبر 18 – نوفمبر 20",
        "days": "2022 نوفمبر 18 – 3",
        "years": "1995 – 1990",
        "about": "2001 مايو نحو",
        "ancient": "م ق 44",
    },
}
TITLES = {
    "en": {
        "latin": "Qatar Airways flies",
        "arabic": "The daily الأوسط الشرق prints 12 pages",
        "numbers": "Between 100 and 250 men",
        "end": "Who wrote Al Watan ?",
    },
    "ar": {
        "latin": "أنقرة إلى Qatar Airways من وفد وصول",
        "arabic": "صفحة 12 تطبع الصحيفة",
        "numbers": "جنديا 250 و 100 بين",
        "end": "؟ Al Watan كتب من",
    },
}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_dates(browser: Browser, site: Path, lang: str) -> None:
    """Dates and ranges stand as one reads: the beginning first, the day before the month."""
    page = timeline(browser, site, lang)

    assert {event: across(page, f"#e-{event} .date") for event in DATES[lang]} == DATES[lang]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_titles(browser: Browser, site: Path, lang: str) -> None:
    """A title in two scripts reads as its own language does; numbers and marks stay where they belong."""
    page = timeline(browser, site, lang)

    assert {event: across(page, f"#e-{event} .title") for event in TITLES[lang]} == TITLES[lang]


def test_title_of_another_language(browser: Browser, site: Path) -> None:
    """A title that is missing in a language keeps, shown in another one, its own order."""
    assert across(timeline(browser, site, "ar"), "#e-only .title") == "Only here 3 men of AFP"


@pytest.mark.parametrize(("lang", "shown"), [("en", "Events shown 1 of 10"), ("ar", "10 من 1")])
def test_counts(browser: Browser, site: Path, lang: str, shown: str) -> None:
    """What the search found is counted first, then all there are."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto((site / lang / "index.html").as_uri())
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill("qatar airways")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    line = across(page, ".finder .shown")
    page.close()

    assert shown in line


@pytest.mark.parametrize(("lang", "right"), [("ar", True), ("en", False)])
def test_sides(browser: Browser, site: Path, lang: str, right: bool) -> None:
    """In Arabic the dates stand at the right of the titles, in English at their left."""
    page = timeline(browser, site, lang)

    date = page.locator("#e-span .date").first.bounding_box()
    title = page.locator("#e-span .title").first.bounding_box()

    assert date
    assert title
    assert (date["x"] > title["x"]) == right
