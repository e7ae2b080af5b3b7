"""Sizes of pictures, against those that Pillow reads."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from timeline_gen.reading.picture_size import picture_size

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
    assert picture_size(picture(kind, size, **options)) == size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_on_its_side(orientation: int) -> None:
    """A photograph that its camera marked as turned has its width and height as it is shown."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    turned = orientation >= 5

    assert picture_size(picture("JPEG", (40, 30), exif=exif)) == ((30, 40) if turned else (40, 30))


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>', (30, 20)),
        ('<?xml version="1.0"?>\n<!-- x --><svg width="1in" height="96px"/>', (96, 96)),
        ('<svg width="100%" height="100%" viewBox="0 0 16 9"/>', (16, 9)),
        ('<svg viewBox="0,0,16.4,9.6"/>', (16, 10)),
    ],
)
def test_drawings(svg: str, size: tuple[int, int]) -> None:
    """A drawing has the size it names, else that of its view box."""
    assert picture_size(svg.encode()) == size


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
        b"<svg",
        b"<svg/>",
        b"<svg viewBox='a b c d'/>",
        b"<x><svg width='1' height='1'/></x>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg width='1' height='1'/>",
    ],
)
def test_no_picture(data: bytes) -> None:
    """What is no picture, or a damaged one, is refused and not guessed at."""
    with pytest.raises(ValueError, match="it is"):
        picture_size(data)


SAMPLES = [picture(kind, (8, 6)) for kind in ("PNG", "GIF", "JPEG", "WEBP")]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(min_value=0, max_value=200), st.binary(max_size=8))
def test_damaged_pictures(data: bytes, at: int, other: bytes) -> None:
    """A damaged picture has some size or is refused; nothing else happens."""
    damaged = data[:at] + other + data[at + len(other) :]
    try:
        width, height = picture_size(damaged)
    except ValueError:
        return

    assert width >= 1
    assert height >= 1
