"""Events from tables: a row an event, whatever program the table comes from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import openpyxl
import pytest
from site_kit import SETTINGS, article, write_site

from timeline_gen.building.options import Options, Report
from timeline_gen.building.parse import tables
from timeline_gen.building.pipeline import build
from timeline_gen.building.store.memory import Memory
from timeline_gen.errors import ContentError, Level, Problem
from timeline_gen.pages.plan import timelines
from timeline_gen.reading import workbooks
from timeline_gen.reading.stamps import read_stamp
from timeline_gen.reading.table_events import parse_rows
from timeline_gen.reading.workbooks import read_workbook

TOWNS: Final = """\
id,date,end,title,title:en,summary,summary:en,people,tags,source,url,status,importance,extra:note
market,2019-05,,افتتاح السوق,The market opens,كلام,A *word*,Mona Ali; Sami Omar,trade,The Gazette,https://example.org/a,reported,4,x
,1914,October 1918,الحرب,The war,,,,war; peace,,,,,
harbour,unknown,,الميناء,,,,,,,,,,
"""
TIMELINE_JS: Final = """\
Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Credit,Type,Group
,,,,,,,,,A title,Words,,,title,
2012,8,26,,,,,,,Something,Some <b>text</b><br>here.<BR />It goes<p>on</p> <p>so.</p>,,,,One
-44,3,15,,,,,,The Ides,Caesar,,,,,
1914,7,,,1918,11,11,,,War,,,,,
1900,,,,1910,,,,,Before,,,,era,
"""
NOW: Final = read_stamp("2026-01-01").second
PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def site(root: Path, table: str | bytes = TOWNS, name: str = "towns.csv", **more: str) -> Path:
    """Write a site with one *table* called *name*, and with *more* files next to it, in *root*."""
    write_site(root, {f"content/events/{key.replace('__', '.')}": text for key, text in more.items()})
    path = root / "content" / "events" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    return root


def built(root: Path, memory: Memory | None = None) -> Report:
    """Build the site in *root*."""
    return build(root, Options(jobs=1, now=NOW), memory=memory)


def page(root: Path, address: str) -> str:
    """Return the built page at *address*, without line breaks."""
    return " ".join((root / "output" / address / "index.html").read_text("utf-8").split())


def events(root: Path) -> dict[str, str]:
    """Return the dates of all events that were built in *root*, by id."""
    pages = (root / "output" / "en" / "events").iterdir()
    return {
        one.name: page(root, f"en/events/{one.name}").partition('data-edtf="')[2].partition('"')[0]
        for one in pages
    }


def everything(root: Path) -> dict[str, bytes]:
    """Return all files of the site that was built in *root*, by path."""
    top = root / "output"
    return {str(path.relative_to(top)): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def problems(root: Path) -> list[Problem]:
    """Return what a build of the site in *root* finds wrong."""
    try:
        return list(built(root).problems)
    except ContentError as error:
        return list(error.problems)


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook with *rows*."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_row_is_an_event(tmp_path: Path) -> None:
    """Columns are found by their names; a row has its dates, texts, names and source in each language."""
    root = site(tmp_path)
    report = built(root)
    shown = page(root, "en/events/market")

    assert report.problems == ()
    assert report.events == 3
    war = next(name for name in events(root) if name.startswith("towns-"))
    assert events(root) == {"market": "2019-05", war: "1914/1918-10", "harbour": ""}
    assert len(war) == len("towns-") + 10
    assert "<h1>The market opens</h1>" in shown
    assert '<p class="deck">A <em>word</em></p>' in shown
    assert "people/mona-ali/" in shown
    assert "people/sami-omar/" in shown
    assert '<a href="https://example.org/a" rel="external" dir="auto">The Gazette</a>' in shown
    assert "<h1>افتتاح السوق</h1>" in page(root, "ar/events/market")
    assert '"note":"x"' in (root / "output/en/events.json").read_text("utf-8").replace(" ", "")


def test_the_same_id_without_a_column(tmp_path: Path) -> None:
    """An id that is made of date and title stays while other rows come and go."""
    root = site(tmp_path)
    built(root)
    before = {*events(root)}
    site(tmp_path, "title:en,date,title\nOther,1915,آخر\nThe war,1914,الحرب\n")
    built(root)

    assert len({*events(root)} - before) == 1
    site(tmp_path, "date,title\n1915,آخر\n")
    built(root)
    assert len(events(root)) == 1


def test_timeline_js(tmp_path: Path) -> None:
    """A spreadsheet for TimelineJS is read without a map; its title and its eras are no events."""
    root = site(tmp_path, TIMELINE_JS, "js.csv")
    found = problems(root)

    assert [(one.code, one.place.line) for one in found if one.code == "TG143"] == [
        ("TG143", 2),
        ("TG143", 6),
    ]
    assert sorted(events(root).values()) == ["-0043-03-15", "1914-07/1918-11-11", "2012-08-26"]
    assert "The Ides" in page(root, "ar")
    told = next(name for name, date in events(root).items() if date == "2012-08-26")
    assert "Some text here. It goes on so." in page(root, "ar/events/" + told)


def test_a_map(tmp_path: Path) -> None:
    """A map says which column gives which key, of several columns one date, and what all rows share."""
    table = "Headline;Year;Month;Notes;Rubbish\nIt opens;2019;5;Words;1\n"
    said = "language: en\nseparator: ';'\ntitle: Headline\nsummary: Notes\n"
    said += "date: {from: [Year, Month]}\ntags: {value: town; sea}\n"
    root = site(tmp_path, table, "towns.csv", towns__map__yaml=said)
    report = built(root)

    assert report.problems == ()
    assert [*events(root).values()] == ["2019-05"]
    assert (root / "output/en/tags/sea/index.html").exists()


def test_a_workbook(tmp_path: Path) -> None:
    """Cells of a workbook are taken as they are shown: days as days, whole numbers without a fraction."""
    rows: list[list[object]] = [
        ["id", "date", "title", "importance"],
        ["a", datetime(2019, 5, 7, tzinfo=UTC).replace(tzinfo=None), "One", 4.0],
        ["b", 1914, "Two", None],
    ]
    root = site(tmp_path, workbook(rows), "book.xlsx")
    report = built(root)

    assert report.problems == ()
    assert events(root) == {"a": "2019-05-07", "b": "1914"}


@pytest.mark.parametrize(
    ("day", "number_format", "shown"),
    [
        ("2019-05-01", "mmm\\-yy", "2019-05"),
        ("2019-05-01", "[$-409]mmmm yyyy;@", "2019-05"),
        ("2019-01-01", "yyyy", "2019"),
        ("2019-05-01", "d mmm yyyy", "2019-05-01"),
        ("2019-05-01", "yyyy-mm-dd", "2019-05-01"),
        ("2019-05-03", "mmmm yyyy", "2019-05-03"),
    ],
)
def test_a_date_of_a_workbook_is_as_exact_as_it_is_shown(day: str, number_format: str, shown: str) -> None:
    """A spreadsheet keeps the month "May 2019" as 1 May 2019, in a cell that shows no day."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([datetime.fromisoformat(day)])
    book.active["A1"].number_format = number_format
    book.save(file)

    assert [*read_workbook(file.getvalue())] == [(1, [shown])]


