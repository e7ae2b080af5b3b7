"""Time the reading and wording of dates on one core; print two lines.

1,000 distinct phrases in Arabic and English, as the press writes them, are read and worded in
their own language, each once, nothing cached beforehand; and every valid EDTF example is read many times.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from timeit import repeat

from timeline_gen.building.workers.parallel import few_collections
from timeline_gen.dates.days import civil, day_number, weekday
from timeline_gen.dates.edtf import date_bound, parse, when
from timeline_gen.dates.phrases import read
from timeline_gen.dates.wording import word
from timeline_gen.dates.words import LEXICONS
from timeline_gen.text.languages import language

EXAMPLES = Path(__file__).parent.parent / "tests/data/dates/edtf_examples.tsv"
COUNT = 1000
SECONDS = 0.5
MICROSECONDS = 30.0
ON = day_number(2021, 12, 6)


def phrases() -> Iterator[tuple[str, str]]:
    """Yield distinct phrases without end, with their language."""
    arabic, english = LEXICONS["ar"], LEXICONS["en"]
    gulf, levant, months = arabic.months["gulf"], arabic.months["levant"], english.months["common"]
    for number in range(1, 10**6):
        day = ON - 37 * number
        year, month, of_month = civil(day)
        index, later = month - 1, min(of_month + 3, 28)
        yield f"{of_month} {months[index]} {year}", "en"
        yield f"{arabic.weekdays[weekday(day)]} {of_month} {levant[index]}/{gulf[index]} {year}", "ar"
        yield f"from {min(of_month, 25)} to {later} {months[index]} {year}", "en"
        yield f"من {of_month} {gulf[index]} {year} إلى عام {year + 2}", "ar"
        yield f"early {months[index]} {year}", "en"
        yield f"منذ {levant[index]} {year}", "ar"
        yield f"between {year - number} and {year}", "en"
        yield f"نحو عام {1000 + number}", "ar"


def timed() -> float:
    """Return how many seconds 1,000 phrases take to be read and worded."""
    chosen = list(dict.fromkeys(islice(phrases(), 2 * COUNT)))[:COUNT]
    languages = {code: language(code) for code in ("ar", "en")}
    for own in languages.values():
        word(when("2017"), own)
    # As in a build: few looks for garbage, of which there is hardly any.
    with few_collections():
        begun = process_time()
        for text, code in chosen:
            word(read(text, lang=code, languages=("ar", "en"), on=ON), languages[code])
        return process_time() - begun


def edtf_microseconds() -> tuple[float, float]:
    """Return the median time that an EDTF example takes to be parsed, and to become a date with bounds."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        texts = [row["string"] for row in csv.DictReader(file, delimiter="\t") if row["valid"] == "1"]
    runs = 100
    parsed = [min(repeat(partial(_parse_anew, text), number=runs, repeat=5)) for text in texts]
    whole = [min(repeat(partial(when, text), number=runs, repeat=5)) for text in texts]
    return median(parsed) / runs * 1e6, median(whole) / runs * 1e6


def _parse_anew(text: str) -> None:
    date_bound.cache_clear()
    parse(text)


def main() -> int:
    """Print the figures; return 1 where one is over its limit."""
    seconds, (parsed, whole) = timed(), edtf_microseconds()
    print(f"{COUNT} distinct phrases read and worded: {seconds:.3f} s (limit {SECONDS} s)")
    print(
        f"an EDTF string, median: {parsed:.1f} µs parsed, {whole:.1f} µs with its bounds "
        f"(limit {MICROSECONDS} µs)"
    )
    return int(seconds > SECONDS or parsed > MICROSECONDS)


if __name__ == "__main__":
    sys.exit(main())
