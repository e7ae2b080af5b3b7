"""The difference between what is here and what is stored there, as a value: the plan of a publication.

Nothing here reads or writes anything. A plan names both sides by a hash, so that it can be kept, read by a
person, and carried out later if neither side has moved since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.files import STAGES, File, JsonObject, Listing, digest_of, is_hashed, stage_of
from timeline_gen.publishing.record import About, EarlierGeneration, Record, Retained

ADD: Final = "add"
CHANGE: Final = "change"
HEADERS: Final = "headers"
DELETE: Final = "delete"
KINDS: Final = (ADD, CHANGE, HEADERS, DELETE)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a publisher that was stopped, or is still at work, set out to do."""

    puts: Listing = field(default_factory=dict)
    deletes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remote:
    """What is at a place that the site is published to."""

    record: Record = field(default_factory=Record)
    token: str = ""
    """Changes with every publication."""
    unfinished: Unfinished | None = None
    certain: Mapping[str, str] = field(default_factory=dict)
    """The hashes of those of the unfinished files that are known to be stored there all the same."""
    corrupt: frozenset[str] = frozenset()
    """Our own files that another publisher changed or deleted there."""
    foreign: int = 0
    """Files that this program did not put there, where that was asked: before the first publication."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What is done to one path."""

    kind: str
    path: str
    file: File | None
    """What it will be; None for a file that is deleted."""
    before: File | None
    """What it was, as far as that is known."""

    @property
    def bytes(self) -> int:
        """Return how much goes over the wire."""
        return self.file.size if self.file and self.kind != HEADERS else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a publication does."""

    target: str
    generation: int
    """The number of the generation that it makes."""
    local: str
    """The hash of all that is to be stored there."""
    remote: str
    """The token of what is stored there."""
    changes: tuple[FileChange, ...]
    """In the order in which they are made."""

    def of(self, kind: str) -> tuple[FileChange, ...]:
        """Return the changes of one *kind*."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def puts(self) -> dict[str, File]:
        """Return every file that is put there or gets other headers."""
        return {change.path: change.file for change in self.changes if change.file}

    @property
    def deletes(self) -> tuple[str, ...]:
        """Return the paths that are deleted."""
        return tuple(change.path for change in self.changes if change.kind == DELETE)


def plan(target: str, local: Listing, remote: Remote, *, keep: int) -> Plan:
    """Return what makes the *target*, which is as in *remote*, hold the files of *local*.

    Files with a hash in their names stay for *keep* more generations after the site has lost them.
    """
    changes = (*_puts(local, remote), *_deletes(local, remote, keep))
    if changes or not keep:
        # Old styles only are no reason to publish.
        changes += tuple(_expired(local, remote.record, keep))
    ordered = tuple(sorted(changes, key=_turn))
    return Plan(target, remote.record.generation + 1, digest_of(local), remote.token, ordered)


def _turn(change: FileChange) -> tuple[int, str]:
    return (len(STAGES) if change.kind == DELETE else stage_of(change.path), change.path)


def _puts(local: Listing, remote: Remote) -> Iterator[FileChange]:
    present, unsure = remote.record.present, _unsure(remote)
    for path, file in local.items():
        there = present.get(path)
        if path in unsure:
            if remote.certain.get(path) != file.hash or not _same_put(path, file, remote):
                yield FileChange(CHANGE if there else ADD, path, file, there)
        elif there is None:
            yield FileChange(ADD, path, file, None)
        elif there.hash != file.hash:
            yield FileChange(CHANGE, path, file, there)
        elif there.headers != file.headers:
            yield FileChange(HEADERS, path, file, there)


def _unsure(remote: Remote) -> frozenset[str]:
    """Return the paths that may not be as in the record."""
    work = remote.unfinished or Unfinished()
    return remote.corrupt.union(work.puts, work.deletes)


def _same_put(path: str, file: File, remote: Remote) -> bool:
    """Return whether *file* came there whole, headers included, by what was begun and not finished."""
    begun = remote.unfinished.puts.get(path) if remote.unfinished else None
    there = remote.record.present.get(path)
    # Where only the headers were to change, equal bytes there do not show that they did.
    return begun == file and (there is None or there.hash != file.hash)


