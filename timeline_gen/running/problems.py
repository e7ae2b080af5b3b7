"""The problems of a run, gathered from stage to stage."""

from __future__ import annotations

from typing import Final, TypeVar

from timeline_gen.errors import ContentError, Level, Problem

T = TypeVar("T")

FOLLOWING: Final = frozenset({"TG502", "TG505", "TG508", "TG512", "TG513", "TG514", "TG602"})
"""What is said of something missing: worth nothing while files that may hold it cannot be read."""


class Problems:
    """The problems found so far, each once."""

    def __init__(self, *, strict: bool = False) -> None:
        self._found: dict[Problem, None] = {}
        self._limit = Level.WARNING if strict else Level.ERROR

    def of(self, result: tuple[T, tuple[Problem, ...]]) -> T:
        """Return the value of a stage's *result*, and keep the problems that came with it."""
        value, problems = result
        broken = self.broken
        self._found.update(dict.fromkeys(one for one in problems if not (broken and one.code in FOLLOWING)))
        return value

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
