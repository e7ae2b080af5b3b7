"""How many dates of press sentences ``find-dates`` finds, and how many of its readings are wrong.

    benchmarks/mentions.py [--show] [TABLE …]

TABLE has the columns ``lang``, ``on``, ``sentence`` and ``dates``, divided by tabs: EDTF, " ; " between dates
and " | " between readings that are both right; "-" where no date is to be found. Without one, the sentences
of the tests are used, and the date phrases of the tests, each in a sentence that says nothing else of time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from mentions_kit import DATA, carried, score, sentences

from timeline_gen.dates.phrases import DateError


def main(arguments: list[str]) -> None:
    """Print a line for each table."""
    paths = [Path(one) for one in arguments if one != "--show"] or [DATA / "press_sentences.tsv"]
    tables = [(path.name, list(sentences(path))) for path in paths]
    if len(arguments) == arguments.count("--show"):
        tables.append(("phrases in sentences", list(carried())))
    for name, rows in tables:
        begun = process_time()
        result = score(rows)
        each = (process_time() - begun) / len(rows) * 1000
        print(
            f"{name}: {len(rows)} sentences, {result.found} of {result.wanted} dates found"
            f" ({result.found / result.wanted:.0%}), {len(result.wrong)} wrong readings, {each:.1f} ms each"
        )
        if "--show" in arguments:
            print(
                *(f"  wrong: {one}" for one in result.wrong),
                *(f"  missed: {one}" for one in result.missed),
                sep="\n",
            )


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DateError as error:
        sys.exit(str(error))
