"""Links in texts by a path at which the site has neither page nor file, each at its own place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from timeline_gen.collecting.link_targets import LinkTargets
from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.links import TextLink
from timeline_gen.pages.parts import addresses
from timeline_gen.text.suggestions import nearest

_USUAL: Final = say(
    "links are relative to the page of the text: ../other-slug/ is another article in "
    "this language; article:other-slug is found from everywhere"
)
_NO_FILE: Final = say(
    "the path of a file next to the text is relative to that; one in the folder static/ is /{name}"
)


def dead_paths(
    texts: Iterable[tuple[PurePosixPath, Iterable[TextLink]]],
    targets: LinkTargets,
    files: Collection[str],
    own_ids: Callable[[str], bool],
) -> tuple[Problem, ...]:
    """Return the links in *texts*, by the paths of their files, to none of the *targets* and *files*.

    Links to a heading that an article, an event or a page lacks are among them, unless *own_ids* returns that
    templates write such an id. All are warnings: with them a site can be built.
    """
    problems: list[Problem] = []
    for path, links in texts:
        for link in links:
            found = targets.find(link.to) if link.to.startswith("path:") or "#" in link.to else None
            if found and found.kind == "file":
                if addresses.file_name(found.name) not in files:
                    problems.append(_dead(path, link, found.name, files))
            elif found and found.kind in {"article", "event", "page"} and found.langs and not found.anchored:
                fragment = unquote(found.tail.partition("#")[2])
                if fragment and not own_ids(fragment):
                    problems.append(dead_anchor(path, link, targets.anchors(link.to)))
    return tuple(problems)


def ids_in(templates: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that tests whether one of *templates*, by source, may write an id into its page."""
    found = {typed for source in templates for typed in _ID.findall(source)}
    fixed = {typed for typed in found if "{" not in typed}
    made = [re.compile(_GAP.sub(".+", re.escape(typed))) for typed in sorted(found - fixed)]
    patterns = [pattern for pattern in made if pattern.pattern.strip(".+")]

    def is_own(name: str) -> bool:
        return name in fixed or any(pattern.fullmatch(name) for pattern in patterns)

    return is_own


_ID: Final = re.compile(r"""\bid=["']?((?:\{\{.*?\}\}|[^"'\s>{])+)""")
_GAP: Final = re.compile(r"\\\{\\\{.*?\\\}\\\}")


def dead_anchor(path: PurePosixPath, link: TextLink, known: Sequence[str]) -> Problem:
    """Return the problem that the *link* in the file *path* leads to no heading; those *known* are there."""
    wanted = unquote(link.typed.partition("#")[2])
    near = nearest(wanted, known)
    hint = (
        say("did you mean '#{near}'?", near=near)
        if near
        else say("its headings are {known}", known=", ".join(known[:8]) or say("none"))
    )
    message = say(
        "the link {typed!r} leads nowhere: that page has no anchor {wanted!r}",
        typed=link.typed,
        wanted=wanted,
    )
    return Problem("TG811", message, Place(path, *link.position), hint, Level.WARNING)


def _dead(path: PurePosixPath, link: TextLink, address: str, files: Collection[str]) -> Problem:
    reason = say("there is no such page or file")
    if address.startswith(".."):
        reason = say("it leads out of the site")
    message = say("the link {typed!r} leads nowhere: {reason}", typed=link.typed, reason=reason)
    hint = _hint(link, address, files)
    return Problem("TG811", message, Place(path, *link.position), hint, Level.WARNING, about=_last(address))


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _hint(link: TextLink, address: str, files: Collection[str]) -> str:
    folder, _, name = address.rstrip("/").rpartition("/")
    inside = f"{folder}/" if folder else ""
    siblings = {file.removeprefix(inside).partition("/")[0] for file in files if file.startswith(inside)}
    near = nearest(name, sorted(siblings)) if name else ""
    if near and name in link.typed:
        start = link.typed.rindex(name)
        return say(
            "did you mean '{typed}{near}{typed_2}'?",
            typed=link.typed[:start],
            near=near,
            typed_2=link.typed[start + len(name) :],
        )
    if PurePosixPath(address).suffix and not address.endswith("/"):
        return _NO_FILE.filled(name=name)
    return _USUAL
