"""Dated sentences of texts: what is found, what is not, and what a file becomes that an article begins as."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner
from mentions_kit import DATA, carried, score, sentences
from site_kit import write_site

from timeline_gen.checking.check import check
from timeline_gen.cli.main import program
from timeline_gen.dates.mentions import MentionStyle, find_mentions, likeliest_language, split_sentences
from timeline_gen.errors import ContentError, Level, UsageError
from timeline_gen.model.files import Source
from timeline_gen.reading.front_matter.halves import split
from timeline_gen.reading.manuscripts.manuscript import Manuscript
from timeline_gen.reading.prose.without_code import without_code
from timeline_gen.scaffolding.article_from import new_article_from
from timeline_gen.scaffolding.candidates import read_draft, read_manuscript

ENGLISH = MentionStyle("en", 18_967)  # 2021-12-06
REPORT = """The port and the strait

6 December 2021

In 2017 the emir approached the service. A third committee was set
up in October 2019, Dr. Aktas said. Last October it met again.

It cost $2017.
"""
PAGE = """<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>خبر | موقع</title>
<meta property="og:title" content="لجنة ثالثة"><meta name="author" content="منى علي">
<meta property="article:published_time" content="2021-12-06T10:00:00+03:00">
<meta property="og:site_name" content="الموقع"><link rel="canonical" href="https://news.org/a">
<script>var x = "in 2011";</script></head><body><nav>في عام 1999</nav><article><h1>لجنة ثالثة</h1>
<p>في عام 2017 فاتح الأمير الجهاز.</p><h2>ثانيًا</h2>
<p>وفي تشرين الأول/أكتوبر 2019 زار <b>الوفد</b> أنقرة، [كما] قيل. واستقال الوزير في أكتوبر الماضي.</p>
<p>وقال مسؤولون إن اللجنة بحثت في جلساتها كل ما عُرض عليها من أوراق، وإنها ستعود إلى النظر فيها حين تكتمل.</p>
</article><footer>في عام 2020</footer></body></html>
"""


@pytest.mark.parametrize(("name", "least"), [("press sentences", 0.93), ("phrases in sentences", 0.9)])
def test_no_reading_is_wrong(name: str, least: float) -> None:
    """What is read is right, in every sentence of the tables; most dates are found."""
    rows = list(carried() if name == "phrases in sentences" else sentences(DATA / "press_sentences.tsv"))
    result = score(rows)

    assert result.wrong == ()
    assert result.found / result.wanted >= least


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He left on 5 Oct. 2019. Dr. A. B. Aktas stayed! “Why?” she asked.", [23, 23, 17]),
        ("قال في ٥ مايو 2019. ثم عاد؟ نعم", [19, 7, 3]),
        ("A first\nline. A second.\n\nA third", [13, 9, 7]),
        ("It cost 3.5m. then more.", [24]),
    ],
)
def test_sentences(text: str, parts: list[int]) -> None:
    """A sentence ends where a reader sees its end, not at an abbreviation or a figure."""
    assert [len(each.text) for each in split_sentences(text)] == parts


def test_german_ordinals_end_no_sentence() -> None:
    """The full stop of a day is no end."""
    found = list(split_sentences("Er kam am 5. Juni 2019. Dann ging er.", ordinal_mark="."))

    assert [each.text for each in found] == ["Er kam am 5. Juni 2019.", "Dann ging er."]


def test_a_date_without_a_year_needs_a_day_and_no_other_year() -> None:
    """A day without a year is only read where nothing near speaks of another time."""
    text = "On 5 January the court adjourned."

    assert [each.when.edtf for each in find_mentions(text, ENGLISH)] == ["2022-01-05"]
    assert list(find_mentions(text, ENGLISH, around="It began in 1973.")) == []
    assert list(find_mentions(text, MentionStyle("en"))) == []


def test_a_sentence_of_dates_alone_ends() -> None:
    """Nobody waits for a text that was made to be read for ever."""
    assert len(list(find_mentions("in May 2019 " * 160, ENGLISH))) < 160
    assert list(find_mentions("in May 2019 " * 200, ENGLISH)) == []


@pytest.mark.parametrize(
    ("text", "lang"),
    [("The port was closed and he left.", "en"), ("أعلن الوزير أن الميناء قد أُغلق", "ar"), ("xyz", "de")],
)
def test_languages(text: str, lang: str) -> None:
    """The language of a text is known by its small words; without any, it is the first of the site's."""
    assert likeliest_language(text, ("de", "en", "fr", "ar")) == lang


