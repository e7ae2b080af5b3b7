"""How tellings become an event: who leads, who joins, what is shown, and what editors are told."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path, PurePosixPath

import pytest

from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.collecting.timeline import Event, Timeline
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.errors import Level, Problem
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.assets import Media
from timeline_gen.model.dates import Bound, DateKind, Edge, When
from timeline_gen.model.entities import Entity
from timeline_gen.model.events import Citation, Stamp, Telling
from timeline_gen.model.links import TextLink
from timeline_gen.model.settings import Language, Settings

ARABIC = Language("ar", "rtl", "العربية")
ENGLISH = Language("en", "ltr", "English")
NOW = 4_102_444_800
"""Later than all that is published here: 2100."""
SETTINGS = Settings({"en": "Test"}, "https://example.org/", (ARABIC, ENGLISH))
UNDATED = When(
    "unknown", "", DateKind.UNDATED, Bound(None, None, Edge.UNKNOWN), Bound(None, None, Edge.UNKNOWN)
)
LEVELS = {Level.INFO: "note", Level.WARNING: "warning", Level.ERROR: "error"}

ROWS = (Path(__file__).parent / "data" / "merging.tsv").read_text(encoding="utf-8").splitlines()[1:]
CASES = [tuple(row.split("\t")) for row in ROWS]


def stamp(text: str) -> Stamp:
    """Return the day *text* as an article gives it."""
    day = parse_iso_day(text)
    return Stamp(text, day, day * 86400)


def dated(text: str) -> When:
    """Return the date *text*, EDTF or ``unknown``."""
    return UNDATED if text == "unknown" else replace(when(text), source=text)


def article(
    slug: str, published: str, *tellings: Telling, lang: str = "en", **more: object
) -> ArticleVersion:
    """Return an article that tells *tellings*."""
    made = ArticleVersion(
        path=PurePosixPath(f"content/articles/{slug}.{lang}.md"),
        slug=slug,
        lang=lang,
        title=slug,
        published=stamp(published) if published else None,
        events=tellings,
        digest=f"{slug}{lang}".encode(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def from_words(said: str) -> ArticleVersion:
    """Return the article that *said* describes: ``slug published date [key=value]…``."""
    slug, published, date, *more = said.split()
    facts = dict(word.split("=") for word in more)
    telling = Telling(
        "e",
        dated(date),
        f"as {slug} says",
        status=facts.get("status", ""),
        corrects=facts.get("corrects", ""),
    )
    return article(slug, published, telling)


def gathered(
    *articles: ArticleVersion, settings: Settings = SETTINGS
) -> tuple[Timeline, tuple[Problem, ...]]:
    """Return what *articles* together say."""
    return collect(ParsedContent(articles), settings, now=NOW)


def event_of(*articles: ArticleVersion, settings: Settings = SETTINGS) -> Event:
    """Return the first event that *articles* tell."""
    return gathered(*articles, settings=settings)[0].events[0]


@pytest.mark.parametrize(("tellings", "date", "standings", "levels", "rule"), CASES)
def test_rules(tellings: str, date: str, standings: str, levels: str, rule: str) -> None:
    """The event has the date, the order of tellings and the problems that the rule gives it."""
    articles = [from_words(said) for said in tellings.split("; ")]

    timeline, problems = gathered(*articles)

    event = timeline.events[0]
    told = [f"{one.article.slug} {one.role.value}" for one in event.tellings]
    said = [f"{problem.place.path.name[0]} {LEVELS[problem.level]}" for problem in problems]
    assert event.when.edtf == date.replace("-", "", 1 if date == "-" else 0), rule
    assert ", ".join(told) == standings, rule
    assert ", ".join(said) == levels, rule
    assert {problem.code for problem in problems} <= {"TG504"}


@pytest.mark.parametrize(("tellings", "date", "standings", "levels", "rule"), CASES)
def test_order_of_articles(tellings: str, date: str, standings: str, levels: str, rule: str) -> None:
    """The order in which articles are read changes nothing."""
    del date, standings, levels
    articles = [from_words(said) for said in tellings.split("; ")]
    expected = gathered(*articles)[0]

    for shuffled in permutations(articles):
        assert gathered(*shuffled)[0] == expected, rule


def test_contradiction_names_both_places() -> None:
    """Where two articles contradict each other, the problem names the place in both."""
    telling = Telling("e", dated("2019-10-06"), "T", positions={"date": (7, 11)})
    other = Telling("e", dated("2019-11"), "T", positions={"date": (5, 9)})

    _, problems = gathered(article("a", "2021-01-01", telling), article("b", "2022-01-01", other))

    assert [str(problem.place) for problem in problems] == ["content/articles/a.en.md:7:11"]
    assert [str(place) for place in problems[0].related] == ["content/articles/b.en.md:5:9"]
    assert "content/articles/b.en.md:5:9" in problems[0].message


def test_accepted_contradiction_is_a_note() -> None:
    """A contradiction that the site accepts, with a reason, is only a note that gives the reason."""
    settings = replace(SETTINGS, accepted={"e": "both calendars were in use"})
    articles = [from_words("a 2021-12-06 2019-10-06"), from_words("b 2022-08-12 2019-11")]

    _, problems = gathered(*articles, settings=settings)

    assert [problem.level for problem in problems] == [Level.INFO]
    assert "both calendars were in use" in problems[0].message


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("a 2021-01-01 2019 corrects=nobody", "TG505"),
        ("a 2021-01-01 2019 corrects=a", "TG506"),
        ("a 2021-01-01 2019 corrects=b; b 2021-01-02 2019 corrects=a", "TG506"),
    ],
)
def test_wrong_corrections(said: str, code: str) -> None:
    """A correction of nothing, of itself, or in a circle is a problem at its place."""
    _, problems = gathered(*(from_words(one) for one in said.split("; ")))

    assert {problem.code for problem in problems} == {code}
    assert {problem.level for problem in problems} == {Level.ERROR}


def test_a_circle_of_corrections_names_all_of_it() -> None:
    """Each of three articles is told of the two others, in the order in which they correct each other."""
    said = ("a 2021-01-01 2019 corrects=b", "b 2021-01-02 2019 corrects=c", "c 2021-01-03 2019 corrects=a")
    _, problems = gathered(*(from_words(one) for one in said))

    assert [problem.code for problem in problems] == ["TG506"] * 3
    first = next(problem for problem in problems if problem.place.path.name.startswith("a."))
    assert first.message.startswith("this telling corrects that of 'b', which corrects that of 'c', which")
    assert [place.path.name[0] for place in first.related] == ["b", "c"]


def test_correction_of_what_is_held_back() -> None:
    """Who corrects an article that is still a draft is told so; it is no mistake."""
    draft = replace(from_words("a 2021-01-01 2019"), draft=True)

    timeline, problems = gathered(draft, from_words("b 2022-01-01 2020 corrects=a"))

    assert [(one.code, one.level) for one in problems] == [("TG513", Level.INFO), ("TG542", Level.INFO)]
    assert "'a'" in problems[0].message
    assert [event.corrections for event in timeline.events] == [()]


def test_correction_without_a_date() -> None:
    """Who corrects an article must say what is right: a mere reference corrects nothing, and says so."""
    _, problems = gathered(
        article("a", "2021-01-01", Telling("e", dated("2019"), "T")),
        article("b", "2022-01-01", Telling("e", corrects="a", positions={"": (5, 5), "corrects": (6, 15)})),
    )

    assert [(one.code, str(one.place), one.level) for one in problems] == [
        ("TG505", "content/articles/b.en.md:6:15", Level.ERROR)
    ]


def test_correction_says_what_was_and_what_is() -> None:
    """A correction tells the date before, the date now, by which article, and of which."""
    older, newer = "a 2021-12-06 2022-11-21/2022-12-18", "b 2022-08-12 2022-11-20/2022-12-18 corrects=a"

    (correction,) = event_of(from_words(older), from_words(newer)).corrections

    assert (correction.was.edtf, correction.now.edtf) == ("2022-11-21/2022-12-18", "2022-11-20/2022-12-18")
    assert (correction.corrected.slug, correction.by.slug) == ("a", "b")


def test_correction_of_something_else() -> None:
    """A correction that leaves the date as it was is noted, and does not say that the date was corrected."""
    event = event_of(from_words("a 2021-12-06 2019-10"), from_words("b 2022-08-12 2019-10 corrects=a"))

    (correction,) = event.corrections
    assert not correction.changes_date
    assert not event.corrected
    assert [told.role.value for told in event.tellings] == ["joined", "corrected"]


def test_texts_come_from_the_first_telling_that_has_the_language() -> None:
    """Title and summary come, in each language, from the first telling in order that has them."""
    older = article("a", "2021-01-01", Telling("e", dated("2019"), "قديم", "ملخص", "ملخص"), lang="ar")
    newer = article("b", "2022-01-01", Telling("e", dated("2019"), "New", "A <em>summary</em>", "A summary"))

    event = event_of(older, newer)

    assert event.titles == {"en": "New", "ar": "قديم"}
    assert event.summaries == {"en": ("A <em>summary</em>", "A summary"), "ar": ("ملخص", "ملخص")}


def test_other_fields() -> None:
    """Importance is the highest, names are united in telling order, status is the leading telling's."""
    older = Telling("e", dated("2019"), "T", names={"tags": ("a", "b")}, importance=5, status="confirmed")
    newer = Telling("e", dated("2019"), "T", names={"tags": ("c", "a")}, importance=2, status="reported")

    event = event_of(article("a", "2021-01-01", older), article("b", "2022-01-01", newer))

    assert event.importance == 5
    assert [entity.id for named in event.named for entity in named.entities] == ["c", "a", "b"]
    assert event.status == "reported"


