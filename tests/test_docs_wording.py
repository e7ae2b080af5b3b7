"""What the page on wording shows is what the program writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline_gen.dates.edtf import when
from timeline_gen.dates.wording import word
from timeline_gen.text.languages import language

DOCS = Path(__file__).parents[1] / "docs"
SETTING = {"wording.md": "setting", "wording.ar.md": "الإعداد"}
"""The pages, and how the first column of settings is called there."""
LANGUAGES = {"English": "en", "Arabic": "ar", "الإنجليزية": "en", "العربية": "ar"}


def tables(page: str) -> Iterator[tuple[list[str], list[list[str]]]]:
    """Yield the head and the rows of each table of *page*."""
    text = re.sub(r"</?bdi[^>]*>", "", (DOCS / page).read_text(encoding="utf-8"))
    for block in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        head, _, *body = [
            [cell.strip() for cell in line.strip("|\n ").split("|")] for line in block.splitlines()
        ]
        yield head, body


def cases(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield language, EDTF and expected wording of every example of *page*."""
    for head, body in tables(page):
        if head[0] == "EDTF":
            for row in body:
                for name, text in zip(head[1:], row[1:], strict=True):
                    yield LANGUAGES[name], row[0].strip("`"), text
        elif head[0] == SETTING[page]:
            for row in body:
                for edtf, text in zip(head[2:], row[2:], strict=True):
                    yield row[0].strip("`"), edtf.strip("`"), text


@pytest.mark.parametrize(("name", "edtf", "expected"), [case for page in SETTING for case in cases(page)])
def test_examples(name: str, edtf: str, expected: str) -> None:
    """Each example of the pages is worded as it says."""
    code, *settings = name.split()
    lang = language(code, **dict(setting.split("=") for setting in settings))

    assert re.sub("[\u2066-\u2069]", "", word(when(edtf), lang).text) == expected


@pytest.mark.parametrize("page", SETTING)
def test_forms(page: str) -> None:
    """The long, short and spoken forms are as the page shows them."""
    span = when("2022-11-21/2022-12-18")
    head, rows = next(tables(page))

    for place, name in enumerate(head[2:], start=2):
        worded = word(span, language(LANGUAGES[name]))
        assert [worded.text, worded.short, worded.spoken] == [row[place] for row in rows]
