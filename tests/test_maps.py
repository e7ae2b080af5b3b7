"""Places on maps: projections, what is shown, names, and the pages with maps."""

from __future__ import annotations

import gzip
import re
from itertools import combinations
from math import cos, radians, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.maps.clipping import Rectangle, clip_area, clip_line
from timeline_gen.maps.drawing import draw
from timeline_gen.maps.frames import Coordinates, frame_of, locator
from timeline_gen.maps.labels import HEIGHT, Spot, crowds, place_labels
from timeline_gen.maps.outlines import outlines
from timeline_gen.maps.projections import AzimuthalEqualArea, EqualEarth, Projection

PLACES: dict[str, Coordinates] = {
    "doha": (25.29, 51.53),
    "ankara": (39.93, 32.86),
    "suva": (-18.14, 178.44),
    "apia": (-13.83, -171.76),
    "sydney": (-33.87, 151.21),
    "new-york": (40.71, -74.01),
    "pole": (-90, 0),
    "nuuk": (64.18, -51.7),
    "oslo": (59.91, 10.75),
    "astana": (51.13, 71.43),
}

# ---------------------------------------------------------------- the Earth


def test_equal_earth() -> None:
    """The edges are where the paper has them."""
    projection = EqualEarth(0)

    assert projection.forward(180, 0) == pytest.approx((2.7066299837, 0))
    assert projection.forward(0, 90) == pytest.approx((0, 1.3173627592))
    assert projection.forward(0, -90) == pytest.approx((0, -1.3173627592))


def test_azimuthal() -> None:
    """A quarter of the way around is the root of two away; east is on the right, and north above."""
    projection = AzimuthalEqualArea(51.53, 25.29)

    assert projection.forward(51.53, 25.29) == pytest.approx((0, 0))
    assert AzimuthalEqualArea(0, 0).forward(90, 0) == pytest.approx((sqrt(2), 0))
    assert projection.forward(52, 25.29)[0] > 0
    assert projection.forward(51.53, 26)[1] > 0


@pytest.mark.parametrize("projection", [EqualEarth(20), AzimuthalEqualArea(20, 50)])
@pytest.mark.parametrize("at", [(21, 51), (60, 20), (-30, 70)])
def test_areas_are_equal(projection: Projection, at: tuple[float, float]) -> None:
    """A small square of the Earth has its area on the map, wherever it is."""
    step = 1e-3
    x, y = projection.forward(*at)
    (x1, y1), (x2, y2) = projection.forward(at[0] + step, at[1]), projection.forward(at[0], at[1] + step)

    drawn = abs((x1 - x) * (y2 - y) - (x2 - x) * (y1 - y))

    assert drawn == pytest.approx(radians(step) ** 2 * cos(radians(at[1])), rel=1e-4)


def test_outlines() -> None:
    """Land leaps nowhere over the antimeridian, and Antarctica reaches the pole."""
    land = outlines(0).land

    steps = [abs(a[0] - b[0]) for one in land for a, b in zip(one.points, one.points[1:], strict=False)]
    assert max(step for step in steps if step != 360) < 10
    assert min(one.south for one in land) == -90
    assert 1300 < len(land) < 1500
    assert len(outlines(0).borders) > 300


def test_clipping() -> None:
    """What is inside stays, what is outside goes, and what is across is cut at the edge."""
    box = Rectangle(0, 0, 10, 10)

    assert clip_area([(2, 2), (4, 2), (4, 4)], box) == [(2, 2), (4, 2), (4, 4)]
    assert clip_area([(20, 2), (24, 2), (24, 4)], box) == []
    assert set(clip_area([(5, 5), (15, 5), (5, 15)], box)) == {(5, 5), (10, 5), (10, 10), (5, 10)}
    assert [*clip_line([(-5, 5), (5, 5), (5, 15), (8, 5)], box)] == [
        [(0, 5), (5, 5), (5, 10)],
        [(6.5, 10), (8, 5)],
    ]


