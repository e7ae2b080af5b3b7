"""The command line: words, colours and exit statuses; the only door to click.

Exit status 0 is fine, 1 means problems in the content, 2 that the command was used wrongly or could not
run. What was asked for goes to stdout, everything else to stderr. A command's module is loaded when the
command is called, here in :func:`load` alone, so that ``--help`` stays fast.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from traceback import print_exc
from typing import Any, Final, TextIO
from unicodedata import category

import click

from timeline_gen import __version__
from timeline_gen.codes import CODES
from timeline_gen.errors import ContentError, Level, Problem, TimelineError, UsageError

_COLOURS: Final = {Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "blue"}
_READ: Final = click.File(encoding="utf-8")
_LINES: Final = click.File(encoding="utf-8-sig", errors="replace")
"""A table of dates: bytes that are not UTF-8 spoil their own line alone."""
_WRITTEN: Final = click.File("w", encoding="utf-8")
_NAMES: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_MADE: Final[list[object]] = []
"""What builds of this process have seen and made, to be let go with the process, all at once."""


def load(module: str) -> Any:  # noqa: ANN401 - a module, whose names the caller knows
    """Return the *module* of this package that a command needs, loaded now."""
    return import_module(f"timeline_gen.{module}")


def _web_address(_context: click.Context, _option: click.Parameter, typed: str) -> str:
    """Return the address *typed*, if a site can stand there."""
    if typed and (not typed.startswith(("https://", "http://")) or set(typed) & set(" ?#<>\"'")):
        raise click.BadParameter(f"{typed!r} is no address of a site; write https://example.org/")
    return typed


site_option = click.option(
    "--site",
    "root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    metavar="FOLDER",
    help="The site's folder; default: the folder one stands in.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but what is wrong.")
drafts_option = click.option("--drafts", is_flag=True, help="Show articles marked as drafts too.")
address_option = click.option(
    "--base-url",
    "url",
    default="",
    metavar="URL",
    callback=_web_address,
    help="The address in place of site.yaml's.",
)
now_option = click.option(
    "--now",
    metavar="MOMENT",
    callback=lambda _, __, text: _moment(text),
    help="Build for this moment, which embargoes wait for; default: the clock's.",
)
jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Processes to share work out to."
)


def _moment(text: str | None) -> int | None:
    """Return the second that *text* names, a day or a day with time and offset (ISO 8601)."""
    if text is None:
        return None
    try:
        return int(load("reading.stamps").read_stamp(text).second)
    except ValueError as error:
        raise click.BadParameter(f"{error}; write 2026-12-01T06:00Z", param_hint="--now") from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="timeline-gen")
def program() -> None:
    """Collect dated events out of articles and make a site of them, in any languages at once."""


@program.command()
@site_option
@jobs_option
@drafts_option
@address_option
@now_option
@click.option(
    "--links",
    type=click.Choice(["folders", "files"]),
    default="folders",
    help="Link to folders, as servers like it, or to files, for a site that is opened from a disk.",
)
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option(
    "--verify", is_flag=True, help="Then build clean elsewhere, and list every file that is not the same."
)
@click.option(
    "--profile",
    is_flag=True,
    help="Show what each stage took, and write a file for speedscope; in one process unless --jobs says so.",
)
@click.option(
    "--single-file",
    "single",
    type=(str, click.Path(path_type=Path, dir_okay=False)),
    metavar="ID FILE",
    help="Write the timeline of one person, place or tag, or all of it (timeline), as one file instead.",
)
@click.option(
    "--lang", default="", metavar="CODE", help="The language of that file; default: the site's own."
)
@quiet_option
def build(root: Path, *, quiet: bool, single: tuple[str, Path] | None, lang: str, **said: Any) -> None:  # noqa: ANN401 - options, as click read them
    """Build the site into output/, touching only what changed."""
    verify, profile = said.pop("verify"), said.pop("profile")
    options = load("running.options").Options(**said)
    if single:
        size = load("running.single_file").write_single(root, options, single[0], lang, single[1])
        click.echo(f"{visible(str(single[1]))}: {size:,} bytes", err=True)
        return
    report = _profiled(root, options) if profile else _built(root, options)
    notes = Level.WARNING if quiet else Level.INFO
    show_problems((problem for problem in report.problems if problem.level >= notes), err=True)
    if not quiet:
        click.echo(summary(report), err=True)
        for note in report.notes:
            click.echo(f"note: {visible(note)}", err=True)
    if verify:
        _verify(root, options, quiet=quiet)


def _built(root: Path, options: Any) -> Any:  # noqa: ANN401 - a build's options, and its report
    """Build the site in *root* and return the report; where nothing has changed, no stage is even loaded."""
    seen = load("running.unchanged").look_first(root, options)
    _MADE.append(seen)
    if seen.report:
        return seen.report
    memory = load("running.memory").memory_of(seen)
    _MADE.append(memory)
    # Nor is there anything to be gained from looking through it for garbage once more at the end.
    gc.set_threshold(*load("running.lanes").SELDOM)
    return load("pipeline").build(root, options, memory=memory)


def _profiled(root: Path, options: Any) -> Any:  # noqa: ANN401 - a build's options, and its report
    """Build the site in *root*, print what each stage took, and return the build's report."""
    module = load("running.profiling")
    profile = module.Profile()
    with profile.noting():
        report = load("pipeline").build(root, module.in_one_process(options))
    for line in module.table(profile.stages(report)):
        click.echo(line)
    target = root / options.workings / "profile.speedscope.json"
    target.write_text(profile.speedscope(), "utf-8")
    click.echo(f"{target} can be opened at https://www.speedscope.app", err=True)
    return report


