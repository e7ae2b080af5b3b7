"""What a reader of one event can do: go to the events around it, and share it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

SWIPE = """([from, to]) => {
    const touch = x => new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 });
    const fire = (name, x, left) => document.body.dispatchEvent(
        new TouchEvent(name, { bubbles: true, touches: left ? [touch(x)] : [], changedTouches: [touch(x)] }));
    fire('touchstart', from, true);
    fire('touchend', to, false);
}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site of three events."""
    events = [f"{{id: n-{number}, date: {1990 + number}, title: حدث {number}}}" for number in range(3)]
    english = [f"{{id: n-{number}, title: Event {number}}}" for number in range(3)]
    files = {
        "content/articles/story.ar.md": article("القصة", *events),
        "content/articles/story.en.md": article("The story", *english, date=""),
    }
    root = write_site(tmp_path_factory.mktemp("event"), files)
    build(root, Options(jobs=1))
    return root / "output"


def opened(browser: Browser, built: Path, lang: str, number: int = 1, *, script: bool = True) -> Page:
    """Return the page of an event on a phone."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, java_script_enabled=script
    )
    page = context.new_page()
    page.goto((built / lang / "events" / f"n-{number}" / "index.html").as_uri())
    return page


@pytest.mark.parametrize(("lang", "later", "swipe"), [("ar", "ArrowLeft", 1), ("en", "ArrowRight", -1)])
def test_arrow_keys_and_swipes(browser: Browser, built: Path, lang: str, later: str, swipe: int) -> None:
    """Keys and fingers go on in time as the lines of the language run, and stop where time ends."""
    page = opened(browser, built, lang)

    assert page.locator('.neighbours a[rel="next"]').get_attribute("aria-keyshortcuts") == later
    page.keyboard.press(later)
    page.wait_for_url("**/n-2/**")
    page.keyboard.press(later)
    page.evaluate(SWIPE, [180, 180 - swipe * 120])
    page.wait_for_url("**/n-1/**")
    page.evaluate(SWIPE, [180, 180 + swipe * 30])
    page.evaluate(SWIPE, [180, 180 + swipe * 120])
    page.wait_for_url("**/n-2/**")
    page.context.close()


def test_to_share(browser: Browser, built: Path) -> None:
    """A reader copies the address that the site has for its readers, and the citation, and is told so."""
    page = opened(browser, built, "en")
    page.evaluate(
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }"
    )

    page.locator('.share [data-do="link"]').click()
    page.locator(".share [role=status]", has_text="Copied").wait_for()
    assert page.evaluate("copied") == "https://records.org/en/events/n-1/"
    page.locator('.share [data-do="citation"]').click()
    page.wait_for_function("copied.startsWith('“Event 1” (1991). Record')")
    offered = page.evaluate("Boolean(navigator.share)")
    assert page.locator('.share [data-do="share"]').is_visible() is offered
    page.context.close()


def test_without_a_script(browser: Browser, built: Path) -> None:
    """Without a script the neighbours are links with names, and no button does nothing."""
    page = opened(browser, built, "ar", script=False)

    assert page.locator(".neighbours a").all_inner_texts() == ["حدث 0", "حدث 2"]
    expect(page.locator(".share")).not_to_be_visible()
    page.context.close()
