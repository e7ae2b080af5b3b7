"""The commands of the README and the guide, run one after the other as they are written there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("timeline-gen")


def commands(page: str) -> Iterator[list[str]]:
    """Yield the commands in the shell examples of *page* that concern the program, as words."""
    text = (ROOT / page).read_text("utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            # `make` sets up an environment and is tried from a clean checkout, by .ci/run.
            if words and words[0] != "make":
                yield words


def run(words: list[str], folder: Path) -> None:
    """Run the program with *words* in *folder*; a server is stopped as soon as it says where it is."""
    command = [str(PROGRAM), *words]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout
    if words[0] == "serve":
        said = next((line for line in process.stdout if "http://127.0.0.1:" in line), "")
        process.terminate()
        process.communicate(timeout=30)
        assert said, "the server did not say where it is"
        return
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0, f"{shlex.join(words)}: {told}"


@pytest.mark.parametrize("page", ["README.md", "README.ar.md", "docs/guide.md", "docs/guide.ar.md"])
def test_commands_work_as_written(tmp_path: Path, page: str) -> None:
    """Whoever types the commands of a page, from the top to the end, sees each of them succeed."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.yaml", tmp_path)
    folder = tmp_path

    for words in commands(page):
        if words[0] == "cd":
            folder /= words[1]
        else:
            assert words[0] == "timeline-gen"
            run(words[1:], folder)

    assert (folder / "site.yaml").exists()
