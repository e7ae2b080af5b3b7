"""``publish``: look at both sides, plan, refuse or carry out, read back; and the way back.

The command line does the talking in between: it shows the plan and asks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Final

from timeline_gen import __version__
from timeline_gen.building.options import Options
from timeline_gen.building.problems import Problems
from timeline_gen.building.site_settings import named_files, settings_of
from timeline_gen.building.store.addresses import note_lost, remember_published
from timeline_gen.building.workspace import Workspace
from timeline_gen.errors import Level, Problem, UsageError
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.settings import Settings
from timeline_gen.publishing.addresses_kept import PublishedAddresses
from timeline_gen.publishing.applying import Progress, Transfer, carry_out, differing
from timeline_gen.publishing.files import File, Listing
from timeline_gen.publishing.headers import file_headers, policies_of
from timeline_gen.publishing.hosts.host import Host, Setting
from timeline_gen.publishing.hosts.host_files import host_files
from timeline_gen.publishing.local import (
    Local,
    clock,
    history_of,
    known_warnings,
    look_at,
    options_for,
    remember_warnings,
)
from timeline_gen.publishing.planning import Plan, Remote, moved, next_record, plan, read_plan
from timeline_gen.publishing.record import About, Record, files_at
from timeline_gen.publishing.refusals import (
    NAMES,
    Refusal,
    content_refusals,
    embargo_note,
    gone_refusals,
    history_refusals,
    not_allowed,
    others_note,
    plan_refusals,
    policy_refusals,
    sampled_needs,
)
from timeline_gen.reading.publish_targets import policy_of, too_many_files
from timeline_gen.text.suggestions import nearest
from timeline_gen.writing.disk import refusing
from timeline_gen.writing.output_state import OutputState

_USUAL: Final = "production"

Check = Callable[[], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Publication:
    """Where a publication is prepared: the site, the target and the host behind it."""

    root: Path
    settings: Settings
    target: PublishTarget
    host: Host
    now: int
    load: Callable[[str], ModuleType]
    """Gets a module of this package that is needed only now and then."""
    allowed: frozenset[str] = frozenset()

    @property
    def url(self) -> str:
        """Return the site's address there."""
        return self.target.url or self.settings.url


@dataclass(frozen=True, slots=True)
class PreparedPlan:
    """A publication, planned and not yet carried out."""

    transfer: Transfer
    listing: Listing
    refusals: tuple[Refusal, ...] = ()
    """The refusals, without those that were allowed."""
    notes: tuple[Problem, ...] = ()
    local: Local | None = None

    @property
    def reminder(self) -> str:
        """Return what is to be done later; empty where nothing is."""
        return embargo_note(self.local) if self.local else ""

    @property
    def plan(self) -> Plan:
        """Return what would be done."""
        return self.transfer.plan

    @property
    def has_work(self) -> bool:
        """Return whether anything would be done, be it only to finish what another publication began."""
        before, after = self.transfer.remote.record, self.transfer.after
        forgets = len(after.kept) < len(before.kept) and not after.kept
        return bool(self.plan.changes or self.transfer.remote.unfinished or forgets or not before.generation)

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the contents of all files that would be put there."""
        yield from ((path, self.transfer.source(path)) for path in self.plan.puts)


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a publication came to."""

    url: str
    generation: int
    differing: tuple[str, ...] = field(default=())
    """Files that are not there as they should be."""


def settings_for(root: Path) -> Settings:
    """Return the settings of the site in the folder *root*."""
    return settings_of(root, Options(), Problems())


def choose(settings: Settings, name: str) -> PublishTarget:
    """Return the target *name*, or the one there is; raise ``UsageError`` where that is not clear."""
    targets = settings.publish
    if not targets:
        raise UsageError(
            say("site.yaml names no place to publish to"),
            hint=say(
                "timeline-gen publish --init github (or gitlab, codeberg, netlify, cloudflare, s3, rsync); "
                "for a folder of this machine write into it: publish: {here: {to: folder, path: ../www}}"
            ),
        )
    names = ", ".join(targets)
    if name and name not in targets:
        near = nearest(name, targets)
        hint = (
            say("did you mean '{near}'?", near=near) if near else say("site.yaml names {names}", names=names)
        )
        raise UsageError(say("there is no target {name!r}", name=name), hint=hint)
    chosen = name or (_USUAL if _USUAL in targets else next(iter(targets)) if len(targets) == 1 else "")
    if not chosen:
        raise UsageError(
            say("several targets, and none was named"), hint=say("name one of {names}", names=names)
        )
    return targets[chosen]


