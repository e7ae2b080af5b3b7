"""New sites and articles build clean from the first minute."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.cli import program
from timeline_gen.errors import Level, UsageError
from timeline_gen.scaffolding.new_article import new_article, new_event, new_page
from timeline_gen.scaffolding.new_site import NewSite, new_site
from timeline_gen.scaffolding.new_theme import new_theme

DAY = date(2024, 2, 29)


def problems(root: Path) -> list[str]:
    """Return what a build of the site in *root*, drafts included, finds wrong, as text."""
    report = build(root, Options(drafts=True, jobs=1))
    return [f"{each.place}: {each.message}" for each in report.problems if each.level > Level.INFO]


def test_a_new_site_builds_clean(tmp_path: Path) -> None:
    """Somebody's first site has a timeline in two languages and no problem."""
    made = new_site(tmp_path / "demo")

    assert tmp_path / "demo" / "site.yaml" in made.files
    assert tmp_path / "demo" / ".gitignore" in made.files
    assert made.untranslated == ()
    assert problems(tmp_path / "demo") == []
    assert (tmp_path / "demo/output/index.html").exists()
    assert (tmp_path / "demo/output/ar/events/ship-runs-aground/index.html").exists()
    assert (tmp_path / "demo/output/en/articles/suez-canal/index.html").exists()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    """A folder that was made for the site beforehand is used, also as a git repository."""
    (tmp_path / ".git").mkdir()

    assert new_site(tmp_path).files


@pytest.mark.parametrize(
    ("languages", "untranslated"),
    [(("en",), ()), (("de", "fr"), ()), (("fa", "ar", "en-US", "no", "tr"), ("fa", "no", "tr"))],
)
def test_any_languages(tmp_path: Path, languages: tuple[str, ...], untranslated: tuple[str, ...]) -> None:
    """One language will do as well as five; what has no texts yet gets English ones."""
    site = NewSite(languages, ('Ours #1: "A"',), "https://records.org/", "broadsheet")
    made = new_site(tmp_path / "demo", site)
    report = build(tmp_path / "demo", Options(strict=not untranslated, jobs=1))

    assert made.untranslated == untranslated
    assert {problem.code for problem in report.problems} == ({"TG709"} if untranslated else set())
    assert report.events == 6
    assert "Ours #1: &#34;A&#34;" in (tmp_path / "demo/output" / languages[0] / "index.html").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("site", "message"),
    [
        (NewSite(("english",)), "english"),
        (NewSite(("en", "en")), "en"),
        (NewSite(("en",), ("A", "B")), "more titles than languages"),
        (NewSite(url="records"), "must be a web address"),
        (NewSite(theme="none"), "there is no theme 'none'"),
    ],
)
def test_sites_that_cannot_be(tmp_path: Path, site: NewSite, message: str) -> None:
    """A language, an address or a theme that is none is refused before anything is written."""
    with pytest.raises(UsageError, match=message):
        new_site(tmp_path / "demo", site)
    assert not (tmp_path / "demo").exists()


def test_a_new_event(tmp_path: Path) -> None:
    """An event has a file of its own in each language: a draft with its facts in the first."""
    new_site(tmp_path, NewSite(("en", "ar", "de", "fr")))
    made = new_event(tmp_path, "flood", title="The flood: 1953", today=DAY)

    assert [path.name for path in made] == ["flood.en.md", "flood.ar.md", "flood.de.md", "flood.fr.md"]
    assert {path.parent.name for path in made} == {"events"}
    assert problems(tmp_path) == []
    page = (tmp_path / "output/en/events/flood/index.html").read_text("utf-8")
    assert "<h1>The flood: 1953</h1>" in page
    assert 'data-edtf="2024-02-29"' in page
    with pytest.raises(UsageError, match=r"content/events/flood\.en\.md already"):
        new_event(tmp_path, "flood")


def test_a_new_page(tmp_path: Path) -> None:
    """A page is there in each language, with its title in the first."""
    new_site(tmp_path, NewSite(("en", "ar", "de", "fr")))
    made = new_page(tmp_path, "team", title="Who: we are #1")

    assert [path.name for path in made] == ["team.en.md", "team.ar.md", "team.de.md", "team.fr.md"]
    assert problems(tmp_path) == []
    assert "<h1>Who: we are #1</h1>" in (tmp_path / "output/en/team/index.html").read_text("utf-8")