def test_files_of_a_workbook(tmp_path: Path) -> None:
    """The files that the cells of a workbook, or a map, name are found, though the workbook is packed."""
    root = site(tmp_path, workbook([["date", "title", "files"], [2019, "One", "said.txt"]]), "book.xlsx")
    (root / "content/events/said.txt").write_bytes(b"Said.\n")
    (root / "content/events/more.txt").write_bytes(b"More.\n")
    (root / "content/events/more.csv").write_text("date,title\n2020,Two\n", "utf-8")
    (root / "content/events/more.map.yaml").write_text("files: {value: more.txt}\n", "utf-8")

    assert built(root).problems == ()
    assert sorted(path.name.partition(".")[0] for path in (root / "output/media").iterdir()) == [
        "more",
        "said",
    ]


def test_tabs_and_excels_mark(tmp_path: Path) -> None:
    """A file with tabs is read, and so is the mark that Excel begins its UTF-8 files with."""
    root = site(tmp_path, "\ufeffid\tdate\ttitle\na\t2019\tA, B\n", "towns.tsv")

    assert built(root).problems == ()
    assert events(root) == {"a": "2019"}


def test_pictures_are_relative_to_the_table(tmp_path: Path) -> None:
    """A picture lies next to the table; captions may be in each language."""
    root = site(
        tmp_path,
        "id,date,title,media,media_alt,media_caption,media_caption:en,title:en,media_alt:en\n"
        "a,2019,عنوان,quay.png,رصيف,نص,A caption,Title,A quay\n",
    )
    (root / "content/events/quay.png").write_bytes(PNG)

    assert built(root).problems == ()
    assert 'alt="A quay"' in page(root, "en/events/a")
    assert "A caption" in page(root, "en/events/a")
    assert 'alt="رصيف"' in page(root, "ar/events/a")


