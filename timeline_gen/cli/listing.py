"""How a command reports problems: for a person, or for another program."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

import click

from timeline_gen.cli.language import echo, shown, speaks_english, word
from timeline_gen.cli.reports.words import FSI, LEVELS, PDI, counted, visible
from timeline_gen.cli.terminal import wants_colour
from timeline_gen.errors import (
    MOST_OF_A_KIND,
    Level,
    Omitted,
    Problem,
    Silenced,
    TimelineError,
    first_of_each_kind,
)
from timeline_gen.messages import many, say

__all__ = ["FORMS", "Listing", "counted", "current_listing", "many", "show_error", "visible", "worded"]

FORMS: Final = ("text", "json", "sarif", "github")
"""The forms of a report."""
_COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
_LONGEST: Final = 500
"""Characters printed of a message."""
_WIDEST: Final = 160
"""Cells of a source line: wider ones are hard to read on any terminal."""


class Listing:
    """How problems are listed; the object of click's context."""

    every: bool = False
    """Whether all problems are printed, however many of one kind there are."""
    form: str = "text"
    """One of :data:`FORMS`."""
    root: Path = Path()
    """The folder of the site that the command is about."""
    source: bool | None = None
    """Whether source lines are shown; None for on a terminal only."""

    def report(
        self, problems: Iterable[Problem], *, err: bool, silenced: Iterable[Silenced] = (), more: str = ""
    ) -> None:
        """Report *problems* in the form that was asked for, those for programs to stdout, and their count.

        *more* is put behind the count; *err* chooses the stream of a text.
        """
        every, hushed = tuple(problems), tuple(silenced)
        if self.form == "text":
            self.show(every, err=err)
            self.count(every, more=more, silenced=len(hushed))
            return
        click.echo(self._for_programs(every, hushed), color=False)

    def show(self, problems: Iterable[Problem], *, err: bool) -> None:
        """Print *problems* with their hints; of each kind the first hundred and their number."""
        shown, omitted = first_of_each_kind(problems, None if self.every else MOST_OF_A_KIND)
        stream = sys.stderr if err else sys.stdout
        detailed = stream.isatty() if self.source is None else self.source
        most = None if self.every else _LONGEST
        lines = self._on_screen(shown, most) if detailed else _in_a_log(shown, most)
        for line in lines:
            click.echo(line, err=err, color=wants_colour())
        self.show_omitted(omitted, err=err)

    def show_omitted(self, omitted: Iterable[Omitted], *, err: bool) -> None:
        """Print how many problems of each kind there are where not all are printed."""
        for each in omitted:
            echo(say("{each}; --all shows every one", each=each), err=err)

    def count(self, problems: Iterable[Problem], *, more: str = "", silenced: int = 0) -> None:
        """Print how to read on about *problems*, and how many there are, with *more* behind that."""
        every = tuple(problems)
        hushed = say(" ({silenced:,} silenced in site.yaml)", silenced=silenced) if silenced else ""
        if every:
            first = max(every, key=lambda problem: problem.level)
            line = say("more about a problem: timeline-gen explain {code}", code=first.code)
            click.echo(click.style(shown(line), dim=True), err=True, color=wants_colour())
        echo(counted(every) + hushed + more, err=True)

    def _on_screen(self, problems: Iterable[Problem], most: int | None) -> Iterator[str]:
        """Yield the lines that show *problems* by file, with their source lines."""
        from timeline_gen.cli.reports.screen import Screen, by_file, isolated_parts
        from timeline_gen.cli.reports.source_lines import SourceLines

        width = min(shutil.get_terminal_size((100, 24)).columns, _WIDEST)
        screen = Screen(SourceLines(self.root), width, click.style)
        for path, group in by_file(problems):
            name = click.style(isolated_parts(visible(path)), bold=True, underline=True)
            yield f"{name}  {click.style(shown(counted(group)), dim=True)}"
            yield ""
            for problem in group:
                heading, hint = _parts(problem, click.style, most)
                yield _settled(heading)
                yield from screen.drawn(problem)
                yield from map(_settled, hint)
                yield ""

    def _for_programs(self, problems: tuple[Problem, ...], silenced: tuple[Silenced, ...]) -> str:
        """Return *problems* in the form for programs that was asked for."""
        path_of = partial(_repository_path, self.root)
        if self.form == "sarif":
            from timeline_gen.cli.reports.sarif import as_sarif

            return as_sarif(problems, path_of, silenced=silenced, helps=helps_of(problems))
        if self.form == "github":
            from timeline_gen.cli.reports.github import as_commands

            return "\n".join(as_commands(problems, path_of))
        from timeline_gen.cli.reports.machine import as_json

        return as_json(problems)