def setting_of(root: Path, target: PublishTarget, allowed: frozenset[str]) -> Setting:
    """Return what the host of *target* is opened with, for the site in the folder *root*."""
    work_dir = root / ".timeline-gen" / "publish" / target.name / "host"
    return Setting(root, target, work_dir.absolute(), clock(), "takeover" in allowed)


def open_publication(
    root: Path, name: str, allowed: Iterable[str], load: Callable[[str], ModuleType]
) -> Publication:
    """Return all that a publication of the site in *root* to the target *name* takes.

    *allowed* are reasons not to publish that are overridden; *load* gets a module of this package.
    """
    known = frozenset(allowed)
    if unknown := sorted(known.difference(NAMES)):
        near = nearest(unknown[0], NAMES)
        hint = (
            say("did you mean '{near}'?", near=near)
            if near
            else say("the reasons are {names}", names=", ".join(NAMES))
        )
        raise UsageError(say("there is no reason {unknown!r} to allow", unknown=unknown[0]), hint=hint)
    settings = settings_for(root)
    target = choose(settings, name)
    try:
        module = load(f"publishing.hosts.{target.to}")
    except ModuleNotFoundError as error:
        raise UsageError(
            say("publishing to {to!r} needs the library {name!r}", to=target.to, name=error.name),
            hint=say("pip install 'timeline-gen[{to}]'", to=target.to),
        ) from error
    setting = setting_of(root, target, known)
    return Publication(root, settings, target, module.open_host(setting), setting.now, load, known)


def hold_to(text: str, prepared: PreparedPlan) -> None:
    """Raise ``UsageError`` unless what was *prepared* is just the plan in *text*."""
    kept = read_plan(text)
    if reason := moved(kept, prepared.plan):
        hint = say("make a new plan, and look at it")
        if kept.target != prepared.plan.target:
            hint = say("name the target: timeline-gen publish {target} --apply FILE", target=kept.target)
        raise UsageError(say("{reason}; nothing was published", reason=reason), hint=hint)


# ---------------------------------------------------------------- preparing


def prepare(publication: Publication, check: Check) -> PreparedPlan:
    """Return what it takes to make the target what the site is now, with all refusals.

    *check* is asked about the content where that has changed since it was last asked.
    """
    options = options_for(publication.target, publication.settings.url)
    if options.output != Options().output:
        publication.load("publishing.building").build_for(publication.root, options)
    local = look_at(publication.root, options, partial(_anew, publication))
    history = history_of(publication.root, tuple(named_files(publication.settings)))
    errors, warnings = _checked(publication, local, check)
    listing, extra, notes = _listing(publication, local)
    remote = _with_corrupt(publication, publication.host.read())
    made = plan(publication.target.name, listing, remote, keep=publication.target.keep)
    kept = PublishedAddresses(publication.root, publication.settings, publication.target, options)
    policies = policies_of(publication.settings, publication.target)
    needs = sampled_needs(local, publication.settings) if policies else {}
    refusals = (
        *content_refusals(local, publication.target, publication.url, warnings=warnings, errors=errors),
        *policy_refusals(policies, needs, publication.target, publication.url),
        *history_refusals(history),
        *plan_refusals(made, remote, publication.target),
        *gone_refusals(kept.gone(remote.record, listing), publication.target),
    )
    about = _about(publication, made, history.revision)
    return PreparedPlan(
        transfer=Transfer(
            made,
            remote,
            next_record(
                remote.record, listing, about, keep=publication.target.keep, addresses=kept.present(listing)
            ),
            partial(_read, local.folder, extra),
        ),
        listing=listing,
        refusals=not_allowed(refusals, publication.allowed),
        notes=(*others_note(local), *notes, *too_many_files(publication.target, len(listing))),
        local=local,
    )


def _anew(publication: Publication, local: Local, output: OutputState, site: Workspace) -> Local:
    """Return *local* with what its content is now; only this loads the stages."""
    seen: Local = publication.load("publishing.building").ContentCheck(publication.now)(local, output, site)
    return seen


def _checked(publication: Publication, local: Local, check: Check) -> tuple[int, int]:
    """Return how many errors and warnings the content has."""
    if local.problems:
        return len([problem for problem in local.problems if problem.level is Level.ERROR]), 0
    known = known_warnings(publication.root, local)
    if known is not None:
        return 0, known
    levels = [problem.level for problem in check()]
    errors, warnings = levels.count(Level.ERROR), levels.count(Level.WARNING)
    if not errors:
        remember_warnings(publication.root, local, warnings)
    return errors, warnings


