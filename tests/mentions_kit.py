"""Sentences of the press with the dates that they name, and how many of these are found."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from timeline_gen.dates.days import parse_iso_day
from timeline_gen.dates.mentions import MentionStyle, find_mentions
from timeline_gen.dates.phrases import read

DATA = Path(__file__).parent / "data"
CARRIERS = {
    "en": (
        "The committee met {}.",
        "Officials said that the ship left {}, and returned later.",
        "{}, the talks began.",
    ),
    "ar": ("اجتمعت اللجنة {}.", "وقال مسؤولون إن السفينة غادرت {}، ثم عادت.", "{}، بدأت المحادثات."),
}


class Row(NamedTuple):
    """A sentence with its dates."""

    lang: str
    on: int
    sentence: str
    dates: tuple[frozenset[str], ...]
    """Each with the readings that are right."""


class Score(NamedTuple):
    """What was found."""

    wanted: int
    found: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def sentences(path: Path) -> Iterator[Row]:
    """Yield the sentences of the table at *path*."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            dates = () if row["dates"] == "-" else tuple(row["dates"].split(" ; "))
            readings = tuple(frozenset(map(_edtf, date.split(" | "))) for date in dates)
            yield Row(row["lang"], parse_iso_day(row["on"]), row["sentence"], readings)


def _edtf(text: str) -> str:
    """Return *text*; a year of the Hijra is given in words."""
    return read(text, lang="en").edtf if text.endswith(" AH") else text


def carried() -> Iterator[Row]:
    """Yield the date phrases of the tests in sentences."""
    for lang, name in (("en", "english_dates.tsv"), ("ar", "arabic_dates.tsv")):
        with (DATA / "dates" / name).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter="\t")):
                carrier = CARRIERS[lang][number % len(CARRIERS[lang])]
                yield Row(
                    lang, parse_iso_day(row["ref"]), carrier.format(row["text"]), (frozenset({row["edtf"]}),)
                )


def score(rows: list[Row]) -> Score:
    """Return what is found in *rows*."""
    wanted, found, wrong, missed = 0, 0, list[str](), list[str]()
    for row in rows:
        open_dates = list(row.dates)
        wanted += len(open_dates)
        for mention in find_mentions(row.sentence, MentionStyle(row.lang, row.on)):
            match = next((date for date in open_dates if mention.when.edtf in date), None)
            if match is None:
                wrong.append(f"{row.sentence} [{mention.text}] {mention.when.edtf}")
            else:
                open_dates.remove(match)
                found += 1
        missed += [f"{row.sentence} [{' | '.join(sorted(date))}]" for date in open_dates]
    return Score(wanted, found, tuple(wrong), tuple(missed))