@pytest.mark.parametrize("parent", ["almanac", "broadsheet", "first"])
def test_a_new_theme(tmp_path: Path, parent: str) -> None:
    """A new theme looks like the one that it extends, and lists the blocks that may be filled."""
    new_site(tmp_path)
    new_theme(tmp_path, "first")
    made = new_theme(tmp_path, "second", parent)
    with (tmp_path / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: second\n")

    assert problems(tmp_path) == []
    assert tmp_path / "themes/second/templates/base.html" in made
    assert "{% block main %}" in (tmp_path / "themes/second/templates/base.html").read_text("utf-8")
    for page in ("en/index.html", "index.html", "en/embed/places/suez-canal.html"):
        assert "second." in (tmp_path / "output" / page).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "parent", "message"),
    [
        ("Mine", "almanac", "is no name of a theme"),
        ("../mine", "almanac", "is no name of a theme"),
        ("almanac", "broadsheet", "there is a theme almanac already"),
        ("mine", "none", "there is no theme 'none' to extend"),
    ],
)
def test_themes_that_cannot_be(tmp_path: Path, name: str, parent: str, message: str) -> None:
    """A name that is none or taken is refused, and so is a parent that is not there."""
    new_site(tmp_path / "demo")
    with pytest.raises(UsageError, match=message):
        new_theme(tmp_path / "demo", name, parent)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder with something in it is refused, and so is a file."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    for folder in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(UsageError, match="is not empty"):
            new_site(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_new_article_builds_clean(tmp_path: Path) -> None:
    """A new article is there in each language of the site, dated today, and has no problem."""
    new_site(tmp_path)
    made = new_article(tmp_path, "letter-from-cairo", today=DAY)
    before = problems(tmp_path)

    assert [path.name for path in made] == ["letter-from-cairo.ar.md", "letter-from-cairo.en.md"]
    assert "date: 2024-02-29" in made[0].read_text(encoding="utf-8")
    assert "date:" not in made[1].read_text(encoding="utf-8")
    assert before == []
    assert (tmp_path / "output/en/events/letter-from-cairo-1/index.html").exists()


def test_a_new_article_is_a_draft(tmp_path: Path) -> None:
    """What hasn't been written yet isn't published by accident."""
    new_site(tmp_path)
    new_article(tmp_path, "letter-from-cairo", today=DAY)
    build(tmp_path, Options(jobs=1))

    assert not (tmp_path / "output/en/articles/letter-from-cairo").exists()


@pytest.mark.parametrize("typed", [("en,ar",), ("en، ar",), ("en", "ar")])
def test_languages_in_a_list(tmp_path: Path, typed: tuple[str, ...]) -> None:
    """Languages may be given one by one, or with commas."""
    options = [part for code in typed for part in ("--lang", code)]
    made = CliRunner().invoke(program, ["new", "site", str(tmp_path / "site"), *options])

    assert made.exit_code == 0
    assert {path.name for path in (tmp_path / "site/content/pages").iterdir()} == {
        "about.en.md",
        "about.ar.md",
    }


def test_one_language(tmp_path: Path) -> None:
    """An article in one language alone holds the facts itself, whatever its slug's script."""
    new_site(tmp_path)
    (path,) = new_article(tmp_path, "رسالة-من-القاهرة", ["en"], today=DAY)

    assert path.name == "رسالة-من-القاهرة.en.md"
    assert "date: 2024-02-29" in path.read_text(encoding="utf-8")
    assert problems(tmp_path) == []


def test_a_language_without_a_template(tmp_path: Path) -> None:
    """A site in a language that has no article of its own to copy gets the English one."""
    text = 'title: {en-GB: Times}\nurl: "https://example.org/"\nlanguages: [en-GB]\n'
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    (path,) = new_article(tmp_path, "lettre", today=DAY)

    assert path.name == "lettre.en-GB.md"
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("slug", "langs", "message"),
    [
        ("suez-canal", [], "there is content/articles/suez-canal.ar.md already"),
        ("a letter", [], "the slug 'a letter' contains space"),
        ("letter", ["fr"], "this site has no language 'fr'"),
        ("letter.ar", [], "'letter.ar' ends with a language"),
    ],
)
def test_refusals(tmp_path: Path, slug: str, langs: list[str], message: str) -> None:
    """A slug that is taken or none, and a language that isn't the site's, are refused."""
    new_site(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(UsageError, match=message) as caught:
        new_article(tmp_path, slug, langs, today=DAY)
    assert caught.value.hint
    assert sorted(tmp_path.rglob("*")) == before
