"""Reading from the disk: what is found, what is refused, and in which order."""

from __future__ import annotations

import os
import socket
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pytest
from PIL import Image

from timeline_gen.building.parse.measuring import measure
from timeline_gen.errors import Place, Problem, UsageError
from timeline_gen.model.assets import Asset
from timeline_gen.model.files import Source
from timeline_gen.reading.assets.mentions import Mentions
from timeline_gen.reading.disk.contents import Contents, survey
from timeline_gen.reading.disk.files import Found, read, read_all, read_asset
from timeline_gen.reading.disk.settings import load_settings
from timeline_gen.reading.disk.themes import load_theme
from timeline_gen.reading.themes import Theme

HERE = Place(PurePosixPath("site.yaml"), 8, 8)


def lay(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write *files* below *root* and return it."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


class Loaded(NamedTuple):
    """All of a site's content, read."""

    articles: tuple[Source, ...]
    pages: tuple[Source, ...]
    data: dict[str, Source]
    contents: Contents


def load(root: Path) -> tuple[Loaded, tuple[Problem, ...]]:
    """Read all content of the site in the folder *root*."""
    contents, problems = survey(root)
    faults = list(problems)
    articles = tuple(read_all(root, contents.articles, faults))
    pages = tuple(read_all(root, contents.pages, faults))
    data = {source.path.name: source for source in read_all(root, contents.data.values(), faults)}
    return Loaded(articles, pages, data, contents), tuple(faults)


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return the file and the code of each problem."""
    return [(str(problem.place.path), problem.code) for problem in problems]


def png(path: Path, size: tuple[int, int] = (3, 2)) -> None:
    """Write a small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size).save(path)


def test_what_is_loaded(tmp_path: Path) -> None:
    """Articles, pages, data files and pictures are found, wherever below their folder, in order of names."""
    lay(
        tmp_path,
        {
            "content/articles/b.en.md": "b",
            "content/articles/2021/a.en.md": "a",
            "content/articles/ب.ar.md": "ب",
            "content/pages/about.en.md": "about",
            "content/entities.yaml": "x: y",
        },
    )
    png(tmp_path / "content/articles/2021/Photo.PNG")
    loaded, problems = load(tmp_path)

    assert problems == ()
    assert [str(source.path) for source in loaded.articles] == [
        "content/articles/2021/a.en.md",
        "content/articles/b.en.md",
        "content/articles/ب.ar.md",
    ]
    assert loaded.pages == (Source(PurePosixPath("content/pages/about.en.md"), b"about"),)
    assert loaded.data == {"entities.yaml": Source(PurePosixPath("content/entities.yaml"), b"x: y")}
    assert list(loaded.contents.pictures) == [PurePosixPath("content/articles/2021/Photo.PNG")]


def test_no_content(tmp_path: Path) -> None:
    """A site without content is an empty one."""
    assert load(tmp_path)[0].articles == ()


def test_hidden_files_and_leftovers(tmp_path: Path) -> None:
    """Hidden files and what editors leave behind are passed over in silence."""
    lay(
        tmp_path,
        {f"content/articles/{name}": "x" for name in (".a.en.md", "b.en.md~", "#c.en.md#", "d.en.md.swp")},
    )
    lay(tmp_path, {"content/.git/x.en.md": "x"})

    assert survey(tmp_path)[0].articles == ()
    assert survey(tmp_path)[1] == ()


@pytest.mark.parametrize("name", ["a.en.MD", "a.en.markdown", "a.en.Md"])
def test_an_article_with_another_ending_is_not_lost_in_silence(tmp_path: Path, name: str) -> None:
    """Some systems write the ending in capitals, or in full."""
    lay(tmp_path, {f"content/articles/{name}": "x"})
    found, problems = survey(tmp_path)

    assert found.articles == ()
    assert said(problems) == [(f"content/articles/{name}", "TG112")]
    assert "a.en.md" in problems[0].hint


@pytest.mark.parametrize("name", ["a.en.txt", "a.ar.docx", "a.pt-BR.html", "A.EN.RTF"])
def test_a_document_named_like_an_article_is_not_lost_in_silence(tmp_path: Path, name: str) -> None:
    """A name with a language is that of a text for readers; a note next to it has none."""
    lay(tmp_path, {f"content/articles/{name}": "x", "content/articles/notes.docx": "x"})
    _, problems = survey(tmp_path)

    assert said(problems) == [(f"content/articles/{name}", "TG112")]
    assert name.rpartition(".")[0] + ".md" in problems[0].hint


