"""Sound files: whether they are what their names promise, and whole. Nothing is decoded.

MP3 (ISO/IEC 11172-3, 2.4.1.3; ID3v2.4, 3.1), WAV (RIFF), Ogg (RFC 3533) with Vorbis, Opus or FLAC.
"""

from __future__ import annotations

import struct
from typing import Final

from timeline_gen.messages import say

_CUT_OFF: Final = say("it is cut off, or damaged")
_BITRATES: Final = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Of layer III in kbit/s, by the bits of the header: of MPEG-1, and of MPEG-2 and 2.5."""
_RATES: Final = (44_100, 48_000, 32_000)
_JUNK: Final = 4096
"""Bytes that may lie ahead of the first frame."""
_CODECS: Final = ((b"OpusHead", "Opus"), (b"\x01vorbis", "Vorbis"), (b"\x7fFLAC", "FLAC"))


def check_mp3(data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no whole MP3 file."""
    start = _after_tag(data)
    at = next((at for at in range(start, min(start + _JUNK, len(data))) if _frame_length(data, at)), None)
    if at is None:
        raise ValueError(say("it holds no sound in MP3") if len(data) > start else _CUT_OFF)
    following = at + _frame_length(data, at)
    if following > len(data):
        raise ValueError(_CUT_OFF)
    # Four bytes may look like a frame by accident; two frames in a row do not. An older tag, of 128 bytes,
    # may be at the end.
    if following < len(data) - 128 and not _frame_length(data, following):
        raise ValueError(say("it holds no sound in MP3"))
    if len(data) - at < _stated_length(data[at : at + 200]):
        raise ValueError(_CUT_OFF)


def _after_tag(data: bytes) -> int:
    """Return where the tag (ID3v2) at the start of *data* ends."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        # Seven bits of each byte count, so that no size looks like the start of a frame (ID3v2.4, 6.2).
        size = size << 7 | byte & 0x7F
    return 10 + size


def _frame_length(data: bytes, at: int) -> int:
    """Return the length of the frame of layer III *at* a place of *data*; 0 where there is none."""
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2 or head[1] & 0x18 == 0x08:
        return 0
    first = head[1] & 0x18 == 0x18
    rate, padding = head[2] >> 2 & 3, head[2] >> 1 & 1
    if rate == 3 or head[2] >> 4 in {0, 15}:
        return 0
    bits = _BITRATES[first][head[2] >> 4] * 1000
    hertz = _RATES[rate] // (1 if first else 2 if head[1] & 0x10 else 4)
    return (144 if first else 72) * bits // hertz + padding


def _stated_length(head: bytes) -> int:
    """Return how many bytes of frames there are, as encoders note it in the first one; 0 where not."""
    at = max(head.find(b"Xing"), head.find(b"Info"))
    if at < 0 or len(head) < at + 16:
        return 0
    flags = struct.unpack_from(">I", head, at + 4)[0]
    if not flags & 2:
        return 0
    return int(struct.unpack_from(">I", head, at + 8 + 4 * (flags & 1))[0])


def check_wav(data: bytes) -> None:
    """Raise ValueError, with the reason, where *data* is no whole WAV file."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError(say("it does not begin as a WAV file does"))
    at, found = 12, set[bytes]()
    while at + 8 <= len(data) and b"data" not in found:
        kind, size = struct.unpack_from("<4sI", data, at)
        found.add(kind)
        at += 8 + size
    if not {b"fmt ", b"data"} <= found or at > len(data):
        raise ValueError(_CUT_OFF)


def check_ogg(data: bytes, *, only: str = "") -> None:
    """Raise ValueError, with the reason, where *data* is no whole Ogg file of a known codec.

    *only* is the one codec that it may have.
    """
    if not data.startswith(b"OggS"):
        raise ValueError(say("it does not begin as an Ogg file does"))
    # The first page has 27 bytes of head and up to 255 of its table ahead of what names the codec (RFC 3533,
    # 6).
    codec = next((name for mark, name in _CODECS if data[27:300].find(mark) in range(256)), "")
    if not codec or (only and codec != only):
        wanted = only or say("Vorbis, Opus or FLAC")
        raise ValueError(
            say(
                "it holds no sound in {wanted}{value}",
                wanted=wanted,
                value=say(", but in {codec}", codec=codec) if codec else "",
            )
        )
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + 27 > len(data):
            raise ValueError(_CUT_OFF)
        count = data[at + 26]
        at += 27 + count + sum(data[at + 27 : at + 27 + count])
    if at > len(data):
        raise ValueError(_CUT_OFF)
