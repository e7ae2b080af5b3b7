"""New sites and articles build clean from the first minute."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from timeline_gen.errors import Level, UsageError
from timeline_gen.pipeline import build
from timeline_gen.running.options import Options
from timeline_gen.scaffolding.new_article import new_article
from timeline_gen.scaffolding.new_site import new_site

DAY = date(2024, 2, 29)


def problems(root: Path) -> list[str]:
    """Return what a build of the site in *root*, drafts included, finds wrong, as text."""
    report = build(root, Options(drafts=True, jobs=1))
    return [f"{each.place}: {each.message}" for each in report.problems if each.level > Level.INFO]


def test_a_new_site_builds_clean(tmp_path: Path) -> None:
    """Somebody's first site has a timeline in two languages and no problem."""
    made = new_site(tmp_path / "demo")

    assert tmp_path / "demo" / "site.yaml" in made
    assert tmp_path / "demo" / ".gitignore" in made
    assert problems(tmp_path / "demo") == []
    assert (tmp_path / "demo/output/index.html").exists()
    assert (tmp_path / "demo/output/ar/events/ship-runs-aground/index.html").exists()
    assert (tmp_path / "demo/output/en/articles/suez-canal/index.html").exists()


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    """A folder that was made for the site beforehand is used, also as a git repository."""
    (tmp_path / ".git").mkdir()

    assert new_site(tmp_path)


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


def test_one_language(tmp_path: Path) -> None:
    """An article in one language alone holds the facts itself, whatever its slug's script."""
    new_site(tmp_path)
    (path,) = new_article(tmp_path, "رسالة-من-القاهرة", ["en"], today=DAY)

    assert path.name == "رسالة-من-القاهرة.en.md"
    assert "date: 2024-02-29" in path.read_text(encoding="utf-8")
    assert problems(tmp_path) == []


def test_a_language_without_a_template(tmp_path: Path) -> None:
    """A site in a language that has no article of its own to copy gets the English one."""
    text = 'title: {fr: Chronologie}\nurl: "https://example.org/"\nlanguages: [fr]\n'
    (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
    (path,) = new_article(tmp_path, "lettre", today=DAY)

    assert path.name == "lettre.fr.md"
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("slug", "langs", "message"),
    [
        ("suez-canal", [], "there is an article content/articles/suez-canal.ar.md already"),
        ("a letter", [], "the slug 'a letter' contains space"),
        ("letter", ["fr"], "this site has no language 'fr'"),
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
