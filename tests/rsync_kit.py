"""What rsync does for a publisher, done in this process: a run of rsync takes a tenth of a second.

`tests/test_publish_rsync.py` holds it to what rsync itself does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from timeline_gen.publishing.hosts import rsync as module


@dataclass(slots=True)
class Rsync:
    """An rsync that knows the options which ``RsyncHost`` gives it; *address* is the folder *place*."""

    address: str
    place: Path
    runs: list[tuple[str, ...]] = field(default_factory=list)
    """The arguments of each run."""

    def __call__(self, *arguments: str, names: Iterable[str] | None = None) -> str:
        """Do what *arguments* say, with *names* as the list of files, and return what is printed."""
        self.runs.append(arguments)
        options = [one for one in arguments if one.startswith("--")]
        source, target, *_ = [*(self._folder(one) for one in arguments if not one.startswith("--")), Path()]
        if "--list-only" in options:
            listed = sorted(one.name for one in source.iterdir()) if source.is_dir() else []
            return "".join(f"-rw-r--r-- 1 2000/01/01 00:00:00 {name}\n" for name in listed)
        aside = next((one.partition("=")[2] for one in options if one.startswith("--backup-dir=")), "")
        for name in names if names is not None else self._wanted(source, options):
            # It makes the folders on the way to what is named, even to what is to be deleted.
            if (source / name).parent.is_dir():
                (target / name).parent.mkdir(parents=True, exist_ok=True)
            self._bring(source / name, target / name, target / aside / name if aside else None, options)
        return ""

    def _folder(self, argument: str) -> Path:
        inside = argument.removeprefix(self.address)
        return self.place / inside.strip("/") if inside != argument else Path(argument)

    def _wanted(self, source: Path, options: list[str]) -> Iterator[str]:
        """Yield the files below *source* that the rules in *options* include."""
        rules = [one.partition("=/")[2] for one in options if one.startswith("--include=")]
        files = (path.relative_to(source).as_posix() for path in sorted(source.rglob("*")) if path.is_file())
        yield from (file for file in files if any(fnmatchcase(file, rule) for rule in rules))

    def _bring(self, source: Path, target: Path, aside: Path | None, options: list[str]) -> None:
        """Make *target* what *source* is, or delete it where that is missing."""
        if source.is_file():
            same = target.is_file() and target.read_bytes() == source.read_bytes()
            if not same and not (target.exists() and "--ignore-existing" in options):
                _put_aside(target, aside)
                shutil.copyfile(source, target)
        elif not source.exists() and "--delete-missing-args" in options:
            if target.is_file():
                _put_aside(target, aside)
                target.unlink(missing_ok=True)
            elif target.is_dir() and "--force" in options:
                shutil.rmtree(target)
            elif target.is_dir() and not any(target.iterdir()):
                target.rmdir()


def _put_aside(path: Path, aside: Path | None) -> None:
    if aside is not None and path.is_file():
        aside.parent.mkdir(parents=True, exist_ok=True)
        path.rename(aside)


def rsync_here(patch: pytest.MonkeyPatch, place: Path) -> str:
    """Let the program take this rsync for the system's, and return the address of the folder *place*."""
    place.mkdir(parents=True, exist_ok=True)
    run = Rsync("rsync://nowhere.invalid/site", place)
    for name in ("rsync", "found"):
        patch.setattr(module, name, run)
    return run.address
