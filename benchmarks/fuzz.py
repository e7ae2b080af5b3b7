"""Damage the sample site at random, over and over: a check reports what stands there and never crashes.

Each round is decided by its number alone, so that ``--first N --rounds 1`` repeats it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from random import Random

from timeline_gen.checking.check import check
from timeline_gen.errors import TimelineError

ROOT = Path(__file__).parents[1]
SHARDS = (
    *("---\n", "\n", ":", "  - ", "[", "]", "{", "}", "&a", "*a", "<<: ", "!!x ", "\t", '"', "'", "|", ">-"),
    *("date: 2017\n", "date: soon\n", "date: 2022-02-30\n", "[x](event:nowhere)", "<script>", "![](a.png)"),
    *("\u0000", "\u2028", "\u200f", "\u0640", "\ufeff", "\U0001f642", "١٢", "٣٠ فبراير", "# ", "> " * 40),
)
Damage = Callable[[Random, bytes], bytes]


def cut(dice: Random, data: bytes) -> bytes:
    """Take a stretch of bytes away."""
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start + dice.randrange(1, 80) :]


def flip(dice: Random, data: bytes) -> bytes:
    """Change one byte."""
    place = dice.randrange(len(data) or 1)
    return data[:place] + bytes([dice.randrange(256)]) + data[place + 1 :]


def put(dice: Random, data: bytes) -> bytes:
    """Put something awkward in."""
    place = dice.randrange(len(data) + 1)
    return data[:place] + dice.choice(SHARDS).encode() * dice.choice((1, 1, 2, 300)) + data[place:]


def swap(dice: Random, data: bytes) -> bytes:
    """Exchange two lines."""
    lines = data.splitlines(keepends=True) or [b""]
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def repeat(dice: Random, data: bytes) -> bytes:
    """Say one line again elsewhere."""
    lines = data.splitlines(keepends=True) or [b""]
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))
    return b"".join(lines)


DAMAGES: tuple[Damage, ...] = (cut, flip, put, put, swap, repeat)


def one_round(number: int, site: Path) -> None:
    """Copy the sample to *site*, damage a few of its files as *number* decides, and check it."""
    dice = Random(number)
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copy(ROOT / "site.yaml", site)
    files = sorted(path for path in site.rglob("*") if path.is_file())
    for _ in range(dice.randint(1, 4)):
        target = dice.choice(files)
        target.write_bytes(dice.choice(DAMAGES)(dice, target.read_bytes()))
    try:
        check(site)
    except TimelineError:
        return


def main() -> None:
    """Run as many rounds as the command line asks for; stop at the first crash."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    for number in range(options.first, options.first + options.rounds):
        with tempfile.TemporaryDirectory(prefix="timeline-fuzz-") as folder:
            try:
                one_round(number, Path(folder))
            except Exception:  # noqa: BLE001 (any crash at all is what is looked for)
                traceback.print_exc()
                sys.exit(f"round {number} crashed; repeat it with --first {number} --rounds 1")
    print(f"{options.rounds} damaged sites, no crash")


if __name__ == "__main__":
    main()
