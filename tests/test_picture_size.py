"""Sizes of pictures, against those that Pillow reads."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from timeline_gen.reading.pictures.raster_size import raster_size
from timeline_gen.reading.pictures.svg_cleaning import clean_drawing

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


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_on_its_side(orientation: int) -> None:
    """A photograph that its camera marked as turned has its width and height as it is shown."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    turned = orientation >= 5

    assert raster_size(picture("JPEG", (40, 30), exif=exif)) == ((30, 40) if turned else (40, 30))


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
