"""The search and the axis of a timeline in a real browser, from a folder on disk."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
PROBES = ROOT / "tests" / "data" / "search_probes.tsv"
SITE = 'title: Probe\nurl: "https://example.org/"\nlanguages: [{languages}]\n'


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of the sample site."""
    root = tmp_path_factory.mktemp("sample")
    # What is counted here are the events of the two articles.
    shutil.copytree(ROOT / "content", root / "content", ignore=shutil.ignore_patterns("events"))
    shutil.copy(ROOT / "site.yaml", root)
    build(root, Options(jobs=1))
    return root / "output"


def made(root: Path, **events: list[dict[str, Any]]) -> Path:
    """Build a site in *root* with an article in each language that tells its *events*; return its output."""
    articles = root / "content" / "articles"
    articles.mkdir(parents=True)
    (root / "site.yaml").write_text(SITE.format(languages=", ".join(events)), "utf-8")
    for lang, told in events.items():
        listed = json.dumps(told, ensure_ascii=False)
        front = f"---\ntitle: Probe\ndate: 2020-01-01\nevents: {listed}\n---\nText.\n"
        (articles / f"probe-{lang}.{lang}.md").write_text(front, "utf-8")
    build(root, Options(jobs=1))
    return root / "output"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site whose timeline is split by year."""
    events = [
        {
            "id": f"e-{number}",
            "date": f"{1990 + number % 30}-{number % 12 + 1:02}",
            "title": f"Harbour {number}" if number % 7 else f"Bridge {number}",
            "status": "denied" if number % 100 == 0 else "confirmed",
            "people": ["Amina Haddad"] if number % 50 == 0 else [],
        }
        for number in range(1200)
    ]
    return made(tmp_path_factory.mktemp("long"), en=events)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a page that must not fail, and speaks to nobody."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on(
        "request", lambda request: wrong.append(request.url) if request.url.startswith("http") else None
    )
    yield opened
    context.close()
    assert wrong == []


def type_in(page: Page, text: str) -> None:
    """Type *text* into the search and wait until it has been followed."""
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill(text)
    page.wait_for_function(
        "text => (new URLSearchParams(location.hash.slice(1)).get('q') || '') === text.trim()", arg=text
    )
    settled(page)
    page.wait_for_function("text => !text || document.querySelector('.shown').textContent", arg=text)


def settled(page: Page) -> None:
    """Wait until the list follows all that has been chosen."""
    page.wait_for_function("!document.querySelector('.finder[aria-busy]')")


def shown(page: Page) -> list[str]:
    """Return the ids of the events that the list shows."""
    ids: list[str] = page.locator('li[id^="e-"]:visible').evaluate_all("found => found.map(one => one.id)")
    return [one[2:] for one in ids]


def probes() -> list[dict[str, str]]:
    """Return what readers look for, and whether it is to be found."""
    with PROBES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def probed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site of all texts that are probed, each the title of an event."""
    root = tmp_path_factory.mktemp("probed")
    events: dict[str, list[dict[str, Any]]] = {}
    for number, row in enumerate({row["text"]: row for row in probes()}.values()):
        event = {"id": f"p-{number}", "date": row["date"], "title": row["text"]}
        events.setdefault(row["lang"], []).append(event)
    return made(root, **events)


SEARCHED = """queries => Promise.all(queries.map(query => new Promise(done => {
    const view = window.timelineView;
    view.whole(() => {
        const found = view.search(query).events, titles = [];
        (found || []).forEach((is, number) => is && titles.push((view.row(number) || [])[1]));
        return titles;
    }, done);
})))"""


def test_probes(page: Page, probed: Path) -> None:
    """Words and dates are found in whatever form they are typed, and others are not, in four languages."""
    rows = probes()
    page.goto((probed / "ar" / "index.html").as_uri() + "#q=x")

    answers = page.evaluate(SEARCHED, [row["query"] for row in rows])

    found = ["yes" if row["text"] in answer else "no" for row, answer in zip(rows, answers, strict=True)]
    assert [row for row, is_found in zip(rows, found, strict=True) if row["found"] != is_found] == []


def test_names_come_first(page: Page, sample: Path) -> None:
    """Whom a word names is listed first, with the number of events, and leads to the page of that name."""
    page.goto((sample / "en" / "index.html").as_uri())

    type_in(page, "turkey erdogan")
    expect(page.locator(".found-names")).to_have_count(0)
    type_in(page, "erdogan")

    named = page.locator(".found-names li")
    assert named.all_inner_texts() == ["Recep Tayyip Erdoğan: 2 events"]
    named.locator("a").click()
    page.wait_for_url("**/en/people/recep-tayyip-erdogan/**")


