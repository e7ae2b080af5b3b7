"""Problems as a person reads them on a terminal: by file, each with its source line and a mark under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from timeline_gen.cli.language import word
from timeline_gen.cli.reports.excerpts import excerpt, isolated
from timeline_gen.cli.reports.source_lines import SourceLines
from timeline_gen.errors import Problem
from timeline_gen.messages import say

_FIRST_GIVEN: Final = frozenset(
    {"TG114", "TG122", "TG133", "TG137", "TG310", "TG410", "TG501", "TG507", "TG516", "TG531", "TG601"}
)
"""Codes of what is there twice: the other place is that of the first."""
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def by_file(problems: Iterable[Problem]) -> Iterator[tuple[str, list[Problem]]]:
    """Yield the path of each file, in the order of its first problem, with all of its *problems*."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(str(problem.place.path), []).append(problem)
    yield from groups.items()


def other_place(problem: Problem) -> str:
    """Return what the places that *problem* is related to are, in words that end ahead of a place."""
    return say("first given at") if problem.code in _FIRST_GIVEN else say("compare with")


class Screen:
    """Draws source lines under problems."""

    def __init__(self, lines: SourceLines, width: int, style: Callable[..., str]) -> None:
        self._lines, self._width, self._style = lines, width, style

    def drawn(self, problem: Problem) -> Iterator[str]:
        """Yield the lines under the heading of *problem*: its source line, and the places related to it."""
        found = self._lines.of(problem)
        if found:
            yield from self._excerpt(problem.place.line, *found, fg="red")
        for place in problem.related:
            yield f"  {self._style(word(other_place(problem)), fg='cyan')} {isolated_parts(str(place))}"
            if place != problem.place and (line := self._lines.related(place)):
                yield from self._excerpt(place.line, *line, fg="cyan")

    def _excerpt(self, number: int, line: str, start: int, *, fg: str) -> Iterator[str]:
        gutter = f"{number:>5} │ "

        def emphasis(text: str) -> str:
            return self._style(text, fg=fg, bold=True) if text.strip() else text

        shown = excerpt(line, start, self._width - len(gutter), emphasis)
        yield f"{self._style(gutter, dim=True)}{shown.line}"
        yield f"{self._style('      │ ', dim=True)}{self._style(shown.mark, fg=fg, bold=True)}"


def isolated_parts(text: str) -> str:
    """Return *text*, a sentence or a place, with what runs from right to left in it isolated."""
    return text if not _RIGHT_TO_LEFT.search(text) else _RUNS.sub(_isolate, text)


_RUNS: Final = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff](?:[^A-Za-z'\"“”«»:;()\n]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff])?"
)


def _isolate(found: re.Match[str]) -> str:
    return isolated(found[0])
