"""Time builds of a corpus: cold, unchanged, one word changed, one date changed; print a Markdown table.

Each round makes the site anew, so that a cold build finds no cache and the first change pays for
the standby tree; the change after it is timed apart, as that is what every later one costs.
With --against another installed timeline-gen builds the same by turns, and the ratios to it are printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

from corpus import Shape, write_corpus
from measuring import ENVIRONMENT

PROGRAM = Path(sys.executable).with_name("timeline-gen")


class Taken(NamedTuple):
    """What one build took."""

    seconds: float
    """Wall time."""
    work: float
    """Processor time of all its processes; what else the machine is doing matters less to it."""
    memory: float
    """MiB at most in its largest process."""


def build(program: Path, site: Path, *options: str) -> Taken:
    """Build *site* by *program* in a process of its own and return what it took; stop where it fails."""
    command = [str(program), "build", "--quiet", "--site", str(site), *options]
    begun = perf_counter()
    process = os.posix_spawn(command[0], command, ENVIRONMENT)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"the build failed: {' '.join(command)}")
    return Taken(perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def one_word(site: Path, turn: int) -> None:
    """Change one word of one article's body."""
    target = sorted((site / "content" / "articles").iterdir())[turn * 7 + 5]
    target.write_text(f"{target.read_text('utf-8')}\nAnd number {turn}.\n", "utf-8")


def one_date(site: Path, turn: int) -> None:
    """Change one event's date; the third story's, in the language that states the facts."""
    target = sorted((site / "content" / "articles").iterdir())[4]
    lines = target.read_text("utf-8").splitlines(keepends=True)
    place = next(number for number, line in enumerate(lines) if line.startswith("    date:"))
    lines[place] = f'    date: "1999-0{turn % 9 + 1}-11"\n'
    target.write_text("".join(lines), "utf-8")


def nothing(_site: Path, _turn: int) -> None:
    """Leave the site as it is."""


CASES: tuple[tuple[str, Callable[[Path, int], None]], ...] = (
    ("cold", nothing),
    ("nothing changed", nothing),
    ("one word changed, first", one_word),
    ("one word changed, later", one_word),
    ("one date changed", one_date),
)


def one_round(program: Path, site: Path, shape: Shape, options: list[str]) -> Iterator[Taken]:
    """Write a corpus of *shape* into the new folder *site* and yield what *program* took for each case."""
    site.mkdir()
    write_corpus(site, shape)
    for turn, (_, change) in enumerate(CASES):
        change(site, turn)
        yield build(program, site, *options)


def table(rounds: list[list[Taken]]) -> Iterator[str]:
    """Yield the lines of a table of all *rounds*: median, spread, processor time and the largest process."""
    yield "| case | seconds (median) | from | to | processor seconds | MiB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for (name, _), taken in zip(CASES, zip(*rounds, strict=True), strict=True):
        seconds = [each.seconds for each in taken]
        spread = f"{median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f}"
        work = median(each.work for each in taken)
        yield f"| {name} | {spread} | {work:.2f} | {max(each.memory for each in taken):.0f} |"


def ratios(rounds: list[list[Taken]], others: list[list[Taken]]) -> Iterator[str]:
    """Yield the lines of a table of how much of what the *others* took these *rounds* took, by medians."""
    yield "| case | seconds | processor seconds | memory |"
    yield "| --- | ---: | ---: | ---: |"
    for (name, _), ours, theirs in zip(
        CASES, zip(*rounds, strict=True), zip(*others, strict=True), strict=True
    ):
        pairs = zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)
        yield f"| {name} | {' | '.join(f'{median(one) / median(other):.2f}' for one, other in pairs)} |"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=Shape().articles)
    parser.add_argument("--events", type=int, default=Shape().events)
    parser.add_argument("--words", type=int, default=Shape().words)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--against", type=Path, help="the timeline-gen of another version, installed elsewhere"
    )
    options, passed_on = parser.parse_known_args()
    shape = Shape(articles=options.articles, events=options.events, words=options.words)
    # All is deleted at the end: for a minute ext4 looks at every file that was deleted before it makes one.
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
        programs = [PROGRAM, options.against] if options.against else [PROGRAM]
        taken: dict[Path, list[list[Taken]]] = {program: [] for program in programs}
        for number in range(options.rounds):
            for turn, program in enumerate(programs):
                site = Path(folder, f"{number}-{turn}")
                taken[program].append(list(one_round(program, site, shape, passed_on)))
    languages = " and ".join(shape.languages)
    print(f"{shape.articles} articles ({shape.stories} stories in {languages}), {shape.words} words,")
    print(f"{shape.events} events a story; {options.rounds} rounds on {os.cpu_count()} cores\n")
    for program, rounds in taken.items():
        print(f"{program}:\n" if options.against else "", end="")
        print("\n".join(table(rounds)), end="\n\n")
    if options.against:
        print("This version in relation to the other:\n")
        print("\n".join(ratios(taken[PROGRAM], taken[options.against])))


if __name__ == "__main__":
    main()
