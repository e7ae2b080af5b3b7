"""Collect 100,000 events told by 20,000 articles, given parsed articles: seconds and memory, one core."""

from __future__ import annotations

import resource
import statistics
import time
from pathlib import PurePosixPath
from random import Random

from timeline_gen.building.workers.parallel import few_collections
from timeline_gen.collecting.collect import collect
from timeline_gen.collecting.parsed import ParsedContent
from timeline_gen.dates.days import iso_day
from timeline_gen.dates.edtf import when
from timeline_gen.model.articles import ArticleVersion
from timeline_gen.model.events import Stamp, Telling
from timeline_gen.model.settings import Language, Settings

ARTICLES, ROUNDS = 20_000, 3
NOW = 4_102_444_800
"""Later than all that is published here: 2100."""
SETTINGS = Settings(
    {"en": "Benchmark"},
    "https://example.org/",
    (Language("ar", "rtl", "العربية"), Language("en", "ltr", "English")),
)


def articles() -> tuple[ArticleVersion, ...]:
    """Return articles of five events each, in two languages; one event in five is told twice."""
    dice = Random(2022)
    made = []
    for number in range(ARTICLES // 2):
        ids = [number * 10 + place for place in range(10)]
        for lang in ("ar", "en"):
            tellings = tuple(_telling(dice, event, lang) for event in ids)
            day = 18_000 + number % 1000
            path = PurePosixPath(f"content/articles/a{number}.{lang}.md")
            made.append(
                ArticleVersion(
                    path,
                    f"a{number}",
                    lang,
                    f"Article {number}",
                    published=Stamp(iso_day(day), day, day * 86400),
                    names={"tags": (f"tag{number % 50}",)} if lang == "ar" else {},
                    events=tellings,
                    digest=str(path).encode(),
                )
            )
    return tuple(made)


def _telling(dice: Random, event: int, lang: str) -> Telling:
    if lang == "en":
        return Telling(f"e{event}", title=f"Event {event}")
    edtf = dice.choice(("{y}", "{y}-{m:02d}", "{y}-{m:02d}-{d:02d}")).format(
        y=1900 + event % 120, m=1 + event % 12, d=1 + event % 28
    )
    people = (f"person-{event % 500}", f"person-{event % 313}")
    return Telling(f"e{event}", when(edtf), f"حدث {event}", names={"people": people})


def main() -> None:
    """Print the figures."""
    read = articles()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        with few_collections():
            timeline, problems = collect(ParsedContent(read), SETTINGS, now=NOW)
        times.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(read):,} articles, {len(timeline.events):,} events, {len(problems)} problems")
    print(f"collect: median {statistics.median(times):.2f} s of {ROUNDS} (least {min(times):.2f} s)")
    print(f"memory: {peak / 1024:.0f} MiB at most, of which {before / 1024:.0f} MiB are the parsed articles")


if __name__ == "__main__":
    main()
