"""Whole texts, searched by Pagefind: what is found, how it is shown, and that its files are made once."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.render import whole_texts
from timeline_gen.errors import ContentError
from timeline_gen.reading.publish_targets import policy_of
from timeline_gen.writing.whole_texts import FoldedText, make_index

PROBES = Path(__file__).parent / "data" / "search_probes.tsv"
SETTINGS = (
    "title: Record\nurl: https://records.org/\nlanguages: [ar, en]\nsearch: pagefind\n"
    "publish: {web: {to: git, remote: origin}}\n"
)
BODY = "The harbour was dredged at night, *while* the ministers slept.\n\nNobody was told of the convoy."
ARABIC = "جُرف المرفأ ليلا، ولم يعلم أحد بقافلة الاستخبارات."


def probes() -> list[dict[str, str]]:
    """Return what readers look for in Arabic texts of any site, and whether it is to be found."""
    with PROBES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [row for row in rows if (row["lang"], row["kind"]) == ("ar", "word")]


def texts() -> list[str]:
    """Return the Arabic texts of the probes, each once."""
    return list(dict.fromkeys(row["text"] for row in probes()))


def written(root: Path) -> Path:
    """Write a site whose articles' bodies are the texts of the probes, and two more."""
    event = "{id: one, date: 2020, title: Something}"
    files = {f"content/articles/probe-{n}.ar.md": article("خبر", body=text) for n, text in enumerate(texts())}
    files["content/articles/harbour.en.md"] = article("What is said", event, body=BODY)
    files["content/articles/harbour.ar.md"] = article(
        "ما يقال", "{id: one, title: شيء}", date="", body=ARABIC
    )
    return write_site(root, files, settings=SETTINGS)


def index_of(root: Path) -> dict[str, bytes]:
    """Return the files of the indexes of the built site, by their paths."""
    folder = root / "output" / "pagefind"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a built site with an index of whole texts."""
    root = written(tmp_path_factory.mktemp("texts"))
    build(root, Options(jobs=1))
    return root


# ---------------------------------------------------------------- files


def test_same_bytes(site: Path, tmp_path: Path) -> None:
    """Built elsewhere, the index of the same texts has the same files with the same bytes."""
    build(written(tmp_path), Options(jobs=2))

    assert index_of(tmp_path) == index_of(site)


def test_one_index_for_each_language(site: Path) -> None:
    """Each language has an index of its own articles, without the search boxes that nobody asked for."""
    files = index_of(site)

    for lang, articles in (("ar", len(texts()) + 1), ("en", 1)):
        entry = json.loads(files[f"{lang}/pagefind-entry.json"])
        assert [one["page_count"] for one in entry["languages"].values()] == [articles]
        assert sum(name.startswith(f"{lang}/fragment/") for name in files) == articles
    assert not [name for name in files if "ui" in name.lower()]


def test_plain_pages_are_found(tmp_path: Path) -> None:
    """The text of a plain page is in the index of its language, also where it is the home of the site."""
    root = written(tmp_path)
    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "home: page:about\n", "utf-8")
    for lang, text in (("en", "Our zeppelin archive."), ("ar", "أرشيف المناطيد.")):
        page = root / "content/pages" / f"about.{lang}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"---\ntitle: About\n---\n{text}\n", "utf-8")
    build(root, Options(jobs=1))

    fragments = (data for name, data in index_of(root).items() if name.startswith("en/fragment/"))
    found = [text for data in fragments if "zeppelin" in (text := gzip.decompress(data).decode())]
    assert len(found) == 1
    assert '"url":"/en/"' in found[0]


def test_nothing_of_the_machine(site: Path) -> None:
    """No file of the index names the folder that it was made in."""
    for name, data in index_of(site).items():
        plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        assert str(site).encode() not in plain, name


def test_made_when_a_text_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is made anew for the language whose text has changed, and for no other reason."""
    made: list[int] = []

    def counting(texts: Iterable[FoldedText], work_dir: Path) -> Mapping[str, bytes]:
        made.append(1)
        return make_index(texts, work_dir)

    monkeypatch.setattr(whole_texts, "make_index", counting)
    root = written(tmp_path)
    build(root, Options(jobs=1))
    assert len(made) == 2

    text = root / "content" / "articles" / "harbour.en.md"
    text.write_text(text.read_text("utf-8").replace("date: 2020,", "date: 2019,"), "utf-8")
    assert build(root, Options(jobs=1)).written > 0
    assert len(made) == 2

    text.write_text(text.read_text("utf-8").replace("dredged", "deepened"), "utf-8")
    build(root, Options(jobs=1))
    assert len(made) == 3
    kept = index_of(root)

    clean = tmp_path / "clean"
    shutil.copytree(root / "content", clean / "content")
    shutil.copy(root / "site.yaml", clean)
    build(clean, Options(jobs=1))
    assert index_of(clean) == kept


