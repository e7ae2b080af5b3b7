"""Every example in ``docs/dates.md`` is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline_gen.codes import CODES
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.phrases import DateError, read

PAGE = Path(__file__).parent.parent / "docs/dates.md"

OF_FILES = ("TG225", "TG226", "TG227", "TG228")
"""What is wrong with a file of words, not with a date."""


def examples(last: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of all tables whose *last* column is so called: text, language, on, and that column."""
    header = ["text", "language", "on", last]
    inside = False
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells == header:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not cells[0].startswith("---"):
            yield tuple(cells)


@pytest.mark.parametrize(("text", "lang", "on", "edtf"), [*examples("EDTF")])
def test_the_page_tells_how_dates_are_read(text: str, lang: str, on: str, edtf: str) -> None:
    """What the page shows is what a reader of it gets."""
    assert read(text, lang=lang, on=parse_iso_day(on) if on else None).edtf == edtf


@pytest.mark.parametrize(("text", "lang", "on", "code"), [*examples("problem")])
def test_the_page_tells_which_problems_there_are(text: str, lang: str, on: str, code: str) -> None:
    """What the page says is refused is refused, with that code."""
    with pytest.raises(DateError) as refused:
        read(text, lang=lang, on=parse_iso_day(on) if on else None)

    assert refused.value.code == code


def test_every_code_of_dates_is_shown() -> None:
    """No problem of a date comes as a surprise; TG203 concerns texts too long to show, TG216 is a warning."""
    shown = {code for *_, code in examples("problem")}

    assert {code for code in CODES if code.startswith("TG2")} - {"TG203", "TG216", *OF_FILES} == shown
