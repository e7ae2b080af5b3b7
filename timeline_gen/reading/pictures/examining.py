"""What a picture file is, before anything of it is shown: its size, and what is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.reading.file_kinds import kind_by_content
from timeline_gen.reading.pictures.pillow import MOST_PIXELS
from timeline_gen.reading.pictures.raster_kinds import raster_kind
from timeline_gen.reading.pictures.raster_size import raster_size
from timeline_gen.reading.pictures.svg_cleaning import CleanDrawing, LeftOut, clean_drawing

MANY_PIXELS: Final = 40_000_000
"""From here on a picture is reported: it takes seconds and hundreds of megabytes to draw."""

MANY_BYTES: Final = 8_000_000
"""From here on a picture is reported: on a telephone it takes half a minute to load."""

_DRAWING: Final = ".svg"
_SAVE_AGAIN: Final = say("save it again as PNG, JPEG or WebP")
_LEFT_OUT: Final = say(
    "a drawing may hold shapes, texts, styles and pictures in PNG, JPEG or WebP, and no address but #id"
)


class Examined(NamedTuple):
    """A picture that can be shown."""

    width: int
    height: int
    data: bytes
    """Of a drawing what is published, else the bytes of the file."""


def examine_picture(path: PurePosixPath, data: bytes) -> tuple[Examined | None, tuple[Problem, ...]]:
    """Return what the file *path* with the bytes *data* shows, and what is wrong with it."""
    try:
        if path.suffix.lower() == _DRAWING:
            drawing = _drawing(data)
            return Examined(*drawing[1:3], drawing.data), tuple(_left_out(path, drawing.left_out))
        size = _raster(path, data)
    except ValueError as error:
        hint = say("save it as plain SVG") if path.suffix.lower() == _DRAWING else _SAVE_AGAIN
        return None, (
            Problem("TG407", say("the picture cannot be read: {error}", error=error), Place(path), hint),
        )
    problems = (*_pixels(path, *size), *_bytes(path, len(data)))
    usable = not any(problem.level is Level.ERROR for problem in problems)
    return (Examined(*size, data) if usable else None), problems


def is_drawing(path: PurePosixPath) -> bool:
    """Return whether the file *path* holds a drawing (SVG)."""
    return path.suffix.lower() == _DRAWING


def _drawing(data: bytes) -> CleanDrawing:
    kind = raster_kind(data)
    if kind:
        raise ValueError(say("its name ends in .svg, and it is a {kind}", kind=kind))
    return clean_drawing(data)


def _raster(path: PurePosixPath, data: bytes) -> tuple[int, int]:
    if not raster_kind(data) and (kind := kind_by_content(data)):
        raise ValueError(
            say("its name ends in {suffix}, and it is {name}", suffix=path.suffix, name=kind.name)
        )
    # Text in UTF-8 or UTF-16, with a byte order mark or without: most often a drawing with another name.
    if not raster_kind(data) and data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        raise ValueError(
            say("its name ends in {suffix}, and it is an SVG or another text", suffix=path.suffix)
        )
    return raster_size(data)


def _pixels(path: PurePosixPath, width: int, height: int) -> Iterator[Problem]:
    if width * height <= MANY_PIXELS:
        return
    level = Level.ERROR if width * height > MOST_PIXELS else Level.WARNING
    most = MOST_PIXELS if level is Level.ERROR else MANY_PIXELS
    yield Problem(
        "TG416",
        say(
            "the picture has {width} × {height} pixels, {width_2:.0f} megapixels: more than {most}",
            width=width,
            height=height,
            width_2=width * height / 1000000,
            most=most // 1000000,
        ),
        Place(path),
        say("save it smaller: no screen shows more than 4000 pixels in a row"),
        level,
    )


def _bytes(path: PurePosixPath, size: int) -> Iterator[Problem]:
    if size > MANY_BYTES:
        message = say(
            "the picture has {size:.0f} MB, and readers who open it at its full size wait",
            size=size / 1000000,
        )
        hint = say("save it as JPEG or WebP of at most 4000 pixels in a row")
        yield Problem("TG434", message, Place(path), hint, Level.WARNING)


def _left_out(path: PurePosixPath, found: Iterable[LeftOut]) -> Iterator[Problem]:
    for removal in found:
        times = say(" ({times} times)", times=removal.times) if removal.times > 1 else ""
        message = say(
            "{what}{times} is left out of the drawing: it may act, load or lead elsewhere, or is unknown",
            what=removal.what,
            times=times,
        )
        yield Problem("TG415", message, Place(path, removal.line, removal.column), _LEFT_OUT, Level.WARNING)
