"""``timeline-gen explain``."""

from __future__ import annotations

import shutil
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from timeline_gen.cli.language import echo, ui_language, word
from timeline_gen.cli.options import example
from timeline_gen.cli.terminal import wants_colour
from timeline_gen.codes import CODES
from timeline_gen.errors import UsageError
from timeline_gen.messages import say


def _complete_code(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return [
        CompletionItem(code, help=word(say(meaning)))
        for code, meaning in CODES.items()
        if code.startswith(begun.upper())
    ]


@click.command(
    epilog=example(
        "timeline-gen explain TG201",
        "timeline-gen explain TG201 --lang ar",
        page="docs/problems.md, all codes",
    )
)
@click.argument("code", shell_complete=_complete_code)
@click.option(
    "--lang",
    type=click.Choice(["ar", "en"]),
    help="The language of the page; default: that of LANG. Not every page is there in Arabic.",
)
def command(code: str, lang: str | None) -> None:
    """Explain the CODE of a problem.

    What happened, why it matters, a wrong and a right example, and how to live with it.
    """
    from timeline_gen.checking.explanations import page_of
    from timeline_gen.cli.reports.page_text import page_lines

    known = code.upper()
    if known.isdigit():
        known = f"TG{known}"
    if known not in CODES:
        near = get_close_matches(known, CODES, n=1)
        hint = say("did you mean '{near}'?", near=near[0]) if near else say("codes look like TG201")
        raise UsageError(say("there is no problem with the code {code!r}", code=code), hint)
    page = page_of(known, lang or ui_language())
    if page is None:
        echo(say("{code}: {meaning}", code=known, meaning=say(CODES[known])))
        return
    for line in page_lines(page, shutil.get_terminal_size((88, 24)).columns, click.style):
        click.echo(line, color=wants_colour())