def test_rows_articles_and_files_tell_one_event(tmp_path: Path) -> None:
    """A row is a telling like any other; a file gives its event a text, and an article may correct it."""
    text = "---\ntitle: The market\n---\nIts own text.\n"
    root = site(tmp_path, market__en__md=text)
    telling = "{id: market, date: 2018-04, title: It opened, corrects: 'event:market'}"
    write_site(root, {"content/articles/news.en.md": article("News", telling)})
    report = built(root)
    shown = page(root, "en/events/market")

    assert [one.code for one in report.problems] == ["TG504"]
    assert events(root)["market"] == "2018-04"
    assert "Its own text." in shown
    assert "Corrected since" in shown


FAULTS: Final = [
    ("no title", "id,date\na,2019\n", "TG135", (1, 1), "column 'title'"),
    ("no date", "id,title\na,A\n", "TG135", (1, 1), "column 'date'"),
    ("unknown column", "date,title,peple\n2019,A,B\n", "TG136", (1, 3), "'peple' is unknown"),
    ("language of no site", "date,title,title:fr\n2019,A,B\n", "TG309", (1, 3), "'title:fr'"),
    ("a slip for date and one for free data", "dat,title,Extra:a\n", "TG136 TG136", (1, 1), "'dat'"),
    ("a hundred thousand columns", f"date,title{',x' * 100_000}\n", "TG161", (1, 1001), "100,002"),
    ("a cell without an end", 'date,title\n2019,"A\n', "TG141", (2, 1), "never closed"),
    ("a huge cell", f"date,title\n2019,{'x' * 100_001}\n", "TG141", (2, 1), "100,000 characters"),
    ("a crowd", f"date,title,people\n2019,A,{'a;' * 501}\n", "TG162", (2, 3), "501 names"),
    ("a slip for a calendar", "date,end,title,calendar\n2018,2019,A,julan\n", "TG304", (2, 4), "julan"),
    ("a language's slip", "date,title,summary:eng\n", "TG136", (1, 3), "'summary:eng'"),
    ("doubled column", "date,title,title:ar\n2019,A,B\n", "TG137", (1, 3), "'title'"),
    ("too many cells", "date,title\n2019,A,B\n", "TG138", (2, 1), "row 2: there are 3 cells, and 2 columns"),
    ("semicolons", "date;title\n2019;A\n", "TG134", (1, 5), "semicolons"),
    ("wrong date", "date,title\n2019,A\n\n2019-13,B\n", "TG202", (4, 1), "row 4, column 'date'"),
    ("wrong end", "date,end,title\n2019,soon,A\n", "TG201", (2, 2), "row 2, column 'end'"),
    ("a span as end", "date,end,title\n2019,2020/2021,A\n", "TG201", (2, 2), "no single date"),
    ("end before start", "date,end,title\n2019,2018,A\n", "TG202", (2, 2), "row 2, column 'end'"),
    (
        "one id twice",
        "id,date,title\na,2019,A\na,2019,B\n",
        "TG133",
        (3, 1),
        "'a' is in the table a second time",
    ),
    ("made ids twice", "date,title\n2019,A\n2019,A\n", "TG133", (3, 1), "line 2"),
    ("no title in a row", "date,title\n2019,A\n2020,\n", "TG301", (3, 1), "row 3"),
    ("status", "date,title,status\n2019,A,reportd\n", "TG304", (2, 3), "row 2, column 'status'"),
    ("id", "id,date,title\nA b,2019,A\n", "TG307", (2, 1), "row 2, column 'id'"),
    ("relative date", "date,title\nlast October,A\n", "TG208", (2, 1), "row 2, column 'date'"),
    ("quotation", 'date,title\n2019,"A" b\n', "TG141", (2, 1), "row 2"),
    ("a link", "date,title,summary\n2019,A,[b](event:nothing)\n", "TG508", (2, 3), "nothing"),
    ("utf-16", "date,title\n2019,A\n".encode("utf-16"), "TG101", (1, 1), "UTF-16"),
    ("latin-1", "date,title\n2019,Köln\n".encode("latin-1"), "TG101", (2, 7), "not UTF-8"),
    ("empty", b"", "TG102", (1, 1), "empty"),
]