def manuscript(name: str, text: str | bytes) -> Manuscript:
    """Return what the file *name* with *text* says."""
    found, _ = read_manuscript(
        Source(PurePosixPath(name), text if isinstance(text, bytes) else text.encode())
    )
    assert found
    return found


def test_a_plain_text() -> None:
    """The first line is the title, and signs of Markdown are kept as signs."""
    found = manuscript(
        "report.txt", "A title\n\nText with *stars* and [brackets].\n# no heading\n1986. A year\n"
    )

    assert found.title == "A title"
    assert found.body == "Text with \\*stars\\* and \\[brackets\\].\n\\# no heading\n\\1986. A year\n"
    assert [passage.line for passage in found.passages] == [1, 3]


def test_markdown_of_another_generator() -> None:
    """Front matter is read by the names that other programs have for its keys; links and code are no text."""
    text = (
        "---\ntitle: The port\ndate: 2021-12-06\nauthor: [Mona, Omar]\nlang: en\ndescription: Short.\n---\n"
    )
    found = manuscript(
        "x.md", f"{text}\n## A\n\nIn [2017](https://a.org/2018) `in 2016`.\n\n```\nin 2015\n```\n"
    )

    assert (found.title, found.date, found.lang, found.summary) == ("The port", "2021-12-06", "en", "Short.")
    assert found.authors == ("Mona", "Omar")
    assert [tuple(passage) for passage in found.passages] == [(9, "A"), (11, "In 2017 .")]


def test_a_saved_page() -> None:
    """Of a page the main part is taken, and what its head says; nothing that surrounds it."""
    found = manuscript("page.html", PAGE)

    assert (found.title, found.lang, found.date) == ("لجنة ثالثة", "ar", "2021-12-06T10:00:00+03:00")
    assert (found.authors, found.source_name, found.source_url) == (
        ("منى علي",),
        "الموقع",
        "https://news.org/a",
    )
    assert found.body.startswith("في عام 2017 فاتح الأمير الجهاز.\n\n## ثانيًا\n\nوفي تشرين")
    assert "زار الوفد أنقرة، \\[كما\\] قيل" in found.body
    assert not {"1999", "2020", "2011"} & set(found.body.split())


@pytest.mark.parametrize(
    ("data", "date_found"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2019-10-05"}]}</script>',
            "2019-10-05",
        ),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", ""),
        ("<time datetime='2019-10-05'>5 Oct</time>", "2019-10-05"),
        ("<svg><title>x</title></svg><![x[<p>a</p>", ""),
        ("<div>" * 50_000 + "a" + "</p>" * 50_000, ""),
    ],
)
def test_what_pages_hold(data: str, date_found: str) -> None:
    """The day is found in each place where pages have it, and no page is too odd to be read."""
    assert manuscript("a.htm", f"<body>{data}<p>Text</p>").date == date_found


