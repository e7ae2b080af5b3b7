"""Pictures that must not harm: drawings that act, and files that are made to exhaust the machine."""

from __future__ import annotations

import base64
import io
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image
from playwright.sync_api import Browser
from site_kit import article, write_site

from hostile.watching_kit import Watched
from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.checking.check import check
from timeline_gen.errors import ContentError, Level, Problem
from timeline_gen.reading.pictures.examining import examine_picture
from timeline_gen.reading.pictures.raster_size import raster_size
from timeline_gen.reading.pictures.svg_cleaning import CleanDrawing, clean_drawing
from timeline_gen.rendering.pictures import copy_picture, make_picture

HERE = Path(__file__).parent
ROWS = [line.split("\t") for line in (HERE / "acting.tsv").read_text("utf-8").splitlines()[1:]]
HARMLESS = {path.stem: path.read_bytes() for path in sorted((HERE / "drawings").glob("*.svg"))}
OUTER = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:h="http://www.w3.org/1999/xhtml" width="100" height="100">{}</svg>'
)
SVG = "image/svg+xml"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"'


def drawing(inner: str) -> bytes:
    """Return an SVG that holds *inner*."""
    return OUTER.replace("{}", inner).encode()


def cleaned(inner: str) -> CleanDrawing:
    """Return the drawing that holds *inner*, as it is published."""
    return clean_drawing(drawing(inner))


# ---------------------------------------------------------------- drawings


@pytest.mark.parametrize(("inner", "what"), ROWS)
def test_what_acts_is_left_out(inner: str, what: str) -> None:
    """Whatever runs, loads or leads elsewhere is left out of a drawing, and its author is told."""
    made = cleaned(inner)

    assert any(one.what.startswith(what) for one in made.left_out), made.left_out
    assert clean_drawing(made.data).data == made.data
    assert b"evil.example" not in made.data


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_drawings_are_whole(name: str) -> None:
    """What drawing programs and libraries write loses nothing that browsers draw, and nothing is reported."""
    made = clean_drawing(HARMLESS[name])

    assert made.left_out == ()
    assert clean_drawing(made.data) == made


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "x">]>' + OUTER, "entities of its own"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + OUTER, "entities of its own"),
        ('<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://evil.example/x"> %a;]>' + OUTER, "entities of its own"),
        ('<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + OUTER, "declarations"),
        ("<!DOCTYPE svg []>" + OUTER, "declarations"),
        ('<?xml version="1.0" encoding="zzz"?>' + OUTER, "unknown encoding"),
        ('<?xml version="1.0" encoding="utf-7"?>' + OUTER, "encoding"),
        (OUTER + OUTER, "no XML: junk after document element"),
        (f"{HEAD}>{'<g>' * 300}{'</g>' * 300}</svg>", "nested deeper than 256"),
        (f"{HEAD}>{'<g/>' * 150_000}</svg>", "more than 150,000 elements"),
        (f"{HEAD}><style>a{{b:{'(' * 140_000}</style></svg>", "styles are longer than 128 KiB"),
        (f"{HEAD}>{' ' * 8_400_000}</svg>", "more than 8 MiB"),
    ],
)
def test_drawings_that_are_refused(svg: str, why: str) -> None:
    """What cannot be read in bounds, or brings definitions of its own, is no drawing."""
    with pytest.raises(ValueError, match=why):
        clean_drawing(svg.encode())


def test_parts_that_multiply() -> None:
    """A few lines that draw thousands of millions of elements are refused; a circle of parts is not."""
    bomb = "".join(
        f'<g id="a{number}">{f"<use href={chr(34)}#a{number + 1}{chr(34)}/>" * 10}</g>'
        for number in range(10)
    )

    with pytest.raises(ValueError, match="use one another so often"):
        cleaned(bomb)
    assert cleaned('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>').left_out == ()


