"""The schema: what may be written, and what is said of everything else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from docs_kit import SECTIONS

from timeline_gen.schema.articles import ArticleSchema, EventSchema, article_schema, is_taken
from timeline_gen.schema.entities import EntitySchema
from timeline_gen.schema.faults import KeyPath
from timeline_gen.schema.site import SiteSchema
from timeline_gen.schema.validation import AnySchema, check, keys
from timeline_gen.text.suggestions import nearest

SITE = {"title": "T", "url": "https://example.org/", "languages": ["ar", "en"]}
ARTICLE = article_schema(("people", "places", "tags"))


def said(schema: type[AnySchema], data: object) -> list[tuple[str, KeyPath]]:
    """Return the code and the path of each fault in *data*."""
    return [(fault.code, fault.path) for fault in check(schema, data)[1]]


def slips(word: str) -> Iterator[str]:
    """Yield *word* with each slip of one finger: a letter left out, doubled, changed, or two swapped."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + "x" + word[at + 1 :]
        if at + 1 < len(word) and word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_every_slip_is_understood(name: str) -> None:
    """For each slip of a finger in each known key of three letters or more, the right key is suggested.

    Where there are ``source`` and ``sources``, either may be meant by ``sourcex``.
    """
    known = keys(SECTIONS[name])
    wrong = [
        (key, slip, nearest(slip, known))
        for key in known
        if len(key) > 2
        for slip in slips(key)
        if slip not in known and nearest(slip, known) not in {key, key[:-1]}
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("Title", ("title",), "title"),
        ("di", ("id", "date"), "id"),
        ("fr", ("ar", "en"), ""),
        ("description", ("title", "date"), ""),
        ("organisations", ("organizations", "people"), "organizations"),
        ("", ("title",), ""),
        ("أشخاص", ("people",), ""),
    ],
)
def test_nearest(word: str, known: tuple[str, ...], meant: str) -> None:
    """What nobody can have meant is not suggested."""
    assert nearest(word, known) == meant


def test_taxonomies_are_keys() -> None:
    """What site.yaml names as taxonomies can be written in articles and in events, and nothing else."""
    schema = article_schema(("ships",))

    assert said(schema, {"title": "T", "ships": ["a"], "events": [{"id": "x", "ships": ["b"]}]}) == []
    assert said(schema, {"title": "T", "people": ["a"]}) == [("TG302", ("people",))]


def test_all_faults_at_once() -> None:
    """One look finds every fault, however deep, and what is right is still there afterwards."""
    data = {
        "title": "T",
        "colour": "red",
        "draft": "maybe",
        "events": [{"id": "a", "importance": "9", "title": "A"}, {"title": "B"}, "c"],
    }
    matter, faults = check(ARTICLE, data)

    assert sorted((fault.code, fault.path) for fault in faults) == [
        ("TG301", ("events", 1, "id")),
        ("TG302", ("colour",)),
        ("TG303", ("events", 2)),
        ("TG304", ("draft",)),
        ("TG304", ("events", 0, "importance")),
    ]
    assert matter is not None
    assert [event.title for event in matter.events] == ["A", "B"]


def test_a_slip_is_one_fault() -> None:
    """A mistyped key that is needed is said to be mistyped, and not to be missing as well."""
    assert said(ARTICLE, {"tilte": "T"}) == [("TG302", ("tilte",))]


def test_keys_of_events_on_top() -> None:
    """A key that stands too far left is told where it belongs."""
    _, (fault,) = check(ARTICLE, {"title": "T", "status": "reported"})

    assert "under 'events:'" in fault.hint