def test_found_words_are_marked(page: Page, sample: Path) -> None:
    """What was typed is marked in the titles and summaries that are shown, in the form that is there."""
    page.goto((sample / "ar" / "index.html").as_uri())

    type_in(page, "اردوغان")

    marked = page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString())")
    assert marked
    assert set(marked) <= {"أردوغان", "لأردوغان", "وأردوغان"}
    type_in(page, "")
    assert not page.evaluate("CSS.highlights.has('found')")


def test_advice_where_nothing_is_found(page: Page, sample: Path) -> None:
    """A misspelt word is answered with the nearest known word, and a filter with what it hides."""
    page.goto((sample / "en" / "index.html").as_uri())

    type_in(page, "erdogn")
    assert shown(page) == []
    page.get_by_role("button", name="Search for: Erdoğan").click()
    settled(page)
    assert len(shown(page)) == 2

    page.locator("#find-to").fill("2018")
    page.wait_for_function("!document.querySelector('li[id^=e-]:not([hidden])')")
    page.get_by_role("button", name="Without the filters: 2").click()
    settled(page)
    assert len(shown(page)) == 2


def test_back_undoes_a_choice(page: Page, sample: Path) -> None:
    """Each choice is a step in the history; the slash leads to the field."""
    page.goto((sample / "en" / "index.html").as_uri())
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find-q"

    page.locator("[data-group=era] summary").click()
    page.get_by_role("checkbox", name="The Gulf crisis").check()
    page.wait_for_function("document.querySelector('.finder .shown').textContent")
    some = shown(page)
    page.go_back()
    page.wait_for_function("!document.querySelector('.finder .shown').textContent")

    assert len(some) < len(shown(page)) == 9
    page.go_forward()
    page.wait_for_function("document.querySelector('.finder .shown').textContent")
    assert shown(page) == some


def test_search_that_cannot_be_loaded(browser: Browser, sample: Path, tmp_path: Path) -> None:
    """Where the data do not come, a sentence says so."""
    shutil.copytree(sample, tmp_path / "site")
    (tmp_path / "site" / "en" / "find.js").unlink()
    opened = browser.new_page()
    opened.goto((tmp_path / "site" / "en" / "index.html").as_uri())

    opened.locator(".filters > summary").click()
    opened.locator("#find-q").fill("x")

    opened.wait_for_function("document.querySelector('.finder .shown').textContent")
    expect(opened.locator(".finder .shown")).to_have_text(
        "The search cannot be loaded now.", use_inner_text=True
    )
    opened.close()


@pytest.mark.parametrize(("lang", "query"), [("ar", "اردوغان"), ("en", "erdogan")])
def test_filter(page: Page, sample: Path, lang: str, query: str) -> None:
    """Typing leaves the events that match, says how many they are, and puts it into the address."""
    page.goto((sample / lang / "index.html").as_uri())
    assert len(shown(page)) == 9

    type_in(page, query)

    found = shown(page)
    assert 0 < len(found) < 9
    said = page.locator(".finder .shown").inner_text()
    assert re.findall(r"\d+", said) == [str(len(found)), "9"]
    assert page.locator(".year:visible").count() < 4
    address = page.evaluate("location.href")
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_function("document.querySelector('.finder .shown').textContent")
    assert shown(page) == found


def test_clear(page: Page, sample: Path) -> None:
    """What was cleared is as if nothing had been asked."""
    page.goto((sample / "en" / "index.html").as_uri() + "#q=ankara&from=2021")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    page.get_by_role("button", name="Clear").click()
    settled(page)

    assert len(shown(page)) == 9
    assert page.evaluate("location.hash") == ""
    expect(page.locator(".finder .shown")).to_have_text("", use_inner_text=True)


@pytest.mark.parametrize(
    ("query", "events"),
    [
        ("from=2022", {"soldiers-agreed", "cyber-defence-training", "opening-match-moved", "world-cup-2022"}),
        ("to=2018", {"emir-approaches-ankara"}),
        ("from=2019&to=2019", {"third-committee"}),
        ("from=2019-11&to=2020", set()),
        ("people=recep-tayyip-erdogan", {"erdogan-arrives-in-qatar", "soldiers-agreed"}),
        ("era=gulf-crisis&to=2020", {"emir-approaches-ankara", "third-committee"}),
    ],
)
def test_choices(page: Page, sample: Path, query: str, events: set[str]) -> None:
    """Each filter leaves what it names; what may have happened within a range belongs to it."""
    page.goto((sample / "en" / "index.html").as_uri() + "#" + query)
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    assert set(shown(page)) == events


