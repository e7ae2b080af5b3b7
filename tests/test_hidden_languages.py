"""A site with ``translations: hide``: each language shows what it has, and leads to nothing that it lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check

SETTINGS = (
    "title: {ar: سجل, en: Record}\nurl: https://records.org/\nlanguages: [ar, en]\ntranslations: hide\n"
)
FILES = {
    "content/articles/first.ar.md": article(
        "أول",
        "{id: told, date: 2017, title: حدث, summary: ملخص, people: [zayd, amr]}",
        "{id: arabic-only, date: 2018, title: بالعربية وحدها, people: [zayd, amr, layla], places: [cairo]}",
    ),
    "content/articles/first.en.md": article("First", "{id: told, title: Told}", date=""),
    "content/articles/second.en.md": article(
        "Second", "{id: arabic-only, date: 2019, corrects: first}", "{id: told, date: 2017, people: [zayd]}"
    ),
    "content/articles/third.ar.md": article("ثالث", "{id: told}", more="people: [zayd]\n"),
    "content/entities.yaml": (
        "zayd: {kind: person, name: {ar: زيد, en: Zayd}}\n"
        "layla: {kind: person, name: {ar: ليلى, en: Layla}}\n"
        "amr: {kind: person, name: {ar: عمرو}}\n"
        "cairo: {kind: place, name: {ar: القاهرة}}\n"
    ),
    "content/eras.yaml": "old: {name: {ar: عهد}, date: 2010/2020}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a built site of which English lacks an event, an article, a place and an era."""
    root = write_site(tmp_path, FILES, settings=SETTINGS)
    build(root, Options(jobs=1))
    return root


def test_no_link_leads_to_what_is_hidden(site: Path) -> None:
    """Lists, the entities that appear together and the notes of corrections link to pages that exist."""
    assert [one for one in check(site, jobs=1) if one.code == "TG811"] == []


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        ("index.html", ("بالعربية وحدها", "عهد")),
        ("places/index.html", ("القاهرة",)),
        ("people/zayd/index.html", ("القاهرة", "ثالث", "بالعربية وحدها")),
        ("articles/second/index.html", ("بالعربية وحدها",)),
    ],
)
def test_what_a_language_lacks_is_left_out(site: Path, page: str, hidden: tuple[str, ...]) -> None:
    """What English lacks stands on the Arabic pages, and on no English one."""
    english = (site / "output" / "en" / page).read_text(encoding="utf-8")

    assert [text for text in hidden if text in english] == []


def test_no_page_of_a_name_alone(site: Path) -> None:
    """A person of whom a language has the name, and not one event or article, has no page in it."""
    output = site / "output"

    assert (output / "ar/people/layla/index.html").exists()
    assert not (output / "en/people/layla").exists()
    assert "layla" not in (output / "en/people/index.html").read_text(encoding="utf-8")


def test_counts_are_of_what_is_shown(site: Path) -> None:
    """Who else appears is counted over the events that the language shows."""
    people = {
        lang: (site / "output" / lang / "people/zayd/index.html").read_text(encoding="utf-8")
        for lang in ("ar", "en")
    }

    assert "people/amr/" in people["ar"]
    assert "people/amr/" in people["en"]
    assert "places/cairo/" in people["ar"]
    assert "places/cairo/" not in people["en"]


def test_no_summary_in_another_language(site: Path) -> None:
    """An event that a language tells without a summary has none there: no page, feed or list borrows one."""
    output = site / "output"
    borrowed = [
        path.relative_to(output).as_posix()
        for path in (output / "en").rglob("*")
        if path.is_file() and "ملخص" in path.read_text(encoding="utf-8")
    ]

    assert borrowed == []
    assert "ملخص" in (output / "ar/events/told/index.html").read_text(encoding="utf-8")


def test_a_borrowed_summary_says_its_language(tmp_path: Path) -> None:
    """An article whose title is in the page's language, and whose summary is not, is listed with a notice."""
    root = tmp_path / "borrowed"
    (root / "content/articles").mkdir(parents=True)
    (root / "site.yaml").write_text("title: S\nurl: https://records.org/\nlanguages: [ar, en]\n", "utf-8")
    for lang, more in (("ar", "summary: كلام\n"), ("en", "")):
        text = f"---\ntitle: Quay in {lang}\ndate: 2021-12-06\n{more}---\nText.\n"
        (root / f"content/articles/quay.{lang}.md").write_text(text, "utf-8")
    build(root, Options(jobs=1))

    listed = (root / "output/en/articles/index.html").read_text("utf-8")

    assert "Quay in en" in listed
    assert "Summary in <bdi>العربية</bdi>" in listed
    assert "Summary in" not in (root / "output/ar/articles/index.html").read_text("utf-8")