def test_files_that_nothing_reads(tmp_path: Path) -> None:
    """A file in the wrong folder, and one with a slip in its name, are not lost in silence."""
    lay(tmp_path, {"content/a.en.md": "x", "content/entitys.yaml": "x", "content/articles/notes.txt": "x"})
    _, problems = survey(tmp_path)

    assert said(problems) == [("content/a.en.md", "TG112"), ("content/entitys.yaml", "TG112")]
    assert "content/entities.yaml" in problems[1].hint


def test_links_out_of_the_site(tmp_path: Path) -> None:
    """No link leads out of the site's folder, whether to a file or to a folder; one inside it is followed."""
    outside = lay(tmp_path / "outside", {"secret.en.md": "secret", "folder/x.en.md": "x"})
    site = lay(tmp_path / "site", {"content/articles/a.en.md": "a", "drafts/b.en.md": "b"})
    articles = site / "content/articles"
    (articles / "secret.en.md").symlink_to(outside / "secret.en.md")
    (articles / "folder").symlink_to(outside / "folder")
    (articles / "nowhere.en.md").symlink_to(outside / "nothing")
    (articles / "b.en.md").symlink_to(site / "drafts/b.en.md")
    loaded, problems = load(site)

    assert [source.data for source in loaded.articles] == [b"a", b"b"]
    assert sorted(said(problems)) == [
        ("content/articles/folder", "TG108"),
        ("content/articles/nowhere.en.md", "TG108"),
        ("content/articles/secret.en.md", "TG108"),
    ]


@pytest.mark.parametrize("leads_to", ["outside", "nothing", "site"])
def test_content_that_is_a_link(tmp_path: Path, leads_to: str) -> None:
    """Where all of the content is a link out of the site, or nowhere, it is refused; none is read."""
    lay(tmp_path / "outside", {"articles/secret.en.md": "secret"})
    site = lay(tmp_path / "site", {"articles/a.en.md": "a"})
    (site / "content").symlink_to(tmp_path / leads_to)
    loaded, problems = load(site)

    assert loaded.articles == ()
    assert said(problems) == [("content", "TG108")]
    assert "a link that leads out of the site's folder, or nowhere" in problems[0].message


def test_content_that_lies_elsewhere_in_the_site(tmp_path: Path) -> None:
    """A link to a folder of the site itself is followed."""
    lay(tmp_path, {"texts/articles/a.en.md": "a"})
    (tmp_path / "content").symlink_to("texts")
    loaded, problems = load(tmp_path)

    assert [source.data for source in loaded.articles] == [b"a"]
    assert problems == ()


def test_link_to_itself(tmp_path: Path) -> None:
    """A folder that holds a link to itself is no endless road."""
    lay(tmp_path, {"content/articles/a.en.md": "a"})
    (tmp_path / "content/articles/again").symlink_to(tmp_path / "content")
    loaded, problems = load(tmp_path)

    assert len(loaded.articles) == 1
    assert said(problems) == [("content/articles/again", "TG108")]


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """Stand in *folder* for a while: the names of sockets must be short."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_pipes_and_sockets(tmp_path: Path) -> None:
    """A pipe hangs no build, and a socket breaks none."""
    articles = tmp_path / "content/articles"
    articles.mkdir(parents=True)
    os.mkfifo(articles / "pipe.en.md")
    with working_in(articles), socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.en.md")
    loaded, problems = load(tmp_path)

    assert loaded.articles == ()
    assert sorted(said(problems)) == [
        ("content/articles/pipe.en.md", "TG108"),
        ("content/articles/socket.en.md", "TG108"),
    ]


def test_file_that_became_a_pipe(tmp_path: Path) -> None:
    """What was an ordinary file when it was seen, and is a pipe when it is read, hangs no build."""
    lay(tmp_path, {"content/articles/a.en.md": "a"})
    contents, _ = survey(tmp_path)
    (tmp_path / "content/articles/a.en.md").unlink()
    os.mkfifo(tmp_path / "content/articles/a.en.md")
    source, problems = read(tmp_path, contents.articles[0])

    assert source is None
    assert said(problems) == [("content/articles/a.en.md", "TG108")]


def test_file_that_became_a_link_out(tmp_path: Path) -> None:
    """What was a file when it was seen, and is a link out of the site when it is read, stays unread."""
    site = lay(tmp_path / "site", {"content/articles/a.en.md": "a"})
    lay(tmp_path, {"secret": "secret"})
    contents, _ = survey(site)
    (site / "content/articles/a.en.md").unlink()
    (site / "content/articles/a.en.md").symlink_to(tmp_path / "secret")
    source, problems = read(site, contents.articles[0])

    assert source is None
    assert said(problems) == [("content/articles/a.en.md", "TG108")]


def test_names_in_two_forms(tmp_path: Path) -> None:
    """Names come composed; two that differ in their Unicode form alone are told, and only one is read."""
    composed, decomposed = (unicodedata.normalize(form, "آب.ar.md") for form in ("NFC", "NFD"))
    lay(tmp_path, {f"content/articles/{decomposed}": "x"})
    (source,) = load(tmp_path)[0].articles
    lay(tmp_path, {f"content/articles/{composed}": "x"})
    loaded, problems = load(tmp_path)

    assert source.path.name == composed
    assert len(loaded.articles) == 1
    assert said(problems) == [(f"content/articles/{composed}", "TG114")]


def test_no_site(tmp_path: Path) -> None:
    """Where no site is, that is said, with the way to one."""
    with pytest.raises(UsageError) as caught:
        load_settings(tmp_path)

    assert "site.yaml" in caught.value.message
    assert "timeline-gen new site" in caught.value.hint

    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour/site.yaml").touch()
    with pytest.raises(UsageError) as caught:
        load_settings(tmp_path)
    assert "cd harbour" in caught.value.hint


def test_settings_that_are_no_file(tmp_path: Path) -> None:
    """A folder by the name of site.yaml is no site."""
    (tmp_path / "site.yaml").mkdir()

    with pytest.raises(UsageError, match=r"site\.yaml cannot be read"):
        load_settings(tmp_path)


def test_settings_that_are_a_pipe(tmp_path: Path) -> None:
    """No command hangs on a pipe that stands in place of the settings."""
    os.mkfifo(tmp_path / "site.yaml")

    with pytest.raises(UsageError, match="no ordinary file"):
        load_settings(tmp_path)


def test_name_that_is_not_text(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is a problem that shows the name, byte by byte where need be."""
    folder = tmp_path / "content" / "articles"
    folder.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.en.md")).write_bytes(b"x")

    contents, problems = survey(tmp_path)

    assert contents.articles == ()
    assert [(one.code, str(one.place)) for one in problems] == [
        ("TG101", "content/articles/caf\\xe9.en.md:1:1")
    ]


