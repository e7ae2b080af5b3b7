"""The guides, followed from the top to the end by somebody who types and saves just what they say."""

from __future__ import annotations

import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from docs_kit import INSTALLING, serve

from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing
from timeline_gen.publishing import installed_from

ROOT = Path(__file__).parents[1]
GUIDES = ["docs/guide.md", "docs/guide.ar.md"]
PLACEHOLDER = "https://github.com/your-name/"


@dataclass(frozen=True)
class Block:
    """A block of code of a page."""

    language: str
    text: str
    file: str
    """The file that the text before the block names last; empty where it names none."""


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of code of *page*, in order."""
    parts = re.split(
        r"^```(\w*)\n(.*?)^```\n", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for before, language, text in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        named = re.findall(r"`([\w./-]+\.(?:csv|md|py|yaml))`", before)
        yield Block(language, text, named[-1] if named else "")


class Reader:
    """Somebody who follows a guide, in the folder *folder* to begin with."""

    def __init__(self, folder: Path) -> None:
        self.start = self.folder = folder
        self.printed: dict[str, str] = {}
        """What each command has printed."""

    def follow(self, block: Block) -> None:
        """Do what *block* says."""
        if block.language == "sh":
            for line in block.text.splitlines():
                self.type(line)
        elif block.language == "yaml":
            self.lay_over(self.folder / (block.file or "site.yaml"), block.text)
        elif block.file:
            path = self.folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")
        else:
            script = self.start / "script.py"
            script.write_text(block.text, "utf-8")
            with chdir(self.start):
                runpy.run_path(str(script))

    def lay_over(self, path: Path, text: str) -> None:
        """Write the keys of *text* into the YAML file *path*, in place of those of the same name."""
        own = path.read_text("utf-8")
        for key in re.findall(r"^([\w-]+):", text, flags=re.MULTILINE):
            own = re.sub(rf"^{key}:.*\n(?:[ \t].*\n)*", "", own, flags=re.MULTILINE)
        path.write_text(own + text, "utf-8")

    def type(self, line: str) -> None:
        """Run the command *line*, which must succeed."""
        words = shlex.split(line, comments=True)
        if not words or words in INSTALLING:
            return
        if words[0] == "cd":
            self.folder /= words[1]
        elif words[:2] == ["timeline-gen", "serve"]:
            serve(words[1:], self.folder)
        elif words[0] == "timeline-gen":
            with chdir(self.folder):
                done = CliRunner().invoke(program, words[1:], obj=Listing())
            assert done.exit_code == 0, f"{line}: {done.output}"
            self.printed[line] = done.output
        else:
            assert words[0] in {"git", "python"}, line
            command = [sys.executable if words[0] == "python" else "git", *words[1:]]
            subprocess.run(command, cwd=self.folder, check=True, capture_output=True, timeout=60)


@pytest.fixture
def github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository at GitHub, which is a folder here; the program seems to come from the index."""
    bare = tmp_path / "github" / "my-timeline.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", "main", bare], check=True)
    settings = tmp_path / "gitconfig"
    person = "[user]\nname = A Reader\nemail = reader@example.org\n"
    settings.write_text(f'{person}[url "{bare.parent}/"]\ninsteadOf = {PLACEHOLDER}\n', "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setattr(installed_from, "_record", lambda: None)
    return bare


@pytest.mark.parametrize("page", GUIDES)
def test_guide_from_an_empty_folder(tmp_path: Path, github: Path, page: str) -> None:
    """Whoever follows a guide sees every command succeed, and the site published in both ways."""
    reader = Reader(tmp_path)

    for block in blocks(page):
        reader.follow(block)

    assert "warning" not in reader.printed["timeline-gen check"]
    assert (tmp_path / "www" / "en" / "events" / "bridge-planned" / "index.html").exists()
    reader.folder = tmp_path
    reader.type(f"git clone --quiet {PLACEHOLDER}my-timeline.git there")
    run_workflow(reader, tmp_path / "there")
    event = printed(github, "git", "show", "gh-pages:en/events/bridge-planned/index.html")
    assert "2016" in event
    assert "harbour-bridge" in event


def run_workflow(reader: Reader, checkout: Path) -> None:
    """Do in *checkout* what the workflow does at GitHub with what was pushed."""
    reader.folder = checkout
    workflow = (checkout / ".github/workflows/publish.yml").read_text("utf-8")
    for command in re.findall(r"^ +(?:- run: )?(timeline-gen .*)$", workflow, re.MULTILINE):
        reader.type(command)


def printed(folder: Path, *command: str) -> str:
    """Return what *command* prints in *folder*."""
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, encoding="utf-8")
    return done.stdout


def test_guides_are_equal() -> None:
    """The Arabic guide is no lesser one: it has the same sections, commands and pictures in order."""
    english, arabic = (list(blocks(page)) for page in GUIDES)

    assert [block.language for block in arabic] == [block.language for block in english]
    assert [plain_words(block) for block in arabic] == [plain_words(block) for block in english]
    texts = [(ROOT / page).read_text("utf-8") for page in GUIDES]
    for pattern in (r"^(##+) ", r"^!\["):
        one, other = (re.findall(pattern, text, re.MULTILINE) for text in texts)
        assert one == other


def plain_words(block: Block) -> list[set[str]]:
    """Return the words of each command in *block* that are the same in any language."""
    lines = block.text.splitlines() if block.language == "sh" else []
    commands = [shlex.split(line, comments=True) for line in lines]
    return [
        {word for word in words if word.isascii() and " " not in word} - {"en", "ar"} for words in commands
    ]
