"""Films and sounds in boxes, MP4 and M4A (ISO/IEC 14496-12): whether they are whole, and how large."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say

_MOST_BOXES: Final = 10_000
_LOCATIONS: Final = (b"\xa9xyz", b"location.ISO6709", b"loci")
"""Where cameras put their position: QuickTime's user data and keys, and 3GPP TS 26.244, 8.3."""


class _Box(NamedTuple):
    kind: bytes
    start: int
    """Of what it holds."""
    end: int


def film_size(data: bytes) -> tuple[int, int]:
    """Return the width and height, in pixels, of the film in *data*; (0, 0) where it shows nothing.

    Raises ValueError, with the reason, where it is no such file or is cut off.
    """
    if data[4:8] != b"ftyp":
        raise ValueError(say("it does not begin as an MP4 file does"))
    boxes = {box.kind: box for box in _boxes(data, 0, len(data))}
    if b"moov" not in boxes:
        raise ValueError(say("it is cut off: the part that says how to play it (moov) is missing"))
    if b"mdat" not in boxes and b"moof" not in boxes:
        raise ValueError(say("it is cut off: it holds no sound and no pictures"))
    moov = boxes[b"moov"]
    sizes = (_track_size(data, box) for box in _tracks(data, moov))
    # A film has tracks of sound, too, whose size is 0 × 0.
    return max(sizes, default=(0, 0))


_RARE: Final = {
    b"hvc1": "HEVC (H.265)",
    b"hev1": "HEVC (H.265)",
    b"dvh1": "Dolby Vision",
    b"mp4v": "MPEG-4 Visual",
    b"apcn": "ProRes",
    b"ac-3": "Dolby Digital",
    b"alac": "Apple Lossless",
}
"""What tracks are coded in that not all browsers play, by the names of their sample entries."""


def rare_codec(data: bytes) -> str:
    """Return in what the film or the sound in *data* is coded, if not all browsers play that; else nothing.

    *data* is whole, as :func:`film_size` finds.
    """
    moov = next(box for box in _boxes(data, 0, len(data)) if box.kind == b"moov")
    # It is four levels down in each track; what is found instead in a damaged file is no known codec.
    tables = (data.find(b"stsd", at) for at in _starts(data, b"trak", moov))
    named = (data[at + 16 : at + 20] for at in tables if moov.start < at < moov.end)
    return next((_RARE[name] for name in named if name in _RARE), "")


def _starts(data: bytes, kind: bytes, within: _Box) -> Iterator[int]:
    return (box.start for box in _boxes(data, within.start, within.end) if box.kind == kind)


def has_location(data: bytes) -> bool:
    """Return whether the film in *data* names where it was made."""
    try:
        moov = next((box for box in _boxes(data, 0, len(data)) if box.kind == b"moov"), None)
    except ValueError:
        return False
    return moov is not None and any(data.find(mark, moov.start, moov.end) >= 0 for mark in _LOCATIONS)


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    """Yield the boxes from *start* to *end*, one after the other (ISO/IEC 14496-12, 4.2)."""
    for _ in range(_MOST_BOXES):
        if start == end:
            return
        if end - start < 8:
            raise ValueError(say("it is cut off, or damaged"))
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and end - start >= 16:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        # A last box of unknown length has the size 0.
        size = size or end - start
        if size < head or start + size > end:
            raise ValueError(say("it is cut off, or damaged"))
        yield _Box(kind, start + head, start + size)
        start += size
    raise ValueError(say("it has too many parts"))


def _tracks(data: bytes, moov: _Box) -> Iterator[_Box]:
    for track in _boxes(data, moov.start, moov.end):
        if track.kind == b"trak":
            yield from (box for box in _boxes(data, track.start, track.end) if box.kind == b"tkhd")


def _track_size(data: bytes, head: _Box) -> tuple[int, int]:
    """Return what a track's head (8.3.2) ends with: width and height, in 16.16 fixed point."""
    if head.end - head.start < 8:
        return 0, 0
    width, height = struct.unpack_from(">II", data, head.end - 8)
    return width >> 16, height >> 16
