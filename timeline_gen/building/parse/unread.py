"""Files that are not read: what they seem to hold keeps needless problems from being reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from timeline_gen.building.problems import Unread
from timeline_gen.errors import Problem
from timeline_gen.reading.disk.files import Found, read

_TEXT_ENDING: Final = re.compile(r"\.(md|mdown|markdown)(\.|$)", re.IGNORECASE)


def unread(root: Path, found: Found, codes: frozenset[str] = frozenset()) -> Unread:
    """Return the file that was *found*, which is not read, with as much of its text as can be made out."""
    source, _ = read(root, found)
    data = source.data if source else b""
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    text = data.decode("utf-16" if wide else "utf-8", errors="replace")
    return Unread(found.path, f"{found.path}\n{text}", codes)


def misplaced(root: Path, problems: Iterable[Problem]) -> Iterator[Unread]:
    """Yield the texts that nothing reads where they are, which *problems* report."""
    for problem in problems:
        path = problem.place.path
        if problem.code == "TG112" and _TEXT_ENDING.search(path.name):
            yield unread(root, Found(path, 0, 0, 0))
