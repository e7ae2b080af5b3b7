"""Files of ``static/`` are copied to the root of the site as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_kit import article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.cli.listing import worded
from timeline_gen.errors import ContentError

FILES = {"content/articles/a.en.md": article("A", "{id: e, date: 2019, title: E, people: [Ann]}")}


def built(root: Path, static: dict[str, str]) -> Report:
    """Build a site with the files *static*."""
    write_site(root, FILES | {f"static/{name}": text for name, text in static.items()})
    return build(root, Options(jobs=1))


def told(report: Report) -> list[str]:
    """Return what is said of files of ``static/``."""
    return [f"{one.place.path}: {one.code}" for one in report.problems if one.code.startswith("TG81")]


def test_files_are_copied(tmp_path: Path) -> None:
    """Files and folders come to the root of the site, with the one hidden folder that browsers know."""
    static = {
        "report.pdf": "%PDF",
        "data/ships 1.csv": "a",
        "data/سفن.txt": "b",
        ".well-known/security.txt": "Contact: …",
        ".well-known/.hidden": "no",
        ".htaccess": "no",
        ".git/config": "no",
        "notes.txt~": "no",
        "media/film.mp4": "film",
    }
    report = built(tmp_path, static)
    output = tmp_path / "output"

    assert (output / "report.pdf").read_text("utf-8") == "%PDF"
    assert {name for name in static if (output / name).exists()} == {
        "report.pdf",
        "data/ships 1.csv",
        "data/سفن.txt",
        ".well-known/security.txt",
        "media/film.mp4",
    }
    assert ("copied files", 5) in report.kinds
    assert told(report) == []


def test_files_in_place_of_the_programs_own(tmp_path: Path) -> None:
    """Four names take the place of what the program makes, each with a note."""
    names = ("404.html", "CNAME", "favicon.ico", "robots.txt")
    report = built(tmp_path, dict.fromkeys(names, "mine"))
    output = tmp_path / "output"

    assert [(output / name).read_text("utf-8") for name in names] == ["mine"] * 4
    assert told(report) == [f"static/{name}: TG814" for name in names]
    for page in ("index.html", "en/index.html", "en/events/e/index.html"):
        assert 'favicon.ico">' in (output / page).read_text("utf-8")
        assert "icon.svg" not in (output / page).read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("index.html", "its place is taken by the page /"),
        ("en/index.html", "its place is taken by the page /en/"),
        ("EN/index.html", "its place is taken by the page /en/"),
        ("en/events/e/index.html", "its place is taken by the event 'e' at content/articles/a.en.md:5:"),
        ("sitemap.xml", "its place is taken by the page /sitemap.xml"),
        ("sitemap.xml/file", "its place is taken by the page /sitemap.xml"),
        ("en", "the site has a folder of this name, with the page /en/ in it"),
        ("en/people/ann", "the site has a folder of this name, with 'ann' under 'people'"),
    ],
)
def test_collisions(tmp_path: Path, path: str, said: str) -> None:
    """A file that has the address of a page, or of its folder, is refused, and both are named."""
    with pytest.raises(ContentError) as caught:
        built(tmp_path, {path: "mine"})

    (problem,) = caught.value.problems
    assert problem.code == "TG813"
    assert str(problem.place.path) == f"static/{path}"
    assert problem.message.startswith(f"static/{path} cannot be copied: {said}")


def test_two_names_that_some_disks_hold_to_be_one(tmp_path: Path) -> None:
    """Two files whose names differ in case only are refused."""
    with pytest.raises(ContentError) as caught:
        built(tmp_path, {"Report.pdf": "a", "report.pdf": "b"})

    assert [problem.code for problem in caught.value.problems] == ["TG813"]


def test_the_theme_has_its_names(tmp_path: Path) -> None:
    """A file with the very name of one of the theme's is refused."""
    built(tmp_path, {})
    (name,) = (path.name for path in (tmp_path / "output/assets").glob("almanac.*.css"))
    with pytest.raises(ContentError, match="1 problem"):
        built(tmp_path, {f"assets/{name}": "mine"})


def test_links(tmp_path: Path) -> None:
    """Links that lead out of the site's folder are refused, as those of content are; others are followed."""
    root = tmp_path / "site"
    write_site(root, FILES | {"content/notes/a.txt": "inside"})
    (root / "static").mkdir()
    (root / "static/inside.txt").symlink_to("../content/notes/a.txt")
    build(root, Options(jobs=1))
    assert (root / "output/inside.txt").read_text("utf-8") == "inside"
    assert not (root / "output/inside.txt").is_symlink()

    (tmp_path / "secret").write_text("secret", "utf-8")
    (root / "static/outside.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=1))
    assert [problem.code for problem in caught.value.problems] == ["TG108"]


def test_large_files(tmp_path: Path) -> None:
    """A file that is larger than pictures may be is refused, with its size."""
    write_site(tmp_path, FILES)
    (tmp_path / "static").mkdir()
    with (tmp_path / "static/film.mp4").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(jobs=1))

    assert [worded(problem).splitlines()[0] for problem in caught.value.problems] == [
        "static/film.mp4:1:1: TG107: this file has 65 MiB, and files of up to 64 MiB are copied"
    ]


def test_a_build_sees_changes(tmp_path: Path) -> None:
    """Files that are changed, added or deleted are so in the next build; others are not written again."""
    built(tmp_path, {"a.txt": "1", "b.txt": "1", ".well-known/x": "1", "404.html": "mine"})
    output = tmp_path / "output"
    before = (output / "b.txt").stat().st_mtime_ns

    (tmp_path / "static/404.html").unlink()
    report = built(tmp_path, {"a.txt": "2", "b.txt": "1", ".well-known/x": "2", "c.txt": "1"})

    assert [(output / name).read_text("utf-8") for name in ("a.txt", ".well-known/x", "c.txt")] == [
        "2",
        "2",
        "1",
    ]
    assert (output / "b.txt").stat().st_mtime_ns == before
    assert "mine" not in (output / "404.html").read_text("utf-8")
    assert report.written == 4

    (tmp_path / "static/a.txt").unlink()
    report = build(tmp_path, Options(jobs=1))
    assert not (output / "a.txt").exists()
    assert report.deleted == 1


def test_texts_may_link_to_them(tmp_path: Path) -> None:
    """A link to a copied file leads somewhere; one to a file that is not there leads nowhere."""
    write_site(
        tmp_path,
        {
            "content/articles/a.en.md": article("A", body="[r](../../../report.pdf) [s](../../../gone.pdf)"),
            "static/report.pdf": "%PDF",
        },
    )

    assert [problem.message.split("'")[1] for problem in check(tmp_path) if problem.code == "TG811"] == [
        "../../../gone.pdf"
    ]