@pytest.mark.parametrize(
    "before",
    [
        '<?xml-stylesheet type="text/css" href="http://evil.example/x.css"?>',
        '<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_precedes_a_drawing(before: str, encoding: str) -> None:
    """A style sheet or a document type from elsewhere is left out, in any encoding."""
    made = clean_drawing(f"{before}{OUTER}".encode(encoding))

    assert len(made.left_out) == 1
    assert b"evil.example" not in made.data


def test_places() -> None:
    """What was left out is named with line and column, in style sheets too, and each kind once."""
    made = cleaned('\n  <rect onclick="x"/>\n<style>\nrect{fill:red}\n a{foo:1}</style><rect onclick="y"/>')

    assert [(one.what, one.line, one.column, one.times) for one in made.left_out] == [
        ("the attribute onclick", 2, 3, 2),
        ("the property foo", 5, 4, 1),
    ]


def test_carried_pictures() -> None:
    """A picture inside a drawing is known by its bytes, not by what its address claims."""
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "WEBP")
    address = "data:image/png;base64," + base64.b64encode(out.getvalue()).decode().replace("+", "%2B")

    made = cleaned(f'<image href=" {address[:30]}&#10; {address[30:]}" width="9" height="9"/>')

    assert made.left_out == ()
    assert b'href="data:image/webp;base64,UklG' in made.data


@pytest.mark.browser
def test_drawings_in_a_browser(browser: Browser) -> None:
    """Opened by address and clicked, no cleaned drawing runs a script or asks another host for anything."""
    watched = Watched(browser)
    asks, runs = drawing('<image href="http://evil.example/x"/>'), drawing("<script>window.__x=1</script>")
    drawings = {inner: cleaned(inner).data for inner, _ in ROWS}

    assert watched.visit("control.svg", asks, SVG) == ["asked for http://evil.example/x"]
    assert watched.visit_together({"ran.svg": runs, "none.svg": drawing("")}, SVG) == ["ran a script"]
    done = watched.visit_together(
        {f"{number}.svg": data for number, data in enumerate(drawings.values())}, SVG
    )
    assert done == [], {inner: watched.visit("one.svg", data, SVG) for inner, data in drawings.items()}


_COMPARE = """
async pairs => {
  const pixels = async source => {
    const image = new Image();
    image.src = "data:image/svg+xml;base64," + source;
    await image.decode();
    const canvas = new OffscreenCanvas(240, 160).getContext("2d");
    canvas.drawImage(image, 0, 0, 240, 160);
    return canvas.getImageData(0, 0, 240, 160).data;
  };
  const different = [];
  for (const [name, before, after] of pairs) {
    const [one, other] = [await pixels(before), await pixels(after)];
    const drawn = one.some(value => value);
    if (!drawn || one.some((value, place) => value !== other[place])) different.push(name);
  }
  return different;
}
"""


@pytest.mark.browser
def test_harmless_drawings_look_the_same(browser: Browser) -> None:
    """Each pixel of what drawing programs write is as it was."""
    page = browser.new_page()
    pairs = [
        [name, *(base64.b64encode(each).decode() for each in (data, clean_drawing(data).data))]
        for name, data in HARMLESS.items()
    ]

    assert page.evaluate(_COMPARE, pairs) == []


# ---------------------------------------------------------------- pictures


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(wide: int, high: int, *, pixels: bytes | None = None, extra: bytes = b"") -> bytes:
    """Return a PNG of *wide* by *high*; *pixels*, packed, in place of its own."""
    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    data = zlib.compress((b"\0" + b"\7" * wide) * high) if pixels is None else pixels
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def moving(form: str, frames: int, size: tuple[int, int] = (8, 8)) -> bytes:
    """Return a picture of *form* that moves."""
    out = io.BytesIO()
    many = [Image.new("L", size, number * 80 % 256) for number in range(frames)]
    many[0].save(out, form, save_all=True, append_images=many[1:], duration=10, loop=0)
    return out.getvalue()


def examined(name: str, data: bytes) -> list[tuple[str, Level]]:
    """Return the code and level of what is wrong with the picture *data* in a file called *name*."""
    _, problems = examine_picture(PurePosixPath("content", name), data)
    return [(one.code, one.level) for one in problems]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((8000, 5000), []),
        ((8001, 5000), [("TG416", Level.WARNING)]),
        ((10_000, 8000), [("TG416", Level.WARNING)]),
        ((10_001, 8000), [("TG416", Level.ERROR)]),
        ((60_000, 60_000), [("TG416", Level.ERROR)]),
    ],
)
def test_many_pixels(size: tuple[int, int], expected: list[tuple[str, Level]]) -> None:
    """Over 40 megapixels a picture is a warning, over 80 an error, and none is decoded to find that out."""
    assert examined("p.png", png(*size, pixels=b"")) == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.svg", png(8, 8)),
        ("p.png", drawing("")),
        ("p.jpg", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"),
        ("p.gif", "<svg/>".encode("utf-16")),
        ("p.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 100_000),
        ("p.png", b"<html><script>window.__x=1</script>"),
    ],
)
def test_other_than_its_name(name: str, data: bytes) -> None:
    """A file that is not what its name says is not published under that name."""
    assert examined(name, data) == [("TG407", Level.ERROR)]


