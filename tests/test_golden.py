"""Whole sites against what they are expected to be, byte for byte.

Encoded photographs depend on the version of Pillow, and fonts are no work of a build: of these address and
size are compared, which ``expected/`` has in their places.

Each folder of ``tests/sites`` is a site. In it is ``expected/``, the output it builds to, but for what all of
them have alike, which is in ``sites/shared`` once; or ``expected.txt``, the problems that keep it from being
built. Run this file as a script to rewrite them::

    python tests/test_golden.py

then read the difference with ``git diff`` before you commit it.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

import pytest
from golden_kit import NAMES, SITES, expect, expected_files, files_in
from PIL import Image

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.cli.listing import worded
from timeline_gen.errors import ContentError

SHORT = b"in place of: "
"""How a file of ``expected/`` begins that only says what is there."""
HINT = "if the change is meant, run: python tests/test_golden.py"


def built(name: str, scratch: Path) -> tuple[dict[str, bytes], str]:
    """Return the output of the site *name*, built in *scratch*, and its problems in words."""
    root = scratch / name
    shutil.copytree(SITES / name, root, ignore=shutil.ignore_patterns("expected", "expected.txt"))
    try:
        report = build(root, Options(jobs=1))
    except ContentError as error:
        assert not (root / "output").exists(), "a site with errors must not be written"
        return {}, "\n".join(worded(problem) for problem in error.problems) + "\n"
    return tree(root / "output"), "".join(f"{worded(problem)}\n" for problem in report.problems)


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below *folder*; those that are not compared as they are, as their kind and size."""
    return {path: compared(path, data) for path, data in files_in(folder).items()}


def compared(path: str, data: bytes) -> bytes:
    """Return what is compared of the file at *path*: all *data*, or what it is and how large."""
    if data.startswith(SHORT):
        return data
    if path.endswith(".woff2"):
        return SHORT + f"{len(data)} bytes\n".encode()
    if path.endswith((".jpg", ".webp")):
        with Image.open(io.BytesIO(data)) as picture:
            return SHORT + f"{picture.format}, {picture.width} × {picture.height}\n".encode()
    return data


@pytest.mark.parametrize("name", NAMES)
def test_site(name: str, tmp_path: Path) -> None:
    """The site builds to what is expected, or fails with the problems that are expected."""
    files, problems = built(name, tmp_path)

    expected = expected_files(name)
    said = SITES / name / "expected.txt"
    assert problems == (said.read_text(encoding="utf-8") if said.exists() else ""), HINT
    assert sorted(files) == sorted(expected), HINT
    for path, data in files.items():
        assert data == expected[path], f"{path} differs; {HINT}"


def rewrite() -> None:
    """Make every site's present output the expected one."""
    outputs: dict[str, dict[str, bytes]] = {}
    for name in NAMES:
        with tempfile.TemporaryDirectory() as scratch:
            outputs[name], problems = built(name, Path(scratch))
        said = SITES / name / "expected.txt"
        said.unlink(missing_ok=True)
        if problems:
            said.write_text(problems, encoding="utf-8")
        print(f"{name}: {len(outputs[name])} files, {problems.count(': TG')} problems")
    expect(outputs)


if __name__ == "__main__":
    rewrite()
