"""Sound, film, papers and files to download: what is published of them, and what is said where that fails."""

from __future__ import annotations

import random
import re
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

import pytest
from file_kit import CAPTIONS, FILMS, PNG, SOUNDS, lay, package, pdf, sample
from playwright.sync_api import Browser, Route
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.render.single_file import write_single
from timeline_gen.building.store.memory import Memory
from timeline_gen.errors import ContentError, Level, Problem
from timeline_gen.model.assets import Asset
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.pages.parts.addresses import file_name
from timeline_gen.pages.parts.players import SHOWN_HOSTS
from timeline_gen.publishing.leaks import Maker, leaks, name_leaks
from timeline_gen.reading.assets.captions import caption_faults
from timeline_gen.reading.assets.examining import examine_asset
from timeline_gen.reading.assets.kinds import ACTIVE, DOCUMENTS
from timeline_gen.reading.assets.kinds import FILMS as FILM_KINDS
from timeline_gen.reading.assets.kinds import SOUNDS as SOUND_KINDS
from timeline_gen.reading.publish_targets import too_large_files
from timeline_gen.text.languages import language
from timeline_gen.text.sizes import size_text

SITE: Final = Path(__file__).parent / "sites" / "files"
DOCS: Final = Path(__file__).parents[1] / "docs"
PLACE: Final = "content/articles/a.en.md"


def event(media: str = "", more: str = "") -> str:
    """Return an event that shows *media* and says *more*, as front matter lists it."""
    shown = f", media: {media}" if media else ""
    return f"{{id: e, date: 2019, title: E{shown}{more}}}"


def site(root: Path, text: str, files: dict[str, bytes], *, settings: str = SETTINGS) -> Path:
    """Write a site of the article *text*, with *files* next to it, in *root*."""
    write_site(root, {PLACE: text}, settings=settings)
    lay(root, {f"content/articles/{name}": data for name, data in files.items()})
    return root


def problems(root: Path) -> tuple[Problem, ...]:
    """Return what is wrong with the site in *root*."""
    try:
        return build(root, Options(jobs=1)).problems
    except ContentError as error:
        return error.problems


