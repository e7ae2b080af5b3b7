"""What pages say of themselves to search engines and to those who show links: JSON-LD, OpenGraph."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import views_factory as factory
from almanac_kit import almanac
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.dates.edtf import when
from timeline_gen.pages.parts.json_ld import exact_dates
from timeline_gen.pages.plain_page import PlainPageView

ROWS = [
    row.split("\t")
    for row in (Path(__file__).parent / "data" / "linked_dates.tsv").read_text("utf-8").splitlines()[1:]
]
FILES = {
    "content/articles/one.en.md": article(
        "One",
        "{id: cup, date: 2022-11-21/2022-12-18, title: Cup, summary: It *was*, places: [Doha], people: [A]}",
        "{id: never, date: 2020, title: Never, status: denied}",
        "{id: vague, date: 2017~, title: Vague, media: {src: p.svg, alt: A picture}}",
        more="people: [Ann]\nauthors: [Ann]\nsource: {title: Paper, url: 'https://x.com/', language: fr}\n",
    ),
    "content/articles/two.en.md": article(
        "Two",
        "{id: cup, date: 2022-11-20/2022-12-18, title: Cup, status: confirmed, corrects: one}",
        date="2022-08-11T09:30+03:00",
    ),
    "content/articles/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>',
    "content/pages/about.en.md": "---\ntitle: About\n---\nText.\n",
}
SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\n"
    "description: {ar: وصف, en: What is known}\npublisher: {en: The desk}\n"
)


@pytest.mark.parametrize(("edtf", "start", "end", "why"), ROWS, ids=[row[3] for row in ROWS])
def test_exact_dates(edtf: str, start: str, end: str, why: str) -> None:
    """A date is given as exactly as it is known, or not at all."""
    expected = {key: value for key, value in (("startDate", start), ("endDate", end)) if value}

    assert exact_dates(when(edtf)) == expected, why


def test_what_lies_beyond() -> None:
    """An event before 2010 did not end in 2009, nor did one after 2010 begin in 2011."""
    assert exact_dates(replace(when("2011/"), beyond=True)) == {}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a small site."""
    root = write_site(tmp_path_factory.mktemp("site"), FILES, settings=SETTINGS)
    build(root, Options(jobs=1))
    return root / "output"


class Head(HTMLParser):
    """Collects what the head of a page says to machines."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.data = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102
        given = {key: value or "" for key, value in attrs}
        if tag == "meta" and ("property" in given or given.get("name", "").startswith("twitter:")):
            self.tags[given.get("property") or given["name"]] = given["content"]
        self._inside = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:  # noqa: D102
        if self._inside:
            self.data += data
            self._inside = False


def read(output: Path, address: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the nouns of the page at *address* by type, and its tags."""
    head = Head((output / address / "index.html").read_text("utf-8"))
    found = json.loads(head.data)
    assert found["@context"] == "https://schema.org"
    return {one["@type"]: one for one in found.get("@graph", [found])}, head.tags


def test_event(output: Path) -> None:
    """An event says what it is, when and where, who told it, and what was corrected."""
    things, tags = read(output, "en/events/cup")

    page, event = things["WebPage"], things["WebPage"]["mainEntity"]
    assert page["creativeWorkStatus"] == "confirmed"
    (correction,) = page["correction"]
    assert correction["dateCreated"] == "2022-08-11T09:30:00+03:00"
    assert correction["text"] == "21 November – 18 December 2022 → 20 November – 18 December 2022"
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", "2022-11-20", "2022-12-18")
    assert event["description"] == "It was"
    assert [(one["@type"], one["name"]) for one in event["location"]] == [("Place", "Doha")]
    assert [(one["@type"], one["name"]) for one in event["about"]] == [("Person", "A")]
    assert [one["headline"] for one in event["subjectOf"]] == ["Two", "One"]
    assert tags["og:type"] == "article"
    assert tags["og:title"] == "Cup"
    assert tags["og:description"] == "It was"
    assert tags["article:modified_time"] == "2022-08-11T09:30:00+03:00"


def test_trail(output: Path) -> None:
    """The way from the timeline to a page is in the words of the page's language."""
    things, _ = read(output, "ar/people/ann")

    steps = [(one["name"], one["item"]) for one in things["BreadcrumbList"]["itemListElement"]]
    assert steps == [
        ("الخط الزمني", "https://records.org/ar/"),
        ("الأشخاص", "https://records.org/ar/people/"),
        ("Ann", "https://records.org/ar/people/ann/"),
    ]


def test_fallback_keeps_its_language(output: Path) -> None:
    """A text in another language than the page's says so."""
    things, _ = read(output, "ar/events/cup")

    event = things["WebPage"]["mainEntity"]
    assert things["WebPage"]["inLanguage"] == "ar"
    assert event["name"] == {"@value": "Cup", "@language": "en"}
    assert event["description"] == {"@value": "It was", "@language": "en"}


def test_denied(output: Path) -> None:
    """What is denied is not told to search engines as an event that happened."""
    things, _ = read(output, "en/events/never")

    assert things["WebPage"]["creativeWorkStatus"] == "denied"
    assert "mainEntity" not in things["WebPage"]


def test_vague(output: Path) -> None:
    """A date that is not exact stands in words alone; a drawing is no picture that others show."""
    things, tags = read(output, "en/events/vague")

    event = things["WebPage"]["mainEntity"]
    assert "startDate" not in event
    assert event["disambiguatingDescription"] == "c. 2017"
    assert event["image"].startswith("https://records.org/media/p.")
    assert "og:image" not in tags
    assert tags["twitter:card"] == "summary"
    assert tags["og:description"] == "c. 2017"


def test_article(output: Path) -> None:
    """An article says who wrote it, when, after which source, and what was corrected in it."""
    things, tags = read(output, "en/articles/one")

    news = things["NewsArticle"]
    assert (news["headline"], news["datePublished"]) == ("One", "2021-12-06")
    assert [one["name"] for one in news["author"]] == ["Ann"]
    assert news["publisher"] == {"@type": "Organization", "name": "The desk"}
    assert news["isBasedOn"]["inLanguage"] == "fr"
    assert len(news["correction"]) == 1
    assert {one["@id"] for one in news["mentions"]} >= {"https://records.org/en/events/cup/#event"}
    assert tags["article:published_time"] == "2021-12-06T00:00:00Z"


@pytest.mark.parametrize("address", ["ar", "en", "en/articles", "en/people", "en/corrections", "en/about"])
def test_every_page(output: Path, address: str) -> None:
    """Every page of a language says what it is."""
    things, tags = read(output, address)

    assert things.keys() <= {"WebSite", "BreadcrumbList"}
    assert tags["og:url"] == f"https://records.org/{address}/"
    assert tags["og:locale"] == address[:2]
    assert tags["og:site_name"] == {"ar": "سجل", "en": "Record"}[address[:2]]


def test_nothing_ends_the_block() -> None:
    """A title that looks like the end of a script stays a title."""
    view = next(view for _, view in factory.full_views("en") if isinstance(view, PlainPageView))
    title = "</script><script>alert(1)</script><!-- & \u2028"
    things = ({"@type": "Thing", "name": title},)

    html = factory.rendered(
        replace(view, head=replace(view.head, json_ld=things, breadcrumbs=())), almanac()
    ).decode()

    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert json.loads(data)["name"] == title
    assert "<" not in data
    assert "alert" not in Head(html).tags
