"""Files of ``static/`` among the pages: which of them take a page's place, and which have no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from timeline_gen.errors import Level, Place, Problem
from timeline_gen.messages import say
from timeline_gen.pages.page import Page
from timeline_gen.pages.site import SETTINGS
from timeline_gen.text.slugs import collision_key

FOLDER: Final = PurePosixPath("static")
FAVICON: Final = "favicon.ico"
REPLACING: Final[Mapping[str, str]] = {
    "404.html": say("the page for addresses that lead nowhere"),
    "CNAME": say("the CNAME that publishing makes of a target's domain"),
    FAVICON: say("the theme's icon"),
    "robots.txt": say("the program's own robots.txt"),
}
"""Files that take the place of the program's own, with what that is."""

_Holder: TypeAlias = tuple[str, Place | None]
"""What has a name, and where it comes from."""


def without_replaced(pages: Iterable[Page], statics: Iterable[str]) -> tuple[Page, ...]:
    """Return *pages* without those in whose place one of *statics* is copied."""
    replaced = REPLACING.keys() & set(statics)
    return tuple(page for page in pages if page.file not in replaced) if replaced else tuple(pages)


def static_problems(
    statics: Sequence[str], pages: Iterable[Page], files: Iterable[str]
) -> tuple[Problem, ...]:
    """Return the problems of *statics* among *pages* and other *files* of the site, all by their paths.

    A file that has the address of something else, or of a folder of it, is an error with both names.
    """
    if not statics:
        return ()
    taken: dict[str, _Holder] = {
        collision_key(file): (say("the program's {file}", file=file), None) for file in files
    }
    for page in without_replaced(pages, statics):
        taken[collision_key(page.file)] = (_named(page), page.origin)
    # From the last to the first, so that of all that is in a folder the first is named.
    folders = {folder: key for key in reversed(taken) for folder in _folders(key)}
    problems = [_note(path) for path in statics if path in REPLACING]
    seen: dict[str, str] = {}
    for path in statics:
        key = collision_key(path)
        found = next((name for name in (key, *_folders(key)) if name in taken), "")
        if found:
            problems.append(
                _collision(path, say("its place is taken by {taken}", taken=taken[found][0]), taken[found][1])
            )
        elif key in folders:
            name, place = taken[folders[key]]
            problems.append(
                _collision(
                    path, say("the site has a folder of this name, with {name} in it", name=name), place
                )
            )
        twin = next((seen[name] for name in (key, *_folders(key)) if name in seen), "")
        if twin:
            problems.append(
                _collision(
                    path, say("static/{twin} has the same name, or that of its folder", twin=twin), None
                )
            )
        seen[key] = path
    return tuple(problems)


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _named(page: Page) -> str:
    name = page.name()
    return say("the page {name}", name=name) if name.startswith("/") else name


def _note(path: str) -> Problem:
    return Problem(
        "TG814",
        say("static/{path} takes the place of {replacing}", path=path, replacing=REPLACING[path]),
        Place(FOLDER / path),
        level=Level.INFO,
    )


def _collision(path: str, reason: str, place: Place | None) -> Problem:
    where = say(" at {place}", place=place) if place and place != SETTINGS else ""
    return Problem(
        "TG813",
        say("static/{path} cannot be copied: {said}{where}", path=path, said=reason, where=where),
        Place(FOLDER / path),
        say("rename the file, or delete it"),
        related=(place,) if place else (),
    )