def said(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Return the place and the code of each of the problems *found*."""
    return [(str(problem.place), problem.code) for problem in found]


# ---------------------------------------------------------------- what readers get


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site that has a file of each kind."""
    root = tmp_path_factory.mktemp("files") / "site"
    shutil.copytree(SITE, root, ignore=shutil.ignore_patterns("expected*"))
    build(root, Options(jobs=1))
    return root / "output"


def test_each_kind_plays(built: Path, browser: Browser) -> None:
    """Each sound and each film plays in the browser to its end; no host is asked for anything."""
    asked: list[str] = []
    played: dict[str, float] = {}
    page = browser.new_context().new_page()
    page.on("request", lambda request: asked.append(request.url))
    for file in (*sorted(built.glob("en/events/*/index.html")), built / "en/articles/hearing/index.html"):
        page.goto(file.as_uri())
        for source, length in page.evaluate(PLAYED):
            played[source.rpartition("/")[2]] = length
    kinds = {name.rpartition(".")[2] for name, length in played.items() if 0.5 < length < 1.5}

    assert kinds == {"mp4", "webm", "mp3", "m4a", "ogg", "opus", "wav"}
    assert all(url.startswith(("file:", "data:")) for url in asked)


PLAYED: Final = """async () => Promise.all([...document.querySelectorAll("video, audio")].map(async (one) => {
  one.muted = true;
  one.playbackRate = 8;
  const ended = new Promise((done) => { one.onended = done; one.onerror = done; });
  await one.play();
  await ended;
  return [one.currentSrc, one.error ? -1 : one.duration];
}))"""


def test_captions_show(built: Path, browser: Browser) -> None:
    """From a server that allows nothing else, captions are shown, and a phone shows all in its width."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)

    def answer(route: Route) -> None:
        path = built / file_name(route.request.url.removeprefix("https://site.test/"))
        route.fulfill(path=path, headers={"Content-Security-Policy": "default-src 'self'"})

    page.route("**/*", answer)
    page.goto("https://site.test/ar/events/hearing/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_function(
        "[...document.querySelector('video').textTracks].some(one => one.cues && one.cues.length)"
    )
    shown = page.evaluate(
        "[...document.querySelector('video').textTracks].map(one => [one.language, one.mode])"
    )

    assert shown == [["ar", "showing"], ["en", "disabled"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert wrong == []


def test_captions_and_posters(built: Path) -> None:
    """A film has its poster and its captions in all languages, those of the page's shown at first."""
    page = (built / "ar/events/hearing/index.html").read_text("utf-8")

    assert re.search(r'<video [^>]*poster="\.\./\.\./\.\./media/hearing\.[0-9a-f]{12}\.png"', page)
    assert re.search(r'<track kind="captions" src="[^"]*" srclang="ar" label="العربية" default>', page)
    assert re.search(r'srclang="en" label="English">', page)
    assert "قال إن الجسر سليم" in page
    assert re.search(r'property="og:image" content="https://records\.org/media/hearing\.\w+\.png"', page)


def test_held_back(built: Path) -> None:
    """Files of drafts, and of events under embargo, are not published; nor are those that no text names."""
    names = sorted(path.name.partition(".")[0] for path in (built / "media").iterdir())

    assert "minutes" in names
    assert not {"secret", "draft"} & {*names}
    assert "secret" not in (built / "en/articles/hearing/index.html").read_text("utf-8")


def test_links_in_every_text(built: Path) -> None:
    """A link to a file works in bodies, summaries, transcripts, and texts of pages, entities and eras."""
    body = (built / "en/articles/hearing/index.html").read_text("utf-8")

    assert body.count("/media/minutes.") >= 3
    assert "media/plan." in (built / "en/places/pier/index.html").read_text("utf-8")
    assert "media/plan." in (built / "en/about/index.html").read_text("utf-8")
    assert "media/plan." in (built / "en/events/hearing/index.html").read_text("utf-8")
    assert "media/contract." in (built / "en/index.html").read_text("utf-8")
    assert "media/timetable." in (built / "en/events/ferry/index.html").read_text("utf-8")
    assert re.search(r'<a href="[^"]*media/hearing\.\w+\.png"><img src="[^"]*media/hearing\.\w+\.png"', body)


def test_versions_share(tmp_path: Path) -> None:
    """A version with words of its own has poster, captions and transcript of the others, marked."""
    english = "{src: a.mp4, alt: Film, poster: p.png, captions: c.vtt, transcript: Said *here*}"
    files = {"a.mp4": sample("film.mp4"), "c.vtt": CAPTIONS, "p.png": PNG}
    root = site(tmp_path, article("A", event(english)), files)
    arabic = "---\ntitle: ألف\nevents:\n  - {id: e, title: حدث, media: {src: a.mp4, alt: فيلم}}\n---\nنص\n"
    write_site(root, {"content/articles/a.ar.md": arabic})
    problems(root)
    page = (root / "output/ar/events/e/index.html").read_text("utf-8")

    assert 'aria-label="فيلم"' in page
    assert '<track kind="captions"' in page
    assert "poster=" in page
    assert '<div class="prose" lang="en" dir="ltr"><p>Said <em>here</em></p></div>' in page


def test_pages_of_a_paper(tmp_path: Path) -> None:
    """A link may lead to a page of a PDF."""
    root = site(tmp_path, article("A", event(), body="[page 3](a.pdf#page=3)"), {"a.pdf": pdf()})

    assert problems(root) == ()
    page = (root / "output/en/articles/a/index.html").read_text("utf-8")
    assert re.search(r'href="[^"]*media/a\.\w{12}\.pdf#page=3" type="application/pdf">page 3</a> <span', page)


def test_rows_of_tables(built: Path) -> None:
    """A row of a table gives media and files as front matter does."""
    pages = [path.read_text("utf-8") for path in built.glob("en/events/trips-*/index.html")]
    horn = next(page for page in pages if "<h1>A first trip" in page)
    film = next(page for page in pages if "<h1>A third trip" in page)

    assert "<audio" in horn
    assert "A horn." in horn
    assert horn.count('class="file-card"') == 2
    assert "poster=" in film
    assert "<track" in film


def test_feeds_name_files(built: Path) -> None:
    """Feeds name the files of an entry, with type, length and title."""
    feed = (built / "en/feed.xml").read_text("utf-8")
    length = (SITE / "content/articles/minutes.pdf").stat().st_size

    assert re.search(
        rf'<link rel="enclosure" type="application/pdf" length="{length}" title="Minutes of the hearing"'
        r' href="https://records\.org/media/minutes\.\w+\.pdf"/>',
        feed,
    )


def test_single_file(built: Path, tmp_path: Path) -> None:
    """A single file holds no films, sounds and papers: links lead to where the site is."""
    target = tmp_path / "one.html"
    write_single(built.parent, Options(jobs=1), "timeline", "en", target)
    page = target.read_text("utf-8")

    assert not re.search(r"<(video|audio|track)\b", page)
    assert re.search(r'href="https://records\.org/media/hearing\.\w+\.mp4"', page)
    assert not re.search(r'<a [^>]*href="data:', page)


@pytest.mark.parametrize(
    ("size", "english", "arabic"),
    [
        (1, "1 kB", "١ كيلوبايت"),
        (1500, "2 kB", "٢ كيلوبايت"),
        (1_250_000, "1.2 MB", "١٫٢ م.ب"),
        (64_000_000, "64 MB", "٦٤ م.ب"),
    ],
)
def test_sizes_in_words(size: int, english: str, arabic: str) -> None:
    """The size of a file is worded as the language does, in its digits."""
    assert size_text(size, language("en")).replace("\xa0", " ") == english
    assert size_text(size, language("ar", digits="arab")).replace("\xa0", " ") == arabic


def test_sizes_in_digits_of_another_script() -> None:
    """A language has the digits that a site gives it, also where they are not its own."""
    assert size_text(1_200_000, language("en", digits="arab")).replace("\xa0", " ") == "١٫٢ MB"


# ---------------------------------------------------------------- what is not right


def truncated(name: str) -> bytes:
    """Return the first two thirds of the sample *name*."""
    data = sample(name)
    return data[: len(data) * 2 // 3]


@pytest.mark.parametrize("name", [*SOUNDS, *FILMS])
def test_whole_and_cut_off(name: str) -> None:
    """Each sound and film is known to be whole; one that is cut off is a problem."""
    path = PurePosixPath("content", name)
    whole, nothing = examine_asset(path, sample(name))
    cut, found = examine_asset(path, truncated(name))

    assert whole is not None
    assert whole[:2] == ((64, 36) if name in FILMS else (0, 0))
    assert nothing == ()
    assert cut is None
    assert said(found) == [(f"{path}:1:1", "TG435")]
    assert "cut off" in found[0].message


@pytest.mark.parametrize(
    ("name", "data", "clause"),
    [
        ("a.pdf", b"<!DOCTYPE html><title>404</title>", "it is an HTML page"),
        ("a.pdf", pdf()[:300], "cut off"),
        ("a.pdf", b"", "it is empty"),
        ("a.pdf", sample("film.mp4"), "does not begin as a PDF"),
        ("a.docx", package("odt"), "it is no DOCX"),
        ("a.docx", package("docx")[:200], "cut off"),
        ("a.odt", package("docx"), "it is no ODT"),
        ("a.zip", b"Rar!", "does not begin"),
        ("a.mp4", sample("film.webm"), "does not begin as an MP4"),
        ("a.mp4", sample("sound.m4a"), "shows no pictures"),
        ("a.webm", sample("film.mp4"), "does not begin as a WebM|cut off"),
        ("a.webm", sample("film.webm").replace(b"webm", b"matr", 1), "Matroska"),
        ("a.mp3", sample("sound.ogg"), "no sound in MP3"),
        ("a.opus", sample("sound.ogg"), "in Opus, but in Vorbis"),
        ("a.wav", sample("sound.mp3"), "does not begin as a WAV"),
        ("a.txt", "é".encode("latin-1"), "not UTF-8"),
        ("a.csv", b"a\0b", "not UTF-8"),
        ("a.rtf", b"{\\rtf1 open", "cut off"),
        ("a.gpx", b'<gpx xmlns:h="http://www.w3.org/1999/xhtml"/>', "would run"),
        ("a.gpx", b'<!DOCTYPE gpx [<!ENTITY x "y">]><gpx/>', "would run"),
        ("a.gpx", b'<gpx xmlns="&#104;ttp://www.w3.org/"/>', "would run"),
        ("a.kml", b"\n<html><script>1</script></html>", "HTML page"),
    ],
)
def test_not_what_its_name_says(name: str, data: bytes, clause: str) -> None:
    """A file is what its first and last bytes say; where its name says otherwise, it is not published."""
    examined, found = examine_asset(PurePosixPath("content", name), data)

    assert examined is None
    assert [problem.code for problem in found] == ["TG435"]
    assert re.search(clause, found[0].message)


def test_files_that_a_host_does_not_take() -> None:
    """A film that the host of a target does not take is told of at the film, for that target only."""
    large, small = (
        Asset(PurePosixPath("content", name), PurePosixPath("media", name), "film", size << 20)
        for name, size in (("large.mp4", 40), ("small.mp4", 20))
    )
    cloudflare, github = (PublishTarget("a", "git", host=host) for host in ("cloudflare", "github"))

    assert said((*too_large_files(cloudflare, (large, small)),)) == [("content/large.mp4:1:1", "TG856")]
    assert [*too_large_files(github, (large, small))] == []


def test_codecs_that_few_browsers_play() -> None:
    """A film that not all browsers play is published with a warning."""
    data = sample("film.mp4").replace(b"avc1", b"hvc1")
    examined, found = examine_asset(PurePosixPath("content/a.mp4"), data)

    assert examined is not None
    assert [(one.code, one.level) for one in found] == [("TG440", Level.WARNING)]
    assert "HEVC" in found[0].message


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "zip"])
def test_documents_are_known(suffix: str) -> None:
    """A document of each kind is published as it is."""
    data = package(suffix)
    examined, found = examine_asset(PurePosixPath(f"content/a.{suffix}"), data)

    assert examined is not None
    assert examined.data == data
    assert found == ()


