"""Which addresses an SVG may refer to: a part of itself, or a raster picture that it carries inside.

An address is judged as a browser sees it (WHATWG URL, 4.4): without blanks and control characters around it,
without tabs and line breaks. What comes back is written anew.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote

from timeline_gen.reading.pictures.raster_kinds import raster_kind
from timeline_gen.reading.pictures.raster_size import raster_size

_AROUND: Final = "".join(map(chr, range(0x21)))
_DROPPED: Final = str.maketrans("", "", "\t\n\r")
_PART: Final = re.compile(r"#[^\x00-\x20\x7f\"'()<>\\`{}|^]+")
_DATA: Final = re.compile(
    r"data:image/(?:png|jpeg|jpg|pjpeg|webp)(?:;charset=[\w-]+)?;base64,", re.IGNORECASE
)
_BLANKS: Final = re.compile(r"[ \f]+")
_CARRIED: Final = {"PNG": "png", "JPEG": "jpeg", "WebP": "webp"}


def normalised(address: str) -> str:
    """Return *address* without what browsers drop before they read it."""
    return address.strip(_AROUND).translate(_DROPPED)


def part_of_itself(address: str) -> str:
    """Return *address*, normalised, if it names a part of the same drawing (``#id``); else an empty text."""
    found = normalised(address)
    return found if _PART.fullmatch(found) else ""


def carried_picture(address: str) -> tuple[str, int]:
    """Return the ``data:`` *address* of a raster picture, written anew, and its number of pixels.

    The kind is taken from the bytes, not from what the address claims. Empty where it is anything else.
    """
    found = normalised(address)
    head = _DATA.match(found)
    if not head:
        return "", 0
    body = found[head.end() :]
    try:
        # Editors break base64 into indented lines; of these, blanks are what is left by now.
        data = base64.b64decode(_BLANKS.sub("", unquote(body) if "%" in body else body), validate=True)
        width, height = raster_size(data)
    except (binascii.Error, ValueError):
        return "", 0
    kind = _CARRIED.get(raster_kind(data), "")
    return (
        (f"data:image/{kind};base64,{base64.b64encode(data).decode()}", width * height) if kind else ("", 0)
    )
