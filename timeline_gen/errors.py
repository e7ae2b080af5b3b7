"""Everything that can go wrong, as values: problems in the content, and errors that stop a command.

A *problem* is something an author can mend; a build reports all of them at once.
An *error* is raised where going on makes no sense::

    TimelineError                every error of this program
    ├── ContentError             the content has problems (exit status 1)
    └── UsageError               the command was used wrongly or could not run (exit status 2)
        └── LockedError          another build of the same site is running

Nothing here knows the terminal: only ``cli`` turns problems into text and exit statuses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.codes import CODES
from timeline_gen.messages import say


class Level(IntEnum):
    """How much a problem weighs: an error keeps the build from writing, the others do not."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a content file; lines and columns count from 1, columns in characters."""

    path: PurePosixPath
    """Relative to the site's folder."""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


_UNREAD: Final = frozenset(
    {"TG101", "TG102", "TG104", "TG105", "TG107", "TG108", "TG109", "TG110", "TG112", "TG128", "TG132"}
)
"""Codes of files of which nothing is read; much else may seem wrong because of them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in the content: what, where, and what to write instead."""

    code: str
    """One of :data:`timeline_gen.codes.CODES`; it never changes its meaning."""
    message: str
    """A full sentence without the final stop: what is wrong, and why."""
    place: Place
    hint: str = ""
    """What to write instead."""
    level: Level = Level.ERROR
    related: tuple[Place, ...] = ()
    """The other places that the message is about, where two disagree."""
    about: str = ""
    """The id or name that is missing, where something is."""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code!r}")

    @property
    def sort_key(self) -> tuple[bool, Place, str, str]:
        """Return what puts problems in reading order, after those for which a whole file is not read."""
        is_cause = self.level is Level.ERROR and self.code in _UNREAD
        return (not is_cause, self.place, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Silenced:
    """A problem that the site has decided to live with."""

    problem: Problem
    because: str
    """The reason that ``site.yaml`` gives."""


MOST_OF_A_KIND: Final = 100
"""How many problems of one kind are printed for a person; one slip can be made in thousands of places."""
_MOST_NOTES: Final = 10
"""How many notes of one kind are printed: they ask for nothing, and must not hide what does."""
_SAID_ONCE: Final = frozenset({"TG439"})
"""What is no fault, and holds for most texts where it does for one: the first is printed."""


@dataclass(frozen=True, slots=True)
class Omitted:
    """Problems of one kind that are not printed."""

    code: str
    level: Level
    total: int
    """How many problems of this kind there are."""
    shown: int

    def __str__(self) -> str:
        return say(
            "{code}: {total:,} problems of this kind, of which {shown:,} are shown",
            code=self.code,
            total=self.total,
            shown=self.shown,
        )


def first_of_each_kind(
    problems: Iterable[Problem], most: int | None = MOST_OF_A_KIND
) -> tuple[tuple[Problem, ...], tuple[Omitted, ...]]:
    """Return the first *most* problems of each code and level, in their order, and what is left out.

    Of notes fewer are shown. Nothing is left out where *most* is None.
    """
    shown: list[Problem] = []
    counts: Counter[tuple[str, Level]] = Counter()
    for problem in problems:
        kind = (problem.code, problem.level)
        counts[kind] += 1
        if most is None or counts[kind] <= _most(*kind, most):
            shown.append(problem)
    omitted = (
        Omitted(code, level, total, _most(code, level, most))
        for (code, level), total in sorted(counts.items())
        if most is not None and total > _most(code, level, most)
    )
    return tuple(shown), tuple(omitted)


def _most(code: str, level: Level, most: int) -> int:
    if code in _SAID_ONCE:
        return 1
    return min(most, _MOST_NOTES) if level is Level.INFO else most


class TimelineError(Exception):
    """The base of every error that this program raises on purpose."""


class ContentError(TimelineError):
    """The content has problems; :attr:`problems` lists all of them, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.sort_key))
        # An error crosses from one process to another as what it was made from.
        super().__init__(self.problems)

    def __str__(self) -> str:
        return f"{len(self.problems)} problems in the content"


class UsageError(TimelineError):
    """The command was used wrongly, or the machine refused something that it needs."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(message, hint)

    def __str__(self) -> str:
        return self.message


class LockedError(UsageError):
    """Another build of the same site is running."""
