"""What ``timeline-gen publish`` does, apart from its options: loaded only once a site is published."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click

from timeline_gen.cli.language import echo, shown, word
from timeline_gen.cli.listing import current_listing, many, visible
from timeline_gen.cli.options import PublishOptions
from timeline_gen.cli.terminal import ProgressLine
from timeline_gen.errors import Problem, UsageError
from timeline_gen.messages import say
from timeline_gen.publishing.planning import write_plan
from timeline_gen.publishing.publish import (
    PreparedPlan,
    Publication,
    PublishResult,
    hold_to,
    open_publication,
    prepare,
    prepare_forgetting,
    prepare_return,
    publish,
    verify,
)
from timeline_gen.publishing.starting import start
from timeline_gen.publishing.wording import differences, lines, table


def set_up_target(root: Path, kind: str, name: str, install: str) -> None:
    """Set up a target of *kind* called *name*, whose workflow installs *install*, and print what is left."""
    for line in start(root, kind, name, install):
        echo(line)


def run_publication(root: Path, name: str, asked: PublishOptions, *, quiet: bool) -> None:
    """Do what was *asked* with the target *name* of the site in *root*."""
    publication = open_publication(root, name, asked["allow"], _load)
    if asked["verify_only"]:
        _report(verify(publication), say("is there just as it was published"))
        return
    prepared = _prepared(publication, asked)
    _show_plan(publication, prepared, asked, quiet=quiet)
    if prepared.refusals:
        # The list of changes may be long, and the reasons above it out of sight.
        first, *others = prepared.refusals
        more = (
            say("; and {others}, see above", others=many(len(others), say("other reason"))) if others else ""
        )
        echo(
            say("nothing was published: {message}{more}", message=visible(first.problem.message), more=more),
            err=True,
        )
        raise SystemExit(1)
    if asked["dry_run"] or asked["diff"] or asked["plan_file"]:
        return
    if not prepared.has_work:
        echo(say("nothing to do: {url} is up to date", url=publication.url), err=True)
        return
    if not (asked["yes"] or asked["applied"]):
        _ask(_question(publication, prepared, asked))
    _report(_carried_out(publication, prepared, quiet=quiet), _outcome(asked))


def _load(module: str) -> ModuleType:
    return import_module(f"timeline_gen.{module}")


def _prepared(publication: Publication, asked: PublishOptions) -> PreparedPlan:
    def check() -> tuple[Problem, ...]:
        # It loads all stages, which publishing an unchanged site needs none of.
        from timeline_gen.checking.check import check

        return check(publication.root)

    if asked["rollback"]:
        return prepare_return(publication, asked["generation"] or 0)
    if asked["forget"]:
        return prepare_forgetting(publication)
    prepared = prepare(publication, check)
    if asked["applied"]:
        hold_to(asked["applied"].read(), prepared)
    return prepared


def _show_plan(
    publication: Publication, prepared: PreparedPlan, asked: PublishOptions, *, quiet: bool
) -> None:
    refused = (refusal.problem for refusal in prepared.refusals)
    current_listing().show((*refused, *prepared.notes), err=True)
    if asked["plan_file"]:
        asked["plan_file"].write(write_plan(prepared.plan))
    if asked["diff"]:
        for line in differences(prepared.plan, publication.host, prepared.texts()):
            echo(visible(line))
    elif not quiet:
        for line in lines(prepared.plan, every=asked["dry_run"]):
            echo(visible(line), err=not asked["dry_run"])
        for line in table(prepared.plan):
            echo(line, err=True)
        if prepared.reminder:
            echo(say("note: {reminder}", reminder=prepared.reminder), err=True)


def _question(publication: Publication, prepared: PreparedPlan, asked: PublishOptions) -> str:
    if asked["rollback"]:
        return say(
            "Bring this back to {url} as generation {generation}?",
            url=publication.url,
            generation=prepared.plan.generation,
        )
    if asked["forget"]:
        return say("Delete what is kept of earlier generations at {url}?", url=publication.url)
    return say(
        "Publish this to {url} as generation {generation}?",
        url=publication.url,
        generation=prepared.plan.generation,
    )


def _outcome(asked: PublishOptions) -> str:
    return say("remains, and nothing is kept of earlier ones") if asked["forget"] else say("is published")


def _ask(question: str) -> None:
    if not sys.stdin.isatty():
        raise UsageError(
            say("nothing was published: there is no one to ask"), hint=say("--yes publishes without asking")
        )
    click.confirm(shown(question), abort=True, err=True)


def _carried_out(publication: Publication, prepared: PreparedPlan, *, quiet: bool) -> PublishResult:
    line, count = ProgressLine(sys.stderr, word=word), len(prepared.plan.puts)

    def show_progress(done: int, _: int) -> None:
        if not quiet:
            line(say("publishing files"), done, count)

    try:
        return publish(publication, prepared, show_progress)
    finally:
        line.end()


def _report(done: PublishResult, outcome: str) -> None:
    for path in done.differing:
        echo(say("{path} is not there as it should be", path=visible(path)), err=True)
    if done.differing:
        raise UsageError(
            say("{differing} files are not as they should be", differing=len(done.differing)),
            hint=say("publish again"),
        )
    echo(say("generation {generation} {outcome}", generation=done.generation, outcome=outcome), err=True)
    click.echo(done.url)