DAMAGED: Final = ("a.docx", "a.odt", "a.pdf", "sound.mp3", "sound.ogg", "film.mp4", "film.webm")


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files(name: str) -> None:
    """Whatever is damaged in a file, it is read to its end or refused with a reason."""
    written = {"a.docx": package("docx", author="A"), "a.odt": package("odt"), "a.pdf": pdf(packed=True)}
    data = written.get(name) or sample(name)
    luck = random.Random(name)  # noqa: S311 - no secret
    for _ in range(200):
        damaged = bytearray(data)
        for _ in range(luck.choice((1, 3, 20))):
            damaged[luck.randrange(len(damaged))] = luck.randrange(256)
        del damaged[luck.randrange(len(damaged)) :: luck.randrange(50, 5000)]
        examined, found = examine_asset(PurePosixPath("content", name), bytes(damaged))

        assert examined or found


def test_bomb_is_not_unpacked() -> None:
    """A package that unpacks to more than memory holds is read as far as its properties need."""
    data = package(
        "docx", more={"docProps/app.xml": b" " * 50_000_000, "word/media/a.jpg": b"\0" * 50_000_000}
    )

    assert examine_asset(PurePosixPath("content/a.docx"), data)[0] is not None


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (CAPTIONS, []),
        (b"\xef\xbb\xbfWEBVTT - Title\r\n\r\nNOTE a\r\n\r\n00:01.000 --> 00:02.000\r\nA\r\n", []),
        (b"WEBVTT\nKind: captions\n\nSTYLE\n::cue {}\n\n01:00:01.000 --> 01:00:02.000\nA", []),
        (b"1\n00:00:01,000 --> 00:00:02,000\nA\n", [(1, 1), (2, 1)]),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\nA\n", [(3, 15)]),
        (b"WEBVTT\n\n00:02.000 --> 00:03.000\nA\n\n00:01.000 --> 00:04.000\nB\n", [(6, 1)]),
        (b"WEBVTT\n\nWords\n", [(3, 1)]),
        (b"WEBVTT\n\n 1:00 --> 2:00\nA\n", [(3, 2)]),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xff\n", [(4, 1)]),
        (b"{}", [(1, 1)]),
        (b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\nA\n\n" * 80_000, [(1, 1)]),
    ],
)
def test_captions(data: bytes, faults: list[tuple[int, int]]) -> None:
    """What is wrong with captions is told at its line and column."""
    assert [(fault.line, fault.column) for fault in caption_faults(data)] == faults


