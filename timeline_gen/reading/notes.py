"""The problems of one file, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model import Spot


@dataclass(slots=True)
class Notes:
    """A list of problems that knows which file they are in."""

    path: PurePosixPath
    problems: list[Problem] = field(default_factory=list)

    def add(  # noqa: PLR0913 (a problem has as many sides)
        self,
        code: str,
        message: str,
        spot: Spot = (1, 1),
        hint: str = "",
        *,
        level: Level = Level.ERROR,
        related: tuple[Spot, ...] = (),
    ) -> None:
        """Note a problem with *code* and *message* at *spot*; *related* are spots in the same file."""
        place = Place(self.path, *spot)
        if code != "TG301" and any(one.code == "TG301" and one.place == place for one in self.problems):
            return  # it is said of the stand-in for what is missing there, which nobody wrote
        others = tuple(Place(self.path, *other) for other in related)
        self.problems.append(Problem(code, message, place, hint, level, others))

    @property
    def broken(self) -> bool:
        """Return whether one of the problems keeps the file from being used."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in reading order."""
        return tuple(sorted(self.problems, key=lambda problem: problem.sort_key))