def test_sources_stay_with_their_telling() -> None:
    """Each telling keeps its own sources, and falls back on the source of its article."""
    own, whole = Citation(title="A cable"), Citation(name="A newspaper")
    older = article("a", "2021-01-01", Telling("e", dated("2019"), "T", sources=(own,)), source=whole)
    newer = article("b", "2022-01-01", Telling("e", dated("2019"), "T"), source=whole)

    event = event_of(older, newer)

    assert [told.sources for told in event.tellings] == [(whole,), (own,)]


def test_reference_only() -> None:
    """An article that names an event without a date refers to it: it is listed, and tells nothing."""
    telling = article("a", "2021-01-01", Telling("e", dated("2019"), "T"))
    reference = article("b", "2022-01-01", Telling("e"))

    timeline, problems = gathered(telling, reference)

    (event,) = timeline.events
    assert [told.article.slug for told in event.tellings] == ["a"]
    assert [brief.slug for brief in event.mentions] == ["b"]
    assert [article.events for article in timeline.articles] == [("e",), ("e",)]
    assert not problems


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ({"title": "T", "summary": "S"}, ""),
        ({"status": "denied"}, "status"),
        ({"order": 0, "importance": 5}, "importance and order"),
        ({"sources": (), "names": {"people": ("ann",)}}, "people and sources"),
        ({"text_facts": {"date_text": {"en": "then"}}}, "date_text"),
        ({"media": (Media("a.jpg"),), "sort_date": dated("2020")}, "media and sort_date"),
    ],
)
def test_facts_without_a_date(facts: dict[str, object], keys: str) -> None:
    """An entry without a date only refers to the event: facts it gives all the same are told of."""
    spots = {"": (5, 3), **dict.fromkeys(keys.split(" and ")[:1], (6, 9))}
    entry = Telling("e", positions=spots, **facts)  # type: ignore[arg-type]
    _, problems = gathered(
        article("a", "2021-01-01", Telling("e", dated("2019"), "T")), article("b", "2022-01-01", entry)
    )

    said = [(one.code, one.level, str(one.place), one.message.rpartition(" its ")[2]) for one in problems]
    assert said == ([("TG519", Level.WARNING, "content/articles/b.en.md:6:9", keys)] if keys else [])