def test_articles(page: Page, sample: Path) -> None:
    """The list of articles can be searched, too."""
    page.goto((sample / "en" / "articles" / "index.html").as_uri())

    type_in(page, "turkish services")

    expect(page.locator(".articles > li:visible")).to_have_count(1)
    expect(page.locator(".finder .shown")).to_have_text("Articles shown: 1 of 2", use_inner_text=True)


def test_articles_beside_events(page: Page, sample: Path) -> None:
    """A search of the timeline also tells which articles speak of it."""
    page.goto((sample / "en" / "index.html").as_uri())

    type_in(page, "turkish services")
    page.locator(".results-articles a").first.click()

    page.wait_for_url("**/articles/**")


def test_split(page: Page, long: Path) -> None:
    """On a timeline split by year what is found leads to the pages of the years."""
    page.goto((long / "en" / "index.html").as_uri())

    type_in(page, "bridge")

    expect(page.locator(".finder .shown")).to_have_text("Events shown: 172 of 1200", use_inner_text=True)
    page.wait_for_function(
        "document.querySelectorAll('.results ol:not(.results-articles ol) li').length === 50"
    )
    page.locator(".results .more").click()
    page.wait_for_function(
        "document.querySelectorAll('.results ol:not(.results-articles ol) li').length === 150"
    )
    counts = [int(text) for text in page.locator(".years li:visible .count").all_inner_texts()]
    assert sum(counts) == 172
    link = page.locator(".results a").first.get_attribute("href") or ""
    year, _, anchor = link.removeprefix("../en/").partition("/#")
    assert f'id="{anchor}"' in (long / "en" / year / "index.html").read_text("utf-8")


def test_split_year(page: Page, long: Path) -> None:
    """The page of a year follows the filter that led to it, and says where else there is something."""
    page.goto((long / "en" / "1990" / "index.html").as_uri() + "#q=bridge")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")

    found = len(shown(page))
    expect(page.locator(".finder .shown")).to_have_text(f"Events shown: {found} of 40", use_inner_text=True)
    assert 0 < found < 40
    assert (page.locator(".years a").nth(3).get_attribute("href") or "").endswith("#q=bridge")


def test_filters_of_a_year(page: Page, long: Path) -> None:
    """On the page of a year a filter counts the events of that year."""
    page.goto((long / "en" / "1990" / "index.html").as_uri())
    page.locator(".filters > summary").click()

    page.locator("[data-group=people] summary").click()

    assert page.locator("[data-group=people] li").first.inner_text().split() == ["Amina", "Haddad", "8"]


def test_no_script(browser: Browser, sample: Path, long: Path) -> None:
    """Without JavaScript nothing is shown that does nothing; the axis leads to headings, years, events."""
    for folder, lang in ((sample, "en"), (sample, "ar"), (long, "en")):
        context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
        opened = context.new_page()
        opened.goto((folder / lang / "index.html").as_uri())

        expect(opened.locator("main :is(button, input, select):visible")).to_have_count(0)
        ticks = opened.locator(".axis a.tick:visible").all()
        marks = opened.locator(".axis a.mark").all()
        assert len(ticks) >= 2
        assert len(marks) >= 8
        for link in (*ticks, *marks):
            box = link.bounding_box()
            assert box
            assert round(min(box["width"], box["height"]), 2) >= 24
            href = link.get_attribute("href") or ""
            target = f'id="{href[1:]}"' if href.startswith("#") else ""
            assert target in opened.content()
            assert target or (folder / lang / href / "index.html").is_file()
        context.close()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_mirrored(page: Page, sample: Path, lang: str) -> None:
    """Time runs as one reads: from right to left in Arabic."""
    page.goto((sample / lang / "index.html").as_uri())

    texts = page.locator(".axis .fine text")
    places = {one.text_content(): (one.bounding_box() or {"x": 0.0})["x"] for one in texts.all()}

    years = [places[str(year)] for year in range(2017, 2023)]
    assert years == sorted(years, reverse=lang == "ar")


