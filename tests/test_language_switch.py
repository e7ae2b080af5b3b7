"""The way to another language keeps what a reader has chosen, and says where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

WORDS = "Words. " * 20
EVENTS = tuple(
    f"{{id: e{number}, date: {1980 + number}, title: Event {number}, summary: {WORDS}, people: [{who}]}}"
    for number, who in enumerate(["Ann", "Bo"] * 10)
)


def made(root: Path, theme: str = "almanac") -> Path:
    """Build a site whose article in English has no version in Arabic, and return its output."""
    files = {
        "content/articles/many.en.md": article("Many", *EVENTS),
        "content/articles/none.en.md": article("None"),
        "content/articles/both.en.md": article("Both", "{id: both, date: 2000, title: Both}"),
        "content/articles/both.ar.md": article("كلاهما", "{id: both, title: كلاهما}", date=""),
    }
    write_site(root, files, settings=f"{SETTINGS}theme: {theme}\n")
    build(root, Options(jobs=1))
    return root / "output"


def switch(output: Path, address: str) -> str:
    """Return the list of languages on the page at *address*."""
    html = (output / address / "index.html").read_text("utf-8")
    found = re.search(r'<nav class="languages".*?</nav>', html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("address", "href", "said"),
    [
        ("en/articles/both", "../../../ar/articles/both/", ""),
        ("en/articles/many", "../../../ar/events/e0/", "<small>the event only</small>"),
        ("en/articles/none", "../../../ar/", "<small>the timeline only</small>"),
        ("en/events/e0", "../../../ar/events/e0/", ""),
        ("en", "../ar/", ""),
    ],
)
def test_an_article_without_a_version(tmp_path: Path, address: str, href: str, said: str) -> None:
    """Where an article has no version, the way leads to its event, else to the timeline, and says so."""
    found = switch(made(tmp_path), address)

    assert f'href="{href}"' in found
    assert ('rel="alternate"' in found) == (not said)
    assert re.findall(r"<small>.*?</small>", found) == ([said] if said else [])


def test_a_language_that_hides_events(tmp_path: Path) -> None:
    """An event that the other language does not show is no place to lead to."""
    write_site(tmp_path, {"content/articles/many.en.md": article("Many", *EVENTS)})
    (tmp_path / "site.yaml").write_text(f"{SETTINGS}translations: hide\n", "utf-8")
    build(tmp_path, Options(jobs=1))

    assert 'href="../../../ar/"' in switch(tmp_path / "output", "en/articles/many")


# ---------------------------------------------------------------- in a browser


@pytest.fixture(scope="module", params=["almanac", "broadsheet"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site in each theme."""
    return made(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a small page that must not fail."""
    page = browser.new_page(viewport={"width": 900, "height": 400}, reduced_motion="reduce")
    page.set_default_timeout(120_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def go(page: Page, output: Path, address: str) -> None:
    """Open the page at *address* from the folder on disk."""
    page.goto(f"{(output / address.partition('#')[0] / 'index.html').as_uri()}#{address.partition('#')[2]}")


def go_on(page: Page) -> None:
    """Follow the first way to another language, by the keyboard, which does not scroll."""
    page.locator(".languages a").first.evaluate("link => link.focus({preventScroll: true})")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


TOP = """() => [...document.querySelectorAll('main li[id^=e-]')]
    .find(one => !one.hidden && one.getBoundingClientRect().top >= 0).id"""


@pytest.mark.browser
def test_filters_and_the_event_in_view(page: Page, output: Path) -> None:
    """Filters, search, the range of the axis and the event in view are the same in the other language."""
    go(page, output, "en#q=event&people=ann&from=1982&to=1996")
    page.wait_for_function("document.querySelector('#e-e1').hidden")
    page.locator("#e-e8").evaluate("one => one.scrollIntoView()")
    go_on(page)
    page.wait_for_function("document.querySelector('#e-e1').hidden")
    page.wait_for_function("window.scrollY > 100")

    assert "/ar/" in page.url
    form = page.locator("form.finder")
    fields = "form => ['q', 'from', 'to'].map(name => form.elements[name].value)"
    assert form.evaluate(fields) == ["event", "1982", "1996"]
    expect(page.locator("[data-group=people] .chosen-values")).to_have_text("Ann", use_inner_text=True)
    assert page.evaluate(TOP) == "e-e8"


@pytest.mark.browser
def test_the_event_in_view_alone(page: Page, output: Path) -> None:
    """Without a filter the other language opens at the event that was in view, on all timelines."""
    for address in ("en", "en/people/ann"):
        go(page, output, address)
        page.locator("#e-e10").evaluate("one => one.scrollIntoView()")
        go_on(page)
        page.wait_for_function("window.scrollY > 100")

        assert page.url.endswith("#e-e10")
        assert page.evaluate(TOP) == "e-e10"


@pytest.mark.browser
def test_who_scrolls_up_to_the_languages(page: Page, output: Path) -> None:
    """Who reads an event and scrolls up to the way to another language comes to that event."""
    go(page, output, "en#people=bo")
    page.wait_for_function("document.querySelector('#e-e0').hidden")
    page.locator("#e-e11").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(400)
    page.evaluate("window.scrollTo(0, 0)")
    go_on(page)
    page.wait_for_function("window.scrollY > 100")

    assert "people=bo&at=e11" in page.url
    assert page.evaluate(TOP) == "e-e11"


@pytest.mark.browser
def test_nothing_is_carried_from_the_top(page: Page, output: Path) -> None:
    """Who has chosen nothing and is at the top of a page begins at the top of the other."""
    go(page, output, "en")
    go_on(page)

    assert page.url.endswith("/ar/index.html")


@pytest.mark.browser
def test_what_was_just_typed(page: Page, output: Path) -> None:
    """What was typed a moment ago is carried, too."""
    go(page, output, "en")
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.fill(".finder [name=q]", "event 7")
    page.wait_for_function("document.querySelector('#e-e1').hidden")
    go_on(page)

    assert "q=event+7" in page.url


@pytest.mark.browser
def test_without_scripts(browser: Browser, output: Path) -> None:
    """Without scripts the ways lead to the same page in the other language."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((output / "en/people/ann/index.html").as_uri())

    assert page.locator(".languages a").first.get_attribute("href") == "../../../ar/people/ann/"
    context.close()
