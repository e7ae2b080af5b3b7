"""The sites of ``tests/sites``, and what they are expected to build to.

What all of them have alike, as the assets of the theme, is in ``sites/shared`` once; ``expected/`` of a site
has the rest.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

SITES = Path(__file__).parent / "sites"
SHARED = SITES / "shared"
NAMES = sorted(path.parent.name for path in SITES.glob("*/site.yaml"))


def expected(name: str, folder: Path) -> Path:
    """Put what the site *name* is expected to build to together in *folder*, and return that."""
    for part in (SHARED, SITES / name / "expected"):
        shutil.copytree(part, folder, dirs_exist_ok=True)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder*, by their paths."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected_files(name: str) -> dict[str, bytes]:
    """Return what the site *name* is expected to build to; nothing where it is not to be built."""
    own = files_in(SITES / name / "expected")
    return files_in(SHARED) | own if own else {}


def expect(sites: Mapping[str, Mapping[str, bytes]]) -> None:
    """Make *sites*, the files of each by its name, what is expected."""
    built = [files.items() for files in sites.values() if files]
    shared = dict(set(built[0]).intersection(*built[1:]))
    _write(SHARED, shared)
    for name, files in sites.items():
        _write(SITES / name / "expected", dict(files.items() - shared.items()))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make *files* all that is in *folder*."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
