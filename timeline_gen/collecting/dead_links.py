"""Links that lead to nothing, and those to what is held back, each at its own place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from timeline_gen.collecting.link_targets import LinkTargets
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import Message, say
from timeline_gen.model.links import LinkTarget, TextLink
from timeline_gen.text.suggestions import nearest

_MISSING: Final[Mapping[str, tuple[str, Message, Message]]] = {
    "event": (
        "TG508",
        say("the event {name!r}, which no article tells"),
        say("write the id of an event that an article lists under 'events:'"),
    ),
    "article": (
        "TG521",
        say("the article {name!r}, and there is none"),
        say("write the slug of an article: the name of its file without language and ending"),
    ),
    "page": (
        "TG522",
        say("the page {name!r}, and there is none"),
        say("write the slug of a page: the name of its file without language and ending"),
    ),
    "entity": (
        "TG523",
        say("{name!r}, which no article names and content/entities.yaml does not list"),
        say("write the id that content/entities.yaml has, or the last part of the address of its page"),
    ),
}
"""By scheme: the code, what is missing, and what to write."""


class KnownTargets(NamedTuple):
    """What links are held against."""

    targets: LinkTargets
    held: Mapping[str, str]
    """The events that are held back, each with the reason."""
    listed: frozenset[str]
    """The ids of ``entities.yaml``."""


def link_problems(path: PurePosixPath, links: Iterable[TextLink], known: KnownTargets) -> Iterator[Problem]:
    """Yield what is wrong with the *links* in the file *path*, but for paths that lead to no thing."""
    for link in links:
        found = known.targets.find(link.to)
        place = Place(path, *link.position)
        if found is None:
            yield _leads_nowhere(link, known, place)
        elif found.langs:
            continue
        elif found.kind == "event":
            yield held_event(found.name, known.held.get(found.name, ""), place)
        else:
            yield _held(found, place)


def held_event(event: str, reason: str, place: Place) -> Problem:
    """Return the note that the *event* is held back for a *reason*, where there is one."""
    because = say(": {reason}", reason=reason) if reason else ""
    message = say(
        "the event {name!r} is held back{because}; readers see no link to it", name=event, because=because
    )
    return Problem("TG513", message, place, level=Level.INFO)


def _held(found: LinkTarget, place: Place) -> Problem:
    what = say("the {kind} {name!r}", kind=found.kind, name=found.name)
    message = say("{what} is held back: readers see no link to it", what=what)
    return Problem("TG525", message, place, level=Level.INFO)


def _leads_nowhere(link: TextLink, known: KnownTargets, place: Place) -> Problem:
    scheme, _, rest = link.to.partition(":")
    name = rest.partition("#")[0].partition("?")[0]
    if scheme == "entity" and name in known.listed:
        message = say("this link leads to {name!r}, which has no page, because nothing names it", name=name)
        hint = say("name it in an article or an event, or take the link away")
        return Problem("TG524", message, place, hint, about=name)
    code, what, advice = _MISSING[scheme]
    near = _suggestion(scheme, name, known.targets)
    if near:
        # Where the author typed the path of a file, the name is put right within it.
        is_file = not link.typed.startswith(f"{scheme}:") and name in link.typed
        advice = say("did you mean '{near}'?", near=link.typed.replace(name, near) if is_file else near)
    elif other := _of_another_kind(name, known.targets):
        advice = say("did you mean '{other}'?", other=other)
    return Problem(
        code, say("this link leads to {what}", what=what.filled(name=name)), place, advice, about=name
    )


def _suggestion(scheme: str, name: str, targets: LinkTargets) -> str:
    """Return the name under *scheme* that *name* was most likely meant to be."""
    prefix = f"{scheme}:"
    return nearest(name, sorted(key.removeprefix(prefix) for key in targets.things if key.startswith(prefix)))


def _of_another_kind(name: str, targets: LinkTargets) -> str:
    return next((f"{kind}:{name}" for kind in _MISSING if f"{kind}:{name}" in targets.things), "")
