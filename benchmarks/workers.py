"""Time cold builds by each way of sharing work out, by turns in one run; print Markdown tables.

``processes`` is the build's own way with ``--jobs 2``, ``pool`` the same with a plain
``concurrent.futures.ProcessPoolExecutor`` in its place, ``dask`` a cluster of two workers of one thread, and
``killed`` such a cluster that loses a worker in the middle. Scheduler and workers are processes of this
machine in folders of their own. All sites must be the same, byte for byte.

With ``--sleep`` each page takes so many seconds more on a worker, and 1, 2 and 4 workers are compared: so
a machine with few cores shows how well the work is shared out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from statistics import median
from threading import Timer
from typing import NamedTuple

from corpus import Shape, write_corpus
from distributed import Client
from measuring import ENVIRONMENT

from timeline_gen.building.options import Options

PROGRAM = Path(sys.executable).with_name("timeline-gen")
SLOW_PAGES = "slow_pages.py"
"""What a worker loads first where pages are to take longer; see :func:`slow_down`."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Taken(NamedTuple):
    """What one build took."""

    seconds: float
    """Wall time."""
    work: float
    """Processor time of all processes, those of the cluster included."""
    digest: str
    """The hash of all files of the built site and their paths."""


class Cluster:
    """A Dask scheduler and *count* workers of one thread: processes of this machine, each in a folder."""

    def __init__(self, folder: Path, count: int, seconds: float = 0.0) -> None:
        self._folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        file = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(file))
        while not file.exists() or not file.stat().st_size:
            time.sleep(0.05)
        self._tcp = str(json.loads(file.read_text("utf-8"))["address"])
        self.address = self._tcp.replace("tcp://", "dask://")
        self._seconds = seconds
        for _ in range(count):
            self.add()

    def add(self) -> None:
        """Start a worker and wait until the scheduler knows it."""
        slow = ["--preload", str(Path(__file__).parent / SLOW_PAGES)] if self._seconds else []
        self._start("worker", self._tcp, "--nthreads", "1", "--no-nanny", *slow)
        with Client(self._tcp, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(len(self.processes) - 1, timeout=60)

    def _start(self, kind: str, *arguments: str) -> None:
        place = self._folder / f"{kind}{len(self.processes)}"
        place.mkdir()
        common = ["--host", "127.0.0.1", "--no-dashboard"]
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, *common]
        env = {**ENVIRONMENT, "SECONDS_PER_PAGE": str(self._seconds)} if kind == "worker" else ENVIRONMENT
        with (place / "log").open("wb") as log:
            self.processes.append(subprocess.Popen(command, cwd=place, stdout=log, stderr=log, env=env))

    def kill_worker(self) -> None:
        """Kill the first worker, as a machine does that fails."""
        self.processes[1].kill()
        self.processes[1].wait()

    def work(self) -> float:
        """Return the processor time of all its processes so far."""
        return sum(_processor_seconds(process.pid) for process in self.processes)

    def end(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


def _processor_seconds(process: int) -> float:
    """Return the user and system time of *process* (proc(5), fields 14 and 15 of stat)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextmanager
def cluster_of(count: int, seconds: float = 0.0) -> Iterator[Cluster]:
    """Lend a cluster of *count* workers."""
    with tempfile.TemporaryDirectory(prefix="timeline-cluster-") as folder:
        cluster = Cluster(Path(folder), count, seconds)
        try:
            yield cluster
        finally:
            cluster.end()


def build(site: Path, command: Sequence[str], cluster: Cluster | None = None) -> Taken:
    """Build *site* from nothing by *command*, in a process of its own; stop where it fails."""
    for kept in ("output", Options().cache):
        shutil.rmtree(site / kept, ignore_errors=True)
    before = cluster.work() if cluster else 0.0
    begun = time.perf_counter()
    process = os.posix_spawn(command[0], [*command, str(site)], ENVIRONMENT)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begun
    if status:
        sys.exit(f"the build failed: {' '.join(command)}")
    work = usage.ru_utime + usage.ru_stime + (cluster.work() - before if cluster else 0.0)
    return Taken(seconds, work, digest_of(site / "output"))


def digest_of(folder: Path) -> str:
    """Return a hash of the paths and bytes of all files in *folder*."""
    digest = blake2b(digest_size=16)
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(f"{file.relative_to(folder)}\0".encode())
        digest.update(blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


# ---------------------------------------------------------------- the ways


def by_processes(site: Path) -> Taken:
    """Build *site* by two processes."""
    return build(site, [str(PROGRAM), "build", "--quiet", "--jobs", "2", "--site"])


def by_pool(site: Path) -> Taken:
    """Build *site* by two processes of a plain pool."""
    return build(site, [sys.executable, str(Path(__file__).with_name("plain_pool.py"))])


def by_dask(site: Path, cluster: Cluster) -> Taken:
    """Build *site* on *cluster*."""
    command = [str(PROGRAM), "build", "--quiet", "--executor", cluster.address, "--site"]
    return build(site, command, cluster)


def by_killed(site: Path, after: float) -> Taken:
    """Build *site* on a cluster of two workers that loses one *after* so many seconds."""
    with cluster_of(2) as cluster:
        timer = Timer(after, cluster.kill_worker)
        timer.start()
        taken = by_dask(site, cluster)
        timer.cancel()
        if cluster.processes[1].poll() != -signal.SIGKILL:
            sys.exit("the build was done before a worker was killed")
    return taken


def compare(site: Path, ways: Sequence[str], rounds: int) -> dict[str, list[Taken]]:
    """Build *site* by each of *ways* in turn, again and again; stop where the sites differ."""
    taken: dict[str, list[Taken]] = {way: [] for way in ways}
    with cluster_of(2) as cluster:
        makers: dict[str, Callable[[], Taken]] = {
            "processes": lambda: by_processes(site),
            "pool": lambda: by_pool(site),
            "dask": lambda: by_dask(site, cluster),
            "killed": lambda: by_killed(site, 0.7 * median(one.seconds for one in taken["dask"])),
        }
        # The first build of all compiles the program, and a worker loads it with its first work.
        for way in ways:
            if way != "killed":
                makers[way]()
        for turn in range(rounds):
            for way in ways if turn % 2 == 0 else [*reversed(ways)]:
                if way != "killed" or taken["dask"]:
                    taken[way].append(makers[way]())
                    print(
                        f"{way} {taken[way][-1].seconds:.1f} s, load {os.getloadavg()[0]:.1f}",
                        file=sys.stderr,
                    )
    if len({one.digest for every in taken.values() for one in every}) != 1:
        sys.exit("the sites differ")
    return taken


def scaling(site: Path, seconds: float, rounds: int) -> dict[str, list[Taken]]:
    """Build *site* on 1, 2 and 4 workers in turn, on which each page takes *seconds* more."""
    counts = (1, 2, 4)
    taken: dict[str, list[Taken]] = {str(count): [] for count in counts}
    for turn in range(rounds):
        for count in counts if turn % 2 == 0 else [*reversed(counts)]:
            with cluster_of(count, seconds) as cluster:
                by_dask(site, cluster)
                taken[str(count)].append(by_dask(site, cluster))
                print(f"{count} workers {taken[str(count)][-1].seconds:.1f} s", file=sys.stderr)
    if len({one.digest for every in taken.values() for one in every}) != 1:
        sys.exit("the sites differ")
    return taken


def table(taken: dict[str, list[Taken]]) -> Iterator[str]:
    """Yield the lines of a table: medians, spread, and how many times as long as the first each takes."""
    yield "| way | seconds (median) | from | to | processor seconds | times the first |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    base = next(iter(taken.values()))
    for way, every in taken.items():
        seconds = [one.seconds for one in every]
        # Rounds are compared with each other: what else the machine does changes from round to round.
        ratio = median(one / other.seconds for one, other in zip(seconds, base, strict=False))
        work = median(one.work for one in every)
        spread = f"{median(seconds):.1f} | {min(seconds):.1f} | {max(seconds):.1f}"
        yield f"| {way} | {spread} | {work:.1f} | {ratio:.2f} |"


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ways", nargs="+", default=["processes", "pool", "dask", "killed"])
    parser.add_argument("--sleep", type=float, default=0.0)
    options = parser.parse_args()
    # Ended from outside, it must not leave a cluster behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    with tempfile.TemporaryDirectory(prefix="timeline-bench-") as folder:
        site = Path(folder, "site")
        site.mkdir()
        write_corpus(site, Shape(articles=options.articles))
        if options.sleep:
            taken = scaling(site, options.sleep, options.rounds)
        else:
            taken = compare(site, options.ways, options.rounds)
    after = f", each page {options.sleep} s longer" if options.sleep else ""
    print(f"{options.articles} articles{after}; {options.rounds} rounds on {os.cpu_count()} cores, ", end="")
    print(f"load {os.getloadavg()[2]:.1f}\n")
    print("\n".join(table(taken)))


if __name__ == "__main__":
    main()