def test_a_page_in_another_encoding() -> None:
    """A page that names its encoding is read by it."""
    page = '<meta charset="windows-1256"><title>خبر</title><p>نص</p>'.encode("windows-1256")

    assert manuscript("a.html", page).title == "خبر"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a site in English and Arabic, with a report and a page next to it."""
    settings = "title: {en: A, ar: ب}\nurl: https://records.org/\nlanguages: [en, ar]\n"
    root = write_site(tmp_path / "site", {"content/entities.yaml": "# none\n"}, settings=settings)
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    return root


@pytest.mark.parametrize(
    ("name", "lang", "day", "dates"),
    [
        ("report.txt", "en", "2021-12-06", ["2017", "2019-10", "2021-10"]),
        ("page.html", "ar", "2021-12-06T10:00:00+03:00", ["2017", "2019-10", "2021-10"]),
    ],
)
def test_an_article_out_of_a_file(root: Path, name: str, lang: str, day: str, dates: list[str]) -> None:
    """The article is a draft with what the file says; its candidates are events once they are uncommented."""
    (path,), draft = new_article_from(root, "port", root.parent / name)
    text = path.read_text("utf-8")
    halves, _ = split(Source(PurePosixPath("a"), text.encode()))
    assert halves
    opened = halves.matter.replace("# events:", "events:").replace("#   - ", "  - ").replace("#     ", "    ")

    assert path.name == f"port.{lang}.md"
    assert [each.when.edtf for each in draft.candidates] == dates
    assert f"\ndate: {day}\ndraft: true" in text
    assert "\nevents:" not in text
    assert [each for each in check(root, drafts=True) if each.level is Level.ERROR] == []
    path.write_text(f"---\n{opened}---\n{halves.body}", "utf-8")
    assert [each for each in check(root, drafts=True) if each.level is Level.ERROR] == []
    assert opened.count("  - id: port-") == 3


def test_the_line_of_a_candidate(root: Path) -> None:
    """A candidate is at the line of its paragraph, and a line that is a date is none."""
    draft = read_draft(root.parent / "report.txt", None)

    assert [(each.line, each.phrase) for each in draft.candidates] == [
        (5, "In 2017"),
        (5, "in October 2019"),
        (5, "Last October"),
    ]


@pytest.mark.parametrize("name", ["trick.md", "trick.txt", "trick.html"])
def test_a_file_cannot_write_front_matter(root: Path, name: str) -> None:
    """Whatever a text holds, it stays in its comment or its quotation marks."""
    title = "T\x85draft: false\u2028events: []"
    trick = 'In May 2019\x85draft: false\u2028events: [] "x": \\ \'--- #\u202e happened.'
    texts = {
        "trick.md": f"# {title}\n\n{trick}\n\nSee [x]: {{a: b}}\n",
        "trick.txt": f"{title}\n\n{trick}\n\n---\ndraft: false\n---\n",
        "trick.html": f"<title>{title}</title><p>{trick}</p>",
    }
    (root.parent / name).write_text(texts[name], "utf-8")
    (path,), draft = new_article_from(root, "trick", root.parent / name, lang="en")
    matter = path.read_text("utf-8").split("---\n")[1]
    keys = [line.partition(":")[0] for line in matter.splitlines() if not line.startswith("#")]

    assert len(draft.candidates) == 1
    assert keys == ["title", "date", "draft"]
    # The direction mark is still in the body, where its author sees it reported.
    assert {each.code for each in check(root, drafts=True) if each.level is Level.ERROR} <= {"TG113"}


def test_what_cannot_be_begun_with(root: Path) -> None:
    """A file that is there no more, a language that the site lacks and a slug that is none are refused."""
    report = root.parent / "report.txt"
    with pytest.raises(UsageError, match="cannot be read"):
        new_article_from(root, "port", root.parent / "none.txt")
    with pytest.raises(UsageError, match="no language 'fr'"):
        new_article_from(root, "port", report, lang="fr")
    with pytest.raises(UsageError, match="the slug"):
        new_article_from(root, "The Port", report)
    (root.parent / "no.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError):
        read_draft(root.parent / "no.txt", None)


def test_without_a_day(root: Path) -> None:
    """A file that names no day gives today's, and says so; what depends on the day is not read."""
    (root.parent / "bare.txt").write_text("Title\n\nIt fell last May. It rose in 2017.\n", "utf-8")
    (path,), draft = new_article_from(root, "bare", root.parent / "bare.txt", today=date(2024, 2, 29))

    assert [each.when.edtf for each in draft.candidates] == ["2017"]
    assert "date: 2024-02-29    # the file names no day" in path.read_text("utf-8")


def test_the_commands(root: Path) -> None:
    """Both commands show what they found; as JSON it is a list."""
    report = str(root.parent / "report.txt")
    listed = CliRunner().invoke(program, ["find-dates", report, "--site", str(root)])
    data = CliRunner().invoke(
        program, ["find-dates", report, "--on", "2020-01-01", "--format", "json", "--site", str(root)]
    )
    made = CliRunner().invoke(program, ["new", "article", "port", "--from", report, "--site", str(root)])
    two = CliRunner().invoke(
        program,
        ["new", "article", "p", "--from", report, "--lang", "en", "--lang", "ar", "--site", str(root)],
    )

    assert f"{report}:5: 2019-10: in October 2019" in listed.output
    assert "3 dates in 6 sentences in en, seen from 2021-12-06" in listed.output
    assert [row["edtf"] for row in json.loads(data.stdout)] == ["2017", "2019-10", "2019-10"]
    assert "3 dates in 6 sentences, as comments" in made.output
    assert isinstance(two.exception, UsageError)


def test_code_is_no_text() -> None:
    """Fences, passages and comments are left out, each line in its place; what is not closed is text."""
    text = "a `b` ``c ` d`` `e\n\n~~~\nf\n~~~~\ng <!-- h\ni --> j <!-- k"

    assert without_code(text).split() == ["a", "`e", "g", "j", "<!--", "k"]
    assert without_code(text).count("\n") == text.count("\n")