CASES: Final = [
    (
        "{src: a.mp4, transcript: x}",
        {"a.mp4": truncated("film.mp4")},
        [("content/articles/a.mp4:1:1", "TG435")],
    ),
    ("{src: a.pdf}", {"a.pdf": b"<html></html>"}, [("content/articles/a.pdf:1:1", "TG435")]),
    ("{src: a.mov}", {"a.mov": b"x"}, [(f"{PLACE}:5:48", "TG433")]),
    ("{src: a.blend}", {"a.blend": b"x"}, [(f"{PLACE}:5:48", "TG436")]),
    (
        "{src: a.mp4, transcript: x, poster: p.png}",
        {"a.mp4": sample("film.mp4")},
        [(f"{PLACE}:5:78", "TG403")],
    ),
    (
        "{src: a.mp4, captions: c.vtt}",
        {"a.mp4": sample("film.mp4"), "c.vtt": b"WEBVTT\n\nlost\n"},
        [("content/articles/c.vtt:3:1", "TG437")],
    ),
    (
        "{src: a.mp4, captions: c.srt}",
        {"a.mp4": sample("film.mp4"), "c.srt": b"1\n"},
        [(f"{PLACE}:5:65", "TG437")],
    ),
    (
        "{src: a.mp4, captions: {xx: c.vtt}}",
        {"a.mp4": sample("film.mp4"), "c.vtt": CAPTIONS},
        [(f"{PLACE}:5:70", "TG309")],
    ),
    ("{src: a.mp3}", {"a.mp3": sample("sound.mp3")}, [(f"{PLACE}:5:48", "TG438")]),
    (
        "{src: p.png, alt: P, captions: c.vtt}",
        {"p.png": PNG, "c.vtt": CAPTIONS},
        [(f"{PLACE}:5:73", "TG311")],
    ),
    (
        "{src: a.mp3, transcript: x, captions: c.vtt}",
        {"a.mp3": sample("sound.mp3"), "c.vtt": CAPTIONS},
        [(f"{PLACE}:5:80", "TG311")],
    ),
    ("{src: a.mp3, transcript: said.txt}", {"a.mp3": sample("sound.mp3")}, [(f"{PLACE}:5:67", "TG403")]),
    ("{src: 'https://example.org/a.jpg', alt: A}", {}, [(f"{PLACE}:5:48", "TG408")]),
    ("{src: a.pdf}", {}, [(f"{PLACE}:5:48", "TG403")]),
]


