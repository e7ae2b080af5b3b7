"""``timeline-gen find-dates``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from timeline_gen.cli.language import echo
from timeline_gen.cli.listing import visible
from timeline_gen.cli.options import example, site_option
from timeline_gen.messages import many, say


@click.command(
    epilog=example(
        "timeline-gen find-dates report.txt",
        "timeline-gen find-dates saved-page.html --lang ar --format json",
        page="docs/candidates.md, events out of a text",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--lang", default="", metavar="CODE", help="The language it is in; default: found out.")
@click.option("--on", "day", default="", metavar="DAY", help="The day of the text, for 'last May'.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@site_option
def command(file: Path, *, lang: str, day: str, form: str, root: Path) -> None:
    """Find the dates in FILE, a text, Markdown or a saved page, and show how each is read.

    Only what is certainly a date, and read whole, is shown. Nothing is written.
    """
    from timeline_gen.scaffolding.candidates import read_draft, settings_if_any

    draft = read_draft(file, settings_if_any(root), lang=lang, on=day)
    if form == "json":
        rows = [each.as_data(str(file)) for each in draft.candidates]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in draft.candidates:
        place = click.style(f"{visible(str(file))}:{each.line}", dim=True)
        click.echo(f"{place}: {click.style(each.when.edtf, bold=True)}: {visible(each.phrase)}")
        click.echo(f"  {visible(each.sentence)}")
    found = many(len(draft.candidates), "date")
    seen = say(", seen from {day}", day=draft.day) if draft.day else ""
    counted = say(
        "{dates} in {count:,} sentences in {lang}", dates=found, count=draft.sentences, lang=draft.lang
    )
    echo(counted + seen, err=True)
