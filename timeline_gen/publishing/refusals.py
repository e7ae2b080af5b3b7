"""Why a site is not published: each reason by a name of its own, under which it can be overridden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.model import Target
from timeline_gen.publishing.local import History, Local
from timeline_gen.publishing.planning import Plan, Remote, deleted_share

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
    "empty",
    "occupied",
    "deletions",
    "takeover",
)
"""What ``--allow`` takes."""

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason not to publish."""

    name: str
    """What ``--allow`` calls it."""
    problem: Problem


def content_refusals(
    local: Local, target: Target, url: str, *, warnings: int, errors: int
) -> Iterator[Refusal]:
    """Yield what about the built site *local* keeps it from *target*, whose address is *url*."""
    yield from _check_refusals(target, warnings, errors)
    yield from _build_refusals(local, target, url)
    for path in local.held:
        said = f"{path} tells what is held back now"
        yield _refusal("embargo", "TG848", said, "build again without --drafts and --now", path)
    yield from (Refusal("leaks", problem) for problem in local.leaks)
    if local.facts.program and not any(path.endswith("/index.html") for path in local.entries):
        yield _refusal("empty", "TG846", "the built site has no pages", "write an article, then build")


def _check_refusals(target: Target, warnings: int, errors: int) -> Iterator[Refusal]:
    if errors:
        said = f"the check finds {_count(errors, 'error')}"
        yield _refusal("errors", "TG840", said, "timeline-gen check lists them")
    if warnings and target.strict:
        said = f"the check finds {_count(warnings, 'warning')}, and the target {target.name!r} is strict"
        yield _refusal("warnings", "TG840", said, "timeline-gen check lists them", "site.yaml", target.spot)


def _build_refusals(local: Local, target: Target, url: str) -> Iterator[Refusal]:
    facts, folder = local.facts, local.folder.name
    if not facts.program:
        said = f"{folder} was not built here, by this version of the program"
        yield _refusal("empty", "TG846", said, "timeline-gen build", folder)
        return
    strange = sorted(local.foreign)
    if strange:
        said = f"the build did not put {_count(len(strange), 'file')} of {folder} there, or not as they are"
        yield _refusal("foreign", "TG833", f"{said}: {_some(strange)}", "build again", folder)
    if facts.drafts:
        said = f"{folder} was built with drafts"
        yield _refusal("drafts", "TG841", said, "build again without --drafts", folder)
    if facts.url != url:
        said = f"{folder} was built for {facts.url}, and the target {target.name!r} is at {url}"
        yield _refusal("address", "TG842", said, "build again without --base-url", folder)
    if not facts.clock:
        said = f"{folder} was built for another moment, {facts.now}"
        yield _refusal("now", "TG843", said, "build again without --now", folder)
    if local.outdated:
        said = f"{folder} is older than the content: a build would change {_count(local.outdated, 'file')}"
        yield _refusal("outdated", "TG844", said, "build again", folder)


def history_refusals(history: History) -> Iterator[Refusal]:
    """Yield what about the *history* of the content keeps it from being published."""
    if history.changed:
        said = f"{_count(len(history.changed), 'file')} of the site not committed: {_some(history.changed)}"
        yield _refusal("dirty", "TG845", said, "commit, so that what is published can be found again")


def plan_refusals(made: Plan, remote: Remote, target: Target) -> Iterator[Refusal]:
    """Yield what about the plan *made* keeps it from being carried out."""
    share = deleted_share(made, remote.record)
    if share > target.deletions:
        said = f"{share:.0f} % of the files would be deleted, and the target allows {target.deletions} %"
        yield _refusal("deletions", "TG847", said, "look at the plan", "site.yaml", target.spot)
    if remote.strangers:
        said = f"the target {target.name!r} holds files that this program did not put there"
        hint = "see that the place is the right one; files of the same names would be replaced, others stay"
        yield _refusal("occupied", "TG849", said, hint, "site.yaml", target.spot)


def standing(refusals: Iterable[Refusal], allowed: Iterable[str]) -> tuple[Refusal, ...]:
    """Return those of *refusals* that nobody *allowed*."""
    names = set(allowed)
    return tuple(refusal for refusal in refusals if refusal.name not in names)


def embargo_note(local: Local) -> str:
    """Return what to tell of an embargo that ends later; empty where there is none."""
    following = local.facts.next_embargo
    return f"an embargo ends at {following}: build and publish again then" if following else ""


def _refusal(  # noqa: PLR0913, PLR0917 - a refusal has as many sides
    name: str, code: str, message: str, hint: str, path: str = "site.yaml", spot: tuple[int, int] = (1, 1)
) -> Refusal:
    place = Place(PurePosixPath(path), *spot)
    return Refusal(name, Problem(code, message, place, f"{hint}; or: --allow {name}", Level.ERROR))


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' if number != 1 else ''}"


def _some(names: Iterable[str]) -> str:
    found = list(names)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + more
