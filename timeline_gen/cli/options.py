"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TextIO, TypedDict

import click

from timeline_gen.cli.listing import FORMS, Listing
from timeline_gen.messages import say

COMPLETE_VARIABLE: Final = "_TIMELINE_GEN_COMPLETE"
"""The environment variable by which a shell asks for completions; click derives it from the name."""


def example(*lines: str, page: str) -> str:
    """Return the end of a page of help: *lines* that can be typed, and the *page* to read on."""
    # Click does not wrap a paragraph that begins with \b.
    shown = "".join(f"\n  {line}" for line in lines)
    return say("\b\nExample:{lines}\n\nMore: {page}", lines=say(shown), page=say(page))


class PublishOptions(TypedDict):
    """What ``publish`` is to do, and how it is shown first."""

    dry_run: bool
    diff: bool
    plan_file: TextIO | None
    applied: TextIO | None
    yes: bool
    allow: tuple[str, ...]
    rollback: bool
    generation: int | None
    forget: bool
    verify_only: bool


def _web_address(_context: click.Context, _option: click.Parameter, typed: str) -> str:
    """Return the address *typed*, if a site can be there."""
    if typed and (not typed.startswith(("https://", "http://")) or set(typed) & set(" ?#<>\"'")):
        raise click.BadParameter(
            say("{typed!r} is no address of a site; write https://example.org/", typed=typed)
        )
    return typed


def _moment(_context: click.Context, _option: click.Parameter, typed: str | None) -> int | None:
    """Return the second that *typed* names, a day or a day with time and offset (ISO 8601)."""
    from timeline_gen.reading.stamps import read_stamp

    if typed is None:
        return None
    try:
        return read_stamp(typed).second
    except ValueError as error:
        raise click.BadParameter(
            say("{error}; write 2026-12-01T06:00Z", error=error), param_hint="--now"
        ) from error


def _list_all(context: click.Context, _option: click.Parameter, every: bool) -> None:  # noqa: FBT001 - click's interface
    context.ensure_object(Listing).every = every


def _choose_form(context: click.Context, _option: click.Parameter, form: str) -> None:
    context.ensure_object(Listing).form = form


def _choose_source(context: click.Context, _option: click.Parameter, source: bool | None) -> None:  # noqa: FBT001 - click's interface
    context.ensure_object(Listing).source = source


def _site_folder(context: click.Context, _option: click.Parameter, typed: Path | None) -> Path:
    """Return the folder *typed*, else the nearest folder above the current one that is a site's."""
    folder = _nearest_site(typed)
    context.ensure_object(Listing).root = folder
    return folder


def _nearest_site(typed: Path | None) -> Path:
    if typed is not None:
        return typed
    here = Path()
    if (here / "site.yaml").exists():
        return here
    above = (Path(*[".."] * steps) for steps in range(1, len(Path.cwd().parts)))
    return next((folder for folder in above if (folder / "site.yaml").exists()), here)


site_option = click.option(
    "--site",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    callback=_site_folder,
    metavar="FOLDER",
    help="The site's folder; default: the nearest one, from the current folder upwards, with a site.yaml.",
)
all_option = click.option(
    "--all",
    is_flag=True,
    expose_value=False,
    callback=_list_all,
    help="Print every problem; default: the first 100 of each kind, and 10 of notes.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    expose_value=False,
    callback=_choose_form,
    help="How to report problems: text for a person, json or sarif for programs, github for its Actions.",
)
source_option = click.option(
    "--source/--no-source",
    default=None,
    expose_value=False,
    callback=_choose_source,
    help="Show the line that a problem is in; default: on a terminal.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems.")
strict_option = click.option("--strict", is_flag=True, help="Let warnings count as errors.")
drafts_option = click.option("--drafts", is_flag=True, help="Show articles marked as drafts too.")
address_option = click.option(
    "--base-url",
    "url",
    default="",
    metavar="URL",
    callback=_web_address,
    help="The address in place of site.yaml's.",
)
now_option = click.option(
    "--now",
    metavar="MOMENT",
    callback=_moment,
    help="Build for this moment, which embargoes wait for; default: the clock's.",
)
jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to share work out to."
)
