"""The small interface that every kind of target has.

A host is driven in this order: ``read``, ``begin``, ``put`` for each stage, ``keep``, ``delete``,
``finish``. Whatever happens in between, ``end`` comes last. Hosts that change in one step (a branch, a
folder) only gather until ``finish``; the others do each step as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from timeline_gen.errors import UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.publishing.files import File, Listing
from timeline_gen.publishing.planning import Remote
from timeline_gen.publishing.record import Record


class MovedError(UsageError):
    """Another publisher published to the same place in the meantime."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: what it is to be, and where its bytes come from."""

    path: str
    file: File
    get: Callable[[], bytes]
    same_bytes: bool = False
    """Whether only its headers change."""

    def read(self) -> bytes:
        """Return its bytes; raise ``UsageError`` where they are no longer those that the plan names."""
        try:
            data = self.get()
        except OSError as error:
            raise UsageError(
                say(
                    "{path} cannot be read: {strerror}",
                    path=self.path,
                    strerror=(error.strerror or "").lower(),
                )
            ) from error
        if content_hash(data) != self.file.hash:
            raise UsageError(
                say("{path} has changed since the plan was made: the site was built again", path=self.path),
                hint=say("publish again"),
            )
        return data


@dataclass(frozen=True, slots=True)
class Work:
    """What is about to be done, as a host needs to know it before anything is done."""

    base: str
    """The token of the remote that the plan was made for."""
    record: Record
    """What is stored there now."""
    puts: Listing
    """All that may differ from the record until it is done, what an earlier publication began included."""
    deletes: frozenset[str]
    preserve: Mapping[str, str]
    """The hashes of files that go, or are replaced, and that an earlier generation needs."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every host is opened with."""

    root: Path
    """The site's folder."""
    target: PublishTarget
    work_dir: Path
    """A folder of this target's own, in which a host may keep what it likes; it may be deleted."""
    now: int
    """Seconds since 1970 (UTC)."""
    take_over: bool = False
    """Whether to go on though another publisher seems to be at work."""


class Host(Protocol):
    """A place that the site is published to.

    Every call raises ``UsageError`` where the place cannot be reached or refuses what is asked.
    """

    @property
    def sends_headers(self) -> bool:
        """Return whether it keeps headers with each file."""

    def read(self) -> Remote:
        """Return what is stored there; raise ``UsageError`` where that cannot be found out."""

    def begin(self, work: Work) -> None:
        """Lay claim to the place; raise ``MovedError`` where it is no longer what the plan was made for."""

    def put(self, uploads: Sequence[Upload]) -> None:
        """Put *uploads* there; all of them are stored there when it returns, or an error is raised."""

    def keep(self, record: Record) -> None:
        """Let *record* be what is known of the place; raise ``MovedError`` if it is another's meanwhile."""

    def delete(self, paths: Collection[str]) -> None:
        """Delete *paths*."""

    def finish(self, record: Record) -> str:
        """Make what was gathered visible, throw away what *record* no longer keeps; return a mark of it.

        Raises ``MovedError`` where another publisher published meanwhile.
        """

    def end(self) -> None:
        """Let go of the place, whether all went well or not."""

    def fetch(self, files: Listing) -> Iterator[tuple[str, bytes, str]]:
        """Yield path, bytes and headers of those of *files* that are stored there."""

    def recall(self, record: Record, generation: int, files: Listing) -> Iterator[tuple[str, bytes]]:
        """Yield *files* as they were in an earlier *generation* that *record* keeps."""

    def forget(self, record: Record) -> None:
        """Delete all that is there of generations which *record* does not keep."""