@pytest.mark.parametrize(
    ("picture", "size"),
    [
        # Made by the test: every process collects all tests, and few run this one.
        (lambda: png(1, 1, pixels=zlib.compress(bytes(30_000_000))), (1, 1)),
        (lambda: png(8, 8, extra=chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(90_000_000)))), (8, 8)),
        (lambda: png(8, 8, extra=chunk(b"tEXt", b"k\0" + b"x" * 2_000_000)), (8, 8)),
        (lambda: moving("GIF", 3000), (8, 8)),
        (lambda: moving("WEBP", 300), (8, 8)),
        (lambda: moving("PNG", 300), (8, 8)),
    ],
    ids=["pixels", "packed text", "text", "gif", "webp", "png"],
)
def test_little_that_unpacks_to_much(picture: Callable[[], bytes], size: tuple[int, int]) -> None:
    """Packed texts, pixels beyond the last and thousands of frames cost nothing; the picture is shown."""
    made = make_picture(picture(), 100)

    assert raster_size(made) == size
    assert len(made) < 500_000


def test_packed_profile() -> None:
    """A profile of colours that unpacks to hundreds of megabytes is damage."""
    data = png(200, 8, extra=chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(200_000_000))))

    with pytest.raises(ValueError, match="it is damaged"):
        make_picture(data, 100)


@pytest.mark.parametrize("end", [40, -30, -12, -4])
def test_cut_off(end: int) -> None:
    """A PNG that ends too early is never taken over as it is."""
    assert copy_picture(png(64, 64)[:end], 100) == b""


def test_wrong_sum() -> None:
    """A PNG one of whose bytes was changed is not taken over as it is."""
    data = png(64, 64)

    assert copy_picture(data[:50] + bytes([data[50] ^ 1]) + data[51:], 100) == b""


def test_comments_stay_behind() -> None:
    """A GIF is taken over frame by frame, without comments and without what programs wrote."""
    data = moving("GIF", 3)
    secret = b"\x21\xfe\x06secret\x00" + b"\x21\xff\x0bXMP DataXMP\x06secret\x00"
    first = data.index(b"\x21\xff\x0bNETSCAPE2.0")

    made = copy_picture(data[:first] + secret + data[first:], 8)

    assert b"secret" not in made
    assert getattr(Image.open(io.BytesIO(made)), "n_frames", 1) == 3
    assert made == copy_picture(data, 8)


def test_frames_beyond_the_screen() -> None:
    """A GIF whose frames are larger than itself is not taken over as it is."""
    data = bytearray(moving("GIF", 2))
    place = data.index(b"\x2c\0\0\0\0\x08\0\x08\0")
    data[place + 5 : place + 9] = b"\xff\xff\xff\xff"

    assert copy_picture(bytes(data), 8) == b""


def test_too_many_frames() -> None:
    """A picture that moves through more pixels than can be held is refused before they are drawn."""
    data = moving("WEBP", 3, (2000, 2000))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("timeline_gen.rendering.pictures._MOST_MOVING", 10_000_000)
        with pytest.raises(ValueError, match="it moves through 3 frames of 2000 × 2000 pixels"):
            make_picture(data, 480)


# ---------------------------------------------------------------- in a site


def site(folder: Path, files: dict[str, bytes], *, more: str = "") -> Path:
    """Write a site whose article shows each of *files*."""
    body = "\n\n".join(f"![A view]({name})" for name in files)
    settings = f"title: T\nurl: https://records.org/\nlanguages: [en]\n{more}"
    write_site(folder, {"content/articles/one.en.md": article("One", body=body)}, settings=settings)
    for name, data in files.items():
        (folder / "content/articles" / name).write_bytes(data)
    return folder


def errors(folder: Path) -> list[Problem]:
    """Return the problems of a build that fails."""
    with pytest.raises(ContentError) as caught:
        build(folder, Options(jobs=1))
    return list(caught.value.problems)


def test_warned_each_time(tmp_path: Path) -> None:
    """What was left out of a drawing is said by every build, and a check, until it is mended."""
    root = site(tmp_path, {"a.svg": drawing("<script/>")})
    said = [build(root, Options(jobs=1)).problems for _ in range(2)]
    (root / "content/articles/one.en.md").write_text(article("Two", body="![x](a.svg)"), "utf-8")
    said += [build(root, Options(jobs=1)).problems, check(root, jobs=1)]

    assert [[(one.code, str(one.place)) for one in each] for each in said] == [
        [("TG415", "content/articles/a.svg:1:148")]
    ] * 4
    (published,) = (root / "output/media").iterdir()
    assert published.read_bytes() == cleaned("").data

    (root / "content/articles/a.svg").write_bytes(drawing(""))
    assert build(root, Options(jobs=1)).problems == ()
    assert [path.name for path in (root / "output/media").iterdir()] == [published.name]


