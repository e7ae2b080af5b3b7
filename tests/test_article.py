"""Articles, right and wrong: every file in ``data/articles`` is a case.

What is wrong with a file stands in the ``.txt`` beside it: ``line:column: code: message`` and the hint.
Of dates only the place and the code stand there; their words are another table's business.
Run as a script, this file writes those texts anew; read the difference before you keep it.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from timeline_gen.dates.phrases import read
from timeline_gen.errors import Level, Problem
from timeline_gen.keys import content_hash
from timeline_gen.model.assets import Asset, Media
from timeline_gen.model.events import Citation, Stamp
from timeline_gen.model.files import Source
from timeline_gen.model.links import TextLink
from timeline_gen.model.settings import Settings, Taxonomy
from timeline_gen.reading.article import ParsedArticle, parse_article, parse_page
from timeline_gen.text.languages import language

DATA = Path(__file__).parent / "data" / "articles"
INVALID = sorted((DATA / "invalid").glob("*.md"))
VALID = sorted((DATA / "valid").glob("*.md"))

SITE = Settings(
    title={"ar": "موقع", "en": "A site"},
    url="https://example.org/",
    languages=(language("ar"), language("en")),
    taxonomies=(Taxonomy("people", "person"), Taxonomy("places", "place"), Taxonomy("tags", "tag")),
)
FOLDER = PurePosixPath("content/articles")
STADIUM = Asset(
    FOLDER / "stadium.jpg", PurePosixPath("media/stadium.0123456789ab.jpg"), width=640, height=480
)
PICTURES = {STADIUM.path: STADIUM}


def source(path: Path) -> Source:
    """Return the case in *path* as if it lay among the articles of a site."""
    return Source(FOLDER / path.name, path.read_bytes())


def written(text: str, name: str = "a.en.md") -> Source:
    """Return an article with the words of *text*."""
    return Source(FOLDER / name, text.encode())


def parsed(case: Source) -> ParsedArticle:
    """Return the article in *case*, in which nothing is wrong."""
    article, problems = parse_article(case, SITE, PICTURES)
    assert [problem for problem in problems if problem.level is not Level.INFO] == []
    assert article is not None
    return article


def line_of(problem: Problem) -> str:
    """Return *problem* as it stands in the text beside a case."""
    place = f"{problem.place.line}:{problem.place.column}: {problem.code}"
    if problem.code.startswith("TG2"):
        return place
    level = "" if problem.level is Level.ERROR else f" ({problem.level.name.lower()})"
    return f"{place}: {problem.message}{level}\n  hint: {problem.hint}"


def report(path: Path) -> str:
    """Return all that is wrong with the case in *path*."""
    _, problems = parse_article(source(path), SITE, PICTURES)
    return "".join(f"{line_of(problem)}\n" for problem in problems)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_what_is_wrong(path: Path) -> None:
    """Each broken file gets its own clear problems, each at the exact line and column."""
    assert report(path) == path.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_nothing_comes_of_errors(path: Path) -> None:
    """A file with an error gives no article; one with warnings alone does."""
    article, problems = parse_article(source(path), SITE, PICTURES)

    assert (article is None) == any(problem.level is Level.ERROR for problem in problems)
    assert problems


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.name)
def test_messages_are_sentences(path: Path) -> None:
    """Every problem says what is wrong and what to write, in our words and without a final stop."""
    _, problems = parse_article(source(path), SITE, PICTURES)

    for problem in problems:
        assert problem.hint
        assert not problem.message.endswith(".")
        assert not any(word in problem.message.lower() for word in ("pydantic", "input should", "nonetype"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_what_is_right(path: Path) -> None:
    """A file that keeps to the rules is read without a word."""
    assert parsed(source(path)).article.title


def test_everything_that_can_be_said() -> None:
    """Each key of the front matter arrives where it belongs."""
    article = parsed(source(DATA / "valid" / "everything.ar.md")).article
    first, second, third = article.events

    assert article.slug == "everything"
    assert article.lang == "ar"
    assert article.title == 'عنوان فيه "علامات" وكلمات'
    assert article.published == Stamp("2021-12-06", 18967, 18967 * 86400)
    assert article.updated == Stamp("2021-12-07T09:30:00+03:00", 18968, 18968 * 86400 + 6 * 3600 + 30 * 60)
    assert article.embargo == Stamp("2021-12-06T06:00:00+00:00", 18967, 18967 * 86400 + 6 * 3600)
    assert article.authors == ("desk", "اسم")
    assert article.summary == 'جملة <em>واحدة</em> و<a href="event:one">رابط</a>.'
    assert article.summary_text == "جملة واحدة ورابط."
    assert article.source == Citation(
        name="Intelligence Online", url="https://example.org/a", language="fr", accessed="2021-12-06"
    )
    assert article.names == {
        "people": ("hakan-fidan", "تميم"),
        "places": ("doha",),
        "tags": ("security",),
    }
    assert article.draft
    assert article.aliases == ("old-name",)
    assert article.translation_of == ("en", "abc")
    assert article.extra == {"desk": "foreign", "list": ["1", "2"]}
    assert first.event == "one"
    assert first.when is not None
    assert first.when.edtf == "2017"
    assert first.sources == (Citation(title="كتاب", page="12"), "some-id")
    assert (first.importance, first.order, first.status, first.corrects) == (5, -2, "reported", "other")
    assert first.text_facts == {"date_text": {"ar": "قبل البطولة", "en": "before"}}
    assert first.media == (Media("stadium.jpg", "ملعب", "شرح", "مصور", STADIUM),)
    assert first.aliases == ("uno",)
    assert first.extra == {"a": "b"}
    assert (second.when, second.title, second.sources) == (None, "", None)
    assert third.media == (
        Media("https://example.org/video", caption="A film", caption_html="<bdi>A film</bdi>"),
    )
    assert article.links[0] == TextLink("event:one", (6, 31), "event:one")


def test_values_are_kept_as_typed() -> None:
    """No is no language code, 12:30 is not 750, and 0123 is not 83."""
    article = parsed(source(DATA / "valid" / "typed-as-typed.en.md")).article

    assert article.title == "no"
    assert article.summary_text == "12:30"
    assert article.extra == {"number": "0123", "date": "-0044", "list": ["1", "yes"]}


def test_sets_without_quotes() -> None:
    """EDTF's brackets, braces and percent sign need no quotes under a date key."""
    events = parsed(source(DATA / "valid" / "edtf-sets.en.md")).article.events

    assert [event.when.source for event in events if event.when] == [
        "[1667,1668,1670..1672]",
        "{1960,1961-12}",
        "%2004-06",
    ]


