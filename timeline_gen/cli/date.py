"""``timeline-gen date``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from timeline_gen.cli.language import cells, echo, shown, word
from timeline_gen.cli.options import example, site_option
from timeline_gen.errors import UsageError
from timeline_gen.messages import say


# A year before the common era begins with a hyphen, as an option does.
@click.command(
    context_settings={"ignore_unknown_options": True},
    epilog=example(
        'timeline-gen date "21 Nov – 18 Dec 2022"',
        "timeline-gen date --batch dates.tsv",
        page="docs/dates.md, all that can be written as a date",
    ),
)
@click.argument("phrase", required=False)
@click.option("--lang", default="", metavar="CODE", help="The language it is in; default: all are tried.")
@click.option(
    "--on", "day", default="", metavar="DAY", help="The article's day, for 'last May'; default: today."
)
@click.option(
    "--batch",
    # Bytes that are not UTF-8 spoil only their own line.
    type=click.File(encoding="utf-8-sig", errors="replace"),
    metavar="FILE",
    help="Read lines of FILE.",
)
@click.option(
    "--words",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Check FILE, a file of words such as words/tr.toml, and read PHRASE with it.",
)
@site_option
def command(
    *, phrase: str | None, lang: str, day: str, batch: TextIO | None, words: Path | None, root: Path
) -> None:
    """Show how PHRASE is read as a date, and worded in each language.

    With --batch, read lines of text, language and day, divided by tabs, and print one JSON object for each.
    """
    from timeline_gen.checking.dates import explained, rows, words_checked

    tried = words_checked(words) if words else None
    if batch is not None:
        for row in rows(batch, root, tried):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if phrase is None and tried is not None:
        echo(say("{words}: the words of {name} are in order", words=words, name=tried.name))
        return
    if phrase is None:
        raise UsageError(say("there is no date to read"), say("write it after the command, in quotes"))
    found = explained(phrase, root, lang=lang, day=day, words=tried)
    for name, value in found.lines:
        label = word(name)
        click.echo(f"{click.style(label + ' ' * (10 - cells(label)), dim=True)} {shown(value)}")
    if not found.fine:
        raise SystemExit(1)
