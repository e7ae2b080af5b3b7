"""Pictures that others show with a link to a page, drawn with a font of the site's own."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from site_kit import SETTINGS, article, write_site
from views_factory import LANGUAGES

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build, plan_site
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import ContentError
from timeline_gen.pages.page import TemplatePage
from timeline_gen.pages.social_image import SocialImage
from timeline_gen.rendering.context import make_context
from timeline_gen.rendering.layout import Words
from timeline_gen.rendering.pictures import missing_letters
from timeline_gen.rendering.social_images import HEIGHT, WIDTH, SocialImageView, write_social_image
from timeline_gen.rendering.text_runs import runs_of

FILES = {
    "content/articles/cup.ar.md": article("كأس العالم 2022 FIFA", "{id: x, title: الافتتاح}"),
    "content/articles/cup.en.md": article("The World Cup", "{id: x, date: 2022-11-20, title: It opens}"),
}
CARD = SocialImageView(Words("سلام", "ar", "rtl"), None, None, "#ffffff", "#000000", "#ff0000")
FONTS = Path(__file__).parent / "data" / "fonts"
APART = "\u200c"
"""Keeps letters from being joined."""


@cache
def font(letters: str) -> Path:
    """Return a font of the tests that has *letters*."""
    return next(
        path for path in sorted(FONTS.glob("*.ttf")) if not missing_letters(path.read_bytes(), letters)
    )


def drawn(text: str, direction: str = "rtl") -> Image.Image:
    """Return the card of *text*."""
    lang = "ar" if direction == "rtl" else "en"
    kit = replace(
        make_context({}, LANGUAGES.values(), catalogues={}, assets={}, origins={}),
        fonts={"": font("سجلABCabc2019").read_bytes()},
    )
    view = replace(CARD, title=Words(text, lang, direction))
    return Image.open(io.BytesIO(write_social_image(view, kit))).convert("L")


def inked(picture: Image.Image) -> tuple[int, int]:
    """Return from where to where letters stand, in pixels from the left; the edge is no letter."""
    inside = picture.crop((40, 0, WIDTH - 40, HEIGHT))
    box = ImageChops.invert(inside).getbbox()
    assert box

    return box[0] + 40, box[2] + 40


def ink(picture: Image.Image) -> float:
    """Return how dark *picture* is on the whole; letters may stand parts of a pixel to the side."""
    return sum(ImageStat.Stat(ImageChops.invert(picture)).sum)


@pytest.mark.system
def test_side() -> None:
    """An Arabic title stands at the right, a Latin one at the left."""
    assert inked(drawn("سلام"))[1] > WIDTH - 120
    assert inked(drawn("abc", "ltr"))[0] < 120


@pytest.mark.system
def test_joined() -> None:
    """Arabic letters are joined: kept apart they are wider."""
    joined, apart = inked(drawn("سبب")), inked(drawn(APART.join("سبب")))

    assert joined[1] - joined[0] < apart[1] - apart[0]


@pytest.mark.system
@pytest.mark.parametrize(
    ("text", "direction", "first"),
    [("سجل abc", "rtl", "سجل"), ("abc سجل", "ltr", "abc"), ("abc سجل", "rtl", "abc")],
)
def test_order(text: str, direction: str, first: str) -> None:
    """The word that is read first stands where reading begins, in either direction and mixed."""
    whole, alone = drawn(text, direction), drawn(first, direction)
    left, right = inked(alone)
    edge = (left + 6, 0, right, HEIGHT) if direction == "rtl" else (left, 0, right - 6, HEIGHT)
    there, alone = whole.crop(edge), alone.crop(edge)

    assert inked(whole)[1] - inked(whole)[0] > right - left
    assert ink(ImageChops.invert(ImageChops.difference(there, alone))) < ink(alone) / 4


@pytest.mark.system
def test_long_titles() -> None:
    """A title of any length stays inside the picture."""
    for text in ("كلمة " * 200, "ك" * 300, "word " * 3):
        left, right = inked(drawn(text.strip()))

        assert left >= 40
        assert right <= WIDTH - 40


@pytest.mark.system
def test_built(tmp_path: Path) -> None:
    """Every timeline, event and article names its picture in its head, and it is there, with words for it."""
    arabic, latin = font("سجل"), font("ABCabc")
    settings = f"{SETTINGS}fonts: {{card: {{ar: ar{arabic.suffix}, en: en{latin.suffix}}}}}\n"
    root = write_site(tmp_path, FILES, settings=settings)
    (root / f"ar{arabic.suffix}").write_bytes(arabic.read_bytes())
    (root / f"en{latin.suffix}").write_bytes(latin.read_bytes())

    report = build(root, Options(jobs=1))

    assert report.problems == ()
    for home in ("ar", "en", "ar/events/x", "en/events/x", "ar/articles/cup", "en/articles/cup"):
        page = (root / "output" / home / "index.html").read_text("utf-8")
        assert f'<meta property="og:image" content="https://records.org/{home}/card.png">' in page
        assert '<meta property="og:image:width" content="1200">' in page
        assert '<meta property="og:image:alt" content="' in page
        assert '<meta name="twitter:card" content="summary_large_image">' in page
        with Image.open(root / "output" / home / "card.png") as picture:
            assert picture.size == (WIDTH, HEIGHT)


@pytest.mark.parametrize("translations", ["show", "hide"])
def test_each_is_there(tmp_path: Path, translations: str) -> None:
    """Every picture that a head names is made: of an author whom no event names, in one language, too."""
    latin = font("ABCabc")
    settings = f"{SETTINGS}translations: {translations}\nfonts: {{card: en{latin.suffix}}}\n"
    written = article("By Mina", "{id: y, date: 2022, title: It ends}", more="authors: [Mina]\n")
    root = write_site(tmp_path, {**FILES, "content/articles/own.en.md": written}, settings=settings)
    (root / f"en{latin.suffix}").write_bytes(latin.read_bytes())
    with open_workspace(root, Options()) as site:
        pages = plan_site(site).pages

    heads = [page.view().head for page in pages if isinstance(page, TemplatePage)]
    named = {head.card.image for head in heads if head.card and head.card.image}
    assert "https://records.org/en/people/mina/card.png" in named
    assert named == {
        f"https://records.org/{page.address()}" for page in pages if isinstance(page, SocialImage)
    }


def test_not_asked(tmp_path: Path) -> None:
    """Without a font of the site's own no picture is drawn: the machine's are never used."""
    root = write_site(tmp_path, FILES)

    build(root, Options(jobs=1))

    assert not list((root / "output").rglob("card.png"))
    assert "og:image" not in (root / "output/en/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "given", ["missing.ttf", "notes.txt", "[a.ttf]", "{fr: notes.txt}", "{}", "../a.ttf"]
)
def test_no_font(tmp_path: Path, given: str) -> None:
    """What is no font, is not there, or is for no language of the site, is a problem at its setting."""
    root = write_site(tmp_path / "site", FILES, settings=f"{SETTINGS}fonts: {{card: {given}}}\n")
    (root / "notes.txt").write_text("no font", "utf-8")

    with pytest.raises(ContentError) as caught:
        build(root, Options(jobs=1))

    assert {(problem.code, problem.place.line) for problem in caught.value.problems} == {("TG712", 4)}


@pytest.mark.system
def test_letters_missing(tmp_path: Path) -> None:
    """A font without a language's letters would draw empty boxes: the build names the letters."""
    root = write_site(tmp_path, FILES, settings=f"{SETTINGS.replace('سجل', '漢字')}fonts: {{card: a.ttf}}\n")
    (root / "a.ttf").write_bytes(font("ABCabc").read_bytes())

    problems = build(root, Options(jobs=1)).problems

    assert "TG712" in [problem.code for problem in problems]
    assert any("漢" in problem.message for problem in problems)


