"""A site's own colours and fonts, laid over the theme's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.errors import ContentError
from timeline_gen.model.settings import Settings
from timeline_gen.rendering.own_style import own_style
from timeline_gen.text.languages import language

PLAIN = Settings({"en": "T"}, "https://example.org/", (language("ar"), language("en")))
SITE = 'title: T\nurl: "https://example.org/"\nlanguages: [en]\n'
ARTICLE = (
    "---\ntitle: A\ndate: 2020-01-01\nevents: [{id: x, date: 2019, title: X, tags: [sea]}]\n---\nText.\n"
)


def test_nothing() -> None:
    """A site that asks for nothing gets no stylesheet."""
    assert own_style(PLAIN) == ("", (), ())


def test_colours() -> None:
    """A colour counts on light screens, and on dark ones where it is given for these."""
    style, _, problems = own_style(
        replace(PLAIN, colours={"accent": "#0b6e4f", "accent-dark": "oklch(80% 0.1 160)"})
    )

    assert problems == ()
    assert style.splitlines() == [
        "@media (prefers-color-scheme:light){:root{--accent:#0b6e4f}}",
        "@media (prefers-color-scheme:dark){:root{--accent:oklch(80% 0.1 160)}}",
    ]


def test_fonts() -> None:
    """A face is an installed family or the site's own files, for all text or one language."""
    files = {"regular": "fonts/Amiri.woff2", "bold": "fonts/Amiri-Bold.woff2"}
    style, fonts, problems = own_style(
        replace(PLAIN, fonts={"body": "Charter", "ar": files, "card": "x.ttf"})
    )

    assert problems == ()
    assert fonts == (PurePosixPath("fonts/Amiri.woff2"), PurePosixPath("fonts/Amiri-Bold.woff2"))
    assert ':root{--own-face:"Charter"}' in style
    assert ':lang(ar){--own-face:"site ar"}' in style
    assert style.count("@font-face") == 2


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("colours", {"accent": "red; } body { display: none"}),
        ("colours", {"accent": "url(https://example.org/)"}),
        ("colours", {"akcent": "#fff"}),
        ("colours", {"accent": "bleu"}),
        ("accents", {"sea": "#12"}),
        ("accents", {"sea": "blue}"}),
        ("fonts", {"body": 'x"; src: url(x)'}),
        ("fonts", {"boddy": "Charter"}),
        ("fonts", {"body": {"regular": "x.exe"}}),
        ("fonts", {"body": {}}),
    ],
)
def test_refused(setting: str, value: dict[str, object]) -> None:
    """What is no colour and no font is a problem, and comes into no stylesheet."""
    style, fonts, problems = own_style(replace(PLAIN, **{setting: value}))  # type: ignore[arg-type]

    assert (style, fonts) == ("", ())
    assert [problem.code for problem in problems] == ["TG304"]


def test_accents_on_a_paper_that_is_no_colour() -> None:
    """A wrong colour of the paper is a problem at its place; accents are made as for the usual paper."""
    style, _, problems = own_style(replace(PLAIN, colours={"paper": "#zzz"}, accents={"sea": "#1f5f8b"}))

    assert [problem.code for problem in problems] == ["TG304"]
    assert ".accent-1{--mark:#1f5f8b}" in style


def test_built(tmp_path: Path) -> None:
    """The pages link the stylesheet and its fonts under hashed names; events bear accents."""
    (tmp_path / "content" / "articles").mkdir(parents=True)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/a.woff2").write_bytes(b"font")
    (tmp_path / "content/articles/a.en.md").write_text(ARTICLE, "utf-8")
    own = 'fonts: {body: fonts/a.woff2}\naccents: {sea: "#1f5f8b"}\n'
    (tmp_path / "site.yaml").write_text(SITE + own, "utf-8")

    build(tmp_path, Options(jobs=1))

    page = (tmp_path / "output/en/index.html").read_text("utf-8")
    (style,) = (tmp_path / "output/assets").glob("own.*.css")
    (font,) = (tmp_path / "output/assets/fonts").glob("a.*")
    assert f'href="../assets/{style.name}"' in page
    assert f'url("fonts/{font.name}")' in style.read_text("utf-8")
    assert 'class="entry weight-3 wide accent-1"' in page


def test_missing_font(tmp_path: Path) -> None:
    """A font that is not there is one problem, told at the setting."""
    (tmp_path / "site.yaml").write_text(SITE + "fonts: {body: fonts/a.woff2}\n", "utf-8")

    with pytest.raises(ContentError) as caught:
        build(tmp_path, Options(jobs=1))

    assert [(problem.code, problem.place.line) for problem in caught.value.problems] == [("TG403", 4)]