def test_drawn_anew_under_a_hand(page: Page, sample: Path) -> None:
    """A list that is drawn anew while somebody drags over the axis does not lose what they choose."""
    page.goto((sample / "en" / "index.html").as_uri())
    page.locator(".axis-stage").hover()
    page.wait_for_function("window.timelineData")

    page.evaluate(
        """() => {
            const stage = document.querySelector('.axis-stage'), box = stage.getBoundingClientRect();
            const send = (kind, share) => stage.dispatchEvent(new PointerEvent(kind, {
                pointerId: 1, bubbles: true, clientX: box.left + box.width * share, clientY: box.top + 60
            }));
            stage.setPointerCapture = () => {};
            send('pointerdown', 0.5);
            send('pointermove', 0.9);
            window.timelineView.drawn();
            send('pointerup', 0.9);
        }"""
    )

    page.wait_for_function("location.hash.includes('from=')")
    assert "NaN" not in page.evaluate("location.href")
    assert 0 < len(shown(page)) < 9


def comes(page: Page, holds: Callable[[list[str]], bool]) -> None:
    """Wait until what the list shows is as it should be."""
    for _ in range(400):
        if holds(shown(page)):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"the list shows {shown(page)}")


def on_axis(page: Page, share: float) -> tuple[float, float]:
    """Return a point of the axis, at this *share* of its width from the left, brought into view."""
    stage = page.locator(".axis-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    return box["x"] + box["width"] * share, box["y"] + 60


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_zoom(page: Page, sample: Path, lang: str) -> None:
    """Wheel, keys, buttons and dragging move the axis; the list follows, and Home brings all back."""
    page.goto((sample / lang / "index.html").as_uri())
    stage = page.locator(".axis-stage")

    page.mouse.move(*on_axis(page, 0.01 if lang == "ar" else 0.99))
    page.keyboard.down("Control")
    for _ in range(4):
        page.mouse.wheel(0, -120)
    page.keyboard.up("Control")
    page.wait_for_function("location.hash.includes('from=')")

    comes(page, lambda names: "emir-approaches-ankara" not in names and "world-cup-2022" in names)
    assert len(shown(page)) < 9

    stage.focus()
    page.keyboard.press("Home")
    page.wait_for_function("!location.hash.includes('from=')")
    comes(page, lambda names: len(names) == 9)

    page.mouse.move(*on_axis(page, 0.01 if lang == "ar" else 0.99))
    page.mouse.down()
    page.mouse.move(*on_axis(page, 0.5), steps=4)
    page.mouse.up()
    page.wait_for_function("location.hash.includes('from=')")
    comes(page, lambda names: "emir-approaches-ankara" not in names)

    page.locator('[data-do="all"]').click()
    page.wait_for_function("!location.hash.includes('from=')")
    page.locator('[data-do="in"]').click()
    page.wait_for_function("location.hash.includes('from=')")
    stage.focus()
    before = page.evaluate("location.href")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => location.href !== before", arg=before)
    assert page.locator("#find-from").input_value()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_pinch(browser: Browser, sample: Path, lang: str) -> None:
    """Two fingers that part on the axis bring what lies between them near, and the list follows."""
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto((sample / lang / "index.html").as_uri())
    middle, height = on_axis(page, 0.5)
    hand = context.new_cdp_session(page)

    for kind, apart in (
        ("touchStart", 40),
        *(("touchMove", apart) for apart in range(50, 150, 10)),
        ("touchEnd", 0),
    ):
        fingers = [{"x": middle + way * apart, "y": height, "id": way} for way in (-1, 1)] if apart else []
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
    page.wait_for_function("location.hash.includes('from=')")

    comes(page, lambda names: 0 < len(names) < 9)
    context.close()


def test_print(page: Page, tmp_path: Path) -> None:
    """On paper a timeline is whole, each source with its address, and without what only a screen can do."""
    source = {"title": "The paper", "url": "https://example.com/a?b=1"}
    events = [
        {"id": f"x{day}", "date": f"2020-01-{day:02}", "title": "X", "sources": [source]} for day in (1, 2, 3)
    ]
    page.goto((made(tmp_path, en=events) / "en/index.html").as_uri())

    page.emulate_media(media="print")

    assert len(shown(page)) == 3
    written = page.evaluate(
        """() => [...document.querySelectorAll('.facts a[rel]')].map(
            one => getComputedStyle(one, '::after').content)"""
    )
    assert len(written) == 3
    assert all("https://example.com/a?b=1" in text or "attr(href)" in text for text in written)
    for gone in (".finder", ".axis-tools", ".masthead nav", ".take"):
        expect(page.locator(gone).first).not_to_be_visible()