@pytest.mark.parametrize(
    ("table", "code", "place", "said"), [one[1:] for one in FAULTS], ids=[one[0] for one in FAULTS]
)
def test_what_is_wrong(
    tmp_path: Path, table: str | bytes, code: str, place: tuple[int, int], said: str
) -> None:
    """Each fault of a table is its own problem, at its row and column."""
    found = problems(site(tmp_path, table))

    assert [one.code for one in found] == code.split()
    assert (found[0].place.line, found[0].place.column) == place
    assert said in found[0].message
    assert found[0].hint


def test_a_wrong_date_far_down(tmp_path: Path) -> None:
    """A date that is wrong in row 40,321 is found there, and is the only problem."""
    table = "\n".join(["id,date,title", "first,2019,T", *[""] * 40_318, "last,2019-02-30,T", ""])
    (found,) = problems(site(tmp_path, table))

    assert (found.code, found.place.line, found.place.column) == ("TG202", 40_321, 2)
    assert found.message.startswith("row 40,321, column 'date': ")


def test_a_table_that_is_wrong_throughout(tmp_path: Path) -> None:
    """Where each row is wrong, reading stops after a thousand problems, and says so."""
    found = problems(site(tmp_path, "date,title\n" + "soon,T\n" * 1200))

    assert [one.code for one in found].count("TG201") == 1000
    assert [(one.code, one.place.line) for one in found if one.code != "TG201"] == [("TG144", 1001)]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (workbook([["date", "title"], [2019, "=A1"]]), "TG139", (2, 2)),
        (b"PK\x03\x04 but no more", "TG141", (1, 1)),
        (b"<html>a page of an error</html>", "TG141", (1, 1)),
    ],
    ids=["a formula", "cut off", "no workbook"],
)
def test_workbooks_that_are_wrong(tmp_path: Path, data: bytes, code: str, place: tuple[int, int]) -> None:
    """A formula has no value that could be read, and a file that is no workbook is named as such."""
    found = problems(site(tmp_path, data, "book.xlsx"))

    assert [(one.code, (one.place.line, one.place.column)) for one in found] == [(code, place)]


def altered(rows: Sequence[Sequence[object]], old: bytes, new: bytes) -> bytes:
    """Return a workbook with *rows* in whose sheet *new* is in place of *old*."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as whole, zipfile.ZipFile(file, "w") as made:
        for name in whole.namelist():
            data = whole.read(name)
            assert old in data or not name.endswith("sheet1.xml")
            made.writestr(name, data.replace(old, new))
    return file.getvalue()


def without_a_sheet() -> bytes:
    """Return a workbook that holds nothing but a chart."""
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.create_chartsheet(index=0)
    book.save(file)
    return file.getvalue()


ROWS: Final = [["date", "title"], ["2019", "The market opens"]]


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (altered(ROWS, b"market", b"\xe2\x80\xaemarket"), "TG113", (2, 2)),
        (altered(ROWS, b"market", b"\xc2\x85market"), "TG106", (2, 2)),
        (without_a_sheet(), "TG141", (1, 1)),
        (altered(ROWS, b'<row r="2"><c r="A2"', b'<row r="2000000"><c'), "TG107", (1_048_576, 1)),
        (altered(ROWS, b'r="B2"', b'r="ZZZZ2"'), "TG141", (1, 1)),
    ],
    ids=["a direction mark", "a control character", "a chart", "beyond all rows", "beyond all columns"],
)
def test_workbooks_that_are_hostile(tmp_path: Path, data: bytes, code: str, place: tuple[int, int]) -> None:
    """A workbook may hold no more than a text file may, and nothing in it makes the program fail."""
    found = problems(site(tmp_path, data, "book.xlsx"))

    assert [(one.code, (one.place.line, one.place.column)) for one in found] == [(code, place)]


def test_a_workbook_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that would keep a build busy is given up and named; the other files are read."""
    monkeypatch.setattr(tables, "_WORKBOOK_SECONDS", 0.01)
    monkeypatch.setattr(tables, "_WORKBOOK_SECONDS_PER_BYTE", 0.0)
    slow = altered(ROWS, b'<row r="2"><c r="A2"', b'<row r="2000000"><c')
    found = problems(site(tmp_path, slow, "book.xlsx", other__csv="date,titel\n2019,T\n"))

    assert [(one.code, str(one.place.path)) for one in found] == [
        ("TG160", "content/events/book.xlsx"),
        ("TG136", "content/events/other.csv"),
    ]


