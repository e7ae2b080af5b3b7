"""What a reader sees first of a timeline, on a phone and on a desk, in Arabic and in English."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from page_probes import CONTRASTS, OVERLAPS
from playwright.sync_api import Browser, Page, expect
from site_kit import write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

SCREENS = {"phone": (360, 740), "desk": (1280, 800)}
SETTINGS = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\nembeds: []\n"
ERA = "era-{0}:\n  name: {{ar: الحقبة {0}, en: Era number {0}}}\n  date: {1}/{2}\n"
ERAS = "".join(ERA.format(number, 1800 + number * 40, 1845 + number * 40) for number in range(5))
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="300"><path d="M0 0h9v9z"/></svg>'
MANY = 3000
RANGES = 10
"""That a reader zooms to, one after another."""
BROADSHEET = Path(__file__).parents[1] / "themes" / "broadsheet" / "static" / "broadsheet.css"


def article(number: int, size: int) -> str:
    """Return the row of the event *number* of a story of two centuries and *size* events."""
    year, importance = 1800 + number * 220 // (size - 1), 5 if number % 6 == 2 else 3
    if size == MANY:
        # Few years, each a page of its own, with many events.
        year -= year % 20
    date = year if number % 5 == 1 else f"{year}-0{number % 9 + 1}-1{number % 9}"
    title = f"حدث من أحداث القصة رقم {number}"
    if (number, size) == (0, 60):
        date, importance, title = -1870, 5, "قناة قديمة"
    media = "a.svg,صورة" if (number, size) == (14, 60) else ","
    return f"n-{number},{date},{importance},{title},Event of the story {number},{media}\n"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return built sites by how many events they have: few, a story with an outlier, and very many."""
    built: dict[int, Path] = {}
    for size in (9, 60, MANY):
        root = tmp_path_factory.mktemp(f"first-{size}")
        rows = "".join(article(number, size) for number in range(size))
        files = {
            "content/events/story.csv": "id,date,importance,title,title:en,media,media_alt\n" + rows,
            "content/events/story.map.yaml": f"pages: {'true' if size == 60 else 'false'}\n",
            "content/events/a.svg": PICTURE,
            "content/eras.yaml": ERAS,
        }
        build(write_site(root, files, settings=SETTINGS), Options(jobs=1))
        built[size] = root / "output"
    return built


def opened(
    browser: Browser, sites: dict[int, Path], size: int, lang: str, screen: str, *, script: bool = True
) -> Page:
    """Return the first page of a site on a *screen*."""
    width, height = SCREENS[screen]
    page = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    ).new_page()
    page.goto((sites[size] / lang / "index.html").as_uri())
    return page


def has_an_event_at_once(page: Page, screen: str) -> None:
    """Fail unless title and date of an event are seen whole without scrolling, and no menu hides an entry."""
    card = page.locator(".highlights li").first
    for part in (".when", ".title"):
        box = card.locator(part).bounding_box()
        assert box
        assert box["y"] < 600
        assert box["y"] + box["height"] <= SCREENS[screen][1]
        assert 0 <= box["x"] <= SCREENS[screen][0] - box["width"]
    assert page.evaluate(
        "[...document.querySelectorAll('nav ul')].every(list => list.scrollWidth <= list.clientWidth)"
    )


@pytest.mark.parametrize("size", [60, MANY])
def test_an_event_at_once_without_a_script(browser: Browser, sites: dict[int, Path], size: int) -> None:
    """Title and date of an event are wholly visible on a phone that runs no script."""
    page = opened(browser, sites, size, "en", "phone", script=False)

    has_an_event_at_once(page, "phone")
    page.context.close()


def test_cards_with_and_without_a_picture(browser: Browser, sites: dict[int, Path]) -> None:
    """In a strip with pictures the date of an event that has none is as tall as a picture."""
    page = opened(browser, sites, 60, "ar", "desk")
    heights = page.locator(".highlights img, .card:not(.pictured) > .when").evaluate_all(
        "parts => parts.map(part => Math.round(part.getBoundingClientRect().height))"
    )

    assert len(heights) == page.locator(".card").count()
    assert max(heights) - min(heights) <= 1
    page.context.close()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("screen", SCREENS)
