"""Search each reader of what strangers write for bytes that make it fail, hang or take all memory.

    python benchmarks/fuzz_readers.py [--minutes 10] [--only NAME]

The search is that of atheris (libFuzzer), led by which lines of the program a sample reaches. Where atheris
has no wheel for this Python, that is said, and samples are damaged at random for as long instead. What is
found is kept in ``.fuzz/``; the exit status is 0 only where nothing was.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".fuzz"
sys.path.insert(0, str(ROOT / "tests"))
SLOW = 20
"""Seconds that one sample may take."""
MEMORY = 2048
"""MiB that a reader may take."""
LIBRARIES = ["timeline_gen", "markdown", "yaml", "babel", "fuzz_targets"]


def search(name: str, minutes: float) -> int:
    """Let atheris search the reader *name*, in a process of its own, as it ends the one it runs in."""
    corpus = FOLDER / name
    corpus.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, __file__, "--inside", name, f"-max_total_time={round(minutes * 60)}"]
    limits = [
        f"-timeout={SLOW}",
        f"-rss_limit_mb={MEMORY}",
        "-max_len=8192",
        f"-artifact_prefix={FOLDER}/{name}-",
    ]
    return subprocess.run([*command, *limits, str(corpus)], cwd=ROOT, check=False).returncode


def inside(arguments: list[str]) -> None:
    """Search the reader that is named first of *arguments*; the others are libFuzzer's."""
    import atheris  # noqa: PLC0415 - it need not be there

    with atheris.instrument_imports(include=LIBRARIES):
        from fuzz_targets import TARGETS  # noqa: PLC0415 - imported to be followed line by line

    name, *options = arguments
    corpus = Path(options[-1])
    for number, seed in enumerate(TARGETS[name].seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    words = FOLDER / f"{name}.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in TARGETS[name].words.split()), "utf-8")
    atheris.Setup([sys.argv[0], f"-dict={words}", *options], TARGETS[name].try_with)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def damage(name: str, minutes: float) -> int:
    """Damage samples of the reader *name* at random, and stop at the first that it fails with."""
    from fuzz_targets import TARGETS, damaged  # noqa: PLC0415 - as above

    target, until, number = TARGETS[name], time.monotonic() + minutes * 60, 0
    seeds, words = list(target.seeds()), [word.encode() for word in target.words.split()]
    while time.monotonic() < until:
        data = damaged(Random(number), seeds[number % len(seeds)], words)
        begun = time.monotonic()
        try:
            target.try_with(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            return _kept(name, data, repr(error))
        if time.monotonic() - begun > SLOW:
            return _kept(name, data, f"it took more than {SLOW} s")
        number += 1
    print(f"{name}: {number:,} samples, no finding")
    return 0


def _kept(name: str, data: bytes, why: str) -> int:
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{name}-crash"
    path.write_bytes(data)
    print(f"{name}: {why}; the sample is {path}")
    return 1


def main() -> None:
    """Search all readers, or the one that is named, and leave with 1 where anything was found."""
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2:])
        return
    from fuzz_targets import TARGETS  # noqa: PLC0415 - as above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each reader")
    parser.add_argument("--only", choices=TARGETS)
    options = parser.parse_args()
    names = [options.only] if options.only else list(TARGETS)
    way = search
    if find_spec("atheris") is None:
        print("atheris is not installed (it has no wheel for every Python): samples are damaged at random")
        way = damage
    found = [name for name in names if way(name, options.minutes)]
    if found:
        sys.exit(f"findings in: {', '.join(found)}")
    print(f"{len(names)} readers, {options.minutes:g} minutes each, no finding")


if __name__ == "__main__":
    main()
