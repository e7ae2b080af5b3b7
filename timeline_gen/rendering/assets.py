"""Static files under names that carry a hash of their content, so that they may be kept for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.keys import content_hash
from timeline_gen.messages import say
from timeline_gen.model.files import Output

FOLDER: Final = PurePosixPath("assets")
_HASH_LENGTH: Final = 10

_REFERENCE: Final = re.compile(
    r"""
    /\*.*?(?:\*/|\Z)                              # what is in a comment is no reference
    | url\( \s*+ (?P<quote>["']?) (?P<url>[^"'()\s]++) (?P=quote) \s*+ \)
    | @import \s++ (?P<mark>["']) (?P<sheet>[^"']++) (?P=mark)
    """,
    re.VERBOSE | re.DOTALL,
)
_ELSEWHERE: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/|#")
"""An address with a scheme, from the host's root, or within the same file."""


@dataclass(frozen=True, slots=True)
class Assets:
    """A theme's static files as they are written."""

    addresses: Mapping[str, str]
    """By name in the theme: ``almanac.css`` → ``assets/almanac.3f2a9c7e01.css``."""
    outputs: tuple[Output, ...]


def make_assets(
    static: Mapping[PurePosixPath, bytes], folder: PurePosixPath
) -> tuple[Assets, tuple[Problem, ...]]:
    """Return the files *static* of a theme under hashed names; problems name them inside *folder*.

    A stylesheet's references to other files of *static* are rewritten to their hashed names.
    """
    references = {path: tuple(_references(path, data)) for path, data in static.items()}
    problems = list(_problems(references, static, folder))
    addresses: dict[PurePosixPath, PurePosixPath] = {}
    outputs = []
    # A stylesheet's hash covers the hashed names in it: so each file comes after those that it refers to.
    for path in _in_order(references, static, problems, folder):
        data = _rewritten(path, static[path], addresses)
        digest = content_hash(data)
        address = FOLDER / path.with_name(f"{path.stem}.{digest[:_HASH_LENGTH]}{path.suffix}")
        addresses[path] = address
        outputs.append(Output(str(address), data, digest))
    names = {path.as_posix(): addresses[path].as_posix() for path in sorted(addresses)}
    return Assets(names, tuple(sorted(outputs, key=lambda item: item.path))), tuple(problems)


def _in_order(
    references: Mapping[PurePosixPath, tuple[tuple[PurePosixPath, int], ...]],
    static: Mapping[PurePosixPath, bytes],
    problems: list[Problem],
    folder: PurePosixPath,
) -> tuple[PurePosixPath, ...]:
    """Return the files, each after those that it refers to."""
    graph = {
        path: sorted(target for target, _ in references[path] if target in static) for path in sorted(static)
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " → ".join(str(path) for path in error.args[1])
        place = Place(folder / error.args[1][0])
        problems.append(
            Problem(
                "TG707", say("stylesheets refer to each other in a circle: {circle}", circle=circle), place
            )
        )
        return ()


def _problems(
    references: Mapping[PurePosixPath, tuple[tuple[PurePosixPath, int], ...]],
    static: Mapping[PurePosixPath, bytes],
    folder: PurePosixPath,
) -> Iterator[Problem]:
    for path, targets in references.items():
        for target, line in targets:
            if target not in static:
                message = say(
                    "the stylesheet refers to the file {target!r}, which the theme has not",
                    target=str(target),
                )
                yield Problem("TG706", message, Place(folder / path, line))


def _references(path: PurePosixPath, data: bytes) -> Iterator[tuple[PurePosixPath, int]]:
    """Yield the files that the stylesheet at *path* refers to, each with its line."""
    if path.suffix != ".css":
        return
    text = data.decode("utf-8", "replace")
    for match in _REFERENCE.finditer(text):
        target = _target(path, match)
        if target:
            yield target, text.count("\n", 0, match.start()) + 1


def _target(path: PurePosixPath, match: re.Match[str]) -> PurePosixPath | None:
    url = match["url"] or match["sheet"]
    if not url or _ELSEWHERE.match(url):
        return None
    return PurePosixPath(normpath(path.parent / re.split("[?#]", url, maxsplit=1)[0]))


def _rewritten(path: PurePosixPath, data: bytes, addresses: Mapping[PurePosixPath, PurePosixPath]) -> bytes:
    if path.suffix != ".css":
        return data
    up = "../" * (len(path.parts) - 1)

    def hashed(match: re.Match[str]) -> str:
        target = _target(path, match)
        if target is None or target not in addresses:
            return match[0]
        url = match["url"] or match["sheet"]
        tail = url[len(re.split("[?#]", url, maxsplit=1)[0]) :]
        return match[0].replace(url, f"{up}{addresses[target].relative_to(FOLDER)}{tail}", 1)

    return _REFERENCE.sub(hashed, data.decode("utf-8", "replace")).encode()