@pytest.mark.parametrize(
    ("original", "more", "codes"),
    [
        ("ar", {}, set()),
        ("fr", {}, {"TG518"}),
        ("en", {}, {"TG518"}),
        ("ar", {"draft": True}, set()),
    ],
)
def test_translation_of_nothing(original: str, more: dict[str, object], codes: set[str]) -> None:
    """A translation names another version of its article; one that is held back is there all the same."""
    english = article(
        "a", "2021-01-01", translation_of=(original, "title=1"), positions={"translation_of": (3, 17)}
    )
    arabic = article("a", "2021-01-01", lang="ar", **more)

    _, problems = gathered(english, arabic)

    assert {(one.code, str(one.place)) for one in problems} == {
        (code, "content/articles/a.en.md:3:17") for code in codes
    }


def test_a_slip_in_an_id() -> None:
    """An id that nobody tells of, nearly one that somebody does: that one is named."""
    _, problems = gathered(
        article("a", "2021-01-01", Telling("bridge-built", dated("2018"), "T")),
        article(
            "b",
            "2021-01-01",
            Telling("bridge-bult"),
            links=(TextLink("event:bridge-bilt", (9, 4), "event:bridge-bilt"),),
        ),
    )

    assert sorted(problem.code for problem in problems) == ["TG502", "TG508"]
    assert all("did you mean 'bridge-built'?" in problem.hint for problem in problems)


