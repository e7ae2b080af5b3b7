"""How the files of something new are written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from timeline_gen.errors import UsageError
from timeline_gen.messages import say


def write_files(folder: Path, texts: Iterable[tuple[PurePosixPath | str, str]]) -> tuple[Path, ...]:
    """Write *texts*, each with its path in *folder*, and return their files.

    Raises ``UsageError`` where they cannot be written.
    """
    made: list[Path] = []
    try:
        for name, text in texts:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            made.append(path)
    except OSError as error:
        raise UsageError(
            say("{folder} cannot be written: {strerror}", folder=folder, strerror=error.strerror)
        ) from error
    return tuple(made)
