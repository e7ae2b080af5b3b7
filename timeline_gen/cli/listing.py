"""Problems as they are printed for a person, and as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final
from unicodedata import category

import click

from timeline_gen.cli.terminal import wants_colour
from timeline_gen.errors import (
    MOST_OF_A_KIND,
    Level,
    Omitted,
    Problem,
    TimelineError,
    first_of_each_kind,
)

_COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
_NAMES: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_LONGEST: Final = 500
"""Characters printed of a message."""


class Listing:
    """How problems are listed for a person; the object of click's context."""

    every: bool = False
    """Whether all problems are printed, however many of one kind there are."""

    def show(self, problems: Iterable[Problem], *, err: bool) -> None:
        """Print *problems* with their hints; of each kind the first hundred and their number."""
        shown, omitted = first_of_each_kind(problems, None if self.every else MOST_OF_A_KIND)
        for problem in shown:
            line = worded(problem, style=click.style, most=None if self.every else _LONGEST)
            click.echo(line, err=err, color=wants_colour())
        self.show_omitted(omitted, err=err)

    def show_omitted(self, omitted: Iterable[Omitted], *, err: bool) -> None:
        """Print how many problems of each kind there are where not all are printed."""
        for each in omitted:
            click.echo(f"{each}; --all shows every one", err=err)


def current_listing() -> Listing:
    """Return the listing of the command that is running."""
    return click.get_current_context().ensure_object(Listing)


def _plain(text: str, **_: object) -> str:
    return text


def worded(problem: Problem, style: Callable[..., str] = _plain, most: int | None = None) -> str:
    """Return *problem* as ``path:line:column: code: message``, with its hint on a line of its own.

    Of a message and a hint at most *most* characters are kept: they quote what an author wrote.
    """
    level = "" if problem.level is Level.ERROR else f"{_NAMES[problem.level]}: "
    code = style(problem.code, fg=_COLOURS[problem.level], bold=True)
    hint = f"\n  {style('hint', fg='cyan')}: {_cut(visible(problem.hint), most)}" if problem.hint else ""
    return f"{visible(str(problem.place))}: {code}: {level}{_cut(visible(problem.message), most)}{hint}"


def _cut(text: str, most: int | None) -> str:
    return text if most is None or len(text) <= most else f"{text[:most]} …"


def visible(text: str) -> str:
    """Return *text* with what would steer a terminal, or cannot be written to one, as an escape.

    The names of files come from strangers too; and one problem is one line.
    """
    return "".join(letter if category(letter) not in {"Cc", "Cs"} else ascii(letter)[1:-1] for letter in text)


def as_data(problem: Problem) -> dict[str, object]:
    """Return *problem* as it is written in JSON."""
    return {
        "path": visible(str(problem.place.path)),
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "level": _NAMES[problem.level],
        "message": problem.message,
        "hint": problem.hint,
        "related": [visible(str(place)) for place in problem.related],
    }


def counted(problems: Iterable[Problem]) -> str:
    """Return how many problems of each level there are: ``2 errors, 1 warning``."""
    levels = [problem.level for problem in problems]
    counts = ((levels.count(level), _NAMES[level]) for level in sorted(Level, reverse=True))
    return ", ".join(many(number, name) for number, name in counts if number) or "no problems"


def many(number: int, noun: str) -> str:
    """Return *number* and *noun*, in its plural where there are more or fewer than one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def show_error(error: TimelineError) -> None:
    """Print *error*, which has no place in the content, with its hint."""
    click.echo(f"{click.style('error', fg='red')}: {visible(str(error))}", err=True, color=wants_colour())
    if hint := getattr(error, "hint", ""):
        click.echo(f"  {click.style('hint', fg='cyan')}: {visible(hint)}", err=True, color=wants_colour())
