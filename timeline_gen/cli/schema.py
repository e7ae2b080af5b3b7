"""``timeline-gen schema``."""

from __future__ import annotations

from pathlib import Path

import click

from timeline_gen.cli.listing import visible
from timeline_gen.cli.options import example, site_option

_PROGRAMS = ("decap", "sveltia")
_BACKENDS = ("github", "gitlab", "gitea", "git-gateway", "test-repo")


@click.command(
    epilog=example(
        "timeline-gen schema",
        "timeline-gen schema --cms decap",
        page="docs/editors.md, help in the editor",
    )
)
@site_option
@click.option(
    "--cms",
    type=click.Choice(_PROGRAMS),
    help="Print a configuration of this content management system instead.",
)
@click.option(
    "--backend",
    type=click.Choice(_BACKENDS),
    default="github",
    help="Where that system keeps the site; test-repo is for trying it.",
)
def command(root: Path, *, cms: str | None, backend: str) -> None:
    """Write what editors complete and check files by: JSON Schemas, with the names of the site.

    They are written into .timeline-gen-schema/; settings of VS Code are added where there are none.
    """
    if cms:
        from timeline_gen.editors.cms import configuration
        from timeline_gen.editors.names import site_names

        click.echo(configuration(site_names(root), cms, backend), nl=False)
        return
    from timeline_gen.editors.write import write_for_editors

    for path in write_for_editors(root):
        click.echo(visible(str(path)))
