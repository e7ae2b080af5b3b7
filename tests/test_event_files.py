"""Events with files and texts of their own, which no article need tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.building.render.single_file import write_single
from timeline_gen.building.store.memory import Memory
from timeline_gen.checking.translations import mark, missing
from timeline_gen.errors import ContentError, Problem
from timeline_gen.reading.stamps import read_stamp

OPENING: Final = """\
---
title: The harbour opens
date: last May
published: 2020-06-01
summary: At *noon*.
people: [Mona Ali]
authors: [Sami Omar]
source: {name: The Gazette}
aliases: [first-ship]
---
The first ship, see [the bridge](event:bridge) and [below](#the-day).

## The day

It was hot.[^1] ![A quay](quay.png)

[^1]: Very.
"""
OPENING_AR: Final = "---\ntitle: افتتاح الميناء\n---\nوصلت **السفينة** الأولى.\n\n## اليوم\n\nكان حارًا.\n"
BRIDGE: Final = article(
    "The bridge",
    "{id: bridge, date: 2019, title: The bridge is built}",
    body="[Ships](event:opening#the-day).",
)
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SITE: Final = {
    "content/events/opening.en.md": OPENING,
    "content/events/opening.ar.md": OPENING_AR,
    "content/articles/bridge.en.md": BRIDGE,
}
EMBEDS: Final = f"{SETTINGS}embeds: [timeline, events]\n"


def site(root: Path, more: Mapping[str, str] | None = None, *, settings: str = SETTINGS) -> Path:
    """Write the site of the harbour, with *more* files, in *root*."""
    write_site(root, {**SITE, **(more or {})}, settings=settings)
    (root / "content/events/quay.png").write_bytes(PNG)
    return root


def built(root: Path, *, now: str = "2026-01-01", drafts: bool = False) -> Report:
    """Build the site in *root* for the moment *now*."""
    return build(root, Options(jobs=1, now=read_stamp(now).second, drafts=drafts))


def page(root: Path, address: str) -> str:
    """Return the built page at *address*, without line breaks."""
    return " ".join((root / "output" / address / "index.html").read_text("utf-8").split())


def everything(root: Path) -> dict[str, bytes]:
    """Return all files of the site that was built in *root*, by path."""
    top = root / "output"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def problems(root: Path) -> list[Problem]:
    """Return what a build of the site in *root* finds wrong."""
    try:
        return list(built(root).problems)
    except ContentError as error:
        return list(error.problems)


def told(root: Path) -> list[str]:
    """Return what a build of the site in *root* finds wrong, as code and place."""
    return [f"{one.code} {one.place.path.name}:{one.place.line}" for one in problems(root)]


def test_an_event_without_an_article(tmp_path: Path) -> None:
    """An event with a file of its own has a page with its text, its picture, its links and its author."""
    root = site(tmp_path)
    report = built(root)
    shown = page(root, "en/events/opening")

    assert report.problems == ()
    assert (report.articles, report.events) == (1, 2)
    assert 'data-edtf="2020-05"' in shown
    assert '<a href="../../../en/events/bridge/" class="event-link">the bridge</a>' in shown
    assert '<h2 id="the-day">The day</h2>' in shown
    assert re.search(r'src="\.\./\.\./\.\./media/quay\.[0-9a-f]+\.png"', shown)
    assert '<a href="../../../en/people/sami-omar/"' in shown
    assert '<a href="../../../en/people/mona-ali/"' in shown
    assert "The Gazette" in shown
    assert "On this page" in shown
    assert "events/opening" in page(root, "en/events/first-ship")
    assert "events/opening" in page(root, "en")
    assert "events/opening" in page(root, "en/people/sami-omar")
    assert not (root / "output/en/articles/opening").exists()
    assert "events/opening" not in page(root, "en/articles")


def test_a_version_needs_a_title_and_a_text(tmp_path: Path) -> None:
    """Another language gives title and text; date, source and people are those of the first version."""
    root = site(tmp_path)
    built(root)
    shown = page(root, "ar/events/opening")

    assert "<h1>افتتاح الميناء</h1>" in shown
    assert 'data-edtf="2020-05"' in shown
    assert "<strong>السفينة</strong>" in shown
    assert "The first ship" not in shown
    assert "The Gazette" in shown


def test_a_text_in_another_language(tmp_path: Path) -> None:
    """Where a language has no version, readers see the text of the other one, marked as such."""
    root = site(tmp_path)
    (root / "content/events/opening.ar.md").unlink()
    built(root)

    assert '<div class="prose" lang="en" dir="ltr"> <p>The first ship' in page(root, "ar/events/opening")

    titled = "---\ntitle: افتتاح\n---\n"
    write_site(root, {"content/events/opening.ar.md": titled})
    built(root)
    shown = page(root, "ar/events/opening")

    assert "<h1>افتتاح</h1>" in shown
    assert '<span class="mark">معروض باللغة: <bdi>English</bdi></span>' in shown
    assert "The first ship" in shown


def test_a_language_that_shows_only_its_own(tmp_path: Path) -> None:
    """With ``translations: hide`` no text of another language is shown."""
    root = site(tmp_path, settings=f"{SETTINGS}translations: hide\n")
    (root / "content/events/opening.ar.md").unlink()
    built(root)

    assert not (root / "output/ar/events/opening").exists()
    assert "The first ship" in page(root, "en/events/opening")


def test_links_lead_to_the_text(tmp_path: Path) -> None:
    """A link leads to a heading of an event's text, by its id or by its file; a wrong one is told of."""
    body = "[A](event:opening#the-day), [b](../events/opening.en.md#the-day), [c](event:opening#nowhere)."
    root = site(
        tmp_path,
        {"content/articles/bridge.en.md": article("Bridge", "{id: bridge, date: 2019, title: B}", body=body)},
    )

    assert told(root) == ["TG811 bridge.en.md:7"]
    shown = page(root, "en/articles/bridge")
    assert shown.count('href="../../../en/events/opening/#the-day"') == 2


def test_it_is_a_telling_like_any_other(tmp_path: Path) -> None:
    """What the file says and what articles say of one event is brought together, the newest in the lead."""
    telling = "{id: opening, date: 2020-05-07, title: It opens, places: [Doha]}"
    root = site(tmp_path, {"content/articles/news.en.md": article("News", telling)})
    report = built(root)
    shown = page(root, "en/events/opening")

    assert report.problems == ()
    assert "<h1>It opens</h1>" in shown
    assert 'data-edtf="2020-05-07"' in shown
    assert "The first ship" in shown
    assert "On this page" in shown
    assert '<a href="../../../en/articles/news/" dir="ltr">News</a>' in shown
    assert '<a href="../../../en/places/doha/"' in shown


def test_a_text_for_what_articles_tell(tmp_path: Path) -> None:
    """A file without a date gives a text to an event that an article dates."""
    text = "---\ntitle: The bridge, whole\n---\nIts own text.\n"
    root = site(tmp_path, {"content/events/bridge.en.md": text})
    report = built(root)
    shown = page(root, "en/events/bridge")

    assert report.problems == ()
    assert "<h1>The bridge is built</h1>" in shown
    assert "Its own text." in shown
    assert "Also mentioned in" not in shown


@pytest.mark.parametrize(
    ("more", "date", "problems_told"),
    [
        # an article corrects the file, and the file an article
        (
            {"content/articles/news.en.md": '{id: opening, date: 2021, title: N, corrects: "event:opening"}'},
            "2021",
            ["TG504 opening.en.md:3"],
        ),
        (
            {"content/articles/news.en.md": "{id: opening, date: 2021, title: N, corrects: event:bridge}"},
            "2021",
            ["TG504 opening.en.md:3", "TG505 news.en.md:5"],
        ),
    ],
)
def test_corrections(tmp_path: Path, more: dict[str, str], date: str, problems_told: list[str]) -> None:
    """``corrects: event:ID`` takes back what an event's own file says; another id corrects nothing."""
    root = site(tmp_path, {path: article("News", telling) for path, telling in more.items()})

    assert sorted(told(root)) == problems_told
    if len(problems_told) == 1:
        assert f'data-edtf="{date}"' in page(root, "en/events/opening").partition("<h1>")[0]
        assert "Corrected since" in page(root, "en/events/opening")


def test_a_file_corrects_an_article(tmp_path: Path) -> None:
    """The file of an event may correct an article's telling of it, and is listed among the corrections."""
    text = "---\ntitle: The bridge\ndate: 2018\npublished: 2022-01-01\ncorrects: bridge\n---\nText.\n"
    root = site(tmp_path, {"content/events/bridge.en.md": text})
    report = built(root)

    assert [one.code for one in report.problems] == ["TG504"]
    assert 'data-edtf="2018"' in page(root, "en/events/bridge").partition("<h1>")[0]
    assert '<a href="../../en/events/bridge/"' in page(root, "en/corrections")


def test_without_a_day_of_publication(tmp_path: Path) -> None:
    """Such a telling is older than every dated one, and its event is in no feed of the newest."""
    undated = OPENING.replace("last May", "2020-05").replace("published: 2020-06-01\n", "")
    old = article("Old", "{id: opening, date: 2020-05-07, title: First}", date="1950-01-01")
    root = site(tmp_path, {"content/events/opening.en.md": undated})
    report = built(root)
    feed = (root / "output/en/events.xml").read_text("utf-8")

    assert report.problems == ()
    assert "events/bridge/" in feed
    assert "events/opening/" not in feed.replace("events/opening/#", "")
    write_site(root, {"content/articles/old.en.md": old})
    built(root)
    assert "<h1>First</h1>" in page(root, "en/events/opening")
    assert "events/opening/" in (root / "output/en/events.xml").read_text("utf-8")


def test_the_text_is_in_the_feed(tmp_path: Path) -> None:
    """The feed of events holds the whole text, with addresses that lead to the site from anywhere."""
    root = site(tmp_path)
    built(root)
    feed = (root / "output/en/events.xml").read_text("utf-8")

    assert (
        '<content type="html">&lt;div lang=&quot;en&quot; dir=&quot;ltr&quot;&gt;&lt;p&gt;The first ship'
        in feed
    )
    assert "&lt;a href=&quot;https://records.org/en/events/bridge/&quot;" in feed
    assert "&lt;img src=&quot;https://records.org/media/quay." in feed
    assert "وصلت" in (root / "output/ar/events.xml").read_text("utf-8")


def test_the_text_is_in_frames_and_single_files(tmp_path: Path) -> None:
    """An embed of the event shows its text, and so does a timeline as one file, in which no id is twice."""
    root = site(
        tmp_path,
        {"content/events/other.en.md": OPENING.replace("aliases: [first-ship]\n", "")},
        settings=EMBEDS,
    )
    built(root)
    write_single(root, Options(jobs=1), "timeline", "en", tmp_path / "one.html")
    single = (tmp_path / "one.html").read_text("utf-8")
    ids = re.findall(r'\sid="([^"]*)"', single)

    assert "The first ship" in (root / "output/en/embed/events/opening.html").read_text("utf-8")
    assert single.count("The first ship") == 2
    assert 'href="#text-opening:the-day"' in single
    assert 'id="text-opening:fn:1"' in single
    assert sorted(set(ids)) == sorted(ids)
    assert 'src="data:image/png' in single


@pytest.mark.parametrize(
    "held", ["draft: true\n", 'embargo: "2026-12-01T06:00Z"\n'], ids=["a draft", "under embargo"]
)
def test_nothing_leaks(tmp_path: Path, held: str) -> None:
    """Of what is held back there is no trace: no page, title, text, picture, version, address or link."""
    files = {
        "content/events/opening.en.md": OPENING.replace("date: last", f"{held}date: last"),
        "content/events/opening.ar.md": OPENING_AR.replace("---\nو", f"{held}---\nو"),
    }
    root = site(tmp_path, files, settings=EMBEDS)
    report = built(root)
    text = "\n".join(f"{path}\n{data.decode(errors='replace')}" for path, data in everything(root).items())

    assert "bridge" in text
    for trace in (
        "events/opening",
        "opening.",
        "first-ship",
        "harbour",
        "Mona",
        "Sami",
        "Gazette",
        "quay",
        "افتتاح",
        "السفينة",
    ):
        assert trace not in text, trace
    assert "TG513" in {one.code for one in report.problems}
    built(root, drafts=True)
    assert "The first ship" in page(root, "en/events/opening")


def test_a_draft_beside_what_articles_tell(tmp_path: Path) -> None:
    """Where an article tells the event, too, only the text that is a draft stays out."""
    telling = article("News", "{id: opening, date: 2020, title: It opens}")
    draft = OPENING.replace("date: last", "draft: true\ndate: last").replace("quay", "quay")
    files = {"content/events/opening.en.md": draft, "content/articles/news.en.md": telling}
    root = site(tmp_path, files)
    (root / "content/events/opening.ar.md").unlink()
    built(root)
    shown = page(root, "en/events/opening")

    assert "<h1>It opens</h1>" in shown
    assert "The first ship" not in shown
    assert not list((root / "output").glob("media/*"))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("content/events/opening.en.md", "It was hot", "It was cold"),
        ("content/events/opening.en.md", "last May", "last April"),
        ("content/events/opening.en.md", "title: The", "title: A"),
        ("content/events/opening.en.md", "Sami Omar", "Omar Sami"),
        ("content/events/opening.en.md", "published: 2020", "updated: 2024-01-01\npublished: 2020"),
        ("content/events/opening.ar.md", "السفينة", "الباخرة"),
        ("content/events/opening.ar.md", OPENING_AR, ""),
        ("content/articles/bridge.en.md", "2019", "2018"),
        ("content/articles/bridge.en.md", "id: bridge", "id: bridge-2, aliases: [bridge]"),
    ],
)
def test_an_incremental_build_equals_a_clean_one(tmp_path: Path, path: str, old: str, new: str) -> None:
    """After any edit, and the edit taken back, the site is that of a clean build, with memory and without."""
    settings = f"{EMBEDS}data: {{from: 1}}\n"
    root, memory = site(tmp_path / "kept", settings=settings), Memory()
    options = Options(jobs=1, now=read_stamp("2026-01-01").second)
    for number, text in enumerate((SITE[path], SITE[path].replace(old, new), SITE[path])):
        fresh = site(tmp_path / f"fresh-{number}", settings=settings)
        for folder in (root, fresh):
            write_site(folder, {path: text}, settings=settings)
            if not text:
                (folder / path).unlink()
        build(fresh, options)
        for kept in (None, memory):
            build(root, options, memory=kept)
            assert everything(root) == everything(fresh)


