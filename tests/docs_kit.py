"""What the tests of the documentation share: how its commands are run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

INSTALLING = [["pipx", "install", "."], ["uv", "tool", "install", "."]]
"""Both make an environment and install there as pip does, which is tried once for all pages."""
PROGRAM = Path(sys.executable).with_name("timeline-gen")


def serve(words: list[str], folder: Path) -> None:
    """Run a server with *words* in *folder*, and stop it as soon as it says where it is."""
    command = [str(PROGRAM), *words]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout
    said = next((line for line in process.stdout if "http://127.0.0.1:" in line), "")
    process.terminate()
    process.communicate(timeout=30)
    assert said, "the server did not say where it is"
