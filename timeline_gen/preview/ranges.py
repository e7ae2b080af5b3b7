"""Byte ranges of media, so that a film can be wound forward (RFC 9110, section 14)."""

from __future__ import annotations

import re
from typing import Final

_ONE_RANGE: Final = re.compile(r"bytes=(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})", re.ASCII)


class UnsatisfiableError(ValueError):
    """The range lies outside the file."""


def read_range(header: str, size: int) -> tuple[int, int] | None:
    """Return start and end (exclusive) of the one range that *header* asks of a file of *size* bytes.

    None where it asks for none, for several, or cannot be read: then all of the file is sent, as the
    RFC allows. Raises ``UnsatisfiableError`` where the range lies outside the file.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if not found or not (found["first"] or found["last"]):
        return None
    start = int(found["first"]) if found["first"] else max(size - int(found["last"]), 0)
    end = int(found["last"]) + 1 if found["first"] and found["last"] else size
    if found["first"] and found["last"] and end <= start:
        return None
    if start >= size:
        raise UnsatisfiableError(header)
    return start, min(end, size)
