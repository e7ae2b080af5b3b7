"""``timeline-gen doctor``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import click

from timeline_gen.cli.language import cells, echo, shown, word
from timeline_gen.cli.listing import many, visible
from timeline_gen.cli.options import example, site_option
from timeline_gen.messages import say


@click.command(
    epilog=example("timeline-gen doctor", page="docs/install.md, what can be added, and what works where")
)
@site_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def command(root: Path, *, form: str) -> None:
    """Show versions, extras, theme, cache, lock, output and git: what to send with a question.

    The exit status is 1 where something is at fault.
    """
    from timeline_gen.checking.doctor import Finding, examine

    findings = [*examine(root), *(Finding(*found) for found in _history(root))]
    if form == "json":
        click.echo(json.dumps([finding._asdict() for finding in findings], ensure_ascii=False, indent=2))
    else:
        _show(findings)
    faults = [finding for finding in findings if finding.fault]
    if faults:
        echo(many(len(faults), "fault"), err=True)
        raise SystemExit(1)


class _Finding(Protocol):
    """A line of the table."""

    @property
    def about(self) -> str:
        """Return what was looked at."""

    @property
    def found(self) -> str:
        """Return what was found."""

    @property
    def fault(self) -> str:
        """Return what is wrong with it, if anything is."""


def _show(findings: Sequence[_Finding]) -> None:
    """Print *findings* as a table."""
    names = [word(visible(finding.about)) for finding in findings]
    width = max(map(cells, names))
    for name, finding in zip(names, findings, strict=True):
        click.echo(f"{name}{' ' * (width - cells(name))}  {shown(visible(finding.found))}")
        if finding.fault:
            fault = click.style(word(say("fault")), fg="red")
            click.echo(f"{' ' * width}  {fault}: {shown(visible(finding.fault))}")


def _history(root: Path) -> Iterator[tuple[str, str]]:
    """Yield where the program comes from, and what git knows of the site."""
    from timeline_gen.errors import UsageError
    from timeline_gen.publishing.hosts.running_git import Git
    from timeline_gen.publishing.installed_from import requirement

    try:
        yield say("installed from"), requirement()
    except UsageError as error:
        yield say("installed from"), str(error)
    git = Git(root)
    try:
        is_outside = git.tried("rev-parse", "--git-dir").returncode
    except UsageError:
        # There is no git to ask.
        return
    if is_outside:
        yield say("history"), say("this folder is in no repository of git")
        return
    branch = git.tried("symbolic-ref", "--short", "HEAD").stdout.decode(errors="replace").strip()
    changed = git.tried("status", "--porcelain", ".").stdout.count(b"\n")
    yield (
        say("history"),
        say(
            "branch {branch}, {changed} not committed",
            branch=branch or say("none"),
            changed=many(changed, "file"),
        ),
    )
