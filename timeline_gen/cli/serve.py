"""``timeline-gen serve``."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from timeline_gen.building.options import Options
from timeline_gen.cli.completing import complete_language
from timeline_gen.cli.counts import summary
from timeline_gen.cli.language import echo
from timeline_gen.cli.listing import current_listing, show_error
from timeline_gen.cli.options import (
    address_option,
    all_option,
    drafts_option,
    example,
    jobs_option,
    quiet_option,
    site_option,
)
from timeline_gen.errors import UsageError
from timeline_gen.messages import say
from timeline_gen.writing.program_version import note_on_version


class _PreviewOptions(TypedDict):
    """The options that the preview itself takes."""

    host: str
    port: int | None
    open_browser: bool
    lang: str
    poll: bool
    editor: str
    drafts: bool
    url: str
    jobs: int | None


@click.command(
    epilog=example(
        "timeline-gen serve --open",
        "timeline-gen serve --host 0.0.0.0 --drafts",
        page="docs/guide.md, “Make a site”",
    )
)
@site_option
@click.option(
    "--host", default="", metavar="ADDRESS", help="Serve at this address, not only to this machine."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="Default: 8000, or the next free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option(
    "--lang", default="", metavar="CODE", shell_complete=complete_language, help="The language to open with."
)
@click.option("--poll", is_flag=True, help="Look for changes at intervals; for network file systems.")
@click.option(
    "--editor",
    default="",
    envvar="TIMELINE_GEN_EDITOR",
    metavar="NAME",
    help="Let the places of problems open this editor, such as vscode; or an address with {path} and {line}.",
)
@drafts_option
@address_option
@jobs_option
@all_option
@quiet_option
def command(root: Path, *, quiet: bool, **asked: Unpack[_PreviewOptions]) -> None:
    """Serve the site here, and update it in the browser at every save."""
    from timeline_gen.preview.options import ServeOptions
    from timeline_gen.preview.outcome import BuildOutcome
    from timeline_gen.preview.serve import Listeners, serve

    version_note = note_on_version(root / Options().cache)
    if version_note and not quiet:
        echo(say("note: {version_note}", version_note=version_note), err=True)
    if asked["host"]:
        echo(say("note: other machines may be able to read this preview, drafts included"), err=True)
    listing = current_listing()

    served: list[str] = []

    def show_url(url: str) -> None:
        line = (
            say("for a telephone in this network: {url}", url=url)
            if served
            else say("serving {url} (Ctrl-C ends)", url=url)
        )
        served.append(url)
        echo(line, err=True)

    def show_outcome(outcome: BuildOutcome) -> None:
        listing.show((shown.problem for shown in outcome.shown), err=True)
        listing.show_omitted(outcome.omitted, err=True)
        if outcome.failure:
            show_error(UsageError(outcome.failure, outcome.hint))
        elif outcome.report and not quiet:
            echo(summary(outcome.report), err=True)

    serve(root, ServeOptions(**asked, every_problem=listing.every), Listeners(show_url, show_outcome))