def test_content_that_is_no_folder(tmp_path: Path) -> None:
    """A file where a folder should be is told, and is no crash."""
    lay(tmp_path, {"content": "x"})

    assert said(survey(tmp_path)[1]) == [("content", "TG108")]


def measured(root: Path, found: Iterable[Found]) -> tuple[list[Asset], tuple[Problem, ...]]:
    """Return the pictures *found* that can be shown, and what is wrong with them."""
    done = measure(found, root)
    return [one.asset for one in done if one.asset], tuple(found for one in done for found in one.problems)


def test_picture_that_is_gone(tmp_path: Path) -> None:
    """A picture that is deleted between two looks is told."""
    png(tmp_path / "content/articles/a.png")
    contents, _ = survey(tmp_path)
    (tmp_path / "content/articles/a.png").unlink()

    assert said(measured(tmp_path, contents.pictures.values())[1]) == [("content/articles/a.png", "TG108")]


def test_picture_too_large(tmp_path: Path) -> None:
    """A picture beyond all measure is not read."""
    png(tmp_path / "content/articles/a.png")
    found = replace(survey(tmp_path)[0].pictures[PurePosixPath("content/articles/a.png")], size=2**40)

    assert said(measured(tmp_path, [found])[1]) == [("content/articles/a.png", "TG107")]


def test_pictures_are_measured(tmp_path: Path) -> None:
    """A picture has its size, and an address that changes with its content and nothing else."""
    png(tmp_path / "content/articles/A photo.PNG", (30, 20))
    contents, _ = survey(tmp_path)
    (picture,), problems = measured(tmp_path, contents.pictures.values())
    png(tmp_path / "content/articles/A photo.PNG", (31, 20))
    (other,), _ = measured(tmp_path, survey(tmp_path)[0].pictures.values())

    assert problems == ()
    assert (picture.width, picture.height) == (30, 20)
    assert str(picture.address).startswith("media/a-photo.")
    assert picture.address.suffix == ".png"
    assert picture.address != other.address
    assert read_asset(tmp_path, contents.pictures[picture.path]).startswith(b"\x89PNG")


def test_broken_picture(tmp_path: Path) -> None:
    """A picture that cannot be read is told, and nothing comes of it."""
    lay(tmp_path, {"content/articles/a.png": b"no picture"})
    pictures, problems = measured(tmp_path, survey(tmp_path)[0].pictures.values())

    assert pictures == []
    assert said(problems) == [("content/articles/a.png", "TG407")]