def test_a_cell_far_below(tmp_path: Path) -> None:
    """A cell at the very end of a sheet is read like any other."""
    far = altered(ROWS, b'<row r="2"><c r="A2"', b'<row r="1048576"><c r="A1048576"')
    root = site(tmp_path, far, "book.xlsx")

    assert problems(root) == []
    assert [*events(root).values()] == ["2019"]


def test_without_what_reads_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where openpyxl is not installed, the problem says how to install it, or do without."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(workbooks, "import_module", missing)
    (found,) = problems(site(tmp_path, workbook([["date", "title"]]), "book.xlsx"))

    assert found.code == "TG142"
    assert "timeline-gen[tables]" in found.hint


MAPS: Final = [
    ("titel: Headline\n", "TG302", (1, 1)),
    ("title: Headlin\n", "TG140", (1, 8)),
    ("title: []\n", "TG303", (1, 8)),
    ("language: fr\ntitle: Headline\n", "TG309", (1, 11)),
    ("separator: x\n", "TG304", (1, 12)),
    ("pages: perhaps\n", "TG304", (1, 8)),
]


@pytest.mark.parametrize(("said", "code", "place"), MAPS)
def test_maps_that_are_wrong(tmp_path: Path, said: str, code: str, place: tuple[int, int]) -> None:
    """What a map says wrongly is told at its place in the map."""
    root = site(tmp_path, "date,Headline,title:en\n2019,A,B\n", towns__map__yaml=said)
    found = [one for one in problems(root) if one.code == code]

    assert [(one.place.path.name, one.place.line, one.place.column) for one in found] == [
        ("towns.map.yaml", *place)
    ]


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ('"سالم، فاطمة",war', [4]),
        ('"Salem, Fatima","war, peace"', [5]),
        ('"سالم؛ فاطمة",war; peace', []),
        ('"سالم، الابن; فاطمة",war', []),
    ],
)
def test_names_divided_by_commas(tmp_path: Path, cells: str, columns: list[int]) -> None:
    """They are one name, which a note says; in names of people only the Arabic comma is suspicious."""
    table = f"id,date,title,people,tags\ntower,2017,A tower,{cells}\n"
    found = problems(site(tmp_path, table))

    assert [(one.code, one.level, one.place.line) for one in found] == [("TG146", Level.INFO, 2)] * len(
        columns
    )
    assert [one.place.column for one in found] == columns


def test_files_that_nothing_reads(tmp_path: Path) -> None:
    """A map without a table, a table of another kind and a second table of one name are told of."""
    root = site(tmp_path, other__map__yaml="title: A\n", old__xls="x", towns__tsv="date\ttitle\n")

    assert {(one.code, one.place.path.name) for one in problems(root)} == {
        ("TG112", "old.xls"),
        ("TG140", "towns.tsv"),
        ("TG140", "other.map.yaml"),
    }


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("towns.CSV", "name it towns.csv"),
        ("towns.Xlsx", "name it towns.xlsx"),
        ("towns.map.yml", "name it towns.map.yaml"),
        ("opening.en.md.txt", "name it opening.en.md"),
        ("opening.en.txt", "name a text opening.en.md"),
        ("towns.ods", "save it as .xlsx"),
    ],
)
def test_names_that_are_nearly_right(tmp_path: Path, name: str, hint: str) -> None:
    """A file whose name misses that of a table, a map or a text by its ending is told of, with the name."""
    (found,) = problems(site(tmp_path, "x", name))

    assert (found.code, found.place.path.name) == ("TG112", name)
    assert hint in found.hint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The market opens", "The market"),
        ("2019-05", "2019-06"),
        ("harbour,unknown,,الميناء,,,,,,,,,,\n", ""),
        ("market,2019", "market-2,2019"),
        ("id,date", "id,sort_date"),
        ("Mona Ali; ", ""),
    ],
)
def test_an_incremental_build_equals_a_clean_one(tmp_path: Path, old: str, new: str) -> None:
    """After any edit of a table, and the edit taken back, the site is that of a clean build."""
    root, memory = site(tmp_path / "kept"), Memory()
    for number, table in enumerate((TOWNS, TOWNS.replace(old, new), TOWNS)):
        fresh = site(tmp_path / f"fresh-{number}", table)
        site(root, table)
        if problems(fresh):
            assert problems(root) == problems(fresh)
            continue
        for kept in (None, memory):
            build(root, Options(jobs=1, now=NOW), memory=kept)
            assert everything(root) == everything(fresh)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dates: {order: dmy}\n", "dates: {order: mdy}\n"),
        ("dates: {order: dmy}\n", "dates: {order: dmy}\nmarkdown: {typography: false}\n"),
    ],
)
def test_rows_follow_the_settings(tmp_path: Path, old: str, new: str) -> None:
    """Where a setting changes how the same cells are read, the site is that of a clean build."""
    kept, fresh = tmp_path / "kept", tmp_path / "fresh"
    for root, more in ((kept, old), (kept, new), (fresh, new)):
        site(root, "id,date,title:en,summary:en\na,10/11/2019,Name,Some -- words\n")
        write_site(root, {}, settings=SETTINGS + more)
        built(root)

    assert everything(kept) == everything(fresh)


