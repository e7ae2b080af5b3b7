"""The entry point: runs the command that is named, and maps its errors to exit statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from traceback import print_exc
from typing import Final

import click
from click.shell_completion import CompletionItem

from timeline_gen import __version__
from timeline_gen.cli.language import (
    LANGUAGES,
    OPTION,
    asked_for,
    echo,
    language_of,
    speak,
    word,
    worded_command,
)
from timeline_gen.cli.listing import Listing, show_error, visible
from timeline_gen.cli.options import COMPLETE_VARIABLE, example
from timeline_gen.cli.process import is_leaving_quickly
from timeline_gen.cli.terminal import wants_colour
from timeline_gen.errors import ContentError, TimelineError, UsageError
from timeline_gen.messages import say

COMMANDS: Final[Mapping[str, str]] = {
    "build": "Build the site into output/, touching only what changed.",
    "check": "Report every problem of content, links and anchors, without touching output/.",
    "completion": "Print what lets SHELL complete the commands of this program.",
    "date": "Show how PHRASE is read as a date, and worded in each language.",
    "doctor": "Show versions, extras, theme, cache, lock, output and git: what to send with a question.",
    "explain": "Explain the CODE of a problem.",
    "find-dates": "Find the dates in FILE, a text, Markdown or a saved page, and show how each is read.",
    "list": "List what the site holds: articles, drafts, embargoed, events, entities or urls.",
    "new": "Make a new site, article, event, page or theme that builds clean.",
    "publish": "Put the site where readers find it: plan, ask, do, and read back.",
    "schema": "Write what editors complete and check files by: JSON Schemas, with the names of the site.",
    "serve": "Serve the site here, and update it in the browser at every save.",
    "translations": "Show what each language lacks, and which translations are out of date.",
}
"""The commands, each in the module of its name, with its line in ``--help``."""


class Commands(click.Group):
    """Loads the module of a command when the command is called, so that ``--help`` loads none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command *cmd_name*; None where there is none."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module = import_module(f"timeline_gen.cli.{cmd_name.replace('-', '_')}")
            self.add_command(module.command, cmd_name)
        found = super().get_command(ctx, cmd_name)
        return worded_command(found) if found else None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin with *incomplete*, without loading any of them."""
        named = [
            CompletionItem(name, help=word(say(help_text)))
            for name, help_text in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        # Those of a group are found by loading it: a plain command has its options only.
        return named + click.Command.shell_complete(self, ctx, incomplete)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* begin with, and the rest; suggest a name for a misspelt one."""
        if self.get_command(ctx, args[0]) is None:
            # The names near a misspelt one are sought among the commands that are loaded.
            for name in COMMANDS:
                self.get_command(ctx, name)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands into a page of help."""
        with formatter.section(word(say("Commands"))):
            formatter.write_dl([(name, word(say(about))) for name, about in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    epilog=example(
        "timeline-gen new site my-timeline",
        "cd my-timeline",
        "timeline-gen serve",
        page="docs/guide.md, from installing to publishing; docs/commands.md has every option",
    ),
)
@click.version_option(__version__, prog_name="timeline-gen")
@click.option(
    OPTION,
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help="The language of messages; default: that of LC_ALL, LC_MESSAGES or LANG.",
)
def program() -> None:
    """Collect dated events out of articles and make a site of them, in any languages at once."""


def run(arguments: list[str] | None = None) -> None:
    """Do what :func:`main` does, and end this process, which was started for nothing else.

    Python would free what a build has made value by value, millions of them, which takes up to a second
    after the last line is printed. The system takes all of it back at once.
    """
    status: str | int | None = 0
    try:
        main(arguments)
    except SystemExit as leaving:
        status = leaving.code
    except OSError:
        # Not even the error could be printed.
        status = 2
    if not is_leaving_quickly() or isinstance(status, str):
        raise SystemExit(status)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except OSError:
        # The reader of a pipe is gone, or the disk is full.
        status = status or 2
    os._exit(status or 0)


def _learn_shell(asked: str) -> None:
    """Make the shell known that has *asked* for completions, if click does not know it."""
    if asked.startswith("powershell"):
        import_module("timeline_gen.cli.completion")


def _choose_language(arguments: list[str]) -> None:
    """Speak the language that *arguments*, or the environment, ask for; a completion loads no catalogue."""
    is_completion = os.environ.get(COMPLETE_VARIABLE)
    speak("" if is_completion else asked_for(arguments) or language_of(os.environ))


def main(arguments: list[str] | None = None) -> None:
    """Run the command that *arguments*, or those of the process, name, and leave with its exit status."""
    written_to, listing = sys.stdout, Listing()
    _learn_shell(os.environ.get(COMPLETE_VARIABLE, ""))
    _choose_language(sys.argv[1:] if arguments is None else arguments)
    try:
        worded_command(program).main(
            arguments,
            prog_name="timeline-gen",
            # Standalone, click leaves with 1 where someone interrupts it, and 1 means problems of the
            # content.
            standalone_mode=False,
            obj=listing,
            color=wants_colour(),
        )
    except SystemExit as leaving:
        if sys.stdout is not written_to:
            # Click replaces stdout when its pipe is closed, and leaves as if the content were wrong.
            raise SystemExit(2) from leaving
        raise
    except ContentError as error:
        listing.report(error.problems, err=True, more=say("; output/ is as it was"))
        raise SystemExit(1) from error
    except TimelineError as error:
        show_error(error)
        raise SystemExit(2) from error
    except click.ClickException as error:
        error.show()
        raise SystemExit(2) from error
    except (click.Abort, KeyboardInterrupt) as error:
        echo(say("stopped"), err=True)
        raise SystemExit(2) from error
    except BrokenPipeError as error:
        # The reader of the output has seen enough; Python must not complain at exit either.
        sys.stdout = None
        raise SystemExit(2) from error
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        show_error(
            UsageError(
                say("the machine refused: {why}{where}", why=error.strerror or error, where=visible(where))
            )
        )
        raise SystemExit(2) from error
    except Exception as error:
        # Status 1 would mean that the content has problems.
        print_exc()
        show_error(
            UsageError(say("this is a fault of timeline-gen"), say("please report it, with the lines above"))
        )
        raise SystemExit(2) from error
