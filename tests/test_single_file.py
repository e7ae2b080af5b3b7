"""One timeline as one file, to be sent by mail and laid into archives."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from timeline_gen.building.options import Options
from timeline_gen.building.render.single_file import write_single
from timeline_gen.cli import program
from timeline_gen.errors import UsageError
from timeline_gen.rendering.self_contained import self_contained

ROOT = Path(__file__).parents[1]
SITE = "https://example.org/s/"
PICTURE = "data:image/png;base64,UE5H"
SCRIPT = "data:text/javascript;base64,cnVuKCk="
FILES = {
    "a/own.css": b'p{background:url("pic.png")}q{background:url(https://example.net/x.png)}',
    "a/pic.png": b"PNG",
    "a/run.js": b"run()",
}


def alone(html: str) -> str:
    """Return *html*, the page at ``en/x/``, as one file."""
    read = {PurePosixPath(name): data for name, data in FILES.items()}.get

    return self_contained(html.encode(), "en/x/", SITE, read).decode()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Return a copy of the sample site."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.yaml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="../../a/pic.png" alt="">', '<img src="data:image/png;base64,UE5H" alt="">'),
        ('<img src="../../a/pic.png" srcset="a 1w, b 2w" sizes="9px">', f'<img src="{PICTURE}">'),
        ('<script src="../../a/run.js" defer></script>', f'<script src="{SCRIPT}" defer></script>'),
        ('<a href="../y/#z">y</a>', '<a href="https://example.org/s/en/y/#z">y</a>'),
        ('<a href="../y/?a=1&amp;b=2">y</a>', '<a href="https://example.org/s/en/y/?a=1&amp;b=2">y</a>'),
        ('<a title="a > b" href="#z">z</a>', '<a title="a > b" href="#z">z</a>'),
        ('<a href="mailto:a@example.org">a</a>', '<a href="mailto:a@example.org">a</a>'),
        ('<p>src="../../a/pic.png"</p>', '<p>src="../../a/pic.png"</p>'),
        ('<p data-root="../../">', f'<p data-root="{SITE}">'),
        ('<p data-source="../../a/run.js">', f'<p data-source="{SCRIPT}">'),
        ('<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">\n<p>', "<p>"),
    ],
)  # fmt: skip
def test_addresses(html: str, expected: str) -> None:
    """What is loaded stands in the file; what is linked leads to the site."""
    assert alone(html) == expected


def test_style() -> None:
    """The pictures and fonts of a stylesheet stand in it."""
    inner = 'p{background:url("data:image/png;base64,UE5H")}q{background:url(https://example.net/x.png)}'
    address = f"data:text/css;base64,{b64encode(inner.encode()).decode()}"

    assert alone('<link href="../../a/own.css">') == f'<link href="{address}">'


@pytest.mark.parametrize(("name", "lang"), [("securty", ""), ("security", "fr"), ("people/qatar", "en")])
def test_unknown(sample: Path, name: str, lang: str) -> None:
    """What no event names, or no language of the site, is refused with what there is; nothing is written."""
    with pytest.raises(UsageError) as caught:
        write_single(sample, Options(jobs=1), name, lang, sample / "out.html")

    assert caught.value.hint
    assert not (sample / "out.html").exists()


def test_command(sample: Path) -> None:
    """The command writes the file, in the site's own language unless told, and leaves output/ alone."""
    out = sample / "out.html"
    arguments = ["build", "--site", str(sample), "-j", "1", "--single-file", "people/hakan-fidan", str(out)]

    assert CliRunner().invoke(program, arguments).exit_code == 0
    own = out.read_text("utf-8")
    assert CliRunner().invoke(program, [*arguments, "--lang", "en"]).exit_code == 0
    other = out.read_text("utf-8")

    assert '<html lang="ar" dir="rtl">' in own
    assert '<html lang="en" dir="ltr">' in other
    assert "<h1>Hakan Fidan</h1>" in other
    assert set(re.findall(r'id="e-([^"]+)"', own)) == set(re.findall(r'id="e-([^"]+)"', other))
    assert not (sample / "output").exists()
    assert [path.name for path in sample.iterdir() if path.name.startswith(".out")] == []


def test_into_a_pipe(sample: Path, tmp_path: Path) -> None:
    """A pipe takes what is written, and is a pipe afterwards."""
    pipe, plain = tmp_path / "pipe", tmp_path / "plain.html"
    os.mkfifo(pipe)
    # What is read goes to a file: a second pipe, which is only emptied afterwards, would hold just a little.
    with (
        (tmp_path / "read").open("wb") as copy,
        subprocess.Popen(["cat", str(pipe)], stdout=copy) as reader,
    ):
        arguments = ["build", "--site", str(sample), "-j", "1", "--single-file", "timeline"]
        try:
            assert CliRunner().invoke(program, [*arguments, str(pipe)]).exit_code == 0
            reader.wait(timeout=60)
        finally:
            reader.kill()
    assert CliRunner().invoke(program, [*arguments, str(plain)]).exit_code == 0

    assert pipe.is_fifo()
    assert (tmp_path / "read").read_bytes() == plain.read_bytes()


def test_same_bytes(sample: Path) -> None:
    """The same content gives the same file."""
    for name in ("a.html", "b.html"):
        write_single(sample, Options(jobs=1), "timeline", "ar", sample / name)

    assert (sample / "a.html").read_bytes() == (sample / "b.html").read_bytes()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_read_alone(sample: Path, tmp_path: Path, lang: str, browser: Browser) -> None:
    """In an empty folder, without network, it has its style and pictures, draws its axis, and finds."""
    folder = tmp_path / "alone"
    folder.mkdir()
    write_single(sample, Options(jobs=1), "timeline", lang, folder / "all.html")
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "all.html").as_uri())
    page.locator("img").last.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every(one => one.complete && one.naturalWidth)")

    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") != "32px"
    page.evaluate("document.querySelector('.filters')?.setAttribute('open', '')")
    page.fill("#find-q", "Erdoğan" if lang == "en" else "أردوغان")
    page.wait_for_function("document.querySelector('.finder .shown').textContent")
    assert 0 < page.locator('main li[id^="e-"]:visible').count() < 9
    page.click(".finder [type=reset]")
    page.click(".axis [data-do=in]")
    page.wait_for_selector(".axis-picture.live", state="visible")
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert [url for url in asked if url.startswith("file:")] == [(folder / "all.html").as_uri()]