def test_left_when_no_longer_asked_for(tmp_path: Path) -> None:
    """A site that goes back to its own search has no index, and pages that ask for none."""
    root = written(tmp_path)
    build(root, Options(jobs=1))
    assert "pagefind/en/" in (root / "output" / "en" / "index.html").read_text("utf-8")

    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("search: pagefind", "search: site"), "utf-8")
    build(root, Options(jobs=1))

    assert index_of(root) == {}
    assert "pagefind" not in (root / "output" / "en" / "index.html").read_text("utf-8")


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Pagefind is not installed, the build says which line asks for it and how to install it."""
    monkeypatch.setattr(whole_texts, "engine_version", lambda: "")

    with pytest.raises(ContentError) as raised:
        build(written(tmp_path), Options(jobs=1))

    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line) == ("TG312", 4)
    assert "pipx inject timeline-gen 'pagefind[bin]'" in problem.hint
    assert not (tmp_path / "output").exists()


def test_policy(site: Path) -> None:
    """The policy of a site with Pagefind allows WebAssembly, and no script of another host."""
    policy = policy_of("pagefind", {})
    assert "script-src 'self' 'wasm-unsafe-eval'" in policy
    assert "default-src 'self'" in policy
    assert "wasm" not in policy_of("site", {})
    assert "&#39;wasm-unsafe-eval&#39;" in (site / "output" / "en" / "index.html").read_text("utf-8")


# ---------------------------------------------------------------- in a browser


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the built site; return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site / "output")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Lend a page that must not fail, and speaks to this machine alone."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    opened.on(
        "request",
        lambda request: wrong.append(request.url) if "//127.0.0.1" not in request.url[:20] else None,
    )
    yield opened
    context.close()
    assert wrong == []


@pytest.mark.browser
def test_probes(page: Page, address: str) -> None:
    """Arabic texts are found however the words are spelled or joined, and not by accident."""
    page.goto(f"{address}ar/articles/")
    page.evaluate("() => new Promise(done => window.timelineView.load(done))")

    for row in probes():
        found = page.evaluate("query => window.timelineView.searchTexts(query)", row["query"])
        wanted = f"ar/articles/probe-{texts().index(row['text'])}/"
        assert (wanted in found) == (row["found"] == "yes"), row


@pytest.mark.browser
@pytest.mark.parametrize(
    ("lang", "query", "marked"),
    [("en", "convoy minist", {"convoy", "ministers"}), ("ar", "والاستخبارات", {"الاستخبارات"})],
)
def test_beside_the_timeline(page: Page, address: str, lang: str, query: str, marked: set[str]) -> None:
    """Searched on the timeline, an article comes with the words around what was found in its text."""
    page.goto(f"{address}{lang}/")

    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill(query)
    found = page.locator(".results-articles li", has=page.locator(f'a[href$="/{lang}/articles/harbour/"]'))
    # Each article's words come by a request of their own: another's may be there before.
    found.locator("mark").first.wait_for()

    assert page.locator(".results-articles a").first.get_attribute("href")
    assert set(found.locator("mark").all_inner_texts()) == marked


@pytest.mark.browser
def test_in_the_list_of_articles(page: Page, address: str) -> None:
    """The list of articles keeps those whose texts hold the words, counts them, and brings all back."""
    page.goto(f"{address}ar/articles/")
    everything = page.locator(".articles > li").count()

    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill("مسؤول")
    page.wait_for_selector(".articles .around mark")

    expect(page.locator(".articles > li:visible")).to_have_count(1)
    assert page.locator(".articles mark").all_inner_texts() == ["مسئول"]
    page.locator("[type=reset]").click()
    page.locator(".around").wait_for(state="detached")
    expect(page.locator(".articles > li:visible")).to_have_count(everything)


@pytest.mark.browser
def test_from_a_folder(browser: Browser, site: Path) -> None:
    """Opened from a folder, where Pagefind cannot work, titles and summaries are searched as ever."""
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((site / "output" / "en" / "articles" / "index.html").as_uri())

    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.locator("#find-q").fill("said")
    page.locator(".finder .shown:not(:empty)").wait_for()

    expect(page.locator(".articles > li:visible")).to_have_count(1)
    assert wrong == []
    page.close()