def test_a_word_changes_few_pages(tmp_path: Path) -> None:
    """A word in the text renders the files that hold it: the event's page, the feed, the search."""
    root = site(tmp_path)
    built(root)
    write_site(root, {"content/events/opening.en.md": OPENING.replace("hot", "cold")})
    before = everything(root)
    report = built(root)
    after = everything(root)

    assert {path for path in after if after[path] != before.get(path)} - {".timeline-gen.json"} >= {
        "en/events/opening/index.html",
        "en/events.xml",
    }
    assert report.rendered == 3


def test_translations_of_events(tmp_path: Path) -> None:
    """A version that is older than what it was translated from is told of until it is marked again."""
    root = site(tmp_path)
    (changed,) = mark(root, ("event:opening",))

    assert changed.name == "opening.en.md"
    assert "TG517" not in {one.code for one in problems(root)}
    write_site(root, {"content/events/opening.ar.md": OPENING_AR.replace("افتتاح", "تدشين")})
    (outdated,) = (one for gap in missing(root) for one in gap.outdated)
    assert outdated.fields == ("opening.title",)


FAULTS: Final = [
    ("a.en.md", "title: A\nid: a\ndate: 2019\n", "TG302 a.en.md:3", "the file's name gives the id"),
    ("a.en.md", "date: 2019\n", "TG301 a.en.md:2", "title"),
    ("a.en.md", "title: A\ndate: last October\n", "TG208 a.en.md:3", "published: 2021-12-06"),
    ("a.en.md", "title: A\ndate: 2019\npublished: then\n", "TG308 a.en.md:4", "published: 2021-12-06"),
    ("a.en.md", "title: A\n", "TG502 a.en.md:2", "date: unknown"),
    ("a.en.md", "title: A\ndate: 2019\nevents: []\n", "TG302 a.en.md:4", "this file is one event"),
    (
        "a.en.md",
        "title: A\ndate: 2019\nupdated: 2020-01-01\npublished: 2021-01-01\n",
        "TG311 a.en.md:4",
        "mend",
    ),
    ("a.en.md", "title: A\ndate: 2019\nsourcse: []\n", "TG302 a.en.md:4", "sources"),
    ("a.en.md", "title: A\ndate: 2019\ncorrects: event:b\n", "TG505 a.en.md:4", "event:a"),
    ("a.en.md", "title: A\ndate: 2019\ncorrects: event:a\n", "TG506 a.en.md:4", "corrects"),
    ("A b.en.md", "title: A\ndate: 2019\n", "TG111 A b.en.md:1", "name it a-b.en.md"),
    ("a.md", "title: A\ndate: 2019\n", "TG109 a.md:1", "name it a.ar.md"),
    ("x/opening.en.md", "title: A\ndate: 2019\n", "TG501 opening.en.md:1", "another name"),
    ("opening.ar.md", "title: A\ndate: 2019\n", "TG503 opening.en.md:3", "inherited"),
]


@pytest.mark.parametrize(("name", "matter", "found", "hint"), FAULTS)
def test_what_is_wrong(tmp_path: Path, name: str, matter: str, found: str, hint: str) -> None:
    """Each slip in an event's file has its own problem, at its place, with what to write."""
    root = site(tmp_path, {f"content/events/{name}": f"---\n{matter}---\nText.\n"})
    said = {f"{one.code} {one.place.path.name}:{one.place.line}": one.hint for one in problems(root)}

    assert found in said
    assert hint in said[found]


def test_files_where_nothing_reads_them(tmp_path: Path) -> None:
    """A file with another ending is told of, as among articles."""
    root = site(tmp_path, {"content/events/x.markdown": "---\ntitle: A\n---\n"})

    assert told(root) == ["TG112 x.markdown:1"]
