"""What came of a build, as a preview shows it: a value that crosses from the builder to the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.running.options import Report

_AROUND: Final = 1
"""Lines shown before and after the one a problem stands in."""
_WIDTH: Final = 400
"""Characters shown of a line."""
_LARGEST: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem with the lines of source around it."""

    problem: Problem
    first: int = 0
    """The number of the first of the lines."""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build."""

    report: Report | None = None
    """None where the site stays as it was."""
    shown: tuple[Shown, ...] = ()
    failure: str = ""
    """What kept the build from working, where that was no problem of the content."""
    hint: str = ""
    home: str = ""
    """The path of the site's address, with slashes at both ends; empty where the settings cannot be read."""
    beside: tuple[str, ...] = ()
    """Files outside ``content/`` and the themes that the site is made of: ``site.yaml``, the logo."""

    @property
    def good(self) -> bool:
        """Tell whether there is a new site, the same as before or not."""
        return self.report is not None

    @property
    def changed(self) -> bool:
        """Tell whether the site differs from the one before."""
        return self.report is not None and self.report.written + self.report.deleted > 0


def shown(problems: Iterable[Problem], root: Path) -> tuple[Shown, ...]:
    """Return those of *problems* that an author should mend, errors first, with their lines.

    Their places are files of the site in the folder *root*.
    """
    serious = (one for one in problems if one.level > Level.INFO)
    ranked = sorted(serious, key=lambda one: (-one.level, one.sort_key))
    return tuple(_shown(problem, root) for problem in ranked)


def _shown(problem: Problem, root: Path) -> Shown:
    lines = _lines(root, problem.place)
    at = problem.place.line - 1
    if not 0 <= at < len(lines):
        return Shown(problem)
    first = max(at - _AROUND, 0)
    return Shown(problem, first + 1, tuple(line[:_WIDTH] for line in lines[first : at + _AROUND + 1]))


def _lines(root: Path, place: Place) -> list[str]:
    path = root / place.path
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return []
        return path.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return []