@pytest.mark.parametrize(
    ("names", "shape", "wide"),
    [
        (["doha"], "region", 6),
        (["doha", "ankara"], "region", 40),
        (["suva", "apia"], "region", 20),
        (["nuuk", "oslo", "astana"], "region", 140),
        (["sydney", "new-york"], "region", 260),
        (["sydney", "new-york", "doha"], "world", 320),
        (["sydney", "pole", "new-york", "doha"], "globe", 320),
        (["pole"], "region", 6),
    ],
)
def test_what_a_map_shows(names: list[str], shape: str, wide: float) -> None:
    """A map is cut to its places, over the antimeridian too; all are on it, with room around them."""
    places = [PLACES[name] for name in names]

    frame = frame_of(places)

    assert frame.shape.name == shape
    assert frame.degrees_per_pixel * frame.shape.pixels < wide
    for x, y in map(frame.place, places):
        assert 3 < x < 97
        assert 3 < y < 97 or shape == "globe"


@pytest.mark.parametrize("latitude", range(-90, 91, 15))
@pytest.mark.parametrize("longitude", [-180, -120, -70, 10, 30, 110, 130, 180])
def test_locators_are_light(latitude: int, longitude: int) -> None:
    """A locator takes 6 KB at most, compressed, wherever it is."""
    frame = locator((latitude, longitude))

    drawing = draw(frame, borders=True)

    assert frame.place((latitude, longitude)) == pytest.approx((50, 50))
    assert len(gzip.compress(f"{drawing}".encode(), 9)) <= 5_500


# ---------------------------------------------------------------- names

spots = st.builds(
    Spot,
    left=st.integers(2, 98).map(lambda share: share / 100),
    top=st.integers(2, 98).map(lambda share: share / 100),
    radius=st.sampled_from([0.3, 0.95]),
    size=st.sampled_from([2.0, 5.5, 11.0]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(spots, min_size=2, max_size=9), st.sampled_from([18, 21, 28, 44, 53, 80]))
def test_names_cover_nothing(places: list[Spot], width: int) -> None:
    """At no width does a name cover another name, or the dot of another place."""
    ratio = 1.5
    boxes: list[tuple[int, Rectangle]] = []
    for number, label in enumerate(place_labels(places, ratio)):
        if label is None or label.width > width:
            continue
        one = places[number]
        x, y, away = one.left * width, one.top * width / ratio, one.radius + 0.25
        left = {"right": x + away, "left": x - away - one.size}.get(label.side, x - one.size / 2)
        top = {"above": y - away - HEIGHT, "below": y + away}.get(label.side, y - HEIGHT / 2)
        boxes.append((number, Rectangle(left, top, left + one.size, top + HEIGHT)))

    for (_, a), (_, b) in combinations(boxes, 2):
        assert min(a.right, b.right) - max(a.left, b.left) < 1e-6 or (
            min(a.top, b.top) - max(a.bottom, b.bottom) < 1e-6
        )
    for number, box in boxes:
        for other, spot in enumerate(places):
            x, y, within = spot.left * width, spot.top * width / ratio, box.grown(-1e-6)
            inside = within.left <= x <= within.right and within.bottom <= y <= within.top
            assert other == number or not inside


def test_crowds() -> None:
    """Three dots that touch, one by way of another, are a crowd; two are none."""
    at = [(0.5, 0.5), (0.2, 0.2), (0.51, 0.5), (0.21, 0.2), (0.52, 0.5)]
    places = [Spot(left, top, 0.3, 2) for left, top in at]

    assert crowds(places, 1.5) == [[0, 2, 4]]


# ---------------------------------------------------------------- pages

ENTITIES = """
doha: {kind: place, name: {en: Doha, ar: الدوحة}, coordinates: [25.29, 51.53]}
ankara: {kind: place, name: {en: Ankara, ar: أنقرة}, coordinates: [39.93, 32.86]}
bern: {kind: place, name: Bern}
ann: {kind: person, name: Ann, coordinates: [0, 0]}
"""
EVENTS = (
    "{id: one, date: 2001, title: One, places: [doha], people: [Bo]}",
    "{id: two, date: 2002, title: Two, places: [doha, ankara, bern]}",
    "{id: three, date: 2003, title: Three, places: [doha]}",
)
FILES = {
    "content/entities.yaml": ENTITIES,
    "content/articles/a.en.md": article("A", *EVENTS),
    "content/articles/a.ar.md": article("أ", "{id: one, title: واحد, places: []}", date=""),
}


def built(root: Path, more: str = "", **files: str) -> Path:
    """Build the site with *more* settings and other *files*, and return its output."""
    write_site(root, FILES | files, settings=f"{SETTINGS}{more}")
    report = build(root, Options(jobs=1))
    assert [problem for problem in report.problems if problem.code != "TG602"] == []
    return root / "output"


def tree(output: Path) -> dict[str, bytes]:
    """Return every page of *output*."""
    files = (path for path in output.rglob("*") if path.is_file() and path.name != ".timeline-gen.json")
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in files}


