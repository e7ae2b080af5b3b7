"""How wide and how high a raster picture is shown, from the head of its file."""

from __future__ import annotations

from typing import Final

from timeline_gen.messages import say
from timeline_gen.reading.pictures.pillow import BROKEN, LYING, MOST_PIXELS, Image, header_of, orientation_of
from timeline_gen.reading.pictures.raster_kinds import raster_kind

NO_PICTURE: Final = say("it is not a picture of the kinds PNG, JPEG, GIF, WebP or SVG, or it is damaged")
TOO_LARGE: Final = say("it has more than {most_pixels} million pixels", most_pixels=MOST_PIXELS // 1000000)


def raster_size(data: bytes) -> tuple[int, int]:
    """Return the width and height of the picture in *data*, in pixels, upright as it is shown.

    Raises ValueError where it is none, where its head is damaged, or where that would take too much memory.
    """
    kind = raster_kind(data)
    if not kind:
        raise ValueError(NO_PICTURE)
    try:
        with header_of(data, kind) as picture:
            width, height = picture.size
            is_lying = orientation_of(picture) in LYING
    except Image.DecompressionBombError:
        raise ValueError(TOO_LARGE) from None
    except BROKEN:
        raise ValueError(NO_PICTURE) from None
    if min(width, height) < 1:
        raise ValueError(NO_PICTURE)
    return (height, width) if is_lying else (width, height)
