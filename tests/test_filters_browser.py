"""Filters, their counts, their state, and data that do not come, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

WHO = ("Ann", "Bo", "Cy")
EVENTS = tuple(
    f"{{id: e{number}, date: {1990 + number}, title: Event {number}, people: [{WHO[number % 3]}],"
    f" places: [{'Doha' if number % 2 else 'Cairo'}], tags: [topic {number}],"
    f" status: {'denied' if number == 4 else 'confirmed'}}}"
    for number in range(20)
)
ERAS = """\
early: {name: {en: Early years, ar: البدايات}, date: 1990/1993}
late: {name: {en: Late years, ar: النهايات}, date: 2005/2009}
"""
FILES = {"content/articles/one.en.md": article("One", *EVENTS), "content/eras.yaml": ERAS}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site of twenty events."""
    root = write_site(tmp_path_factory.mktemp("filters"), FILES)
    build(root, Options(jobs=1))
    return root / "output"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a page that must not fail."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []


def go(page: Page, output: Path, address: str) -> None:
    """Open the page at *address* from the folder on disk, with its filters unfolded."""
    path, _, query = address.partition("#")
    page.goto(f"{(output / path / 'index.html').as_uri()}{'#' if query else ''}{query}")
    page.evaluate("document.querySelector('.filters').open = true")


def shown(page: Page, holds: Callable[[int], bool]) -> None:
    """Wait until the page shows the events whose numbers hold, and no other."""
    wanted = [f"e-e{number}" for number in range(20) if holds(number)]
    page.wait_for_function(
        """wanted => JSON.stringify([...document.querySelectorAll('main li[id^="e-"]')]
            .filter(one => one.checkVisibility()).map(one => one.id)) === JSON.stringify(wanted)""",
        arg=wanted,
    )


def unfold(page: Page, group: str) -> None:
    """Unfold the filter *group*."""
    page.locator(f"[data-group={group}] summary").click()
    page.locator(f"[data-group={group}] li").first.wait_for()


def expect_counts(page: Page, group: str, counts: dict[str, str]) -> None:
    """Expect *counts* behind the values of *group* that can be seen, as soon as they come."""
    lines = page.locator(f"[data-group={group}] li:visible")
    expect(lines).to_have_count(len(counts))
    for name, number in counts.items():
        line = lines.filter(has_text=name)
        expect(line).to_have_text(re.compile(rf"^\s*{re.escape(name)}\s+{number}\s*$"), use_inner_text=True)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_several_values(page: Page, output: Path, lang: str) -> None:
    """Values of one filter widen it, two filters narrow; counts follow; Back undoes one choice at a time."""
    go(page, output, lang)
    unfold(page, "people")
    expect_counts(page, "people", {"Ann": "7", "Bo": "7", "Cy": "6"})

    page.get_by_role("checkbox", name="Ann").check()
    shown(page, lambda number: number % 3 == 0)
    page.get_by_role("checkbox", name="Cy").check()
    shown(page, lambda number: number % 3 != 1)
    expect_counts(page, "people", {"Ann": "7", "Bo": "7", "Cy": "6"})
    unfold(page, "places")
    expect_counts(page, "places", {"Cairo": "7", "Doha": "6"})
    page.get_by_role("checkbox", name="Doha").check()
    shown(page, lambda number: number % 3 != 1 and number % 2 == 1)

    assert "people=ann&people=cy&places=doha" in page.evaluate("location.hash")
    expect(page.locator("[data-group=people] .chosen-values")).to_have_text(re.compile("^Ann[,،] Cy$"))
    unfold(page, "people")
    expect_counts(page, "people", {"Ann": "3", "Bo": "4", "Cy": "3"})
    page.go_back()
    shown(page, lambda number: number % 3 != 1)
    page.go_back()
    shown(page, lambda number: number % 3 == 0)
    page.go_forward()
    shown(page, lambda number: number % 3 != 1)


def test_status_and_eras(page: Page, output: Path) -> None:
    """Status and eras take several values, too; what cannot be chosen is not shown."""
    go(page, output, "en#era=early&era=late&from=1992")

    shown(page, lambda number: number in {2, 3} or number >= 15)
    unfold(page, "status")
    expect_counts(page, "status", {"confirmed": "7"})
    unfold(page, "era")
    expect_counts(page, "era", {"Early years": "2", "Late years": "5"})


def test_a_list_of_many(page: Page, output: Path) -> None:
    """A list of many values has a field that finds them as the search does."""
    go(page, output, "ar")
    unfold(page, "tags")

    page.locator("[data-group=tags] .choice-find").fill("١٧")

    expect_counts(page, "tags", {"topic 17": "1"})
    page.get_by_role("checkbox", name="topic 17").check()
    shown(page, lambda number: number == 17)


def test_keyboard(page: Page, output: Path) -> None:
    """Keys unfold a filter, choose in it and leave it; the place of the keyboard is never lost."""
    go(page, output, "en")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find-q"
    page.locator("[data-group=people] summary").wait_for()

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[data-group=people] li").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    shown(page, lambda number: number % 3 == 0)
    assert page.evaluate("document.activeElement.value") == "ann"
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.closest('[data-group]').dataset.group") == "people"
    expect(page.locator("[data-group=people][open]")).to_have_count(0)


def test_a_page_of_one_person(page: Page, output: Path) -> None:
    """On the page of a person filters choose among what names that person."""
    go(page, output, "en/people/ann")
    unfold(page, "places")
    expect_counts(page, "places", {"Cairo": "4", "Doha": "3"})

    page.get_by_role("checkbox", name="Cairo").check()

    shown(page, lambda number: number % 6 == 0)
    expect(page.locator(".finder .shown")).to_have_text("Events shown: 4 of 7", use_inner_text=True)


def served(page: Page, sites: list[Path]) -> None:
    """Serve the first of *sites*, whatever that is when a file is asked for."""

    def answer(route: Route) -> None:
        path = sites[0] / route.request.url.removeprefix("https://site.test/").partition("?")[0]
        file = path / "index.html" if path.is_dir() else path
        route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

    page.route("**/*", answer)


def test_parts_that_do_not_come(page: Page, output: Path) -> None:
    """Where a part does not come a sentence says so, and the next key asks for it again."""
    served(page, [output])
    page.route("**/find/*.js", lambda route: route.abort())
    page.goto("https://site.test/en/")
    page.evaluate("document.querySelector('.filters').open = true")

    page.locator("#find-q").fill("event 1")
    page.get_by_text("The search cannot be loaded now.").wait_for()
    page.unroute("**/find/*.js")
    page.locator("#find-q").fill("event 17")

    shown(page, lambda number: number == 17)


def test_a_site_that_was_published_anew(page: Page, output: Path, tmp_path: Path) -> None:
    """A page that was open before finds in the new data, whose numbers are others."""
    later = article("One", "{id: first, date: 1900, title: The first}", *EVENTS)
    root = write_site(tmp_path, FILES | {"content/articles/one.en.md": later})
    build(root, Options(jobs=1))
    sites = [output]
    served(page, sites)
    page.goto("https://site.test/en/")
    page.evaluate("new Promise(done => window.timelineView.load(done))")

    sites[0] = root / "output"
    page.evaluate("document.querySelector('.filters').open = true")
    page.locator("#find-q").fill("event 17")

    shown(page, lambda number: number == 17)