def test_id_that_nobody_dates() -> None:
    """An id that no article dates is a problem at each place that names it."""
    _, problems = gathered(
        article("a", "2021-01-01", Telling("e", title="T", positions={"": (5, 5)})),
        article("b", "2021-01-01", Telling("e", positions={"": (6, 5)})),
    )

    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("TG502", "content/articles/a.en.md:5:5"),
        ("TG502", "content/articles/b.en.md:6:5"),
    ]


def test_undated_events_stand_last() -> None:
    """An event whose date nobody knows is kept, after all dated ones."""
    timeline, problems = gathered(
        article("a", "2021-01-01", Telling("a", UNDATED, "T"), Telling("b", dated("2999"), "T"))
    )

    assert [event.id for event in timeline.events] == ["b", "a"]
    assert not problems


# ---------------------------------------------------------------- versions


def versions(arabic: Telling, english: Telling, **more: object) -> tuple[ArticleVersion, ArticleVersion]:
    """Return the two versions of one article."""
    first = article("a", "2021-12-06", arabic, lang="ar")
    return first, article("a", "", english, lang="en", **more)


def test_facts_are_inherited() -> None:
    """Dates, status, names, sources, media and importance are given once, in whatever version."""
    source, media = Citation(title="A cable"), Media("stadium.jpg", "ملعب")
    full = Telling(
        "e",
        dated("2019-10"),
        "عنوان",
        status="reported",
        names={"tags": ("x",)},
        sources=(source,),
        media=(media,),
        importance=4,
    )

    timeline, problems = gathered(*versions(full, Telling("e", title="Title")))

    (event,) = timeline.events
    assert not problems
    assert (event.when.edtf, event.status, event.importance) == ("2019-10", "reported", 4)
    assert event.titles == {"ar": "عنوان", "en": "Title"}
    assert event.sources == (source,)
    assert event.media == {"ar": (media,)}
    assert len(event.tellings) == 1


@pytest.mark.parametrize(
    ("key", "arabic", "english"),
    [
        ("date", {"when": dated("2019-10")}, {"when": dated("2019-11")}),
        ("status", {"status": "reported"}, {"status": "confirmed"}),
        ("importance", {"importance": 3}, {"importance": 4}),
        ("sources", {"sources": (Citation(title="A"),)}, {"sources": (Citation(title="B"),)}),
        ("tags", {"names": {"tags": ("a",)}}, {"names": {"tags": ("b",)}}),
        ("media", {"media": (Media("a.jpg"),)}, {"media": (Media("b.jpg"),)}),
        ("order", {"order": 1}, {"order": 2}),
        ("sort_date", {"sort_date": dated("2019")}, {"sort_date": dated("2018")}),
    ],
)
def test_versions_that_disagree(key: str, arabic: dict[str, object], english: dict[str, object]) -> None:
    """A version that gives a fact which says something else is a problem with both places."""
    base = Telling("e", dated("2019-10"), "T")
    spots = {key: (7, 5), "": (6, 5)}
    bare = base if key != "date" else Telling("e", title="T")
    one = replace(base, positions=spots, **arabic)  # type: ignore[arg-type]
    other = replace(replace(bare, when=None), positions=spots, **english)  # type: ignore[arg-type]

    _, problems = gathered(*versions(one, other))

    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("TG503", "content/articles/a.en.md:7:5")
    ]
    assert [str(place) for place in problems[0].related] == ["content/articles/a.ar.md:7:5"]


def test_versions_that_say_the_same_in_other_words() -> None:
    """The same date in another language's words is the same fact."""
    one = Telling("e", replace(dated("2019-10"), source="أكتوبر 2019"), "T")
    other = Telling("e", replace(dated("2019-10"), source="October 2019"), "T")

    assert not gathered(*versions(one, other))[1]


