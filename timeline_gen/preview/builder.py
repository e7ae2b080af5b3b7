"""The builder: a process of its own that builds whenever it is told to, so that the server never waits.

It stays between builds and remembers what it read. It leads a process group, which ends as a whole:
when the preview ends, and when the preview's process is gone, which closes the connection.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import traceback
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from timeline_gen.building.memory import Memory
from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.rescan import look_ahead
from timeline_gen.building.site_settings import named_files
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import MOST_OF_A_KIND, ContentError, UsageError
from timeline_gen.model import Settings
from timeline_gen.preview.outcome import Outcome, with_problems
from timeline_gen.reading.load import SETTINGS, load_settings
from timeline_gen.reading.settings import parse_settings
from timeline_gen.writing.disk import refusing, workings
from timeline_gen.writing.seeding import seed

GONE: Final = Outcome(failure="the builder ended unexpectedly", hint="save a file to start it again")
_FAULT: Final = "the program itself failed: {}: {}"


class Builder:
    """The builder's process, seen from the server: orders go in, outcomes come out."""

    def __init__(self, root: Path, options: Options, most: int | None = MOST_OF_A_KIND) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, inner = context.Pipe()
        """Becomes readable when there is an outcome, or when the builder is gone."""
        self._process = context.Process(
            target=work, args=(inner, root, options, most), name="timeline-gen builder", daemon=False
        )
        self._process.start()
        inner.close()

    def order(self) -> None:
        """Tell the builder to build; nothing happens where it is gone."""
        with suppress(OSError):
            self.connection.send_bytes(b"build")

    def outcome(self) -> Outcome | None:
        """Return what the builder sent; None where it is gone."""
        try:
            received = self.connection.recv()
        except (EOFError, OSError):
            return None
        return received if isinstance(received, Outcome) else None

    def end(self) -> None:
        """End the builder and all its processes, at once; a build that is under way leaves no trace."""
        self.connection.close()
        _kill(self._process.pid or 0)
        self._process.kill()
        self._process.join()


def work(connection: Connection, root: Path, options: Options, most: int | None) -> None:
    """Build the site in *root* at each order from *connection*, until that is closed.

    Of each kind of problem the first *most* are sent.
    """
    if hasattr(os, "setsid"):
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # This process was started afresh; those that it shares work out to may begin as the system likes best.
    multiprocessing.set_start_method(None, force=True)
    # A collection in the middle of a build would cost more than the build; there is time afterwards.
    gc.disable()
    memory = Memory()
    with suppress(EOFError, OSError):
        while connection.recv_bytes():
            connection.send(made_twice(root, options, memory, most))
            if not connection.poll():
                look_ahead(root, options, memory)
            gc.collect()
            gc.freeze()
    _kill(os.getpid())


def made_twice(root: Path, options: Options, memory: Memory, most: int | None = MOST_OF_A_KIND) -> Outcome:
    """Build as :func:`made` does; again where the machine refused what had been seen ahead of the build."""
    ahead = memory.output is not None
    outcome = made(root, options, memory, most)
    # Somebody may have deleted part of the built site since; the second build looks anew.
    return made(root, options, memory, most) if ahead and outcome.failure else outcome


def made(root: Path, options: Options, memory: Memory, most: int | None) -> Outcome:
    """Build the site in *root*, with the *memory* of former builds, and return what came of it."""
    said = about(root, options)
    try:
        with refusing(root):
            (workings(root).parent / options.workings).mkdir(exist_ok=True)
        if memory.output is None and not (root / options.output).exists():
            _begin_with_output(root, options)
        report = build(root, options, memory=memory)
    except ContentError as error:
        return with_problems(said, error.problems, root, most)
    except UsageError as error:
        return replace(said, failure=error.message, hint=error.hint)
    except Exception as error:  # noqa: BLE001 - a preview survives whatever one save does to it
        traceback.print_exc()
        return replace(said, failure=_FAULT.format(type(error).__name__, error))
    return with_problems(replace(said, report=report), report.problems, root, most)


def _begin_with_output(root: Path, options: Options) -> None:
    """Let the preview begin as what the last build for readers made, as far as that is there."""
    with open_workspace(root, options) as site:
        seed(site.cache, site.with_options(Options()).tree, site.tree)


def about(root: Path, options: Options) -> Outcome:
    """Return what the settings say of the site in *root*, before anything is built; they may be broken."""
    beside, settings = (str(SETTINGS),), settings_in(root)
    if settings is None:
        return Outcome(beside=beside, home=home_of(options.url) if options.url else "")
    named = tuple(sorted(named_files(settings)))
    return Outcome(home=home_of(options.url or settings.url), beside=beside + named)


def settings_in(root: Path) -> Settings | None:
    """Return the settings of the site in *root*; None where they are broken."""
    try:
        return parse_settings(load_settings(root))[0]
    except (ContentError, UsageError, OSError):
        return None


def home_of(url: str) -> str:
    """Return the path of the address *url*, as it is asked for, with slashes at both ends."""
    path = quote(unquote(urlsplit(url).path)).strip("/")
    return f"/{path}/" if path else "/"


def _kill(leader: int) -> None:
    """End the process group of *leader* at once."""
    if hasattr(os, "killpg") and leader:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
