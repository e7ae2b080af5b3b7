"""Facts of events that are texts: their keys, and how those with a label are merged and shown.

The key ``weather`` is none of the program's: what is shown under a label needs no code for each key.
"""

from __future__ import annotations

import json
from pathlib import PurePosixPath

import pytest

from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.timeline import Timeline
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.events import TEXT_FACTS, Stamp, Telling
from timeline_gen.model.settings import Settings
from timeline_gen.pages.parts.event_records import event_data
from timeline_gen.pages.site import SiteContext, make_site
from timeline_gen.pages.view_models.events import event_card
from timeline_gen.pages.view_models.text_facts import differing_texts
from timeline_gen.reading.table_columns import KEYS, TEXTS
from timeline_gen.schema.articles import EventFileSchema, EventSchema
from timeline_gen.text.languages import language

SETTINGS = Settings({"en": "x"}, "https://records.org/", (language("ar"), language("en")))


def version(slug: str, lang: str, published: str, weather: dict[str, str], date: str = "") -> ArticleVersion:
    """Return an article with an event in *weather*."""
    day = parse_iso_day(published)
    telling = Telling(
        "e",
        when(date) if date else None,
        "T",
        text_facts={"date_text": {lang: "then"}, **({"weather": weather} if weather else {})},
    )
    return ArticleVersion(
        path=PurePosixPath(f"content/articles/{slug}.{lang}.md"),
        slug=slug,
        lang=lang,
        title=slug,
        published=Stamp(published, day, day * 86400),
        events=(telling,),
        digest=f"{slug}{lang}".encode(),
    )


def collected(*articles: ArticleVersion) -> Timeline:
    """Return the timeline of *articles*."""
    return collect(ParsedContent(articles), SETTINGS, now=1 << 40)[0]


def context() -> SiteContext:
    """Return a site without content."""
    return make_site(SETTINGS, collected())[0].context


NEW = version("new", "ar", "2022-01-01", {"ar": "صحو"}, date="2019-10-06")
NEW_ENGLISH = version("new", "en", "2022-01-01", {"en": "Clear"})


@pytest.mark.parametrize("key", TEXT_FACTS)
def test_a_text_is_a_key_everywhere(key: str) -> None:
    """Each text is a key of events and of their files, and a column for which a language can be named."""
    assert key in EventSchema.model_fields
    assert key in EventFileSchema.model_fields
    assert key in KEYS
    assert key in TEXTS


@pytest.mark.parametrize(
    ("old", "arabic", "english"),
    [
        ({}, "", ""),
        ({"en": "Clear", "ar": "صحو"}, "", ""),
        ({"en": "Rain"}, "Rain", "Rain"),
        ({"en": "Rain", "ar": "صحو"}, "", "Rain"),
        ({"ar": "مطر"}, "مطر", "مطر"),
    ],
)
def test_the_first_telling_leads(old: dict[str, str], arabic: str, english: str) -> None:
    """The first telling's text is the event's; another article's is shown where it is another one."""
    timeline = collected(NEW, NEW_ENGLISH, version("old", "en", "2021-01-01", old, date="2019-10"))
    (event,) = timeline.events
    site = context()

    assert event.labelled == {"weather": {"ar": "صحو", "en": "Clear"}}
    for lang, weather, other in (("ar", "صحو", arabic), ("en", "Clear", english)):
        (shown,) = event_card(event, lang, site).names
        assert (shown.taxonomy.name, [link.words.text for link in shown.links]) == ("weather", [weather])
        found = [differing_texts(telling, event, lang, site) for telling in event.tellings]
        assert [one["weather"].text if one else "" for one in found] == ["", other]


def test_a_text_in_another_language() -> None:
    """What only another language has is shown in that, and data say in which."""
    (event,) = collected(NEW, version("old", "en", "2021-01-01", {"ar": "مطر"}, date="2019-10")).events

    data = json.loads(json.dumps(event_data(event, "en", context())))

    found = [(one.get("weather"), one.get("weather_lang")) for one in (data, *data["tellings"])]
    assert found == [("صحو", "ar"), (None, None), ("مطر", "ar")]


def test_a_text_without_a_date() -> None:
    """An article that only refers to the event gives it no text."""
    telling = version("new", "en", "2022-01-01", {}, date="2019")
    (event,) = collected(telling, version("old", "en", "2021-01-01", {"en": "Rain"})).events

    assert event.labelled == {}
    assert "weather" not in event_data(event, "en", context())