def runs(text: str, direction: str) -> list[tuple[str, str]]:
    """Return the runs of *text* from the side where it begins, each with whose letters it is drawn with."""
    latin, arabic = ((FONTS / name).read_bytes() for name in ("NotoSans-Regular.ttf", "Amiri-Regular.ttf"))
    names = {latin: "latin", arabic: "arabic"}
    return [(run.text, names[run.font]) for run in runs_of(text, direction, (latin, arabic))]


@pytest.mark.system
@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("abc def", "ltr", [("abc def", "latin")]),
        ("abc سجل قطر def", "ltr", [("abc ", "latin"), ("سجل قطر", "arabic"), (" def", "latin")]),
        (
            "سجل abc def قطر",
            "rtl",
            [("سجل", "arabic"), (" ", "latin"), ("abc def", "latin"), (" ", "latin"), ("قطر", "arabic")],
        ),
        ("abc 漢 def", "ltr", [("abc def", "latin")]),
        ("سجل漢", "rtl", [("سجل", "arabic")]),
        ("漢", "ltr", []),
    ],
)
def test_runs(text: str, direction: str, expected: list[tuple[str, str]]) -> None:
    """Each run has a font with its letters and is where reading comes to it; what none has is left out."""
    assert runs(text, direction) == expected


@pytest.mark.system
def test_font_of_the_theme(tmp_path: Path) -> None:
    """The theme's font has the letters of many languages; each text with others is reported at its file."""
    files = {
        "content/articles/cup.ar.md": article("رحلة Boeing 747، «ﷺ»", "{id: x, title: Αθήνα}"),
        "content/articles/cup.en.md": article("Ḥusayn’s “so” — 5 € 漢", "{id: x, date: 2022, title: It}"),
    }
    root = write_site(tmp_path, files, settings=f"{SETTINGS}fonts: {{card: theme}}\n")

    (problem,) = build(root, Options(jobs=1)).problems

    assert (problem.code, str(problem.place.path)) == ("TG712", "content/articles/cup.en.md")
    assert problem.message.endswith(" has: 漢")
    assert (root / "output/ar/articles/cup/card.png").is_file()


@pytest.mark.system
def test_broken_font_of_a_theme(tmp_path: Path) -> None:
    """A theme's font that cannot be read is a problem at the setting; a stranger's is not even looked at."""
    root = write_site(tmp_path, FILES, settings=f"{SETTINGS}theme: mine\nfonts: {{card: theme}}\n")
    (root / "themes/mine/fonts").mkdir(parents=True)
    (root / "themes/mine/theme.yaml").write_text("name: mine\nextends: almanac\n", "utf-8")
    (root / "themes/mine/fonts/card.ttf").write_bytes(b"no font")

    for theme, said in (("mine", "it is no font"), ("{name: mine, trusted: false}", "the theme has no")):
        settings = f"{SETTINGS}theme: {theme}\nfonts: {{card: theme}}\n"
        (root / "site.yaml").write_text(settings, "utf-8")
        with pytest.raises(ContentError) as caught:
            build(root, Options(jobs=1))
        assert all(problem.code == "TG712" for problem in caught.value.problems)
        assert said in caught.value.problems[0].message
