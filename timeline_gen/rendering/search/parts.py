"""Data in parts: classic scripts of a bounded size, named by what they hold.

A part begins where the hash of an item decides, not at a count: a changed item changes its part, and where
it begins a part the one before it. As a name follows from what a part holds, a page never takes one part for
another, whatever a browser has kept.
"""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, NamedTuple, TypeVar
from zlib import crc32

T = TypeVar("T")

TOGETHER: Final = 24_000
"""Bytes of all parts of a small site, which are in one file."""
_INLINE: Final = 2_000
"""Characters of a list of parts that is in the head; a longer one is a part itself."""
_BLOCK: Final = 96
"""Lines of a list that are a part together, of a list whose lines count rows."""
_NAME: Final = 5
"""Bytes of a hash by which a part is named."""

_written: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Cut(NamedTuple):
    """How long parts are, in bytes of what they are made from."""

    least: int
    most: int
    often: int
    """Of so many items one may begin a part, once the part before has its least length."""


def cut(
    items: Iterable[T], measure: Callable[[T], int], name: Callable[[T], str], how: Cut
) -> Iterator[list[T]]:
    """Yield *items* in parts, in their order; none is longer than ``how.most`` unless an item is."""
    part: list[T] = []
    size = 0
    for item in items:
        length = measure(item)
        # The name decides, not the number: an item more moves none of the other borders.
        begins = size >= how.least and crc32(name(item).encode()) % how.often == 0
        if part and (begins or size + length > how.most):
            yield part
            part, size = [], 0
        part.append(item)
        size += length
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that were made, by name."""

    scripts: dict[str, str] = field(default_factory=dict)

    def add(self, data: object) -> str:
        """Keep *data* as a part; return its name."""
        text = _written(data)
        # Base 32, as the names are those of files: in base 64 two may differ in case only.
        digest = blake2b(text.encode(), digest_size=_NAME).digest()
        # Two parts of one short name get different ones by hashing again, keyed by the first hash.
        while self.scripts.get(name := b32encode(digest).decode("ascii").lower(), text) != text:
            digest = blake2b(text.encode(), key=digest, digest_size=_NAME).digest()
        self.scripts[name] = text
        return name

    def listed(self, lines: Sequence[str]) -> object:
        """Return *lines*, each with the name of a part at its end, or where they are a part themselves."""
        text = "\n".join(lines)
        return text if len(text) <= _INLINE else {"at": self.add(text)}

    def numbered(self, counted: Sequence[tuple[int, str]]) -> object:
        """Return which parts hold how many rows; a long list is in blocks, which are parts themselves."""
        lines = [f"{count} {name}" for count, name in counted]
        if len("\n".join(lines)) <= _INLINE:
            return "\n".join(lines)
        starts = range(0, len(lines), _BLOCK)
        blocks = (self.add("\n".join(lines[start : start + _BLOCK])) for start in starts)
        sums = (sum(count for count, _ in counted[start : start + _BLOCK]) for start in starts)
        return {"blocks": "\n".join(f"{count} {name}" for count, name in zip(sums, blocks, strict=True))}


class SearchFiles(NamedTuple):
    """The scripts of a search."""

    head: bytes
    """What is loaded first."""
    parts: Mapping[str, bytes]
    """The other files, by name."""


def search_files(head: Mapping[str, object], parts: Parts) -> SearchFiles:
    """Return the scripts for *head* and *parts*; parts that are small are together in one file."""
    scripts = {name: _statement(name, text) for name, text in parts.scripts.items()}
    # A request costs a reader more than a few kilobytes that are not needed.
    if sum(map(len, scripts.values())) > TOGETHER:
        return SearchFiles(_head(head), scripts)
    whole = b"".join(scripts.values())
    name = b32encode(blake2b(whole, digest_size=_NAME).digest()).decode("ascii").lower()
    return SearchFiles(_head({**head, "file": name}), {name: whole})


def search_script(head: Mapping[str, object], parts: Parts) -> bytes:
    """Return *head* with all *parts* as one script."""
    return b"".join((_head(head), *(_statement(name, text) for name, text in parts.scripts.items())))


def _head(head: Mapping[str, object]) -> bytes:
    return (
        f"window.timelineData={_written(head)};\nwindow.timelineParts=window.timelineParts||{{}};\n".encode()
    )


def _statement(name: str, text: str) -> bytes:
    return f'timelineParts["{name}"]={text};\n'.encode()