def test_the_map_of_a_site(tmp_path: Path) -> None:
    """The list says what the dots say, in each language, and the page is in the menu and the sitemap."""
    output = built(tmp_path, "menu: [timeline, map]\n")

    for lang, names in (("en", ["Doha", "Ankara"]), ("ar", ["الدوحة", "أنقرة"])):
        html = (output / lang / "map/index.html").read_text("utf-8")
        listed = re.findall(r'<li data-place="([^"]+)"><a href="([^"]+)">([^<]+)</a>.*?>(\d+)<', html)
        dots = re.findall(r'<a href="([^"]+)".*? data-place="([^"]+)"><title>([^<]+) \((\d+)\)', html)
        assert [(key, href, name, count) for href, key, name, count in dots] == listed
        assert [name for _, _, name, _ in listed] == names
        assert [count for *_, count in listed] == ["3", "1"]
        assert f'href="../../{lang}/map/" aria-current="page"' in html
        assert len(gzip.compress(html.encode(), 9)) <= 60_000
    assert "<loc>https://records.org/ar/map/</loc>" in (output / "sitemap.xml").read_text("utf-8")
    doha = (output / "en/places/doha/index.html").read_text("utf-8")
    assert 'class="map-picture map-locator"' in doha
    assert '<a href="../../../en/map/">All places on the map</a>' in doha
    assert "map-picture" not in (output / "en/places/bern/index.html").read_text("utf-8")


def test_maps_are_mirrored_nowhere(tmp_path: Path) -> None:
    """A place is where it is in every language."""
    output = built(tmp_path)

    places = [
        re.findall(
            r'<circle cx="([^"]+)" cy="([^"]+)"', (output / f"{lang}/map/index.html").read_text("utf-8")
        )
        for lang in ("ar", "en")
    ]
    assert places[0] == places[1]
    assert float(places[0][0][0][:-1]) > float(places[0][1][0][:-1])


@pytest.mark.parametrize(
    ("more", "lang", "there"),
    [("translations: hide\n", "ar", False), ("translations: hide\n", "en", True), ("", "ar", True)],
)
def test_languages_with_few_places(tmp_path: Path, more: str, lang: str, *, there: bool) -> None:
    """Where a language shows one place only, it has no map, and its menu leads to none."""
    output = built(tmp_path, f"{more}menu: [map, timeline]\n")

    assert (output / lang / "map/index.html").exists() == there
    assert (f'href="../{lang}/map/"' in (output / lang / "index.html").read_text("utf-8")) == there


def test_a_menu_with_a_map_that_is_not_there(tmp_path: Path) -> None:
    """A site with one place has no map, and the author hears what one needs."""
    write_site(
        tmp_path,
        FILES | {"content/entities.yaml": ENTITIES.replace(", coordinates: [39.93, 32.86]", "")},
        settings=f"{SETTINGS}menu: [timeline, map]\n",
    )

    report = build(tmp_path, Options(jobs=1))

    assert [(one.code, one.level.name, str(one.place)) for one in report.problems] == [
        ("TG602", "WARNING", "site.yaml:4:18")
    ]
    assert not (tmp_path / "output/en/map").exists()


def test_a_page_of_the_site_called_map(tmp_path: Path) -> None:
    """A site that has a page of this name keeps it, and has no map of the program."""
    output = built(
        tmp_path, "menu: [map]\n", **{"content/pages/map.en.md": "---\ntitle: Our map\n---\nHere.\n"}
    )

    assert "<h1>Our map</h1>" in (output / "en/map/index.html").read_text("utf-8")
    assert not (output / "ar/map").exists()


