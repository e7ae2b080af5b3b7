"""The faces that the theme has as files: what a page loads of them, and that nothing moves when they come."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.render.single_file import write_single
from timeline_gen.errors import ContentError

THEME = Path(__file__).parents[1] / "themes" / "almanac"
STYLE = (THEME / "static" / "faces.css").read_text("utf-8")
RULES = [
    {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in rule.split(";"))}
    for rule in re.findall(r"\{(.*?)\}", STYLE, re.DOTALL)
]
FILES = {
    "content/articles/cup.ar.md": article(
        "كأس العالم", "{id: x, date: 2022-11-20, title: «الافتتاح» (في الدوحة), summary: في المدينة}"
    ),
    "content/articles/cup.en.md": article("The cup", "{id: x, title: It opens, summary: It *really* does}"),
}
WORDS = {
    "Almanac Serif": "The harbour was opened by the minister in the morning, and people came from all sides.",
    "Almanac Naskh": "افتتح الوزير الميناء في الصباح وجاء الناس من كل جهة ليروا السفن الداخلة إليه",
}


def letters(ranges: str) -> set[int]:
    """Return the letters of a ``unicode-range``."""
    found: set[int] = set()
    for one in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", ranges):
        first, last = one[0], one[1] or one[0]
        found |= set(range(int(first, 16), int(last, 16) + 1))
    return found


def faces(family: str, style: str = "") -> list[dict[str, str]]:
    """Return the rules of *family* with files."""
    own = [rule for rule in RULES if rule["font-family"] == f'"{family}"']
    return [rule for rule in own if rule.get("font-style", "") == style]


def test_letters() -> None:
    """Each letter is in one file of its face, and no alphabet of ours lacks one."""
    for family in WORDS:
        ranges = [letters(rule["unicode-range"]) for rule in faces(family)]
        assert sum(map(len, ranges)) == len(set().union(*ranges))
        assert all(rule["font-display"] == "swap" for rule in faces(family))
    latin, naskh = (letters(faces(family)[0]["unicode-range"]) for family in WORDS)

    assert {ord(letter) for letter in "AZaz09éßœĀḥʿ–—“”‘’«»…€ "} <= latin
    assert {ord(letter) for letter in "ءيآةىپچگژک٠٩۰۹،؛؟ًٌٍَُِّْـٱ "} <= naskh


def test_weight() -> None:
    """A page in English loads at most 60 KB of faces, one in Arabic 120."""
    size = {path.stem: path.stat().st_size for path in (THEME / "static" / "fonts").glob("*.woff2")}

    assert size["serif"] + size["serif-italic"] <= 60_000
    assert size["serif"] + size["naskh"] + size["naskh-marks"] + size["serif-italic"] <= 120_000
    assert {f"OFL-{name}.txt" for name in ("Source-Serif-4", "Noto-Naskh-Arabic")} <= {
        path.name for path in (THEME / "fonts").iterdir()
    }


def built(root: Path, fonts: str = "") -> Path:
    """Return the folder of the built site of the tests."""
    write_site(root, FILES, settings=f"{SETTINGS}{fonts}")
    build(root, Options(jobs=1))
    return root / "output"


def test_system(tmp_path: Path) -> None:
    """A site may leave the faces out; nothing of them is written or named."""
    output = built(tmp_path, "fonts: system\n")

    assert not list(output.rglob("*.woff2"))
    assert not list(output.rglob("faces*"))
    assert "faces" not in (output / "en/index.html").read_text("utf-8")


def test_misspelt(tmp_path: Path) -> None:
    """Any other word is a problem at its place."""
    with pytest.raises(ContentError) as caught:
        built(tmp_path, "fonts: sytem\n")

    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("TG303", 4)]


def test_single_file(tmp_path: Path) -> None:
    """A timeline in one file is drawn with what readers have."""
    built(tmp_path)

    write_single(tmp_path, Options(jobs=1), "timeline", "en", tmp_path / "one.html")

    assert "woff2" not in (tmp_path / "one.html").read_text("utf-8")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("ar/", {"serif", "naskh", "naskh-marks"}),
        ("en/articles/cup/", {"serif"}),
        ("en/events/x/", {"serif", "serif-italic"}),
    ],
)
def test_loaded(browser: Browser, tmp_path: Path, address: str, expected: set[str]) -> None:
    """A page loads the files that its letters need, and no others."""
    output, asked = built(tmp_path), set[str]()
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.lstrip("/")
        if path.endswith(".woff2"):
            asked.add(Path(path).name.partition(".")[0])
        route.fulfill(path=output / (f"{path}index.html" if path.endswith("/") else path))

    page.route("**/*", answer)
    page.goto(f"https://site.invalid/{address}")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.close()

    assert asked == expected


@pytest.mark.browser
@pytest.mark.parametrize(("family", "local"), [("Almanac Naskh", "Amiri")])
def test_nothing_moves(browser: Browser, tmp_path: Path, family: str, local: str) -> None:
    """Before its face is there, a text takes the same room: as wide but for a fiftieth, and as high."""
    output = built(tmp_path)
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(path=output / urlsplit(route.request.url).path[1:]))
    page.goto("https://site.invalid/ar/index.html")

    sizes = page.evaluate(
        """async ([text, ...families]) => {
            await Promise.all(families.map(family => document.fonts.load(`20px "${family}"`, text)));
            return families.map(family => {
                const span = document.createElement("span");
                Object.assign(span.style, {
                    fontFamily: `"${family}"`, fontSize: "20px", lineHeight: "normal", whiteSpace: "nowrap",
                });
                span.textContent = text;
                document.body.append(span);
                const box = span.getBoundingClientRect();
                return [box.width, box.height];
            });
        }""",
        [WORDS[family], family, f"{family} as {local}"],
    )

    (wide, high), (before, as_high) = sizes
    assert abs(wide - before) < wide / 50
    assert abs(high - as_high) <= 1
