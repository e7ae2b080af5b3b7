"""Time builds of a table of events that have no pages of their own: cold, unchanged, one row changed.

The table has events over two hundred years, each with a title, a summary and a source, as the catalogue of an
archive has them; with ``--names`` also in a second language, with people, places and tags, of which each has
pages with its events. Other work on the machine matters less to processor seconds than to the clock.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from measuring import Taken, run

PROGRAM = Path(sys.executable).with_name("timeline-gen")
SETTINGS = "title: {en: The archive}\nurl: https://archive.example.org/\nlanguages: [en]\n"
IN_BOTH = SETTINGS.replace("}", ", ar: الأرشيف}").replace("[en]", "[en, ar]")
PLAIN = ("id", "date", "title", "summary", "source", "url", "importance")
COLUMNS = (
    *("id", "date", "title", "title:ar", "summary"),
    *("people", "places", "tags", "source", "url", "importance"),
)
SUBJECTS = ("Letter", "Report", "Survey", "Contract", "Photograph", "Map", "Minutes", "Speech")
SUBJECTS_AR = ("رسالة", "تقرير", "مسح", "عقد", "صورة", "خريطة", "محضر", "خطاب")
MATTERS = ("the harbour", "a bridge", "the school", "water", "the market", "a railway", "pearls", "the mail")
MATTERS_AR = ("الميناء", "الجسر", "المدرسة", "المياه", "السوق", "السكة", "اللؤلؤ", "البريد")


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield *count* rows, the same ones each time."""
    random = Random(count)
    first = date(1800, 1, 1)
    for number in range(count):
        subject, matter = random.randrange(len(SUBJECTS)), random.randrange(len(MATTERS))
        day = first + timedelta(days=random.randrange(73_000))
        yield (
            f"item-{number:06}",
            day.isoformat(),
            f"{SUBJECTS[subject]} on {MATTERS[matter]}, number {number}",
            f"{SUBJECTS_AR[subject]} عن {MATTERS_AR[matter]}، رقم {number}",
            f"Folder {random.randrange(900)} of the estate, {random.randrange(2, 60)} leaves.",
            f"Person {random.randrange(300)}",
            f"Place {random.randrange(80)}",
            f"Subject {random.randrange(40)}; Series {random.randrange(12)}",
            "State archive",
            f"https://example.com/items/{number}",
            str(random.choice((1, 2, 3, 3, 3, 4, 5))),
        )


def write_site(site: Path, count: int, *, pages: bool, names: bool) -> Path:
    """Write a site with *count* events into the folder *site* and return the path of its table."""
    folder = site / "content" / "events"
    folder.mkdir(parents=True)
    (site / "site.yaml").write_text(IN_BOTH if names else SETTINGS, "utf-8")
    places = [COLUMNS.index(column) for column in (COLUMNS if names else PLAIN)]
    (folder / "items.map.yaml").write_text(f"language: en\npages: {str(pages).lower()}\n", "utf-8")
    table = folder / "items.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        table_rows = [COLUMNS, *rows(count)]
        csv.writer(file).writerows([row[place] for place in places] for row in table_rows)
    return table


def change_row(table: Path, turn: int) -> None:
    """Change the title of one row in the middle of *table*."""
    lines = table.read_text("utf-8").splitlines(keepends=True)
    place = len(lines) // 2 + turn
    lines[place] = lines[place].replace(" on ", f" {turn} on ", 1)
    table.write_text("".join(lines), "utf-8")


def cases(site: Path, table: Path, passed_on: list[str]) -> Iterator[tuple[str, Taken]]:
    """Yield what each build of *site* took."""
    command = [str(PROGRAM), "build", "--quiet", "--site", str(site), *passed_on]
    yield "cold", run(command, site)
    yield "nothing changed", run(command, site)
    for turn, name in enumerate(("one row changed, first", "one row changed, later"), 1):
        change_row(table, turn)
        yield name, run(command, site)


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--pages", action="store_true", help="give each event a page of its own")
    parser.add_argument("--names", action="store_true", help="name people, places and tags, in two languages")
    options, passed_on = parser.parse_known_args()
    print(f"{options.rows:,} rows, pages: {str(options.pages).lower()}, on {os.cpu_count()} cores\n")
    print("| case | seconds | processor seconds | MiB |\n| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
        table = write_site(Path(folder), options.rows, pages=options.pages, names=options.names)
        for name, taken in cases(Path(folder), table, passed_on):
            print(f"| {name} | {taken.seconds:.1f} | {taken.work:.1f} | {taken.memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
