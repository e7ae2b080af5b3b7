"""What came of a build, as a preview shows it: a value that crosses from the builder to the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from timeline_gen.building.options import Report
from timeline_gen.errors import Level, Omitted, Place, Problem, first_of_each_kind

_AROUND: Final = 1
"""Lines shown before and after the one that a problem is in."""
_WIDTH: Final = 400
"""Characters shown of a line."""
_LARGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem with the lines of source around it."""

    problem: Problem
    first: int = 0
    """The number of the first of the lines."""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build."""

    report: Report | None = None
    """None where the site stays as it was."""
    shown: tuple[ShownProblem, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    """The kinds of problems of which not all are shown."""
    failure: str = ""
    """What kept the build from working, where that was no problem of the content."""
    hint: str = ""
    home: str = ""
    """The path of the site's address, with slashes at both ends; empty where the settings cannot be read."""
    watched_files: tuple[str, ...] = ()
    """Files outside ``content/`` and the themes that the site is made of: ``site.yaml``, what it names."""

    def count(self, level: Level) -> int:
        """Return how many problems of *level* there are, those that are not shown included."""
        more = sum(each.total - each.shown for each in self.omitted if each.level is level)
        return sum(shown.problem.level is level for shown in self.shown) + more

    @property
    def good(self) -> bool:
        """Return whether there is a new site, the same as before or not."""
        return self.report is not None

    @property
    def changed(self) -> bool:
        """Return whether the site differs from the one before."""
        return self.report is not None and self.report.written + self.report.deleted > 0


def with_problems(
    outcome: BuildOutcome, problems: Iterable[Problem], root: Path, most: int | None
) -> BuildOutcome:
    """Return *outcome* with those of *problems* that an author should mend, errors first, with their lines.

    Of each kind the first *most* are shown. Their places are files of the site in the folder *root*.
    """
    serious = (problem for problem in problems if problem.level > Level.INFO)
    ranked = sorted(serious, key=lambda item: (-item.level, item.sort_key))
    chosen, omitted = first_of_each_kind(ranked, most)
    return replace(outcome, shown=tuple(_shown(problem, root) for problem in chosen), omitted=omitted)


def _shown(problem: Problem, root: Path) -> ShownProblem:
    lines = _lines(root, problem.place)
    at = problem.place.line - 1
    if not 0 <= at < len(lines):
        return ShownProblem(problem)
    first = max(at - _AROUND, 0)
    return ShownProblem(problem, first + 1, tuple(line[:_WIDTH] for line in lines[first : at + _AROUND + 1]))


def _lines(root: Path, place: Place) -> list[str]:
    path = root / place.path
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        return path.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return []
