"""The guides, followed from the top to the end by somebody who types and saves just what they say."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from guide_kit import ROOT, Reader, blocks, plain_words

from timeline_gen.publishing import installed_from

GUIDES = ["docs/guide.md", "docs/guide.ar.md"]
PLACEHOLDER = "https://github.com/your-name/"


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
