"""The built sample in a real browser with JavaScript off: everything a reader needs is in the pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the sample site."""
    root = tmp_path_factory.mktemp("sample")
    # What is counted here are the events of the two articles.
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("events"))
    shutil.copy(ROOT / "site.yaml", root)
    build(root, Options(jobs=1))
    return root / "output"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a page without JavaScript that refuses to speak to any other host."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    context.close()
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


def events_of(sample: Path, lang: str) -> list[dict[str, Any]]:
    """Return the events of the sample as its data tells them."""
    data = json.loads((sample / lang / "events.json").read_text(encoding="utf-8"))
    return list(data["events"])


def shown(page: Page, selector: str) -> str:
    """Return the text that a reader sees in *selector*."""
    return " ".join(page.locator(selector).first.inner_text().split())


@pytest.mark.parametrize(("lang", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_timeline(page: Page, sample: Path, lang: str, direction: str) -> None:
    """The timeline shows every event with its date as it is known, its source, and a link to its page."""
    page.goto((sample / lang / "index.html").as_uri())

    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("html").get_attribute("dir") == direction
    events = events_of(sample, lang)
    assert len(events) == 9
    for event in events:
        entry = f"#e-{event['id']}"
        text = shown(page, entry)
        assert event["title"] in text
        assert event["date_text"] in text
        assert page.locator(f"{entry} .date").first.get_attribute("data-edtf") == event["date"]
        for telling in event["tellings"][:1]:
            for source in telling["sources"]:
                assert source["name"] in text
        link = page.locator(f"{entry} .title a").get_attribute("href") or ""
        assert (sample / lang / link / "index.html").is_file()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_precision_is_kept(page: Page, sample: Path, lang: str) -> None:
    """A year is shown as a year, a month as a month, a span as a span, and the correction beside both."""
    page.goto((sample / lang / "index.html").as_uri())
    shown_dates = {
        "emir-approaches-ankara": ("2017", {"ar": "2017", "en": "2017"}),
        "third-committee": ("2019-10", {"ar": "أكتوبر 2019", "en": "October 2019"}),
        "world-cup-2022": (
            "2022-11-20/2022-12-18",
            {"ar": "20 نوفمبر – 18 ديسمبر 2022", "en": "20 November – 18 December 2022"},
        ),
    }

    for event, (edtf, words) in shown_dates.items():
        date = page.locator(f"#e-{event} .date").first
        assert date.get_attribute("data-edtf") == edtf
        assert words[lang] in " ".join(date.inner_text().split())

    page.goto((sample / lang / "events" / "world-cup-2022" / "index.html").as_uri())
    dates = {one.get_attribute("data-edtf") for one in page.locator(".date").all()}
    assert {"2022-11-20/2022-12-18", "2022-11-21/2022-12-18"} <= dates


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_event_page(page: Page, sample: Path, lang: str) -> None:
    """The page of every event tells its date, who told it, from which source, and links to the articles."""
    for event in events_of(sample, lang):
        page.goto((sample / lang / "events" / event["id"] / "index.html").as_uri())

        text = shown(page, "main")
        assert event["title"] in text
        assert event["date_text"] in text
        for telling in event["tellings"]:
            for source in telling["sources"]:
                assert source["name"] in text
        hrefs = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
        assert any("/articles/" in href for href in hrefs)


@pytest.mark.parametrize(("lang", "other"), [("ar", "en"), ("en", "ar")])
def test_language_switch(page: Page, sample: Path, lang: str, other: str) -> None:
    """The link to the other language leads to the same thing, in its own language and direction."""
    for address in ("", "events/third-committee/", "articles/world-cup-security/", "people/hakan-fidan/"):
        page.goto((sample / lang / address / "index.html").as_uri())

        link = page.locator(f'header a[hreflang="{other}"]').first
        assert link.get_attribute("lang") == other
        target = (sample / lang / address / (link.get_attribute("href") or "")).resolve()
        assert target == (sample / other / address).resolve()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_no_sideways_scroll(browser: Browser, sample: Path, lang: str, width: int) -> None:
    """No page is wider than the screen, on a phone or at a desk."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    opened = context.new_page()
    pages = ("", "events/world-cup-2022/", "articles/world-cup-security/", "people/", "about/")

    for address in pages:
        opened.goto((sample / lang / address / "index.html").as_uri())
        wide = opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
    context.close()
