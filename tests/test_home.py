"""What a site has for its home, and menus and templates of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import ContentError

EVENTS = ("{id: first, date: 2019-05, title: First}", "{id: second, date: 2021, title: Second}")
FILES = {
    "content/articles/a.en.md": article("A", *EVENTS, body="[All](/en/articles/) [Who](page:about)"),
    "content/articles/a.ar.md": article("أ", date=""),
    "content/pages/about.en.md": "---\ntitle: About\n---\nWho.\n",
}


def site(root: Path, home: str, more: str = "") -> Path:
    """Build a site with this *home*, and return its output."""
    write_site(root, FILES, settings=f"{SETTINGS}home: {home}\n{more}")
    build(root, Options(jobs=1))
    return root / "output"


def text(output: Path, name: str) -> str:
    """Return a page of *output*."""
    return (output / name / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("home", "heading", "moved", "ways"),
    [
        ("articles", "Articles", "en/articles", {"../../../en/", "../../../en/about/"}),
        ("page:about", "About", "en/about", {"../../../en/", "../../../en/articles/"}),
    ],
)
def test_another_home(tmp_path: Path, home: str, heading: str, moved: str, ways: set[str]) -> None:
    """The home is what the site says; what is there leads on from its usual address, the timeline is near."""
    output = site(tmp_path, home)

    assert f"<h1>{heading}</h1>" in text(output, "en")
    assert 'hreflang="x-default" href="https://records.org/"' in text(output, "en")
    assert 'content="0; url=../../en/"' in text(output, moved)
    assert "<h1>Timeline</h1>" in text(output, "en/timeline")
    assert 'id="e-first"' in text(output, "en/timeline")
    body = text(output, "en/articles/a").partition('<div class="prose">')[2].partition("</div>")[0]
    assert set(re.findall('href="([^"]*)"', body)) == ways
    assert '<a href="../../../en/timeline/">Timeline</a>' in text(output, "en/events/first")
    sitemap = (output / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://records.org/en/timeline/</loc>" in sitemap
    assert f"<loc>https://records.org/{moved}/</loc>" not in sitemap
    assert (output / "en/events.json").exists()


def test_a_home_that_some_languages_lack(tmp_path: Path) -> None:
    """Where the page that is the home has no version, the home leads to the timeline, with a warning."""
    write_site(tmp_path, FILES, settings=f"{SETTINGS}home: page:about\n")

    report = build(tmp_path, Options(jobs=1))

    assert 'content="0; url=../ar/timeline/"' in text(tmp_path / "output", "ar")
    assert [(one.code, str(one.place)) for one in report.problems] == [("TG609", "site.yaml:4:7")]


@pytest.mark.parametrize(
    ("more", "code", "place", "hint"),
    [
        ("home: page:abuot", "TG602", "4:7", "did you mean 'page:about'?"),
        ("home: about", "TG602", "4:7", "did you mean 'page:about'?"),
        ("menu: [{text: X, entries: [timelin]}]", "TG602", "4:28", "did you mean 'timeline'?"),
        ("menu: [{link: 'https://x.org/'}]", "TG301", "4:8", "write text: {en: …, ar: …}"),
        ("menu: [{link: /en/about/, text: X}]", "TG306", "4:15", "write https://example.org/page"),
        ("menu: [{text: X}]", "TG301", "4:8", "write page: about"),
        (
            "menu: [{page: about, link: 'https://x.org/', text: X}]",
            "TG311",
            "4:8",
            "take out 'page' or 'link'",
        ),
        ("menu: [{text: {fr: X}, entries: [about]}]", "TG309", "4:20", "the site's languages are ar, en"),
        ("menu: [{txet: X, page: about}]", "TG302", "4:9", "did you mean 'text'?"),
    ],
)
def test_what_is_wrong_with_them(tmp_path: Path, more: str, code: str, place: str, hint: str) -> None:
    """A slip in a home or a menu is named at its place, with what was meant."""
    write_site(tmp_path, FILES, settings=f"{SETTINGS}{more}\n")

    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(jobs=1))

    problem = caught.value.problems[0]
    assert (problem.code, str(problem.place)) == (code, f"site.yaml:{place}")
    assert problem.hint.startswith(hint)


THEME = {
    "themes/mine/theme.yaml": "name: mine\nextends: almanac\n",
    "themes/mine/templates/wide.html": '{% extends "page.html" %}{% block kind %}wide{% endblock %}',
    "themes/mine/templates/spare.html": '{% extends "page.html" %}',
}


def test_templates_of_pages(tmp_path: Path) -> None:
    """A page names its template; a change of that shows, and one that is offered is no fault."""
    page = "---\ntitle: About\ntemplate: wide\n---\nWho.\n"
    files = {**FILES, **THEME, "content/pages/about.en.md": page}
    write_site(tmp_path, files, settings=f"{SETTINGS}theme: mine\n")
    report = build(tmp_path, Options(jobs=1))
    assert '<body class="wide">' in text(tmp_path / "output", "en/about")
    assert report.problems == ()

    (tmp_path / "themes/mine/templates/wide.html").write_text(
        '{% extends "page.html" %}{% block kind %}wider{% endblock %}', "utf-8"
    )
    build(tmp_path, Options(jobs=1))
    assert '<body class="wider">' in text(tmp_path / "output", "en/about")

    (tmp_path / "content/pages/about.en.md").write_text(page.replace("wide", "wdie"), "utf-8")
    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(jobs=1))
    assert [(str(one.place), one.code, one.hint) for one in caught.value.problems] == [
        ("content/pages/about.en.md:3:11", "TG702", "did you mean 'wide.html'?")
    ]


@pytest.mark.parametrize("home", ["articles", "page:about"])
def test_links_to_events_of_the_former_home(browser: Browser, tmp_path: Path, home: str) -> None:
    """A link that was made while the timeline was the home leads to it still."""
    output = site(tmp_path, home)
    page = browser.new_page()

    page.goto(f"{(output / 'en/index.html').as_uri()}#e-second")
    page.wait_for_url("**/en/timeline/index.html#e-second")

    expect(page.locator("#e-second")).to_be_visible()
    page.close()


def test_what_unfolds_in_a_menu(browser: Browser, tmp_path: Path) -> None:
    """The keyboard opens what is below an entry and Escape closes it; one is open at a time."""
    more = (
        "menu: [timeline, {text: One, entries: [articles, about]}, {text: Two, entries: [people]}]\n"
        "footer: [{link: 'https://elsewhere.org/', text: Elsewhere}]\n"
    )
    output = site(tmp_path, "timeline", more)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto((output / "en/index.html").as_uri())
    one, two = page.locator(".menu details").all()

    one.locator("summary").press("Enter")
    expect(one.get_by_role("link", name="About")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    two.locator("summary").click()
    assert one.get_attribute("open") is None
    two.get_by_role("link").focus()
    page.keyboard.press("Escape")

    assert two.get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent") == "Two"
    assert page.get_by_role("link", name="Elsewhere").get_attribute("href") == "https://elsewhere.org/"
    page.close()


def test_the_page_of_the_reader_in_a_menu(tmp_path: Path) -> None:
    """An entry below another is marked on its own page, and on no other."""
    output = site(tmp_path, "timeline", "menu: [timeline, {text: More, entries: [articles, about]}]\n")

    for name, entry in (("en/about", "About"), ("en/articles", "Articles")):
        menu = text(output, name).partition('<nav class="menu"')[2].partition("</nav>")[0]
        assert re.findall('aria-current="page">([^<]+)<', menu) == [entry]
