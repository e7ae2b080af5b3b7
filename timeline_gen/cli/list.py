"""``timeline-gen list``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, TypedDict, Unpack

import click

from timeline_gen.cli.completing import complete_language
from timeline_gen.cli.listing import visible
from timeline_gen.cli.options import drafts_option, example, now_option, site_option

_LISTS: Final = ("articles", "drafts", "embargoed", "entities", "events", "urls")


class _ListOptions(TypedDict):
    """What is listed of the content."""

    lang: str
    drafts: bool
    now: int | None


@click.command(
    epilog=example(
        "timeline-gen list events", "timeline-gen list urls --format json", page="docs/commands.md"
    )
)
@click.argument("what", type=click.Choice(_LISTS))
@site_option
@click.option(
    "--lang",
    default="",
    metavar="CODE",
    shell_complete=complete_language,
    help="The language of titles, where they are in it.",
)
@drafts_option
@now_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def command(what: str, root: Path, *, form: str, **asked: Unpack[_ListOptions]) -> None:
    """List what the site holds: articles, drafts, embargoed, events, entities or urls.

    As text, a row is a line and its columns are divided by tabs; as JSON, it is an object with their names.
    """
    from timeline_gen.building.options import Options
    from timeline_gen.checking.content_lists import content_list

    rows = content_list(root, what, Options(drafts=asked["drafts"], now=asked["now"]), asked["lang"])
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("\t".join(visible(_as_text(value)) for value in row.values()))


def _as_text(value: str | int | list[str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)
