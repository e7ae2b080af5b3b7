"""``build.py`` starts the program from a checkout, and says plainly what it lacks."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IMPORTED_AS = {
    "Pillow": "PIL",
    "pydantic-core": "pydantic_core",
    "PyYAML": "yaml",
    "python-dateutil": "dateutil",
}
"""The libraries that are imported under a name other than their own in small letters."""


def test_missing_libraries(tmp_path: Path) -> None:
    """Without the libraries one reads which are missing and what to run, and no traceback."""
    script = tmp_path / "build.py"
    shutil.copy(ROOT / "build.py", script)

    told = subprocess.run(
        [sys.executable, "-S", "-I", str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert told.returncode == 1
    assert told.stderr.startswith("build.py lacks libraries: babel, click")
    assert told.stderr.endswith("hint: `make site` installs them\n")


def test_libraries_are_those_of_the_project() -> None:
    """The libraries that it looks for are the ones that the project declares."""
    namespace = runpy.run_path(str(ROOT / "build.py"), run_name="build")
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["project"]["dependencies"]
    names = [re.split("[<>=]", line)[0] for line in declared]

    assert namespace["LIBRARIES"] == tuple(
        sorted((IMPORTED_AS.get(name, name.lower()) for name in names), key=str.lower)
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["build"]),
        (["--jobs", "1"], ["build", "--jobs", "1"]),
        (["check"], ["check"]),
        (["build", "--strict"], ["build", "--strict"]),
        (["--help"], ["--help"]),
        (["--version"], ["--version"]),
    ],
)
def test_build_is_the_command_where_none_is_given(typed: list[str], meant: list[str]) -> None:
    """Options alone are options of ``build``; every other command is called by its name."""
    namespace = runpy.run_path(str(ROOT / "build.py"), run_name="build")

    assert namespace["arguments"](typed) == meant


def test_as_a_module() -> None:
    """``python -m timeline_gen`` is the program too."""
    told = subprocess.run(
        [sys.executable, "-m", "timeline_gen", "--version"], capture_output=True, text=True, check=True
    )

    assert told.stdout.startswith("timeline-gen, version ")