def test_a_changed_map_and_picture_are_seen(tmp_path: Path) -> None:
    """A map that changes, or a picture that a row shows, changes what is built."""
    table = "id,date,Headline,media,media_alt\na,2019,One,quay.png,A quay\n"
    root = site(tmp_path, table, towns__map__yaml="title: Headline\nlanguage: en\n")
    (root / "content/events/quay.png").write_bytes(PNG)
    built(root)
    first = page(root, "en/events/a")
    (root / "content/events/quay.png").write_bytes(PNG + b"\0")
    built(root)
    second = page(root, "en/events/a")
    site(root, table, towns__map__yaml="title: Headline\nlanguage: en\nstatus: {value: denied}\n")
    built(root)

    assert first != second
    assert "denied" in page(root, "en/events/a")


def test_a_changed_row_costs_little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a long table only the rows near the changed one are parsed again, and few pages are rendered."""
    monkeypatch.setattr(tables, "_CHUNK", 5_000)
    rows = [f"row-{number},{1900 + number // 12},Event {number}" for number in range(1200)]
    root = site(tmp_path, "\n".join(["id,date,title", *rows]))
    built(root)
    parsed: list[int] = []
    whole = parse_rows

    def counting(records: Sequence[object], table: object) -> object:
        parsed.append(len(records))
        return whole(records, table)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "parse_rows", counting)
    rows[600] = rows[600].replace("Event", "Changed")
    site(root, "\n".join(["id,date,title", *rows]))
    report = built(root)

    assert 0 < sum(parsed) < 300
    assert report.rendered < 60


PLACES: Final = (
    "id,date,title:en,title\nfirst,1914-08,First,أول\nsecond,1915,Second,ثان\nthird,unknown,Third,ثالث\n"
)


@pytest.mark.parametrize("long", [False, True], ids=["one page", "a page for each year"])
def test_events_without_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, long: bool) -> None:
    """With ``pages: false`` rows are on the timeline, in search, feeds and data; links lead there."""
    monkeypatch.setattr(timelines, "LONG", 1 if long else 1000)
    root = site(tmp_path, PLACES, towns__map__yaml="pages: false\npublished: {value: 2020-01-01}\n")
    body = "[The first](event:first), [third](event:third)."
    telling = "{id: third, title: Third}"
    write_site(
        root, {"content/articles/a.en.md": article("A", "{id: own, date: 1914, title: Own}", body=body)}
    )
    report = built(root)
    year = "1914/" if long else ""
    output = root / "output" / "en"

    assert report.problems == ()
    assert {one.name for one in (output / "events").iterdir()} == {"own"}
    assert 'id="e-first"' in page(root, f"en/{year}")
    assert f'href="../{"../" if long else ""}en/{year}#e-first"' in page(root, f"en/{year}")
    assert '<a href="../../../en/#e-third" class="event-link">third</a>' in page(root, "en/articles/a")
    assert f'"https://records.org/en/{year}#e-first"' in (output / "events.json").read_text("utf-8")
    assert f"https://records.org/en/{year}#e-first" in (output / "events.xml").read_text("utf-8")
    assert f"URL:https://records.org/en/{year}#e-first" in (output / "calendar.ics").read_text("utf-8")
    assert any('"First"' in part.read_text("utf-8") for part in (output / "find").iterdir())
    assert "before" not in page(root, "en/events/own").partition('<nav class="neighbours"')[2]
    write_site(root, {"content/articles/b.en.md": article("B", telling)})
    built(root)
    assert (output / "events" / "third").exists()
    fresh = site(
        tmp_path / "fresh", PLACES, towns__map__yaml="pages: false\npublished: {value: 2020-01-01}\n"
    )
    for name in "ab":
        write_site(
            fresh,
            {f"content/articles/{name}.en.md": (root / f"content/articles/{name}.en.md").read_text("utf-8")},
        )
    built(fresh)
    assert everything(root) == everything(fresh)
