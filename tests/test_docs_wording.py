"""What the page on wording shows is what the program writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline_gen.dates.edtf import when
from timeline_gen.dates.wording import word
from timeline_gen.text.languages import language

PAGE = (Path(__file__).parents[1] / "docs/wording.md").read_text(encoding="utf-8")
LANGUAGES = {"English": "en", "Arabic": "ar"}


def tables() -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield the head and the rows of each table."""
    for block in re.findall(r"(?:^\|.*\n)+", PAGE, flags=re.MULTILINE):
        head, _, *body = [
            [cell.strip() for cell in line.strip("|\n ").split("|")] for line in block.splitlines()
        ]
        yield head, body


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield language, EDTF and expected wording of every example."""
    for head, body in tables():
        if head[0] == "EDTF":
            for row in body:
                for name, text in zip(head[1:], row[1:], strict=True):
                    yield LANGUAGES[name], row[0].strip("`"), text
        elif head[0] == "setting":
            for row in body:
                for edtf, text in zip(head[2:], row[2:], strict=True):
                    yield row[0].strip("`"), edtf.strip("`"), text


@pytest.mark.parametrize(("name", "edtf", "expected"), list(cases()))
def test_examples(name: str, edtf: str, expected: str) -> None:
    """Each example of the page is worded as it says."""
    code, *settings = name.split()
    lang = language(code, **dict(setting.split("=") for setting in settings))

    assert re.sub("[\u2066-\u2069]", "", word(when(edtf), lang).text) == expected


def test_forms() -> None:
    """The long, short and spoken forms are as the page shows them."""
    span = when("2022-11-21/2022-12-18")
    rows = {row[0]: row[2:] for row in next(tables())[1]}

    for place, code in enumerate(("en", "ar")):
        worded = word(span, language(code))
        shown = [rows[form][place] for form in ("long", "short", "spoken")]
        assert [worded.text, worded.short, worded.spoken] == shown
