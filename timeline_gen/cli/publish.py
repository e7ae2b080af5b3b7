"""``timeline-gen publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Unpack

import click

from timeline_gen.cli.completing import complete_target
from timeline_gen.cli.options import PublishOptions, example, quiet_option, site_option
from timeline_gen.errors import UsageError
from timeline_gen.messages import say


@click.command(
    epilog=example(
        "timeline-gen publish --init github",
        "timeline-gen publish --dry-run",
        "timeline-gen publish --yes",
        page="docs/publishing.md",
    )
)
@click.argument("name", default="", metavar="[TARGET]", shell_complete=complete_target)
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--diff", is_flag=True, help="Show how each text would change, and do nothing.")
@click.option(
    "--plan",
    "plan_file",
    type=click.File("w", encoding="utf-8"),
    help="Write the plan as JSON, and do nothing.",
)
@click.option(
    "--apply",
    "applied",
    type=click.File(encoding="utf-8"),
    help="Do exactly what this plan says, or refuse.",
)
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@click.option("--allow", multiple=True, metavar="REASON", help="Publish in spite of this reason not to.")
@click.option("--rollback", is_flag=True, help="Bring back the generation before the present one.")
@click.option("--generation", type=click.IntRange(min=1), metavar="N", help="With --rollback: which one.")
@click.option("--forget", is_flag=True, help="Delete all that is kept there of earlier generations.")
@click.option("--verify-only", is_flag=True, help="Read back everything that was published, and compare.")
@click.option("--init", "kind", metavar="KIND", help="Set up a target: github, gitlab, codeberg, netlify, …")
@click.option(
    "--install",
    default="",
    metavar="REQUIREMENT",
    help="With --init: what the workflow installs; default: this program, from where it came.",
)
@quiet_option
def command(
    root: Path, name: str, *, kind: str | None, install: str, quiet: bool, **asked: Unpack[PublishOptions]
) -> None:
    """Put the site where readers find it: plan, ask, do, and read back.

    TARGET is one of those that site.yaml names under publish:.
    """
    from timeline_gen.cli.publication import run_publication, set_up_target

    if asked["generation"] and not asked["rollback"]:
        raise UsageError(
            say("--generation names what --rollback brings back"),
            say("timeline-gen publish --rollback --generation {number}", number=asked["generation"]),
        )
    if kind:
        set_up_target(root, kind, name, install)
        return
    run_publication(root, name, asked, quiet=quiet)
