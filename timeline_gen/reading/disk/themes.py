"""Themes: those of the site first, then those of the program."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from timeline_gen.errors import Place, Problem
from timeline_gen.messages import say
from timeline_gen.reading.disk.files import found_at, read_bytes_of
from timeline_gen.reading.disk.packaged import THEMES, packaged_themes
from timeline_gen.reading.ignored import is_ignored
from timeline_gen.reading.themes import Theme, ThemeSources, resolve_theme


def load_theme(
    root: Path, name: str, place: Place, *, trusted: bool = True
) -> tuple[Theme | None, tuple[Problem, ...]]:
    """Read the theme *name*, which was named at *place*, and those that it extends.

    The themes of the site in the folder *root* come first, then those of the program. Of themes of the site
    that are not *trusted*, nothing is read through links, and no more than they may hold.
    """
    refused: list[Problem] = []
    # Of two with one name the later wins: a site's own.
    folders = {entry.name: entry for entry in (*_folders(packaged_themes()), *_folders(root / THEMES))}
    shown = {
        theme: PurePosixPath(THEMES, theme) if folder.is_relative_to(root) else PurePosixPath(theme)
        for theme, folder in folders.items()
    }

    def files(name: str) -> dict[PurePosixPath, bytes]:
        if not trusted and folders[name].is_relative_to(root):
            return _untrusted_files(root, folders[name], refused)
        return _all_files(folders[name])

    theme, problems = resolve_theme(name, ThemeSources(tuple(sorted(folders)), shown, files), place)
    return (None if refused else theme), (*refused, *([] if refused else problems))


def _folders(parent: Path) -> list[Path]:
    if not parent.is_dir():
        return []
    return sorted(entry for entry in parent.iterdir() if entry.is_dir() and not is_ignored(entry.name))


def _all_files(folder: Path) -> dict[PurePosixPath, bytes]:
    """Return the bytes of every file in *folder* and below that is not ignored; themes are trusted."""
    files: dict[PurePosixPath, bytes] = {}
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_ignored(name)]
        above = PurePosixPath(Path(top).relative_to(folder).as_posix())
        for name in names:
            path = os.path.join(top, name)  # noqa: PTH118 - a fifth of the time, at each build
            if not is_ignored(name) and os.path.isfile(path):  # noqa: PTH113 - likewise
                files[above / name] = Path(path).read_bytes()
    # The order in a folder is that of the file system, and may change when a file is saved.
    return dict(sorted(files.items()))


MAX_THEME_BYTES: Final = 64 * 1024 * 1024
MAX_THEME_FILES: Final = 5_000


def _untrusted_files(root: Path, folder: Path, problems: list[Problem]) -> dict[PurePosixPath, bytes]:
    """Return the bytes of every file in *folder* and below; note a problem for what is not to be read."""
    files: dict[PurePosixPath, bytes] = {}
    size = 0
    for path in _ordinary_files(root, folder, problems):
        size += path.stat().st_size
        if size > MAX_THEME_BYTES or len(files) == MAX_THEME_FILES:
            message = say(
                "the theme is larger than {max_theme_bytes} MiB in {max_theme_files:,} files",
                max_theme_bytes=MAX_THEME_BYTES // 1024 // 1024,
                max_theme_files=MAX_THEME_FILES,
            )
            problems.append(Problem("TG713", message, Place(_shown_path(root, folder))))
            return {}
        found = found_at(_shown_path(root, path).as_posix(), path.lstat())
        files[PurePosixPath(path.relative_to(folder).as_posix())] = read_bytes_of(
            root, found, MAX_THEME_BYTES
        )
    return files


def _ordinary_files(root: Path, folder: Path, problems: list[Problem]) -> Iterator[Path]:
    if folder.is_symlink():
        problems.append(_theme_refusal(root, folder))
        return
    for path in sorted(folder.iterdir()):
        if is_ignored(path.name):
            continue
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            problems.append(_theme_refusal(root, path))
        elif path.is_dir():
            yield from _ordinary_files(root, path, problems)
        else:
            yield path


def _theme_refusal(root: Path, path: Path) -> Problem:
    message = say("the theme is not trusted, and this is a link, a device or a pipe")
    return Problem(
        "TG713", message, Place(_shown_path(root, path)), say("put the file itself there, or delete this")
    )


def _shown_path(root: Path, path: Path) -> PurePosixPath:
    return PurePosixPath(path.relative_to(root).as_posix())
