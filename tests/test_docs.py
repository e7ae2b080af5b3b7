"""The documentation is complete: every key, command and link of it is real, and the other way round."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from docs_kit import SECTIONS, reference, sections

from timeline_gen.cli.main import COMMANDS
from timeline_gen.editors.schemas import key_texts
from timeline_gen.schema.publish_targets import TARGET_KINDS, TargetSchema
from timeline_gen.schema.validation import keys

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")],
    key=lambda page: page.as_posix(),
)
COMMANDS_OF_THE_SYSTEM = {".", ".ci/run", "cd", "git", "pip", "pipx", "pyproject-build", "python", "uv"}

SCHEMA = ROOT / "timeline_gen" / "schema"

TAXONOMIES = {"people", "places", "tags"}
"""The keys that articles and events have through the settings of the site."""


def documented(text: str) -> set[str]:
    """Return the keys in the first column of the tables of *text*."""
    rows = re.findall(r"^\| (`[^|]+) \|", re.sub("</?bdi[^>]*>", "", text), flags=re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


@pytest.mark.parametrize("page", ["reference.md", "reference.ar.md"])
@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_is_in_the_reference(heading: str, page: str) -> None:
    """A key that can be written has a row in the reference, and every row is a key that can be written."""
    rows = documented(reference(page)[heading])
    taxonomies = TAXONOMIES if heading in {"Articles", "Events", "Events' own files"} else set()

    assert rows == set(keys(SECTIONS[heading])) | taxonomies


@pytest.mark.parametrize("kind", TARGET_KINDS)
def test_the_kinds_of_targets_are_in_the_reference(kind: type[TargetSchema]) -> None:
    """Of a key that only some kinds of targets have, the reference says which, to editors as well."""
    texts = key_texts()["TargetSchema"]
    to = get_args(kind.model_fields["to"].annotation)[0]

    own = set(kind.model_fields) - set(TargetSchema.model_fields)
    assert {key for key, text in texts.items() if f"of `{to}`" in text.lower()} == own


def test_every_schema_has_a_section() -> None:
    """A new kind of mapping is not forgotten in the reference; two are in the rows of their keys."""
    known = {
        name
        for path in SCHEMA.glob("*.py")
        for name in re.findall(r"^class (\w+Schema)\b", path.read_text("utf-8"), re.MULTILINE)
    }

    assert known - {"ThemeChoiceSchema", "TimelineSchema"} == {
        schema.__name__ for schema in SECTIONS.values()
    }


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the commands in the shell examples of *page*, as words."""
    for block in re.findall(r"^```sh\n(.*?)^```", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL):
        yield from filter(None, (shlex.split(line, comments=True) for line in block.splitlines()))


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    return {line.partition(":")[0] for line in lines if re.match(r"[a-z-]+:", line)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documented_commands_exist(page: Path) -> None:
    """Whoever copies a command out of the documentation finds that there is such a command."""
    unknown = [
        words
        for words in commands(page)
        if not (words[0] == "make" and set(words[1:]) <= targets())
        and not (words[0] == "timeline-gen" and words[1] in {*COMMANDS, "--version"})
        and words[0] not in COMMANDS_OF_THE_SYSTEM
    ]

    assert unknown == []


def test_both_readmes_show_the_same() -> None:
    """The Arabic README is no lesser one: it has as many sections, and the same commands in order."""
    english, arabic = ROOT / "README.md", ROOT / "README.ar.md"

    assert len(sections(arabic)) == len(sections(english))
    assert [words[:2] for words in commands(arabic)] == [words[:2] for words in commands(english)]


def test_every_target_is_one_line_with_a_purpose() -> None:
    """The Makefile is a menu: each entry fits a line and says what it is for."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    entries = [line for line in lines if re.match(r"[a-z-]+:", line) and not line.startswith("help:")]

    assert [line for line in entries if "; " not in line or " ## " not in line] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link of the documentation to a file of the project finds it, and the heading it names."""
    text = re.sub(r"^```.*?^```|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not _found(page, link)]

    assert broken == []


def _found(page: Path, link: str) -> bool:
    if re.match(r"https?:|event:", link):
        return True
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in {_anchor(heading) for heading in sections(target)})


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_bidi_controls(page: Path) -> None:
    """Documentation in Arabic uses markup for direction, not invisible characters."""
    assert re.findall("[\u202a-\u202e\u2066-\u2069]", page.read_text("utf-8")) == []
