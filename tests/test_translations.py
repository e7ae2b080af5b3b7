"""What languages lack, and which translations are older than their originals."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from site_kit import article, write_site

from timeline_gen.checking.check import check
from timeline_gen.checking.translations import mark, missing, with_mark
from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing
from timeline_gen.collecting.translations import changed_fields
from timeline_gen.errors import ContentError, UsageError

ARABIC = article("عنوان", "{id: e, date: 2019, title: حدث, summary: ملخص}", "{id: f, date: 2020, title: آخر}")
ENGLISH = article("Title", "{id: e, title: Event}", date="")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site of one article in two languages and one in Arabic alone."""
    return write_site(
        tmp_path,
        {
            "content/articles/one.ar.md": ARABIC,
            "content/articles/one.en.md": ENGLISH,
            "content/articles/two.ar.md": article("ثانٍ"),
        },
    )


def test_what_languages_lack(site: Path) -> None:
    """Each language is told which articles and events it lacks."""
    arabic, english = missing(site)

    assert (arabic.lang, arabic.articles, arabic.events) == ("ar", (), ())
    assert (english.lang, english.articles, english.events) == ("en", ("two",), ("f",))


def test_drafts_are_named(site: Path) -> None:
    """A version that is a draft is there, and is not yet for readers: it is named as what it is."""
    draft = article("Second", more="draft: true\n")
    write_site(site, {"content/articles/two.en.md": draft})

    _, english = missing(site)

    assert (english.articles, english.drafts) == ((), ("two",))
    output = CliRunner().invoke(program, ["translations", "--site", str(site)], obj=Listing()).output
    assert "en: 1 event missing, 1 draft\n" in output
    assert "  draft  two\n" in output


def test_what_else_languages_lack(site: Path) -> None:
    """Pages, names of the entities file that events bear, eras and texts of the settings count, too."""
    (site / "content/pages").mkdir()
    (site / "content/pages/about.ar.md").write_text("---\ntitle: عن الموقع\n---\nنص.\n", "utf-8")
    (site / "content/entities.yaml").write_text(
        "quay: {kind: place, name: {ar: رصيف}}\npier: {kind: place, name: {ar: مرسى, en: Pier}}\n"
        "unnamed: {kind: place, name: {ar: بلا ذكر}}\n",
        "utf-8",
    )
    (site / "content/eras.yaml").write_text("old: {name: {ar: قديم}, date: 2010/2019}\n", "utf-8")
    settings = site / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "description: {ar: وصف}\n", "utf-8")
    one = site / "content/articles/one.ar.md"
    one.write_text(ARABIC.replace("title: حدث", "title: حدث, places: [quay, pier, Ankara, مرفأ]"), "utf-8")

    arabic, english = missing(site)

    assert (english.pages, english.settings) == (("about",), ("description",))
    assert (arabic.names, english.names) == (("Ankara",), ("old", "quay", "مرفأ"))
    told = CliRunner().invoke(program, ["translations", "--site", str(site)], obj=Listing())
    assert "1 page missing, 3 names missing, 1 setting missing" in told.output
    assert "  missing name  quay\n" in told.output


def test_nothing_is_missed_that_an_unread_file_may_hold(site: Path) -> None:
    """Where the original cannot be read, only that is said: not that its day or the original are missing."""
    one = site / "content/articles/one.en.md"
    one.write_text(
        one.read_text().replace("title:", "translation_of: {lang: ar}\ntitle:", 1), encoding="utf-8"
    )
    original = site / "content/articles/one.ar.md"
    original.write_text(ARABIC.replace("title:", "sauce: x\ntitle:", 1), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        missing(site)

    assert [(problem.code, problem.place.path.name) for problem in caught.value.problems] == [
        ("TG302", "one.ar.md")
    ]


def test_marked_is_up_to_date(site: Path) -> None:
    """A translation that was just marked is up to date, and marking again changes nothing."""
    changed = mark(site)

    assert changed == (site / "content/articles/one.en.md",)
    assert "translation_of: {lang: ar, rev: " in (site / "content/articles/one.en.md").read_text("utf-8")
    assert mark(site) == ()
    assert missing(site)[1].outdated == ()
    assert not [problem for problem in check(site) if problem.code == "TG517"]


def test_original_named_before_it_is_marked(site: Path) -> None:
    """A version may say what it was translated from without a mark, and then be marked."""
    named = article("Title", "{id: e, title: Event}", date="", more="translation_of: {lang: ar}\n")
    (site / "content/articles/one.en.md").write_text(named, encoding="utf-8")

    assert [problem for problem in check(site) if problem.place.path.name == "one.en.md"] == []
    assert missing(site)[1].outdated == ()
    assert mark(site) == (site / "content/articles/one.en.md",)


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ("title: عنوان", "title: عنوان جديد", ("title",)),
        ("Text.", "نص آخر.", ("body",)),
        ("title: حدث", "title: واقعة", ("e.title",)),
        ("summary: ملخص", "summary: ملخص آخر", ("e.summary",)),
        ("title: حدث, summary: ملخص", "title: حدث", ("e.summary",)),
    ],
)
def test_changed_since(site: Path, before: str, after: str, fields: tuple[str, ...]) -> None:
    """What has changed in the original since is told, text by text, with both places."""
    mark(site)
    original = site / "content/articles/one.ar.md"
    original.write_text(original.read_text("utf-8").replace(before, after), encoding="utf-8")

    (old,) = missing(site)[1].outdated
    (problem,) = [problem for problem in check(site) if problem.code == "TG517"]

    assert old.fields == fields
    assert str(problem.place).startswith("content/articles/one.en.md:")
    assert [str(place.path) for place in problem.related] == ["content/articles/one.ar.md"]


