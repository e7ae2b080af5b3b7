"""A long file in chunks, one for each noun that it holds, so that unchanged chunks can be used again."""

from __future__ import annotations

from typing import NamedTuple


class ChunkList(NamedTuple):
    """Chunks that follow one another, each of one noun."""

    before: bytes
    """What is ahead of the first."""
    chunks: tuple[bytes, ...]
    between: bytes = b""


class Chunked(NamedTuple):
    """A file. What is around its chunks is the same whichever of them it has."""

    lists: tuple[ChunkList, ...]
    after: bytes


def joined(file: Chunked) -> bytes:
    """Return the bytes of *file*."""
    parts = [
        part
        for chunk_list in file.lists
        for part in (chunk_list.before, chunk_list.between.join(chunk_list.chunks))
    ]
    return b"".join((*parts, file.after))
