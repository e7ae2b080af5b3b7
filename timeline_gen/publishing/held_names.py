"""Names of what is held back, searched for in the files of a built site.

A name that is made of several words, or of letters and digits, is found wherever it is whole. One that is a
plain word, or that something else has too, is found only where it is a name: in an address, a link, or an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import quote

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.model.links import HeldName

_FOLDERS: Final = {"event": "events/", "article": "articles/"}
_START: Final = rb"(?<![\w\x80-\xff%-])"
_END: Final = rb"(?![\w\x80-\xff%-])"
"""No letter, in any script, is next to a whole name."""
_IDS: Final = {"event": rb'"id":\s?"|\bid="e-|\bUID:|^', "entity": rb'"id":\s?"|\bid="e-'}
"""What is before an id in data, pages, calendars and tables."""


class HeldNames:
    """Finds the names of what is held back."""

    def __init__(self, names: Iterable[HeldName]) -> None:
        self._patterns = {name: _pattern(name) for name in names}
        self._any = re.compile(b"|".join(self._patterns.values()), re.MULTILINE)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def problems(self, path: str, data: bytes) -> tuple[Problem, ...]:
        """Return the first place where *data*, the file at *path*, shows what is held back."""
        found = self._any.search(data) if self._patterns else None
        if found is None:
            return ()
        start = found.start()
        named = next(
            name
            for name, pattern in self._patterns.items()
            if re.compile(pattern, re.MULTILINE).match(data, start)
        )
        before = data[:start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        message = say(
            "{path} names the {kind} {name!r}, which is held back now",
            path=path,
            kind=named.kind,
            name=named.name,
        )
        hint = say("take it out of the text that names it, then build again; or: --allow embargo")
        return (Problem("TG848", message, Place(PurePosixPath(path), line, column), hint),)


def _pattern(held: HeldName) -> bytes:
    """Return the pattern of *held*, as it is written in texts and in addresses."""
    spelled = dict.fromkeys((held.name, quote(held.name)))
    name = b"(?:" + b"|".join(re.escape(spelling.encode()) for spelling in spelled) + b")"
    if held.anywhere:
        return _START + name + _END
    folder = _FOLDERS.get(held.kind) or (f"{held.section}/" if held.section else "")
    address = rb"/" + re.escape(folder.encode()) + name + (_END if folder else b'(?=[/"])')
    ways = [address, rb"\b" + held.kind.encode() + b":" + name + _END]
    if before := _IDS.get(held.kind):
        ways.append(b"(?:" + before + b")" + name + rb'(?=["@,/])')
    return b"|".join(ways)