@pytest.mark.parametrize(("media", "files", "expected"), CASES, ids=[media for media, _, _ in CASES])
def test_media_that_are_not_right(
    tmp_path: Path, media: str, files: dict[str, bytes], expected: list[tuple[str, str]]
) -> None:
    """Each fault of media is one problem, at its own place."""
    assert said(problems(site(tmp_path, article("A", event(media)), files))) == expected


def test_far_picture_as_in_a_body(tmp_path: Path) -> None:
    """A picture on another host is refused under media as it is in a body."""
    text = article("A", event("'https://example.org/a.jpg'"), body="![x](https://example.org/a.jpg)")
    found = problems(site(tmp_path, text, {}))

    assert [(one.code, one.level) for one in found] == [("TG408", Level.ERROR)] * 2
    assert len({one.message for one in found}) == 1


def test_kinds_of_a_site(tmp_path: Path) -> None:
    """A kind that the settings add is offered; kinds that browsers run are refused there."""
    text = article("A", event(), body="[the way](a.gpx)")
    files = {"a.gpx": b"<gpx/>"}
    root = site(tmp_path, text, files)

    assert said(problems(root)) == [(f"{PLACE}:7:11", "TG436")]

    (root / "site.yaml").write_text(f"{SETTINGS}file_kinds: [gpx]\n", "utf-8")

    assert problems(root) == ()
    assert [*(root / "output/media").glob("a.*.gpx")]

    (root / "site.yaml").write_text(f"{SETTINGS}file_kinds: [html, .SVGZ, 'a b']\n", "utf-8")

    assert [one.code for one in problems(root)].count("TG304") == 3


