"""The files of the last good site, and of the ones before it as long as an open page may ask for them.

The build exchanges the whole tree in one step, so each request finds one generation or the next. A page
loads its style sheets, scripts and pictures after itself, perhaps from the next one: their names carry a
hash, so those that are gone are answered from where they were, and none is of the wrong generation.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from timeline_gen.building.parse.measuring import ASSET_FOLDER
from timeline_gen.preview.targets import RequestTarget
from timeline_gen.rendering.assets import FOLDER

INDEX: Final = "index.html"

_FORMER: Final = ("standby", "turning")
"""Where the tree of the previous generation is, next to the live one: a build at work renames it."""
_HASHED: Final = (FOLDER.name, ASSET_FOLDER)
"""The folders whose files carry a hash of their content in their name."""
_HASHED_NAME: Final = re.compile(r"\.[0-9a-f]{8,}\.[a-z0-9]+\Z")
# A link may come to be there after the path was looked at, and to open a pipe would wait for a writer.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file of the site."""

    file: BinaryIO
    path: str
    """Relative to the site."""
    size: int


def open_target(top: Path, target: RequestTarget) -> Opened | None:
    """Open the file of the site in the folder *top* that *target* asks for; None where there is none.

    A folder is answered by its ``index.html``. Links are followed nowhere: the site has none.
    """
    path = "/".join((*target.parts, INDEX)) if target.folder else target.path
    return open_file(str(top), path)


def open_file(top: str, path: str) -> Opened | None:
    """Open the ordinary file *path* in the folder *top*; None where there is none, or a link leads to it."""
    full = str(Path(os.path.realpath(top), path))
    if os.path.realpath(full) != full:
        return None
    try:
        file = os.fdopen(os.open(full, _FLAGS), "rb")
    except (OSError, ValueError):
        return None
    found = os.fstat(file.fileno())
    if stat.S_ISREG(found.st_mode):
        return Opened(file, path, found.st_size)
    file.close()
    return None


def is_folder(top: Path, target: RequestTarget) -> bool:
    """Return whether *target* names a folder with a page, so that only its slash is missing."""
    # A name may be longer than the system lets any be.
    with suppress(OSError, ValueError):
        return not target.folder and (top / target.path / INDEX).is_file()
    return False


def carries_hash(path: str) -> bool:
    """Return whether the name of the file *path* has a hash of its content."""
    return _HASHED_NAME.search(path) is not None


class FormerFiles:
    """The files with a hash in their name that the newest generation has no more."""

    def __init__(self, work_dir: Path, limit: int = 64 * 1024 * 1024) -> None:
        self._work_dir = work_dir
        self._limit = limit
        """Bytes that may be kept; the oldest go first."""
        self._kept: dict[str, bytes] = {}
        self._size = 0

    def find(self, path: str) -> bytes | None:
        """Return the file *path* as it was in a former generation."""
        if path in self._kept:
            return self._kept[path]
        for name in _FORMER:
            opened = open_file(str(self._work_dir / name), path) if carries_hash(path) else None
            if opened:
                with opened.file as file:
                    return file.read()
        return None

    def keep(self, live: Path) -> None:
        """Keep what the generation before *live* had and *live* has no more.

        To be called before the next build begins, which takes the place of that generation.
        """
        before = self._work_dir / _FORMER[0]
        for folder in _HASHED:
            for path in sorted(_names(before / folder) - _names(live / folder)):
                opened = open_file(str(before), f"{folder}/{path}") if carries_hash(path) else None
                if opened:
                    with opened.file as file:
                        self._put(f"{folder}/{path}", file.read())

    def _put(self, path: str, data: bytes) -> None:
        self._size += len(data) - len(self._kept.pop(path, b""))
        self._kept[path] = data
        while self._size > self._limit:
            self._size -= len(self._kept.pop(next(iter(self._kept))))


def _names(folder: Path) -> set[str]:
    return set(_files(str(folder), ""))


def _files(folder: str, before: str) -> Iterator[str]:
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, f"{before}{entry.name}/")
            else:
                yield f"{before}{entry.name}"
