"""``timeline-gen explain``."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from timeline_gen.cli.options import example
from timeline_gen.codes import CODES
from timeline_gen.errors import UsageError
from timeline_gen.messages import say


def _complete_code(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return [
        CompletionItem(code, help=meaning)
        for code, meaning in CODES.items()
        if code.startswith(begun.upper())
    ]


@click.command(
    epilog=example(
        "timeline-gen explain TG201",
        page="docs/problems.md, all codes",
    )
)
@click.argument("code", shell_complete=_complete_code)
def command(code: str) -> None:
    """Explain the CODE of a problem."""
    meaning = CODES.get(code.upper())
    if meaning is None:
        raise UsageError(
            say("there is no problem with the code {code!r}", code=code), say("codes look like TG201")
        )
    click.echo(say("{code}: {meaning}", code=code.upper(), meaning=meaning))
