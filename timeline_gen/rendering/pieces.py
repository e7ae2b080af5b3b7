"""A long file in pieces, one for each event that it holds, so that pieces that stand can be used again."""

from __future__ import annotations

from typing import NamedTuple


class Stretch(NamedTuple):
    """Pieces that follow one another, each of one noun."""

    before: bytes
    """What stands ahead of the first."""
    pieces: tuple[bytes, ...]
    between: bytes = b""


class InPieces(NamedTuple):
    """A file. What stands around its pieces is the same whichever of them it has."""

    stretches: tuple[Stretch, ...]
    after: bytes


def joined(file: InPieces) -> bytes:
    """Return the bytes of *file*."""
    parts = [part for one in file.stretches for part in (one.before, one.between.join(one.pieces))]
    return b"".join((*parts, file.after))