def test_broken_files_that_texts_name(tmp_path: Path) -> None:
    """A broken file is one problem, however often it is linked; one that is only spoken of is none."""
    linked = article("A", event(), body="[x](a.pdf), [y](a.pdf) and ![z](a.mp3).", more="files: a.pdf\n")
    files = {"a.pdf": b"no PDF", "a.mp3": b"no sound"}
    broken = [("content/articles/a.mp3:1:1", "TG435"), ("content/articles/a.pdf:1:1", "TG435")]

    assert said(problems(site(tmp_path / "linked", linked, files))) == broken

    spoken = article("A", event(), body="They have burnt a.pdf and a.mp3.")

    assert problems(site(tmp_path / "spoken", spoken, files)) == ()


@pytest.mark.parametrize("suffix", sorted(ACTIVE))
def test_active_kinds(tmp_path: Path, suffix: str) -> None:
    """What a browser would run as a part of the site is never copied from the content."""
    root = site(tmp_path, article("A", event(), body=f"[x](a{suffix})"), {f"a{suffix}": b"<x/>"})

    assert any(one.code in {"TG433", "TG436"} and one.level is Level.ERROR for one in problems(root))


# ---------------------------------------------------------------- what they tell of who made them

JPEG_WITH_GPS: Final = (
    b"\xff\xd8\xff\xe1"
    + struct.pack(">H", 34)
    + b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0"
    + b"\xff\xd9"
)


def with_location(data: bytes) -> bytes:
    """Return the film *data* with a place where it was taken."""
    box = b"\xa9xyz\0\x12\x15\xc7+25.2+051.5/"
    user = struct.pack(">I4s", 8 + len(box) + 4, b"udta") + struct.pack(">I", len(box) + 4) + box
    at = data.index(b"moov") - 4
    size = struct.unpack_from(">I", data, at)[0]
    return (
        data[:at] + struct.pack(">I", size + len(user)) + data[at + 4 : at + size] + user + data[at + size :]
    )


LEAKS: Final = [
    ("a.pdf", pdf(author="Mona Ali"), "author"),
    ("a.pdf", pdf(author="Mona Ali", packed=True), "author"),
    (
        "a.pdf",
        pdf().replace(b"%%EOF", b"<dc:creator><rdf:Seq><rdf:li>Mona</rdf:li></rdf:Seq></dc:creator>\n%%EOF"),
        "author",
    ),
    ("a.docx", package("docx", author="Mona Ali"), "author"),
    ("a.odt", package("odt", author="Mona Ali"), "author"),
    ("a.docx", package("docx", more={"word/media/a.jpg": JPEG_WITH_GPS}), "GPS position"),
    ("a.rtf", b"{\\rtf1{\\info{\\author Mona}}}", "author"),
    ("a.mp4", with_location(sample("film.mp4")), "GPS position"),
]


