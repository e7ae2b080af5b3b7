"""What a publisher is about to do, left where the next one finds it should the first be stopped."""

from __future__ import annotations

import json

from timeline_gen.publishing.files import File, inside
from timeline_gen.publishing.hosts.host import Work
from timeline_gen.publishing.planning import Unfinished


def write_work(work: Work, attempt: int = 1) -> bytes:
    """Return *work*, at its *attempt*, as JSON."""
    puts = {path: [file.hash, file.size, file.headers] for path, file in sorted(work.puts.items())}
    entry = {"attempt": attempt, "puts": puts, "deletes": sorted(work.deletes)}
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def read_work(data: bytes) -> tuple[Unfinished, int]:
    """Return the work that *data* describes, and which attempt that was; nothing where it is damaged."""
    try:
        found = json.loads(data)
        puts = {inside(path): File(*values) for path, values in found["puts"].items()}
        return Unfinished(puts, frozenset(map(inside, found["deletes"]))), int(found["attempt"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unfinished(), 1
