"""What a command takes: wall time, processor time, and memory by the kernel's own account."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.1
"""Seconds between two looks at the memory, at least."""
_SHARE = 50
"""To look costs what walking through all page tables does, and stops the process meanwhile: after each look
so many times as long as it took go by without one."""

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""What a command runs in: this process's own, but that Python keeps what it compiled, as it does where a
program was installed; a machine that forbids it would have each start compile the whole program anew."""


class Taken(NamedTuple):
    """What one run of a command took."""

    seconds: float
    """Wall time."""
    work: float
    """Processor time of all its processes; what else the machine is doing matters less to it."""
    memory: float
    """MiB at most in all its processes together, shared pages divided among them (PSS, proc(5))."""


def run(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None) -> Taken:
    """Run *command* in *folder* and return what it took; stop where it fails."""
    before = os.times()
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**ENVIRONMENT, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        said, _ = process.communicate()
        seconds = time.perf_counter() - begun
        watch.end()
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}\n{said.decode(errors='replace')[-4000:]}")
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(seconds, work, watch.peak / 1024)


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all that it started, again and again."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._root = root
        self._over = threading.Event()

    def run(self) -> None:
        pause = _PAUSE
        while not self._over.wait(pause):
            begun = time.perf_counter()
            self.peak = max(self.peak, sum(map(_share, _family(self._root))))
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - begun))

    def end(self) -> None:
        """Stop looking."""
        self._over.set()
        self.join()


def _family(root: int) -> list[int]:
    """Return *root* and all processes below it."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _share(process: int) -> int:
    """Return the proportional set size of *process*, in KiB."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    print(run(sys.argv[1:], Path.cwd()))
