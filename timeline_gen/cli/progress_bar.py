"""The bar that a terminal shows while long work goes on; the door to rich, which is loaded only for it."""

from __future__ import annotations

from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)


class _Console(Console):
    """A terminal that may be gone: the work goes on without it, where rich would end the program."""

    def on_broken_pipe(self) -> None:
        """Show nothing from now on."""
        self.quiet = True


class ProgressBar:
    """One line on the terminal *stream*: what is done, a bar, how much of it, and the time that is left.

    It is drawn only when :meth:`show` is called: a thread that draws by itself could hold a lock at the
    moment in which the program starts other processes.
    """

    def __init__(self, stream: TextIO) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[count]}", markup=False),
            TimeRemainingColumn(compact=True),
            console=_Console(file=stream, force_terminal=True),
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            transient=True,
        )
        self._what = ""
        self._progress.start()

    def show(self, what: str, count: str, done: int, total: int) -> None:
        """Show that *done* of *total* pieces of *what*, 0 if not known, are done; *count* words it."""
        if what != self._what:
            self._what = what
            for task in self._progress.task_ids:
                self._progress.remove_task(task)
            self._progress.add_task(what, total=total or None, completed=done, count=count)
        self._progress.update(self._progress.task_ids[0], completed=done, count=count)
        self._progress.refresh()

    def end(self) -> None:
        """Take the line away."""
        self._progress.stop()
