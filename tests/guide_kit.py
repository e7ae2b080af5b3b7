"""A reader who follows a page of the documentation: types its commands, and saves its files."""

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

from click.testing import CliRunner
from docs_kit import INSTALLING, serve

from timeline_gen.cli import program
from timeline_gen.cli.listing import Listing

ROOT = Path(__file__).parents[1]
_FILES = r"`([\w./-]+\.(?:css|csv|html|md|po|py|yaml|yml))`"


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
        named = re.findall(_FILES, before)
        yield Block(language, text, named[-1] if named else "")


def plain_words(block: Block) -> list[set[str]]:
    """Return the words of each command in *block* that are the same in any language."""
    lines = block.text.splitlines() if block.language == "sh" else []
    commands = [shlex.split(line, comments=True) for line in lines]
    return [
        {word for word in words if word.isascii() and " " not in word} - {"--lang", "en", "ar"}
        for words in commands
    ]


class Reader:
    """Somebody who follows a guide, in the folder *folder* to begin with."""

    def __init__(self, folder: Path) -> None:
        self.start = self.folder = folder
        self.printed: dict[str, str] = {}
        """What each command has printed."""
        self.last = ""
        """What the last one has printed."""

    def follow(self, block: Block, *, exit_codes: tuple[int, ...] = (0,)) -> None:
        """Do what *block* says; its commands end with one of *exit_codes*."""
        if block.language == "sh":
            for line in block.text.splitlines():
                self.type(line, exit_codes=exit_codes)
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
        own = path.read_text("utf-8") if path.exists() else ""
        for key in re.findall(r"^([\w-]+):", text, flags=re.MULTILINE):
            own = re.sub(rf"^{key}:.*\n(?:[ \t].*\n)*", "", own, flags=re.MULTILINE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(own + text, "utf-8")

    def type(self, line: str, *, exit_codes: tuple[int, ...] = (0,)) -> None:
        """Run the command *line*, which must end with one of *exit_codes*."""
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
            assert done.exit_code in exit_codes, f"{line}: {done.output}"
            self.printed[line] = self.last = done.output
        else:
            assert words[0] in {"git", "python"}, line
            command = [sys.executable if words[0] == "python" else "git", *words[1:]]
            ran = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, timeout=60)
            self.last = ran.stdout.decode()
