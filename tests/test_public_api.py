"""What others may rely on when they call the program from Python, and what starting it may cost."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import timeline_gen
from timeline_gen import errors
from timeline_gen.building.pipeline import build
from timeline_gen.scaffolding.new_site import new_site

ROOT = Path(__file__).parents[1]
HEAVY = {"PIL", "babel", "boto3", "jinja2", "livereload", "markdown", "nh3", "pydantic", "tornado", "yaml"}


def test_package_root() -> None:
    """The root of the package gives its version and nothing else: importing it costs nothing."""
    public = {name for name, value in vars(timeline_gen).items() if not inspect.ismodule(value)}

    assert {name for name in public if not re.fullmatch(r"__(?!version__)\w+__", name)} - {"annotations"} == {
        "__version__"
    }
    assert re.fullmatch(r"\d+\.\d+\.\d+", timeline_gen.__version__)


def test_build_signature() -> None:
    """A site is built with its folder, options, and an executor and a memory of one's own."""
    parameters = inspect.signature(build).parameters

    assert list(parameters) == ["root", "options", "executor", "memory"]
    assert parameters["executor"].kind is inspect.Parameter.KEYWORD_ONLY


def test_errors() -> None:
    """Whoever catches TimelineError catches everything that the program raises on purpose."""
    raised = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == errors.__name__
    }

    assert raised == {"TimelineError", "ContentError", "UsageError", "LockedError"}
    assert all(issubclass(vars(errors)[name], errors.TimelineError) for name in raised)


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_start_is_cheap(word: str) -> None:
    """Help and version come at once: they load neither the server nor any library of the stages."""
    script = (
        "import sys\nfrom timeline_gen.cli import main\n"
        f"try:\n    main(['{word}'])\nexcept SystemExit:\n    pass\nprint(*sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(told.stdout.splitlines()[-1].split()) & HEAVY == set()


def test_example_of_the_guide(tmp_path: Path) -> None:
    """The Python example of the guide runs as it is written."""
    new_site(tmp_path / "my-timeline")
    guide = (ROOT / "docs" / "guide.md").read_text("utf-8")
    *_, script = re.findall(r"^```python\n(.*?)^```", guide, flags=re.MULTILINE | re.DOTALL)

    command = [sys.executable, "-c", script]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    assert re.fullmatch(r"\d+ pages\n", told.stdout)
