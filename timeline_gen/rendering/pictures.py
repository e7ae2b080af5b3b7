"""Pictures as the site shows them: turned upright, as wide as needed, and without their metadata.

Whatever a camera or a program wrote into a file (place, time, device, owner, thumbnails, comments) is left
behind, because only the pixels are written anew. The same bytes and width give the same bytes, on one version
of Pillow, which the cache's fingerprint names.

A picture is narrowed before anything else is done with its pixels: memory grows with what a file holds, once.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from timeline_gen.messages import say
from timeline_gen.reading.pictures.pillow import (
    BROKEN,
    LYING,
    MOST_PIXELS,
    Image,
    ImageCms,
    ImageColor,
    ImageDraw,
    ImageFont,
    ImageSequence,
    features,
    orientation_of,
)
from timeline_gen.reading.pictures.raster_size import TOO_LARGE
from timeline_gen.rendering.metadata_stripping import stripped_gif, stripped_png

_MOST_MOVING: Final = 240_000_000
"""Pixels of all frames of a picture that moves, and must be drawn anew."""
_QUALITY: Final = 82
_WEBP_QUALITIES: Final = (80, 65, 50)
"""The first looks like a JPEG of the quality above; the others are for what WebP finds hard, as noise is."""
_FORMATS: Final = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF", "MPO": "JPEG"}
"""What Pillow calls the kinds that may be read, and how each is written."""
_DEEP: Final = ("I", "I;16", "I;16B", "I;16L", "F")
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by its orientation (TIFF 6.0)."""
_NO_LETTER: Final = "\U0010ffff"
"""Which no font has: what is drawn for it is drawn for every letter that a font lacks."""
_KEPT_INFO: Final = ("transparency",)


class DrawnLine(NamedTuple):
    """A line of text to be drawn."""

    text: str
    lang: str
    direction: str
    font: bytes
    """The bytes of the font's file: never one that happens to be installed."""
    size: int
    """In pixels."""


def make_picture(data: bytes, width: int) -> bytes:
    """Return the picture in *data* at most *width* pixels wide; a drawing (SVG) is returned as it is.

    Raises ValueError where it is damaged or too large, with a clause about it.
    """
    return copy_picture(data, width) or draw_picture(data, width)


def make_webp(data: bytes, width: int) -> bytes:
    """Return the photograph in *data* in WebP, at most *width* pixels wide, and smaller than it is otherwise.

    Raises ValueError where it is damaged or too large, with a clause about it.
    """
    most = len(draw_picture(data, width))
    found = b""
    for quality in _WEBP_QUALITIES:
        found = draw_picture(data, width, webp=quality)
        if len(found) < most:
            break
    return found


def copy_picture(data: bytes, width: int) -> bytes:
    """Return the picture in *data* without what is not drawn, if no pixel of it need be decoded for that.

    Nothing where it must be drawn anew, or is too damaged to know.
    """
    if not data.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF", b"GIF8")):
        return data if b"<svg" in data[:4096] else b""
    return stripped_png(data, width) or stripped_gif(data, width)


def draw_picture(data: bytes, width: int, *, webp: int = 0) -> bytes:
    """Return the picture in *data*, decoded and written anew; raise ValueError as make_picture does.

    It is written as it was, or in the quality *webp* as WebP.
    """
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as opened:
            _check_pixels(opened)
            if webp:
                return _photograph(opened, width, webp)
            return _written(opened, width, lossless=data[12:16] == b"VP8L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(TOO_LARGE) from error
    except BROKEN as error:
        reason = str(error)
        raise ValueError(reason if reason.startswith("it ") else say("it is damaged")) from error


def _check_pixels(opened: Image.Image) -> None:
    pixels = opened.width * opened.height
    if pixels > MOST_PIXELS:
        raise ValueError(TOO_LARGE)
    # In an MPO, as some cameras write it, the other frames are further views, of which none is shown.
    frames = getattr(opened, "n_frames", 1) if opened.format != "MPO" else 1
    if pixels * frames > _MOST_MOVING:
        raise ValueError(
            say(
                "it moves through {frames} frames of {width} × {height} pixels: {pixels} megapixels, "
                "more than {most_moving}",
                frames=frames,
                width=opened.width,
                height=opened.height,
                pixels=pixels * frames // 1000000,
                most_moving=_MOST_MOVING // 1000000,
            )
        )


def _written(opened: Image.Image, width: int, *, lossless: bool) -> bytes:
    form = _FORMATS[opened.format or ""]
    out = io.BytesIO()
    if form == "JPEG" or getattr(opened, "n_frames", 1) == 1:
        _prepared(opened, form, width).save(out, form, **_options(form, lossless=lossless))
        return out.getvalue()
    durations = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(opened)]
    made = [_prepared(frame.copy(), form, width) for frame in ImageSequence.Iterator(opened)]
    made[0].save(out, form, **_options(form, lossless=lossless), **_motion(opened, made, durations))
    return out.getvalue()


def _photograph(opened: Image.Image, width: int, quality: int) -> bytes:
    out = io.BytesIO()
    _prepared(opened, "JPEG", width).save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _options(form: str, *, lossless: bool) -> dict[str, Any]:
    if form == "JPEG":
        return {"quality": _QUALITY, "optimize": True, "progressive": True}
    if form == "WEBP":
        return {"quality": _QUALITY, "method": 4, "lossless": lossless}
    return {"optimize": True}


def _motion(opened: Image.Image, made: Sequence[Image.Image], durations: Sequence[int]) -> dict[str, Any]:
    loop = {"loop": opened.info["loop"]} if "loop" in opened.info else {}
    return {"save_all": True, "append_images": made[1:], "duration": list(durations), **loop}