def test_same_entity_by_another_name() -> None:
    """Names in two languages that mean one entity of the list are the same fact."""
    person = Entity("hakan-fidan", "person", {"ar": "هاكان فيدان", "en": "Hakan Fidan"})
    one = Telling("e", dated("2019"), "T", names={"people": ("هاكان فيدان",)})
    other = Telling("e", title="T", names={"people": ("Hakan Fidan",)})

    timeline, problems = collect(ParsedContent(versions(one, other), entities=(person,)), SETTINGS, now=NOW)

    assert not problems
    assert timeline.events[0].named[0].entities == (person,)


@pytest.mark.parametrize(
    ("name", "typed_in", "codes", "lang"),
    [
        ("شركة الجسور", "en", "en ar", "ar"),
        ("Lina Sabbagh", "ar", "ar fr en", "fr"),
        ("Lina Sabbagh", "en", "ar fr en", "en"),
        ("1789", "ar", "en ar", "ar"),
        ("شركة الجسور", "en", "fr en", "und"),
    ],
)
def test_language_of_a_name_that_nobody_lists(name: str, typed_in: str, codes: str, lang: str) -> None:
    """An Arabic name in an English article is not called English, wherever it is shown."""
    languages = tuple(Language(code, "rtl" if code == "ar" else "ltr", code) for code in codes.split())
    settings = replace(SETTINGS, languages=languages)
    told = Telling("e", dated("2019"), "T", names={"people": (name,)})

    timeline, problems = gathered(article("a", "2021-01-01", told, lang=typed_in), settings=settings)

    assert not problems
    assert timeline.events[0].named[0].entities[0].names == {lang: name}


def test_both_places_of_a_name_that_is_not_clear() -> None:
    """A name that two listed people bear, or of another kind, is told of with all the places."""
    people = (
        Entity("a", "person", {"en": "Sami"}, position=(2, 1)),
        Entity("b", "person", {"en": "Sami B"}, ("Sami",), position=(5, 1)),
    )
    told = Telling("e", dated("2019"), "T", names={"people": ("Sami",), "places": ("a",)})

    _, problems = collect(
        ParsedContent((article("x", "2021-01-01", told),), entities=people), SETTINGS, now=NOW
    )

    listed = "content/entities.yaml"
    assert [problem.message for problem in problems] == [
        f"'Sami' is the name of several entities: a at {listed}:2:1, b at {listed}:5:1",
        f"'a' is of kind 'person' at {listed}:2:1, not 'place'",
    ]


def test_acceptance_of_nothing() -> None:
    """A misspelt id under ``accept:`` is told of where it stands; one of a draft's event is not."""
    settings = replace(
        SETTINGS, accepted={"f": "both", "draft": "both", "e": "both"}, positions={"accept.0": (6, 5)}
    )
    draft = article("b", "2021-01-01", Telling("draft", dated("2019"), "T"), draft=True)

    _, problems = gathered(
        article("a", "2021-01-01", Telling("e", dated("2019"), "T")), draft, settings=settings
    )

    assert [(problem.code, str(problem.place), problem.about) for problem in problems] == [
        ("TG520", "site.yaml:6:5", "f"),
        ("TG542", f"{draft.path}:1:1", ""),
    ]


def test_drafts_are_left_out() -> None:
    """Drafts, and events that only drafts date, are left out; a link to one is a note, not an error."""
    draft = article("a", "2021-01-01", Telling("e", dated("2019"), "T"), draft=True)
    live = article("b", "2021-01-01", Telling("f", dated("2018"), "T"), links=(TextLink("event:e", (9, 1)),))

    timeline, problems = gathered(draft, live)

    assert [event.id for event in timeline.events] == ["f"]
    assert [(problem.code, problem.level) for problem in problems] == [
        ("TG513", Level.INFO),
        ("TG542", Level.INFO),
    ]


def test_link_to_nothing() -> None:
    """A link to an event that nobody tells is a problem at its own place."""
    _, problems = gathered(
        article("b", "2021-01-01", Telling("f", dated("2018"), "T"), links=(TextLink("event:e", (9, 4)),))
    )

    assert [(problem.code, str(problem.place)) for problem in problems] == [
        ("TG508", "content/articles/b.en.md:9:4")
    ]