def test_changed_drawing_has_another_address(tmp_path: Path) -> None:
    """A drawing that is published in other words has another address: no reader keeps the former."""
    root = site(tmp_path, {"a.svg": drawing("<g/>")})
    build(root, Options(jobs=1))
    first = {path.name for path in (root / "output/media").iterdir()}
    (root / "content/articles/a.svg").write_bytes(drawing("<g><g/></g>"))
    build(root, Options(jobs=1))

    assert not first & {path.name for path in (root / "output/media").iterdir()}


COSTLY = """
import sys
from pathlib import Path
from timeline_gen.building.render import pictures
from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers.guarded import Limits
from timeline_gen.errors import ContentError, Level

pictures.LIMITS = Limits(cpu_seconds=60, seconds=float(sys.argv[2]), memory=int(sys.argv[3]))
try:
    build(Path(sys.argv[1]), Options(jobs=1))
except ContentError as error:
    for one in error.problems:
        if one.level is Level.ERROR:
            print(one.code, one.place.path, one.message)
"""


@pytest.mark.parametrize(
    ("seconds", "memory", "why"),
    [(600.0, 40 * 1024 * 1024, "takes too much memory"), (0.0, 1 << 31, "takes too long")],
)
def test_picture_that_costs_too_much(tmp_path: Path, seconds: float, memory: int, why: str) -> None:
    """A picture that takes too much time or memory is a problem with a place; the others are still read."""
    out = io.BytesIO()
    Image.new("RGB", (8000, 8000)).save(out, "PNG")
    root = site(tmp_path, {"a.png": out.getvalue(), "b.png": png(4000, 10)[:60]})

    # In a process of its own: what earlier tests have left free in this one would be enough for the picture.
    command = [sys.executable, "-c", COSTLY, str(root), str(seconds), str(memory)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    costly, broken = done.stdout.splitlines()
    assert costly.startswith("TG417 content/articles/a.png ")
    assert why in costly
    assert broken.split()[1] == "content/articles/b.png"
    assert not (root / "output").exists()


def test_one_mistake(tmp_path: Path) -> None:
    """A picture that cannot be shown is one problem, however many texts show it."""
    root = site(tmp_path, {"a.png": b"no picture"})
    text = article("Two", "{id: a, date: 2017, title: A, media: {src: a.png, alt: x}}", body="![x](a.png)")
    (root / "content/articles/two.en.md").write_text(text, "utf-8")

    assert [(one.code, str(one.place)) for one in errors(root)] == [("TG407", "content/articles/a.png:1:1")]


def test_check_finds_damage(tmp_path: Path) -> None:
    """A check says of a damaged picture what a build would say."""
    out = io.BytesIO()
    Image.effect_noise((900, 600), 40).save(out, "JPEG")
    root = site(tmp_path, {"a.jpg": out.getvalue()[:4000]})

    (problem,) = check(root, jobs=1)

    assert (problem.code, str(problem.place.path)) == ("TG407", "content/articles/a.jpg")
    assert errors(root) == [problem]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("logo.svg", b"<svg/>", "TG407"),
        ("logo.svg", b"title: T", "TG407"),
        ("logo.png", b"<html><script>window.__x=1</script>", "TG407"),
        ("logo.html", b"<html>", "TG407"),
        ("site.yaml", b"", "TG407"),
        ("logo.png", png(60_000, 60_000, pixels=b""), "TG416"),
    ],
)
def test_logo_that_is_no_picture(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    """A logo that is no picture, or too large a one, is a problem where the settings name it."""
    root = site(tmp_path, {}, more=f"logo: {name}\n")
    if data:
        (root / name).write_bytes(data)

    (problem,) = errors(root)

    assert (problem.code, str(problem.place)) == (code, "site.yaml:4:7")


def test_logo_that_acts(tmp_path: Path) -> None:
    """Of a logo only what draws is published, and its author is told."""
    root = site(tmp_path, {}, more="logo: logo.svg\n")
    (root / "logo.svg").write_bytes(drawing('\n<rect onload="window.__x=1"/>'))

    (problem,) = build(root, Options(jobs=1)).problems

    assert (problem.code, str(problem.place)) == ("TG415", "logo.svg:2:1")
    (published,) = (root / "output/assets").glob("logo.*")
    assert b"onload" not in published.read_bytes()
