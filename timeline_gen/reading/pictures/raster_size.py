"""How wide and how high a raster picture is, read from the first bytes of its file.

PNG (W3C, 11.2.1), JPEG (ITU-T T.81, B.2.2), GIF89a (18), WebP (RFC 9649, 2.5–2.7). Nothing is decoded.
"""

from __future__ import annotations

import struct
from typing import Final

from timeline_gen.messages import say

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""The names of picture files end so, in small letters or capitals."""

NO_PICTURE: Final = say("it is not a picture of the kinds PNG, JPEG, GIF, WebP or SVG, or it is damaged")

# Start of frame, baseline to lossless; C4, C8 and CC among them are tables, not frames.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that nothing follows."""
_MOST_SEGMENTS: Final = 10_000
"""Segments before the frame of a JPEG; 64 MiB of metadata are a thousand."""


def raster_kind(data: bytes) -> str:
    """Return the kind of the raster picture in *data*: PNG, JPEG, GIF or WebP; empty where it is none."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8"):
        return "JPEG"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    return "WebP" if data.startswith(b"RIFF") and data[8:12] == b"WEBP" else ""


def raster_size(data: bytes) -> tuple[int, int]:
    """Return the width and height, in pixels, of the picture in *data*; raise ValueError where it is none."""
    try:
        size = _size(data)
    except (struct.error, IndexError):
        raise ValueError(NO_PICTURE) from None
    if min(size) < 1:
        raise ValueError(NO_PICTURE)
    return size


def _size(data: bytes) -> tuple[int, int]:
    kind = raster_kind(data)
    if kind == "PNG":
        return _two(">II", data, 16)
    if kind == "JPEG":
        return _jpeg(data)
    if kind == "GIF":
        return _two("<HH", data, 6)
    if kind == "WebP":
        return _webp(data)
    raise ValueError(NO_PICTURE)


def _two(form: str, data: bytes, offset: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, offset)
    return first, second


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk from marker to marker up to the frame; turned by Exif, width and height change places."""
    turned = False
    position = 2
    for _ in range(_MOST_SEGMENTS):
        marker = data[position + 1]
        if data[position] != 0xFF:
            raise ValueError(NO_PICTURE)
        if marker == 0xFF or marker in _JPEG_ALONE:
            position += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        if marker in _JPEG_FRAMES:
            height, width = _two(">HH", data, position + 5)
            return (height, width) if turned else (width, height)
        if marker == 0xE1 and data[position + 4 : position + 10] == b"Exif\0\0":
            turned = _turned(data[position + 10 : position + 2 + length])
        position += 2 + length
    raise ValueError(NO_PICTURE)


def _turned(exif: bytes) -> bool:
    """Return whether *exif* has the picture on its side (TIFF 6.0: tag 0x0112, values 5 to 8)."""
    order = "<" if exif[:2] == b"II" else ">"
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, start + 2 + 12 * number)
        if tag == 0x0112:
            return bool(5 <= value <= 8)
    return False


def _webp(data: bytes) -> tuple[int, int]:
    """Read the first chunk: extended, lossless or lossy."""
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = _two("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError(NO_PICTURE)
