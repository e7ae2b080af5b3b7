"""What machines read: feeds, data, the sitemap and robots.txt."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from xml.etree import ElementTree as ET

import pytest
import views_factory as factory
from almanac_kit import almanac

from timeline_gen.rendering.chunks import joined
from timeline_gen.rendering.exports import events_chunks
from timeline_gen.rendering.feeds import FeedEvent, write_feed
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.sitemap import write_robots, write_sitemap

ATOM = {"a": "http://www.w3.org/2005/Atom"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAPS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_feed(lang: str) -> None:
    """A feed says what it is, where it stands, and what each entry is."""
    view = factory.feed(lang)

    root = ET.fromstring(write_feed(view, almanac()))  # noqa: S314 - our own

    assert root.get(XML_LANG) == lang
    assert root.findtext("a:id", "", ATOM) == view.id
    assert root.findtext("a:title", "", ATOM) == view.title.text
    assert root.findtext("a:author/a:name", "", ATOM) == "A < B"
    assert [one.get("href") for one in root.findall("a:link", ATOM)] == [view.self_url, view.page_url]
    entries = root.findall("a:entry", ATOM)
    assert [one.findtext("a:updated", "", ATOM) for one in entries] == [view.entries[0].updated] * 2


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_entry_in_another_language(lang: str) -> None:
    """A title in the other direction is isolated, and names its language."""
    view = factory.feed(lang)

    root = ET.fromstring(write_feed(view, almanac()))  # noqa: S314 - our own

    foreign, own = root.findall("a:entry/a:title", ATOM)
    opener = "\u2067" if lang == "en" else "\u2066"
    assert foreign.get(XML_LANG) == factory.other_of(lang)
    assert foreign.text == f"{opener}{view.entries[0].title.text}\u2069"
    assert (own.get(XML_LANG), own.text) == (None, view.entries[1].title.text)


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_summary(lang: str) -> None:
    """The summary of an event is HTML that says when it happened, what was corrected, and what it is."""
    root = ET.fromstring(write_feed(factory.feed(lang), almanac()))  # noqa: S314 - our own

    summary = root.find("a:entry/a:summary", ATOM)

    assert summary is not None
    assert summary.get("type") == "html"
    when, corrected, what = ET.fromstring(f"<x>{summary.text}</x>")  # noqa: S314 - our own
    assert "".join(when.itertext()) == factory.date("2022-11-20/2022-12-18", lang).text
    assert factory.date("2022-11-21/2022-12-18", lang).text in "".join(corrected.itertext())
    assert what.attrib == {
        "lang": factory.other_of(lang),
        "dir": factory.LANGUAGES[factory.other_of(lang)].direction,
    }


def test_status_in_a_feed() -> None:
    """A status stands in the entry of an event as a category, and in words beside the date."""
    view = factory.feed("ar")
    entry = replace(view.entries[0], status="denied")

    root = ET.fromstring(write_feed(replace(view, entries=(entry,)), almanac()))  # noqa: S314 - our own

    category = root.find("a:entry/a:category", ATOM)
    assert category is not None
    assert (category.get("term"), category.get("label")) == ("denied", "نُفي وقوعه")
    assert "نُفي وقوعه" in root.findtext("a:entry/a:summary", "", ATOM)


def test_events_in_the_feed_of_articles() -> None:
    """An article's entry lists what it tells, each with its date, its title and its status."""
    view = factory.feed("en")
    date = factory.date("2017", "en")
    told = FeedEvent(factory.words("emir", "ar"), "https://example.org/en/events/emir/", date, "disputed")
    entry = replace(view.entries[1], events=(told,))

    root = ET.fromstring(write_feed(replace(view, entries=(entry,)), almanac()))  # noqa: S314 - our own

    (item,) = ET.fromstring(f"<x>{root.findtext('a:entry/a:summary', '', ATOM)}</x>").iter("li")  # noqa: S314 - our own
    assert "".join(item.itertext()) == f"2017 · {factory.TEXTS['ar']['emir']} · disputed"
    assert [one.get("lang") for one in item.iter("bdi")] == [None, "ar"]


def test_own_words_in_a_feed() -> None:
    """The author's own words stand in place of the date there too."""
    view = factory.feed("ar")
    entry = replace(view.entries[0], date=factory.date("/2022-11-19", "ar", "soldiers_said"))

    text = write_feed(replace(view, entries=(entry,)), almanac()).decode()

    assert factory.TEXTS["ar"]["soldiers_said"] in text


def test_characters_that_xml_has_not() -> None:
    """A stray control character does not break a feed."""
    view = replace(factory.feed("en"), title=Words("a\x08b\ufffe", "en", "ltr"), subtitle=None)

    root = ET.fromstring(write_feed(view, almanac()))  # noqa: S314 - our own

    assert root.findtext("a:title", "", ATOM) == "ab"


def test_data() -> None:
    """The data is JSON in its own letters, an event a line, its keys in their order."""
    view = factory.data("ar")
    frozen = replace(view, events=tuple(MappingProxyType(dict(event)) for event in view.events))

    text = joined(events_chunks(frozen)).decode()

    assert json.loads(text) == {
        "$schema": "https://example.org/events.schema.json",
        "lang": "ar",
        "site": view.site,
        "url": view.url,
        "licence": "CC-BY-4.0",
        "events": list(view.events),
    }
    assert factory.TEXTS["ar"]["cup"] in text
    assert len(text.splitlines()) == 2 + len(view.events)


def test_no_data() -> None:
    """A language without events has data all the same."""
    assert (
        json.loads(joined(events_chunks(replace(factory.data("en"), licence="", events=()))))["events"] == []
    )


def test_sitemap() -> None:
    """The sitemap names every address with its alternates."""
    root = ET.fromstring(write_sitemap(factory.sitemap()))  # noqa: S314 - our own

    first, second = root.findall("s:url", MAPS)
    assert first.findtext("s:loc", "", MAPS) == "https://example.org/ar/?a&b"
    assert first.findtext("s:lastmod", "", MAPS) == "2022-08-11"
    assert [one.get("hreflang") for one in first.findall("x:link", MAPS)] == ["ar", "x-default"]
    assert len(second) == 1


def test_robots() -> None:
    """Robots may read everything, and are told where the sitemap is."""
    lines = write_robots(f"{factory.URL}sitemap.xml").decode().splitlines()

    assert lines == ["User-agent: *", "Disallow:", "", "Sitemap: https://example.org/sitemap.xml"]
