"""Sizes of pictures: as they are shown, whatever their kind, and refused where they are damaged."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from timeline_gen.reading.pictures.examining import examine_picture
from timeline_gen.reading.pictures.raster_size import raster_size
from timeline_gen.reading.pictures.svg_cleaning import clean_drawing
from timeline_gen.rendering.pictures import make_picture

ORIENTATION = 0x0112


def picture(kind: str, size: tuple[int, int], **options: object) -> bytes:
    """Return a picture of *size* as a file of *kind*."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (200, 100, 50)).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("GIF", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"icc_profile": b"x" * 200}),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (640, 480), (300, 2000)])
def test_sizes(kind: str, options: dict[str, object], size: tuple[int, int]) -> None:
    """Width and height are those of the picture, whatever its kind."""
    assert raster_size(picture(kind, size, **options)) == size


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_on_its_side(orientation: int, kind: str) -> None:
    """A photograph that its camera marked as turned has the width and height that it is shown with."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = picture(kind, (40, 30), exif=exif)
    size = (30, 40) if orientation >= 5 else (40, 30)

    assert raster_size(data) == size
    assert Image.open(io.BytesIO(make_picture(data, 100))).size == size


@pytest.mark.parametrize(
    ("mode", "kind"), [("CMYK", "JPEG"), ("I;16", "PNG"), ("P", "GIF"), ("L", "WEBP"), ("1", "PNG")]
)
def test_size_in_every_mode(mode: str, kind: str) -> None:
    """Whatever its pixels hold, and though it moves, a picture has the size of its first frame."""
    frames = [Image.new(mode, (40, 30), shade) for shade in (0, 1)]
    more = {"save_all": True, "append_images": frames[1:]} if kind in {"GIF", "WEBP"} else {}
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, **more)

    assert raster_size(buffer.getvalue()) == (40, 30)


def test_an_orientation_in_xmp_is_none() -> None:
    """What browsers do not go by is not gone by: a picture that only XMP turns is as it lies."""
    xmp = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    data = picture("JPEG", (40, 30), xmp=xmp)

    assert raster_size(data) == (40, 30)
    assert Image.open(io.BytesIO(make_picture(data, 100))).size == (40, 30)


def bomb(kind: str) -> bytes:
    """Return a small file of *kind* whose head promises far too many pixels."""
    data = bytearray(picture(kind, (8, 6), lossless=True) if kind == "WEBP" else picture(kind, (8, 6)))
    if kind == "PNG":
        data[16:24] = struct.pack(">II", 60_000, 60_000)
        data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    elif kind == "GIF":
        at = data.index(b",\0\0\0\0") + 5
        data[6:10] = data[at : at + 4] = struct.pack("<HH", 60_000, 60_000)
    elif kind == "WEBP":
        data[21:25] = struct.pack("<I", 16_382 | 16_382 << 14)
    else:
        at = data.index(b"\xff\xc0") + 5
        data[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    return bytes(data)


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("PNG", "TG416", "60000 × 60000"),
        ("JPEG", "TG416", "60000 × 60000"),
        ("GIF", "TG416", "60000 × 60000"),
        ("WEBP", "TG407", "more than 80 million"),
    ],
)
def test_a_bomb(kind: str, code: str, said: str) -> None:
    """A small file with more pixels than any picture is decoded with is refused, with the reason."""
    found, problems = examine_picture(PurePosixPath(f"bomb.{kind.lower()}"), bomb(kind))

    assert found is None
    assert [problem.code for problem in problems] == [code]
    assert said in problems[0].message


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("kind", "head", "part"),
    [
        ("JPEG", picture("JPEG", (8, 6))[:2], b"\xff\xe0\x00\x02"),
        ("JPEG", picture("JPEG", (8, 6))[:2], b"\xff"),
        ("JPEG", picture("JPEG", (8, 6))[:2], b"\xff\x00"),
        ("PNG", picture("PNG", (8, 6))[:33], chunk(b"teSt")),
        ("GIF", picture("GIF", (8, 6))[:13], b"\x21\xfe\x00"),
    ],
)
def test_a_head_of_many_parts(kind: str, head: bytes, part: bytes) -> None:
    """A few parts more are read past; of a million the reader goes through a bounded number."""
    rest = picture(kind, (8, 6))[len(head) :]
    assert raster_size(head + part * 300 + rest) == (8, 6)

    parts = head + part * (2_000_000 // len(part)) + rest
    with pytest.raises(ValueError, match="it is"):
        raster_size(parts)


def test_a_long_profile() -> None:
    """A profile in as many segments as there can be is read past."""
    profile = bytes(65_000) * 200
    assert raster_size(picture("JPEG", (8, 6), icc_profile=profile)) == (8, 6)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>', (30, 20)),
        ('<?xml version="1.0"?>\n<!-- x --><svg width="1in" height="96px"/>', (96, 96)),
        ('<svg width="100%" height="100%" viewBox="0 0 16 9"/>', (16, 9)),
        ('<svg viewBox="0,0,16.4,9.6"/>', (16, 10)),
        ('<svg width="32" viewBox="0 0 16 9"/>', (32, 18)),
        ('<svg height="1.8e1pt" viewBox="0 0 16 9"/>', (43, 24)),
        ('<svg width="0.2" height="+.9px"/>', (1, 1)),
    ],
)
def test_drawings(svg: str, size: tuple[int, int]) -> None:
    """A drawing has the size it names, else that of its view box."""
    assert clean_drawing(svg.encode())[1:3] == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"\xff\xd8\x00\x00",
        b"GIF89a\x00\x00\x00\x00",
        b"RIFF\x00\x00\x00\x00WEBPVP9 ",
        picture("PNG", (8, 6))[:33],
        picture("WEBP", (8, 6))[:40],
        picture("JPEG", (8, 6))[:100],
        picture("GIF", (8, 6))[:12],
    ],
)
def test_no_picture(data: bytes) -> None:
    """What is no picture, or a damaged one, is refused and not guessed at."""
    with pytest.raises(ValueError, match="it is"):
        raster_size(data)


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        ("", "no XML"),
        ("text", "no XML"),
        ("<svg", "no XML"),
        ("<svg/>", "neither its width and height nor a viewBox"),
        ("<svg viewBox='a b c d'/>", "neither its width"),
        ("<svg viewBox='0 0 nan inf'/>", "neither its width"),
        ("<svg viewBox='0 0 -5 5'/>", "neither its width"),
        ("<svg width='100001' height='1'/>", "not between 1 and 100000 pixels"),
        ("<svg width='1e9' height='1'/>", "not between 1 and 100000 pixels"),
        ("<svg viewBox='0 0 1e-9 1'/>", "not between 1 and 100000 pixels"),
        (f"<svg width='{'9' * 20_000}x' height='1'/>", "neither its width"),
        (f"<svg width='{'9' * 150}' height='1'/>", "not between 1 and 100000 pixels"),
        (f"<svg viewBox='{'0 ' * 100_000}'/>", "neither its width"),
        ("<x><svg width='1' height='1'/></x>", "XML, but no SVG"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg width='1' height='1'/>", "entities of its own"),
    ],
)
def test_no_drawing(svg: str, why: str) -> None:
    """A drawing without a size that a screen could show is refused, and told why."""
    with pytest.raises(ValueError, match=why):
        clean_drawing(svg.encode())


SAMPLES = [picture(kind, (8, 6)) for kind in ("PNG", "GIF", "JPEG", "WEBP")]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(min_value=0, max_value=200), st.binary(max_size=8))
def test_damaged_pictures(data: bytes, at: int, other: bytes) -> None:
    """A damaged picture has some size or is refused; nothing else happens."""
    damaged = data[:at] + other + data[at + len(other) :]
    try:
        width, height = raster_size(damaged)
    except ValueError:
        return

    assert width >= 1
    assert height >= 1
