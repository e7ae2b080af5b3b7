"""Problems as annotations of a run of GitHub Actions.

The form is that of its workflow commands, with the limits and escapes that GitHub documents:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions. A step shows ten annotations
of each level; what is beyond is listed in one group of the log, so that nothing is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.cli.reports.words import counted, visible
from timeline_gen.errors import Level, Problem
from timeline_gen.messages import many

_COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}
_MOST: Final = 10
"""Annotations of one level that a step shows."""


def as_commands(problems: Iterable[Problem], path_of: Callable[[PurePosixPath], str]) -> Iterator[str]:
    """Yield the lines to print for *problems*; *path_of* gives a file's path in the repository."""
    every = tuple(problems)
    counts: Counter[Level] = Counter()
    rest: list[Problem] = []
    for problem in every:
        counts[problem.level] += 1
        if counts[problem.level] > _MOST:
            rest.append(problem)
        else:
            yield _command(problem, path_of(problem.place.path))
    if rest:
        yield f"::group::{many(len(rest), 'more problem')}, beyond the annotations that GitHub shows"
        for problem in rest:
            yield _listed(problem, path_of(problem.place.path))
        yield "::endgroup::"
    yield counted(every)


def _command(problem: Problem, path: str) -> str:
    place = problem.place
    properties = {"file": path, "line": place.line, "col": place.column, "title": problem.code}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    hint = f"\nhint: {problem.hint}" if problem.hint else ""
    return f"::{_COMMANDS[problem.level]} {written}::{_data(problem.message + hint)}"


def _listed(problem: Problem, path: str) -> str:
    """Return *problem* on one line that begins no command, in neither the new form nor the old one (##[)."""
    place, level = problem.place, _COMMANDS[problem.level]
    line = f"- {path}:{place.line}:{place.column}: {problem.code}: {level}: {problem.message}"
    hint = f"; {problem.hint}" if problem.hint else ""
    return visible(f"{line}{hint}").replace("##[", "## [")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