def helps_of(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the pages on the codes of *problems*, in Markdown."""
    from timeline_gen.checking.explanations import page_of, rendered_markdown

    pages = (page_of(code) for code in {problem.code for problem in problems})
    return {page.code: rendered_markdown(page, linked=False) for page in pages if page}


def _repository_path(root: Path, path: PurePosixPath) -> str:
    """Return where *path* of the site in *root* is in the repository, else from the current folder."""
    whole = (root / path).resolve()
    given = os.environ.get("GITHUB_WORKSPACE", "")
    bases = [Path(given).resolve()] if given else [base for base in whole.parents if (base / ".git").exists()]
    for base in (*bases[:1], Path.cwd()):
        if whole.is_relative_to(base):
            return whole.relative_to(base).as_posix()
    return str(path)


def current_listing() -> Listing:
    """Return the listing of the command that is running."""
    return click.get_current_context().ensure_object(Listing)


def _plain(text: str, **_: object) -> str:
    return text


def _in_a_log(problems: Iterable[Problem], most: int | None) -> Iterator[str]:
    """Yield *problems* as lines that programs which search logs can take apart."""
    return (worded(problem, style=click.style, most=most) for problem in problems)


def worded(problem: Problem, style: Callable[..., str] = _plain, most: int | None = None) -> str:
    """Return *problem* as ``path:line:column: code: message``, with its hint on a line of its own.

    Of a message and a hint at most *most* characters are kept: they quote what an author wrote.
    """
    heading, hint = _parts(problem, style, most)
    return "\n".join((heading, *hint))


def _parts(problem: Problem, style: Callable[..., str], most: int | None) -> tuple[str, tuple[str, ...]]:
    """Return the line of the message of *problem*, and those of its hint."""
    level = "" if problem.level is Level.ERROR else f"{word(LEVELS[problem.level])}: "
    code = style(problem.code, fg=_COLOURS[problem.level], bold=True)
    hint = (
        (f"  {style(word(say('hint')), fg='cyan')}: {_cut(visible(problem.hint), most)}",)
        if problem.hint
        else ()
    )
    place = visible(str(problem.place))
    return f"{place}: {code}: {level}{_cut(visible(problem.message), most)}", hint


def _cut(text: str, most: int | None) -> str:
    whole = shown(text)
    return whole if most is None or len(whole) <= most else f"{_closed(whole[:most])} …"


def _closed(text: str) -> str:
    """Return *text* with an end to all that is isolated in it."""
    return text + PDI * (text.count(FSI) - text.count(PDI))


def _settled(text: str) -> str:
    """Return the English *text* with what runs from right to left isolated; a translation has that done."""
    from timeline_gen.cli.reports.screen import isolated_parts

    return isolated_parts(text) if speaks_english() else text


def show_error(error: TimelineError) -> None:
    """Print *error*, which has no place in the content, with its hint."""
    line = f"{click.style(word(say('error')), fg='red')}: {shown(visible(str(error)))}"
    click.echo(line, err=True, color=wants_colour())
    if hint := getattr(error, "hint", ""):
        line = f"  {click.style(word(say('hint')), fg='cyan')}: {shown(visible(hint))}"
        click.echo(line, err=True, color=wants_colour())