def _verify(root: Path, options: Any, *, quiet: bool) -> None:  # noqa: ANN401 - a build's options
    """Print which files of the site in *root* a clean build would make otherwise; leave if there are any."""
    compared = load("checking.standing").compare_with_clean(root, options)
    for line in compared.differing:
        click.echo(visible(line))
    if compared.differing:
        said = f"{len(compared.differing):,} of {compared.files:,} files are not those of a clean build"
        _show_error(UsageError(said, "delete .timeline-gen/, build again, and report how it came about"))
        raise SystemExit(1)
    if not quiet:
        click.echo(f"all {compared.files:,} files are those of a clean build", err=True)


def summary(report: Any) -> str:  # noqa: ANN401 - the pipeline's report
    """Return the one line that says what a build did."""
    counts = ((report.articles, "article"), (report.events, "event"), (report.pages, "page"))
    return (
        ", ".join(f"{number:,} {noun}{'' if number == 1 else 's'}" for number, noun in counts)
        + f" ({report.rendered:,} rendered, {report.written:,} written) in {report.seconds:.2f} s"
    )


@program.command()
@site_option
@click.option(
    "--host", default="", metavar="ADDRESS", help="Serve at this address, not to this machine alone."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="Default: 8000, or the next free one."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--lang", default="", metavar="CODE", help="The language to open with.")
@click.option("--poll", is_flag=True, help="Look for changes at intervals; for network file systems.")
@click.option(
    "--editor",
    default="",
    envvar="TIMELINE_GEN_EDITOR",
    metavar="NAME",
    help="Let the places of problems open this editor, such as vscode; or an address with {path} and {line}.",
)
@drafts_option
@address_option
@jobs_option
@quiet_option
def serve(root: Path, *, quiet: bool, **said: Any) -> None:  # noqa: ANN401 - options, as click read them
    """Serve the site here, and bring it up to date in the browser at every save."""
    if said["host"]:
        click.echo("note: other machines may be able to read this preview, drafts included", err=True)
    module, options = load("preview.serve"), load("preview.options")

    def told_url(url: str) -> None:
        click.echo(f"serving {url} (Ctrl-C ends)", err=True)

    def told_outcome(outcome: Any) -> None:  # noqa: ANN401 - the preview's outcome
        show_problems((one.problem for one in outcome.shown), err=True)
        if outcome.failure:
            _show_error(UsageError(outcome.failure, outcome.hint))
        elif outcome.report and not quiet:
            click.echo(summary(outcome.report), err=True)

    module.serve(root, options.Serving(**said), module.Told(told_url, told_outcome))


@program.command()
@site_option
@drafts_option
@now_option
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--dates", is_flag=True, help="List the dates that depend on their article's day instead.")
def check(root: Path, form: str, *, dates: bool, strict: bool, **said: Any) -> None:  # noqa: ANN401
    """Report every problem of content, links and anchors, without touching output/."""
    if dates:
        for one in load("checking.relative").relative_readings(root):
            click.echo(f"{one.place}: {one.text!r} is {one.edtf}, seen from {one.on}")
        return
    problems = load("checking.check").check(root, **said)
    if form == "json":
        click.echo(json.dumps([as_data(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        show_problems(problems, err=False)
        click.echo(counted(problems), err=True)
    worst = max((problem.level for problem in problems), default=Level.INFO)
    if worst >= (Level.WARNING if strict else Level.ERROR):
        raise SystemExit(1)


@program.command()
@site_option
@click.option("--mark", is_flag=True, help="Record that translations are up to date.")
@click.argument("slugs", nargs=-1)
def translations(root: Path, slugs: tuple[str, ...], *, mark: bool) -> None:
    """Show which articles and events each language lacks, and which translations are out of date.

    With --mark, record for the articles SLUGS, or for all, what they were translated from.
    """
    module = load("checking.translations")
    if mark:
        for path in module.mark(root, slugs):
            click.echo(path)
        return
    for gaps in module.missing(root):
        click.echo(f"{gaps.lang}: {_gaps_line(gaps)}")
        for name, values in (("article", gaps.articles), ("event", gaps.events)):
            for value in values:
                click.echo(f"  missing {name}  {value}")
        for old in gaps.outdated:
            click.echo(f"  out of date  {old.article.slug}: {', '.join(old.fields)}")


def _gaps_line(gaps: Any) -> str:  # noqa: ANN401 - what the module found
    counts = ((len(gaps.articles), "article"), (len(gaps.events), "event"))
    said = [f"{number} {name}{'s' if number > 1 else ''} missing" for number, name in counts if number]
    old = [f"{len(gaps.outdated)} out of date"] if gaps.outdated else []
    return ", ".join((*said, *old)) or "complete"


@program.command()
@click.argument("name", default="", metavar="[TARGET]")
@site_option
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@click.option("--diff", is_flag=True, help="Show how each text would change, and do nothing.")
@click.option("--plan", "plan_file", type=_WRITTEN, help="Write the plan as JSON, and do nothing.")
@click.option("--apply", "applied", type=_READ, help="Do exactly what this plan says, or refuse.")
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@click.option("--allow", multiple=True, metavar="REASON", help="Publish in spite of this reason not to.")
@click.option("--rollback", is_flag=True, help="Bring back the generation before the present one.")
@click.option("--generation", type=click.IntRange(min=1), metavar="N", help="With --rollback: which one.")
@click.option("--forget", is_flag=True, help="Delete all that is kept there of earlier generations.")
@click.option("--verify-only", is_flag=True, help="Read back everything that was published, and compare.")
@click.option("--init", "kind", metavar="KIND", help="Set up a target: github, gitlab, codeberg, netlify, …")
@quiet_option
def publish(root: Path, name: str, *, quiet: bool, kind: str | None, **said: Any) -> None:  # noqa: ANN401 - options, as click read them
    """Put the site where readers find it: plan, ask, do, and read back.

    TARGET is one of those that site.yaml names under publish:.
    """
    if kind:
        for line in load("publishing.starting").start(root, kind, name):
            click.echo(line)
        return
    shop = load("publishing.publish").open_shop(root, name, said["allow"], load)
    if said["verify_only"]:
        _tell_done(load("publishing.publish").verify(shop), "stands there just as it was published")
        return
    prepared = _prepared(shop, said)
    _show_plan(shop, prepared, said, quiet=quiet)
    if prepared.refusals:
        click.echo("nothing was published", err=True)
        raise SystemExit(1)
    if said["dry_run"] or said["diff"] or said["plan_file"]:
        return
    if not prepared.has_work:
        click.echo(f"nothing to do: {shop.url} is up to date", err=True)
        return
    _ask(prepared, said)
    _tell_done(_carried_out(shop, prepared, quiet=quiet), "is published")


def _prepared(shop: Any, said: Any) -> Any:  # noqa: ANN401 - a publication, and options as click read them
    module = load("publishing.publish")
    if said["rollback"]:
        return module.prepare_return(shop, said["generation"] or 0)
    if said["forget"]:
        return module.prepare_forgetting(shop)
    prepared = module.prepare(shop, lambda: load("checking.check").check(shop.root))
    if said["applied"]:
        module.hold_to(said["applied"].read(), prepared)
    return prepared


def _show_plan(shop: Any, prepared: Any, said: Any, *, quiet: bool) -> None:  # noqa: ANN401 - as above
    wording, planning = load("publishing.wording"), load("publishing.planning")
    show_problems((*(one.problem for one in prepared.refusals), *prepared.notes), err=True)
    if said["plan_file"]:
        said["plan_file"].write(planning.write_plan(prepared.plan))
    if said["diff"]:
        for line in wording.differences(prepared.plan, shop.host, prepared.texts()):
            click.echo(visible(line))
    elif not quiet:
        for line in wording.lines(prepared.plan, every=said["dry_run"]):
            click.echo(visible(line), err=not said["dry_run"])
        for line in wording.table(prepared.plan):
            click.echo(line, err=True)
        if prepared.reminder:
            click.echo(f"note: {prepared.reminder}", err=True)


def _ask(prepared: Any, said: Any) -> None:  # noqa: ANN401 - as above
    if said["yes"] or said["applied"]:
        return
    if not sys.stdin.isatty():
        raise UsageError(
            "nothing was published: nobody is there to ask", hint="--yes publishes without asking"
        )
    click.confirm(f"Publish this as generation {prepared.plan.generation}?", abort=True, err=True)


def _carried_out(shop: Any, prepared: Any, *, quiet: bool) -> Any:  # noqa: ANN401 - as above
    count = len(prepared.plan.puts)
    with click.progressbar(length=count, label="publishing", file=sys.stderr, hidden=quiet) as shown:

        def told(done: int, _: int) -> None:
            shown.update(done - shown.pos)

        return load("publishing.publish").publish(shop, prepared, told)


def _tell_done(done: Any, said: str) -> None:  # noqa: ANN401 - what became of a publication
    for path in done.differing:
        click.echo(f"{visible(path)} is not there as it should be", err=True)
    if done.differing:
        raise UsageError(f"{len(done.differing)} files are not as they should be", hint="publish again")
    click.echo(f"generation {done.generation} {said}", err=True)
    click.echo(done.url)


@program.group()
def new() -> None:
    """Make a new site or article that builds clean."""


@new.command("site")
@click.argument("folder", type=click.Path(path_type=Path))
def new_site(folder: Path) -> None:
    """Make a small site in two languages in FOLDER."""
    made = load("scaffolding.new_site").new_site(folder)
    for path in made:
        click.echo(path)
    click.echo(f"next: cd {folder} && timeline-gen build", err=True)


@new.command("article")
@click.argument("slug")
@click.option("--lang", "langs", multiple=True, metavar="CODE", help="A language; default: all of the site.")
@site_option
def new_article(slug: str, langs: tuple[str, ...], root: Path) -> None:
    """Make an article called SLUG in each language of the site."""
    for path in load("scaffolding.new_article").new_article(root, slug, langs):
        click.echo(path)


# A year before the common era begins as an option does.
@program.command(context_settings={"ignore_unknown_options": True})
@click.argument("phrase", required=False)
@click.option("--lang", default="", metavar="CODE", help="The language it is in; default: all are tried.")
@click.option("--on", "day", default="", metavar="DAY", help="The article's day, for 'last May'.")
@click.option("--batch", type=_LINES, metavar="FILE", help="Read lines of FILE.")
@site_option
def date(phrase: str | None, lang: str, day: str, batch: TextIO | None, root: Path) -> None:
    """Show how PHRASE is read as a date, and worded in each language.

    With --batch, read lines of text, language and day, divided by tabs, and print one JSON object for each.
    """
    module = load("checking.dates")
    if batch is not None:
        for row in module.rows(batch, root):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if phrase is None:
        raise UsageError("there is no date to read", "write it after the command, in quotes")
    found = module.explained(phrase, root, lang=lang, day=day)
    for name, value in found.lines:
        click.echo(f"{click.style(f'{name:10}', dim=True)} {value}")
    if not found.fine:
        raise SystemExit(1)


@program.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a problem's CODE means."""
    meaning = CODES.get(code.upper())
    if meaning is None:
        raise UsageError(f"there is no problem with the code {code!r}", "codes look like TG201")
    click.echo(f"{code.upper()}: {meaning}")


# ---------------------------------------------------------------- problems


def show_problems(problems: Iterable[Problem], *, err: bool) -> None:
    """Print *problems*, one after the other, with their hints."""
    for problem in problems:
        click.echo(worded(problem, style=click.style), err=err)


def _plain(text: str, **_: object) -> str:
    return text


def worded(problem: Problem, style: Callable[..., str] = _plain) -> str:
    """Return *problem* as ``path:line:column: code: message``, with its hint on a line of its own."""
    level = "" if problem.level is Level.ERROR else f"{_NAMES[problem.level]}: "
    code = style(problem.code, fg=_COLOURS[problem.level], bold=True)
    hint = f"\n  {style('hint', fg='cyan')}: {visible(problem.hint)}" if problem.hint else ""
    return f"{visible(str(problem.place))}: {code}: {level}{visible(problem.message)}{hint}"


def visible(text: str) -> str:
    """Return *text* with what would steer a terminal, or cannot be written to one, as an escape.

    The names of files come from strangers too; and one problem is one line.
    """
    return "".join(letter if category(letter) not in {"Cc", "Cs"} else ascii(letter)[1:-1] for letter in text)


def as_data(problem: Problem) -> dict[str, object]:
    """Return *problem* as it is written in JSON."""
    return {
        "path": visible(str(problem.place.path)),
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "level": _NAMES[problem.level],
        "message": problem.message,
        "hint": problem.hint,
        "related": [visible(str(place)) for place in problem.related],
    }


def counted(problems: Iterable[Problem]) -> str:
    """Return how many problems of each level there are: ``2 errors, 1 warning``."""
    levels = [problem.level for problem in problems]
    counts = ((levels.count(level), _NAMES[level]) for level in sorted(Level, reverse=True))
    said = [f"{number} {name}{'s' if number > 1 else ''}" for number, name in counts if number]
    return ", ".join(said) or "no problems"


# ---------------------------------------------------------------- the way in and out


def run(arguments: list[str] | None = None) -> None:
    """Do what :func:`main` does, and end this process, which was started for nothing else.

    Python would free what a build has made value by value, millions of them, which takes up to a second
    after everything is said and done. The system takes all of it back at once.
    """
    status: Any = 0
    try:
        main(arguments)
    except SystemExit as leaving:
        status = leaving.code
    except OSError:
        # Not even the error could be told.
        status = 2
    if not _MADE:
        raise SystemExit(status)
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except OSError:
        # Nobody has read to the end, or the disk is full.
        status = status or 2
    os._exit(status)


def main(arguments: list[str] | None = None) -> None:
    """Run the command that *arguments*, or those of the process, name, and leave with its exit status."""
    written_to = sys.stdout
    try:
        program.main(arguments, prog_name="timeline-gen", standalone_mode=False)
    except SystemExit as leaving:
        if sys.stdout is not written_to:
            # Click puts another in its place when nobody reads on, and leaves as if content were wrong.
            raise SystemExit(2) from leaving
        raise
    except ContentError as error:
        show_problems(error.problems, err=True)
        click.echo(f"{counted(error.problems)}; output/ is as it was", err=True)
        raise SystemExit(1) from error
    except TimelineError as error:
        _show_error(error)
        raise SystemExit(2) from error
    except click.ClickException as error:
        error.show()
        raise SystemExit(2) from error
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo("stopped", err=True)
        raise SystemExit(2) from error
    except BrokenPipeError as error:
        # Whoever read our output has seen enough; Python must not complain at exit either.
        sys.stdout = None
        raise SystemExit(2) from error
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        _show_error(UsageError(f"the machine refused: {error.strerror or error}{visible(where)}"))
        raise SystemExit(2) from error
    except Exception as error:
        # Status 1 would say that the content has problems.
        print_exc()
        _show_error(UsageError("this is a fault of timeline-gen", "please report it, with the lines above"))
        raise SystemExit(2) from error


def _show_error(error: TimelineError) -> None:
    click.echo(f"{click.style('error', fg='red')}: {visible(str(error))}", err=True)
    if hint := getattr(error, "hint", ""):
        click.echo(f"  {click.style('hint', fg='cyan')}: {visible(hint)}", err=True)
