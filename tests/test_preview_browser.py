"""A preview in a real Chromium: what an author sees there while writing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from preview_kit import SETTINGS, Running, article, running, write_article, write_site

from timeline_gen.preview.options import ServeOptions

pytestmark = pytest.mark.browser

QUAY = "/en/articles/quay/"
LONG = "\n\n".join(f"Paragraph {number} of many." for number in range(200))


@pytest.fixture(scope="module")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Lend a preview that several tests use in turn."""
    root = write_site(tmp_path_factory.mktemp("harbour"))
    with running(root, ServeOptions(port=0, editor="vscode")) as preview:
        yield preview


@pytest.fixture
def preview(lent: Running) -> Running:
    """Lend the preview with a good site."""
    shutil.rmtree(lent.root / "themes", ignore_errors=True)
    (lent.root / "site.yaml").write_text(SETTINGS, "utf-8")
    write_article(lent.root, "bridge", "It stands.")
    # A build that has read what was written last has read all of it.
    now = f"{len(lent.outcomes)} builds before"
    write_article(lent.root, "quay", f"It stands.\n\n{LONG}\n\n{now}")
    lent.shows(QUAY, now)
    lent.wait(lambda: lent.outcomes[-1].good and not lent.outcomes[-1].shown)
    return lent


@pytest.fixture
def page(browser: Browser, preview: Running) -> Iterator[Page]:
    """Lend a page that shows an article, and counts how often it was loaded."""
    context = browser.new_context()
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(f"http://127.0.0.1:{preview.port}{QUAY}")
    listening(opened, preview)
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))] == []


def listening(page: Page, preview: Running, pages: int = 1) -> None:
    """Wait until *pages* pages hear what is told, this one among them."""
    page.wait_for_function("window.LiveReload !== undefined")
    preview.wait(lambda: preview.preview.state.readers >= pages, "the page never listened")
    page.evaluate("window.isTheSame = true")


def is_the_same(page: Page) -> bool:
    """Return whether *page* has not been loaded again."""
    return bool(page.evaluate("window.isTheSame === true"))


def test_save_reloads(page: Page, preview: Running) -> None:
    """A save is in the page at once, which stays where it was scrolled to."""
    place = page.evaluate("window.scrollTo({top: 600, behavior: 'instant'}), window.scrollY")
    assert place > 0

    write_article(preview.root, "quay", f"It was painted.\n\n{LONG}")
    expect(page.get_by_text("It was painted.")).to_be_attached(timeout=20_000)

    assert not is_the_same(page)
    page.wait_for_function(f"Math.abs(window.scrollY - {place}) < 1", timeout=20_000)


def test_other_pages_stay(page: Page, preview: Running) -> None:
    """A page that does not show what changed is left alone."""
    write_article(preview.root, "bridge", "It was painted.")
    preview.shows("/en/articles/bridge/", "It was painted.")
    time.sleep(0.3)

    assert is_the_same(page)


def test_two_hundred_rapid_saves(page: Page, preview: Running) -> None:
    """However fast an author saves, the page ends with the last save."""
    for number in range(200):
        write_article(preview.root, "quay", f"Save number {number}.\n\n{LONG}")
        time.sleep(0.01)

    expect(page.get_by_text("Save number 199.")).to_be_attached(timeout=20_000)


def test_each_of_several_saves(page: Page, preview: Running) -> None:
    """Saves a moment apart are each shown: livereload itself drops all but the first within 3 seconds."""
    for number in range(5):
        write_article(preview.root, "quay", f"Save number {number}.")

        expect(page.get_by_text(f"Save number {number}.")).to_be_attached(timeout=20_000)


def test_style_in_place(page: Page, preview: Running) -> None:
    """A changed style sheet is exchanged without loading the page again, many times over."""
    theme = preview.root / "themes" / "mine"
    (theme / "static").mkdir(parents=True)
    (theme / "templates").mkdir()
    (theme / "theme.yaml").write_text("name: mine\nextends: almanac\n", "utf-8")
    (theme / "static" / "mine.css").write_text("body { color: rgb(1, 2, 3) }", "utf-8")
    template = (
        '<!doctype html><html><head><title>x</title><link rel="stylesheet"'
        ' href="{{ head.root }}{{ asset("mine.css") }}"></head><body>{{ body|safe }}</body></html>'
    )
    (theme / "templates" / "article.html").write_text(template, "utf-8")
    (preview.root / "site.yaml").write_text(SETTINGS + "theme: mine\n", "utf-8")
    body = page.locator("body")
    expect(body).to_have_css("color", "rgb(1, 2, 3)", timeout=20_000)
    listening(page, preview)

    for shade in (4, 5, 6):
        (theme / "static" / "mine.css").write_text(f"body {{ color: rgb({shade}, 2, 3) }}", "utf-8")
        expect(body).to_have_css("color", f"rgb({shade}, 2, 3)", timeout=20_000)

    assert is_the_same(page)
    expect(page.locator("link[rel=stylesheet]")).to_have_count(1)


