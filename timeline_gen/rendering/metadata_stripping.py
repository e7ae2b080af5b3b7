"""Pictures without what is not drawn, taken over as they are: their pixels stay the author's own.

PNG (W3C, 5.3) is a row of chunks, GIF89a a row of blocks. What is not sure to be whole is not taken over;
a decoder then decides.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_DRAWN_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"acTL", b"fcTL", b"fdAT", b"IDAT", b"IEND"}
)
_DECIDING_CHUNKS: Final = frozenset({b"iCCP", b"eXIf", b"cICP"})
"""Colours and turns that must be worked into the pixels before they are left out."""
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the type of colour (W3C, 11.2.1)."""
_PASSES: Final = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Adam7 (W3C, 8.2): first column and row of each pass, and the steps to the next."""
_AT_ONCE: Final = 1 << 16
"""Bytes that are unpacked at a time: only their number matters."""

_EXTENSION: Final = 0x21
_IMAGE: Final = 0x2C
_TRAILER: Final = 0x3B
_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF
_REPEATING: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_MOST_BLOCKS: Final = 1_000_000


def stripped_png(data: bytes, width: int) -> bytes:
    """Return the PNG *data* without what is not drawn; nothing where its pixels must be made anew."""
    if not data.startswith(_PNG) or int.from_bytes(data[16:20]) > width:
        return b""
    kept, pixels = [_PNG], list[bytes]()
    for name, chunk in _chunks(data):
        if name in _DECIDING_CHUNKS:
            return b""
        if name in _DRAWN_CHUNKS:
            kept.append(chunk)
        if name == b"IDAT":
            pixels.append(chunk[8:-4])
        if name == b"IEND":
            return b"".join(kept) if _is_whole(data, pixels) else b""
    return b""


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name of each chunk and its bytes, up to the first that is damaged."""
    position = len(_PNG)
    while position + 12 <= len(data):
        end = position + 12 + int.from_bytes(data[position : position + 4])
        chunk = data[position:end]
        if end > len(data) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:]):
            return
        yield chunk[4:8], chunk
        position = end


def _is_whole(data: bytes, pixels: list[bytes]) -> bool:
    """Return whether the packed *pixels* of the PNG *data* are as many as its head gives."""
    wanted = _bytes_of_pixels(data[16:33])
    unpacker, found = zlib.decompressobj(), 0
    try:
        for part in pixels:
            rest = part
            # No more is unpacked than the head promises: a few kilobytes may hold gigabytes.
            while rest and not unpacker.eof and found <= wanted:
                found += len(unpacker.decompress(rest, _AT_ONCE))
                rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return unpacker.eof and 0 < wanted == found


def _bytes_of_pixels(head: bytes) -> int:
    """Return how many bytes the pixels of a PNG with this *head* (IHDR) are; 0 where it is wrong."""
    width, height = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
    depth, kind, interlaced = head[8], head[9], head[12]
    bits = depth * _CHANNELS.get(kind, 0)
    if not interlaced:
        return height * (1 + (width * bits + 7) // 8)
    sizes = (
        ((width - left + across - 1) // across, (height - top + down - 1) // down)
        for left, top, across, down in _PASSES
    )
    return sum(high * (1 + (wide * bits + 7) // 8) for wide, high in sizes if wide > 0)


class _Gif(NamedTuple):
    """The bytes of a GIF, with the size of its screen."""

    data: bytes
    width: int
    height: int


def stripped_gif(data: bytes, width: int) -> bytes:
    """Return the GIF *data* without comments and what programs wrote; nothing where it must be made anew."""
    gif = _Gif(data, int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    if not data.startswith((b"GIF87a", b"GIF89a")) or gif.width > width or len(data) < 14:
        return b""
    kept, shows = list[bytes](), False
    try:
        position = 13 + _colours(data[10])
        kept.append(data[:position])
        while data[position] != _TRAILER:
            start, position = position, _block_end(gif, position)
            shows = shows or data[start] == _IMAGE
            if _is_drawn(data, start):
                kept.append(data[start:position])
            if len(kept) > _MOST_BLOCKS:
                return b""
    except (IndexError, ValueError):
        return b""
    return b"".join([*kept, b";"]) if shows else b""


def _block_end(gif: _Gif, start: int) -> int:
    """Return where the block at *start* ends; raise ValueError or IndexError where it is damaged."""
    data = gif.data
    if data[start] == _EXTENSION:
        return _sub_blocks_end(data, start + 2)
    if data[start] != _IMAGE:
        raise ValueError(say("it is damaged"))
    left, top, wide, high = (
        int.from_bytes(data[at : at + 2], "little") for at in range(start + 1, start + 9, 2)
    )
    if left + wide > gif.width or top + high > gif.height:
        raise ValueError(say("it draws beyond its edge"))
    return _sub_blocks_end(data, start + 11 + _colours(data[start + 9]))


def _sub_blocks_end(data: bytes, position: int) -> int:
    for _ in range(_MOST_BLOCKS):
        size = data[position]
        position += 1 + size
        if not size:
            return position
    raise ValueError(say("it is damaged"))


def _colours(flags: int) -> int:
    """Return how many bytes the table of colours takes that *flags* announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _is_drawn(data: bytes, start: int) -> bool:
    if data[start] == _IMAGE or data[start + 1] == _CONTROL:
        return True
    return data[start + 1] == _APPLICATION and data[start + 3 : start + 14] in _REPEATING
