"""Pages of people, places and tags: their events with pictures, and the axis that moves among these."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_kit import write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

SETTINGS = "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="30"><path d="M0 0h9v9z"/></svg>'
HEAD = "id,date,title,title:en,people,places,media,media_alt\n"


def site(root: Path, alt: str = "سدّ") -> Path:
    """Write a site of twelve events, of which four name Amal, and one of these has a picture."""
    rows = [
        f"n-{number},{1900 + number * 7},حدث {number},Event {number},"
        f"{'amal' if number % 3 == 0 else 'badr'},{'doha' if number % 2 else 'cairo'},"
        f"{'a.svg' if number == 3 else ''},{alt if number == 3 else ''}\n"
        for number in range(12)
    ]
    people = "".join(
        f"{name}:\n  kind: {kind}\n  name: {{ar: {arabic}, en: {name.title()}}}\n"
        for name, kind, arabic in (
            ("amal", "person", "أمل"),
            ("badr", "person", "بدر"),
            ("doha", "place", "الدوحة"),
            ("cairo", "place", "القاهرة"),
        )
    )
    files = {
        "content/events/story.csv": HEAD + "".join(rows),
        "content/events/a.svg": PICTURE,
        "content/entities.yaml": people,
    }
    return write_site(root, files, settings=SETTINGS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the site."""
    root = site(tmp_path_factory.mktemp("entities"))
    build(root, Options(jobs=1))
    return root / "output"


def test_events_have_their_pictures(built: Path) -> None:
    """The page of a person shows the pictures of her events, and no page shows those of others."""
    amal = (built / "en" / "people" / "amal" / "index.html").read_text("utf-8")
    badr = (built / "en" / "people" / "badr" / "index.html").read_text("utf-8")

    assert amal.count("<img") == 1
    assert 'lang="ar" dir="rtl" loading="lazy"' in amal
    assert "<img" not in badr


def test_only_pages_that_show_a_picture_follow_it(tmp_path: Path) -> None:
    """Another description of a picture touches the pages of its event and of what that names, no others."""
    root = site(tmp_path)
    build(root, Options(jobs=1))
    before = {path: path.read_bytes() for path in (root / "output").rglob("*.html")}

    site(root, "سدّ كبير")
    build(root, Options(jobs=1))

    changed = {
        str(path.parent.relative_to(root / "output"))
        for path, old in before.items()
        if path.read_bytes() != old
    }
    places = ("", "/events/n-3", "/people/amal", "/places/doha")
    assert changed == {f"{lang}{place}" for lang in ("ar", "en") for place in places}


def opened(browser: Browser, built: Path, address: str) -> Page:
    """Return the page at *address* on a desk."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto((built / address / "index.html").as_uri())
    return page


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_axis_moves(browser: Browser, built: Path, lang: str) -> None:
    """The axis of a person moves and leads among her events, and the list follows it."""
    page = opened(browser, built, f"{lang}/people/amal")
    expect(page.locator(".axis-picture a.mark")).to_have_count(4)

    page.locator('[data-do="in"]').click()
    page.wait_for_function(
        "document.querySelector('.axis-picture.live:not(.away) a.mark[href]')"
        " && !document.querySelector('.axis-picture.live a.mark:not([href])')"
    )
    marks = page.locator(".axis-picture.live a.mark")
    assert set(marks.evaluate_all("marks => marks.map(mark => mark.dataset.id)")) <= {"n-3", "n-6"}
    page.wait_for_function("document.querySelectorAll('#list li[id]:not([hidden])').length === 2")
    assert "from=" in page.evaluate("location.hash")
    page.evaluate("document.querySelector('.filters').open = true")
    page.locator("[data-group=places] summary").click()
    page.locator("[data-group=places] li").nth(1).wait_for()
    expect(page.locator("[data-group=places] li")).to_have_count(2)
    page.keyboard.press("Escape")
    marks.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/amal/index.html#e-n-*")
    page.close()
