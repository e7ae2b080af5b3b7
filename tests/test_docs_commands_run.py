"""The commands of the README and of the page on publishing, run as they are written there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner
from docs_kit import INSTALLING, PROGRAM, serve

from timeline_gen.cli import program
from timeline_gen.publishing.refusals import NAMES

ROOT = Path(__file__).parents[1]


def commands(page: str) -> Iterator[list[str]]:
    """Yield the commands in the shell examples of *page* that concern the program, as words."""
    text = (ROOT / page).read_text("utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            # `make` sets up an environment and is tried from a clean checkout, by .ci/run.
            if words and words[0] != "make" and words not in INSTALLING:
                yield words


def run(words: list[str], folder: Path, *, as_process: bool = False) -> None:
    """Run the program with *words* in *folder*, in this process where that is enough."""
    if words[0] == "serve":
        serve(words, folder)
    elif as_process:
        subprocess.run([str(PROGRAM), *words], cwd=folder, check=True, timeout=60)
    else:
        with chdir(folder):
            told = CliRunner().invoke(program, words)
        assert told.exit_code == 0, f"{shlex.join(words)}: {told.output}"


@pytest.mark.parametrize("page", ["README.md", "README.ar.md"])
def test_commands_work_as_written(tmp_path: Path, page: str) -> None:
    """Whoever types the commands of a page, from the top to the end, sees each of them succeed."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "site.yaml", tmp_path)
    folder = tmp_path
    # One command is enough to see that the program runs as a program.
    as_process = page == "README.md"

    for words in commands(page):
        if words[0] == "cd":
            folder /= words[1]
        else:
            assert words[0] == "timeline-gen"
            run(words[1:], folder, as_process=as_process)
            as_process = False

    assert (folder / "site.yaml").exists()


def test_publishing_works_as_written(tmp_path: Path) -> None:
    """Whoever sets up the targets of the page on publishing can type its commands from the top to the end."""
    run(["new", "site", "site"], tmp_path)
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    targets = re.search(r"^```yaml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    assert targets
    settings = tmp_path / "site" / "site.yaml"
    own = settings.read_text("utf-8").replace("https://example.org/", "https://records.org/")
    settings.write_text(own + targets[1], "utf-8")

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


def test_installing_works(tmp_path: Path) -> None:
    """What is installed from a checkout is the whole program, with its themes and texts: it makes a site."""
    pytest.importorskip("hatchling", reason="it builds the package; make test installs it")
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--no-build-isolation", "--target", target, ROOT], check=True, timeout=120)
    command = f"import sys; sys.path.insert(0, {str(target)!r}); from timeline_gen.cli import run; run()"

    for words in (["new", "site", "site"], ["build", "--site", "site", "--jobs", "1"]):
        subprocess.run([sys.executable, "-c", command, *words], cwd=tmp_path, check=True, timeout=60)

    assert (target / "bin" / "timeline-gen").exists()
    assert (tmp_path / "site" / "output" / "index.html").exists()
