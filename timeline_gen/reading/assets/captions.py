"""Captions in WebVTT (W3C, 4): what is wrong with them, each at its line and column."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import Final, NamedTuple

from timeline_gen.messages import say

_STAMP: Final = r"(?:(?P<{0}h>\d{{2,6}}):)?(?P<{0}m>[0-5]\d):(?P<{0}s>[0-5]\d)\.(?P<{0}t>\d{{3}})"
_TIMES: Final = re.compile(rf"\s*{_STAMP.format('a')}[ \t]+-->[ \t]+{_STAMP.format('b')}(?:[ \t]+.*)?")
_SUBRIP: Final = re.compile(r"\d\d:\d\d:\d\d,\d\d\d")
_START: Final = re.compile(r"WEBVTT(?:[ \t].*)?")
_ARROW: Final = "-->"
_NO_CUES: Final = ("NOTE", "STYLE", "REGION")
_MOST: Final = 20
"""Faults that are reported of one file."""
_LONGEST: Final = 2 * 1024 * 1024
"""Bytes: a day of speech takes fewer."""
_LONGEST_SHOWN: Final = 60
_USUAL: Final = say("write 00:01:02.500 --> 00:01:05.000")


class CaptionFault(NamedTuple):
    """What is wrong with captions, and where."""

    message: str
    line: int
    column: int
    hint: str


def caption_faults(data: bytes) -> tuple[CaptionFault, ...]:
    """Return what is wrong with the captions in *data*, in their order; at most twenty faults."""
    if len(data) > _LONGEST:
        message = say(
            "they have {data:.0f} MiB, and captions of up to 2 MiB are read", data=len(data) / 1024 / 1024
        )
        return (CaptionFault(message, 1, 1, say("give each film its own")),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return (CaptionFault(say("it is not UTF-8 text"), line, column, say("save it as UTF-8")),)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    faults = (*_head(lines), *_cues(lines))
    return tuple(fault for _, fault in zip(range(_MOST), faults, strict=False))


def _head(lines: list[str]) -> Iterator[CaptionFault]:
    if _START.fullmatch(lines[0]):
        return
    subrip = any(_SUBRIP.search(line) for line in lines[:5])
    hint = say("write WEBVTT as its first line, and an empty line after it")
    if subrip:
        hint = say("it is SubRip: save it as WebVTT, which has a point in 00:00:01.500")
    yield CaptionFault(say("it is no WebVTT, which begins with the line WEBVTT"), 1, 1, hint)


def _cues(lines: list[str]) -> Iterator[CaptionFault]:
    """Yield what is wrong with the cues, which empty lines divide."""
    begun = 0.0
    block: list[tuple[int, str]] = []
    # The empty line at the end closes the last block.
    for number, line in [*enumerate(lines[1:], 2), (0, "")]:
        if line.strip():
            block.append((number, line))
            continue
        # The first line of a cue may be its name, and the times are on the second (WebVTT, 4.1).
        times = next(((at, text) for at, text in block[:2] if _ARROW in text), None)
        if times is None and block and not _is_other(block):
            hint = say("{usual} above the words", usual=_USUAL)
            yield CaptionFault(say("these words have no time at which they are shown"), block[0][0], 1, hint)
        elif times:
            begun = yield from _time(*times, begun)
        block = []


def _is_other(block: list[tuple[int, str]]) -> bool:
    """Return whether *block* is a note or a style, or goes on with the first line of the file."""
    # The lines right under WEBVTT belong to the head of the file.
    return block[0][1].startswith(_NO_CUES) or block[0][0] == 2


def _time(number: int, text: str, before: float) -> Generator[CaptionFault, None, float]:
    match = _TIMES.fullmatch(text)
    if match is None:
        column = len(text) - len(text.lstrip()) + 1
        hint = say("write a point, not a comma: 00:00:01.500") if _SUBRIP.search(text) else _USUAL
        typed = text.strip()
        shown = typed if len(typed) <= _LONGEST_SHOWN else f"{typed[:_LONGEST_SHOWN]}…"
        yield CaptionFault(say("the times {shown!r} cannot be read", shown=shown), number, column, hint)
        return before
    start, end = (_seconds(match, name) for name in "ab")
    if end <= start:
        yield CaptionFault(
            say("this ends before it begins"), number, match.start("bm") + 1, say("mend the times")
        )
    elif start < before:
        message = say("this begins before what is written above it")
        yield CaptionFault(message, number, match.start("am") + 1, say("put the cues in the order of time"))
    return start


def _seconds(match: re.Match[str], name: str) -> float:
    hours, minutes, seconds, thousandths = (int(match[f"{name}{unit}"] or 0) for unit in "hmst")
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
