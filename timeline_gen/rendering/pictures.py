"""Pictures as the site shows them: turned upright, as wide as needed, and without what they tell beside.

Whatever a camera or a program wrote into a file (place, time, device, owner, thumbnails, comments) is left
behind, because only the pixels are written anew. The only door to Pillow; the same bytes and width give the
same bytes, on one version of Pillow, which the cache's fingerprint names.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from PIL import Image, ImageCms, ImageColor, ImageDraw, ImageFont, ImageOps, ImageSequence, features

_MOST_PIXELS: Final = 100_000_000
_QUALITY: Final = 82
_FORMATS: Final = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF", "MPO": "JPEG"}
"""What Pillow calls the kinds that may be read, and how each is written."""
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError)
"""What Pillow raises of damaged files."""
_DEEP: Final = ("I", "I;16", "I;16B", "I;16L", "F")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_DRAWN_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"acTL", b"fcTL", b"fdAT", b"IDAT", b"IEND"}
)
_DECIDING_CHUNKS: Final = frozenset({b"iCCP", b"eXIf", b"cICP"})
"""Colours and turns that must be worked into the pixels before they are left out."""
_KEPT_INFO: Final = ("transparency",)


class Line(NamedTuple):
    """A line of text to be drawn."""

    text: str
    lang: str
    direction: str
    font: bytes
    """The bytes of the font's file: never one that happens to be installed."""
    size: int
    """In pixels."""


Image.MAX_IMAGE_PIXELS = _MOST_PIXELS


def make_picture(data: bytes, width: int) -> bytes:
    """Return the picture in *data* at most *width* pixels wide; a drawing (SVG) is returned as it is.

    Raises ValueError where it is damaged or too large, with a clause that says so.
    """
    if b"<svg" in data[:4096] and not data.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF", b"GIF8")):
        return data
    try:
        bare = _bare_png(data, width)
        if bare:
            return bare
        with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise ValueError(f"it has more than {_MOST_PIXELS // 1_000_000} million pixels")
            return _written(opened, width, lossless=data[12:16] == b"VP8L")
    except Image.DecompressionBombError as error:
        raise ValueError(f"it has more than {_MOST_PIXELS // 1_000_000} million pixels") from error
    except _BROKEN as error:
        said = str(error)
        raise ValueError(said if said.startswith("it ") else "it is damaged") from error


def _bare_png(data: bytes, width: int) -> bytes:
    """Return the PNG *data* without what is not drawn; nothing where its pixels must be made anew.

    A PNG is a row of chunks (W3C, 5.3): length, name, content, checksum. What is left is the author's own.
    """
    if not data.startswith(_PNG) or int.from_bytes(data[16:20]) > width:
        return b""
    kept, position = [_PNG], len(_PNG)
    while position < len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        name = data[position + 4 : position + 8]
        if end > len(data):
            raise ValueError("it is damaged")
        if name in _DECIDING_CHUNKS:
            return b""
        if name in _DRAWN_CHUNKS:
            kept.append(data[position:end])
        position = end
        if name == b"IEND":
            return b"".join(kept)
    raise ValueError("it is damaged")


def _written(opened: Image.Image, width: int, *, lossless: bool) -> bytes:
    form = _FORMATS[opened.format or ""]
    moving = form != "JPEG" and getattr(opened, "n_frames", 1) > 1
    durations = [frame.info.get("duration", 0) for frame in ImageSequence.Iterator(opened)] if moving else []
    frames = ImageSequence.Iterator(opened) if moving else (opened,)
    made = [_prepared(frame, form, width) for frame in frames]
    out = io.BytesIO()
    made[0].save(out, form, **_options(form, lossless=lossless), **_motion(opened, made, durations))
    return out.getvalue()


def _options(form: str, *, lossless: bool) -> dict[str, Any]:
    if form == "JPEG":
        return {"quality": _QUALITY, "optimize": True, "progressive": True}
    if form == "WEBP":
        return {"quality": _QUALITY, "method": 4, "lossless": lossless}
    return {"optimize": True}


def _motion(opened: Image.Image, made: Sequence[Image.Image], durations: Sequence[int]) -> dict[str, Any]:
    if not durations:
        return {}
    loop = {"loop": opened.info["loop"]} if "loop" in opened.info else {}
    return {"save_all": True, "append_images": made[1:], "duration": list(durations), **loop}


def _prepared(frame: Image.Image, form: str, width: int) -> Image.Image:
    """Return *frame* upright, in sRGB, at most *width* pixels wide, and with nothing beside its pixels."""
    profile = frame.info.get("icc_profile")
    upright = ImageOps.exif_transpose(frame)
    shown = _in_srgb(upright, profile) if profile else upright
    if shown.mode in _DEEP:
        shown = _flattened(shown)
    elif shown.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        shown = shown.convert("RGB")
    if shown.width > width:
        shown = _narrowed(shown, width)
    elif shown is frame:
        shown = frame.copy()
    if form == "JPEG" and shown.mode not in {"L", "RGB"}:
        shown = shown.convert("RGB")
    shown.info = {key: value for key, value in shown.info.items() if key in _KEPT_INFO}
    return shown


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


def _flattened(picture: Image.Image) -> Image.Image:
    """Return *picture*, which has more than eight bits for each pixel, with eight."""
    low, high = picture.convert("F").getextrema()
    bottom, top = float(low), float(high)  # type: ignore[arg-type]  # one band
    if picture.mode != "F":
        bottom, top = 0.0, 65_535.0
    scale = 255 / (top - bottom) if top > bottom else 1.0
    return picture.convert("F").point(lambda value: value * scale - bottom * scale).convert("L")


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode in {"1", "LA", "PA"}:
        picture = picture.convert("L" if picture.mode == "1" else "RGBA")
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


# ---------------------------------------------------------------- drawing


def can_draw() -> bool:
    """Tell whether letters can be joined and put in their order here (Raqm, with FriBiDi)."""
    return bool(features.check("raqm") and features.check("fribidi"))


def missing_letters(font: bytes, text: str) -> str:
    """Return the letters of *text* that *font* has not; raise ValueError where it is no font."""
    face = _face(font, 40)
    nothing = bytes(face.getmask("\U0010ffff"))
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if letter.isalnum() and bytes(face.getmask(letter)) == nothing
    )


@lru_cache(maxsize=32)
def _face(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(io.BytesIO(font), size, layout_engine=ImageFont.Layout.RAQM)
    except OSError as error:
        raise ValueError("it is no font that can be read") from error


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

    def length(self, line: Line) -> float:
        """Return how long *line* is, in pixels."""
        face = _face(line.font, line.size)
        return face.getlength(line.text, direction=line.direction, language=line.lang)

    def write(self, line: Line, at: tuple[float, float]) -> None:
        """Write *line* from its start, which stands *at* the left or the right end of its base line."""
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
