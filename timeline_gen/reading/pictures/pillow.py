"""The only door to Pillow: its modules, and what opening a picture needs wherever that is done."""

from __future__ import annotations

import io
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


def header_of(data: bytes, kind: str) -> ImageFile.ImageFile:
    """Open the picture in *data*, of a *kind* such as JPEG, as far as its head: no pixel is decoded.

    Raises one of :data:`BROKEN`, or ``Image.DecompressionBombError`` where a GIF or a WebP has far more
    pixels than Pillow allows.
    """
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
