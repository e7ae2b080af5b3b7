"""``redirects:`` of ``site.yaml``: former paths of the site, each with where it leads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from timeline_gen.messages import say
from timeline_gen.model.texts import Position
from timeline_gen.reading.front_matter.diagnostics import Diagnostics
from timeline_gen.reading.front_matter.matter import position_at
from timeline_gen.reading.front_matter.yaml_nodes import YamlMap

_KEPT: Final = frozenset({"assets", "media", "pagefind", "sitemaps"})
"""Folders that hold files under names of the program's own making."""
# Netlify and Cloudflare read the first two, GitHub the third: nothing else may be there.
_HOST_FILES: Final = frozenset({"_headers", "_redirects", "cname"})
_REFUSED: Final = re.compile(r'[\x00-\x1f\x7f\\:*"<>|]')
"""What some system cannot keep in a file's name, or a host's rules read otherwise."""
_LONGEST: Final = 255
"""Bytes of UTF-8 in a file's name."""
# Windows drops a dot or a space at the end of a name.
_HIDDEN: Final = re.compile(r"^\.|[. ]$")
_FILE: Final = re.compile(r"[^/]\.[A-Za-z0-9]{1,8}$")


def read_redirects(
    given: Mapping[str, str], url: str, tree: YamlMap, diagnostics: Diagnostics
) -> tuple[dict[str, str], dict[str, tuple[Position, Position]]]:
    """Return the targets *given*, by address inside the site at *url*; with the place of path and target.

    What is wrong with a path is put into *diagnostics*.
    """
    node = tree.entries.get("redirects")
    keys = node.keys if isinstance(node, YamlMap) else {}
    composed = {unicodedata.normalize("NFC", key): position for key, position in keys.items()}
    targets: dict[str, str] = {}
    positions: dict[str, tuple[Position, Position]] = {}
    for path, target in given.items():
        position = composed.get(path, (1, 1))
        address, fault, hint = address_of_path(path, url)
        if not fault and address in targets:
            fault, hint = (
                say("is given twice, first in line {spots}", spots=positions[address][0][0]),
                say("keep one of the two"),
            )
        if fault:
            diagnostics.add(
                "TG604", say("the former path {path!r} {fault}", path=path, fault=fault), position, hint
            )
            continue
        targets[address], positions[address] = target, (position, position_at(tree, ("redirects", path)))
    return targets, positions


def address_of_path(path: str, url: str) -> tuple[str, str, str]:
    """Return the address inside the site at *url* that *path* is; what is wrong with it, and what to write.

    ``/news/x`` and ``/news/x/`` are one address, the folder ``news/x/``; ``/x.html`` is a file.
    """
    inside = path.removeprefix(url.rstrip("/")) if path.startswith(url) else path
    parts = inside.partition("?")[0].partition("#")[0]
    plain = unicodedata.normalize("NFC", unquote(parts))
    steps = [step for step in plain.split("/") if step]
    clean = f"/{'/'.join(steps)}" + ("" if _FILE.search(plain) or not steps else "/")
    fault = _path_fault(inside, plain, steps)
    return (
        clean[1:],
        fault,
        say("write {clean}", clean=clean) if steps else say("write a path such as /news/2013/x/"),
    )


def _path_fault(inside: str, plain: str, steps: list[str]) -> str:
    """Return why a path is none that the site may lead on from, as the end of a sentence; else empty."""
    refused = _REFUSED.search(plain)
    first = steps[0] if steps else ""
    faults = (
        ("//" in inside and not inside.startswith("/"), say("lies on another host than the site")),
        (not inside.startswith("/"), say("does not begin with '/'")),
        (not steps, say("is the site's own first page")),
        ("?" in inside or "#" in inside, say("has '?' or '#': a static site knows only what is before that")),
        ("//" in plain or {".", ".."} & {*steps}, say("has a step without a name")),
        (
            refused,
            say(
                "contains {refused!r}, which some system keeps in no file's name",
                refused=refused[0] if refused else "",
            ),
        ),
        (
            first in _KEPT or first.casefold() in _HOST_FILES,
            say("lies where the program puts files, /{first}", first=first),
        ),
        (any(map(_HIDDEN.search, steps)), say("has a step that is hidden, or that some system cannot keep")),
        (any(len(step.encode()) > _LONGEST for step in steps), say("is too long")),
    )
    return next((message for is_so, message in faults if is_so), "")
