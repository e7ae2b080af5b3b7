"""Why a site is not published: each reason by a name of its own, under which it can be overridden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import many, say
from timeline_gen.model.publish_targets import PublishTarget
from timeline_gen.model.settings import Settings
from timeline_gen.pages.plan.lasting_addresses import lines_for
from timeline_gen.publishing.local import History, Local
from timeline_gen.publishing.planning import Plan, Remote, deleted_share
from timeline_gen.rendering.policies import WASM, Need, blocked, needs_of
from timeline_gen.text.web import unowned_host

NAMES: Final = (
    "errors",
    "warnings",
    "foreign",
    "drafts",
    "address",
    "now",
    "outdated",
    "dirty",
    "embargo",
    "leaks",
    "policy",
    "empty",
    "occupied",
    "deletions",
    "gone",
    "takeover",
)
"""What ``--allow`` takes."""

_SHOWN: Final = 5
_POLICY_HINT: Final = say("name its host under 'policy:' in site.yaml, or move it into a file of the theme")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to publish."""

    name: str
    """What ``--allow`` calls it."""
    problem: Problem


def content_refusals(
    local: Local, target: PublishTarget, url: str, *, warnings: int, errors: int
) -> Iterator[Refusal]:
    """Yield what about the built site *local* keeps it from *target*, whose address is *url*."""
    yield from _check_refusals(target, warnings, errors)
    yield from _build_refusals(local, target, url)
    for path in local.held:
        message = say("{path} tells what is held back now", path=path)
        yield _refusal("embargo", "TG848", message, say("build again without --drafts and --now"), path)
    yield from (Refusal("embargo", problem) for problem in local.telling)
    yield from (Refusal("leaks", problem) for problem in local.leaks)
    if local.facts.program and not any(path.endswith("/index.html") for path in local.entries):
        yield _refusal(
            "empty", "TG846", say("the built site has no pages"), say("write an article, then build")
        )


def _check_refusals(target: PublishTarget, warnings: int, errors: int) -> Iterator[Refusal]:
    if errors:
        message = say("the check finds {errors}", errors=many(errors, "error"))
        yield _refusal("errors", "TG840", message, say("timeline-gen check lists them"))
    if warnings and target.strict:
        message = say(
            "the check finds {warnings}, and the target {name!r} is strict",
            warnings=many(warnings, "warning"),
            name=target.name,
        )
        yield _refusal(
            "warnings",
            "TG840",
            message,
            say("timeline-gen check lists them"),
            "site.yaml",
            position=target.position,
        )


def _build_refusals(local: Local, target: PublishTarget, url: str) -> Iterator[Refusal]:
    folder = local.folder.name
    if not local.facts.program:
        message = say("{folder} was not built here, by this version of the program", folder=folder)
        if not local.folder.exists():
            message = say("nothing has been built yet")
        yield _refusal("empty", "TG846", message, say("timeline-gen build"), folder)
        return
    yield from _foreign_refusals(local)
    if local.facts.drafts:
        message = say("{folder} was built with drafts", folder=folder)
        yield _refusal("drafts", "TG841", message, say("build again without --drafts"), folder)
    yield from _address_refusals(local, target, url)
    if not local.facts.clock:
        message = say("{folder} was built for another moment, {now}", folder=folder, now=local.facts.now)
        yield _refusal("now", "TG843", message, say("build again without --now"), folder)
    if local.outdated:
        message = say(
            "{folder} is older than the content: a build would change {outdated}",
            folder=folder,
            outdated=many(local.outdated, "file"),
        )
        yield _refusal("outdated", "TG844", message, say("build again"), folder)


def _foreign_refusals(local: Local) -> Iterator[Refusal]:
    strange = sorted(local.foreign)
    if strange:
        message = say(
            "the build did not put {strange} of {folder} there, or not as they are",
            strange=many(len(strange), "file"),
            folder=local.folder.name,
        )
        whole = say("{said}: {strange}", said=message, strange=_some(strange))
        yield _refusal("foreign", "TG833", whole, say("build again"), local.folder.name)


def _address_refusals(local: Local, target: PublishTarget, url: str) -> Iterator[Refusal]:
    if (host := unowned_host(url)) and not target.preview:
        message = say(
            "the target {name!r} is at {host}, where no reader finds a site", name=target.name, host=host
        )
        hint = say("write the site's own address into site.yaml, or preview: true for the target")
        yield _refusal("address", "TG853", message, hint, position=target.position)
    if local.facts.url != url:
        message = say(
            "{folder} was built for {url}, and the target {name!r} is at {url_2}",
            folder=local.folder.name,
            url=local.facts.url,
            name=target.name,
            url_2=url,
        )
        hint = say(
            "timeline-gen build: it takes the address of the settings, unless --base-url names another"
        )
        yield _refusal("address", "TG842", message, hint, local.folder.name)