def _deletes(local: Listing, remote: Remote, keep: int) -> Iterator[FileChange]:
    record = remote.record
    for path, file in record.files.items():
        if path not in local and not (keep and is_hashed(path)):
            yield FileChange(DELETE, path, None, file)
    # No record names what a stopped publisher put there.
    begun = remote.unfinished or Unfinished()
    for path in sorted(begun.deletes.union(begun.puts)):
        if path not in local and path not in record.present:
            yield FileChange(DELETE, path, None, begun.puts.get(path))


def _expired(local: Listing, record: Record, keep: int) -> Iterator[FileChange]:
    """Yield the deletes of files that were kept for readers of older pages, and for long enough."""
    for path, file in record.retained.items():
        if path not in local and file.last < record.generation + 1 - keep:
            yield FileChange(DELETE, path, None, file.file)


def deleted_share(made: Plan, record: Record) -> float:
    """Return how many per cent of the files of *record* the plan *made* deletes."""
    gone = sum(path in record.files for path in made.deletes)
    return 100 * gone / len(record.files) if record.files else 0.0


def next_record(
    record: Record, local: Listing, about: About, *, keep: int, addresses: Iterable[str] = ()
) -> Record:
    """Return the record after *local* has taken the place of what *record* lists, keeping *keep* before it.

    *addresses* are those of *local* that others may link to.
    """
    lost = {
        path: Retained(file, record.generation) for path, file in record.files.items() if path not in local
    }
    retained = {path: kept for path, kept in lost.items() if is_hashed(path)} | {
        path: kept for path, kept in record.retained.items() if path not in local
    }
    earlier = (EarlierGeneration(record.about, _differences(record.files, local)), *record.kept)
    return Record(
        about=about,
        files=local,
        retained={path: kept for path, kept in retained.items() if kept.last >= about.generation - keep},
        kept=earlier[:keep] if record.generation else (),
        addresses=tuple(sorted(addresses)),
    )


def _differences(before: Listing, after: Listing) -> dict[str, File | None]:
    paths = before.keys() | after.keys()
    return {path: before.get(path) for path in sorted(paths) if before.get(path) != after.get(path)}


def marked(record: Record, mark: str) -> Record:
    """Return *record* with the host's own name for its generation."""
    return replace(record, about=replace(record.about, mark=mark))


# ---------------------------------------------------------------- as JSON


def write_plan(made: Plan) -> str:
    """Return the plan *made* as JSON."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=1)


def read_plan(text: str) -> Plan:
    """Return the plan that *text* holds; raise ``UsageError`` where it holds none."""
    try:
        found: dict[str, Any] = json.loads(text)
        changes = tuple(
            FileChange(change["kind"], change["path"], _file(change["file"]), _file(change["before"]))
            for change in found.pop("changes")
        )
        return Plan(changes=changes, **found)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(
            say("this file holds no plan"), hint=say("make one: timeline-gen publish --plan FILE")
        ) from error


def _file(data: JsonObject | None) -> File | None:
    return File(**data) if data else None


def moved(kept: Plan, now: Plan) -> str:
    """Return why the plan *kept* can no longer be carried out as it is; empty where it can."""
    if kept.target != now.target:
        return say(
            "the plan is for the target {target!r}, and this is {target_2!r}",
            target=kept.target,
            target_2=now.target,
        )
    if kept.local != now.local:
        return say("the site here is another one than when the plan was made")
    if kept.remote != now.remote or kept.changes != now.changes:
        return say("the site there is another one than when the plan was made")
    return ""


def stages(changes: Iterable[FileChange]) -> Iterator[tuple[FileChange, ...]]:
    """Yield those of *changes* that put something there, stage by stage."""
    puts = [change for change in changes if change.file]
    for stage in STAGES:
        found = tuple(change for change in puts if stage_of(change.path) == stage)
        if found:
            yield found
