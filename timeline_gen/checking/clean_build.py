"""Whether the built site is the one that a clean build makes: ``build --verify``."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from filecmp import cmp
from os import walk
from pathlib import Path

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.writing.disk import work_dir
from timeline_gen.writing.own_files import LIST, read_list


@dataclass(frozen=True, slots=True)
class OutputComparison:
    """How the built files compare with those of a clean build."""

    files: int
    """How many files a clean build makes."""
    differing: tuple[str, ...]
    """What is not as it should be, each with its path: ``differs  en/index.html``."""


def compare_with_clean(root: Path, options: Options) -> OutputComparison:
    """Build the site in *root* as *options* ask, with nothing kept of earlier builds, and compare every byte.

    The clean build has a temporary folder in the work folder, and is deleted; the built site is only read.
    """
    root = root.absolute()
    folder = Path(tempfile.mkdtemp(prefix="clean-", dir=work_dir(root, options.cache)))
    try:
        elsewhere = replace(
            options, output=str(folder / "output"), work_dir=str(folder), cache=str(folder), tree="clean"
        )
        build(root, replace(elsewhere, command="timeline-gen build --verify"))
        wanted = set(_files(folder / "output"))
        differing = _differing(root / options.output, folder / "output", wanted)
        return OutputComparison(
            len(wanted - {LIST}), tuple(f"{word:7}  {path}" for path, word in sorted(differing))
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _differing(built: Path, clean: Path, wanted: set[str]) -> Iterator[tuple[str, str]]:
    own = read_list(str(built)) or frozenset()
    # What others put there is theirs.
    there = {path for path in _files(built) if path in own or path in wanted}
    yield from ((path, "missing") for path in wanted - there)
    yield from ((path, "foreign") for path in there - wanted)
    for path in wanted & there:
        # Shallow, cmp() takes files of the same size and time for equal.
        if not cmp(built / path, clean / path, shallow=False):
            yield path, "differs"


def _files(folder: Path) -> Iterator[str]:
    """Yield the files under *folder* by their paths in it."""
    for place, _, names in walk(folder):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()
