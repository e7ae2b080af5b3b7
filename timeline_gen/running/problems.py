"""The problems of a run, gathered from stage to stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from timeline_gen.errors import ContentError, Level, Problem

T = TypeVar("T")


class Problems:
    """The problems found so far, each once."""

    def __init__(self, *, strict: bool = False) -> None:
        self._found: dict[Problem, None] = {}
        self._unread: tuple[str, ...] = ()
        self._limit = Level.WARNING if strict else Level.ERROR

    def of(self, result: tuple[T, tuple[Problem, ...]]) -> T:
        """Return the value of a stage's *result*, and keep the problems that came with it."""
        value, problems = result
        self._found.update(dict.fromkeys(one for one in problems if not self._follows(one)))
        return value

    def unread(self, texts: Iterable[str]) -> None:
        """Note the *texts* of files that could not be read: what seems missing may stand in them."""
        self._unread = tuple(texts)

    def _follows(self, problem: Problem) -> bool:
        """Tell whether *problem* only says that something is missing which a file not read may hold."""
        return bool(problem.about) and any(problem.about in text for text in self._unread)

    @property
    def broken(self) -> bool:
        """Tell whether an error is among them."""
        return any(problem.level is Level.ERROR for problem in self._found)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Return all of them in reading order."""
        return tuple(sorted(self._found, key=lambda problem: problem.sort_key))

    def stop(self) -> None:
        """Raise ``ContentError`` with all of them if any weighs enough to keep the build from writing."""
        if any(problem.level >= self._limit for problem in self._found):
            raise ContentError(self._found)