@pytest.mark.parametrize(("name", "data", "told"), LEAKS)
def test_what_leaks(name: str, data: bytes, told: str) -> None:
    """What a file tells of its makers is a warning of the check, and a refusal where it is published."""
    examined, found = examine_asset(PurePosixPath("content", name), data)
    refused = [*leaks(f"media/{name}", data, Maker())]

    assert examined is not None
    assert [(one.code, one.level) for one in found] == [("TG838", Level.WARNING)]
    assert [(one.code, one.level) for one in refused] == [("TG838", Level.ERROR)]
    assert told in found[0].message


def test_documents_may_be_published() -> None:
    """A document that content offers is none that a program left behind, as it is elsewhere."""
    assert [*name_leaks("media/a.0123456789ab.docx")] == []
    assert [one.code for one in name_leaks("a.docx")] == ["TG832"]


# ---------------------------------------------------------------- builds that follow one another


def tree(root: Path) -> dict[str, bytes]:
    """Return all files in *root*, by path."""
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def changes(root: Path) -> Iterator[str]:
    """Change the files of the site in *root* in many ways; yield what was done."""
    folder = root / "content/articles"
    yield "nothing"
    (folder / "a.pdf").write_bytes(pdf() + b"%changed\n%%EOF\n")
    yield "a document"
    (folder / "c.vtt").write_bytes(CAPTIONS.replace(b"Silence", b"Noise"))
    yield "captions"
    (folder / "a.en.md").write_text(TEXT.replace("It is", "It was"), "utf-8")
    yield "words"
    (folder / "a.en.md").write_text(TEXT.replace("[said](said.txt)", "said"), "utf-8")
    yield "a link"
    (folder / "unnamed.pdf").write_bytes(b"not named, and no PDF")
    yield "a file that no text names"
    (root / "content/pages").mkdir()
    (root / "content/pages/p.en.md").write_text("---\ntitle: P\n---\n[m](../articles/more.zip)\n", "utf-8")
    (folder / "more.zip").write_bytes(package("zip"))
    yield "a page that names a file"
    (folder / "more.zip").unlink()
    (root / "content/pages/p.en.md").unlink()
    yield "a file deleted"
    (folder / "a.en.md").write_text(TEXT.replace("files: a.pdf", "draft: true\nfiles: a.pdf"), "utf-8")
    yield "a draft"


TEXT: Final = article(
    "A",
    event("{src: a.mp4, captions: c.vtt, poster: p.png}", ", files: [said.txt]"),
    more="files: a.pdf\nsummary: See [it](a.pdf).\n",
    body="It is [said](said.txt).",
)


def test_a_change_changes_what_shows_it(tmp_path: Path) -> None:
    """After each change of a file, a build that knows the last one equals a clean build, byte for byte."""
    files = {
        "a.mp4": sample("film.mp4"),
        "c.vtt": CAPTIONS,
        "p.png": PNG,
        "a.pdf": pdf(),
        "said.txt": b"Said.\n",
    }
    root = site(tmp_path / "site", TEXT, files)
    other = article("B", "{id: b, date: 2020, title: B}")
    write_site(root, {"content/articles/b.en.md": other})
    memory = Memory()
    for done in changes(root):
        warm = build(root, Options(jobs=1))
        kept = tree(root / "output")
        build(root, Options(jobs=1, output=str(tmp_path / "remembered")), memory=memory)
        clean = tmp_path / "clean" / done
        write_site(clean, {})
        lay(clean, {name: data for name, data in tree(root).items() if name.startswith("content/")})
        build(clean, Options(jobs=1))

        assert kept == tree(clean / "output"), done
        assert tree(tmp_path / "remembered") == kept, done
        if done in {"a document", "captions"}:
            assert warm.written < 10, done


# ---------------------------------------------------------------- the reference


def test_reference_lists_all_kinds() -> None:
    """The reference names every host whose media are shown, and every kind of file."""
    reference = (DOCS / "reference.md").read_text("utf-8")

    assert [host for host in SHOWN_HOSTS if f"`{host}`" not in reference] == []
    kinds = sorted(FILM_KINDS | SOUND_KINDS | DOCUMENTS)
    assert [kind for kind in kinds if f"`{kind[1:]}`" not in reference] == []