def _prepared(frame: Image.Image, form: str, width: int) -> Image.Image:
    """Return *frame* upright, in sRGB, at most *width* pixels wide, and with nothing besides its pixels."""
    profile, orientation = frame.info.get("icc_profile"), orientation_of(frame)
    turn = _TURNS.get(orientation)
    shown, mode = _narrowed(frame, width, lying=orientation in LYING), frame.mode
    if turn is not None:
        shown = shown.transpose(turn)
    # Without its profile a picture in Display P3, as telephones take them, looks dull.
    if profile:
        shown = _in_srgb(shown, profile)
    if mode in _DEEP:
        shown = _flattened(shown, whole=mode != "F")
    if shown.mode in {"CMYK", "YCbCr", "LAB", "HSV"} or (form == "JPEG" and shown.mode not in {"L", "RGB"}):
        shown = shown.convert("RGB")
    if shown is frame:
        shown = frame.copy()
    # Pillow writes what is left in here into the file: EXIF, comments, the profile.
    shown.info = {key: value for key, value in shown.info.items() if key in _KEPT_INFO}
    return shown


def _narrowed(frame: Image.Image, width: int, *, lying: bool) -> Image.Image:
    """Return *frame* at most *width* pixels wide, as high where it is *lying* on its side."""
    wide, high = frame.size
    across, along = (high, wide) if lying else (wide, high)
    if across <= width:
        return frame.convert("F") if frame.mode in _DEEP else frame
    short = max(1, round(along * width / across))
    box = None
    if frame.format == "JPEG":
        # A decoder that leaves out what is narrowed away takes a fraction of the memory and the time.
        drafted = frame.draft(None, (1, 2 * width) if lying else (2 * width, 1))
        box = drafted[1] if drafted else None
    size = (short, width) if lying else (width, short)
    return _resizable(frame).resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _resizable(picture: Image.Image) -> Image.Image:
    if picture.mode in _DEEP:
        return picture.convert("F")
    if picture.mode == "P":
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    if picture.mode in {"1", "LA", "PA"}:
        return picture.convert("L" if picture.mode == "1" else "RGBA")
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return *picture* with the colours that its *profile* means; as it is where the profile is damaged."""
    if picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        shown = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return picture
    return shown or picture


def _flattened(picture: Image.Image, *, whole: bool) -> Image.Image:
    """Return *picture*, of floating numbers, in eight bits; with *whole* they run from 0 to 65535."""
    bottom, top = 0.0, 65_535.0
    if not whole:
        low, high = picture.getextrema()
        bottom, top = float(low), float(high)  # type: ignore[arg-type]  # one band
    scale = 255 / (top - bottom) if top > bottom else 1.0
    return picture.point(lambda value: value * scale - bottom * scale).convert("L")


# ---------------------------------------------------------------- drawing


def can_draw() -> bool:
    """Return whether letters can be joined and put in their order here (Raqm, with FriBiDi)."""
    return bool(features.check("raqm") and features.check("fribidi"))


def missing_letters(font: bytes, text: str) -> str:
    """Return the letters and signs of *text* that *font* has not; raise ValueError where it is no font."""
    return "".join(letter for letter in dict.fromkeys(text) if _is_drawn(letter) and not _has(font, letter))


def _is_drawn(letter: str) -> bool:
    """Return whether *letter* is seen by itself: spaces, joiners and controls are not."""
    return unicodedata.category(letter)[0] not in "ZC" and not "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=1 << 14)
def _has(font: bytes, letter: str) -> bool:
    face = _face(font, 40, ImageFont.Layout.BASIC)
    return bytes(face.getmask(letter)) != bytes(face.getmask(_NO_LETTER))


@lru_cache(maxsize=64)
def _face(font: bytes, size: int, layout: ImageFont.Layout = ImageFont.Layout.RAQM) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(io.BytesIO(font), size, layout_engine=layout)
    except OSError as error:
        raise ValueError(say("it is no font that can be read")) from error


class Canvas:
    """A picture of letters in one ink, and of marks in another, on paper; coordinates from the top left.

    Its pixels are places in a palette that runs from paper to ink, so that the picture stays small.
    """

    _INK = 127
    _MARK = 128

    def __init__(self, size: tuple[int, int], colours: tuple[str, str, str]) -> None:
        self._picture = Image.new("L", size, 0)
        self._draw = ImageDraw.Draw(self._picture)
        paper, ink, mark = (ImageColor.getrgb(colour)[:3] for colour in colours)
        steps = (
            round(low + (high - low) * step / self._INK)
            for step in range(self._MARK)
            for low, high in zip(paper, ink, strict=True)
        )
        self._palette = [*steps, *mark]

    def length(self, line: DrawnLine) -> float:
        """Return how long *line* is, in pixels."""
        face = _face(line.font, line.size)
        return face.getlength(line.text, direction=line.direction, language=line.lang)

    def write(self, line: DrawnLine, at: tuple[float, float]) -> None:
        """Write *line* from its start, which is *at* the left or the right end of its base line."""
        self._draw.text(
            at,
            line.text,
            fill=self._INK,
            font=_face(line.font, line.size),
            anchor="rs" if line.direction == "rtl" else "ls",
            direction=line.direction,
            language=line.lang,
        )

    def mark(self, box: tuple[int, int, int, int]) -> None:
        """Fill *box* (left, top, right, bottom) with the second ink."""
        self._draw.rectangle(box, fill=self._MARK)

    def png(self) -> bytes:
        """Return the picture as PNG."""
        picture = self._picture.convert("L")
        picture.putpalette(self._palette)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=False, compress_level=6)
        return out.getvalue()