def test_problems_over_the_page(page: Page, preview: Running) -> None:
    """An error stands over the last good page, with its place, line and hint, and goes when mended."""
    target = article(preview.root, "quay")
    good = target.read_text("utf-8")
    note = page.locator("timeline-gen-problems")

    target.write_text(good.replace("October 2019", "قريبا"), "utf-8")
    expect(note.get_by_role("alert")).to_be_visible(timeout=20_000)

    expect(note.locator("h2")).to_contain_text("1 error")
    place = note.get_by_role("link")
    expect(place).to_have_text("content/articles/quay.en.md:6:11")
    assert place.get_attribute("href") == f"vscode://file{target.resolve()}:6:11"
    expect(note.locator("pre .here")).to_have_text("    date: قريبا")
    assert note.get_by_role("alert").get_attribute("dir") == "ltr"
    expect(note.locator(".hint").first).not_to_be_empty()
    expect(page.get_by_text("It stands.")).to_be_attached()
    assert is_the_same(page)

    target.write_text(good, "utf-8")
    expect(note).to_have_count(0, timeout=20_000)
    assert is_the_same(page)


def test_problems_on_a_page_opened_later(page: Page, preview: Running) -> None:
    """A page that is opened while something is wrong says so, in its language; closed, it is a button."""
    target = article(preview.root, "bridge")
    good = target.read_text("utf-8")
    target.write_text(good.replace("October 2019", "soon"), "utf-8")
    preview.wait(lambda: not preview.outcomes[-1].good)
    page.goto(f"http://127.0.0.1:{preview.port}/ar/")
    note = page.locator("timeline-gen-problems")
    expect(note.get_by_role("alert")).to_be_visible(timeout=20_000)

    expect(note.locator("h2")).to_have_text("خطأ واحد: وهذا آخر موقع سليم")
    assert note.get_by_role("alert").get_attribute("dir") == "rtl"
    note.get_by_role("button", name="إغلاق").click()
    expect(note.get_by_role("alert")).to_have_count(0)
    note.get_by_role("button").click()
    expect(note.get_by_role("alert")).to_be_visible()

    target.write_text(good, "utf-8")
    expect(note).to_have_count(0, timeout=20_000)


def test_site_that_appears(browser: Browser, tmp_path: Path) -> None:
    """A site that cannot be built yet shows why, and then the page itself, without a touch."""
    write_site(tmp_path, settings="languages: [ar, en]\n")
    with running(tmp_path) as preview:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{preview.port}{QUAY}")
        expect(page.locator("timeline-gen-problems").get_by_role("alert")).to_be_visible(timeout=20_000)

        (tmp_path / "site.yaml").write_text(SETTINGS, "utf-8")

        expect(page.get_by_text("It stands.")).to_be_attached(timeout=20_000)
        page.close()


def test_server_that_comes_back(browser: Browser, tmp_path: Path) -> None:
    """A page that outlives the preview is brought up to date by the next one on the same port."""
    write_site(tmp_path)
    page = browser.new_page()
    with running(tmp_path) as preview:
        port = preview.port
        page.goto(f"http://localhost:{port}{QUAY}")
        listening(page, preview)
    write_article(tmp_path, "quay", "It was built meanwhile.")

    with running(tmp_path, ServeOptions(port=port)):
        expect(page.get_by_text("It was built meanwhile.")).to_be_attached(timeout=20_000)
        page.close()


def test_foreign_page_cannot_listen(page: Page, preview: Running) -> None:
    """A page of another site gets no connection, and none of the preview's texts."""
    other = page.context.new_page()
    other.route(
        "http://elsewhere.test/", lambda route: route.fulfill(body="<p>elsewhere", content_type="text/html")
    )
    other.goto("http://elsewhere.test/")
    tried = """port => new Promise(done => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/livereload`);
        socket.onopen = () => done("open");
        socket.onerror = () => done("refused");
    })"""
    read = """port => fetch(`http://127.0.0.1:${port}/-/problems`, {mode: "no-cors"})
        .then(() => "read", () => "refused")"""

    assert other.evaluate(tried, preview.port) == "refused"
    assert other.evaluate(read, preview.port) == "refused"
    other.close()
