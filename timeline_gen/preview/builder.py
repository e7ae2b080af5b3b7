"""The builder: a process of its own that builds at every order, so that the server never waits.

It leads a process group, which ends as a whole: when the preview ends, and when the preview's process is
gone, which closes the connection.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from timeline_gen.building.options import Options
from timeline_gen.errors import MOST_OF_A_KIND
from timeline_gen.messages import say
from timeline_gen.preview.outcome import BuildOutcome
from timeline_gen.preview.process_groups import kill_group

GONE: Final = BuildOutcome(
    failure=say("the builder ended unexpectedly"), hint=say("save a file to start it again")
)


class Builder:
    """The builder's process, seen from the server: orders go in, outcomes come out."""

    def __init__(self, root: Path, options: Options, most: int | None = MOST_OF_A_KIND) -> None:
        # Not a fork: the server has threads, and a lock that one of them holds would stay locked in the
        # child.
        context = multiprocessing.get_context("spawn")
        self.connection, inner = context.Pipe()
        """Becomes readable when there is an outcome, or when the builder is gone."""
        # Not daemonic: such a process may have no children, and the builder shares its work out.
        self._process = context.Process(
            target=_work, args=(inner, root, options, most), name="timeline-gen builder", daemon=False
        )
        self._process.start()
        # While this end is open, too, the end of the builder could not be seen.
        inner.close()

    def order(self) -> None:
        """Tell the builder to build; nothing happens where it is gone."""
        with suppress(OSError):
            self.connection.send_bytes(b"build")

    def outcome(self) -> BuildOutcome | None:
        """Return what the builder sent; None where it is gone."""
        try:
            received = self.connection.recv()
        except (EOFError, OSError):
            return None
        return received if isinstance(received, BuildOutcome) else None

    def end(self) -> None:
        """End the builder and all its processes, at once; a build that is under way leaves no trace."""
        self.connection.close()
        kill_group(self._process.pid or 0)
        # It may not have come to lead its group yet.
        self._process.kill()
        self._process.join()


def _work(connection: Connection, root: Path, options: Options, most: int | None) -> None:
    """Load what a build needs, in the builder's process only: the server answers a second sooner without."""
    import_module("timeline_gen.preview.work").work(connection, root, options, most)
