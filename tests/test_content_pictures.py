"""Pictures of articles, of people and places, of the site, and several of one event."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.pipeline import build
from timeline_gen.building.render.single_file import write_single
from timeline_gen.building.store.memory import Memory
from timeline_gen.errors import ContentError, Problem

PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
OTHER: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000020000000208020000"
    "00fdd49a730000000e4944415478da63f80f060c100a0053ba0bf585c46e110000000049454e44ae426082"
)
MEETING: Final = article(
    "The meeting",
    "{id: meeting, date: 2019-05, title: They meet, media: [{src: hall.png, alt: A hall},"
    " {src: door.png, alt: A door, caption: 'Shut, see [it](event:parting)'}]}",
    "{id: parting, date: 2020, title: They part}",
    "{id: silence, date: 2021, title: Silence}",
    more="people: [mona]\nplaces: [pier]\nimage: {src: square.png, alt: A square, caption: 'By *night*'}\n",
)
ENTITIES: Final = """\
mona:
  kind: person
  name: {en: Mona Ali, ar: منى علي}
  image: {src: people/mona.png, alt: {en: Mona at sea, ar: منى في البحر}, credit: Sami}
hidden: {kind: person, name: {en: Hidden One}, image: {src: people/hidden.png, alt: no one}}
pier: {kind: place, name: {en: The pier}, image: people/pier.png}
"""
NAMES: Final = ("square", "hall", "door", "people/mona", "people/hidden", "people/pier", "harbour", "draft")
COVER: Final = (
    f"{SETTINGS}embeds: [timeline, events]\ncover: {{src: harbour.png, alt: {{en: A harbour, ar: ميناء}}}}\n"
)


def site(root: Path, more: Mapping[str, str] | None = None, *, settings: str = COVER) -> Path:
    """Write a site with pictures of every kind, and *more* files, in *root*."""
    files = {"content/articles/meeting.en.md": MEETING, "content/entities.yaml": ENTITIES}
    write_site(root, {**files, **(more or {})}, settings=settings)
    for name in NAMES:
        folder = "content" if "/" in name or name == "harbour" else "content/articles"
        path = root / folder / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PNG)
    return root


def built(root: Path, output: Path, memory: Memory | None = None) -> Report:
    """Build the site in *root* into *output*."""
    options = Options(output=str(output), jobs=1)
    return build(root, options, memory=memory) if memory else build(root, options)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site."""
    root = site(tmp_path_factory.mktemp("site"))
    built(root, root / "out")
    return root / "out"


def page(output: Path, address: str) -> str:
    """Return the page at *address*."""
    return (output / address / "index.html").read_text(encoding="utf-8")


def things(html: str) -> list[dict[str, Any]]:
    """Return what a page says of its things as JSON-LD."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [thing for one in found for thing in json.loads(one).get("@graph", [json.loads(one)])]


def og_image(html: str) -> str:
    """Return the name of the picture that others show with a link to the page, without its hash."""
    match = re.search(r'property="og:image" content="[^"]*/media/(\w+)\.', html)
    return match[1] if match else ""


def problems_of(root: Path, output: Path) -> tuple[Problem, ...]:
    """Return the problems of a build."""
    try:
        return built(root, output).problems
    except ContentError as error:
        return tuple(error.problems)


def test_where_they_are_shown(tmp_path: Path) -> None:
    """An article's picture is on its page and in the list; those of entities and site on theirs."""
    out = tmp_path / "out"
    report = built(site(tmp_path), out)

    assert [one.code for one in report.problems if one.code != "TG313"] == [
        "TG404"
    ]  # the pier is not described
    whole = page(out, "en/articles/meeting")
    assert 'alt="A square"' in whole
    assert "By <em>night</em>" in whole
    assert og_image(whole) == "square"
    assert 'class="thumb"' in page(out, "en/articles")
    assert 'class="thumb"' in page(out, "ar/articles")
    assert 'alt="Mona at sea"' in page(out, "en/people/mona")
    assert 'alt="منى في البحر"' in page(out, "ar/people/mona")
    assert "Sami" in page(out, "ar/people/mona")
    assert 'class="portrait"' in page(out, "en/places/pier")
    assert 'alt="ميناء"' in page(out, "ar")
    assert [og_image(page(out, name)) for name in ("en/people/mona", "en", "en/events/meeting")] == [
        "mona",
        "harbour",
        "hall",
    ]


