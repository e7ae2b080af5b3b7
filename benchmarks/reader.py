"""Measure what readers wait for, here and in TimelineJS and vis-timeline, with the same events in one run.

Each page is opened in a headless Chromium of its own, the tools by turns, and prints as a row: the time to
the first events seen, to the answer of a filter, the script, layout and paint of one step of zooming or
dragging, the share of frames that came late meanwhile, and what the first view weighs. An empty page,
moved the same way, tells how late frames come on this machine when there is nothing to draw.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

from reader_pages import CACHE, EMPTY, OURS, TOOLS, fetch_rivals, happenings, write_pages

PROBE: Final = Path(__file__).with_name("reader_probe.py")
KINDS: Final[Mapping[str, tuple[str, str, float]]] = {
    "first_paint": ("first events seen, ms", "{:,.0f}", 1000),
    "find": ("filter, ms", "{:,.0f}", 100),
    "step": ("work of a step, ms", "{:,.1f}", 8),
    "late": ("late frames, %", "{:.1f}", 5),
    "weight": ("weight, KB", "{:,.0f}", 0),
    "whole": ("with all data, KB", "{:,.0f}", 0),
}
"""What is measured, how it is written, and what ours is to reach with 10,000 events."""
SIZES: Final = (1_000, 2_000, 10_000)
Found: TypeAlias = dict[str, float]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def probe(tool: str, url: str, words: list[str], limit: float) -> Found:
    """Return what a browser finds at *url* within *limit* seconds; what it did not come to is missing."""
    command = [sys.executable, str(PROBE), tool, url, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        stop = threading.Timer(limit, os.killpg, (process.pid, signal.SIGKILL))
        stop.start()
        said, _ = process.communicate()
        stop.cancel()
    found: Found = {}
    for line in said.splitlines():
        found |= json.loads(line)
    return found


def one_size(folder: Path, port: int, number: int, options: argparse.Namespace) -> dict[str, list[Found]]:
    """Return what all rounds find with *number* events, by tool."""
    pages = write_pages(folder, options.rivals, number)
    words = [title.lower() for title in happenings(3)[0].title.split()[:5]]
    found: dict[str, list[Found]] = defaultdict(list)
    for _ in range(options.rounds):
        for tool in options.tools:
            if found[tool] and "first_paint" not in found[tool][-1]:
                continue  # It did not come to paint in the round before, either.
            url = f"http://127.0.0.1:{port}/{pages[tool]}"
            found[tool].append(probe(tool, url, words, options.limit))
    return found


def table(number: int, found: Mapping[str, list[Found]], limit: float) -> Iterator[str]:
    """Yield the lines of a table: medians, and in brackets how many times ours a rival takes."""
    yield f"\n| {number:,} events | {' | '.join(name for name, _, _ in KINDS.values())} |"
    yield f"| --- |{' ---: |' * len(KINDS)}"
    medians = {tool: {kind: _median(rounds, kind) for kind in KINDS} for tool, rounds in found.items()}
    for tool, values in medians.items():
        cells = [_cell(kind, values[kind], medians.get(OURS.name, {}).get(kind), limit) for kind in KINDS]
        plain = tool in {OURS.name, EMPTY.name}
        yield f"| {tool} | {' | '.join(text if plain else text + times for text, times in cells)} |"


def _median(rounds: list[Found], kind: str) -> float | None:
    values = [found[kind] for found in rounds if found.get(kind) is not None]
    return median(values) if values else None


def _cell(kind: str, value: float | None, own: float | None, limit: float) -> tuple[str, str]:
    if value is None:
        return f"none in {limit:.0f} s", ""
    shown = value / 1000 if kind in {"weight", "whole"} else value
    return KINDS[kind][1].format(shown), f" (×{value / own:,.{0 if value > 10 * own else 1}f})" if own else ""


def goals(found: Mapping[str, list[Found]]) -> Iterator[str]:
    """Yield a line for each thing that ours is to reach with 10,000 events."""
    for kind, (name, form, goal) in KINDS.items():
        value = _median(found[OURS.name], kind)
        if goal and value is not None:
            verdict = "reached" if value <= goal else "MISSED"
            yield f"- {name}: {form.format(value)} of at most {goal:g}: {verdict}"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=tuple(TOOLS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=90, help="seconds for one page")
    parser.add_argument("--rivals", type=Path, default=CACHE, help="where the rivals' packages are kept")
    options = parser.parse_args()
    versions = fetch_rivals(options.rivals)
    print(f"{', '.join(' '.join(pair) for pair in versions.items())}; medians of {options.rounds} rounds")
    print(f"on {os.cpu_count()} cores, headless Chromium, 1,280 × 900; in brackets: how many times ours")
    with tempfile.TemporaryDirectory(prefix="timeline-reader-") as name:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for number in options.sizes:
            found = one_size(Path(name), server.server_port, number, options)
            print("\n".join(table(number, found, options.limit)), flush=True)
            if number >= 10_000 and OURS.name in found:
                print("", *goals(found), sep="\n", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
