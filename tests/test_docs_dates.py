"""Every example in ``docs/dates.md`` and ``docs/dates.ar.md`` is true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline_gen.codes import CODES
from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.phrases import DateError, read

DOCS = Path(__file__).parent.parent / "docs"
PAGES = {"dates.md": ["text", "language", "on"], "dates.ar.md": ["النص", "اللغة", "يوم المقال"]}
"""The pages, and how each calls what is read, the language, and the day of the article."""

OF_FILES = ("TG225", "TG226", "TG227", "TG228")
"""What is wrong with a file of words, not with a date."""

NO_ERRORS = ("TG216", "TG229")
"""Dates that are read, with a warning or a note."""


def tables(page: str) -> Iterator[list[list[str]]]:
    """Yield the rows of each table of *page*, its head first."""
    text = re.sub(r"</?bdi[^>]*>", "", (DOCS / page).read_text(encoding="utf-8"))
    for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines())
        yield [head, *rows]


def examples(last: str, page: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of all tables of *page* that end in the column *last*: text, language, on, and that."""
    for head, *rows in tables(page):
        if head == [*PAGES[page], last]:
            yield from map(tuple, rows)


def months(first: str) -> Iterator[tuple[str, int]]:
    """Yield each name in the Arabic table that begins with the column *first*, and that month's number."""
    for head, *rows in tables("dates.ar.md"):
        if head[0] == first:
            for number, *names in rows:
                yield from ((name, int(number)) for cell in names for name in cell.split("، ") if name)


@pytest.mark.parametrize(
    ("text", "lang", "on", "edtf"), [row for page in PAGES for row in examples("EDTF", page)]
)
def test_the_page_tells_how_dates_are_read(text: str, lang: str, on: str, edtf: str) -> None:
    """What the page shows is what a reader of it gets."""
    assert read(text, lang=lang, on=parse_iso_day(on) if on else None).edtf == edtf


@pytest.mark.parametrize(
    ("text", "lang", "on", "code"), [*examples("problem", "dates.md"), *examples("المشكلة", "dates.ar.md")]
)
def test_the_page_tells_which_problems_there_are(text: str, lang: str, on: str, code: str) -> None:
    """What the page says is refused is refused, with that code."""
    with pytest.raises(DateError) as refused:
        read(text, lang=lang, on=parse_iso_day(on) if on else None)

    assert refused.value.code == code


@pytest.mark.parametrize(("page", "last"), [("dates.md", "problem"), ("dates.ar.md", "المشكلة")])
def test_every_code_of_dates_is_shown(page: str, last: str) -> None:
    """No problem of a date comes as a surprise; a text that is too long for TG203 is not shown."""
    shown = {code for *_, code in examples(last, page)}

    codes = {code for code in CODES if code.startswith("TG2")}
    assert codes - {"TG203", *NO_ERRORS, *OF_FILES} == shown


@pytest.mark.parametrize(("name", "number"), list(months("الشهر")))
def test_the_page_tells_how_months_are_called(name: str, number: int) -> None:
    """A name of a month that the page in Arabic lists is read as that month."""
    assert read(f"{name} 2019", lang="ar").edtf == f"2019-{number:02}"


@pytest.mark.parametrize(("name", "number"), list(months("الشهر الهجري")))
def test_the_page_tells_how_hijri_months_are_called(name: str, number: int) -> None:
    """A name of a Hijri month that the page in Arabic lists is read as that month."""
    assert read(f"2 {name} 1443هـ", lang="ar").edtf == read(f"1443/{number}/2هـ", lang="ar").edtf