def test_places_of_values() -> None:
    """A telling knows where each of its values stands, for those who compare tellings later."""
    first = parsed(written("---\ntitle: T\nevents:\n  - id: one\n    people: [a, b]\n---\n")).article.events[
        0
    ]

    assert first.positions == {
        "": (4, 5),
        "id": (4, 9),
        "people": (5, 13),
        "people.0": (5, 14),
        "people.1": (5, 17),
    }


def test_relative_date_is_counted_from_the_article() -> None:
    """«Last October» is counted from the article's own day, not from today."""
    text = "---\ntitle: T\ndate: 2021-12-06\nevents:\n  - id: one\n    date: last October\n---\n"
    when = parsed(written(text)).article.events[0].when

    assert when == read("last October", lang="en", languages=("ar", "en"), on=18967)


def test_changed_body_keeps_the_front_matter_s_hash() -> None:
    """A new sentence in the body changes the body's hash alone; a new title changes the article's."""
    first = parsed(written("---\ntitle: T\n---\nOne.\n")).article
    body = parsed(written("---\ntitle: T\n---\nOne. Two.\n")).article
    title = parsed(written("---\ntitle: U\n---\nOne.\n")).article

    assert first.digest == body.digest
    assert first.body_hash != body.body_hash
    assert first.digest != title.digest
    assert first.body_hash == title.body_hash


def test_body_is_found_by_its_hash() -> None:
    """The same body in two languages' files is kept once; its hash is one that names files elsewhere too."""
    one = parsed(written("---\ntitle: T\n---\nText.\n")).article

    assert len(one.body_hash) == len(content_hash(b""))


def test_results_travel() -> None:
    """What a worker process sends back is small and arrives as it was."""
    result = parse_article(source(DATA / "valid" / "everything.ar.md"), SITE, PICTURES)
    sent = pickle.dumps(result, protocol=5)

    assert pickle.loads(sent) == result  # noqa: S301 (our own bytes)
    assert len(sent) < 8_000


def test_plain_page() -> None:
    """A plain page has a title, a summary and a body, and no dates."""
    case = Source(
        PurePosixPath("content/pages/about.en.md"), b"---\ntitle: About\nsummary: Us\n---\n## Who\n"
    )
    page, problems = parse_page(case, SITE, {})

    assert problems == ()
    assert page is not None
    assert (page.page.slug, page.page.lang, page.page.title) == ("about", "en", "About")
    assert page.page.summary_text == "Us"
    assert page.body.html == '<h2 id="who">Who</h2>'


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "TG102"), (b"text", "TG104"), (b"---\n- a\n---\n", "TG126")]
)
def test_broken_plain_page(data: bytes, code: str) -> None:
    """A plain page without front matter is told like an article without it."""
    page, problems = parse_page(Source(PurePosixPath("content/pages/about.en.md"), data), SITE, {})

    assert page is None
    assert [problem.code for problem in problems] == [code]


def test_plain_page_has_no_events() -> None:
    """What belongs into an article is refused on a plain page."""
    case = Source(PurePosixPath("content/pages/about.en.md"), b"---\ntitle: About\nevents: []\n---\n")
    page, problems = parse_page(case, SITE, {})

    assert page is None
    assert [(str(problem.place), problem.code) for problem in problems] == [
        ("content/pages/about.en.md:3:1", "TG302")
    ]


FRONT_MATTER = st.text(
    st.sampled_from("abdeistv:-[]{}'\"&*!|>%@`#,\n\n  \t\u2028\x85\u0627\u0661😀"), max_size=80
).map(lambda text: f"---\ntitle: T\n{text}\n---\n")
BODY = st.text(st.sampled_from("ab[](){}<>!*_`#-=|:~^\\&;\n\n \t'\"/.0\u0627"), max_size=120).map(
    lambda text: f"---\ntitle: T\n---\n{text}\n"
)


@settings(max_examples=400, deadline=None)
@given(data=st.one_of(st.binary(max_size=200), FRONT_MATTER.map(str.encode), BODY.map(str.encode)))
@example(data=b"---\n" + b"[" * 100_000)
@example(data=b"---\ntitle: T\n---\n" + b"> " * 2_000)
@example(data=b"---\ntitle: T\n---\n<![")
@example(data=b"---\ntitle: T\n---\n" + b"<div>" * 2_900)
def test_any_bytes(data: bytes) -> None:
    """Whatever a file holds, there comes an article or a problem of it, and never a crash."""
    article, problems = parse_article(Source(FOLDER / "a.en.md", data), SITE, PICTURES)

    assert article is not None or problems
    assert all(problem.place.line >= 1 and problem.place.column >= 1 for problem in problems)


if __name__ == "__main__":
    for each in INVALID:
        each.with_suffix(".txt").write_text(report(each), "utf-8")
    sys.stdout.write(f"{len(INVALID)} texts written; now look at the difference\n")
