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
                    problems.append(_dead(path, link, found.name, files, targets))
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


def _dead(
    path: PurePosixPath, link: TextLink, address: str, files: Collection[str], targets: LinkTargets
) -> Problem:
    reason = say("there is no such page or file")
    if address.startswith(".."):
        reason = say("it leads out of the site")
    message = say("the link {typed!r} leads nowhere: {reason}", typed=link.typed, reason=reason)
    hint = _meant(link.typed, targets) or _hint(link, address, files)
    return Problem("TG811", message, Place(path, *link.position), hint, Level.WARNING, about=_last(address))


_WEB: Final = re.compile(
    r"(?:https?:?/{1,2})?(?P<rest>(?:www\.|[\w-]+\.)+(?:com|org|net|info|int|edu|gov|news|[a-z]{2})(?:/\S*)?)",
    re.IGNORECASE,
)
_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TEXT_ENDING: Final = re.compile(r"(?:\.[a-z]{2,3})?(?:\.html?)?$")


def _meant(typed: str, targets: LinkTargets) -> str:
    """Return the hint for a dead path *typed*: an address elsewhere, or one that ends like a name here."""
    visible = typed.strip(_INVISIBLE)
    if visible != typed:
        return say("write {visible}, without the invisible character next to it", visible=visible)
    if _MAIL.fullmatch(typed):
        return say("write {visible}", visible=f"mailto:{typed}")
    path, _, fragment = typed.partition("#")
    name = _TEXT_ENDING.sub("", path.rstrip("/").rpartition("/")[2])
    found = next((key for kind in _KINDS if (key := f"{kind}:{name}") in targets.things), "") if name else ""
    if found:
        return say("did you mean '{near}'?", near=f"{found}#{fragment}" if fragment else found)
    if web := _WEB.fullmatch(typed):
        return say("write {visible}", visible=f"https://{web['rest']}")
    return ""


_INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff\u00a0"
_KINDS: Final = ("article", "event", "page", "entity")


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
