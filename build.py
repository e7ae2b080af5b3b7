"""Build the site in the folder one stands in: ``timeline-gen``, run from a checkout.

``python build.py`` is ``timeline-gen build``; every other command of it works too. Where the
libraries are missing, the environment that ``make site`` made is used instead.
"""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parent / ".venv"
LIBRARIES = (
    "babel",
    "click",
    "dateutil",
    "hijridate",
    "jinja2",
    "livereload",
    "markdown",
    "nh3",
    "PIL",
    "pydantic",
    "pydantic_core",
    "rich",
    "tinycss2",
    "tornado",
    "tzdata",
    "yaml",
)
NO_COMMAND = ("-h", "--help", "--version")


def arguments(typed: list[str]) -> list[str]:
    """Return *typed* with the command ``build`` put first where no command was given."""
    if typed and (not typed[0].startswith("-") or typed[0] in NO_COMMAND):
        return typed
    return ["build", *typed]


def environment_python() -> Path | None:
    """Return the Python of the checkout's own environment, unless it is missing or already running."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    python = ENVIRONMENT / folder / name
    if not python.exists() or Path(sys.prefix).resolve() == ENVIRONMENT:
        return None
    return python


def start(typed: list[str]) -> None:
    """Run the program with the arguments *typed*, or say in one line what it lacks."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if sys.version_info >= (3, 11) and not missing:
        from timeline_gen.cli import run  # noqa: PLC0415 (only now is it known that it can be imported)

        run(arguments(typed))
        return
    python = environment_python()
    if python:
        os.execv(python, [str(python), __file__, *typed])  # noqa: S606 (our own interpreter, no shell)
    if sys.version_info < (3, 11):  # noqa: UP036 (this file alone also starts under an older Python)
        sys.exit(f"build.py needs Python 3.11 or newer; this is {sys.version.split()[0]}")
    sys.exit(f"build.py lacks libraries: {', '.join(missing)}\nhint: `make site` installs them")


if __name__ == "__main__":
    start(sys.argv[1:])
