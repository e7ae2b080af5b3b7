"""A build on a Dask cluster makes the same site, also where workers are lost, slow or strange."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import pytest
from distributed import Client
from incremental_kit import tree_of
from site_kit import article, write_site

from timeline_gen.building.options import Options
from timeline_gen.building.pipeline import build
from timeline_gen.building.workers import dask_workers as module
from timeline_gen.building.workers.dask_workers import dask_workers
from timeline_gen.building.workers.guarded import guarded
from timeline_gen.building.workers.parallel import (
    LocalPool,
    cores,
    on_this_machine,
    parallel_map,
    processes_here,
)
from timeline_gen.cli import main
from timeline_gen.errors import UsageError

_COMMON = ["--host", "127.0.0.1", "--no-dashboard"]


class Cluster:
    """A scheduler and its workers: processes of this machine, in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, list[subprocess.Popen[bytes]]()
        self._file = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file))

    @cached_property
    def address(self) -> str:
        """Wait for the scheduler, which makes its file before it writes into it; return its address."""
        for _ in range(600):
            with suppress(FileNotFoundError, json.JSONDecodeError):
                return str(json.loads(self._file.read_text("utf-8"))["address"]).replace("tcp://", "dask://")
            time.sleep(0.05)
        raise AssertionError(self.folder.joinpath("scheduler.log").read_text("utf-8"))

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker of one thread."""
        more = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
        return self._start("worker", self.address.replace("dask://", "tcp://"), *more)

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        place = self.folder / f"{kind}{len(self.processes)}"
        place.mkdir()
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, *_COMMON]
        with self.folder.joinpath(f"{kind}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=place, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End all processes."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Lend a cluster of two workers."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        found.work()
        found.work()
        with Client(found.address.replace("dask://", "tcp://"), set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)
        yield found
    finally:
        found.end()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with enough work for several batches."""
    files = {
        f"content/articles/a{number}.en.md": article(
            f"Article {number}", f"{{id: e{number}, date: {1900 + number}, title: Event {number}}}"
        )
        for number in range(90)
    }
    return write_site(tmp_path_factory.mktemp("site"), files)


def made(site: Path, folder: Path, cluster: Cluster | None = None) -> dict[str, bytes]:
    """Build *site* from nothing into *folder*, on the *cluster* if there is one, and return the files."""
    folder.mkdir()
    options = Options(jobs=1, output=str(folder / "output"), work_dir=str(folder), cache=str(folder))
    if cluster:
        with dask_workers(cluster.address) as executor:
            build(site, options, executor=executor)
    else:
        build(site, options)
    return tree_of(folder / "output")


def test_same_site(site: Path, cluster: Cluster, tmp_path: Path) -> None:
    """Two workers in folders of their own make the bytes that this process makes."""
    assert made(site, tmp_path / "there", cluster) == made(site, tmp_path / "here")


def test_a_lost_worker(cluster: Cluster, tmp_path: Path) -> None:
    """What a worker was doing when it was lost is done by another one."""
    here, mark = os.getpid(), tmp_path / "killed"

    def work(item: int) -> int:
        if item == 5 and os.getpid() != here and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * item

    with dask_workers(cluster.address) as executor:
        assert list(parallel_map(executor, work, range(20))) == [2 * item for item in range(20)]
    assert mark.exists()


def test_a_slow_worker(cluster: Cluster) -> None:
    """What no worker does in time is done here."""
    here = os.getpid()

    def work(item: int) -> int:
        time.sleep(0 if os.getpid() == here or item != 1 else 3)
        return item

    with dask_workers(cluster.address, seconds=0.5) as executor:
        assert list(parallel_map(executor, work, range(3))) == [0, 1, 2]


def test_what_the_work_raises(cluster: Cluster) -> None:
    """An error of the work is no error of a worker, and is not tried again."""

    def work(item: int) -> int:
        raise UsageError(f"{item} is not done", "do something else")

    with dask_workers(cluster.address) as executor, pytest.raises(UsageError, match="0 is not done"):
        list(parallel_map(executor, work, range(3)))


def test_files_of_this_machine(cluster: Cluster) -> None:
    """What reads files of the site is done on the machine that has them."""
    with dask_workers(cluster.address) as executor:
        assert isinstance(on_this_machine(executor), LocalPool)
        assert processes_here(executor) == cores()


def test_what_needs_a_guard(cluster: Cluster) -> None:
    """A text that needs a guard is worked on here where a worker may have no process of its own."""
    here = os.getpid()

    def work(item: int) -> tuple[int, bool]:
        if os.getpid() != here:
            multiprocessing.current_process()._config["daemon"] = True  # type: ignore[attr-defined]
            guarded(int, "1", 1.0)
        return item, os.getpid() == here

    with dask_workers(cluster.address) as executor:
        assert list(parallel_map(executor, work, range(2))) == [(0, True), (1, True)]


def test_another_program(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of another version are refused before any work."""
    monkeypatch.setattr(module, "program_fingerprint", lambda: "another")

    with (
        pytest.raises(UsageError, match="has another version of timeline-gen"),
        dask_workers(cluster.address),
    ):
        pass


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing answers, it is said how to start a scheduler."""
    monkeypatch.setattr(module, "_CONNECT", 0.2)

    with pytest.raises(UsageError, match="no Dask scheduler answers"), dask_workers("dask://127.0.0.1:9"):
        pass


def test_by_the_command(site: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    """The address of a scheduler is all that a build asks for; what is no address is refused."""
    main(["build", "--site", str(site), "--executor", cluster.address])
    assert "90 articles" in capsys.readouterr().err

    with pytest.raises(SystemExit):
        main(["build", "--site", str(site), "--executor", "127.0.0.1:8786"])
    assert "dask://HOST:PORT" in capsys.readouterr().err
