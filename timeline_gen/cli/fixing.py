"""``timeline-gen check --fix``: what is shown, asked and written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.site_settings import settings_of
from timeline_gen.checking.check import checked
from timeline_gen.checking.fixing import FixedFile, fixed_files, write_fixed
from timeline_gen.cli.language import echo, shown
from timeline_gen.cli.listing import visible
from timeline_gen.cli.terminal import wants_colour
from timeline_gen.errors import ContentError
from timeline_gen.messages import many, say

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}
_ROUNDS = 3
"""How often a site is checked: what is fixed may have hidden something else."""


def fix_problems(root: Path, *, drafts: bool, now: int | None, yes: bool) -> None:
    """Fix what has just one fix in the site in *root*, after showing it, and asking unless *yes*."""
    for _ in range(_ROUNDS):
        found = checked(root, drafts=drafts, now=now)
        files = fixed_files(root, found.problems, _languages(root))
        if not files:
            return
        _show(files)
        if not _may_write(files, yes=yes):
            return
        for path in write_fixed(root, files):
            echo(say("{path} has changed meanwhile, and is left as it is", path=visible(str(path))), err=True)


def _languages(root: Path) -> tuple[str, ...]:
    """Return the codes of the site's languages; none where its settings have errors."""
    try:
        return tuple(language.code for language in settings_of(root, Options(), Problems()).languages)
    except ContentError:
        return ()


def _show(files: tuple[FixedFile, ...]) -> None:
    for file in files:
        for line in file.diff():
            click.echo(click.style(visible(line), fg=_COLOURS.get(line[:1])), err=True, color=wants_colour())


def _may_write(files: tuple[FixedFile, ...], *, yes: bool) -> bool:
    """Return whether the fixed *files* are to be written: nothing is without a word of the author."""
    count = many(sum(file.fixes for file in files), "mend")
    what = say("{count} in {files}", count=count, files=many(len(files), "file"))
    if yes:
        echo(what, err=True)
        return True
    if not sys.stdin.isatty():
        echo(say("{what}; nothing was written: --yes writes without asking", what=what), err=True)
        return False
    return click.confirm(shown(say("{what}: write them?", what=what)), err=True)
