"""Events as data: the JSON keeps to its schema, and the table is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.rendering.chunks import joined
from timeline_gen.rendering.exports import EventsTableView, table_chunks

FILES = {
    "content/articles/one.en.md": article(
        "One",
        "{id: cup, date: 2022-11-21/2022-12-18, title: The cup, status: reported, people: [Ann], tags: [x]}",
        "{id: early, date: -0043, title: '=cmd(\"x\")', summary: '*So*, \"it\" is.', importance: 5}",
        "{id: undated, date: unknown, title: Undated}",
        more="source: {name: A paper, url: 'https://example.com/', accessed: 2021-12-06}\n",
    ),
    "content/articles/two.en.md": article(
        "Two",
        "{id: cup, date: 2022-11-20/2022-12-18, title: The cup, status: confirmed, corrects: one}",
        date="2022-08-11T09:30+03:00",
    ),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of a site with a correction, an old and an undated event."""
    root = write_site(tmp_path_factory.mktemp("site"), FILES, settings=f"{SETTINGS}data: {{from: 1}}\n")
    build(root, Options(jobs=1))
    return root / "output"


def data(output: Path, path: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Return the JSON at *path*."""
    return json.loads((output / path).read_text("utf-8"))


@pytest.mark.parametrize("path", ["ar/events.json", "en/events.json", "en/people/ann/events.json"])
def test_schema(output: Path, path: str) -> None:
    """Every events.json names the published schema and keeps to it."""
    schema = data(output, "events.schema.json")
    found = data(output, path)

    Draft202012Validator.check_schema(schema)
    assert found["$schema"] == schema["$id"] == "https://records.org/events.schema.json"
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []


def test_the_schema_is_strict(output: Path) -> None:
    """What the site never writes is not in the schema either: a wrong status, a key that nobody knows."""
    validator = Draft202012Validator(data(output, "events.schema.json"))
    found = data(output, "en/events.json")
    found["events"][0] |= {"status": "certain", "colour": "red"}

    messages = sorted(error.message.partition(" (")[0] for error in validator.iter_errors(found))

    assert messages == [
        "'certain' is not one of ['confirmed', 'reported', 'disputed', 'denied', 'planned']",
        "Additional properties are not allowed",
    ]


def test_correction_and_status(output: Path) -> None:
    """An event says what it is now, what it was given as, when that was corrected and by whom."""
    (cup,) = data(output, "en/people/ann/events.json")["events"]

    assert (cup["date"], cup["status"]) == ("2022-11-20/2022-12-18", "confirmed")
    assert cup["corrections"] == [
        {
            "date": "2022-08-11T09:30:00+03:00",
            "was": "2022-11-21/2022-12-18",
            "now": "2022-11-20/2022-12-18",
            "by": "two",
        }
    ]
    assert [one["status"] for one in cup["tellings"]] == ["confirmed", "reported"]


def test_whose_data(output: Path) -> None:
    """The data of a person says whose it is."""
    assert data(output, "ar/people/ann/events.json")["about"] == {
        "taxonomy": "people",
        "id": "ann",
        "name": "Ann",
        "lang": "en",
    }
    assert "about" not in data(output, "ar/events.json")


def rows(raw: bytes) -> list[dict[str, str]]:
    """Return the rows of a table by the names of its columns."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_table(output: Path) -> None:
    """The table has a mark that tells spreadsheets its encoding, and a row for each event."""
    raw = (output / "en/events.csv").read_bytes()

    early, cup, undated = rows(raw)
    assert raw.startswith(b"\xef\xbb\xbfid,url,title,")
    assert (early["title"], early["date"], early["earliest"]) == ('\'=cmd("x")', "'-0043", "'-0043-01-01")
    assert early["summary"] == "So, “it” is."
    assert (cup["people"], cup["tags"], cup["status"]) == ("Ann", "x", "confirmed")
    assert cup["corrections"] == "2022-08-11: 2022-11-21/2022-12-18 → 2022-11-20/2022-12-18"
    assert (undated["date"], undated["earliest"]) == ("", "unknown")


@pytest.mark.parametrize("first", [*"=+-@\t\r", "＝", "＠"])
def test_no_cell_is_a_formula(first: str) -> None:
    """Whatever a cell begins with, a spreadsheet takes it for text."""
    text = f'{first}HYPERLINK("https://example.com/",1)'

    ((cell,),) = csv.reader(
        io.StringIO(joined(table_chunks(EventsTableView((text,), ()))).decode("utf-8-sig"), newline="")
    )

    assert cell == f"'{text}"
