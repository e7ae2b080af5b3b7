"""The metadata of a picture: the tags of EXIF (JEITA CP-3451), XMP and IPTC, in four formats.

Only what is needed to name them is read; nothing is decoded.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from timeline_gen.messages import say

GPS: Final = say("GPS position")

_HARMLESS: Final = frozenset(
    {
        0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x010E, 0x0112, 0x0115, 0x011A, 0x011B, 0x011C, 0x0128,
        0x0131, 0x013B, 0x013E, 0x013F, 0x0211, 0x0213, 0x0214, 0x8298, 0x8769, 0x9000, 0x9101, 0xA000,
        0xA001, 0xA002, 0xA003, 0xA005,
    }
)  # fmt: skip
"""Size, orientation, colours, the software, and a credit line: description, artist, copyright."""
_TELLING: Final = {
    0x010F: "camera",
    0x0110: "camera",
    0x0132: say("date taken"),
    0x013C: "computer",
    0x8825: GPS,
    0x9003: say("date taken"),
    0x9004: say("date taken"),
    0x927C: say("maker's notes"),
    0x9286: "comment",
    0xA420: say("image id"),
    0xA430: say("camera owner"),
    0xA431: say("camera's serial number"),
    0xA433: "lens",
    0xA434: "lens",
    0xA435: say("lens's serial number"),
}
_SUB_FOLDER: Final = 0x8769
_XMP: Final = (
    (re.compile(rb"exif:GPS|GPSLatitude|LocationCreated|Iptc4xmpCore:Location"), GPS),
    (re.compile(rb"SerialNumber|OwnerName|CameraOwner"), say("camera's serial number")),
    (re.compile(rb"DocumentID|InstanceID|xmpMM:History|DerivedFrom"), say("editing history")),
    (re.compile(rb"CreatorTool|ModifyDate|CreateDate|DateCreated"), say("date taken")),
)


def metadata_of(data: bytes) -> tuple[str, ...]:
    """Return the kinds of metadata in the picture *data*, in words, each once; none for other files."""
    try:
        found = sorted({kind for block in _blocks(data) for kind in _kinds_in(block)})
    except (struct.error, IndexError):
        found = [say("metadata that cannot be read")]
    return tuple(found)


def _kinds_in(block: tuple[str, bytes]) -> Iterator[str]:
    kind, data = block
    if kind == "exif":
        yield from _exif(data)
    elif kind == "iptc":
        yield say("IPTC notes")
    else:
        yield from (kind for pattern, kind in _XMP if pattern.search(data))


def _blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\xff\xd8"):
        yield from _jpeg(data)
    elif data.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from _png(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        yield from _webp(data)
    elif data[4:8] == b"ftyp":
        # HEIC and AVIF: such a block may be anywhere in their boxes.
        at = data.find(b"Exif\0\0")
        if at >= 0:
            yield "exif", data[at + 6 :]
        if b"<x:xmpmeta" in data:
            yield "xmp", data


def _jpeg(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 2
    # Behind the marker 0xDA come the pixels, in which any bytes may be.
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        size = struct.unpack(">H", data[at + 2 : at + 4])[0]
        marker, body = data[at + 1], data[at + 4 : at + 2 + size]
        at += 2 + size
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            yield "exif", body[6:]
        elif marker == 0xE1 and b"ns.adobe.com/x" in body[:40]:
            yield "xmp", body
        elif marker == 0xED and b"8BIM\x04\x04" in body:
            yield "iptc", body


def _png(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 8
    while at + 8 <= len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"eXIf":
            yield "exif", body
        elif kind in {b"tEXt", b"iTXt", b"zTXt"}:
            yield "xmp", _png_text(kind, body)


def _png_text(kind: bytes, body: bytes) -> bytes:
    """Return the text of a chunk with its keyword (PNG, 11.3.3); unpacked as far as 1 MiB."""
    name, _, rest = body.partition(b"\0")
    packed = (kind == b"zTXt" and rest[1:]) or (kind == b"iTXt" and rest[:1] == b"\1" and rest[2:])
    if not packed:
        return body
    if kind == b"iTXt":
        packed = packed.split(b"\0", 2)[-1]
    try:
        return name + b"\0" + zlib.decompressobj().decompress(packed, 1 << 20)
    except zlib.error:
        return body


def _webp(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 12
    while at + 8 <= len(data):
        size = struct.unpack("<I", data[at + 4 : at + 8])[0]
        kind, body = data[at : at + 4], data[at + 8 : at + 8 + size]
        # Chunks of RIFF begin at even places.
        at += 8 + size + size % 2
        if kind == b"EXIF":
            yield "exif", body.removeprefix(b"Exif\0\0")
        elif kind == b"XMP ":
            yield "xmp", body


def _exif(data: bytes) -> Iterator[str]:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return
    first = struct.unpack(f"{order}I", data[4:8])[0]
    waiting, seen = [first], set[int]()
    while waiting:
        at = waiting.pop()
        # Folders that refer to each other would be read without end.
        if at in seen or at == 0:
            continue
        seen.add(at)
        count = struct.unpack(f"{order}H", data[at : at + 2])[0]
        for number in range(count):
            entry = data[at + 2 + 12 * number : at + 14 + 12 * number]
            tag, _, _, value = struct.unpack(f"{order}HHII", entry)
            if tag == _SUB_FOLDER:
                waiting.append(value)
            elif tag not in _HARMLESS:
                yield _TELLING.get(tag, say("camera settings"))
        following = data[at + 2 + 12 * count : at + 6 + 12 * count]
        # The second folder is a thumbnail, which programs may leave as it was when they change the picture.
        if at == first and len(following) == 4 and struct.unpack(f"{order}I", following)[0]:
            yield say("a small copy of the picture as it was taken")
