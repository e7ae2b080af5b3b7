"""The only door to Pillow: its modules, and what opening a picture needs wherever that is done."""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import Final

from PIL import (
    Image,
    ImageCms,
    ImageColor,
    ImageDraw,
    ImageFile,
    ImageFont,
    ImageSequence,
    features,
)

__all__ = [
    "BROKEN",
    "LYING",
    "MOST_PIXELS",
    "Image",
    "ImageCms",
    "ImageColor",
    "ImageDraw",
    "ImageFont",
    "ImageSequence",
    "features",
    "header_of",
    "orientation_of",
]

MOST_PIXELS: Final = 80_000_000
"""No picture with more is decoded."""
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

BROKEN: Final = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError),
    struct.error,
)
"""What Pillow raises of damaged files."""
LYING: Final = frozenset({5, 6, 7, 8})
"""The orientations of a picture on its side (TIFF 6.0)."""
_ORIENTATION: Final = 0x0112
_MOST_PARTS: Final = 4096
"""Chunks of a PNG or segments of a JPEG before its pixels: a profile of 16 MiB, the longest, has 256."""
_MOST_BETWEEN: Final = 65_536
"""Bytes of a JPEG that are in no segment."""
_GIF_HEAD: Final = 1_000_000
"""Bytes of a GIF in which its first frame begins."""
_MARKER: Final = re.compile(rb".{0,65536}?\xff(?P<kind>[\x01-\xfe])", re.DOTALL)
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
"""Markers of a JPEG without a segment (ITU-T T.81, table B.1)."""
_SCAN: Final = 0xDA


def header_of(data: bytes, kind: str) -> ImageFile.ImageFile:
    """Open the picture in *data*, of a *kind* such as JPEG, as far as its head: no pixel is decoded.

    Raises one of :data:`BROKEN`, or ``Image.DecompressionBombError`` where a GIF or a WebP has far more
    pixels than Pillow allows.
    """
    # Pillow goes through a head part by part: ten million empty ones, in 40 MB, fill a gigabyte.
    if kind.upper() in _CHECKS:
        _CHECKS[kind.upper()](data)
    elif kind.upper() == "GIF":
        data = data[:_GIF_HEAD]
    # What reads a kind is imported when the first such picture comes; init() imports all kinds.
    Image.preinit()
    if kind.upper() not in Image.OPEN:
        Image.init()
    # Image.open() would refuse a PNG or JPEG of that size as well; its author is to know the size.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.OPEN[kind.upper()][0](io.BytesIO(data), "")


def orientation_of(picture: Image.Image) -> int:
    """Return how *picture* is turned, 1 to 8 (TIFF 6.0), by what browsers go by; 1 is upright.

    Raises one of :data:`BROKEN`.
    """
    # getexif() would decode a PNG that has no EXIF, and take an orientation from XMP, which browsers ignore.
    exif = Image.Exif()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exif.load(picture.info.get("exif") or b"")
        return int(exif.get(_ORIENTATION) or 1)


def _check_jpeg(data: bytes) -> None:
    """Raise ``ValueError`` where a JPEG has no pixels, or more before them than any that a program writes."""
    at, between = 2, 0
    for _ in range(_MOST_PARTS):
        found = _MARKER.match(data, at)
        if found is None:
            break
        between += found.start("kind") - 1 - at
        kind, at = found["kind"][0], found.end()
        if kind == _SCAN:
            return
        if kind not in _ALONE:
            at += int.from_bytes(data[at : at + 2])
        if between > _MOST_BETWEEN:
            break
    raise ValueError(_TOO_MUCH)


def _check_png(data: bytes) -> None:
    """Raise ``ValueError`` where a PNG has more before its pixels than any that a program writes."""
    at = 8
    for _ in range(_MOST_PARTS):
        length, kind = data[at : at + 4], data[at + 4 : at + 8]
        if not kind or kind == b"IDAT":
            return
        at += int.from_bytes(length) + 12
    raise ValueError(_TOO_MUCH)


_TOO_MUCH: Final = "there is too much before its pixels"
_CHECKS: Final = {"JPEG": _check_jpeg, "MPO": _check_jpeg, "PNG": _check_png}