@pytest.mark.parametrize("digits", ["5", "٥", "۵"])
def test_numbers_in_any_digits(digits: str) -> None:
    """Whole numbers may be written in Arabic digits."""
    matter, _ = check(EventSchema, {"id": "x", "importance": digits})

    assert matter is not None
    assert matter.importance == 5


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, []),
        ({"languages": {"ar": {"months": "double", "digits": "arab", "calendar": "hijri"}, "en": {}}}, []),
        ({"languages": []}, [("TG305", ("languages",))]),
        ({"languages": "ar"}, [("TG303", ("languages",))]),
        ({"languages": {"ar": {"digit": "arab"}}}, [("TG302", ("languages", "ar", "digit"))]),
        ({"languages": {"ar": {"digits": "indic"}}}, [("TG304", ("languages", "ar", "digits"))]),
        ({"url": "example.org"}, [("TG306", ("url",))]),
        ({"url": "ftp://example.org"}, [("TG306", ("url",))]),
        ({"url": "https://exa mple.org"}, [("TG306", ("url",))]),
        ({"url": "https://[x"}, [("TG306", ("url",))]),
        ({"title": {"ar": "ع", "en": "E"}}, []),
        ({"title": {"ar": ""}}, [("TG305", ("title", "ar"))]),
        ({"dates": {"order": "ymd"}}, [("TG304", ("dates", "order"))]),
        ({"dates": {"order": "dmy", "seasons": "south"}}, []),
        ({"markdown": {"engine": "mardown"}}, [("TG304", ("markdown", "engine"))]),
        ({"accept": [{"event": "x"}]}, [("TG301", ("accept", 0, "reason"))]),
        ({"menu": ["a"], "footer": [], "authors": ["a"], "logo": "a.svg", "licence": "MIT"}, []),
        ({"translations": "hide", "search": "pagefind", "theme": "x"}, []),
        (
            {
                "publish": {"s3": {"to": "s3", "bucket": "x"}},
                "fonts": {"body": "Amiri"},
                "colours": {"a": "#fff"},
            },
            [],
        ),
        ({"accents": {"x": "#123"}, "extra": {"a": ["b"]}, "publisher": "P", "description": "D"}, []),
        ({"taxonomies": {"people": "person"}}, []),
        ({"them": "x"}, [("TG302", ("them",))]),
    ],
)
def test_site(data: dict[str, object], found: list[tuple[str, tuple[str | int, ...]]]) -> None:
    """Every key of site.yaml takes what the reference says, and nothing else."""
    assert said(SiteSchema, SITE | data) == found


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"coordinates": ["25.29", "51.53"], "wikidata": "Q3025", "website": "https://example.org"}, []),
        ({"coordinates": ["191", "0"]}, [("TG304", ("coordinates", 0))]),
        ({"coordinates": ["25"]}, [("TG303", ("coordinates",))]),
        ({"coordinates": ["1", "2", "3"]}, [("TG303", ("coordinates",))]),
        ({"coordinates": ["north", "2"]}, [("TG304", ("coordinates", 0))]),
        ({"coordinates": ["nan", "inf"]}, [("TG304", ("coordinates", 0)), ("TG304", ("coordinates", 1))]),
        ({"coordinates": ["٢٥.٢٩", "-180"]}, []),
        ({"coordinates": ["151.2", "-33.9"]}, [("TG304", ("coordinates",))]),
        ({"coordinates": "25.29, 51.53"}, [("TG303", ("coordinates",))]),
        ({"coordinates": [["1"], "2"]}, [("TG304", ("coordinates", 0))]),
        ({"wikidata": "3025"}, [("TG304", ("wikidata",))]),
        ({"name": ["a"]}, [("TG303", ("name",))]),
    ],
)
def test_entity(data: dict[str, object], found: list[tuple[str, tuple[str | int, ...]]]) -> None:
    """A place has a kind, a name, and may have coordinates on Earth."""
    assert said(EntitySchema, {"kind": "place", "name": "X"} | data) == found


def test_the_name_of_a_source_is_one_text() -> None:
    """Where one text is needed and a mapping stands, no mapping is what the hint shows."""
    source = {"id": "e", "sources": [{"name": {"en": "Gazette"}}]}
    (fault,) = check(ARTICLE, {"title": "T", "events": [source]})[1]

    assert fault.path == ("events", 0, "sources", 0, "name")
    assert fault.hint == "write name: …, one text for all languages"


def test_nothing_but_a_mapping() -> None:
    """Where a mapping is needed and something else stands, that is the fault."""
    assert said(ArticleSchema, "text") == [("TG303", ())]


@pytest.mark.parametrize(
    ("key", "taken"), [("title", True), ("status", True), ("copy", True), ("ships", False)]
)
def test_names_of_taxonomies(key: str, taken: bool) -> None:
    """No taxonomy can take a name that means something else already."""
    assert is_taken(key) == taken