KNOWN = [
    PurePosixPath("content", name)
    for name in ("articles/a.png", "articles/img/my pic.jpg", "b.svg", "صورة.webp")
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nothing", []),
        ("![x](a.png)", [0]),
        ("media: {src: a.png, alt: x}", [0]),
        ('src: "a.png"', [0]),
        ("src: img/my pic.jpg", [1]),
        ("![x](<img/my pic.jpg>)", [1]),
        ("![x](img/my%20pic.jpg)", [1]),
        ("![x](../b.svg) and ![y](../%D8%B5%D9%88%D8%B1%D8%A9.webp)", [2, 3]),
        ("![x](../صورة.webp)", [3]),
        ('<img src="a.png">', [0]),
        ("[1]: a.png", [0]),
        ("![x](other.png)", []),
        ("b.svg", []),
    ],
)
def test_mentioned_pictures(text: str, found: list[int]) -> None:
    """The pictures that a text may show are known without reading it as Markdown."""
    source = Source(PurePosixPath("content/articles/x.en.md"), text.encode())

    assert Mentions(KNOWN).among(source) == tuple(sorted(KNOWN[index] for index in found))


PAGE = "themes/base/templates/page.html"
BASE: dict[str, str | bytes] = {
    "themes/base/theme.yaml": "name: Base\n",
    "themes/base/templates/page.html": "base page",
    "themes/base/templates/list.html": "base list",
    "themes/base/static/base.css": "css",
    "themes/base/locale/ar.po": "one",
}
CHILD: dict[str, str | bytes] = {
    "themes/child/theme.yaml": "name: Child\nextends: base\nsettings: {width: wide}\n",
    "themes/child/templates/page.html": "{% extends 'base/page.html' %}",
    "themes/child/static/base.css": "other css",
    "themes/child/locale/ar.po": "two",
    "themes/child/templates/.hidden": "x",
}


def extending(name: str) -> dict[str, str | bytes]:
    """Return what makes the theme *base* extend the theme *name*."""
    return {"themes/base/theme.yaml": f"name: B\nextends: {name}\n"}


def theme(root: Path, name: str) -> Theme:
    """Return the theme *name* of the site in *root*, in which nothing is wrong."""
    found, problems = load_theme(root, name, HERE)
    assert problems == ()
    assert found is not None
    return found


def test_theme_extends_another(tmp_path: Path) -> None:
    """A theme has its own files first, then those of the theme that it extends, by either name."""
    child = theme(lay(tmp_path, BASE | CHILD), "child")

    assert child.chain == ("child", "base")
    assert child.templates["page.html"] == "{% extends 'base/page.html' %}"
    assert child.templates["base/page.html"] == "base page"
    assert child.templates["list.html"] == "base list"
    assert child.static == {PurePosixPath("base.css"): b"other css"}
    assert child.catalogues == {"ar": (b"one", b"two")}
    assert child.settings == {"width": "wide"}
    assert ".hidden" not in child.templates


def test_packaged_theme(tmp_path: Path) -> None:
    """The themes that come with the program need not lie in the site."""
    assert "base.html" in theme(tmp_path, "almanac").templates


def test_site_s_theme_comes_first(tmp_path: Path) -> None:
    """A theme of the site stands before one of the program's with the same name."""
    lay(tmp_path, {"themes/almanac/theme.yaml": "name: Mine\n", "themes/almanac/templates/x.html": "mine"})

    assert theme(tmp_path, "almanac").templates["x.html"] == "mine"


@pytest.mark.parametrize(
    ("files", "name", "found"),
    [
        ({}, "alamanc", [("site.yaml:8:8", "TG710")]),
        (
            BASE | {"themes/base/theme.yaml": "name: B\nextends: bass\n"},
            "base",
            [("themes/base/theme.yaml:2:10", "TG710")],
        ),
        (
            BASE | CHILD | {"themes/base/theme.yaml": "name: B\nextends: child\n"},
            "child",
            [("themes/base/theme.yaml:2:10", "TG711")],
        ),
        ({"themes/x/templates/a.html": ""}, "x", [("themes/x/theme.yaml:1:1", "TG710")]),
        ({"themes/x/theme.yaml": "nmae: x"}, "x", [("themes/x/theme.yaml:1:1", "TG302")]),
        ({"themes/x/theme.yaml": ""}, "x", [("themes/x/theme.yaml:1:1", "TG102")]),
        (
            BASE | {"themes/base/templates/page.html": b"\xff"},
            "base",
            [("themes/base/templates/page.html:1:1", "TG101")],
        ),
    ],
)
def test_broken_themes(
    tmp_path: Path, files: dict[str, str | bytes], name: str, found: list[tuple[str, str]]
) -> None:
    """A theme that is missing, circular or broken is told where it was named, or where it is broken."""
    result, problems = load_theme(lay(tmp_path, files), name, HERE)

    assert result is None
    assert [(str(problem.place), problem.code) for problem in problems] == found