def test_an_event_at_once_and_an_axis_without_overlaps(
    browser: Browser, sites: dict[int, Path], lang: str, screen: str
) -> None:
    """An event is seen at once, and labels are apart, at rest and in ranges that a reader zooms to."""
    for size in (9, 60, MANY):
        page = opened(browser, sites, size, lang, screen)
        has_an_event_at_once(page, screen)
        labels, overlaps = page.evaluate(OVERLAPS)
        assert labels > 5
        assert overlaps == []
        for step in range(RANGES):
            start = 1800 + step * 190 // RANGES
            page.evaluate("hash => { location.hash = hash; }", f"from={start}&to={start + 4 + step * 3}")
            page.wait_for_function(
                "from => document.querySelector('.axis-picture.live:not(.away)')"
                " && document.querySelector('.axis-range').textContent.includes(from)",
                arg=str(start),
            )
            assert page.evaluate(OVERLAPS)[1] == [], (size, start)
        page.context.close()


def test_years_of_a_long_timeline(browser: Browser, sites: dict[int, Path]) -> None:
    """A year leads to those around it, and an old link to an event leads to the page that has it now."""
    page = opened(browser, sites, MANY, "en", "desk")
    page.goto((sites[MANY] / "en" / "1840" / "index.html").as_uri())
    assert page.locator(".years-around a").all_inner_texts() == ["1820", "1860"]

    page.locator('.years-around [rel="prev"]').click()
    page.wait_for_url("**/1820/index.html")
    page.locator('.years-around [rel="prev"]').click()
    page.wait_for_url("**/1800/index.html")
    assert page.locator(".years-around a").all_inner_texts() == ["1820"]
    page.goto((sites[MANY] / "en" / "index.html").as_uri() + "#e-n-1400")
    page.wait_for_url("**/1900/index.html#e-n-1400")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_of_marks(
    browser: Browser, sites: dict[int, Path], scheme: Literal["light", "dark"]
) -> None:
    """Each kind of mark is told from the paper, 3 to 1 and more, by day and by night, in both themes."""
    for size, kinds in ((9, 3), (60, 4), (MANY, 4)):
        page = opened(browser, sites, size, "en", "desk")
        page.emulate_media(color_scheme=scheme)
        for theme in ("almanac", "broadsheet"):
            if theme == "broadsheet":
                page.add_style_tag(path=str(BROADSHEET))
            found = page.evaluate(CONTRASTS)
            assert len(found) >= kinds, found
            assert {kind: ratio for kind, ratio in found.items() if ratio < 3} == {}, theme
        page.context.close()


def test_the_axis_is_an_instrument(browser: Browser, sites: dict[int, Path]) -> None:
    """Marks name themselves and lead to their events, the wheel scrolls, and buttons do what they say."""
    page = opened(browser, sites, 60, "en", "desk")
    buttons = page.locator(".axis-buttons button")
    assert [one.is_disabled() for one in buttons.all()] == [True, True, False, True, True]

    mark = page.locator('.axis a.mark[href*="n-32/"]')
    box = mark.locator(".dot circle").last.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function(
        "document.querySelector('.axis-card:not([hidden]) .title')?.textContent.includes('32')"
    )
    before = page.evaluate("scrollY")
    page.mouse.wheel(0, 200)
    page.wait_for_function("before => scrollY > before", arg=before)
    assert page.evaluate("location.hash") == ""

    page.locator('.axis a.mark[href*="n-20/"]').focus()
    assert "20" in page.locator(".axis-card .title").inner_text()
    page.locator('[data-era="era-1"]').click()
    page.wait_for_function("location.hash.includes('from=1840')")
    expect(page.locator(".axis-range")).to_have_text("1840 – 1885", use_inner_text=True)
    assert not page.locator('[data-do="all"]').is_disabled()
    page.evaluate("document.querySelector('.axis-card').hidden = true")
    page.locator(".axis-picture.live a.mark").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#e-n-*")
