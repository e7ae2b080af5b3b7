"""Films in WebM, which is EBML (RFC 8794) of Matroska (RFC 9559): whether they are whole, and how large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say

_EBML, _DOC_TYPE = 0x1A45DFA3, 0x4282
_SEGMENT, _TRACKS, _CLUSTER = 0x18538067, 0x1654AE6B, 0x1F43B675
_TRACK, _VIDEO, _WIDTH, _HEIGHT = 0xAE, 0xE0, 0xB0, 0xBA
_MOST_ELEMENTS: Final = 200_000
_CUT_OFF: Final = say("it is cut off, or damaged")


class _Element(NamedTuple):
    id: int
    start: int
    """Of what it holds."""
    end: int


def film_size(data: bytes) -> tuple[int, int]:
    """Return the width and height, in pixels, of the film in *data*; (0, 0) where it shows nothing.

    Raises ValueError, with the reason, where it is no such file or is cut off.
    """
    top = {element.id: element for element in _elements(data, 0, len(data))}
    head, segment = top.get(_EBML), top.get(_SEGMENT)
    if head is None:
        raise ValueError(say("it does not begin as a WebM file does"))
    kinds = (item for item in _elements(data, head.start, head.end) if item.id == _DOC_TYPE)
    if all(data[kind.start : kind.end].rstrip(b"\0") != b"webm" for kind in kinds):
        raise ValueError(say("it is a Matroska file and no WebM, which is what browsers play"))
    if segment is None:
        raise ValueError(_CUT_OFF)
    parts = {item.id: item for item in _elements(data, segment.start, segment.end)}
    if _TRACKS not in parts or _CLUSTER not in parts:
        raise ValueError(say("it is cut off: it holds no sound and no pictures"))
    return max(_sizes(data, parts[_TRACKS]), default=(0, 0))


def _sizes(data: bytes, tracks: _Element) -> Iterator[tuple[int, int]]:
    for track in _elements(data, tracks.start, tracks.end):
        for video in _elements(data, track.start, track.end) if track.id == _TRACK else ():
            if video.id == _VIDEO:
                by_id = {element.id: element for element in _elements(data, video.start, video.end)}
                yield _number(data, by_id.get(_WIDTH)), _number(data, by_id.get(_HEIGHT))


def _number(data: bytes, element: _Element | None) -> int:
    return int.from_bytes(data[element.start : element.end][:8]) if element else 0


def _elements(data: bytes, start: int, end: int) -> Iterator[_Element]:
    """Yield the elements from *start* to *end*; one of unknown size lasts as long as what holds it."""
    for _ in range(_MOST_ELEMENTS):
        if start >= end:
            return
        name, start = _integer(data, start, end, marked=True)
        size, start = _integer(data, start, end, marked=False)
        stop = end if size < 0 else start + size
        if stop > end:
            raise ValueError(_CUT_OFF)
        yield _Element(name, start, stop)
        if size < 0 and name == _CLUSTER:
            return
        start = stop
    raise ValueError(say("it has too many parts"))


def _integer(data: bytes, start: int, end: int, *, marked: bool) -> tuple[int, int]:
    """Return a number of variable length (RFC 8794, 4), and where it ends; -1 for an unknown size.

    A *marked* one keeps the bit that gives its length, as ids do.
    """
    first = data[start] if start < end else 0
    length = 9 - first.bit_length()
    if not first or start + length > end:
        raise ValueError(_CUT_OFF)
    value = int.from_bytes(data[start : start + length])
    if marked:
        return value, start + length
    value -= 1 << 7 * length
    return (-1 if value == (1 << 7 * length) - 1 else value), start + length
