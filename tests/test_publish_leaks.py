"""What a built site must not tell: folders, names, and where a picture was taken."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from timeline_gen.publishing.leaks import Maker, leaks, name_leaks
from timeline_gen.reading.assets.metadata import metadata_of

MAKER = Maker("/srv/newsroom/site", "/home/amina", "amina", "build-07.example.net")


def picture(form: str = "JPEG", *, tags: dict[int, object] | None = None, **more: object) -> bytes:
    """Return a small picture in the *form*, with EXIF *tags*."""
    made, data = Image.new("RGB", (8, 8)), io.BytesIO()
    exif = Image.Exif()
    for tag, value in (tags or {}).items():
        exif[tag] = value
    made.save(data, form, **({"exif": exif} if tags else {}), **more)
    return data.getvalue()


def picture_with_position(form: str = "JPEG") -> bytes:
    """Return a picture that tells where it was taken."""
    made, data, exif = Image.new("RGB", (8, 8)), io.BytesIO(), Image.Exif()
    exif[0x0112] = 1
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 17.0, 0.0)})
    made.save(data, form, exif=exif)
    return data.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_a_picture_was_taken(form: str) -> None:
    """A position is found in every format."""
    assert metadata_of(picture_with_position(form)) == ("GPS position",)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_who_took_it(form: str) -> None:
    """The camera, its owner and the day are found; a credit line is meant to be read."""
    tags = {0x010F: "Camera", 0x0132: "2021:01:01 10:00:00", 0x013B: "A. Haddad", 0x8298: "CC-BY", 0x0112: 1}

    assert metadata_of(picture(form, tags=tags)) == ("camera", "date taken")
    assert metadata_of(picture(form, tags={0x013B: "A. Haddad", 0x8298: "CC-BY", 0x0112: 6})) == ()
    assert metadata_of(picture(form)) == ()


def test_serial_number() -> None:
    """Tags of the inner folder of EXIF are read as well."""
    made, data, exif = Image.new("RGB", (8, 8)), io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8769).update({0xA431: "12345", 0x9286: b"ASCII\0\0\0hello"})
    made.save(data, "JPEG", exif=exif)

    assert metadata_of(data.getvalue()) == ("camera's serial number", "comment")


def test_notes_of_programs() -> None:
    """What programs note in a picture (XMP) is found, packed or not."""
    xmp = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="25,17N" xmpMM:InstanceID="1"/></x:xmpmeta>'
    plain, packed = PngInfo(), PngInfo()
    plain.add_itxt("XML:com.adobe.xmp", xmp.decode())
    packed.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=True)

    assert metadata_of(picture("JPEG", xmp=xmp)) == ("GPS position", "editing history")
    assert metadata_of(picture("PNG", pnginfo=plain)) == ("GPS position", "editing history")
    assert metadata_of(picture("PNG", pnginfo=packed)) == ("GPS position", "editing history")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff", b"RIFF"]
)
def test_broken_pictures(data: bytes) -> None:
    """A broken picture ends in words, never in a crash."""
    assert isinstance(metadata_of(data), tuple)


@pytest.mark.parametrize("cut", range(0, 200, 7))
def test_cut_pictures(cut: int) -> None:
    """Wherever a picture is cut off, the scan ends."""
    assert isinstance(metadata_of(picture_with_position()[:cut]), tuple)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("see /srv/newsroom/site/content/x.md", "TG834"),
        ("see /home/amina/notes", "TG834"),
        ("see /home/somebody/notes", "TG834"),
        ("see /Users/somebody/Desktop/x", "TG834"),
        (r"see C:\Users\somebody\x", "TG834"),
        ("file:///etc/passwd", "TG834"),
        ("amina@build-07.example.net", "TG835"),
        ("on build-07.example.net", "TG835"),
        ("Amina and amina wrote this", ""),
        ("https://example.org/home/news/", ""),
        ("../../home/news/", ""),
        ("the harbour", ""),
    ],
)
def test_texts(text: str, code: str) -> None:
    """Folders of any machine, and the account and machine of this one, are found; words are not."""
    found = [problem.code for problem in leaks("en/index.html", f"a\n{text}\n".encode(), MAKER)]

    assert found[:1] == ([code] if code else [])


def test_place_of_a_leak() -> None:
    """The line and the column are told."""
    problem = next(leaks("en/index.html", "سطر\nثان: /home/amina/x".encode(), MAKER))

    assert str(problem.place) == "en/index.html:2:6"


@pytest.mark.parametrize(
    ("path", "is_wrong"),
    [
        ("en/index.html~", True),
        ("en/.index.html.swp", True),
        (".git/config", True),
        ("media/.DS_Store", True),
        ("media/map.psd", True),
        ("id_rsa", True),
        (".well-known/security.txt", False),
        ("en/index.html", False),
        ("ar/\u0623\u062d\u062f\u0627\u062b/index.html", False),
    ],
)
def test_names(path: str, *, is_wrong: bool) -> None:
    """Files that editors, file managers and version control leave behind are found by their names."""
    assert bool(list(name_leaks(path))) == is_wrong