def test_facts_do_not_age_a_translation(site: Path) -> None:
    """A changed date ages no translation: facts are inherited."""
    mark(site)
    original = site / "content/articles/one.ar.md"
    original.write_text(original.read_text("utf-8").replace("date: 2019", "date: 2018"), encoding="utf-8")

    assert missing(site)[1].outdated == ()


def test_mark_one_article(site: Path) -> None:
    """Only the articles that are named are marked; an unknown name is refused."""
    assert mark(site, ("two",)) == ()

    with pytest.raises(UsageError, match="no article 'three'"):
        mark(site, ("three",))


def test_marked_files_steer_no_terminal(site: Path) -> None:
    """The name of a folder that holds signs for terminals is printed with escapes."""
    folder = site / "content/articles/\x1b[31m"
    folder.mkdir()
    for lang in ("ar", "en"):
        (site / f"content/articles/one.{lang}.md").rename(folder / f"one.{lang}.md")

    output = (
        CliRunner().invoke(program, ["translations", "--mark", "--site", str(site)], obj=Listing()).output
    )

    assert "\\x1b[31m/one.en.md" in output
    assert "\x1b" not in output


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_mark_touches_one_line(newline: str) -> None:
    """Marking adds or replaces one line of the front matter, and nothing else of the file."""
    lines = ("---", "title: T", "translation_of:", "  lang: ar", "  rev: old", "---", "Body: ---", "")
    text = newline.join(lines)

    marked = with_mark(text.encode(), "ar", "title=000000").decode()

    assert marked == newline.join(
        ("---", "title: T", 'translation_of: {lang: ar, rev: "title=000000"}', "---", "Body: ---", "")
    )


def test_mark_finds_a_key_in_quotes() -> None:
    """A recorded mark is replaced even where its key stands in quotes; a key never is there twice."""
    marked = with_mark(b'---\n"translation_of": {lang: ar, rev: old}\ntitle: T\n---\n', "ar", "title=0")

    assert marked == b'---\ntranslation_of: {lang: ar, rev: "title=0"}\ntitle: T\n---\n'


@pytest.mark.parametrize("between", ["", "# when it was made", "  # when it was made"])
def test_mark_replaces_the_whole_value(between: str) -> None:
    """A recorded mark is replaced with all of its lines, those below a blank line or a comment, too."""
    text = f"---\ntranslation_of:\n  lang: ar\n{between}\n  rev: old\n# kept\ntitle: T\n---\n"

    marked = with_mark(text.encode(), "ar", "title=0").decode()

    assert marked == '---\ntranslation_of: {lang: ar, rev: "title=0"}\n# kept\ntitle: T\n---\n'


@pytest.mark.parametrize(
    "matter",
    [
        "title: Two\ntranslation_of: {\n  lang: ar\n}\n",
        "title: Two\ntranslation_of: {lang: ar,\nrev: old}\n",
        "? translation_of\n: {lang: ar}\ntitle: Two\n",
        'title: "Two\ntranslation_of: three"\n',
        "  title: Two\n",
    ],
)
def test_nothing_but_the_mark_ever_changes(site: Path, matter: str) -> None:
    """Where marking would make something else of the front matter, the file stays, and what to do is said."""
    path = site / "content/articles/two.en.md"
    path.write_text(f"---\n{matter}---\nText.\n", encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(UsageError, match="no line can be replaced") as caught:
        mark(site, ("two",))

    assert path.read_bytes() == before
    assert "translation_of: {lang: ar}" in str(caught.value.hint)


def test_front_matter_in_braces_is_left_alone(site: Path) -> None:
    """Where there is no line to add one to, nothing is written, and what to do is said."""
    path = site / "content/articles/two.en.md"
    path.write_text("---\n# in braces\n{title: Two}\n---\nText.\n", encoding="utf-8")
    before = path.read_bytes()

    with pytest.raises(UsageError, match="in braces"):
        mark(site, ("two",))

    assert path.read_bytes() == before


def test_mark_keeps_the_rights_of_the_file(site: Path) -> None:
    """Marking changes no right to read the file, and leaves nothing beside it."""
    path = site / "content/articles/one.en.md"
    path.chmod(0o640)

    mark(site)

    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(one.name for one in path.parent.iterdir()) == ["one.ar.md", "one.en.md", "two.ar.md"]


def test_changed_fields() -> None:
    """Changed, new and removed texts are named; what is no revision at all names everything."""
    assert changed_fields("title=1 body=2 e.title=3", "title=1 body=9 f.title=4") == (
        "body",
        "f.title",
        "e.title",
    )
    assert changed_fields("nonsense", "title=1") == ("title",)
