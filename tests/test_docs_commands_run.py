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

from timeline_gen.publishing.refusals import NAMES

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


def test_publishing_works_as_written(tmp_path: Path) -> None:
    """Whoever sets up the targets of the page on publishing can type its commands from the top to the end."""
    run(["new", "site", "site"], tmp_path)
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    targets = re.search(r"^```yaml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert targets
    with (tmp_path / "site" / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(targets[1])

    article = next((tmp_path / "site" / "content" / "articles").iterdir())
    for words in commands("docs/publishing.md"):
        if words[1] == "build":
            article.write_text(f"{article.read_text('utf-8')}\nMore.\n", "utf-8")
        run(words[1:], tmp_path / "site")

    assert (tmp_path / "www" / "en" / "index.html").exists()
    assert (tmp_path / "staging" / "en" / "index.html").exists()


def test_every_reason_is_explained() -> None:
    """Every reason not to publish that can be overridden stands in the page on publishing."""
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")

    assert re.findall(r"^\| `(\w+)` \|", text.partition("## What is refused")[2], re.MULTILINE) == list(NAMES)
