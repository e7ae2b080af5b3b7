"""``timeline-gen check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from timeline_gen.building.progress import watched
from timeline_gen.cli.counts import counted_things
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
from timeline_gen.errors import Level
from timeline_gen.messages import say


@click.command(
    epilog=example(
        "timeline-gen check",
        "timeline-gen check --strict --format json",
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
@click.option("--dates", is_flag=True, help="List the dates that depend on their article's day instead.")
def command(root: Path, *, drafts: bool, now: int | None, strict: bool, dates: bool) -> None:
    """Report every problem of content, links and anchors, without touching output/."""
    if dates:
        _list_dates(root)
        return
    from timeline_gen.checking.check import checked

    line = ProgressLine(sys.stderr)
    try:
        with watched(line):
            found = checked(root, drafts=drafts, now=now)
    finally:
        line.end()
    where = say(" in {counts}", counts=counted_things(found.counts)) if found.counts else ""
    current_listing().report(found.problems, err=False, silenced=found.silenced, more=where)
    worst = max((problem.level for problem in found.problems), default=Level.INFO)
    if worst >= (Level.WARNING if strict else Level.ERROR):
        raise SystemExit(1)


def _list_dates(root: Path) -> None:
    from timeline_gen.checking.relative import relative_readings

    for reading in relative_readings(root):
        click.echo(
            say(
                "{place}: {text!r} is {edtf}, seen from {on}",
                place=reading.place,
                text=reading.text,
                edtf=reading.edtf,
                on=reading.on,
            )
        )
