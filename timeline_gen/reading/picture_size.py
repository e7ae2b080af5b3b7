"""How wide and how high a picture is, read from the first bytes of its file.

PNG (W3C, 11.2.1), JPEG (ITU-T T.81, B.2.2), GIF89a (18), WebP (RFC 9649, 2.5–2.7) and SVG. Drawing
pictures is another room's business; here the size is all that is needed, and it must be fast.
"""

from __future__ import annotations

import re
import struct
from typing import Final
from xml.etree import ElementTree as ET

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"})
"""The names of picture files end so, in small letters or capitals."""

_NO_PICTURE: Final = "it is not a picture of the kinds PNG, JPEG, GIF, WebP or SVG, or it is damaged"

# Start of frame, baseline to lossless; C4, C8 and CC among them are tables, not frames.
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that nothing follows."""

_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in)?\s*")
_NUMBER: Final = r"[-+]?[0-9]*\.?[0-9]+"
_VIEW_BOX: Final = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_ACTING: Final = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_SCRIPT: Final = re.compile(r"(?:javascript|vbscript)\s*:|data\s*:\s*text/html", re.IGNORECASE)
_AWAY: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?<!data:)|//", re.IGNORECASE)
_ASKING: Final = re.compile(r"@import|url\(\s*[\"']?\s*(?:[a-z][a-z0-9+.-]*:(?<!data:)|//)", re.IGNORECASE)
"""A style that loads something else."""
_PIXELS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def picture_size(data: bytes) -> tuple[int, int]:
    """Return the width and height, in pixels, of the picture that *data* holds; raise ValueError if none."""
    try:
        size = _size(data)
    except (struct.error, IndexError, ET.ParseError, UnicodeDecodeError, LookupError):
        raise ValueError(_NO_PICTURE) from None
    if min(size) < 1:
        raise ValueError(_NO_PICTURE)
    return size


def _size(data: bytes) -> tuple[int, int]:
    """Ask the reader of whatever kind *data* begins with."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _two(">II", data, 16)
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _two("<HH", data, 6)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if b"<svg" in data[:4096]:
        return _svg(data)
    raise ValueError(_NO_PICTURE)


def _two(form: str, data: bytes, offset: int) -> tuple[int, int]:
    first, second = struct.unpack_from(form, data, offset)
    return first, second


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk from marker to marker up to the frame; turned by Exif, width and height change places."""
    turned = False
    position = 2
    while True:
        marker = data[position + 1]
        if data[position] != 0xFF:
            raise ValueError(_NO_PICTURE)
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


def _turned(exif: bytes) -> bool:
    """Return whether *exif* says that the picture lies on its side (TIFF 6.0: tag 0x0112, values 5 to 8)."""
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
    raise ValueError(_NO_PICTURE)


def _svg(data: bytes) -> tuple[int, int]:
    """Read the lengths of the outermost element, else the last two numbers of its view box."""
    if b"<!ENTITY" in data:
        raise ValueError("it is an SVG that declares entities")
    root = ET.fromstring(data)  # noqa: S314 (entities, which could grow without end, are refused above)
    if not root.tag.endswith("svg"):
        raise ValueError(_NO_PICTURE)
    if b"<?xml-stylesheet" in data or any(_acts(element) for element in root.iter()):
        raise ValueError("it is an SVG that runs a script, or asks another host for a part of itself")
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if width and height:
        return width, height
    box = _VIEW_BOX.fullmatch(root.get("viewBox", ""))
    if not box:
        raise ValueError(_NO_PICTURE)
    return round(float(box[1])), round(float(box[2]))


def _acts(element: ET.Element) -> bool:
    """Tell whether *element* of an SVG does more than draw: opened by itself it would do so."""
    name = _local(element.tag)
    values = [(_local(key), value.strip()) for key, value in element.attrib.items()]
    return (
        name in _ACTING
        or any(key.startswith("on") or _SCRIPT.match(value) for key, value in values)
        or (name != "a" and any(key in {"href", "src"} and _AWAY.match(value) for key, value in values))
        or any(_ASKING.search(text) for text in (element.text or "", *(value for _, value in values)))
    )


def _local(name: str) -> str:
    """Return *name* without its namespace, in small letters."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _pixels(length: str) -> int:
    """Return a CSS *length* in whole pixels; 0 where it is none, or a percentage."""
    found = _LENGTH.fullmatch(length)
    return round(float(found[1]) * _PIXELS[found[2] or ""]) if found else 0
