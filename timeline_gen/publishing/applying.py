"""Carrying out a plan: in stages, so that no reader gets a page before what it needs; deletes last.

Where anything fails, nothing is deleted, the record stays as it was, and what was begun is known to the
next publisher, who finishes or undoes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from timeline_gen.errors import UsageError
from timeline_gen.publishing.files import Listing
from timeline_gen.publishing.hosts.host import Host, Upload, Work
from timeline_gen.publishing.planning import HEADERS, FileChange, Plan, Remote, Unfinished, stages
from timeline_gen.publishing.record import Record, hashes_kept

Source = Callable[[str], bytes]
"""Gives the bytes of the file that is to be stored under a path."""
Progress = Callable[[int, int], None]
"""Is given how many files of how many are done."""

_BATCH = 200
"""Files that go up between two words on how far it is."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A plan with all that it takes to carry it out."""

    plan: Plan
    remote: Remote
    """What is stored there."""
    after: Record
    source: Source


def carry_out(transfer: Transfer, host: Host, progress: Progress) -> str:
    """Carry out the plan of *transfer* on *host*; return the host's mark of the new generation."""
    made = transfer.plan
    # What an earlier publisher began stays uncertain until all is done.
    begun = transfer.remote.unfinished or Unfinished()
    work = Work(
        base=made.remote,
        record=transfer.remote.record,
        puts={**begun.puts, **made.puts},
        deletes=begun.deletes.union(made.deletes),
        preserve=_preserved(made, transfer),
    )
    try:
        host.begin(work)
        _put_all(transfer, host, progress)
        # Before the deletes: where another publisher has taken over, this fails, and nothing is deleted.
        host.keep(transfer.after)
        if made.deletes:
            host.delete(made.deletes)
        return host.finish(transfer.after)
    finally:
        # A claim that cannot be taken back grows old.
        with suppress(UsageError):
            host.end()


def _put_all(transfer: Transfer, host: Host, progress: Progress) -> None:
    done, count = 0, len(transfer.plan.puts)
    for stage in stages(transfer.plan.changes):
        for start in range(0, len(stage), _BATCH):
            batch = stage[start : start + _BATCH]
            host.put([_upload(change, transfer.source) for change in batch])
            done += len(batch)
            progress(done, count)


def _upload(change: FileChange, source: Source) -> Upload:
    if change.file is None:
        raise TypeError("what is deleted is not put anywhere")
    return Upload(change.path, change.file, lambda: source(change.path), change.kind == HEADERS)


def _preserved(made: Plan, transfer: Transfer) -> dict[str, str]:
    """Return the hashes of files that an earlier generation needs and that this plan replaces or deletes."""
    needed = hashes_kept(transfer.after)
    replaced: Mapping[str, str] = {
        change.path: change.before.hash
        for change in made.changes
        if change.before and change.kind != HEADERS and change.path in transfer.remote.record.files
    }
    return {path: name for path, name in replaced.items() if name in needed}


def differing(host: Host, files: Listing, hash_of: Callable[[bytes], str]) -> tuple[str, ...]:
    """Return which of *files* are missing or different on *host*, in the order of paths."""
    right = {
        path
        for path, data, headers in host.fetch(files)
        if hash_of(data) == files[path].hash and (headers == files[path].headers or not host.sends_headers)
    }
    return tuple(sorted(files.keys() - right))
