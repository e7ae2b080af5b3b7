"""The problems of one file, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model.texts import Position


@dataclass(slots=True)
class Diagnostics:
    """A list of problems that knows which file they are in."""

    path: PurePosixPath
    problems: list[Problem] = field(default_factory=list)
    _missing: set[Place] = field(default_factory=set)
    """Where a key is missing."""
    spent: int = 0
    """What the brackets of the texts read so far cost together."""

    def add(
        self,
        code: str,
        message: str,
        position: Position = (1, 1),
        hint: str = "",
        *,
        level: Level = Level.ERROR,
        related: tuple[Position, ...] = (),
        about: str = "",
    ) -> None:
        """Note a problem with *code* and *message* at *position*; *related* are positions in the same file.

        *about* names what is missing, where something is.
        """
        place = Place(self.path, *position)
        if code == "TG301":
            self._missing.add(place)
        elif self._missing and place in self._missing:
            return  # it is about the placeholder of what is missing there, which is not in the file
        if code == "TG303":
            self._missing.add(place)  # what has the wrong form is left out, and may then be missing
        others = tuple(Place(self.path, *other) for other in related)
        self.problems.append(Problem(code, _short(message), place, _short(hint), level, others, about))

    def leave_out(self, position: Position) -> None:
        """Take note that at *position* a key is missing, which is known already: it is misspelt."""
        self._missing.add(Place(self.path, *position))

    @property
    def broken(self) -> bool:
        """Return whether one of the problems keeps the file from being used."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in reading order."""
        return tuple(sorted(self.problems, key=lambda problem: problem.sort_key))


_LONGEST: Final = 600
"""Characters of a message: some quote what an author wrote, which may be of any length."""


def _short(text: str) -> str:
    """Return *text* without its middle where it is too long to be read."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} … {text[-half:]}"