def history_refusals(history: History) -> Iterator[Refusal]:
    """Yield what about the *history* of the content keeps it from being published."""
    if history.changed:
        message = say(
            "{changed} of the site not committed: {changed_2}",
            changed=many(len(history.changed), "file"),
            changed_2=_some(history.changed),
        )
        yield _refusal("dirty", "TG845", message, say("commit, so that what is published can be found again"))


def policy_refusals(
    policies: Iterable[str], pages: Mapping[str, tuple[Need, ...]], target: PublishTarget, url: str
) -> Iterator[Refusal]:
    """Yield what *policies* would keep from *pages*: from files of the site, with what each of them needs."""
    found: dict[str, str] = {}
    for path, needs in sorted(pages.items()):
        for policy in policies:
            for need in blocked(policy, needs, url + path):
                found.setdefault(str(need), path)
    for what, path in found.items():
        message = say(
            "the content security policy of the target {name!r} would block {what} on {path}",
            name=target.name,
            what=what,
            path=path,
        )
        yield _refusal("policy", "TG854", message, _POLICY_HINT, position=target.position)


def plan_refusals(made: Plan, remote: Remote, target: PublishTarget) -> Iterator[Refusal]:
    """Yield what about the plan *made* keeps it from being carried out."""
    share = deleted_share(made, remote.record)
    if share > target.deletions:
        message = say(
            "{share:.0f} % of the files would be deleted, and the target allows {deletions} %",
            share=share,
            deletions=target.deletions,
        )
        yield _refusal("deletions", "TG847", message, say("look at the plan"), position=target.position)
    if remote.foreign:
        message = say("the target {name!r} holds files that this program did not put there", name=target.name)
        hint = say(
            "see that the place is the right one; files of the same names would be replaced, others stay"
        )
        yield _refusal("occupied", "TG849", message, hint, position=target.position)


def gone_refusals(gone: Sequence[str], target: PublishTarget) -> Iterator[Refusal]:
    """Yield what keeps the site from *target*, where the addresses *gone* were published and are not now."""
    if gone and not target.preview:
        shown = gone[:_SHOWN]
        message = say("{gone} published there would lead nowhere: ", gone=many(len(gone), "address")) + _some(
            f"/{address}" for address in gone
        )
        hint = say(
            "write 'aliases:' where something was renamed, or '{shown}'; check says more",
            shown=lines_for(shown),
        )
        yield _refusal("gone", "TG852", message, hint, "site.yaml")


def not_allowed(refusals: Iterable[Refusal], allowed: Iterable[str]) -> tuple[Refusal, ...]:
    """Return those of *refusals* that were not *allowed*."""
    names = set(allowed)
    return tuple(refusal for refusal in refusals if refusal.name not in names)


def others_note(local: Local) -> tuple[Problem, ...]:
    """Return the note on files in the built site's folder that are no part of it."""
    if not local.others:
        return ()
    message = say("{name} holds what is no part of the site, and is not published: ", name=local.folder.name)
    place = Place(PurePosixPath(local.folder.name))
    hint = say("what belongs to the site goes into static/")
    return (Problem("TG815", message + _some(sorted(local.others)), place, hint, Level.INFO),)


def embargo_note(local: Local) -> str:
    """Return the note on an embargo that ends later; empty where there is none."""
    following = local.facts.next_embargo
    return (
        say("an embargo ends at {following}: build and publish again then", following=following)
        if following
        else ""
    )


def _refusal(
    name: str,
    code: str,
    message: str,
    hint: str,
    path: str = "site.yaml",
    *,
    position: tuple[int, int] = (1, 1),
) -> Refusal:
    place = Place(PurePosixPath(path), *position)
    return Refusal(
        name,
        Problem(code, message, place, say("{hint}; or: --allow {name}", hint=hint, name=name), Level.ERROR),
    )


def _some(names: Iterable[str]) -> str:
    found = list(names)
    more = say(" and {found} more", found=len(found) - _SHOWN) if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more


_LANGUAGES_AND_SECTIONS = 2


def sampled_needs(local: Local, settings: Settings) -> dict[str, tuple[Need, ...]]:
    """Return what the first page of each kind of the site *local* needs, by its path.

    Pages of a kind come out of one template: their paths differ in what follows language and section.
    """
    samples: dict[tuple[object, ...], str] = {}
    for path in sorted(local.entries):
        if path.endswith(".html"):
            parts = path.split("/")
            samples.setdefault((len(parts), *parts[:-1][:_LANGUAGES_AND_SECTIONS]), path)
    needs = {
        path: needs_of((local.folder / path).read_text(encoding="utf-8", errors="replace"))
        for path in samples.values()
    }
    if settings.search == "pagefind":
        home = f"{settings.languages[0].code}/index.html"
        needs[home] = (*needs.get(home, ()), WASM)
    return needs
