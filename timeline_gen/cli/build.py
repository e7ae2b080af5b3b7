"""``timeline-gen build``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final, TypedDict, Unpack

import click

from timeline_gen.building.options import Options, Report
from timeline_gen.building.progress import watched
from timeline_gen.cli.completing import complete_entity, complete_language
from timeline_gen.cli.counts import by_kind, summary
from timeline_gen.cli.language import echo, word
from timeline_gen.cli.listing import current_listing, show_error, visible
from timeline_gen.cli.options import (
    address_option,
    all_option,
    drafts_option,
    example,
    format_option,
    jobs_option,
    now_option,
    quiet_option,
    site_option,
    source_option,
    strict_option,
)
from timeline_gen.cli.process import keep_until_exit
from timeline_gen.cli.terminal import ProgressLine
from timeline_gen.errors import Level, UsageError
from timeline_gen.messages import say
from timeline_gen.writing.program_version import note_on_version, record_version

_LOCK_TIMEOUT: Final = 5.0
"""Seconds to wait for another build of the site to end: a preview builds for a moment after each save."""


class _BuildOptions(TypedDict):
    """The options that the build itself takes."""

    jobs: int | None
    drafts: bool
    url: str
    now: int | None
    links: str
    strict: bool


def _cluster_address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return *value*, the address of a cluster; raise click's error where it is none."""
    if value and not re.fullmatch(r"dask://[^/\s]+:\d+", value):
        raise click.BadParameter(say("write dask://HOST:PORT"))
    return value


@click.command(
    epilog=example(
        "timeline-gen build",
        "timeline-gen build --single-file timeline everything.html --lang en",
        page="docs/guide.md, “Check and build”",
    )
)
@site_option
@jobs_option
@drafts_option
@address_option
@now_option
@click.option(
    "--links",
    type=click.Choice(["folders", "files"]),
    default="folders",
    help="Link to folders, as servers like it, or to files, for a site that is opened from a disk.",
)
@click.option(
    "--executor",
    "cluster",
    default="",
    metavar="ADDRESS",
    callback=_cluster_address,
    help="Share work out to a Dask cluster, dask://HOST:PORT; see docs/scale.md.",
)
@strict_option
@click.option(
    "--verify", is_flag=True, help="Then build clean elsewhere, and list every file that is not the same."
)
@click.option(
    "--profile",
    is_flag=True,
    help="Show what each stage took, and write a file for speedscope; in one process unless --jobs says so.",
)
@click.option(
    "--single-file",
    "single",
    type=(str, click.Path(path_type=Path, dir_okay=False)),
    metavar="ID FILE",
    shell_complete=complete_entity,
    help="Write the timeline of one person, place or tag, or all of it (timeline), as one file instead.",
)
@click.option(
    "--lang",
    default="",
    metavar="CODE",
    shell_complete=complete_language,
    help="The language of that file; default: the site's own.",
)
@format_option
@source_option
@all_option
@quiet_option
def command(
    root: Path,
    *,
    single: tuple[str, Path] | None,
    lang: str,
    verify: bool,
    profile: bool,
    cluster: str,
    quiet: bool,
    **asked: Unpack[_BuildOptions],
) -> None:
    """Build the site into output/, touching only what changed."""
    options = Options(**asked, lock_timeout=_LOCK_TIMEOUT)
    if single:
        _write_single(root, options, single, lang)
        return
    version_note = note_on_version(root / options.cache)
    line = ProgressLine(sys.stderr, word=word)
    try:
        with nullcontext() if quiet else watched(line):
            report = _profiled(root, options) if profile else _built(root, options, cluster)
    finally:
        line.end()
    # After the build: where it fails, the next one has the note on the version again.
    record_version(root / options.cache)
    least = Level.WARNING if quiet else Level.INFO
    listing = current_listing()
    found = tuple(problem for problem in report.problems if problem.level >= least)
    if listing.form != "text":
        listing.report(found, err=True, silenced=report.silenced)
    else:
        listing.show(found, err=True)
        if (found or report.silenced) and not quiet:
            listing.count(found, silenced=len(report.silenced))
    if not quiet:
        echo(summary(report), err=True)
        echo(by_kind(report), err=True)
        if version_note:
            echo(say("note: {version_note}", version_note=version_note), err=True)
        for note in report.notes:
            echo(say("note: {note}", note=visible(note)), err=True)
    if verify:
        _verify(root, options, quiet=quiet)


def _built(root: Path, options: Options, cluster: str) -> Report:
    """Build the site in *root* and return the report; where nothing has changed, no stage is loaded.

    Work is shared out to the Dask *cluster* at that address, if there is one.
    """
    from timeline_gen.building.scan import scan
    from timeline_gen.building.workspace import open_workspace

    with open_workspace(root, options) as site:
        before = scan(site)
        if before.report:
            return before.report
        from timeline_gen.building.pipeline import build_scanned

        # What a build makes goes with the process, and need not be taken apart before.
        keep_until_exit(site)
        with _workers_of(cluster) as executor:
            return build_scanned(site, before, executor)


@contextmanager
def _workers_of(cluster: str) -> Iterator[Executor | None]:
    """Lend the workers of the Dask *cluster* at that address; nothing where there is none."""
    if not cluster:
        yield None
        return
    try:
        from timeline_gen.building.workers.dask_workers import dask_workers
    except ImportError as error:
        raise UsageError(say("Dask is not installed"), say("pip install 'timeline-gen[dask]'")) from error
    with dask_workers(cluster) as executor:
        yield executor


def _write_single(root: Path, options: Options, single: tuple[str, Path], lang: str) -> None:
    from timeline_gen.building.render.single_file import write_single

    name, target = single
    size = write_single(root, options, name, lang, target)
    echo(say("{target}: {size:,} bytes", target=visible(str(target)), size=size), err=True)


def _profiled(root: Path, options: Options) -> Report:
    """Build the site in *root*, print what each stage took, and return the build's report."""
    from timeline_gen.building.pipeline import build
    from timeline_gen.building.profiling import Profile, in_one_process, table

    profile = Profile()
    with profile.noting():
        report = build(root, in_one_process(options))
    for line in table(profile.stages(report)):
        click.echo(line)
    target = root / options.work_dir / "profile.speedscope.json"
    target.write_text(profile.speedscope(), "utf-8")
    echo(say("{target} can be opened at https://www.speedscope.app", target=target), err=True)
    return report


def _verify(root: Path, options: Options, *, quiet: bool) -> None:
    """Print which files of the site in *root* a clean build would make otherwise; leave if there are any."""
    from timeline_gen.checking.clean_build import compare_with_clean

    compared = compare_with_clean(root, options)
    for line in compared.differing:
        click.echo(visible(line))
    if compared.differing:
        message = say(
            "{differing:,} of {files:,} files are not those of a clean build",
            differing=len(compared.differing),
            files=compared.files,
        )
        show_error(
            UsageError(message, say("delete .timeline-gen/, build again, and report how it came about"))
        )
        raise SystemExit(1)
    if not quiet:
        echo(say("all {files:,} files are those of a clean build", files=compared.files), err=True)
