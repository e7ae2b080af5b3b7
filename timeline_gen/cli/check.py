"""``timeline-gen check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TypedDict, Unpack

import click

from timeline_gen.building.progress import watched
from timeline_gen.cli.counts import counted_things
from timeline_gen.cli.language import echo, word
from timeline_gen.cli.listing import current_listing
from timeline_gen.cli.options import (
    all_option,
    drafts_option,
    example,
    format_option,
    now_option,
    site_option,
    source_option,
    strict_option,
)
from timeline_gen.cli.terminal import ProgressLine
from timeline_gen.errors import Level, Problem, Silenced
from timeline_gen.messages import many, say


class _CheckOptions(TypedDict):
    """What is looked at."""

    drafts: bool
    now: int | None
    hosts: tuple[str, ...]
    fragments: bool
    refresh: bool


@click.command(
    epilog=example(
        "timeline-gen check",
        "timeline-gen check --strict --format json",
        "timeline-gen check --fix",
        "timeline-gen check --external",
        page="docs/problems.md, what each code means",
    )
)
@site_option
@drafts_option
@now_option
@strict_option
@format_option
@source_option
@all_option
@click.option("--external", is_flag=True, help="Look at links to other sites, too: this asks their hosts.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="With --external: look at links to this host, though its address is private; again for others.",
)
@click.option(
    "--fragments", is_flag=True, help="With --external: read pages for the anchors that links name."
)
@click.option("--refresh", is_flag=True, help="With --external: look again at what earlier checks found.")
@click.option(
    "--fix", is_flag=True, help="Mend what has just one mend, after showing what changes, and asking."
)
@click.option("--yes", is_flag=True, help="With --fix: do not ask.")
@click.option("--dates", is_flag=True, help="List the dates that depend on their article's day instead.")
def command(
    root: Path,
    *,
    strict: bool,
    dates: bool,
    external: bool,
    fix: bool,
    yes: bool,
    **asked: Unpack[_CheckOptions],
) -> None:
    """Report every problem of content, links and anchors, without touching output/."""
    if dates:
        _list_dates(root)
        return
    if fix:
        from timeline_gen.cli.fixing import fix_problems

        fix_problems(root, drafts=asked["drafts"], now=asked["now"], yes=yes)
    worst = _reported(root, asked, external=external)
    if worst >= (Level.WARNING if strict else Level.ERROR):
        raise SystemExit(1)


def _reported(root: Path, asked: _CheckOptions, *, external: bool) -> Level:
    """Report what is wrong with the site in *root*, and return the level of the worst of it."""
    from timeline_gen.checking.check import checked

    line = ProgressLine(sys.stderr, word=word)
    try:
        with watched(line):
            found = checked(root, drafts=asked["drafts"], now=asked["now"])
            others, hushed, counted = _external(root, asked) if external else ((), (), "")
    finally:
        line.end()
    problems = tuple(sorted((*found.problems, *others), key=lambda problem: problem.sort_key))
    # Where a file cannot be read, nothing that depends on it is looked at.
    later = say("; links, names and addresses are checked when these are mended")
    where = say(" in {counts}", counts=counted_things(found.counts)) if found.counts else later
    current_listing().report(problems, err=False, silenced=(*found.silenced, *hushed), more=where + counted)
    return max((problem.level for problem in problems), default=Level.INFO)


def _external(root: Path, asked: _CheckOptions) -> tuple[tuple[Problem, ...], tuple[Silenced, ...], str]:
    """Return what is wrong with links to other sites, what of it is silenced, and how many there are."""
    from timeline_gen.checking.external.report import ExternalOptions, external_problems

    hosts = frozenset(host.lower() for host in asked["hosts"])
    wanted = ExternalOptions(hosts, fragments=asked["fragments"], refresh=asked["refresh"])
    try:
        found = external_problems(root, wanted, drafts=asked["drafts"], now=asked["now"])
    except KeyboardInterrupt:
        echo(say("the next check --external goes on from here"), err=True)
        raise
    links = many(found.links, "link")
    counted = say("; {links} to other sites, {count:,} of them asked for now", links=links, count=found.asked)
    return found.problems, found.silenced, counted


def _list_dates(root: Path) -> None:
    from timeline_gen.checking.dates import relative_readings

    for reading in relative_readings(root):
        echo(
            say(
                "{place}: {text!r} is {edtf}, seen from {on}",
                place=reading.place,
                text=reading.text,
                edtf=reading.edtf,
                on=reading.on,
            )
        )