def test_several_of_an_event(out: Path) -> None:
    """An event's page shows all of its pictures, lists the first; links in captions lead on."""
    whole = page(out, "en/events/meeting")
    assert whole.index('alt="A hall"') < whole.index('alt="A door"')
    assert re.search(r'<a [^>]*href="\.\./\.\./\.\./en/events/parting/"[^>]*>it</a>', whole)
    assert 'alt="A door"' not in page(out, "en")


def test_strip_takes_the_articles_picture(out: Path) -> None:
    """In the strip of a timeline, an event without a picture has that of its article."""
    strip = page(out, "en").partition('class="highlights"')[2].partition("</section>")[0]
    assert strip.count("/square.") == 2
    assert strip.count("/hall.") == 1


def test_for_machines(out: Path) -> None:
    """Feeds, JSON-LD and frames have the pictures, too."""
    assert re.search(
        r'<link rel="enclosure" type="image/png" href="https://records.org/media/square',
        (out / "en/feed.xml").read_text(),
    )
    assert "/media/hall." in (out / "en/events.xml").read_text()
    (told,) = [one for one in things(page(out, "en/articles/meeting")) if one["@type"] == "NewsArticle"]
    assert [re.sub(r"\..*", "", one.rpartition("/")[2]) for one in told["image"]] == [
        "square",
        "hall",
        "door",
    ]
    (about,) = [
        one["about"] for one in things(page(out, "en/people/mona")) if one["@type"] == "CollectionPage"
    ]
    assert "/media/mona." in about["image"]
    assert "/media/harbour." in json.dumps(things(page(out, "en")))
    frame = (out / "en/embed/events/parting.html").read_text(encoding="utf-8")
    assert 'alt="Mona at sea"' in frame
    assert "/pier." not in frame


def test_a_link_to_a_picture(tmp_path: Path) -> None:
    """A link to a picture next to the text opens it, be its text a picture or words."""
    text = article("Links", body="[![A hall](hall.png)](hall.png) and [the door](door.png).")
    report = built(site(tmp_path, {"content/articles/links.en.md": text}), tmp_path / "out")

    found = re.findall(
        r'<a href="\.\./\.\./\.\./media/(\w+)\.\w+\.png"', page(tmp_path / "out", "en/articles/links")
    )
    assert found == ["hall", "door"]
    assert not [one for one in report.problems if one.code == "TG811"]


def test_in_a_single_file(tmp_path: Path) -> None:
    """A timeline as one file carries cover and pictures in itself."""
    site(tmp_path)
    target = tmp_path / "one.html"
    write_single(tmp_path, Options(output=str(tmp_path / "out"), jobs=1), "timeline", "en", target)

    html = target.read_text(encoding="utf-8")
    assert re.search(r'src="data:image/png;base64,[^"]+"[^>]* alt="A harbour"', html)
    assert "/media/" not in re.sub(r'content="[^"]*"|<script.*?</script>', "", html, flags=re.DOTALL)


def test_nothing_of_drafts(tmp_path: Path) -> None:
    """A draft's picture is not published, nor that of a person whom only a draft, or nothing, names."""
    draft = article(
        "A draft",
        "{id: secret, date: 2022, title: A secret}",
        more="draft: true\npeople: [hidden]\nimage: draft.png\n",
    )
    out = tmp_path / "out"
    built(site(tmp_path, {"content/articles/plan.en.md": draft}), out)

    names = {path.name.partition(".")[0] for path in (out / "media").iterdir()}
    assert names == {"square", "hall", "door", "mona", "pier", "harbour"}