def test_without_borders(tmp_path: Path) -> None:
    """A site may leave borders out, everywhere."""
    output = built(tmp_path, "map: {borders: false}\n")

    for page in ("map", "places/doha"):
        html = (output / f"en/{page}/index.html").read_text("utf-8")
        assert 'class="land"' in html
        assert 'class="borders"' not in html


def test_changed_coordinates_change_what_shows_them(tmp_path: Path) -> None:
    """A place that moves changes its page, the map and data; the build equals a clean one."""
    before = tree(built(tmp_path / "a"))
    moved = {"content/entities.yaml": ENTITIES.replace("39.93", "39.90")}

    after = tree(built(tmp_path / "a", **moved))

    changed = {path for path in after if before[path] != after[path]}
    pages = {path for path in changed if path.endswith(".html")}
    assert pages == {
        f"{lang}/{page}/index.html" for lang in ("ar", "en") for page in ("map", "places/ankara")
    } | {f"{lang}/events/two/index.html" for lang in ("ar", "en")}
    assert {path.rpartition("/")[2] for path in changed - pages} <= {"events.geojson", "calendar.ics"}
    assert after == tree(built(tmp_path / "b", **moved))


def test_dots_answer_the_search(browser: Browser, tmp_path: Path) -> None:
    """With a filter, dots and list show what is found; without, all."""
    output = built(tmp_path)
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{(output / 'en/map/index.html').as_uri()}#people=bo")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    expect(page.locator(".finder .shown")).to_have_text("Events shown: 1 of 3", use_inner_text=True)
    assert (
        page.locator(".map-list li:visible").all_inner_texts() == ["Doha 1"]
        or page.locator(".map-list li:visible").count() == 1
    )
    expect(page.locator('.map-picture [data-place="places/ankara"]')).not_to_be_visible()
    page.locator(".finder [type=reset]").click()
    page.wait_for_function("!document.querySelector('.map-list li[hidden]')")
    assert page.locator(".map-list .count").all_inner_texts() == ["3", "1"]
    page.locator(".map-list a").first.focus()
    assert "here" in (page.locator('.map-picture [data-place="places/doha"]').get_attribute("class") or "")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


COVERED = """() => Array.from(document.querySelectorAll(".map-picture")).flatMap(map => {
  const box = element => [element.closest(".place").dataset.place, element.getBoundingClientRect()];
  const shown = element => getComputedStyle(element).display !== "none";
  const texts = Array.from(map.querySelectorAll(".place text")).filter(shown).map(box);
  const dots = Array.from(map.querySelectorAll(".place circle")).map(box);
  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  const edge = map.getBoundingClientRect();
  const outside = texts.filter(one => one[1].left < edge.left - 1 || one[1].right > edge.right + 1);
  const others = one => [...texts, ...dots].filter(other => other[0] !== one[0]);
  const covered = texts.flatMap(one => others(one).filter(other => touch(one[1], other[1])));
  return [...outside, ...covered].map(one => one[0]);
})"""


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_names_in_a_browser(browser: Browser, tmp_path: Path, lang: str) -> None:
    """Near places have a closer map, and no name covers anything on a phone or at a desk."""
    near = {f"p{number}": (30 + number / 3, 32 + number % 3 / 4) for number in range(7)} | PLACES
    entities = "".join(
        f"{name}: {{kind: place, name: {{en: Place {name}, ar: مكان {name}}}, coordinates: [{x}, {y}]}}\n"
        for name, (x, y) in near.items()
    )
    event = f"{{id: one, date: 2001, title: One, places: [{', '.join(near)}]}}"
    files = {"content/entities.yaml": entities, "content/articles/a.en.md": article("A", event)}
    write_site(tmp_path, files, settings=SETTINGS)
    build(tmp_path, Options(jobs=1))
    page = browser.new_page()
    page.goto((tmp_path / "output" / lang / "map/index.html").as_uri())

    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(COVERED) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    expect(page.locator(".map-globe .window")).to_have_count(1)
    assert page.locator(".closer .place").count() >= 7
    page.close()
