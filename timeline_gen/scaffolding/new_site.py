"""A new site: a small one in two languages that builds clean, to be changed into one's own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import UsageError

_RENAMED: Final = {"gitignore.txt": ".gitignore"}
"""What may not bear its own name here, where it would do its work on this program."""


def new_site(folder: Path) -> tuple[Path, ...]:
    """Write a small site into the new or empty *folder*, and return its files.

    Raises ``UsageError`` where the folder holds something, or can't be written.
    """
    try:
        if folder.exists() and not _is_free(folder):
            raise UsageError(f"{folder} is not empty", hint="name a folder that does not exist yet")
        return tuple(_write(folder / _name(path), text) for path, text in _texts())
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from error


def _is_free(folder: Path) -> bool:
    """Tell whether *folder* is empty, but for a history that was begun before the site."""
    return folder.is_dir() and all(each.name == ".git" for each in folder.iterdir())


def _texts() -> Iterator[tuple[PurePosixPath, str]]:
    """Yield the site's files, by their paths in it."""
    waiting: list[tuple[PurePosixPath, Traversable]] = [
        (PurePosixPath(), files("timeline_gen.scaffolding") / "site")
    ]
    while waiting:
        path, found = waiting.pop(0)
        if found.is_dir():
            waiting += sorted((path / each.name, each) for each in found.iterdir())
        else:
            yield path, found.read_text(encoding="utf-8")


def _name(path: PurePosixPath) -> PurePosixPath:
    return path.with_name(_RENAMED.get(path.name, path.name))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