@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        (
            "content/people/mona.png",
            {"en/people/mona", "ar/people/mona", "en/embed/events/*", "ar/embed/events/*"},
        ),
        ("content/harbour.png", {"en", "ar"}),
        ("content/people/hidden.png", set()),
        (
            "content/articles/square.png",
            {"en/articles/meeting", "en/articles", "ar/articles", "en", "ar", "en/feed.xml"},
        ),
        ("content/articles/door.png", {"en/articles/meeting", "en/events/meeting", "ar/events/meeting"}),
    ],
)
@pytest.mark.parametrize("running", [False, True])
def test_what_a_changed_picture_renders(
    tmp_path: Path, picture: str, shown: set[str], *, running: bool
) -> None:
    """A changed picture is drawn anew where it is shown and nowhere else, and the site equals a clean one."""
    root, out = site(tmp_path / "site"), tmp_path / "out"
    memory = Memory() if running else None
    built(root, out, memory)
    before = files(out)
    (root / picture).write_bytes(OTHER)
    report = built(root, out, memory)
    changed = {
        path for path, data in files(out).items() if before.get(path) != data and path.suffix != ".json"
    }
    built(root, tmp_path / "clean")

    assert files(out) == files(tmp_path / "clean")
    named = {
        re.sub(r"embed/events/[^/]+", "embed/events/*", re.sub(r"/index\.html$", "", str(path)))
        for path in changed
    }
    assert {name for name in named if not name.startswith("media")} - {"en/embed", "ar/embed"} == shown
    assert report.rendered <= len(changed) + 12


def files(output: Path) -> dict[Path, bytes]:
    """Return every file of a built site but what the program keeps there."""
    found = (path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output): path.read_bytes() for path in found if not path.name.startswith(".")}


@pytest.mark.parametrize(
    ("settings", "more", "code", "line"),
    [
        (f"{SETTINGS}cover: {{src: harbor.png, alt: x}}\n", {}, "TG403", "did you mean 'harbour.png'?"),
        (f"{SETTINGS}cover: port.heic\n", {}, "TG433", "JPEG"),
        (
            COVER,
            {"content/entities.yaml": "mona: {kind: person, name: Mona, image: people/mina.png}\n"},
            "TG403",
            "content/people",
        ),
        (
            COVER,
            {"content/entities.yaml": "mona: {kind: person, name: Mona, image: people/a.HEIC}\n"},
            "TG433",
            "JPEG",
        ),
        (
            COVER,
            {"content/articles/a.en.md": article("A", more="image: {src: a.heic, alt: x}\n")},
            "TG433",
            "JPEG",
        ),
        (
            COVER,
            {"content/articles/a.en.md": article("A", more="image: 'https://x.org/a.png'\n")},
            "TG408",
            "put the file",
        ),
        (COVER, {"content/articles/a.en.md": article("A", more="cover: square.png\n")}, "TG302", "image"),
        (COVER, {"content/articles/a.en.md": article("A", more="image: square.png\n")}, "TG404", "'alt:'"),
        (
            COVER,
            {"content/articles/a.en.md": article("A", "{id: e, date: 2020, title: E, media: []}")},
            "TG305",
            "media",
        ),
    ],
)
def test_mistakes(tmp_path: Path, settings: str, more: Mapping[str, str], code: str, line: str) -> None:
    """What is wrong with a picture is said at its place, with what to write instead."""
    problems = problems_of(site(tmp_path, more, settings=settings), tmp_path / "out")

    (found,) = [
        one
        for one in problems
        if one.code == code and line in f"{one.hint} {one.message}" and one.place.line != 6
    ]
    assert found.place.line >= 1


def test_versions_share_it(tmp_path: Path) -> None:
    """A version in another language shows the article's picture, with its own words where it has any."""
    out = tmp_path / "out"
    arabic = "---\ntitle: اللقاء\nimage: {src: square.png, alt: ساحة}\n---\nنص.\n"
    bare = "---\ntitle: Das Treffen\n---\nText.\n"
    settings = COVER.replace("[ar, en]", "[ar, en, de]")
    more = {"content/articles/meeting.ar.md": arabic, "content/articles/meeting.de.md": bare}
    built(site(tmp_path, more, settings=settings), out)

    assert 'alt="ساحة"' in page(out, "ar/articles/meeting")
    assert 'lang="ar"' in page(out, "de/articles/meeting").partition('alt="ساحة"')[2].partition(">")[0]


def test_drawn_cards_come_first(tmp_path: Path) -> None:
    """Where a font asks for drawn cards, these are shown with links in place of pictures."""
    root = site(tmp_path)
    font = next((Path(__file__).parent / "data" / "fonts").glob("*.?tf"))
    (root / font.name).write_bytes(font.read_bytes())
    with (root / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"fonts: {{card: {{en: {font.name}, ar: {font.name}}}}}\n")
    try:
        built(root, tmp_path / "out")
    except ContentError as error:
        pytest.skip(f"the font lacks letters: {error.problems[0].message}")
    assert 'property="og:image" content="https://records.org/en/card.png"' in page(tmp_path / "out", "en")