def _listing(
    publication: Publication, local: Local
) -> tuple[dict[str, File], dict[str, bytes], tuple[Problem, ...]]:
    """Return all files to be stored there, the contents of those for the host, and notes on these."""
    target = publication.target
    extra, notes = host_files(
        target,
        local.entries,
        policy=policy_of(publication.settings.search, publication.settings.policy_hosts),
        url=publication.url,
        redirects=dict(local.facts.redirects),
    )
    files = {path: File(entry.hash, entry.size) for path, entry in local.entries.items()}
    files |= {path: File(content_hash(data), len(data)) for path, data in extra.items()}
    if publication.host.sends_headers:
        files = {
            path: File(entry.hash, entry.size, file_headers(path, target)) for path, entry in files.items()
        }
    return files, extra, notes


def _read(folder: Path, extra: Mapping[str, bytes], path: str) -> bytes:
    return extra[path] if path in extra else (folder / path).read_bytes()


def _about(publication: Publication, made: Plan, revision: str) -> About:
    return About(
        generation=made.generation,
        published=datetime.fromtimestamp(publication.now, UTC).isoformat(),
        source=revision,
        url=publication.url,
        program=__version__,
    )


def _after(publication: Publication, remote: Remote, listing: Listing, about: About) -> Record:
    return next_record(remote.record, listing, about, keep=publication.target.keep)


def prepare_return(publication: Publication, generation: int) -> PreparedPlan:
    """Return what it takes to bring an earlier *generation* back; 0 is the last before the present one."""
    remote = publication.host.read()
    record = remote.record
    if not generation and not record.kept:
        raise UsageError(say("there is no earlier generation to bring back"))
    wanted = generation or record.kept[0].about.generation
    listing = files_at(record, wanted)
    made = plan(publication.target.name, listing, remote, keep=publication.target.keep)
    # All of it is read before anything is changed there, so that what is missing is noticed in time.
    recalled = dict(publication.host.recall(record, wanted, made.puts))
    about = _about(publication, made, _source_of(record, wanted))
    return PreparedPlan(
        Transfer(made, remote, _after(publication, remote, listing, about), recalled.__getitem__), listing
    )


def _source_of(record: Record, generation: int) -> str:
    return next((kept.about.source for kept in record.kept if kept.about.generation == generation), "")


def prepare_forgetting(publication: Publication) -> PreparedPlan:
    """Return what it takes to leave nothing of earlier generations there."""
    remote = publication.host.read()
    listing = remote.record.files
    made = plan(publication.target.name, listing, remote, keep=0)
    about = About(**{key: getattr(remote.record.about, key) for key in About.__dataclass_fields__})
    after = Record(
        about=About(made.generation, about.published, about.source, about.url, about.program),
        files=listing,
        addresses=remote.record.addresses,
    )
    return PreparedPlan(Transfer(made, remote, after, _nothing), listing)


def _nothing(path: str) -> bytes:
    raise UsageError(say("{path} is not as it was left there", path=path), hint=say("publish, then forget"))


# ---------------------------------------------------------------- carrying out


def publish(publication: Publication, prepared: PreparedPlan, progress: Progress) -> PublishResult:
    """Carry out what was *prepared*, read back what was put there, and return how it went."""
    carry_out(prepared.transfer, publication.host, progress)
    if not publication.target.preview:
        remember_published(publication.root, publication.target.name, prepared.transfer.after.addresses)
        note_lost(publication.root, publication.target.name, ())
    wrong = differing(publication.host, prepared.plan.puts, content_hash)
    if wrong:
        _note_corrupt(publication, publication.host.read(), wrong)
    return PublishResult(publication.url, prepared.plan.generation, wrong)


def verify(publication: Publication) -> PublishResult:
    """Read back every file that the record names, and return which are not as they should be."""
    remote = publication.host.read()
    record = remote.record
    if not record.generation:
        raise UsageError(say("nothing was published there yet"))
    wrong = differing(publication.host, record.files, content_hash)
    _note_corrupt(publication, remote, wrong)
    return PublishResult(record.about.url, record.generation, wrong)


def _note_corrupt(publication: Publication, remote: Remote, paths: Iterable[str]) -> None:
    """Keep which *paths* were read back wrong: a plan, which reads no file there, takes them for right."""
    file = _corrupt_file(publication)
    with refusing(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"token": remote.token, "paths": sorted(paths)}), encoding="utf-8")


def _with_corrupt(publication: Publication, remote: Remote) -> Remote:
    """Return *remote* with what was last read back wrong, unless another publisher published there since."""
    try:
        noted = json.loads(_corrupt_file(publication).read_bytes())
        paths = frozenset(map(str, noted["paths"])) if noted["token"] == remote.token else frozenset()
    except (OSError, ValueError, KeyError, TypeError):
        return remote
    return replace(remote, corrupt=remote.corrupt | paths)


def _corrupt_file(publication: Publication) -> Path:
    return publication.root / ".timeline-gen" / "publish" / publication.target.name / "corrupt.json"
