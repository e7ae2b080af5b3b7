"""What the builder's process does: it builds at every order, and keeps in memory what it has read."""

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

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.store.memory import Memory
from timeline_gen.building.workspace import open_workspace
from timeline_gen.errors import MOST_OF_A_KIND, ContentError, UsageError
from timeline_gen.messages import say
from timeline_gen.preview.outcome import BuildOutcome, with_problems
from timeline_gen.preview.process_groups import kill_group
from timeline_gen.preview.settings import about
from timeline_gen.writing.disk import refusing, work_dir
from timeline_gen.writing.seeding import seed

_FAULT: Final = say("the program itself failed: {kind}: {error}")


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
            connection.send(made(root, options, memory, most))
            gc.collect()
            # What is kept from build to build is not looked through for garbage again.
            gc.freeze()
    kill_group(os.getpid())


def made(root: Path, options: Options, memory: Memory, most: int | None = MOST_OF_A_KIND) -> BuildOutcome:
    """Build the site in *root*, with the *memory* of former builds, and return what came of it."""
    outcome = about(root, options)
    try:
        with refusing(root):
            (work_dir(root).parent / options.work_dir).mkdir(exist_ok=True)
        if not (root / options.output).exists():
            _begin_with_output(root, options)
        report = build(root, options, memory=memory)
    except ContentError as error:
        return with_problems(outcome, error.problems, root, most)
    except UsageError as error:
        return replace(outcome, failure=error.message, hint=error.hint)
    except Exception as error:  # noqa: BLE001 - a preview survives whatever one save does to it
        traceback.print_exc()
        return replace(outcome, failure=_FAULT.filled(kind=type(error).__name__, error=error))
    return with_problems(replace(outcome, report=report), report.problems, root, most)


def _begin_with_output(root: Path, options: Options) -> None:
    """Let the preview begin as what the last build for readers made, as far as that is there."""
    with open_workspace(root, options) as site:
        seed(site.cache, site.with_options(Options()).tree, site.tree)
