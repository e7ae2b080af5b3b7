"""``timeline-gen translations``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from timeline_gen.cli.completing import complete_slug
from timeline_gen.cli.language import echo
from timeline_gen.cli.listing import visible
from timeline_gen.cli.options import example, site_option
from timeline_gen.messages import listed, many, say


@click.command(
    epilog=example(
        "timeline-gen translations",
        "timeline-gen translations --mark suez-canal",
        page="docs/reference.md, “Translations”",
    )
)
@site_option
@click.option("--mark", is_flag=True, help="Record that translations are up to date.")
@click.argument("slugs", nargs=-1, shell_complete=complete_slug)
def command(root: Path, slugs: tuple[str, ...], *, mark: bool) -> None:
    """Show what each language lacks, and which translations are out of date.

    With --mark, record for the articles SLUGS, or for all, what they were translated from.
    """
    from timeline_gen.checking.translations import mark as mark_current
    from timeline_gen.checking.translations import missing

    if mark:
        for path in mark_current(root, slugs):
            click.echo(visible(str(path)))
        return
    for gaps in missing(root):
        lacking = {
            "article": gaps.articles,
            "event": gaps.events,
            "page": gaps.pages,
            "name": gaps.names,
            "setting": gaps.settings,
        }
        echo(
            say(
                "{lang}: {gaps}",
                lang=gaps.lang,
                gaps=_gaps_line(lacking, len(gaps.drafts), len(gaps.outdated)),
            )
        )
        for name, values in lacking.items():
            for value in values:
                echo(say("  missing {name}  {value}", name=say(name), value=value))
        for slug in gaps.drafts:
            echo(say("  draft  {slug}", slug=slug))
        for old in gaps.outdated:
            echo(say("  out of date  {slug}: {fields}", slug=old.article.slug, fields=", ".join(old.fields)))


def _gaps_line(lacking: Mapping[str, Sequence[str]], drafts: int, outdated: int) -> str:
    missing = [
        say("{values} missing", values=many(len(values), name)) for name, values in lacking.items() if values
    ]
    unfinished = [many(drafts, "draft")] if drafts else []
    old = [say("{outdated} out of date", outdated=outdated)] if outdated else []
    return listed((*missing, *unfinished, *old)) or say("complete")
