"""The how-to pages, followed from an empty folder by somebody who types, saves and breaks what they say."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Callable
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from guide_kit import ROOT, Block, Reader, blocks

from timeline_gen.building import workspace
from timeline_gen.building.workers import parallel
from timeline_gen.codes import CODES

FOLDER = ROOT / "docs" / "how-to"
SLUGS = sorted(path.name.removesuffix(".md") for path in FOLDER.glob("*.md") if path.name.count(".") == 1)
LANGS = ("en", "ar")
ADDRESS = "https://timeline.harbour-gazette.news/"
NOW = 1_796_083_200
"""1 December 2026: a day before the embargo of the page on embargoes ends."""


class Fault(NamedTuple):
    """What can go wrong at the end of a page: the change of a file, after which *code* is named."""

    code: str
    path: str
    old: str
    """What is replaced there; empty to write the whole file, or to delete it."""
    new: str


SALE = "content/articles/port-sale.en.md"
CORRECTION = "content/articles/bridge-correction.en.md"
BASE = "themes/mine/templates/base.html"
TABLE, MAP = "content/events/harbour.csv", "content/events/harbour.map.yaml"
POST = "content/articles/harbour-bridge.en.md"
TARGET = "\npublish: {production: {to: folder, path: ../www}}\nmenu:"
FAULTS: dict[str, list[tuple[str, list[Fault]]]] = {
    "embargo": [
        ("check", [Fault("TG308", SALE, "embargo: 2027-03-01T06:00", "embargo: 1 March 2027")]),
        ("check", [Fault("TG540", SALE, "embargo: 2027-03-01T06:00\n", "")]),
        (
            "publish --dry-run",
            [
                Fault("TG843", "site.yaml", "\nmenu:", TARGET),
                Fault("TG848", "static/notes.txt", "", "See port-sold.\n"),
            ],
        ),
    ],
    "corrections": [
        ("check", [Fault("TG504", CORRECTION, "    corrects: bridge-plan\n", "")]),
        ("check", [Fault("TG505", CORRECTION, "corrects: bridge-plan", "corrects: bridge-pln")]),
        (
            "check",
            [
                Fault(
                    "TG506",
                    "content/articles/bridge-plan.en.md",
                    "date: 2017\n",
                    "date: 2017\n    corrects: bridge-correction\n",
                )
            ],
        ),
        ("check", [Fault("TG603", CORRECTION, "", "")]),
    ],
    "own-theme": [
        (
            "check",
            [
                Fault("TG703", BASE, "head.root", "head.rot"),
                Fault("TG704", "themes/mine/templates/embed.html", "mine.css", "mien.css"),
                Fault("TG718", BASE, "block footer", "block foter"),
                Fault("TG719", "themes/mine/locale/ar.po", "harbour desk", "harbor desk"),
            ],
        ),
        ("check", [Fault("TG701", BASE, "</aside>\n{% endblock %}", "</aside>")]),
        ("check", [Fault("TG710", "site.yaml", "theme: mine", "theme: min")]),
    ],
    "many-languages": [
        (
            "check",
            [
                Fault("TG517", "content/articles/suez-canal.en.md", "\n---\n", "\n---\n\nMore.\n"),
                Fault("TG709", "site.yaml", "theme: mine", "theme: almanac"),
            ],
        ),
        ("check", [Fault("TG502", "content/articles/suez-canal.tr.md", "opening-of-the", "opening-of-teh")]),
        (
            "check",
            [Fault("TG110", "content/articles/ferry.de.md", "", "---\ntitle: Die Fähre\n---\nText.\n")],
        ),
    ],
    "large-archive": [
        (
            "check",
            [
                Fault("TG107", "content/articles/big.en.md", "", "x" * 2**20 + "x"),
                Fault("TG136", "content/events/other.csv", "", "date,title,rubbish\n1911,A ship,x\n"),
                Fault("TG140", "content/events/arrivals.map.yaml", "Ship", "Shp"),
            ],
        )
    ],
    "from-timelinejs": [
        (
            "check",
            [
                Fault("TG138", TABLE, "bridge-opened,", "bridge-opened,,,,,,,,,,"),
                Fault("TG201", TABLE, "harbour-opened,1871", "harbour-opened,#REF!"),
                Fault(
                    "TG408", TABLE, "https://www.youtube.com/watch?v=aqz-KE-bpKQ", "https://example.org/a.jpg"
                ),
                Fault("TG411", TABLE, "<i>eighteen</i>", "<p>eighteen</p>"),
            ],
        ),
        ("check", [Fault("TG502", TABLE, "bridge-opened,2021,5,4", "bridge-opened,,,")]),
        ("check", [Fault("TG135", MAP, "date: {from: [Year, Month, Day]}\n", "")]),
    ],
    "from-jekyll": [
        (
            "check",
            [
                Fault("TG104", "content/articles/ferry.en.md", "", '+++\ntitle = "The ferry"\n+++\nText.\n'),
                Fault("TG109", "content/articles/ferry.md", "", "---\ntitle: The ferry\n---\nText.\n"),
                Fault("TG302", POST, "title: The", "layout: post\ntitle: The"),
                Fault("TG303", POST, "authors: [Mona Ali]", "authors: Mona Ali"),
                Fault("TG307", POST, "tags:", "aliases: [/news/bridge/]\ntags:"),
                Fault("TG401", POST, "for years.", '<iframe src="https://example.org/"></iframe>'),
            ],
        )
    ],
}
"""What is typed after changes, and which code each of them has; in the site that the English page makes."""
TRIED_ELSEWHERE = {"TG312", "TG855"}
"""Codes that need a machine without a library, or thousands of files."""


def page_of(slug: str, lang: str) -> str:
    """Return the path of the page *slug* in *lang*."""
    return f"docs/how-to/{slug}.md" if lang == "en" else f"docs/how-to/{slug}.{lang}.md"


@pytest.fixture(scope="module")
def new_sites(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what gives a site as the program makes it, by its first language; each is made once."""

    @cache
    def new_site(lang: str) -> Path:
        reader = Reader(tmp_path_factory.mktemp(lang))
        other = next(code for code in LANGS if code != lang)
        reader.type(f"timeline-gen new site site --lang {lang} --lang {other} --url {ADDRESS}")
        reader.folder /= "site"
        reader.type("timeline-gen check")  # what it has read is in the cache of each copy
        return reader.folder

    return new_site


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Return somebody who is to follow a page, at a certain time."""
    monkeypatch.setattr(parallel, "cores", lambda: 1)
    monkeypatch.setattr(workspace, "time", SimpleNamespace(time=lambda: NOW, perf_counter=perf_counter))
    return Reader(tmp_path / "site")


def follow(reader: Reader, page: str) -> None:
    """Do what *page* says, and compare what is printed with what it shows."""
    steps = [*blocks(page), Block("", "", "")]
    for block, after in pairwise(steps):
        shown = after.text.splitlines() if after.language == "text" else []
        if block.language == "sh":
            compare(type_lines(reader, block, fails=any(" error" in line for line in shown)), shown, page)
        elif block.language not in {"text", "html"}:
            reader.follow(block)


def type_lines(reader: Reader, block: Block, *, fails: bool) -> list[str]:
    """Type the commands of *block* and return what they print, by lines."""
    printed: list[str] = []
    for line in block.text.splitlines():
        reader.last = ""
        reader.type(line, exit_codes=(1,) if fails else (0,))
        printed += reader.last.splitlines()
    return printed


def compare(printed: list[str], shown: list[str], page: str) -> None:
    """Find each of the lines that *page* has *shown* in what was *printed*, in order; `…` is anything."""
    rest = iter(printed)
    for line in shown:
        pattern = re.escape(line).replace("…", ".*")
        found = any(re.fullmatch(pattern, one) for one in rest)
        assert found, f"{page} shows\n{line}\nbut there is\n" + "\n".join(printed)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("slug", SLUGS)
def test_followed_from_an_empty_folder(
    reader: Reader, slug: str, lang: str, new_sites: Callable[[str], Path]
) -> None:
    """Every command of a page works as it is written, prints what the page shows, and fails as it says."""
    shutil.copytree(new_sites(lang), reader.folder)
    follow(reader, page_of(slug, lang))

    if lang == "en":
        for command, faults in FAULTS.get(slug, ()):
            printed = printed_after(reader, command, faults)
            assert [fault.code for fault in faults if fault.code not in printed] == [], printed
    if slug == "wordpress":
        place = reader.folder / "output" / lang / "places" / "suez-canal" / "index.html"
        (code,) = re.findall(r"<code>(&lt;iframe.*?)</code>", place.read_text("utf-8"), re.DOTALL)
        assert [unescape(code) + "\n"] == [
            block.text for block in blocks(page_of(slug, lang)) if block.language == "html"
        ]


def printed_after(reader: Reader, command: str, faults: list[Fault]) -> str:
    """Return what *command* prints after the changes of *faults*, which are then undone."""
    texts: dict[Path, str | None] = {}
    for fault in faults:
        path = reader.folder / fault.path
        text = path.read_text("utf-8") if path.exists() else None
        texts.setdefault(path, text)
        assert fault.old in (text or ""), fault
        change(path, (text or "").replace(fault.old, fault.new, 1) if fault.old else fault.new)
    if command.startswith("publish"):
        reader.type("timeline-gen build --now 2027-03-01T06:00+03:00")
    reader.type(f"timeline-gen {command}", exit_codes=(0, 1))
    for path, text in texts.items():
        change(path, text or "")
    return reader.last


def change(path: Path, text: str) -> None:
    """Make *path* hold *text*; delete it where there is none."""
    if text:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    else:
        path.unlink()


def codes_of(slug: str, lang: str) -> list[str]:
    """Return the codes in the table of what can go wrong of the page *slug*."""
    return re.findall(r"^\| \[(TG\d{3})", (ROOT / page_of(slug, lang)).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("slug", SLUGS)
def test_each_fault_is_tried(slug: str) -> None:
    """Each code in the table of what can go wrong is one that the program has, and is made to appear."""
    tried = {fault.code for _, faults in FAULTS.get(slug, ()) for fault in faults}

    assert {*codes_of(slug, "en")} - TRIED_ELSEWHERE == tried
    assert codes_of(slug, "ar") == codes_of(slug, "en")
    assert {*re.findall(r"TG\d{3}", (ROOT / page_of(slug, "en")).read_text("utf-8"))} <= CODES.keys()


@pytest.mark.parametrize("lang", LANGS)
def test_the_script_for_posts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """A post of Jekyll that is not public becomes a draft, and its usual address leads on."""
    (script,) = [block for block in blocks(page_of("from-jekyll", lang)) if block.language == "python"]
    post = "---\ntitle: A trip\npublished: false\ntags:\n  - sea\nauthor: Mona\n---\nText --- more.\n"
    monkeypatch.chdir(tmp_path)
    for path, text in (("_posts/2021-05-04-a-trip.md", post), ("bring.py", script.text)):
        change(tmp_path / path, text)
    (tmp_path / "content" / "articles").mkdir(parents=True)
    runpy.run_path("bring.py")

    assert capsys.readouterr().out == "redirects:\n  /2021/05/04/a-trip.html: article:a-trip\n"
    made = (tmp_path / "content" / "articles" / f"a-trip.{lang}.md").read_text("utf-8")
    front = ["date: 2021-05-04", "title: A trip", "draft: true", "tags: ", "  - sea", "author: [Mona]"]
    assert made.splitlines() == ["---", *front, "---", "Text --- more."]
